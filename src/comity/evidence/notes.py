"""The findings of one document while it is read."""

from __future__ import annotations

from dataclasses import field

from comity.model.classes import dataclass
from comity.model.places import Finding, Place, Severity


@dataclass(slots=True)
class Notes:
    """Collects findings; the same one is kept once."""

    _found: dict[Finding, None] = field(default_factory=dict)

    def info(self, code: str, place: Place, message: str, fix: str = "") -> None:
        """Note something that was put right, or that does not matter."""
        self._found[Finding(code, Severity.INFO, place, message, fix)] = None

    def warn(self, code: str, place: Place, message: str, fix: str = "") -> None:
        """Note something that weakens the document or that somebody should mend."""
        self._found[Finding(code, Severity.WARNING, place, message, fix)] = None

    def add(self, *findings: Finding) -> None:
        """Take over findings that somebody else made."""
        self._found.update(dict.fromkeys(findings))

    @property
    def found(self) -> tuple[Finding, ...]:
        """The findings in the order in which they were made."""
        return tuple(self._found)
