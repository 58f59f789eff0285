"""A page of text in the making: wrapped lines, and notes that several of them refer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field

from comity.model.classes import dataclass
from comity.model.places import Place, Severity
from comity.model.scales import Verdict
from comity.report.words import paint, place_name, printable, sentence, wrap

BODY = 6
"""Columns that the lines below a verdict are set in."""


@dataclass(slots=True)
class Page:
    """Lines, and numbered notes.

    :param folder: what all documents' names start with and no reader needs; it is left out.
    :param act: the text that citations on the page are of, once a heading has named it.
    :param repeated: sentences that several blocks would print; they are printed once, as notes.
    """

    colour: bool = False
    folder: str = ""
    act: str = ""
    lines: list[str] = field(default_factory=list)
    repeated: frozenset[str] = frozenset()
    notes: dict[str, int] = field(default_factory=dict)
    last: Place | None = None

    def add(self, text: str, indent: int = 0, hang: int = 0) -> None:
        """Add a wrapped paragraph."""
        self.lines += wrap(printable(self.short(text), self.colour), indent, hang)

    def short(self, text: str) -> str:
        """Leave out the folder that all documents lie in, and the act that all citations are of."""
        for known in (self.folder, f"{self.act}, " if self.act else ""):
            text = text.replace(known, "") if known else text
        return text

    def verdict(self, word: str, text: str, of: Verdict | Severity | None, hang: int = BODY - 2) -> None:
        """Add a paragraph that begins with a word in its colour; colour takes up no columns."""
        first, *rest = wrap(printable(self.short(f"{word}  {text}"), self.colour), 2, hang)
        self.lines += [first.replace(word, paint(word, of, self.colour), 1), *rest]

    def place(self, place: Place | None) -> None:
        """Add the place that the next lines are about, unless it is that of the lines before."""
        if place is not None and place != self.last:
            self.add(place_name(place), 0, 2)
            self.last = place

    def below(self, name: str, lines: Iterable[str], most: int = 99) -> None:
        """Add named sentences below a verdict; those that several blocks share, by number."""
        found = list(lines)
        numbers = sorted(self.notes.setdefault(line, len(self.notes) + 1) for line in found if line in self.repeated)
        own = [line for line in found if line not in self.repeated]
        for line in own[:most]:
            self.add(f"{name}: {sentence(line)}", BODY, 2)
        if len(own) > most:
            self.add(f"{name}: and {len(own) - most} more (comity ask tells them)", BODY, 2)
        if numbers:
            self.add(f"{name}: {''.join(f'[{number}]' for number in numbers)}", BODY, 2)

    def gap(self) -> None:
        """Add an empty line, never two; the place is told again after it."""
        self.last = None
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def foot(self, title: str) -> None:
        """Add the notes that were referred to."""
        if self.notes:
            self.gap()
            self.add(title)
        for note, number in self.notes.items():
            self.add(f"[{number}] {sentence(note)}", 2, 4)

    def text(self) -> str:
        """Return the page."""
        return "\n".join(self.lines).rstrip() + "\n"


def folder_of(names: Iterable[str]) -> str:
    """Return what names of files have in common before the last folder that they share.

    >>> folder_of(["a/b/c/d.json", "a/b/c/e.json"]), folder_of(["a.json"]), folder_of(["/tmp/a.json"])
    ('a/b/', '', '')
    """
    parents = [name.split("/")[:-1] for name in names]
    shared: list[str] = []
    for folders in zip(*parents, strict=False):
        if len(set(folders)) > 1:
            break
        shared.append(folders[0])
    above = shared[:-1]
    return "/".join(above) + "/" if any(above) else ""


def repeated(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    """Return the sentences that stand in more than one group.

    >>> sorted(repeated([["a", "b"], ["b", "c"], ["c"]]))
    ['b', 'c']
    """
    counts = Counter(line for group in groups for line in set(group))
    return frozenset(line for line, count in counts.items() if count > 1)
