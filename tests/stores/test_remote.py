"""Every way in which a server fails has one clear sentence."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler

import pytest
from tests.stores.servers import Answer, free_port, says, server

from comity.model.errors import EndpointError, QueryError
from comity.stores.remote import RemoteStore

QUERY = "SELECT * { ?s ?p ?o }"
JSON = "application/sparql-results+json"
ROWS = b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":{"type":"literal","value":"one"}}]}}'


def _hang(request: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


def _drip(request: BaseHTTPRequestHandler) -> None:
    """Each byte comes in time, the whole never."""
    request.send_response(200)
    request.send_header("Content-Type", JSON)
    request.end_headers()
    for _ in range(8):
        request.wfile.write(b" ")
        request.wfile.flush()
        time.sleep(0.2)


def _cut(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Content-Type", JSON)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(ROWS)


def _hang_up(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True


BAD: dict[str, tuple[Answer, str]] = {
    "a web page": (says(200, "text/html; charset=utf-8", b"<html>Welcome</html>"), "answered with a web page"),
    "an error": (says(500, "text/plain", b"out of memory"), r"it failed \(HTTP 500\)\. It says: out of memory"),
    "an error page": (
        says(503, "text/html", b"<html><style>p {}</style><h1>Down</h1>for <b>repair</b></html>"),
        r"it failed \(HTTP 503\)\. It says: Down for repair$",
    ),
    "asks who": (says(401, "", b"", **{"WWW-Authenticate": "Basic"}), r"refuses access \(HTTP 401\)"),
    "forbids": (says(403, "text/plain", b"not you"), r"refuses access \(HTTP 403\)\. It says: not you"),
    "no service": (
        says(404, "text/html", b"<h1>Not found</h1>"),
        r"offers no such service \(HTTP 404\)\. Is it the address",
    ),
    "not that method": (says(405, "", b""), r"offers no such service \(HTTP 405\)"),
    "bad request": (
        says(400, "text/plain", "it's «bad»".encode()),
        r"does not accept the request \(HTTP 400\)\. It says: it's «bad»",
    ),
    "too many": (says(429, "", b""), r"does not accept the request \(HTTP 429\)"),
    "moved": (says(308, "", b"", Location="http://127.0.0.1:1/"), r"cannot be reached|has moved"),
    "slow": (_hang, "did not answer within 1 s"),
    "dripping": (_drip, "did not answer within 1 s"),
    "hangs up": (_hang_up, "cannot be reached"),
}

BAD_RESULTS: dict[str, tuple[Answer, str]] = {
    "no JSON": (says(200, JSON, b"nonsense"), "cannot be read as results of a query"),
    "other JSON": (says(200, "application/json", b'{"a": 1}'), "cannot be read as results of a query"),
    "nothing": (says(200, "", b""), "no media type. cannot be read as results"),
    "cut off": (_cut, "broke off after 87 of 1000 bytes"),
    "too large": (says(200, JSON, b" " * 2**21), "larger than 1 MiB"),
}


@pytest.mark.parametrize(("answer", "sentence"), [*BAD.values(), *BAD_RESULTS.values()], ids=[*BAD, *BAD_RESULTS])
def test_a_query_that_fails_says_why(answer: Answer, sentence: str) -> None:
    with server(answer) as address, pytest.raises(EndpointError, match=sentence) as caught:
        RemoteStore(address, timeout=1, limit=2**20).query(QUERY)
    assert str(caught.value).startswith(address + ": ")
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(("answer", "sentence"), BAD.values(), ids=BAD)
def test_a_push_that_fails_says_why(answer: Answer, sentence: str) -> None:
    with server(answer) as address, pytest.raises(EndpointError, match=sentence):
        RemoteStore(address, timeout=1).put("urn:g", [])


def test_nobody_listens() -> None:
    store = RemoteStore(f"http://127.0.0.1:{free_port()}/query")
    for call in (lambda: store.query(QUERY), lambda: store.put("urn:g", [])):
        with pytest.raises(EndpointError, match="cannot be reached: Connection refused"):
            call()


@pytest.mark.parametrize(
    "address", ["", "localhost:7878", "file:///etc/passwd", "ftp://x/", "http://", "http://[1", "http://x:y/"]
)
def test_only_addresses_of_servers_are_taken(address: str) -> None:
    with pytest.raises(EndpointError, match="no address"):
        RemoteStore(address)


def test_a_refused_query_is_not_sent() -> None:
    nobody = RemoteStore(f"http://127.0.0.1:{free_port()}/")
    with pytest.raises(QueryError, match="SERVICE"):
        nobody.query("SELECT * { SERVICE <http://x/> {} }")


def test_other_result_formats_are_read() -> None:
    xml = (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="n"/></head>'
        b'<results><result><binding name="n"><literal>one</literal></binding></result></results></sparql>'
    )
    for media, body in ((JSON, ROWS), ("application/json", ROWS), ("application/sparql-results+xml", xml)):
        with server(says(200, media, body)) as address:
            (row,) = RemoteStore(address).query(QUERY).rows
        assert row[0] is not None
        assert row[0].value == "one"


def test_user_and_password_are_sent_and_not_shown() -> None:
    seen: list[str | None] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.append(request.headers.get("Authorization"))
        says(403, "", b"")(request)

    with server(answer) as address:
        store = RemoteStore(address.replace("http://", "http://me:s%40cret@"))
        for call in (lambda: store.query(QUERY), lambda: store.put("urn:g", [])):
            with pytest.raises(EndpointError) as caught:
                call()
            assert "cret" not in str(caught.value)
    assert seen == ["Basic bWU6c0BjcmV0"] * 2


def test_comments_do_not_turn_a_query_into_an_update() -> None:
    """SPARQLWrapper guesses the form by a pattern; guessing wrong would send `update=`."""
    seen: list[str] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        seen.append(request.headers["Accept"])
        says(200, JSON, ROWS)(request)

    with server(answer) as address:
        RemoteStore(address).query("PREFIX e: <http://x/> # INSERT\nSELECT ?n # DELETE\n { ?n ?p ?o }")
    assert "sparql-results+json" in seen[0]
