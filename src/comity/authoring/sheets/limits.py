"""The numbers in a table of criteria: metric, comparison, value, unit and what the value is of."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from fractions import Fraction

from comity import units
from comity.authoring.draft import DraftLimit
from comity.authoring.sheets.columns import COMPARATORS, ROLES
from comity.authoring.sheets.tables import Record
from comity.authoring.sheets.values import Reader, token
from comity.knowledge.vocabulary import UNITLESS, fold
from comity.model.criteria import Metric
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.model.scales import Comparator, ThresholdRole

SLOTS = ("metric", "comparator", "value", "unit", "qualifiers", "role", "start_event")
"""The columns that make up a limit."""

_WORDS: Mapping[str, str] = {
    "≥": ">=",
    "=>": ">=",
    "at least": ">=",
    "min": ">=",
    "minimum": ">=",
    "not less than": ">=",
    "≤": "<=",
    "=<": "<=",
    "at most": "<=",
    "max": "<=",
    "maximum": "<=",
    "not more than": "<=",
    "more than": ">",
    "above": ">",
    "less than": "<",
    "below": "<",
    "exactly": "=",
    "equal to": "=",
}
"""Words for comparisons."""


def read_limit(reader: Reader, record: Record, knowledge: Knowledge, base: str) -> DraftLimit | None:
    """Read the limit of a row; ``None`` where it has none, or one that cannot be told.

    :param base: IRI of the edition, under which metrics of the author's own are named.
    """
    stated = [slot for slot in SLOTS if record.text(slot)]
    if not stated:
        return None
    if not record.text("metric"):
        message = f"The row has a {reader.table.titles[stated[0]]} and no metric."
        reader.complain(record, "metric", "cell-empty", message, "Say what is measured.")
        return None
    metric, label, known = _metric(reader, record, knowledge, base)
    role = reader.choice(record, "role", ROLES, token)
    comparator = _comparator(reader, record)
    value = reader.number(record, "value", "Write the number alone, its unit in the column 'unit'.")
    unit = _unit(reader, record, known, value)
    _fitting(reader, record, known, value, unit)
    if value is not None and not comparator and role != ThresholdRole.DECLARE.value and not record.text("comparator"):
        message = "The value is compared with nothing: it has no comparison."
        reader.complain(
            record, "comparator", "cell-empty", message, f"Write one of {', '.join(COMPARATORS)}.", COMPARATORS
        )
    _bounded(reader, record, known, value, unit)
    return DraftLimit(
        metric=metric,
        role=ThresholdRole(role) if role else ThresholdRole.LIMIT,
        comparator=Comparator(comparator) if comparator else None,
        value=value,
        unit=unit,
        qualifiers=_qualifiers(reader, record, knowledge),
        start_event=record.text("start_event"),
        metric_label=label,
    )


def _metric(reader: Reader, record: Record, knowledge: Knowledge, base: str) -> tuple[str, str, Metric | None]:
    """Return the metric's IRI, its label where it is the author's own, and what is known of it."""
    text = record.text("metric")
    for metric in knowledge.metrics.values():
        if fold(text) in (fold(metric.notation), fold(metric.label)) or text == metric.iri:
            return metric.iri, "", metric
    names = {n: m for m in knowledge.metrics.values() for n in (fold(m.notation), fold(m.label))}
    near = difflib.get_close_matches(fold(text), names, 2, 0.6)
    message = f"No metric that Comity knows is called {text!r}; it is declared as one of your own."
    fix = f"Did you mean {' or '.join(dict.fromkeys(names[n].notation for n in near))}?" if near else ""
    reader.complain(record, "metric", "metric-own", message, fix)
    if re.match(r"(https?|urn):", text):
        return text, text.rstrip("/").rpartition("/")[2], None
    return f"{base}/metric/{slug(text)}", text, None


def _comparator(reader: Reader, record: Record) -> str:
    text = fold(record.text("comparator"))
    if text in _WORDS:
        return _WORDS[text]
    return reader.choice(record, "comparator", COMPARATORS)


def _unit(reader: Reader, record: Record, metric: Metric | None, value: Fraction | None) -> str | None:
    text = record.text("unit")
    if not text or fold(text) in ("1", "-", "none", "number"):
        if value is not None and not text:
            fix = (
                f"Write {units.label(metric.unit)}."
                if metric and metric.unit
                else "Write %, kg, …, or 1 for a pure number."
            )
            reader.complain(record, "unit", "value-without-unit", "The value has no unit.", fix)
        return None
    unit = units.unit(text)
    if unit is None:
        message = f"{text!r} is no unit that Comity knows."
        fix = (
            f"Write {units.label(metric.unit)}."
            if metric and metric.unit
            else "Write it as %, mg/kg, kWh, or as a QUDT unit."
        )
        reader.complain(record, "unit", "unknown-value", message, fix)
    return unit


def _fitting(reader: Reader, record: Record, metric: Metric | None, value: Fraction | None, unit: str | None) -> None:
    """Tell of a unit that measures something else than the metric, or than the value says."""
    stated = record.text("unit")
    if metric and metric.unit and stated and (unit or value is not None):
        try:
            alike = units.factor(unit or UNITLESS).dimension == units.factor(metric.unit).dimension
        except UnknownNameError:
            alike = True
        if not alike:
            message = f"{metric.label} is measured in {units.label(metric.unit)}; {stated!r} measures something else."
            reader.complain(record, "unit", "unit-of-another", message, f"Write {units.label(metric.unit)}.")
    if value is not None and record.text("value").endswith("%") and stated and unit != units.unit("%"):
        message = f"The value is in per cent, and its unit is {stated!r}."
        reader.complain(record, "value", "unit-of-another", message, "Write the number alone, or the unit %.")
    cell = record.cells.get("value")
    if cell is not None and cell.kind == "percent" and value is not None:
        message = f"The cell holds {float(value / 100):.15g} and shows {cell.text}; it is read as {cell.text}."
        reader.complain(record, "value", "percent-shown", message)


def _bounded(reader: Reader, record: Record, metric: Metric | None, value: Fraction | None, unit: str | None) -> None:
    """Tell of a value that nothing measured can have."""
    if metric is None or value is None or unit != metric.unit:
        return
    low, high = metric.lowest, metric.highest
    if (low is not None and value < low) or (high is not None and value > high):
        shown = record.text("value")
        ends = f"{float(low):g} to {float(high):g}" if low is not None and high is not None else "what it can be"
        message = f"{shown} lies outside of {ends}, which a {metric.label} always is."
        reader.complain(record, "value", "bad-number", message, "Check the number and its unit.")


def _qualifiers(reader: Reader, record: Record, knowledge: Knowledge) -> tuple[str, ...]:
    found = []
    dimensions = {fold(n): d for d in knowledge.dimensions.values() for n in (d.notation, d.label)}
    for part in parted(record.text("qualifiers"), "|;"):
        if part in knowledge.qualifiers:
            found.append(part)
            continue
        name, _, value = (p.strip() for p in part.partition("="))
        dimension = dimensions.get(fold(name))
        if dimension is None:
            near = difflib.get_close_matches(fold(name), dimensions, 1, 0.6)
            allowed = sorted(d.notation for d in knowledge.dimensions.values())
            fix = f"Did you mean {dimensions[near[0]].notation!r}?" if near else f"Write one of {', '.join(allowed)}."
            message = f"{part!r} is no qualifier: they are written dimension=value."
            reader.complain(record, "qualifiers", "unknown-value", message, fix, allowed)
            continue
        values = {
            fold(n): q
            for q in knowledge.qualifiers.values()
            if q.dimension == dimension.iri
            for n in (q.notation, q.label)
        }
        if fold(value) in values:
            found.append(values[fold(value)].iri)
            continue
        near = difflib.get_close_matches(fold(value), values, 2, 0.6)
        fix = f"Did you mean {' or '.join(dict.fromkeys(values[n].notation for n in near))}?" if near else ""
        allowed = sorted({q.notation for q in values.values()})
        message = f"{dimension.label} has no value {value!r}."
        reader.complain(record, "qualifiers", "unknown-value", message, fix, allowed)
    return tuple(found)


def parted(text: str, marks: str = "|") -> tuple[str, ...]:
    """Part a list in a cell.

    >>> parted("a | b"), parted("")
    (('a', 'b'), ())
    """
    return tuple(p for part in re.split(f"[{re.escape(marks)}\n]", text) if (p := part.strip()))


def slug(text: str) -> str:
    """Write a text as the end of an address.

    >>> slug("Re-use rate (%)")
    're-use-rate'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")
