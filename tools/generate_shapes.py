"""Generate shapes/markets/<market>.ttl from the requirements, or check that they are fresh (``--check``)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from comity import knowledge  # noqa: E402
from comity.engines.shapes import market_shapes  # noqa: E402

FOLDER = ROOT / "shapes" / "markets"


def main(arguments: list[str]) -> int:
    """Write every market's shapes; with ``--check``, return 1 when a file differs or stands there for nothing."""
    wanted = {FOLDER / f"{m.notation}.ttl": market_shapes(m) for m in knowledge.load().markets.values()}
    present = set(FOLDER.glob("*.ttl"))
    stale = [p for p, content in wanted.items() if p not in present or p.read_text("utf-8") != content]
    needless = sorted(present - set(wanted))
    if arguments == ["--check"]:
        for path in (*stale, *needless):
            print(f"{path.relative_to(ROOT)} is not fresh: run python tools/generate_shapes.py", file=sys.stderr)
        return int(bool(stale or needless))
    if arguments:
        print(f"usage: {Path(__file__).name} [--check]", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(wanted[path], "utf-8")
    for path in needless:
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
