"""Run every generator in this folder, or check that what they wrote is fresh (``--check``)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Run the generators one after the other; return 1 when any of them failed."""
    here = Path(__file__).resolve()
    failed = []
    for generator in sorted(here.parent.glob("generate_*.py")):
        if generator == here:
            continue
        print(f"{generator.name} {' '.join(arguments)}".strip(), flush=True)
        if subprocess.run([sys.executable, str(generator), *arguments], cwd=here.parent.parent, check=False).returncode:
            failed.append(generator.name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
