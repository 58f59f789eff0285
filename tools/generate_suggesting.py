"""Write docs/suggesting.md with what `comity suggest` finds again of known pairs (``--check``: compare instead)."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the benchmark lies beside this folder

from benchmarks.suggest import TOP, by_set, largest, measure, table  # noqa: E402  # found by the line above

from comity.authoring.suggesting.suggest import LEAST, LIMIT, PASSAGE, TOPIC  # noqa: E402
from comity.knowledge import load  # noqa: E402

TARGET = ROOT / "docs" / "suggesting.md"

PAGE = """<!-- Made by tools/generate_suggesting.py, which measures what it says: change that. -->
# Suggesting pairs

`comity suggest A B` lists, for each criterion of A, the criteria of B that may belong to it, best first and with
reasons. It says nothing of how two criteria relate. In SSSOM each pair is a lead (`comity:closeMatch`, authority
`suggested`); in a workbook the relation is empty and waits for a choice. It stays a suggestion until a person signs
it: `comity review SET --sign ID --as WHO`.

| what speaks for a pair | how it is found | adds at most |
|---|---|---|
| words in common | TF-IDF of stems in title (twice), text, near titles and names of topics; cosine | all |
| shared topic | topics of both, or of what they are part of; rare ones weigh more | {topic:.0%} of the rest |
| numbers on one metric | both state one; less where they are values of different things | {limit:.0%} of the rest |
| path | rows of other sets, one or two, from the one or what is worded alike to the other | {passage:.0%} of the rest |

"The rest" is what lies between the score and 1. A pair below {least} is not suggested, and none without a reason.
Nothing is learned or downloaded, and the same knowledge gives the same list.

## Known pairs, held back

Each packaged mapping set is held back in turn: no row between its two editions is used. Asked is each subject of its
rows; a pair counts as found when its object is among the best {top}. Words alone are the same words without names of
topics, and without a lowest score. A pair shares something for certain when its row says that the two are not
disjoint; the other rows are leads and denials.

{table}

Drawing {top} at random finds {chance:.0f} %. The weights above were set by hand with these same sets in view, so
expect less of texts that Comity has never seen; and paths help only where others have mapped something near.

Sets with {many} pairs or more, and what is found among the best {top}:

{sets}

The largest two editions by criteria are `{one}` and `{other}`; `python -m benchmarks.suggest` says how long they take.
"""
MANY = 10


def main(arguments: list[str]) -> int:
    """Write the page, or tell whether it is fresh."""
    knowledge = load()
    figures = measure(knowledge)
    one, other = largest(knowledge)
    text = PAGE.format(
        topic=TOPIC,
        limit=LIMIT,
        passage=PASSAGE,
        least=LEAST,
        top=TOP,
        many=MANY,
        table="\n".join(table(figures)),
        sets="\n".join(by_set(figures, MANY)),
        chance=100 * figures.chance(),
        one=one.notation,
        other=other.notation,
    )
    if "--check" not in arguments:
        TARGET.write_text(text, "utf-8")
        return 0
    if not TARGET.is_file() or TARGET.read_text("utf-8") != text:
        print(f"{TARGET} is not fresh: run tools/generate_suggesting.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
