"""Why an answer is not better: what is missing, what nearly counts, what would close the gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.algebra.propagate import Derivation, Node
from comity.judgement.base import Evidence, Note, NoteKind
from comity.judgement.inference import Inference
from comity.judgement.proof import leaves, written
from comity.judgement.verdict import Asked, Found
from comity.model.requirements import Requirement
from comity.model.scales import Fact, Verdict
from comity.model.verdicts import Lead

PROVEN = frozenset(
    {Verdict.INSUFFICIENT_ASSURANCE, Verdict.SUPPORTED, Verdict.FAILED, Verdict.CONFLICTING, Verdict.EXPIRED}
)
"""Verdicts whose proof already shows the evidence that they stand on."""

ANSWERED = frozenset({Verdict.SATISFIED, Verdict.NOT_APPLICABLE})


def notes_about(node: Node, evidence: Evidence, inference: Inference) -> tuple[Note, ...]:
    """List what was said about a node, or about a text that leads to it, and gave no fact."""
    near = inference.net.backwards.get(node.criterion, ())
    wanted = {node.criterion, *near}
    return tuple(n for n in evidence.notes if n.criterion in wanted and _same(n, node, inference))


def missing(found: Found, asked: Asked, node: Node, inference: Inference, notes: Iterable[Note]) -> tuple[str, ...]:
    """Name what would have to be shown, the first thing that failed first."""
    if found.verdict in ANSWERED:
        return ()
    lines: list[str] = []
    if found.best is not None and found.verdict is not Verdict.FAILED:
        for leaf in leaves(found.best):
            if leaf.standing.effective < asked.rank:
                lines.append(f"{leaf.place.document}: {leaf.standing.why}")
            if asked.role is not None and asked.role not in leaf.standing.roles:
                lines.append(f"{leaf.place.document}: not shown to be by a {role_name(asked.role)}")
            lines += [f"assumed: {text}" for text in leaf.assumptions]
            if not leaf.moment.valid:
                lines.append(f"{leaf.place.document}: {leaf.moment.text}")
    if found.verdict is Verdict.SUPPORTED and found.best is not None:
        low = [row for row in written(found.best) if row.authority < asked.authority]
        lines += [
            f"row {row.id} by {row.author or 'nobody who is named'} has authority {row.authority.token}" for row in low
        ]
    if found.verdict is Verdict.PARTIAL:
        lines += [f"not shown: {name}" for name in _parts(node, asked, inference)]
    lines += [f"{n.text} ({n.place.document} {n.place.path}): {n.why}" for n in notes if n.kind is NoteKind.MISSING]
    return tuple(dict.fromkeys(lines))


def wanted(requirement: Requirement, asked: Asked) -> str:
    """Say which evidence would close the gap, from whom, at which assurance."""
    what = " or ".join(requirement.evidence) or f"an assessment of {requirement.notation}"
    by = f" by a {role_name(asked.role)}" if asked.role else ""
    return f"{what}{by}, at {asked.rank.token} or above"


def role_name(iri: str) -> str:
    """Return a role's words from its IRI.

    >>> role_name("https://w3id.org/comity/role/lead-auditor")
    'lead auditor'
    """
    return iri.rsplit("/", 1)[-1].replace("-", " ")


def leads(found: Found, asked: Asked, node: Node, inference: Inference, notes: Iterable[Note]) -> tuple[Lead, ...]:
    """List what bears on a question and proves nothing: citations of whole texts, rows below the authority."""
    if found.verdict in ANSWERED:
        return ()
    lines = [Lead(f"{n.text}", n.why or n.kind.value, n.place) for n in notes if n.kind is not NoteKind.MISSING]
    made = inference.for_(asked.authority)
    shown = {x.place for x in leaves(found.best)} if found.best and found.verdict in PROVEN else set()
    for fact in (Fact.ALL, Fact.SOME):
        for d in made.get((fact, node), ()):
            if d.premises and not isinstance(d.origin, str) and not {x.place for x in leaves(d)} <= shown:
                lines += _near(d, fact, asked)
    lines += _lead_rows(node, inference)
    return tuple(dict.fromkeys(lines))


def _near(d: Derivation, fact: Fact, asked: Asked) -> list[Lead]:
    from comity.algebra.edges import Edge
    from comity.algebra.propagate import Rule

    rows: list[str] = []
    todo = [d]
    while todo:
        current = todo.pop()
        if isinstance(current.origin, Rule) and isinstance(current.origin.source, Edge):
            rows += [r.id for r in current.origin.source.rows]
        todo += current.premises
    labels = d.labels
    why = []
    if labels.authority < asked.authority:
        why.append(f"its rows have authority {labels.authority.token}")
    if labels.rank < asked.rank:
        why.append(f"its evidence is {labels.rank.token}")
    if not labels.valid:
        why.append("its evidence is not valid on the day" if labels.dated else "its evidence states no date")
    text = f"{', '.join(x.label for x in leaves(d)[:3])} gives {fact}"
    found = leaves(d)
    return [Lead(text, "; ".join(why) or f"shows {fact} only", found[0].place, rows[-1] if rows else None)]


def _lead_rows(node: Node, inference: Inference) -> list[Lead]:
    lines = []
    for row in inference.of.knowledge.rows:
        other = row.subject if row.object == node.criterion else row.object if row.subject == node.criterion else None
        found = inference.spoken.get(Node(other, node.subject)) if row.lead and other else None
        if found is not None:
            leaf = leaves(found)[0]
            why = f"{row.predicate.rsplit(':', 1)[-1]}: a lead, never a verdict"
            lines.append(Lead(f"{leaf.label} by row {row.id}", why, leaf.place, row.id))
    return lines


def _parts(node: Node, asked: Asked, inference: Inference) -> Sequence[str]:
    made = inference.for_(asked.authority)
    names = []
    for d in inference.net.wholes.get(node.criterion, ()):
        for part in d.parts if d.whole == node.criterion else ():
            if not any(x.labels.valid for x in made.get((Fact.ALL, Node(part, node.subject)), ())):
                known = inference.of.knowledge.criteria[part]
                names.append(f"{known.notation} {known.label}")
    return names


def _same(note: Note, node: Node, inference: Inference) -> bool:
    """A note about the subject itself, or about something above it that conformity may be lifted from."""
    if note.subject == node.subject:
        return True
    return any(high == note.subject and low == node.subject for high, low, _ in inference.of.world.above())
