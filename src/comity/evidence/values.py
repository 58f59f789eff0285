"""Values that claims and assessments state: metric, exact number, unit, tolerance."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from comity.evidence.node import Node
from comity.evidence.notes import Notes
from comity.model.places import Place
from comity.model.quantities import Quantity, Value
from comity.units import label, unit

_NUMBER = re.compile(r"^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$")
_CODE = re.compile(r"^[A-Z0-9]{1,3}$")
LARGEST = 400
"""Decimal places and digits beyond which a number is not believed: it would only exhaust the memory."""


def read(performance: Node, period: tuple[str, str] | None, notes: Notes) -> Value | None:
    """Read one performance; ``None`` when it states neither a number nor a grade.

    :param period: that the claim states for its values.
    """
    metric = performance.first("metric")
    name = metric.text("name") if metric is not None else performance.text("metricName")
    iri = metric.text("id") if metric is not None else ""
    found = quantity(performance.first("measure"), notes)
    if found is not None:
        found = _relative(found, performance, notes)
    score = _score(performance.first("score"))
    if found is None and not score:
        return None
    return Value(performance.place, iri or None, name, found, {}, period, score or None)


def quantity(measure: Node | None, notes: Notes) -> Quantity | None:
    """Read a measure: its value, unit and absolute tolerances.

    :returns: ``None`` when it states no number.
    """
    if measure is None:
        return None
    value = number(measure.first("value") if measure.is_object else measure, notes)
    if value is None:
        return None
    written = measure.first("unit")
    text = written.as_text() if written is not None else ""
    known = read_unit(text, written.place if written is not None else measure.place, notes)
    lower = number(measure.first("lowerTolerance"), notes) or Fraction(0)
    upper = number(measure.first("upperTolerance"), notes) or Fraction(0)
    return Quantity(value, known, text, abs(lower), abs(upper))


def read_unit(text: str, place: Place, notes: Notes) -> str | None:
    """Read a unit; what is not a UN/ECE Rec 20 code is a finding.

    :returns: QUDT unit IRI, ``None`` when it is not known.
    """
    known = unit(text) if text else None
    if not text:
        notes.warn(
            "D17",
            place,
            "The value has no unit; it cannot be compared.",
            "State a UN/ECE Rec 20 code; P1 is per cent, C62 is one.",
        )
    elif known is None:
        notes.warn(
            "D17",
            place,
            f"The unit {text!r} is not known; the value cannot be compared.",
            "Write a UN/ECE Rec 20 code, such as KGM or P1.",
        )
    elif not _CODE.match(text):
        # A symbol is unmistakable; to read words is to interpret them, which a person should see.
        say = notes.warn if " " in text else notes.info
        say(
            "D17",
            place,
            f"The unit {text!r} is no UN/ECE Rec 20 code; it was read as {label(known)}.",
            "Write the code.",
        )
    return known


def number(node: Node | None, notes: Notes) -> Fraction | None:
    """Read an exact number; text that holds one is read with a finding."""
    if node is None or node.value is None or isinstance(node.value, bool):
        return None
    if isinstance(node.value, str):
        return _from_text(node.value.strip(), node.place, notes)
    if isinstance(node.value, int | Decimal):
        return exact(Decimal(node.value), node.place, notes)
    return None


def exact(value: Decimal, place: Place, notes: Notes) -> Fraction | None:
    """Turn a decimal into a fraction, unless it is beyond belief."""
    if not value.is_finite() or abs(value.adjusted()) > LARGEST or len(value.as_tuple().digits) > LARGEST:
        notes.warn(
            "bad-value", place, f"The number has more than {LARGEST} digits; it counts as not stated.", "Mend it."
        )
        return None
    return Fraction(value)


def _from_text(text: str, place: Place, notes: Notes) -> Fraction | None:
    if not text:
        return None
    if not _NUMBER.match(text):
        notes.warn("bad-value", place, f"{text!r} is no number; it counts as not stated.", "Write a JSON number.")
        return None
    notes.info("bad-value", place, f"The number {text} stands in quotation marks.", "Write a JSON number.")
    return exact(Decimal(text), place, notes)


def _relative(found: Quantity, performance: Node, notes: Notes) -> Quantity:
    """Apply ``accuracy``, a share of the value, where a version states that instead of tolerances."""
    accuracy = number(performance.first("accuracy"), notes)
    if not accuracy:
        return found
    margin = abs(found.value * accuracy)
    return Quantity(found.value, found.unit, found.unit_text, max(found.lower, margin), max(found.upper, margin))


def _score(node: Node | None) -> str:
    if node is None:
        return ""
    return node.text("code") if node.is_object else node.as_text()
