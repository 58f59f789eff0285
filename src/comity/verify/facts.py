"""Replay of the facts of a case, and of the conditions that come out of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.model.classes import dataclass
from comity.model.requirements import CaseFact, Combination
from comity.verify import gathered
from comity.verify.bench import Bench
from comity.verify.conditions import holds
from comity.verify.problems import shown
from comity.verify.replay import Replay
from comity.verify.steps import Step

GIVEN, DERIVED = "given", "derived"


def fact(replay: Replay, step: Step) -> None:
    """A rule derives the fact from the place, or the user gave it."""
    name, source = step.text("name"), step.text("source")
    known = replay.bench.given.knowledge.facts.get(name)
    if known is None and name == gathered.LISTS[0]:
        gathered.parts_fact(replay, step)
        return
    if known is None:
        replay.wrong(step, "name", "the name of a fact that the knowledge declares")
        return
    _told(replay, step, known)
    if source == DERIVED:
        _derived(replay, step, known)
    elif source == GIVEN:
        _given(replay, step, known)
    else:
        replay.wrong(step, "source", f"{GIVEN} or {DERIVED}")


def _told(replay: Replay, step: Step, known: CaseFact) -> None:
    """The report says the same of whom it is about, or of what stands above him."""
    for subject in sorted(replay.whose(step)) if replay.bench.told is not None else ():
        _told_of(replay, step, known, subject)


def _told_of(replay: Replay, step: Step, known: CaseFact, subject: str) -> None:
    found = told(replay.bench, subject, known)
    if found is None:
        replay.wrong(step, "name", "a fact that the report states of the subject, or of what stands above it")
        return
    if not _same(step.texts("value"), found.value, known):
        replay.wrong(step, "value", f"{shown(list(found.value))}, as the report says of the subject")
    for name, words in (("source", found.sources), ("pointer", found.pointers)):
        if step.detail[name] not in words:
            replay.wrong(step, name, f"{shown(sorted(words))}, as the report says of the subject")


def _derived(replay: Replay, step: Step, known: CaseFact) -> None:
    for subject in sorted(replay.whose(step)):
        _derived_of(replay, step, known, subject)
    paper = replay.premise(step, 0, "document") if replay.count_premises(step, 1, 1) else None
    if paper is not None and not step.text("pointer").startswith(f"{paper.text('document')}#"):
        replay.wrong(step, "premises", "the document step of the place")


def _derived_of(replay: Replay, step: Step, known: CaseFact, subject: str) -> None:
    bench, pointer, texts = replay.bench, step.text("pointer"), step.texts("value")
    above = bench.scene.above(bench.scene.same.of(gathered.base(subject)))
    found = [f for s in above if (f := bench.derived.get(s, {}).get(known.name)) is not None]
    if not found:
        replay.wrong(step, "name", "a fact that a rule derives from the documents")
        return
    one = next((f for f in found if pointer in f.places), None)
    if one is None:
        replay.wrong(step, "pointer", f"one of {shown([p for f in found for p in f.places])}")
    elif not (_same(texts, one.value, known) or (known.many and set(one.value) < set(texts))):
        replay.wrong(step, "value", shown(list(one.value)))
    if bench.told is None:
        whole = together([_entry(bench, s, known.name) for s in above], known)
        if whole is None or not _same(texts, whole.value, known):
            replay.wrong(step, "value", shown(list(whole.value)) if whole else "nothing: the documents do not agree")


@dataclass(frozen=True, slots=True)
class Known:
    """A fact, and where it may be said to come from."""

    value: tuple[str, ...]
    sources: frozenset[str]
    pointers: frozenset[str]


def told(bench: Bench, subject: str, known: CaseFact) -> Known | None:
    """Return what a report says of a subject, or of what stands above it; ``None`` where that is not known."""
    above = bench.scene.above(bench.scene.same.of(gathered.base(subject)))
    entries = []
    for one in above:
        entry = (bench.told or {}).get(one, {}).get(known.name)
        entries.append(Known(entry[0], frozenset({entry[1]}), frozenset({entry[2]})) if entry is not None else None)
    return together(entries, known)


def _entry(bench: Bench, subject: str, name: str) -> Known | None:
    found = bench.derived.get(subject, {}).get(name)
    return Known(found.value, frozenset({DERIVED}), frozenset(found.places)) if found is not None else None


def together(entries: Sequence[Known | None], known: CaseFact) -> Known | None:
    """Take a subject's own fact; else what all above it say: of a list each word, of anything else what they agree on.

    :param entries: of the subject, and of each thing above it.
    """
    if entries[0] is not None:
        return entries[0]
    found = [e for e in entries[1:] if e is not None]
    words = tuple(dict.fromkeys(w for e in found for w in e.value))
    if not found or (not known.many and any(e.value != found[0].value for e in found)):
        return None
    sources, pointers = (
        frozenset[str]().union(*parts) for parts in zip(*((e.sources, e.pointers) for e in found), strict=True)
    )
    return Known(words if known.many else found[0].value, sources, pointers)


def _same(texts: Sequence[str], value: Sequence[str], known: CaseFact) -> bool:
    if known.many:
        return (set(texts), len(texts)) == (set(value), len(value))
    return list(texts) == list(value)


def _given(replay: Replay, step: Step, known: CaseFact) -> None:
    """What the user says stands in no document; it must be one of the words allowed."""
    if step.premises:
        replay.wrong(step, "premises", "none: the user gave it")
    if any(step.text("pointer").startswith(f"{name}#") for name in replay.bench.scene.by_name):
        replay.wrong(step, "pointer", "the option or file by which the user gave it")
    if known.allowed and not set(step.texts("value")) <= set(known.allowed):
        replay.wrong(step, "value", f"some of {shown(list(known.allowed))}")


def condition(replay: Replay, step: Step) -> None:
    """The requirement has the condition, of its subject or of parties, and it comes out of the facts as said."""
    knowledge, of_party = replay.bench.given.knowledge, step.number in replay.users()
    requirement = replay.ranging if of_party else replay.requirement
    asked_of = () if requirement is None else requirement.party_conditions if of_party else requirement.conditions
    named = {i: knowledge.conditions[i].label for i in asked_of}
    party = step.text("subject")
    if bool(party) is not of_party or (party and not replay.bench.scene.same.knows(party)):
        replay.wrong(step, "subject", "a party that documents name" if of_party else "absent")
    mine = [iri for iri, label in named.items() if label == step.detail["condition"]]
    if not mine:
        replay.wrong(step, "condition", f"one of {shown(list(named.values()))}")
        return
    premises = [replay.at(p) for p in step.premises]
    facts = [s for s in premises if s is not None and s.kind == "fact"]
    if len(facts) < len(premises):
        replay.wrong(step, "premises", "facts")
    known = {s.text("name"): tuple(s.texts("value")) for s in facts}
    asked = [set(_asks(replay, iri)) for iri in mine]
    if not any(known.keys() <= names for names in asked):
        replay.wrong(step, "premises", f"facts that the condition asks for: {shown(sorted(set().union(*asked)))}")
    values = [holds(iri, knowledge.conditions, known, knowledge.facts) for iri in mine]
    if step.detail["value"] not in values:
        replay.wrong(step, "value", shown(values[0]))
    if party and step.detail["value"] is False and all(_documented(replay, iri, party) for iri in asked_of):
        replay.wrong(step, "value", "nothing: documents say that it holds, and the user alone takes no party out")


def _documented(replay: Replay, iri: str, party: str) -> bool:
    """Tell whether a condition holds of a party by what documents alone say of it."""
    bench, knowledge = replay.bench, replay.bench.given.knowledge
    above = bench.scene.above(bench.scene.same.of(party))
    read = {n: together([_entry(bench, s, n) for s in above], knowledge.facts[n]) for n in _asks(replay, iri)}
    known = {name: entry.value for name, entry in read.items() if entry is not None}
    return holds(iri, knowledge.conditions, known, knowledge.facts) is True


def _asks(replay: Replay, iri: str) -> Iterable[str]:
    found = replay.bench.given.knowledge.conditions.get(iri)
    if isinstance(found, Combination):
        return [name for operand in found.operands for name in _asks(replay, operand)]
    return [found.fact] if found is not None else []
