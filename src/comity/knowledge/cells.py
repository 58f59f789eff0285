"""The cells of a mapping set, with the means to read them: each different text is read once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from typing import Generic, TypeVar

from comity.formats.sssom import SssomFile, SssomRow, expand
from comity.knowledge.problems import Problems
from comity.knowledge.slots import PREFIXES
from comity.model.classes import dataclass
from comity.model.places import Place

Meant = TypeVar("Meant")


class Column(dict[str, Meant], Generic[Meant]):
    """What the cells of a column mean, by their text; looking up one that cannot be read raises ``ValueError``.

    :param reader: reads a text, or raises ``ValueError`` with a reason.
    :param default: what an empty cell means where the header says nothing.
    :param header: what the header says for all rows; empty for nothing.

    >>> shares = Column("share", float, 1.0)
    >>> shares["0.5"], shares[""]
    (0.5, 1.0)
    """

    def __init__(
        self,
        name: str,
        reader: Callable[[str], Meant],
        default: Meant,
        code: str = "unknown-value",
        header: str = "",
    ) -> None:
        super().__init__()
        self.name, self.reader, self.default, self.code, self.header = name, reader, default, code, header

    def __missing__(self, text: str) -> Meant:
        """Read what was not met before."""
        stated = text.strip() or self.header
        value = self[text] = self.reader(stated) if stated else self.default
        return value

    def complaint(self, text: str) -> tuple[str, str, str] | None:
        """Return code, message and fix for a cell that cannot be read, ``None`` for one that can."""
        try:
            self[text]
        except ValueError as error:
            reason = str(error) if self.code == "unknown-value" else f"{text.strip() or self.header!r} cannot be read"
            return self.code, f"{self.name}: {reason}.", "Write it as YYYY-MM-DD." if self.code == "bad-date" else ""
        return None


@dataclass(frozen=True, slots=True)
class Cells:
    """Reads the cells of one file.

    :param prefixes: those of the file, and those that need no mention.
    :param iris: what CURIEs stand for, as far as met.
    """

    file: SssomFile
    problems: Problems
    prefixes: Mapping[str, str]
    iris: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, file: SssomFile, problems: Problems) -> Cells:
        """Prepare to read a file."""
        return cls(file, problems, {**PREFIXES, **file.prefixes})

    def default(self, column: str) -> str:
        """Return what the header says for all rows; empty for nothing."""
        stated = self.file.header.get(column, "")
        return str(stated) if isinstance(stated, str | date) else ""

    def place(self, row: SssomRow) -> Place:
        """Return the place of a row."""
        return self.file.place(row.line)

    def fault(self, row: SssomRow, code: str, message: str, fix: str = "") -> None:
        """Note a problem of a row."""
        self.problems.add(code, self.place(row), message, fix)

    def iri(self, row: SssomRow, column: str, cell: str) -> str:
        """Write out the CURIE of a cell; empty when that is impossible."""
        text = cell.strip()
        if not text:
            self.fault(row, "sssom-row", f"{column} is empty.")
            return ""
        iri = expand(text, self.prefixes)
        if iri is None:
            fix = "Add it to the curie_map in the header, or write the IRI out."
            self.fault(row, "unknown-prefix", f"{column} {text!r} has a prefix that the curie_map does not give.", fix)
            return ""
        self.iris[cell] = iri
        return iri

    def meant(self, row: SssomRow, column: Column[Meant], text: str) -> Meant:
        """Read a cell; one that cannot be read is a finding, and means what an empty one does."""
        complaint = column.complaint(text)
        if complaint is None:
            return column[text]
        self.fault(row, *complaint)
        return column.default
