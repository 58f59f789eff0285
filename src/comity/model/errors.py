"""What Comity raises: one base class, few children, data as attributes."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.places import Place


class ComityError(Exception):
    """Anything that a user can mend."""


class UnreadableError(ComityError):
    """A file, or a part of one, cannot be read.

    :param code: the finding code that ``comity explain`` knows.
    """

    def __init__(self, code: str, place: Place, message: str, fix: str = "") -> None:
        super().__init__(code, place, message, fix)
        self.code, self.place, self.message, self.fix = code, place, message, fix

    def __str__(self) -> str:
        where = f"{self.place.document}  {self.place.path}" if self.place.pointer else self.place.document
        return f"{where}: {self.message}" + (f" {self.fix}" if self.fix else "")


class KnowledgeError(ComityError):
    """The knowledge (ours or the user's) is not sound."""

    def __init__(self, place: Place, message: str, fix: str = "") -> None:
        super().__init__(place, message, fix)
        self.place, self.message, self.fix = place, message, fix

    def __str__(self) -> str:
        return f"{self.place.document} {self.place.pointer}: {self.message}" + (f" {self.fix}" if self.fix else "")


class UnknownNameError(ComityError):
    """A name that nothing has.

    :param what: the sort of thing that was looked for, such as ``rule``.
    :param near: the nearest known names, best first.
    """

    def __init__(self, what: str, name: str, near: Sequence[str] = ()) -> None:
        super().__init__(what, name, near)
        self.what, self.name, self.near = what, name, tuple(near)

    def __str__(self) -> str:
        hint = f" Did you mean {' or '.join(self.near)}?" if self.near else ""
        return f"unknown {self.what} {self.name!r}.{hint}"


class EndpointError(ComityError):
    """A remote SPARQL service did not answer as it should."""

    def __init__(self, endpoint: str, message: str) -> None:
        super().__init__(endpoint, message)
        self.endpoint, self.message = endpoint, message

    def __str__(self) -> str:
        return f"{self.endpoint}: {self.message}"
