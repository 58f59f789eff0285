"""Make a world on which something is wrong as small as it stays wrong, and print it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from tests.worlds.world import World, base, identifier

from comity.algebra.relation import names
from comity.model.criteria import Criterion
from comity.model.errors import ComityError
from comity.model.evidence import Assessment, Claim, Document, Validity
from comity.model.knowledge import Knowledge
from comity.model.mappings import Row
from comity.model.quantities import Value
from comity.model.requirements import Requirement
from comity.model.scales import Basis

T = TypeVar("T")

Wrong = Callable[[World], bool]


def shrink(world: World, wrong: Wrong) -> World:
    """Take things away, one at a time, as long as the world stays wrong."""
    smaller: World | None = world
    while smaller is not None:
        world = smaller
        smaller = next((w for w in _smaller(world) if _still(w, wrong)), None)
    return world


def _still(world: World, wrong: Wrong) -> bool:
    try:
        return wrong(world)
    except (ComityError, KeyError, ValueError, StopIteration):
        return False  # what was taken away is needed for the world to be one at all


def _smaller(world: World) -> Iterator[World]:
    known, market = world.knowledge, world.market
    for requirements in _without(market.requirements):
        yield _with(world, known, requirements)
    for documents in _without(world.documents):
        yield replace(world, documents=documents)
    for rows in _without(known.rows):
        yield replace(world, knowledge=replace(known, rows=rows))
    for decompositions in _without(known.decompositions):
        yield replace(world, knowledge=replace(known, decompositions=decompositions))
    for joints in _without(known.joints):
        yield replace(world, knowledge=replace(known, joints=joints))
    for choices in _without(known.choices):
        yield replace(world, knowledge=replace(known, choices=choices))
    for criteria in _without(tuple(known.criteria.values())):
        kept = {c.iri: c for c in criteria}
        if all(r.criterion in kept for r in market.requirements):
            yield replace(
                world, knowledge=replace(known, criteria=kept, by_notation={c.notation: c.iri for c in criteria})
            )
    for given in _without(world.given):
        yield replace(world, given=given)
    for entries in _without(world.trust.entries):
        yield replace(world, trust=replace(world.trust, entries=entries))
    for judged in _without(world.judged):
        if judged:
            yield replace(world, judged=judged)
    yield from _plainer(world)


def _plainer(world: World) -> Iterator[World]:
    """Make what is left plainer: no limits, lifts, conditions, dates, validities, scopes."""
    known, market = world.knowledge, world.market
    for position, criterion in enumerate(known.criteria.values()):
        for plain in _plain_criterion(criterion):
            kept = list(known.criteria.values())
            kept[position] = plain
            yield replace(world, knowledge=replace(known, criteria={c.iri: c for c in kept}))
    for position, row in enumerate(known.rows):
        for plain_row in _plain_row(row):
            yield replace(world, knowledge=replace(known, rows=_put(known.rows, position, plain_row)))
    for position, requirement in enumerate(market.requirements):
        plain_one = Requirement(
            requirement.iri, requirement.notation, requirement.market, requirement.criterion, requirement.label, "", "",
            "", requirement.level, Basis.READ_IN_SOURCE, requirement.rank,
        )  # fmt: skip
        for less in (plain_one, replace(plain_one, role=requirement.role)):
            if less != requirement and (requirement.role or less.role is None):
                yield _with(world, known, _put(market.requirements, position, less))
    for position, document in enumerate(world.documents):
        for plain_document in _plain_document(document):
            yield replace(world, documents=_put(world.documents, position, plain_document))


def _plain_criterion(criterion: Criterion) -> Iterator[Criterion]:
    less = [replace(criterion, limit=None), replace(criterion, lifts=frozenset()), replace(criterion, unit_parts=())]
    yield from (c for c in (*less, replace(criterion, basis=Basis.READ_IN_SOURCE)) if c != criterion)
    if criterion.limit is not None:
        for name in criterion.limit.qualifiers:
            kept = {d: v for d, v in criterion.limit.qualifiers.items() if d != name}
            yield replace(criterion, limit=replace(criterion.limit, qualifiers=kept))


def _plain_row(row: Row) -> Iterator[Row]:
    less = [replace(row, scope=""), replace(row, basis=Basis.READ_IN_SOURCE), replace(row, confidence=None)]
    less.append(replace(row, valid_from=None, valid_until=None))
    yield from (r for r in less if r != row)


def _plain_document(document: Document) -> Iterator[Document]:
    for links in _without(document.links):
        yield replace(document, links=links)
    for subjects in _without(document.subjects):
        yield replace(document, subjects=subjects)
    for claim in document.claims:
        for claim_less in (replace(claim, citations=()), replace(claim, values=()), replace(claim, undisclosed=False)):
            if claim_less != claim:
                yield replace(document, claims=(claim_less,))
    for found in document.assessments:
        less = [replace(found, dated=None), replace(found, programme=""), replace(found, values=())]
        less += [replace(found, conditional=""), replace(found, subject_assumed="")]
        less += [replace(found, validity=Validity("2030-01-01"))]
        less += [replace(found, citations=c) for c in _without(found.citations) if c]
        less += [replace(found, subjects=s) for s in _without(found.subjects) if s]
        yield from (replace(document, assessments=(x,)) for x in less if x != found)


def _with(world: World, known: Knowledge, requirements: tuple[Requirement, ...]) -> World:
    market = replace(world.market, requirements=requirements)
    return replace(world, market=market, knowledge=replace(known, markets={market.notation: market}))


def _without(items: Sequence[T]) -> Iterator[tuple[T, ...]]:
    if len(items) > 3:
        half = len(items) // 2
        yield tuple(items[:half])
        yield tuple(items[half:])
    for position in range(len(items)):
        yield (*items[:position], *items[position + 1 :])


def _put(items: Sequence[T], position: int, item: T) -> tuple[T, ...]:
    return (*items[:position], item, *items[position + 1 :])


def show(world: World) -> str:
    """Write a world down, a line for each thing in it."""
    known = world.knowledge
    short = _Short(world.seed)
    lines = [f"world {world.seed}, judged: {', '.join(world.judged)}; authority {world.market.authority.token}"]
    lines += [f"  {short(c.iri)} {_criterion(c)}" for c in known.criteria.values()]
    lines += [
        f"  row {r.id[-1]}: {short(r.subject)} {'|'.join(names(r.mask))} {short(r.object)}{_row(r)}" for r in known.rows
    ]
    for d in known.decompositions:
        kind = "complete" if d.complete else "partial"
        lines.append(f"  {kind}: {short(d.whole)} is {', '.join(map(short, d.parts))} {_basis(d.basis)}")
    for j in known.joints:
        words = f"{j.authority.token} {_basis(j.basis)}"
        lines.append(f"  joint: {', '.join(map(short, j.members))} cover {short(j.covers)} {words}")
    lines += [
        f"  any of: {short(a.whole)} is {' or '.join(map(short, a.options))} {_basis(a.basis)}" for a in known.choices
    ]
    for r in world.market.requirements:
        extra = [*r.conditions, *r.exemptions, *(str(x) for x in (r.starts, r.ends, r.event) if x), *r.unit_parts]
        role = " with the role" if r.role else ""
        lines.append(f"  asks {r.notation} of {r.level} at {r.rank.token}{role} {_basis(r.basis)} {' '.join(extra)}")
    lines += [f"  trusted: {e.name} as {e.assurance.token} {' '.join(e.roles)}" for e in world.trust.entries]
    lines += [f"  given: {g.name}={','.join(g.values or ())}" for g in world.given]
    for document in world.documents:
        lines += _document(document, short)
    return "\n".join(line.rstrip() for line in lines)


class _Short:
    """Leaves out of an identifier what is the same everywhere in one world."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def __call__(self, text: str) -> str:
        return text.replace(base(self._seed), "").rpartition(identifier(self._seed, ""))[2]


def _criterion(c: Criterion) -> str:
    limit = c.limit
    words = [c.level.value, *sorted(c.lifts), *c.unit_parts, _basis(c.basis)]
    if limit is not None:
        sign = limit.comparator.value if limit.comparator else ""
        words += [limit.role.value, limit.metric.rpartition("/")[2], sign, str(limit.value or ""), _last(limit.unit)]
        words += [_last(v) for v in limit.qualifiers.values()]
    return " ".join(w for w in words if w)


def _row(r: Row) -> str:
    words = [r.authority.token, _basis(r.basis), f"scope {r.scope}" if r.scope else "", "lead" if r.lead else ""]
    words += [f"from {r.valid_from}" if r.valid_from else "", f"until {r.valid_until}" if r.valid_until else ""]
    return " " + " ".join(w for w in words if w)


def _basis(basis: Basis | None) -> str:
    return "unverified" if basis is Basis.NOT_VERIFIED else ""


def _last(iri: str | None) -> str:
    return (iri or "").rpartition("/")[2]


def _document(document: Document, short: _Short) -> Iterator[str]:
    who = document.issuer.name if document.issuer else "nobody"
    yield f"  {document.name} by {who}, {_validity(document.validity)}"
    yield from (f"    {link.kind}: {short(link.source)} to {short(link.target)} {link.role}" for link in document.links)
    yield from (f"    subject {short(s.key)} {s.level} {dict(s.parts)}" for s in document.subjects)
    yield from (f"    {_item(claim, short)}" for claim in document.claims)
    yield from (f"    {_item(found, short)}" for found in document.assessments)
    for a in document.anchors:
        yield f"    anchor of {short(a.identity)} as {a.register_type} by {a.registrar.name}, {_validity(a.validity)}"


def _item(item: Claim | Assessment, short: _Short) -> str:
    cited = " and ".join(f"{short(c.iri)} {c.name}".strip() for c in item.citations)
    values = "; ".join(_value(v) for v in item.values)
    if isinstance(item, Claim):
        return f"claim of {short(item.subject)}: {cited} {values} {'undisclosed' if item.undisclosed else ''}"
    words = [
        item.declared.get("assurance", ""),
        item.dated or "",
        item.programme,
        item.conditional,
        item.subject_assumed,
    ]
    about = " and ".join(map(short, item.subjects))
    own = f"by {item.issuer.name}" if item.issuer else "by nobody"
    rest = " ".join(w for w in words if w)
    return f"says of {about}: {cited} {item.conformance} {values} {own} {rest}, {_validity(item.validity)}"


def _value(v: Value) -> str:
    q = v.quantity
    number = f"{q.value} {_last(q.unit) or q.unit_text} -{q.lower}+{q.upper}" if q else "no number"
    return f"{_last(v.metric)} '{v.name}' {number} {' '.join(_last(x) for x in v.qualifiers.values())} {v.period or ''}"


def _validity(v: Validity) -> str:
    return f"valid {v.start or v.issued or '?'}..{v.end or ''}"
