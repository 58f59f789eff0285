"""What somebody must act on and evidence bears on: by who must act, in order of weight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.scales import Verdict
from comity.model.verdicts import Judgement
from comity.report.grounds import sources
from comity.report.message import LEAST, add_message, fitted, part_of, said_of, unshown
from comity.report.page import BODY, Page
from comity.report.whose import Voices
from comity.report.words import GAPS, WIDTH, common, counted, sentence, squeeze, verdict_name

MOST_BLOCK = 12
"""Rules of one block that get a line."""
MOST_PARTS = 4
"""Rules shown in part, of one actor, that get a line."""
MOST_BLOCKS = 12
"""Messages and blocks below one heading."""
MOST_GROUPS = 8
"""Headings, each of an actor and what must be acted on."""
ALIKE = 3
"""As many rules with one verdict, by one document and voice, are told together."""

SPOKEN = (Verdict.FAILED, Verdict.CONFLICTING, Verdict.EXPIRED, Verdict.INSUFFICIENT_ASSURANCE)


def add_spoken(page: Page, judged: Sequence[Judgement], voices: Voices) -> None:
    """Add what is shown not to be met, is disputed, or is shown by less than is asked."""
    found = [j for j in judged if j.verdict in SPOKEN]
    if not found:
        return
    page.gap()
    page.add(f"NOT MET, DISPUTED, OR NOT SHOWN WELL ENOUGH ({len(found)})")
    groups = grouped(found)
    for heading, own in groups[:MOST_GROUPS]:
        page.add(heading)
        page.last = None
        blocks = _alike(own)
        for alike in blocks[:MOST_BLOCKS]:
            if len(alike) < ALIKE:
                for one in alike:
                    add_message(page, one, voices)
            else:
                _block(page, alike, voices)
        _rest(page, sum(len(alike) for alike in blocks[MOST_BLOCKS:]))
    _rest(page, sum(len(own) for _, own in groups[MOST_GROUPS:]))


def add_partial(page: Page, judged: Sequence[Judgement], voices: Voices) -> None:
    """Add the rules of which a part is shown, a line each: the part that is not."""
    found = [j for j in judged if j.verdict is Verdict.PARTIAL]
    if not found:
        return
    page.gap()
    page.add(f"SHOWN IN PART ({len(found)})")
    parts: dict[tuple[str, str], list[Judgement]] = {}
    for one in found:
        where = page.short(one.place.document) if one.place is not None else one.subject.label
        parts.setdefault((actor_of(one), where), []).append(one)
    ordered = sorted(parts.items(), key=lambda item: (-len(item[1]), item[0]))
    for (actor, where), own in ordered[:MOST_GROUPS]:
        page.add(_heading(actor, where, len(own)))
        for one in own[:MOST_PARTS]:
            label = "" if unshown(one) or one.challenges else one.label
            lines = 2 if one.challenges else 1
            told = fitted(f"  PARTIAL  {one.notation}  ", label, part_of(one, voices), "", lines, BODY)
            page.verdict("PARTIAL", f"{one.notation}  {told}", one.verdict)
        _rest(page, len(own) - MOST_PARTS)
    _rest(page, sum(len(own) for _, own in ordered[MOST_GROUPS:]))


def _rest(page: Page, count: int) -> None:
    if count > 0:
        page.add(f"and {counted(count, 'rule')} more (-v)", 2)


def grouped(judged: Iterable[Judgement]) -> list[tuple[str, list[Judgement]]]:
    """Part gaps by who must act and about what, each under its heading, the worst first."""
    found: dict[tuple[str, str], list[Judgement]] = {}
    for one in sorted(judged, key=lambda j: GAPS.index(j.verdict)):
        found.setdefault((actor_of(one), one.subject.label), []).append(one)
    ordered = sorted(found.items(), key=lambda item: (GAPS.index(item[1][0].verdict), -len(item[1]), item[0]))
    return [(_heading(actor, about, len(own)), own) for (actor, about), own in ordered]


def _heading(actor: str, about: str, count: int) -> str:
    head, tail = f"{capital(actor)} · ", f" ({count})"
    return head + squeeze(about, max(WIDTH - len(head) - len(tail), LEAST)) + tail


def actor_of(judged: Judgement) -> str:
    """Say who must act."""
    return judged.actor or "whoever answers for it"


def capital(text: str) -> str:
    """Begin with a capital and leave the rest as it is.

    >>> capital("shopkeeper of the jar")
    'Shopkeeper of the jar'
    """
    return text[:1].upper() + text[1:]


def _alike(judged: Sequence[Judgement]) -> list[list[Judgement]]:
    """Gather what has one verdict by one document and one voice, in order of weight."""
    found: dict[tuple[object, ...], list[Judgement]] = {}
    for one in judged:
        where = one.place.document if one.place else ""
        whose = tuple(source.text for source in sources(one.proof))
        found.setdefault((one.verdict, where, whose, one.rank, one.role), []).append(one)
    return list(found.values())


def _block(page: Page, alike: Sequence[Judgement], voices: Voices) -> None:
    """Add several rules together: what they share once, then a line each."""
    verdict = alike[0].verdict
    places = [j.place for j in alike if j.place is not None]
    where = _pointer([p.path for p in places])
    if places:
        page.add(squeeze(page.short(f"{places[0].document}  {where}".rstrip()), WIDTH))
    page.last = None
    told = [said_of(j, voices) for j in alike]
    shared = told[0].why if len({said.why for said in told}) == 1 else ""
    many = counted(len(alike), "rule")
    page.verdict(verdict_name(verdict), f"{many}: {sentence(page.short(shared))}" if shared else many, verdict)
    for one, said in list(zip(alike, told, strict=True))[:MOST_BLOCK]:
        place = one.place.path[len(where) :] if one.place else ""
        tail = f"({'; '.join(filter(None, (page.short(one.citation), place)))})"
        text = said.values if shared else said.text
        line = fitted(" " * BODY + f"{one.notation}  ", "" if said.values else said.about, page.short(text), tail, 1)
        page.add(f"{one.notation}  {line}", BODY, 2)
    if len(alike) > MOST_BLOCK:
        page.add(f"and {len(alike) - MOST_BLOCK} more (-v)", BODY)


def _pointer(paths: Sequence[str]) -> str:
    """Return what places in one document have in common.

    >>> _pointer(["$.a[0]", "$.a[1].b"]), _pointer(["A2", "B2"]), _pointer(["$.a.b"])
    ('$.a', '', '$.a.b')
    """
    shared = common(paths)
    if all(path == shared for path in paths):
        return shared
    return shared[: max(0, shared.rfind("."), shared.rfind("["))]
