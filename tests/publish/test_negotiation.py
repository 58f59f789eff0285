"""What an address without an ending answers with: the rules of ``.htaccess``, in Apache itself."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.programs import program

from comity.publish.negotiation import htaccess

MODULES = Path("/usr/lib/apache2/modules")
LOADED = ("mpm_event", "authz_core", "mime", "dir", "rewrite", "headers")


@pytest.fixture(scope="module")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    # The package with the programs alone: "apache2" would start a server of its own.
    apache = program(("apache2",), ("apache2-bin", "media-types"), "Apache, whose rules these are,")
    if not MODULES.is_dir():
        pytest.skip("Apache, whose rules these are, is not installed as Debian has it")
    home = tmp_path_factory.mktemp("apache")
    (home / "root").mkdir()
    shutil.copytree(site, home / "root" / "sub")
    for folder in (home, *home.parents):
        if folder.is_dir() and os.access(folder, os.W_OK) and str(folder).startswith("/tmp/"):
            folder.chmod(0o755)  # Apache answers as somebody who owns nothing here
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    loaded = [f"LoadModule {m}_module {MODULES}/mod_{m}.so" for m in LOADED if (MODULES / f"mod_{m}.so").is_file()]
    lines = [
        *loaded,
        "ServerName localhost",
        f"Listen 127.0.0.1:{port}",
        f"PidFile {home}/pid",
        f"ErrorLog {home}/error.log",
        "TypesConfig /etc/mime.types",
        f"DocumentRoot {home}/root",
        "DirectoryIndex index.html",
        "User www-data",
        f"<Directory {home}/root>",
        "AllowOverride All",
        "Require all granted",
        "</Directory>",
    ]
    (home / "httpd.conf").write_text("\n".join(lines) + "\n")
    started = subprocess.Popen([apache, "-DFOREGROUND", "-d", str(home), "-f", str(home / "httpd.conf")])
    try:
        _wait(port, home / "error.log", started)
        yield port
    finally:
        started.terminate()
        started.wait(10)


def _wait(port: int, log: Path, started: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if started.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    said = log.read_text("utf-8")[-300:] if log.is_file() else "it says nothing"
    pytest.skip(f"Apache does not start here: {said}")


def _ask(port: int, path: str, accept: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Accept": accept})
    answer = connection.getresponse()
    answer.read()
    where = answer.headers.get("Location", "").removeprefix(f"http://127.0.0.1:{port}")
    kind = answer.headers.get("Content-Type", "")
    connection.close()
    return answer.status, where, kind


HTML, TURTLE = "text/html,application/xhtml+xml,*/*;q=0.8", "text/turtle, application/n-triples;q=0.9"


@pytest.mark.parametrize(
    ("path", "accept", "where"),
    [
        ("/sub/rra/3.0/10", HTML, "/sub/rra/3.0/10.html"),
        ("/sub/rra/3.0/10", "*/*", "/sub/rra/3.0/10.html"),
        ("/sub/rra/3.0/10", TURTLE, "/sub/rra/3.0/10.ttl"),
        ("/sub/rra/3.0/10", "application/ld+json", "/sub/rra/3.0/10.jsonld"),
        # It is a folder as well, because its criteria lie in it.
        ("/sub/rra/3.0", HTML, "/sub/rra/3.0.html"),
        ("/sub/rra/3.0/", TURTLE, "/sub/rra/3.0.ttl"),
        ("/sub/hostile.example/sets/one", "text/tab-separated-values", "/sub/hostile.example/sets/one.sssom.tsv"),
        ("/sub/mapping/h-2", HTML, "/sub/hostile.example/sets/one.html#h-2"),
        ("/sub/hostile.example/v/1/A", HTML, "/sub/hostile.example/v/1/A-2.html"),
        ("/sub/hostile.example/v/1/con", HTML, "/sub/hostile.example/v/1/con_.html"),
        (
            "/sub/arcadia.example/market/arc-ga-art4-1",
            HTML,
            "/sub/arcadia.example/market.html#arc-ga-art4-1",
        ),
    ],
)
def test_an_address_without_an_ending_leads_to_what_is_asked_for(
    server: int, path: str, accept: str, where: str
) -> None:
    assert _ask(server, path, accept)[:2] == (303, where)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/sub/", "text/html; charset=utf-8"),
        ("/sub/rra/3.0/10.html", "text/html; charset=utf-8"),
        ("/sub/rra/3.0/10.ttl", "text/turtle; charset=utf-8"),
        ("/sub/rra/3.0/10.jsonld", "application/ld+json"),
        ("/sub/hostile.example/sets/one.sssom.tsv", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_a_file_is_served_as_what_it_is(server: int, path: str, kind: str) -> None:
    status, _, found = _ask(server, path, TURTLE)
    assert (status, found.partition(";")[0]) == (200, kind.partition(";")[0])


@pytest.mark.parametrize("path", ["/sub/nothing", "/sub/rra/3.0/10/nothing", "/sub/rra/3.0/nothing/"])
def test_what_is_not_there_is_not_found(server: int, path: str) -> None:
    assert _ask(server, path, HTML)[0] == 404


def test_an_address_becomes_no_rule_of_its_own() -> None:
    rules = htaccess([("a b\n  Deny from all\n(.*)", "page.html#x")])
    assert "\n  Deny" not in rules
    assert r"RewriteRule ^a\sb\s\s\sDeny\sfrom\sall\s\(\.\*\)$ %{ENV:BASE}page.html#x [" in rules
