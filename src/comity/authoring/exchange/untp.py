"""What UNTP's two generations of vocabularies share: topics, thresholds, and how each is read and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from comity import units
from comity.authoring.draft import DraftCriterion, DraftLimit
from comity.authoring.exchange.jsontext import exact, packed
from comity.authoring.exchange.naming import slug
from comity.authoring.exchange.things import Thing, kept
from comity.authoring.exchange.written import Losses
from comity.evidence import tables
from comity.evidence.topics import slugs
from comity.formats.json import Json
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Severity
from comity.model.scales import Comparator, ThresholdRole
from comity.units.registry import local_name, written

METRICS = "https://w3id.org/comity/metric/"
"""Where the metrics that Comity declares itself are named."""
TOPICS = "https://vocabulary.uncefact.org/conformity-topics/"

ALIGNMENTS: Mapping[str, str] = {"meets": "covers", "exceeds": "superset", "partial": "overlaps"}
"""Alignment levels, and how they are read (semantics, section 2)."""
LEVELS: Mapping[str, str] = {
    "equal": "meets",
    "covers": "meets",
    "superset": "exceeds",
    "subset": "partial",
    "coveredBy": "partial",
    "intersects": "partial",
    "overlaps": "partial",
}
"""Relations, and the alignment level that is true of each."""

_DIRECTIONS = {"higher": Comparator.AT_LEAST, "lower": Comparator.AT_MOST}


def note(code: str, thing: Thing, message: str, fix: str = "", severity: Severity = Severity.WARNING) -> Finding:
    """Note something about an object."""
    return Finding(code, severity, thing.place, message, fix)


def topic_iris(texts: Iterable[str]) -> tuple[str, ...]:
    """Return topics by the identifiers that Comity knows them by, of any generation; those of others stay.

    >>> topic_iris(["https://vocabulary.uncefact.org/untp/conformity-topic/origin-tracking"])
    ('https://vocabulary.uncefact.org/conformity-topics/origin-tracking',)
    >>> topic_iris(["environment.energy", "https://a.example/topics/1"])
    ('https://vocabulary.uncefact.org/conformity-topics/renewable-energy-use', 'https://a.example/topics/1')
    """
    found: dict[str, None] = {}
    for text in texts:
        if "://" in text and "uncefact.org" not in text:
            found[text] = None
        else:
            found |= dict.fromkeys(TOPICS + one for one in slugs(text))
    return tuple(found)


def as_set(texts: Sequence[str]) -> bool:
    """Tell whether a list is the same once RDF has made a set of it, which is written sorted.

    >>> as_set(["air", "water"]), as_set(["water", "air"])
    (True, False)
    """
    return list(texts) == sorted(set(texts))


def ordered(thing: Thing, kind: str) -> dict[str, tuple[str, ...]]:
    """Keep the order of an object's tags, where it is not that of a set.

    :param kind: of the object, which becomes a part of the property.
    """
    found = thing.texts("tag")
    return {} if as_set(found) else {kept(kind, "tag"): (packed(list(found)),)}


def tags(criterion: DraftCriterion, held: Json) -> list[Json]:
    """Return the tags of a criterion: in the order that was kept, as long as they are the same.

    :param held: what :func:`ordered` kept.
    """
    listed = held if isinstance(held, list) else []
    return listed if set(map(str, listed)) == set(criterion.tags) else list(criterion.tags)


def topic_code(topics: Iterable[str]) -> str:
    """Return the one code of 0.6 that holds most of some topics; empty for none.

    >>> topic_code([TOPICS + "workplace-safety", TOPICS + "workplace-hazard-control"])
    'social.safety'
    """
    wanted = {t.removeprefix(TOPICS) for t in topics}
    held = {code: len(wanted & set(found.split())) for code, found in tables.codes("topics").items() if "." in code}
    best = max(held, key=lambda c: (held[c], -len(c)), default="")
    return best if best and held[best] else ""


def read_limit(performance: Thing, base: str) -> tuple[DraftLimit | None, bool]:
    """Read a threshold, as 0.7 and 0.6 write it; and whether nothing is left over.

    :param base: address under which a metric that has only a name is named.
    """
    metric = performance.one("metric") or performance
    measure = performance.one("measure") or performance.one("metricValue")
    label = metric.text("name") or metric.text("metricName")
    iri = metric.iri() or (f"{base}/metric/{slug(label).casefold()}" if label else "")
    value = measure.number("value") if measure is not None else None
    if measure is None or value is None or not iri:
        return None, False
    direction = metric.text("improvementDirection").rpartition("#")[2]
    text = measure.text("unit")
    unit = units.unit(text)
    label = "" if iri.startswith(METRICS) else label
    limit = DraftLimit(iri, ThresholdRole.LIMIT, _DIRECTIONS.get(direction), value, unit, metric_label=label)
    plain = {"metric", "measure", "metricName", "metricValue", "type"}.issuperset(performance.value)
    plain = plain and {"type", "value", "unit"}.issuperset(measure.value) and (unit is not None or not text)
    known = {"type", "id", "name", "improvementDirection", *(performance.value if metric is performance else ())}
    return limit, plain and known.issuperset(metric.value)


def limit_findings(performance: Thing, limit: DraftLimit | None) -> Iterable[Finding]:
    """Tell what a threshold does not say."""
    if limit is None:
        message = (
            "The threshold is a score or a level and no number; it is kept as it is, and nothing is held against it."
        )
        yield note("threshold-no-number", performance, message, severity=Severity.INFO)
        return
    if limit.comparator is None:
        message = f"It is not said whether more or less than {_shown(limit.value)} is good."
        yield note(
            "no-comparator", performance, message, "Add comity:comparator to the limit: nothing is judged without it."
        )
    measure = performance.one("measure") or performance.one("metricValue")
    text = measure.text("unit") if measure is not None else ""
    if text and limit.unit is None and units.unit(text) is None:
        yield note("unknown-unit", performance, f"{text!r} is no unit that Comity knows.", "Write a code of Rec. 20.")


def performance(limit: DraftLimit, owner: str, knowledge: Knowledge, losses: Losses) -> dict[str, Json] | None:
    """Write a limit as 0.7 has it; ``None`` where it has no number.

    :param owner: notation of its criterion.
    """
    if limit.role is not ThresholdRole.LIMIT:
        losses.add(f"numbers of the role {limit.role.value}", owner)
        return None
    value = exact(limit.value) if limit.value is not None else None
    if value is None:
        losses.add("limits without a decimal number", owner)
        return None
    known = knowledge.metrics.get(limit.metric)
    label = limit.metric_label or (known.label if known else "") or limit.metric
    metric: dict[str, Json] = {"type": ["PerformanceMetric"], "id": limit.metric, "name": label}
    if limit.qualifiers:
        losses.add("qualifiers of limits", owner)
    for direction, comparator in _DIRECTIONS.items():
        if limit.comparator is comparator:
            metric["improvementDirection"] = direction
    if limit.comparator not in (None, *_DIRECTIONS.values()):
        losses.add("comparisons other than at least and at most", owner)
    return {
        "type": ["Performance"],
        "metric": metric,
        "measure": {"type": ["Measure"], "value": value, "unit": unit_code(limit.unit, owner, losses)},
    }


def unit_code(iri: str | None, owner: str, losses: Losses) -> str:
    """Return the code of Recommendation 20 of a unit, or its symbol where it has none."""
    if iri is None:
        return "C62"
    wanted = local_name(iri)
    code = next((c for c, name in written()[0].items() if name == wanted), "")
    if code:
        return code
    losses.add("units without a code of Recommendation 20", owner, "Their symbols are written.")
    return units.symbol(iri) or iri


def same_number(limit: DraftLimit, raw: Thing) -> bool:
    """Tell whether a threshold that was kept as it is says what a limit says."""
    measure = raw.one("measure") or raw.one("metricValue")
    return measure is not None and measure.number("value") == limit.value


def carried(criterion: DraftCriterion, losses: Losses, *, parts: bool) -> None:
    """Note what no vocabulary of UNTP has a place for in a criterion.

    :param parts: whether the generation knows criteria within criteria.
    """
    where = criterion.notation
    missing = {
        "kinds": True,
        "doubts": bool(criterion.doubts),
        "units of assessment": bool(criterion.unit_parts),
        "lifts": bool(criterion.lifts),
        "other identifiers": bool(criterion.same_as),
        "the whole that a criterion is part of": bool(criterion.parent) and not parts,
        "how records were checked": True,
        "citations": bool(criterion.citation),
    }
    for what in (w for w, found in missing.items() if found):
        losses.add(what, where)


def _shown(value: Fraction | None) -> str:
    return f"{float(value):g}" if value is not None else "it"
