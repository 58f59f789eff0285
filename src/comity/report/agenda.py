"""What a market asks of somebody, as text for people and as plain data: a list, then a timeline."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from comity.judgement.agenda import Agenda, Entry
from comity.judgement.applicability import State
from comity.judgement.doubts import about_requirement, bearing, lowest_confidence, under
from comity.judgement.doubts import sentence as told
from comity.model.knowledge import Knowledge
from comity.report.words import basis_name, counted, sentence, wrap

K = TypeVar("K")

INDENT, NOTATION = 2, 26
MOST = 12
"""Rules that a line of the timeline names; the rest is counted."""

_PLACE = re.compile(r", (?=Art|Annex|Sec|ss?\.|§|[Pp]oint|[Rr]ecital|[Cc]lause|Part|Schedule)")
"""Where, in a citation, the text ends and the place in it begins."""


def as_text(agenda: Agenda, knowledge: Knowledge) -> str:
    """Write an agenda for people.

    :param knowledge: has the questions of the facts that are asked for.
    """
    blocks = (
        _heading(agenda),
        _binds(agenda),
        _later(agenda.of(State.UPCOMING)),
        _unknown(agenda, knowledge),
        _left_out(agenda.of(State.NOT_APPLICABLE)),
        _timeline(agenda),
        _doubts(agenda, knowledge),
    )
    return "\n\n".join("\n".join(block) for block in blocks if block)


def as_data(agenda: Agenda, knowledge: Knowledge) -> dict[str, object]:
    """Write an agenda as plain data for :func:`json.dumps`.

    :param knowledge: has what is doubtful.
    """
    return {
        "market": agenda.market.notation,
        "on": agenda.on.isoformat(),
        "facts": {name: list(fact.value) for name, fact in sorted(agenda.facts.items())},
        "asked": list(agenda.asked),
        "requirements": [_data(e, knowledge) for e in agenda.entries],
    }


def _data(e: Entry, knowledge: Knowledge) -> dict[str, object]:
    r, found = e.requirement, e.application
    return {
        "requirement": r.notation,
        "label": r.label,
        "citation": r.citation,
        "actor": r.actor_label,
        "level": r.level.value,
        "state": e.state.value,
        "reason": found.reason,
        "applies_from": found.applies_from,
        "earliest": e.earliest.isoformat() if e.earliest else None,
        "certain": e.certain,
        "applies_until": r.ends.isoformat() if r.ends else None,
        "conditions": [{"text": c.text, "value": c.value, "facts": list(c.facts)} for c in found.conditions],
        "asked": list(found.asked),
        "notes": list(found.notes),
        "basis": r.basis.value,
        "record_confidence": low.token if (low := lowest_confidence(knowledge, r)) is not None else None,
        "doubts": list(about_requirement(knowledge, r)),
    }


def _heading(agenda: Agenda) -> list[str]:
    facts = "; ".join(f"{name} {', '.join(fact.value)}" for name, fact in sorted(agenda.facts.items()))
    checked = f"knowledge checked on {agenda.market.checked_on}"
    lines = wrap(f"{agenda.market.label}, as of {agenda.on} ({checked}).")
    return lines + wrap(f"Facts: {facts or 'none'}.") + wrap("No document is read here: comity check judges documents.")


def _binds(agenda: Agenda) -> list[str]:
    entries = agenda.of(State.APPLIES)
    if not entries:
        return [f"BINDS on {agenda.on}: nothing that Comity holds."]
    lines = [f"BINDS on {agenda.on}: {counted(len(entries), 'rule')}"]
    for (act, actor), several in _by(entries, _whose).items():
        lines += wrap(f"{act}: {actor}" if act else sentence(actor).rstrip("."), INDENT, 2)
        for e in several:
            lines += _rule(e, act, f"since {e.application.applies_from}" if e.application.applies_from else "")
    for note, several in _by_note(entries).items():
        lines += wrap(f"{sentence(note).rstrip('.')}: would lift {counted(len(several), 'rule')}.", INDENT, 2)
    return lines


def _later(entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return []
    lines = [f"LATER: {counted(len(entries), 'rule')}"]
    for (_, reason), several in sorted(_by(entries, lambda e: (e.earliest or date.min, e.application.reason)).items()):
        lines += wrap(sentence(reason), INDENT, 2)
        for e in several:
            lines += _rule(e, _act(e.requirement.citation), "")
    return lines


def _rule(e: Entry, act: str, since: str) -> list[str]:
    r = e.requirement
    where = [r.citation.removeprefix(f"{act}, "), since, basis_name(r.basis.value, r.confidence)]
    more = "; ".join(text for text in where if text)
    return wrap(f"{r.notation.ljust(NOTATION - 2)}  {r.label} ({more})", INDENT + 2, NOTATION)


def _whose(e: Entry) -> tuple[str, str]:
    return _act(e.requirement.citation), e.requirement.actor_label or "whoever it concerns"


def _act(citation: str) -> str:
    """Return the text that a citation is of, without the place in it.

    >>> _act("Comb Act, 1996, c. 2, s. 10(1)"), _act("Hive 1, Art. 7(1), point (a)")
    ('Comb Act, 1996, c. 2', 'Hive 1')
    """
    return _PLACE.split(citation, maxsplit=1)[0]


def _by_note(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for e in entries:
        for note in e.application.notes:
            found[note].append(e)
    return found


def _unknown(agenda: Agenda, knowledge: Knowledge) -> list[str]:
    entries = agenda.of(State.UNKNOWN)
    if not entries:
        return []
    lines = [f"NOT KNOWN whether it applies: {counted(len(entries), 'rule')}"]
    for reason, several in _by(entries, lambda e: e.application.reason).items():
        lines += wrap(f"{sentence(reason)} {_named(several)}", INDENT, 2)
    for name in agenda.asked:
        lines += wrap(f"? {knowledge.facts[name].question}  --fact {name}=…", INDENT, 2)
    return lines


def _left_out(entries: Sequence[Entry]) -> list[str]:
    if not entries:
        return []
    lines = [f"DOES NOT APPLY: {counted(len(entries), 'rule')}"]
    for reason, several in _by(entries, lambda e: e.application.reason).items():
        lines += wrap(f"{sentence(reason)} {_named(several)}", INDENT, 2)
    return lines


def _timeline(agenda: Agenda) -> list[str]:
    """List the days on which something begins or ends; what waits for an act stands at its earliest."""
    days: dict[tuple[date, str], list[Entry]] = defaultdict(list)
    for e in agenda.entries:
        if e.state is State.NOT_APPLICABLE:
            continue
        if e.earliest is not None:
            days[e.earliest, "" if e.certain else "or later, with an act to come: "].append(e)
        if e.requirement.ends is not None:
            days[e.requirement.ends, "ends: "].append(e)
    if not days:
        return []
    lines, passed = ["TIMELINE"], False
    for (day, word), several in sorted(days.items(), key=lambda item: item[0]):
        if day > agenda.on and not passed:
            lines.append(f"  {agenda.on}  ---- the day asked about ----")
            passed = True
        lines += wrap(f"{day}  {word}{_named(several)}", INDENT, 12)
    return lines


def _doubts(agenda: Agenda, knowledge: Knowledge) -> list[str]:
    """List the doubts about what binds or may bind, with the rules that they are about."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for e in agenda.entries:
        if e.state is not State.NOT_APPLICABLE:
            for doubt in bearing(knowledge, under(knowledge, e.requirement)):
                found[told(doubt)].append(e)
    if not found:
        return []
    lines = ["DOUBTFUL"]
    for text, several in found.items():
        about = counted(len(several), "rule") if len(several) > MOST else _named(several)
        lines += wrap(f"{text} ({about})", INDENT, 2)
    return lines


def _named(entries: Sequence[Entry]) -> str:
    names = [e.requirement.notation for e in entries]
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return ", ".join(names[:MOST]) + more


def _by(entries: Iterable[Entry], key: Callable[[Entry], K]) -> Mapping[K, list[Entry]]:
    found: dict[K, list[Entry]] = defaultdict(list)
    for e in entries:
        found[key(e)].append(e)
    return found
