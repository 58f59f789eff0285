"""A piece of evidence as the start of a proof, with the steps that make it count."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from fractions import Fraction

from comity import units
from comity.judgement.assurance import Standing
from comity.judgement.resolve import How, Meaning
from comity.judgement.time import Moment
from comity.judgement.values import Bearing
from comity.model.classes import dataclass
from comity.model.evidence import Assessment, Attribute, Claim, Document
from comity.model.knowledge import Knowledge, QualifierDefault
from comity.model.places import Place
from comity.model.proofs import Scalar, Step, StepKind
from comity.model.scales import Comparator, Fact, ThresholdRole


@dataclass(frozen=True, slots=True)
class Leaf:
    """A claim or an assessment about one criterion and one subject.

    :param bearing: how its value comes out against the criterion's limit, where a value decides.
    :param meaning: how its citation was understood, where the citation decides.
    :param completed: how its unit was completed from the table of defaults, where the citation decides.
    :param unit: the plant and the year that it states, as far as the criterion's unit has them.
    :param own: true when it cites the criterion itself, rather than stating a value that bears on it.
    """

    kind: StepKind
    place: Place
    document: Document
    label: str
    id: str
    item: Claim | Assessment | Attribute
    moment: Moment
    standing: Standing
    bearing: Bearing | None = None
    meaning: Meaning | None = None
    steps: tuple[Step, ...] = ()
    completed: tuple[QualifierDefault, ...] = ()
    unit: Mapping[str, str] = field(default_factory=dict)
    own: bool = False

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was taken for granted, in sentences."""
        defaults = self.bearing.assumptions if self.bearing else self.completed
        found = [d.reason for d in defaults]
        if isinstance(self.item, Assessment):
            if self.item.subject_assumed:
                found.append(self.item.subject_assumed)
            if self.item.conditional:
                found.append(conditional(self.item))
        return tuple(found)


Detail = Mapping[str, Scalar | tuple[str, ...]]
Add = Callable[[StepKind, tuple[int, ...], str, Detail], int]


def leaf_steps(
    leaf: Leaf,
    fact: Fact,
    criterion: str,
    subject: str,
    on: date,
    knowledge: Knowledge,
    anchored: Document | None = None,
) -> tuple[Step, ...]:
    """Write down a leaf: the document, its dates, whose word it is, what it says, and how that was read.

    :param anchored: the document with the identity anchor that the leaf's standing leans on, if it does.
    """
    steps: list[Step] = []

    def add(kind: StepKind, premises: tuple[int, ...], text: str, detail: Detail) -> int:
        steps.append(Step(kind, premises, detail, text))
        return len(steps) - 1

    document = add(StepKind.DOCUMENT, (), leaf.document.name, document_detail(leaf.document))
    dated = add(StepKind.TIME, (document,), f"on {on}: {leaf.moment.text}", _time(leaf, on, criterion, knowledge))
    named: tuple[int, ...] = (document,)
    if anchored is not None and anchored.name != leaf.document.name:
        named = (document, add(StepKind.DOCUMENT, (), anchored.name, document_detail(anchored)))
    whose = add(StepKind.ASSURANCE, named, leaf.standing.why, _assurance(leaf))
    said = add(
        leaf.kind, (document, dated, whose), f"{leaf.label} ({leaf.place.path})", _said(leaf, fact, criterion, subject)
    )
    premises = [said]
    for taken in _taken(leaf, subject):
        premises = [*premises, add(StepKind.ASSUMPTION, (premises[-1],), str(taken["reason"]), taken)]
    if leaf.bearing is not None:
        premises += _read(leaf.bearing, said, add)
        _threshold(leaf, leaf.bearing, fact, criterion, premises, add, knowledge)
    return tuple(steps)


def _taken(leaf: Leaf, subject: str) -> Iterator[Detail]:
    """Write what is taken for granted of all that is said; what is taken of a value stands with its threshold."""
    for default in leaf.completed:
        yield assumption(default.id, default.dimension, default.value, default.reason)
    if isinstance(leaf.item, Assessment):
        if leaf.item.subject_assumed:
            yield assumption("subject-inferred", "subject", subject, leaf.item.subject_assumed)
        if leaf.item.conditional:
            yield assumption("specified-condition", "condition", leaf.item.conditional, conditional(leaf.item))


def assumption(rule: str, dimension: str, value: str, reason: str) -> Detail:
    """Write what is taken for granted, and by which rule.

    :param rule: id of a row of the table of defaults, or ``subject-inferred``, ``specified-condition``, ``scope``.
    :param dimension: what is not stated: a qualifier's dimension, a part of a unit, ``subject``, ``condition``,
        ``scope``.
    :param value: what it is taken to be; empty for "as the limit asks".
    """
    return {"rule": rule, "dimension": dimension, "value": value, "reason": reason}


def conditional(item: Assessment) -> str:
    """Say that an assessor's condition is taken to hold."""
    return f"the assessor's condition holds: {item.conditional}"


def _read(bearing: Bearing, said: int, add: Add) -> list[int]:
    """Write down what was assumed of a value, and how it was converted."""
    found = []
    for default in bearing.assumptions:
        detail = assumption(default.id, default.dimension, default.value, default.reason)
        found.append(add(StepKind.ASSUMPTION, (said,), default.reason, detail))
    outcome = bearing.comparison
    if outcome is not None and outcome.converted is not None and outcome.converted.unit != outcome.original.unit:
        was, now = outcome.original, outcome.converted
        text = f"{number(was.value)} {was.unit_text} is {number(now.value)} {_symbol(now.unit)}"
        converted: Detail = {
            "from_value": number(was.value),
            "from_unit": was.unit or was.unit_text,
            "to_value": number(now.value),
            "to_unit": now.unit or "",
        }
        found.append(add(StepKind.CONVERSION, (said,), text, converted))
    return found


def _threshold(
    leaf: Leaf, bearing: Bearing, fact: Fact, criterion: str, premises: list[int], add: Add, knowledge: Knowledge
) -> None:
    outcome, limit = bearing.comparison, bearing.limit
    # An attribute is taken for a value by a rule, too: the leaf is named by it.
    taken_by = leaf.id if isinstance(leaf.item, Attribute) else ""
    shown = (outcome.converted or outcome.original) if outcome is not None else None
    detail: Detail = {
        "criterion": criterion,
        "metric": limit.metric,
        "read_by": bearing.reading.rule.id if bearing.reading.rule else taken_by,
        "qualifiers": tuple(f"{d}={v}" for d, v in sorted(bearing.reading.qualifiers.items())),
        "comparator": limit.comparator.value if limit.comparator else "",
        "limit": number(limit.value) if limit.value is not None else "",
        "unit": limit.unit or "",
        "value": number(shown.value) if shown else "",
        "outcome": "inside" if fact is Fact.ALL else "outside",
        "fact": fact.value,
    }
    text = _sentence(bearing, fact, shown.value if shown else None, knowledge)
    add(StepKind.THRESHOLD, tuple(premises), text, detail)


def _sentence(bearing: Bearing, fact: Fact, value: Fraction | None, knowledge: Knowledge) -> str:
    limit = bearing.limit
    label = knowledge.metrics[limit.metric].label
    of = ", ".join(
        knowledge.qualifiers[v].label
        for d, v in sorted(bearing.reading.qualifiers.items())
        if v in knowledge.qualifiers and not knowledge.dimensions[d].assumable
    )
    named = f"{label} ({of})" if of else label
    if limit.role is ThresholdRole.DECLARE or limit.comparator is None or limit.value is None:
        return f"{named} is stated: {number(value) if value is not None else ''} {_symbol(limit.unit)}".strip()
    words = {
        Comparator.AT_LEAST: "at least",
        Comparator.MORE_THAN: "more than",
        Comparator.AT_MOST: "at most",
        Comparator.LESS_THAN: "less than",
        Comparator.EXACTLY: "exactly",
    }[limit.comparator]
    met = "meets" if fact is Fact.ALL else "does not meet"
    shown = number(value) if value is not None else "?"
    return f"{named} of {shown} {_symbol(limit.unit)} {met} {words} {number(limit.value)} {_symbol(limit.unit)}"


def number(value: Fraction) -> str:
    """Write an exact number: as a decimal where it has one, else as a fraction.

    >>> number(Fraction(16)), number(Fraction(1, 8)), number(Fraction(1, 3))
    ('16', '0.125', '1/3')
    """
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(value)
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str(abs(value.numerator * 10**places // value.denominator)).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return sign + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _symbol(unit: str | None) -> str:
    return units.factor(unit).symbol if unit else ""


def document_detail(document: Document) -> Detail:
    """Write which document it is: its name, its hash, and who issued it."""
    issuer = document.issuer
    return {"document": document.name, "sha256": document.sha256, "issuer": issuer.id if issuer else None}


def _time(leaf: Leaf, on: date, criterion: str, knowledge: Knowledge) -> Detail:
    item, known = leaf.item, knowledge.criteria.get(criterion)
    own = item.validity if isinstance(item, Claim | Assessment) else None
    validity = own or leaf.document.validity
    return {
        "on": on.isoformat(),
        "valid_from": validity.start or validity.issued,
        "valid_until": validity.end,
        "assessed": item.dated if isinstance(item, Assessment) else None,
        "edition": known.version if known is not None else None,
        "outcome": leaf.moment.when.value,
    }


def _assurance(leaf: Leaf) -> Detail:
    weighed = leaf.standing
    return {
        "declared": weighed.declared.token,
        "effective": weighed.effective.token,
        "basis": weighed.basis.value,
        "roles": tuple(sorted(weighed.roles)),
        "trusted": weighed.trusted.id if weighed.trusted else None,
        "anchor": f"{weighed.anchor.document}#{weighed.anchor.pointer}" if weighed.anchor else None,
    }


def _said(leaf: Leaf, fact: Fact, criterion: str, subject: str) -> Detail:
    meaning = leaf.meaning
    cited = meaning.citation.iri if meaning else None
    how = meaning.how if meaning else None
    return {
        "document": leaf.place.document,
        "pointer": leaf.place.pointer,
        "subject": subject,
        "cited": cited,
        "by": how.value if how and how is not How.EXACT else ("exact" if how else "value"),
        "criterion": criterion,
        "fact": fact.value,
    }
