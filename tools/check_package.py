"""Build an sdist, a wheel from it, install that in a new environment elsewhere, and use it there."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("ontology", "mappings", "shapes", "queries")

HASHES = """
import hashlib, json
from importlib.resources import files
from importlib.resources.abc import Traversable

def walk(folder: Traversable, prefix: str):
    for item in folder.iterdir():
        if item.is_dir():
            yield from walk(item, prefix + item.name + "/")
        else:
            yield prefix + item.name, hashlib.sha256(item.read_bytes()).hexdigest()

print(json.dumps(dict(walk(files("comity") / "data", ""))))
"""

SHOWN = 5
"""Lines of a command's output that are printed."""

COMMANDS: tuple[tuple[int | str | Path, ...], ...] = (
    (0, "--version"),
    (0, "markets", "list"),
    (1, "check", ROOT / "examples" / "ev-battery", "--market", "eu", "--on", "2031-08-18"),
)
"""What the installed program must be able to do: the exit code expected, and the arguments."""


def run(*command: str | Path, cwd: Path, expected: int = 0) -> str:
    """Run a program and return its output; stop with its messages when its exit code is not the expected one."""
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != expected:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def hashes() -> dict[str, str]:
    """Hash the data files of the checkout."""
    files = (f for folder in FOLDERS for f in (ROOT / folder).rglob("*") if f.is_file())
    return {f.relative_to(ROOT).as_posix(): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def install(work: Path) -> Path:
    """Build, install and return the folder of the new environment's programs."""
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", work / "dist", ROOT, cwd=work)
    wheels = list((work / "dist").glob("*.whl"))
    if len(wheels) != 1:
        sys.exit(f"one wheel was expected, there are {len(wheels)}")
    venv.create(work / "env", with_pip=True)
    programs = work / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    run(programs / "python", "-m", "pip", "install", "--quiet", wheels[0], cwd=work)
    return programs


def compare(wanted: dict[str, str], got: dict[str, str]) -> None:
    """Stop when the installed data files are not those of the checkout."""
    wrong = sorted(n for n in wanted.keys() | got.keys() if wanted.get(n) != got.get(n))
    if wrong:
        sys.exit("the installed data files differ from the checkout's:\n" + "\n".join(wrong))
    print(f"{len(got)} data files are the same in the checkout and in the installed wheel")


def main() -> int:
    """Return 0 when the installed wheel works; stop with a message otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        programs = install(work)
        compare(hashes(), json.loads(run(programs / "python", "-c", HASHES, cwd=work)))
        for code, *arguments in COMMANDS:
            said = run(programs / "comity", *map(str, arguments), cwd=work, expected=int(str(code)))
            print(f"$ comity {' '.join(map(str, arguments))}\n" + "\n".join(said.splitlines()[:SHOWN]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
