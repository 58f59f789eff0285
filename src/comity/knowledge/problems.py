"""What can be wrong with knowledge, and the list in which it is gathered.

The codes are a table: each says how severe it is and what it means, and ``comity explain CODE``
prints that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from comity.model.classes import dataclass
from comity.model.errors import KnowledgeError
from comity.model.places import Finding, Place, Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES: Mapping[str, tuple[Severity, str]] = {
    "no-knowledge": (_E, "A file or folder given as knowledge holds none that Comity reads."),
    "not-turtle": (_E, "A Turtle file cannot be parsed."),
    "not-utf-8": (_E, "A file is not UTF-8."),
    "blank-node": (_E, "Knowledge gives everything an IRI: a nameless thing cannot be cited in a proof."),
    "unknown-class": (_E, "A resource has a type in Comity's namespace that the vocabulary does not define."),
    "unknown-property": (_E, "A resource has a property in Comity's namespace that its type does not have."),
    "unused-property": (_W, "A resource has a property that Comity does not read on its type."),
    "no-type": (_E, "A resource has properties in Comity's namespace, and no type that Comity would read them of."),
    "described-twice": (_E, "Two files describe one IRI differently."),
    "missing-property": (_E, "A property that this type must have is missing."),
    "too-many-values": (_E, "A property that has one value has several."),
    "unknown-value": (_E, "A value is none of those allowed."),
    "bad-date": (_E, "A date is not written as a day of the calendar, YYYY-MM-DD."),
    "bad-number": (_E, "A number is not written as a decimal number."),
    "missing-notation": (_E, "A criterion, version, market, metric or fact has no notation."),
    "duplicate-notation": (_E, "Two criteria, or two other things of one sort, have one notation."),
    "not-yours": (
        _E,
        "A file of the user's own says what only files that Comity ships may say of what Comity ships. How an own text "
        "relates to one of those is said by mapping rows: a row has an author and an authority.",
    ),
    "unread-file": (_W, "A folder given as knowledge holds a file that nothing reads as knowledge."),
    "dangling": (_E, "Something is named that no file describes."),
    "dangling-row": (_E, "A mapping row names a criterion that its scheme does not have."),
    "foreign-scheme": (_I, "A mapping row names a criterion of a scheme that Comity does not know."),
    "value-without-unit": (_E, "A limit has a value without a unit."),
    "no-comparator": (_W, "A limit has a value and does not say how it is compared; nothing is held against it."),
    "unknown-unit": (_W, "A unit is none that Comity can convert; nothing is compared with its values."),
    "unknown-fact": (_E, "A condition, event or derivation asks for a fact that nobody declared."),
    "root-elsewhere": (_E, "The root of an edition is a criterion of another one."),
    "circular": (_E, "A condition, or a qualifier, contains itself."),
    "table-columns": (_E, "A table lacks a column."),
    "table-cell": (_E, "A cell of a table holds what it may not hold."),
    "table-unknown": (_W, "A table has a name, or a column, that Comity does not read."),
    "sssom-header": (_E, "The header of a mapping set cannot be read."),
    "sssom-columns": (_E, "A mapping set lacks a column, or has one twice."),
    "sssom-row": (_E, "A row of a mapping set cannot be read."),
    "unknown-prefix": (_E, "A CURIE has a prefix that the curie_map does not give."),
    "unknown-predicate": (_E, "A mapping row has a predicate that is no relation."),
    "unconfirmed-predicate": (
        _I,
        "A SKOS predicate counts as a lead until its author confirms the relation it stands for.",
    ),
    "negated-lead": (_W, "A negated row of a predicate that says nothing says nothing either."),
    "row-on-group": (_E, "A mapping row ends on a heading or an explanation, to which nothing conforms."),
    "row-on-itself": (_E, "A mapping row relates a criterion to itself."),
    "record-id": (_E, "Two mapping rows have one record_id."),
    "no-record-id": (_W, "A mapping row has no record_id, and is known by its line."),
    "confidence": (_E, "A confidence lies outside of 0 to 1."),
    "duplicate-row": (_W, "Two rows state the same relation of the same pair."),
    "no-reason": (_W, "A mapping row gives no reason."),
    "standing": (_W, "A row claims an authority that its signers do not have; it counts as less."),
    "joint-group": (_E, "The rows of a joint group do not make up one statement."),
    "superseded-edition": (_I, "A mapping row names an edition that is withdrawn or out of force."),
}


@dataclass(slots=True)
class Problems:
    """A list that reading goes on with, so that one mistake does not hide the others."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, code: str, place: Place, message: str, fix: str = "") -> None:
        """Note a problem; its severity comes from :data:`RULES`."""
        self.findings.append(Finding(code, RULES[code][0], place, message, fix))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Take over what a reader found."""
        self.findings.extend(findings)

    def ordered(self) -> tuple[Finding, ...]:
        """Return the findings by file and line."""
        return tuple(sorted(self.findings, key=_order))


def refuse(findings: Iterable[Finding]) -> None:
    """Raise when there is an error among findings.

    :raises KnowledgeError: placed at the first error; ``findings`` of it holds them all.
    """
    errors = tuple(f for f in findings if f.severity is Severity.ERROR)
    if errors:
        first = errors[0]
        raise KnowledgeError(first.place, first.message, first.fix, errors)


def _order(finding: Finding) -> tuple[str, int, str, str]:
    digits = finding.place.pointer.removeprefix("line ")
    return finding.place.document, int(digits) if digits.isdigit() else 0, finding.code, finding.message
