"""What mapping rows may name, and what is wrong with the two ends of a row (semantics, section 5)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from comity.formats.sssom import SssomRow
from comity.knowledge.cells import Cells
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.requirements import Recognition
from comity.model.scales import Kind


@dataclass(frozen=True, slots=True)
class Texts:
    """What rows may name.

    :param aliases: identifiers that alone stand for one criterion, to its IRI.
    :param recognitions: what laws recognise.
    """

    criteria: Mapping[str, Criterion]
    versions: Mapping[str, SchemeVersion]
    aliases: Mapping[str, str]
    checked_on: date
    recognitions: Sequence[Recognition] = ()

    def version_of(self, iri: str) -> SchemeVersion | None:
        """Return the scheme version that an IRI lies in, described or not."""
        if iri in self.criteria:
            return self.versions.get(self.criteria[iri].version)
        head = iri
        while "/" in head:
            head = head.rpartition("/")[0]
            if head in self.versions:
                return self.versions[head]
        return None


@dataclass(frozen=True, slots=True)
class _End:
    """What is known of a criterion that rows name."""

    criterion: Criterion | None
    version: SchemeVersion | None
    superseded: bool


@dataclass(frozen=True, slots=True)
class Ends:
    """Checks the two ends of a file's rows; each criterion is looked up once."""

    texts: Texts
    known: dict[str, _End] = field(default_factory=dict)
    sound: set[str] = field(default_factory=set)
    """criteria of which there is nothing to say"""

    def check(self, cells: Cells, record: SssomRow, subject: str, object_: str) -> None:
        """Report what is wrong with the ends of one row."""
        one, other = self._end(subject), self._end(object_)
        if subject == object_:
            cells.fault(record, "row-on-itself", f"subject and object are both <{subject}>.")
        succession = (
            one.version is not None and other.version is not None and one.version.scheme == other.version.scheme
        )
        for column, iri, end in (("subject_id", subject, one), ("object_id", object_, other)):
            if end.criterion is None:
                self._dangling(cells, record, column, iri, end.version)
            elif end.criterion.kind in (Kind.GROUP, Kind.EXPLAINED):
                message = f"{column} is {end.criterion.label!r}, a {end.criterion.kind}: nothing conforms to it."
                cells.fault(record, "row-on-group", message, "Map the criteria under it.")
            if end.version and not succession and end.superseded:
                message = f"{column} is of {end.version.label}, which is superseded."
                cells.fault(record, "superseded-edition", message)

    def _end(self, iri: str) -> _End:
        end = self.known.get(iri)
        if end is None:
            criterion, version = self.texts.criteria.get(iri), self.texts.version_of(iri)
            superseded = version is not None and _superseded(version, self.texts.checked_on)
            sound = criterion is not None and criterion.kind not in (Kind.GROUP, Kind.EXPLAINED) and not superseded
            end = self.known[iri] = _End(criterion, version, superseded)
            if sound:
                self.sound.add(iri)
        return end

    def _dangling(self, cells: Cells, record: SssomRow, column: str, iri: str, version: SchemeVersion | None) -> None:
        if version is None:
            if iri not in self.sound:  # a note that needs to be read once
                message = f"{column} <{iri}> is of a scheme that Comity does not know."
                cells.fault(record, "foreign-scheme", message)
                self.sound.add(iri)
            return
        members = [one for one in self.texts.criteria if one.startswith(version.iri + "/")]
        near = difflib.get_close_matches(iri, members, 1, 0.9)
        fix = f"Did you mean {self.texts.criteria[near[0]].notation}?" if near else ""
        cells.fault(record, "dangling-row", f"{column} <{iri}> is no criterion of {version.label}.", fix)


def _superseded(version: SchemeVersion, on: date) -> bool:
    return any(day is not None and day < on for day in (version.withdrawn_from, version.in_force_until))
