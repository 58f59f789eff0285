"""Attributes of a subject that a data rule takes for stated values of a metric."""

from __future__ import annotations

from collections.abc import Iterator

from comity import units
from comity.judgement.measured import number
from comity.model.evidence import Attribute, Document
from comity.model.knowledge import AttributeMetric, Knowledge
from comity.model.quantities import Quantity, Value


def stated_values(document: Document, knowledge: Knowledge) -> Iterator[tuple[AttributeMetric, Attribute, Value]]:
    """Read the values that a document states as attributes.

    Text that is no number is skipped: a rule says which attributes are numbers, and the reader of the
    document has reported what it could not read.
    """
    rules = {rule.path: rule for rule in knowledge.attribute_metrics}
    for attribute in document.attributes:
        rule = rules.get(attribute.path)
        if rule is None:
            continue
        value = number(attribute.value)
        if value is None:
            continue
        metric = knowledge.metrics[rule.metric]
        unit = units.unit(attribute.unit) if attribute.unit else metric.unit
        quantity = Quantity(value, unit, attribute.unit)
        yield rule, attribute, Value(attribute.place, rule.metric, metric.label, quantity, rule.qualifiers)
