"""A whole report: every proof in it, every verdict, and all that stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from comity.model.classes import dataclass
from comity.model.requirements import Requirement
from comity.model.scales import Assurance, Authority, Level
from comity.verify import application, beside, claimed, completeness, findings, heading, record, verdict
from comity.verify.applying import Applying, applying_to, listed
from comity.verify.bench import Bench, Told
from comity.verify.gathered import EVERY
from comity.verify.given import Given
from comity.verify.names import PRODUCT, names
from comity.verify.problems import Problem, shown
from comity.verify.proof import Replayed, replay
from comity.verify.scene import Scene
from comity.verify.sources import matched, named_in_steps, usual_day
from comity.verify.verdict import Asked, Shown

Object = Mapping[str, object]

USUAL = "default"
"""The engine that shows proofs."""

GRANULARITIES = frozenset({"model", "batch", "item"})
"""Parts of a unit that the subject is, rather than what evidence says of it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a report.

    :param proofs: how many there are.
    :param failed: how many of them do not verify.
    :param notes: what a reader should know, and is no problem.
    :param silent: how many verdicts say that nothing is shown, or that it is not known: no proof can show that.
    :param taken: what was taken from the report as it stands there, in words.
    """

    proofs: int
    failed: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()
    silent: int = 0
    taken: tuple[str, ...] = ()


def verify(report: object, given: Given) -> Result:
    """Replay every proof of a report, step by step.

    It shows that what stands in the report follows from the documents, the knowledge and the trust list, and that
    no verdict stands there without the proof that it needs. That nothing else follows, such as a proof where none
    is shown, or of the opposite, only a new check shows.

    :param report: what ``comity check`` or ``comity ask`` wrote as JSON, parsed.
    """
    parts = report if isinstance(report, dict) else {}
    bench = bench_of(report, given)
    work = _Work(bench, parts)
    work.problems += heading.problems(parts, bench.on, bench.scene)
    prefix = "requirements" if parts else ""
    for position, answer in enumerate(listed(parts, "requirements") if parts else _objects(report)):
        work.answer(f"{prefix}[{position}]", answer)
    for position, claim in enumerate(listed(parts, "claims")):
        work.claim(f"claims[{position}]", claim)
    missing = matched(_named(report), given)[2]
    if parts:
        work.problems += _together(parts, bench, complete=not missing)
    notes = [*heading.notes(parts, given, missing), *(completeness.unstated(parts, bench) if parts else ())]
    taken = heading.taken(parts) if parts else heading.taken_of_answers(_objects(report))
    return Result(work.proofs, work.failed, tuple(work.problems), tuple(notes), work.silent, tuple(taken))


def _together(parts: Object, bench: Bench, *, complete: bool) -> Iterator[Problem]:
    """Hold the parts of a report against each other, and against the documents.

    :param complete: true when every document that it names was given.
    """
    yield from completeness.summary(parts)
    yield from completeness.knowledge(parts, bench)
    yield from completeness.Complete(parts, bench).problems()
    if complete:
        yield from findings.problems(parts, bench)
    policy = parts.get("policy")
    if not isinstance(policy, dict) or policy.get("engine") in (None, USUAL):
        yield from claimed.absent(parts, bench)


def bench_of(report: object, given: Given) -> Bench:
    """Put together what every proof of a report is held against.

    The documents of a check are those that the report names; an answer to one rule names those of its proofs
    alone, so all that are given count.
    """
    whole = report if isinstance(report, dict) else {}
    documents, tables, _ = matched(_named(report), given)
    if not whole:
        known = set(documents.values())
        documents |= {n: c for n, c in given.documents.items() if c not in known and n not in documents}
        tables |= {n: t for n, t in given.tables.items() if n in documents}
    scene = Scene(given, documents, tables)
    day = given.on.isoformat() if given.on is not None else str(whole.get("on") or usual_day(report))
    return Bench(given, scene, day, _told(whole, scene) if whole else None)


def _named(report: object) -> dict[str, str]:
    whole = report if isinstance(report, dict) else {}
    stated = {str(d.get("name")): str(d.get("sha256")) for d in listed(whole, "documents")}
    return {**named_in_steps(report), **stated}


def _told(whole: Object, scene: Scene) -> Mapping[str, Told]:
    found: dict[str, dict[str, tuple[tuple[str, ...], str, str]]] = {}
    for subject in listed(whole, "subjects"):
        facts = subject.get("facts")
        own = found.setdefault(scene.same.of(str(subject.get("key"))), {})
        for name, fact in (facts if isinstance(facts, dict) else {}).items():
            if isinstance(fact, dict):
                value = fact.get("value")
                words = tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)
                own[str(name)] = (words, str(fact.get("source")), str(fact.get("pointer")))
    return found


def _objects(value: object) -> list[Object]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


class _Work:
    """The replay of one report, going on."""

    def __init__(self, bench: Bench, report: Object) -> None:
        """Begin.

        :param report: empty where it is but answers to one rule.
        """
        self.bench, self.report = bench, report
        policy = report.get("policy")
        self.policy = policy if isinstance(policy, dict) else None
        self.engine = self.policy.get("engine") if self.policy is not None else USUAL
        self.problems: list[Problem] = []
        self.proofs = self.failed = self.silent = 0

    def answer(self, where: str, answer: Object) -> None:
        """Verify the proofs and the verdict of one requirement, or of a rule that no market binds."""
        market, notation = str(answer.get("market") or ""), str(answer.get("notation"))
        requirement = self._requirement(market, notation)
        criterion = requirement.criterion if requirement is not None else str(answer.get("criterion"))
        subject = answer.get("subject")
        about = f"{notation} for {subject.get('id') if isinstance(subject, dict) else subject}"
        if market and requirement is None:
            self._wrong(where, about, "notation", answer, f"a requirement of the market {market}")
        if answer.get("criterion") != criterion:
            self._wrong(where, about, "criterion", answer, shown(criterion))
        key = str(answer.get("id")).removeprefix(f"{requirement.iri if requirement else criterion}#")
        self._named(where, about, answer, key)
        if requirement is not None and requirement.over:
            key = f"{key}{EVERY}{requirement.over}"
        end = (criterion, key)
        proof = self._proof(f"{where}.proof", about, answer.get("proof"), requirement, end, requirement)
        counter = self._proof(f"{where}.counter_proof", about, answer.get("counter_proof"), None, end, requirement)
        challenges = self._challenges(where, about, answer, end, requirement)
        asked = self._asked(where, about, answer, requirement, criterion)
        self._repeated(where, about, answer, requirement, criterion)
        state, applying = application.APPLIES, None
        if requirement is not None:
            applying = applying_to(requirement, key, answer, self.bench, proof[1].conditions if proof else None)
            state = applying.state
        self._beside(where, about, answer, applying)
        if answer.get("verdict") is None and self.engine != USUAL:
            return
        if asked is not None:
            left = beside.left_open(answer, self.bench.criterion(criterion))
            found = list(verdict.allowed(_shown(proof), _shown(counter), challenges, asked, left))
            self._verdict(where, about, answer, found, state, verdict.revived(_shown(proof)))

    def _repeated(
        self, where: str, about: str, answer: Object, requirement: Requirement | None, criterion: str
    ) -> None:
        """What the report says of the rule itself is what the knowledge says."""
        knowledge, known = self.bench.given.knowledge, self.bench.criterion(criterion)
        if requirement is not None:
            should = record.of_requirement(requirement, knowledge)
        elif known is not None and not answer.get("market"):
            should = record.of_criterion(known, knowledge)
        else:
            return
        self._all_wrong(where, about, answer, record.differing(answer, should))

    def _beside(self, where: str, about: str, answer: Object, applying: Applying | None) -> None:
        """What stands beside the proofs agrees with them, and with how the rule applies."""
        if applying is not None:
            self._all_wrong(where, about, answer, applying.differing)
        if applying is not None and applying.state == application.ENDED:
            self._all_wrong(where, about, answer, beside.nothing_shown(answer))
            return
        not_claimed = applying.not_claimed if applying is not None else ()
        for found in (
            beside.assumptions(answer, not_claimed),
            beside.facts(answer),
            beside.confidence(answer),
            beside.place(answer),
        ):
            self._all_wrong(where, about, answer, found)

    def _all_wrong(self, where: str, about: str, of: Object, found: Iterable[tuple[str, str]]) -> None:
        for name, should in found:
            self._wrong(where, about, name, of, should)

    def claim(self, where: str, claim: Object) -> None:
        """Verify the proofs and the verdict of one claim against one criterion that it cites."""
        place = (str(claim.get("document")), str(claim.get("pointer")))
        about = f"the claim {place[1]} of {place[0]} on {claim.get('criterion')}"
        named = str(claim.get("criterion"))
        criterion = self.bench.given.knowledge.by_notation.get(named.lower(), named)
        proof = self._proof(f"{where}.proof", about, claim.get("proof"), None, (criterion, None))
        counter = self._proof(f"{where}.counter_proof", about, claim.get("counter_proof"), None, (criterion, None))
        challenges = self._challenges(where, about, claim, (criterion, None))
        self._all_wrong(where, about, claim, claimed.differing(claim, self.report, self.bench))
        if proof is not None:
            key = self.bench.scene.same.of(proof[0])
            there = claimed.items(claim, self.bench)
            if there and not any(self.bench.scene.is_one(s, key) for i in there for s in i.subjects):
                self._wrong(where, about, "subject", claim, "what the claim is about")
            if "claim" in proof[1].kinds:
                should = "what others found: a claim is no evidence for itself"
                self._wrong(f"{where}.proof", about, "steps", claim, should)
        self._all_wrong(where, about, claim, beside.assumptions(claim, ()))
        asked = self._policy(where, about, criterion)
        if asked is None:
            return
        left = beside.left_open(claim, self.bench.criterion(criterion)) if claim.get("criterion") else verdict.CLOSED
        found = list(verdict.allowed(_shown(proof), _shown(counter), challenges, asked, left))
        self._verdict(where, about, claim, found, application.APPLIES, verdict.revived(_shown(proof)))

    def _proof(
        self,
        where: str,
        about: str,
        proof: object,
        requirement: Requirement | None,
        end: tuple[str, str | None],
        ranging: Requirement | None = None,
    ) -> tuple[str, Replayed, str] | None:
        """Replay a proof that must end at a criterion and a subject.

        :param requirement: whose conditions it must show.
        :param ranging: whose parties it may be about.
        :returns: its subject, what became of it, its fact; ``None`` where there is no proof.
        """
        if proof is None:
            return None
        self.proofs += 1
        replayed = replay(self.bench, proof, where, about, requirement, ranging)
        found = list(replayed.problems)
        fields = proof if isinstance(proof, dict) else {}
        for name, value in zip(("criterion", "subject"), end, strict=True):
            if value is not None and fields.get(name) != value:
                found.append(Problem(where, about, None, "", name, shown(fields.get(name)), shown(value)))
        self.failed += bool(found)
        self.problems += found
        return str(fields.get("subject")), replayed, str(fields.get("fact"))

    def _challenges(
        self, where: str, about: str, of: Object, end: tuple[str, str | None], ranging: Requirement | None = None
    ) -> list[Shown]:
        found = of.get("challenges")
        replayed = [
            self._proof(f"{where}.challenges[{n}]", about, c, None, end, ranging)
            for n, c in enumerate(found if isinstance(found, list) else [])
        ]
        return [s for r in replayed if (s := _shown(r)) is not None]

    def _requirement(self, market: str, notation: str) -> Requirement | None:
        known = self.bench.given.knowledge.markets.get(market)
        return next((r for r in known.requirements if r.notation == notation), None) if known is not None else None

    def _named(self, where: str, about: str, answer: Object, key: str) -> None:
        """The subject that the answer names is the one that its proofs are about."""
        subject = answer.get("subject")
        written = str(subject.get("id")) if isinstance(subject, dict) else ""
        level = str(subject.get("level")) if isinstance(subject, dict) else ""
        if not written or level not in set(Level):
            return
        scene = self.bench.scene
        found = names(PRODUCT if Level(level).is_product else level, written)
        known = [n for n in found if scene.same.knows(n)]
        if known and not scene.is_one(known, scene.same.of(key)):
            self._wrong(where, about, "subject", answer, f"the thing whose key is {key}")

    def _asked(
        self, where: str, about: str, answer: Object, requirement: Requirement | None, criterion: str
    ) -> Asked | None:
        """Read what was asked, and compare it with the requirement, the market and the policy."""
        stated = answer.get("asked")
        fields = stated if isinstance(stated, dict) else {}
        try:
            assurance = Assurance.of(str(fields.get("assurance")))
            authority = Authority.of(str(fields.get("authority")))
        except ValueError as error:
            self._wrong(where, about, "asked", answer, str(error))
            return None
        market = self.bench.given.knowledge.markets.get(str(answer.get("market")))
        usual = {
            "assurance": requirement.rank.token if requirement is not None else "third-party",
            "authority": market.authority.token if market is not None else "reviewed",
        }
        if self.policy is not None:
            for name, value in usual.items():
                should = self.policy.get(name) or value
                if fields.get(name) != should:
                    self._wrong(where, about, "asked", answer, f"{name} {should}")
        role = requirement.role if requirement is not None else None
        if fields.get("role") != role:
            self._wrong(where, about, "asked", answer, f"role {shown(role)}")
        evidence = [*requirement.evidence] if requirement is not None else []
        if fields.get("evidence") != evidence:
            self._wrong(where, about, "asked", answer, f"evidence {shown(evidence)}")
        return Asked(assurance, authority, role, self._is_doubtful(requirement, criterion))

    def _policy(self, where: str, about: str, criterion: str) -> Asked | None:
        """Read what is asked of a claim: what the user asked, else a third party and reviewed rows."""
        policy = self.policy or {}
        try:
            assurance = Assurance.of(str(policy.get("assurance") or "third-party"))
            authority = Authority.of(str(policy.get("authority") or "reviewed"))
        except ValueError as error:
            self._wrong(where, about, "policy", {"policy": policy}, str(error))
            return None
        return Asked(assurance, authority, None, self._is_doubtful(None, criterion))

    def _is_doubtful(self, requirement: Requirement | None, criterion: str) -> bool:
        """Tell whether no proof can decide: nobody verified the record, or it is asked for a unit that is left open."""
        if self.bench.is_unverified(criterion):
            return True
        known = self.bench.criterion(criterion)
        parts = set(known.unit_parts if known is not None else ()) | GRANULARITIES
        return requirement is not None and (requirement.unverified or bool(set(requirement.unit_parts) - parts))

    def _verdict(self, where: str, about: str, of: Object, found: list[str], state: str, other: frozenset[str]) -> None:
        wrong = verdict.differs(of.get("verdict"), of.get("would_be"), found, state, other)
        unproved = of.get("proof") is None and of.get("verdict") in verdict.NEEDING
        why = "; no proof is shown that could give another" if unproved else ""
        self._all_wrong(where, about, of, ((name, f"{should}{why}") for name, should in wrong.items()))
        self.silent += of.get("proof") is None and of.get("verdict") in verdict.SILENT

    def _wrong(self, where: str, about: str, name: str, of: Object, should: str) -> None:
        self.problems.append(Problem(where, about, None, "", name, shown(of.get(name)), should))


def _shown(found: tuple[str, Replayed, str] | None) -> Shown | None:
    return Shown(found[2], found[1].labels) if found is not None and found[1].labels else None
