"""Where something stands in a user's file, and what was found there."""

from __future__ import annotations

from enum import StrEnum

from comity.model.classes import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A spot in a document.

    :param document: the document's name as the user gave it.
    :param pointer: a JSON Pointer (RFC 6901), a sheet cell (``Sheet1!B7``) or ``line 12``;
        empty for the document as a whole.
    """

    document: str
    pointer: str = ""

    def at(self, *steps: str | int) -> Place:
        """Return the place of a part, by its keys and positions.

        >>> Place("a.json", "/credentialSubject").at("claim", 1).pointer
        '/credentialSubject/claim/1'
        """
        tail = "".join(["/" + str(s).replace("~", "~0").replace("/", "~1") for s in steps])
        return Place(self.document, self.pointer + tail)

    @property
    def path(self) -> str:
        """The pointer as people read it.

        >>> Place("a.json", "/credentialSubject/claim/1").path
        '$.credentialSubject.claim[1]'
        """
        if self.pointer and not self.pointer.startswith("/"):
            return self.pointer
        parts = [p.replace("~1", "/").replace("~0", "~") for p in self.pointer.split("/")[1:]]
        return "$" + "".join(f"[{p}]" if p.isdigit() else f".{p}" for p in parts)


class Severity(StrEnum):
    """How much a finding matters. Only ``error`` makes a document unreadable."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about an input.

    :param code: a stable name such as ``D13`` or ``unknown-unit``; ``comity explain CODE`` shows its page.
    :param message: what is wrong, in one sentence.
    :param fix: what would be right.
    """

    code: str
    severity: Severity
    place: Place
    message: str
    fix: str = ""
