"""Write drafted criteria as Turtle, in the shape in which Comity reads schemes (``docs/data-model.md``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from comity.authoring.draft import Draft, DraftCriterion, DraftLimit, DraftScheme, DraftWhole
from comity.knowledge.vocabulary import DCTERMS, DESCRIPTION, NOTATION, NS, RDFS, SKOS, SOURCE, UNIT, UNITLESS
from comity.model.scales import Kind
from comity.stores import terms
from comity.stores import turtle as canonical
from comity.stores.terms import LABEL, TYPE, comity

_DCAT = "http://www.w3.org/ns/dcat#"
PREFIXES: Mapping[str, str] = {
    "comity": NS,
    "dcat": _DCAT,
    "dcterms": DCTERMS,
    "rdfs": RDFS,
    "skos": SKOS,
    "unit": UNIT,
    "xsd": terms.XSD,
}
KEYWORD = _DCAT + "keyword"
SAME = SKOS + "exactMatch"


def write_turtle(draft: Draft) -> str:
    """Write the scheme and its criteria; the same draft is the same text.

    Mapping rows are no part of it: :func:`comity.authoring.sssom.write_sssom` writes those.
    """
    return canonical.write(list(triples(draft)), PREFIXES)


def triples(draft: Draft) -> Iterator[Triple]:
    """Yield what :func:`write_turtle` writes."""
    if draft.scheme is not None:
        yield from _scheme(draft.scheme, draft.criteria)
    version = draft.scheme.iri if draft.scheme else ""
    metrics: dict[str, str] = {}
    for criterion in draft.criteria:
        yield from _criterion(criterion, version)
        metrics |= {limit.metric: limit.metric_label for limit in criterion.limits if limit.metric_label}
    for iri, label in sorted(metrics.items()):
        node = NamedNode(iri)
        yield Triple(node, TYPE, comity("Metric"))
        yield Triple(node, LABEL, _english(label))
        yield Triple(node, NamedNode(NOTATION), terms.text(iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]))
    yield from _wholes(draft, version)


def _scheme(scheme: DraftScheme, criteria: Iterable[DraftCriterion]) -> Iterator[Triple]:
    this = NamedNode(scheme.iri)
    yield Triple(this, TYPE, comity("SchemeVersion"))
    yield Triple(this, LABEL, _english(scheme.label))
    yield Triple(this, NamedNode(NOTATION), terms.text(scheme.notation))
    text = NamedNode(scheme.scheme or scheme.iri)
    yield Triple(this, comity("scheme"), text)
    if scheme.scheme and scheme.scheme != scheme.iri:
        yield Triple(text, TYPE, comity("Scheme"))
        yield Triple(text, LABEL, _english(scheme.scheme_label or scheme.label))
    yield Triple(this, comity("basis"), terms.individual(scheme.basis.value))
    root = next((c.iri for c in criteria if c.kind is Kind.ROOT), "")
    if root:
        yield Triple(this, comity("root"), NamedNode(root))
    texts = {"version": scheme.version, "jurisdiction": scheme.jurisdiction, "state": scheme.state}
    for name, value in texts.items():
        if value:
            yield Triple(this, comity(name), terms.text(value))
    days = {
        "inForceFrom": scheme.in_force_from,
        "inForceUntil": scheme.in_force_until,
        "withdrawnFrom": scheme.withdrawn_from,
    }
    for name, day in days.items():
        if day is not None:
            yield Triple(this, comity(name), terms.day(day))
    for name, bodies in (("steward", scheme.stewards), ("listsBody", scheme.bodies)):
        for body in bodies:
            yield Triple(this, comity(name), named(body))
    if scheme.description:
        yield Triple(this, NamedNode(DESCRIPTION), _english(scheme.description))
    if scheme.source:
        yield Triple(this, NamedNode(SOURCE), named(scheme.source))
    yield from _more(this, scheme.more)


def _criterion(criterion: DraftCriterion, version: str) -> Iterator[Triple]:
    yield from _record(criterion, criterion.iri, criterion.notation, criterion.label, version)
    this = NamedNode(criterion.iri)
    if criterion.text:
        yield Triple(this, NamedNode(DESCRIPTION), _english(criterion.text))
    for doubt in criterion.doubts:
        yield Triple(this, comity("doubt"), _english(doubt))
    for topic in criterion.topics:
        yield Triple(this, comity("topic"), named(topic))
    for tag in criterion.tags:
        yield Triple(this, NamedNode(KEYWORD), terms.text(tag))
    for other in criterion.same_as:
        yield Triple(this, NamedNode(SAME), named(other))
    yield from _more(this, criterion.more)
    if len(criterion.limits) == 1:
        yield from _limit(criterion.limits[0], criterion.iri)
    elif criterion.limits:
        yield from _several(criterion, version)


def _record(criterion: DraftCriterion, iri: str, notation: str, label: str, version: str) -> Iterator[Triple]:
    """Write what a criterion and its parts have in common."""
    this = NamedNode(iri)
    yield Triple(this, TYPE, comity("Criterion"))
    yield Triple(this, NamedNode(NOTATION), terms.text(notation))
    yield Triple(this, LABEL, _english(label))
    if version:
        yield Triple(this, comity("inVersion"), NamedNode(version))
    yield Triple(this, comity("kind"), terms.individual(criterion.kind.value))
    yield Triple(this, comity("level"), terms.scaled(criterion.level))
    yield Triple(this, comity("basis"), terms.individual(criterion.basis.value))
    if criterion.citation:
        yield Triple(this, comity("citation"), terms.text(criterion.citation))
    if criterion.source:
        yield Triple(this, NamedNode(SOURCE), named(criterion.source))
    for part in criterion.unit_parts:
        yield Triple(this, comity("unitPart"), terms.text(part))
    for lift in criterion.lifts:
        yield Triple(this, comity("lift"), terms.individual(lift.value))


def _several(criterion: DraftCriterion, version: str) -> Iterator[Triple]:
    """Several limits in one record are parts that together make it up (semantics, section 3)."""
    parts = []
    for number, limit in enumerate(criterion.limits, 1):
        iri = f"{criterion.iri}/{number}"
        parts.append(iri)
        label = f"{criterion.label}: limit {number}"
        yield from _record(criterion, iri, f"{criterion.notation}-limit-{number}", label, version)
        yield from _limit(limit, iri)
    yield from _decomposition(criterion.iri + "/limits", criterion, parts, complete=True)


def _limit(limit: DraftLimit, criterion: str) -> Iterator[Triple]:
    this = NamedNode(limit.iri or criterion + "/limit")
    yield Triple(NamedNode(criterion), comity("limit"), this)
    yield Triple(this, TYPE, comity("Limit"))
    yield Triple(this, comity("metric"), NamedNode(limit.metric))
    yield Triple(this, comity("thresholdRole"), comity(f"{limit.role.value}Role"))
    if limit.comparator is not None:
        yield Triple(this, comity("comparator"), terms.individual(limit.comparator.name.lower().replace("_", "-")))
    number = terms.decimal(limit.value) if limit.value is not None else None
    if number is not None:
        yield Triple(this, comity("value"), Literal(number, datatype=NamedNode(terms.XSD + "decimal")))
    if number is not None or limit.unit:
        yield Triple(this, comity("unit"), NamedNode(limit.unit or UNITLESS))
    for qualifier in limit.qualifiers:
        yield Triple(this, comity("qualifier"), NamedNode(qualifier))
    if limit.start_event:
        yield Triple(this, comity("startEvent"), _english(limit.start_event))


def _wholes(draft: Draft, version: str) -> Iterator[Triple]:
    by_iri = {c.iri: c for c in draft.criteria}
    parts: dict[str, list[str]] = {}
    for criterion in draft.criteria:
        if criterion.parent in by_iri:
            parts.setdefault(criterion.parent, []).append(criterion.iri)
    for whole, members in parts.items():
        known = draft.wholes.get(whole, DraftWhole())
        local = whole.removeprefix(version + "/") if version else whole
        iri = f"{version}/decomposition/{local}" if local != whole else f"{whole}/decomposition"
        yield from _decomposition(
            known.iri or iri, by_iri[whole], members, complete=whole in draft.complete, known=known
        )


def _decomposition(
    iri: str, whole: DraftCriterion, parts: Iterable[str], *, complete: bool, known: DraftWhole | None = None
) -> Iterator[Triple]:
    this = NamedNode(iri)
    basis = known.basis if known and known.basis else whole.basis
    yield Triple(this, TYPE, comity("Decomposition"))
    yield Triple(this, comity("whole"), NamedNode(whole.iri))
    yield Triple(this, comity("completeness"), comity("complete" if complete else "partial"))
    yield Triple(this, comity("basis"), terms.individual(basis.value))
    if known and known.note:
        yield Triple(this, NamedNode(DESCRIPTION), _english(known.note))
    for part in parts:
        yield Triple(this, comity("part"), NamedNode(part))


def _more(this: NamedNode, more: Mapping[str, tuple[str, ...]]) -> Iterator[Triple]:
    for predicate, values in more.items():
        for value in values:
            yield Triple(this, NamedNode(predicate), named(value))


def named(text: str) -> NamedNode | Literal:
    """Return an IRI where a text is one, a literal where it is spelled as N-Triples spell one, else the text.

    >>> named("https://a.example/x"), named("page 4").value
    (<NamedNode value=https://a.example/x>, 'page 4')
    >>> named('"2026-11-30"^^<http://www.w3.org/2001/XMLSchema#date>').datatype.value[-4:], named('"Norm"@de').language
    ('date', 'de')
    """
    if spelled := _SPELLED.fullmatch(text):
        value = re.sub(r"\\(.)", lambda m: _ESCAPED.get(m[1], m[1]), spelled["value"])
        if spelled["language"]:
            return Literal(value, language=spelled["language"])
        return Literal(value, datatype=NamedNode(spelled["datatype"]))
    return terms.iri(text) or terms.text(text)


_SPELLED = re.compile(
    r'"(?P<value>(?:[^"\\]|\\.)*)"(?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^<(?P<datatype>[^<>"{}|^`\\\s]+)>)',
    re.DOTALL,
)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}


def _english(text: str) -> Literal:
    return Literal(terms.text(text).value, language="en")
