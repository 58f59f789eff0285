"""How tests come by programs of the system: nothing is installed but by CI, once, within its time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests import programs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-in for apt-get is a script of the shell")

APT = """#!/bin/sh
echo "$@" >> {home}/calls
case "$*" in
  *" update") exit {update} ;;
  *" install "*) sleep {sleep}; [ {works} = yes ] || {{ echo 'E: Unable to locate package'; exit 100; }}
    printf '#!/bin/sh\\n' > {home}/spindle; chmod +x {home}/spindle ;;
esac
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A system with nothing but a stand-in for apt-get, where CI runs as root."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("PYTEST_XDIST_TESTRUNUID", tmp_path.name)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    programs._install.cache_clear()
    return tmp_path


def apt(home: Path, works: str = "yes", update: int = 0, sleep: float = 0) -> None:
    file = home / "apt-get"
    file.write_text(APT.format(home=home, works=works, update=update, sleep=sleep))
    file.chmod(0o755)


def calls(home: Path) -> list[str]:
    """Which words apt-get was given, without its options."""
    file = home / "calls"
    words = [line.split() for line in file.read_text().splitlines()] if file.exists() else []
    return [next(w for w in line if w in ("install", "update")) for line in words]


def spindle() -> str:
    return programs.program(("spindle",), ("spindle-bin",), "The spindle")


def why() -> str:
    with pytest.raises(pytest.skip.Exception) as skipped:
        spindle()
    return str(skipped.value)


def test_what_is_there_is_used(home: Path) -> None:
    apt(home)
    (home / "spindle").touch(0o755)
    assert spindle() == str(home / "spindle")
    assert calls(home) == []


def test_ci_installs_what_is_not_there(home: Path) -> None:
    apt(home)
    assert spindle() == str(home / "spindle")
    assert calls(home) == ["install"]


@pytest.mark.parametrize("ci", ["", "0", "false", None])
def test_nobodys_own_machine_is_changed(home: Path, ci: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    apt(home)
    if ci is None:
        monkeypatch.delenv("CI")
    else:
        monkeypatch.setenv("CI", ci)
    assert why() == "The spindle is not installed (spindle-bin of Debian); it is installed only where CI is set"
    assert calls(home) == []


def test_only_root_installs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt(home)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert why().endswith("only root may install it")
    assert calls(home) == []


def test_a_system_without_apt_get(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(home))
    assert why().endswith("there is no apt-get to install it with")


def test_lists_are_fetched_when_a_package_is_not_in_them_and_failure_is_told_once(home: Path) -> None:
    apt(home, works="no")
    assert "apt-get install failed: ... E: Unable to locate package" in why()
    assert calls(home) == ["install", "update", "install"]
    programs._install.cache_clear()  # as in another process of the same run
    assert "apt-get install failed" in why()
    assert len(calls(home)) == 3


def test_without_a_network(home: Path) -> None:
    apt(home, works="no", update=100)
    assert "apt-get update failed" in why()
    assert calls(home) == ["install", "update"]


def test_it_ends_in_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt(home, sleep=60)
    monkeypatch.setattr(programs, "LIMIT", 0.5)
    assert "took more than" in why()


def test_several_processes_install_once(home: Path) -> None:
    apt(home, sleep=0.5)
    code = (
        "import os, sys; os.geteuid = lambda: 0; from tests import programs; "
        "sys.exit(not programs.program(('spindle',), ('spindle-bin',), 'The spindle'))"
    )
    env = {**os.environ, "TMPDIR": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}
    started = [subprocess.Popen([sys.executable, "-c", code], env=env) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    assert calls(home) == ["install"]
