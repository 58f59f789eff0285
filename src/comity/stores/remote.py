"""Remote stores: SPARQL 1.1 Protocol and Graph Store Protocol over HTTP.

The one place that knows SPARQLWrapper: it speaks the query protocol; timeouts, sizes and errors are handled here.
"""

from __future__ import annotations

import ast
import base64
import math
import re
import time
import urllib.error
import urllib.parse
import urllib.request
import warnings
from collections.abc import Callable, Iterable
from contextlib import closing
from http.client import HTTPException
from typing import Any, Protocol

from pyoxigraph import QueryResultsFormat, RdfFormat, Triple, parse, parse_query_results, serialize
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from comity.model.errors import EndpointError
from comity.stores import guard
from comity.stores.embedded import rows_of, rows_of_triples
from comity.stores.rows import Rows

TIMEOUT = 30
"""seconds"""
LIMIT = 256 * 2**20
"""bytes of one answer"""
_CHUNK = 2**16

# The paths of a server that is named by its host alone, or by its other service (those of `oxigraph serve`).
_QUERY, _STORE = "/query", "/store"
_HINT_QUERY = (
    "Is it the address of the query service (Oxigraph …/query, Fuseki …/DATASET/sparql, GraphDB …/repositories/NAME)?"
)
_HINT_STORE = (
    "Is it the address of the graph store (Oxigraph …/store, Fuseki …/DATASET/data, "
    "GraphDB …/repositories/NAME/rdf-graphs/service, Virtuoso …/sparql-graph-crud)?"
)


class _Response(Protocol):
    headers: Any

    def read(self, amount: int, /) -> bytes: ...

    def close(self) -> None: ...


class RemoteStore:
    """A SPARQL 1.1 server.

    :param endpoint: address of its query or graph store service, ``http`` or ``https``, with ``user:password@``
        where it asks for them. A bare host, ``…/query`` and ``…/store`` name both services of an Oxigraph server.
    :param timeout: seconds until an answer must have arrived whole.
    :param limit: the largest answer that is read, in bytes.
    :raises EndpointError: when this is no address of a server.

    >>> RemoteStore("http://user:secret@localhost:7878").name
    'http://localhost:7878'
    """

    def __init__(self, endpoint: str, *, timeout: int = TIMEOUT, limit: int = LIMIT) -> None:
        try:
            parts = urllib.parse.urlsplit(endpoint)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise EndpointError(endpoint, f"this is no address: {error}.") from None
        if parts.scheme not in ("http", "https") or not host:
            raise EndpointError(endpoint, "this is no address of a server; it must start with http:// or https://.")
        place = f"[{host}]" if ":" in host else host
        place += f":{port}" if port is not None else ""
        self._parts = parts._replace(netloc=place, fragment="")
        self._user = urllib.parse.unquote(parts.username or "")
        self._password = urllib.parse.unquote(parts.password or "")
        self.name = urllib.parse.urlunsplit(self._parts)
        self._timeout = max(1, math.ceil(timeout))
        self._limit = limit

    def query(self, text: str) -> Rows:
        """Answer a query (see :class:`comity.stores.Store`)."""
        form = guard.form(text)
        triples = form in ("CONSTRUCT", "DESCRIBE")
        with warnings.catch_warnings():
            # SPARQLWrapper guesses the form by a pattern that comments deceive; it is set below.
            warnings.simplefilter("ignore", RuntimeWarning)
            wrapper = SPARQLWrapper(self._service(_STORE, _QUERY))
            wrapper.setQuery(text)
        wrapper.queryType = form
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        wrapper.setReturnFormat(TURTLE if triples else JSON)
        wrapper.setTimeout(self._timeout)
        if self._user:
            wrapper.addCustomHttpHeader("Authorization", self._authorization())
        media, body = self._exchange(lambda: wrapper.query().response, _HINT_QUERY)
        if "html" in media:
            raise EndpointError(self.name, f"it answered with a web page, not with results of a query. {_HINT_QUERY}")
        try:
            return _triples(body, media) if triples else _solutions(body, media, guard.is_ordered(text))
        except (SyntaxError, ValueError) as error:
            kind = media or "no media type"
            raise EndpointError(
                self.name, f"its answer ({kind}) cannot be read as results of a query: {error}."
            ) from None

    def put(self, graph: str, triples: Iterable[Triple]) -> None:
        """Replace a named graph, with PUT of the Graph Store Protocol (see :class:`comity.stores.Store`)."""
        address = self._service(_QUERY, _STORE)
        address += ("&" if "?" in address else "?") + urllib.parse.urlencode({"graph": graph})
        body = serialize(sorted(triples, key=str), format=RdfFormat.N_TRIPLES)
        request = urllib.request.Request(address, data=body, method="PUT")  # noqa: S310 - http(s), see __init__
        request.add_header("Content-Type", "application/n-triples")
        if self._user:
            request.add_header("Authorization", self._authorization())
        media, _ = self._exchange(lambda: urllib.request.urlopen(request, timeout=self._timeout), _HINT_STORE)  # noqa: S310
        if "html" in media:
            raise EndpointError(self.name, f"it answered with a web page, not as a graph store. {_HINT_STORE}")

    def _service(self, other: str, wanted: str) -> str:
        path = self._parts.path
        if path in ("", "/"):
            path = wanted
        elif path.endswith(other):
            path = path.removesuffix(other) + wanted
        return urllib.parse.urlunsplit(self._parts._replace(path=path))

    def _authorization(self) -> str:
        return "Basic " + base64.b64encode(f"{self._user}:{self._password}".encode()).decode("ascii")

    def _exchange(self, send: Callable[[], _Response], hint: str) -> tuple[str, bytes]:
        """Send a request; return media type and body, or the one error that says what went wrong."""
        deadline = time.monotonic() + self._timeout
        try:
            with closing(send()) as response:
                media = response.headers.get_content_type() if "Content-Type" in response.headers else ""
                return media, self._read(response, deadline)
        except SPARQLWrapperException as error:
            cause = error.__context__
            status = cause.code if isinstance(cause, urllib.error.HTTPError) else 400
            raise self._refusal(status, _text(error), hint) from None
        except urllib.error.HTTPError as error:
            raise self._refusal(error.code, _body(error), hint) from None
        except TimeoutError:
            raise self._late() from None
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late() from None
            raise self._unreachable(error.reason) from None
        except (OSError, HTTPException) as error:
            raise self._unreachable(error) from None

    def _read(self, response: _Response, deadline: float) -> bytes:
        body = bytearray()
        while chunk := response.read(_CHUNK):
            body += chunk
            if len(body) > self._limit:
                raise EndpointError(self.name, f"its answer is larger than {self._limit // 2**20} MiB: ask for less.")
            if time.monotonic() > deadline:
                raise self._late()
        announced = response.headers.get("Content-Length", "")
        if announced.isdecimal() and len(body) < int(announced):
            raise EndpointError(self.name, f"its answer broke off after {len(body)} of {announced} bytes.")
        return bytes(body)

    def _late(self) -> EndpointError:
        return EndpointError(self.name, f"it did not answer within {self._timeout} s.")

    def _unreachable(self, reason: object) -> EndpointError:
        why = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        return EndpointError(self.name, f"it cannot be reached: {why}. Is the server running?")

    def _refusal(self, status: int, detail: str, hint: str) -> EndpointError:
        more = f" It says: {detail}" if detail else ""
        if status in (401, 403):
            return EndpointError(self.name, f"it refuses access (HTTP {status}).{more}")
        if status in (404, 405, 501):
            return EndpointError(self.name, f"it offers no such service (HTTP {status}). {hint}")
        if 300 <= status < 400:
            return EndpointError(self.name, f"it has moved (HTTP {status}): name the new address.{more}")
        if 400 <= status < 500:
            return EndpointError(self.name, f"it does not accept the request (HTTP {status}).{more}")
        return EndpointError(self.name, f"it failed (HTTP {status}).{more}")


def _solutions(body: bytes, media: str, ordered: bool) -> Rows:
    format_ = QueryResultsFormat.XML if media.endswith("sparql-results+xml") else QueryResultsFormat.JSON
    return rows_of(parse_query_results(body, format_), ordered)


def _triples(body: bytes, media: str) -> Rows:
    return rows_of_triples(parse(body, RdfFormat.from_media_type(media) or RdfFormat.TURTLE))


def _body(error: urllib.error.HTTPError) -> str:
    with error:
        try:
            return _short(error.read(2**12))
        except (OSError, HTTPException):
            return ""


def _text(error: SPARQLWrapperException) -> str:
    """Find the server's own words in SPARQLWrapper's sentence, which ends in ``Response: b'…'``."""
    try:
        said = ast.literal_eval(str(error).partition("Response:")[2].strip())
    except (SyntaxError, ValueError):
        return ""
    return _short(said) if isinstance(said, bytes) else ""


def _short(body: bytes) -> str:
    words = re.sub(
        r"<(script|style)\b.*?</\1>|<[^>]*>", " ", body.decode("utf-8", "replace"), flags=re.DOTALL | re.I
    ).split()
    text = " ".join(words)
    return text if len(text) <= 200 else text[:199] + "…"
