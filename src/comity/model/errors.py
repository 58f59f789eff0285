"""What Comity raises: one base class, few children, data as attributes."""

from __future__ import annotations

from collections.abc import Sequence

from comity.model.places import Finding, Place


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
    """The knowledge (ours or the user's) is not sound.

    :param findings: every error found, the one that is raised first.
    """

    def __init__(self, place: Place, message: str, fix: str = "", findings: Sequence[Finding] = ()) -> None:
        super().__init__(place, message, fix, tuple(findings))
        self.place, self.message, self.fix, self.findings = place, message, fix, tuple(findings)

    def __str__(self) -> str:
        where = f"{self.place.document} {self.place.pointer}".rstrip()
        more = f" And {len(self.findings) - 1} more." if len(self.findings) > 1 else ""
        return f"{where}: {self.message}" + (f" {self.fix}" if self.fix else "") + more


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


class QueryError(ComityError):
    """A query, or a parameter given to it, is refused or not valid."""

    def __init__(self, message: str, fix: str = "") -> None:
        super().__init__(message, fix)
        self.message, self.fix = message, fix

    def __str__(self) -> str:
        return self.message + (f" {self.fix}" if self.fix else "")


class IncommensurableError(ComityError):
    """Two units measure different things.

    :param unit: label of the unit that was to be converted.
    :param into: label of the unit that was asked for.
    """

    def __init__(self, unit: str, into: str) -> None:
        super().__init__(unit, into)
        self.unit, self.into = unit, into

    def __str__(self) -> str:
        return f"{self.unit} cannot be converted to {self.into}."
