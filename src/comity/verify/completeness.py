"""A report as a whole: that its parts agree, and that nothing is left out that it says it judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from comity.model.requirements import Market
from comity.model.scales import Level, Verdict
from comity.verify import application
from comity.verify.applying import Object, listed
from comity.verify.bench import Bench
from comity.verify.beside import texts
from comity.verify.conditions import holds
from comity.verify.facts import told
from comity.verify.names import PRODUCT, names
from comity.verify.problems import Problem, shown

UNDECIDED = "undecided"
"""What stands in the counts for the verdicts that an engine does not tell."""


def summary(whole: Object) -> Iterator[Problem]:
    """The counts are those of the verdicts that stand in the report."""
    answers = listed(whole, "requirements")
    should = {"claims": _counts(listed(whole, "claims"))}
    for market in texts(whole.get("policy"), "markets"):
        should[market] = _counts(a for a in answers if a.get("market") == market)
    stands = whole.get("summary")
    stated = stands if isinstance(stands, dict) else {}
    for name in sorted(should.keys() | stated.keys()):
        if stated.get(name) != should.get(name):
            yield _problem("summary", "the counts", name, stated.get(name), shown(should.get(name)))


def _counts(judged: Iterable[Object]) -> dict[str, int]:
    found = Counter(str(j.get("verdict") or UNDECIDED) for j in judged)
    return {v: found[v] for v in [*(str(v) for v in Verdict), UNDECIDED] if found[v]}


def knowledge(whole: Object, bench: Bench) -> Iterator[Problem]:
    """What is said of the knowledge is so, where it is the one that the report was made with."""
    stated, known = whole.get("knowledge"), bench.given.knowledge
    if isinstance(stated, dict) and stated.get("sha256") == known.sha256:
        for name, should in (("version", known.version), ("checked_on", known.checked_on.isoformat())):
            if stated.get(name) != should:
                yield _problem("knowledge", "the knowledge", name, stated.get(name), shown(should))


class Complete:
    """What a report says of subjects and markets, held against its own answers and against the documents."""

    def __init__(self, whole: Object, bench: Bench) -> None:
        """Index the answers by subject.

        :param whole: the report.
        """
        self.whole, self.bench = whole, bench
        policy = whole.get("policy")
        self.markets = [m for n in texts(policy, "markets") if (m := bench.given.knowledge.markets.get(n))]
        self.only = texts(policy, "subjects")
        self.subjects = listed(whole, "subjects")
        self.answers: dict[str, list[Object]] = defaultdict(list)
        for answer in listed(whole, "requirements"):
            self.answers[str(answer.get("id")).partition("#")[2]].append(answer)

    def problems(self) -> Iterator[Problem]:
        """Find what is missing, double, or says something else than the rest."""
        for name in texts(self.whole.get("policy"), "markets"):
            if name not in self.bench.given.knowledge.markets:
                yield _problem("policy", "the question", "markets", name, "a market that the knowledge has")
        yield from self._strangers()
        yield from self._unlisted()
        for position, subject in enumerate(self.subjects):
            yield from self._subject(f"subjects[{position}]", subject)
        yield from self._asks()

    def _strangers(self) -> Iterator[Problem]:
        """Every answer is of a market that was asked, about a subject that is listed, and stands there once."""
        chosen = {m.notation for m in self.markets}
        known = {str(s.get("key")): s for s in self.subjects}
        seen: set[str] = set()
        for position, answer in enumerate(listed(self.whole, "requirements")):
            where, about = f"requirements[{position}]", str(answer.get("notation"))
            mark = str(answer.get("id"))
            if answer.get("market") not in chosen:
                yield _problem(where, about, "market", answer.get("market"), f"one of {shown(sorted(chosen))}")
            if mark in seen:
                yield _problem(where, about, "id", mark, "that of no other answer")
            seen.add(mark)
            subject = known.get(mark.partition("#")[2])
            if subject is None:
                yield _problem(where, about, "id", mark, "that of a rule and of a subject that is listed")
            elif answer.get("subject") != (should := {n: subject.get(n) for n in ("id", "label", "level")}):
                yield _problem(where, about, "subject", answer.get("subject"), shown(should))

    def _unlisted(self) -> Iterator[Problem]:
        """What documents are about, and what facts are derived of, stands among the subjects."""
        same = self.bench.scene.same
        stand = {same.of(str(s.get("key"))) for s in self.subjects}
        for key in sorted((self._main() | {k for k, f in self.bench.derived.items() if f}) - stand):
            yield _problem("subjects", "the subjects", "key", None, f"{key}, which the documents are about")

    def _main(self) -> set[str]:
        """List what documents are about: what a passport or record is of, and what claims are of."""
        same = self.bench.scene.same
        found = {same.of(min(r.own)) for r in self.bench.scene.readings if r.own}
        for one in self.bench.scene.readings:
            claims = (i for items in one.items.values() for i in items if i.kind == "claim")
            found |= {same.of(min(names)) for c in claims for names in c.subjects if names}
        return found

    def _subject(self, where: str, subject: Object) -> Iterator[Problem]:
        key, about = str(subject.get("key")), f"the subject {subject.get('id')}"
        scene = self.bench.scene
        level = str(subject.get("level"))
        if level not in set(Level):
            yield _problem(where, about, "level", level, f"one of {shown([str(v) for v in Level])}")
            return
        if not scene.same.knows(key):
            yield _problem(where, about, "key", key, "that of something that the documents name")
        named = names(PRODUCT if Level(level).is_product else level, str(subject.get("id")))
        known = [n for n in named if scene.same.knows(n)]
        if known and not scene.is_one(known, scene.same.of(key)):
            yield _problem(where, about, "id", subject.get("id"), f"an identifier of {key}")
        yield from self._facts(where, about, subject)
        own = self.answers.get(key, [])
        applies = any(a.get("verdict") != "not-applicable" for a in own)
        if subject.get("judged") is not applies:
            yield _problem(where, about, "judged", subject.get("judged"), shown(applies))
        elif bool(subject.get("why")) is applies:
            yield _problem(where, about, "why", subject.get("why"), "empty" if applies else "why it is not judged")
        yield from self._all_there(where, about, subject, own)

    def _facts(self, where: str, about: str, subject: Object) -> Iterator[Problem]:
        """What a fact is said to be derived from says so; what the user gives is of the words allowed."""
        declared = self.bench.given.knowledge.facts
        derived = self.bench.derived.get(self.bench.scene.same.of(str(subject.get("key"))), {})
        facts = subject.get("facts")
        for name, fact in (facts if isinstance(facts, dict) else {}).items():
            stands = words(fact)
            place = fact.get("pointer") if isinstance(fact, dict) else None
            source = fact.get("source") if isinstance(fact, dict) else None
            if name not in declared:
                yield _problem(where, about, f"facts.{name}", stands, "a fact that the knowledge declares")
            elif source == "derived":
                found = derived.get(name)
                if found is None or found.value != stands or place not in found.places:
                    should = f"{shown(found.value)} at {shown(found.places)}" if found else "absent: no rule derives it"
                    yield _problem(where, about, f"facts.{name}", fact, should)
            elif source != "given" or (declared[name].allowed and not set(stands) <= set(declared[name].allowed)):
                yield _problem(where, about, f"facts.{name}", fact, "derived, or given in words that are allowed")
            elif place is None or any(str(place).startswith(f"{n}#") for n in self.bench.scene.by_name):
                yield _problem(where, about, f"facts.{name}", fact, "with the option or file by which the user gave it")
        role = facts.get("role") if isinstance(facts, dict) else None
        roles = [*words(role)] if role is not None else []
        if subject.get("roles") != roles:
            yield _problem(where, about, "roles", subject.get("roles"), shown(roles))

    def _all_there(self, where: str, about: str, subject: Object, own: Sequence[Object]) -> Iterator[Problem]:
        """Every requirement of the markets asked, for its level, stands there if the subject is one to judge."""
        if not own and not self._is_to_judge(subject):
            return
        level = Level(str(subject.get("level")))
        stand = {(a.get("market"), a.get("notation")) for a in own}
        for market in self.markets:
            wanted = [r.notation for r in market.requirements if r.level.accepts(level)]
            absent = [n for n in wanted if (market.notation, n) not in stand]
            if absent:
                more = f" and {len(absent) - 5} more" if len(absent) > 5 else ""
                should = f"an answer to {', '.join(absent[:5])}{more} of the market {market.notation}"
                yield _problem(where, about, "requirements", None, should)

    def _is_to_judge(self, subject: Object) -> bool:
        """Tell whether a subject without answers should have some: by what was asked, else by what is known of it."""
        key = self.bench.scene.same.of(str(subject.get("key")))
        if self.only:
            said = {str(subject.get(n)) for n in ("id", "label", "key")}
            return bool(said & set(self.only))
        if Level(str(subject.get("level"))).is_product:
            return key in self._main()
        return bool(subject.get("facts"))

    def _asks(self) -> Iterator[Problem]:
        """What a market is said to ask of a subject is what applies to it, with the market's notes."""
        ids = {str(s.get("key")): s.get("id") for s in self.subjects}
        stated: dict[tuple[object, object], list[tuple[int, Object]]] = defaultdict(list)
        for number, entry in enumerate(listed(self.whole, "markets")):
            stated[entry.get("id"), entry.get("subject")].append((number, entry))
        for market in self.markets:
            for key, own in self.answers.items():
                mine = [a for a in own if a.get("market") == market.notation]
                asks = sorted(str(a.get("notation")) for a in mine if a.get("verdict") != "not-applicable")
                notes = sorted(self._notes(market, key))
                # An organisation and its facility may have one identifier: either entry may be meant.
                found = [_asked(n, entry, asks, notes) for n, entry in stated[market.notation, ids.get(key)]]
                if not found:
                    should = f"what the market {market.notation} asks of {ids.get(key)}"
                    yield _problem("markets", "the markets", "subject", None, should)
                elif all(found):
                    yield from found[0]

    def _notes(self, market: Market, key: str) -> Iterator[tuple[str, str]]:
        known = self.bench.given.knowledge
        for note in market.notes:
            asked = {n: known.facts[n] for n in application.asks(note.condition, self.bench) if n in known.facts}
            facts = {n: f.value for n, d in asked.items() if (f := told(self.bench, key, d)) is not None}
            if holds(note.condition, known.conditions, facts, known.facts):
                yield note.label, note.citation


def _asked(number: int, entry: Object, asks: list[str], notes: list[tuple[str, str]]) -> list[Problem]:
    """Compare what a market is said to ask of a subject, and to tell it."""
    where, about = f"markets[{number}]", f"the market {entry.get('id')}"
    leads = sorted((str(n.get("text")), str(n.get("why"))) for n in listed(entry, "leads"))
    found = []
    if sorted(texts(entry, "asks")) != asks:
        found.append(_problem(where, about, "asks", entry.get("asks"), shown(asks)))
    if leads != notes:
        found.append(_problem(where, about, "leads", leads, shown(notes)))
    return found


def words(fact: object) -> tuple[str, ...]:
    """Return the words of a fact."""
    value = fact.get("value") if isinstance(fact, dict) else None
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


def unstated(whole: Object, bench: Bench) -> Iterator[str]:
    """Name the facts that documents show and the report does not have: a user may have set them aside."""
    for subject in listed(whole, "subjects"):
        facts = subject.get("facts")
        derived = bench.derived.get(bench.scene.same.of(str(subject.get("key"))), {})
        for name in sorted(derived.keys() - (facts.keys() if isinstance(facts, Mapping) else set())):
            yield f"documents say {name} of {subject.get('id')}, and the report leaves it out"


def _problem(where: str, about: str, field: str, stands: object, should: str) -> Problem:
    return Problem(where, about, None, "", field, shown(stands), should)
