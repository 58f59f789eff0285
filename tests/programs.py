"""Programs of the system that some tests need: used where they are installed, else installed from Debian by CI.

Nobody's own machine is changed: only where ``CI`` is set, as root, on a system with ``apt-get``. Elsewhere, or when
that fails, the tests are skipped and say why. Packages are chosen so that nothing is started by installing them.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

LIMIT = 300.0
"""Seconds that installing one program may take, waiting for others included."""

PATIENCE = 30.0
"""Seconds that apt-get has to end what it is doing once its time is over."""

TAIL = 200
"""Characters of what apt-get said last that a reason repeats."""

APT = ("-q", "-y", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=15")


def program(names: tuple[str, ...], packages: tuple[str, ...], what: str) -> str:
    """Return the path of a program; skip the test where there is none.

    :param names: what it may be called.
    :param packages: of Debian, the program in the first of them; no package host is named, the system's are used.
    :param what: what to call it in the reason for skipping.
    """
    found = _find(names)
    if found is None:
        why = _not_to_be_installed() or _install(names, packages)
        found = _find(names)
        if found is None:
            pytest.skip(f"{what} is not installed ({packages[0]} of Debian){f'; {why}' if why else ''}")
    return found


def _find(names: tuple[str, ...]) -> str | None:
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))
    return next(filter(None, (shutil.which(name, path=path) for name in names)), None)


def _not_to_be_installed() -> str:
    """Say why nothing is installed here; empty where it may be."""
    if os.environ.get("CI", "").lower() in ("", "0", "false", "no"):
        return "it is installed only where CI is set"
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root may install it"
    return "" if shutil.which("apt-get") else "there is no apt-get to install it with"


@cache
def _install(names: tuple[str, ...], packages: tuple[str, ...]) -> str:
    """Install packages, once in a run of tests however many processes it has; say what went wrong.

    What failed for one program is not tried again for another: a machine without a network is told once.
    """
    until = time.monotonic() + LIMIT
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    failed = Path(tempfile.gettempdir()) / f"comity-tests-{run}-apt-failed"
    try:
        with _alone(until):
            if failed.exists():
                return failed.read_text(encoding="utf-8")
            if _find(names):
                return ""
            if why := _by_apt(packages, until):
                failed.write_text(why, encoding="utf-8")
            return why
    except TimeoutError:
        return "another process installs for too long"


@contextmanager
def _alone(until: float) -> Iterator[None]:
    """Wait until no other process of the tests installs anything."""
    import fcntl  # Windows has none, and does not come here

    with (Path(tempfile.gettempdir()) / f"comity-tests-install-{os.getuid()}.lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise TimeoutError from None
                time.sleep(0.2)
        yield


def _by_apt(packages: tuple[str, ...], until: float) -> str:
    """Install packages by the lists that are there, else by new ones, as a fresh image has none."""
    install = ("install", "--no-install-recommends", *packages)
    why = _apt(install, until)
    if why:
        why = _apt(("update",), until) or _apt(install, until)
    return why


def _apt(words: tuple[str, ...], until: float) -> str:
    """Run apt-get with all that it starts; stop it when its time is over."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        started = subprocess.Popen(
            ["apt-get", *APT, *words],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            code = started.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            _stop(started)
            return f"apt-get {words[0]} took more than {LIMIT:.0f} s"
        said.seek(0)
        tail = " ".join(said.read().split())[-TAIL:]
        return f"apt-get {words[0]} failed: ... {tail}" if code else ""


def _stop(started: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        os.killpg(started.pid, how)
        try:
            started.wait(PATIENCE)
            return
        except subprocess.TimeoutExpired:
            continue
