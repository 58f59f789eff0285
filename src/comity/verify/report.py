"""A whole report: every proof in it, and every verdict that a proof is shown for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from comity.model.classes import dataclass
from comity.model.requirements import Requirement
from comity.model.scales import Assurance, Authority, Level
from comity.verify import application, verdict
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

GRANULARITIES = frozenset({"model", "batch", "item"})
"""Parts of a unit that the subject is, rather than what evidence says of it."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a report.

    :param proofs: how many there are.
    :param failed: how many of them do not verify.
    :param notes: what a reader should know, and is no problem.
    """

    proofs: int
    failed: int
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


def verify(report: object, given: Given) -> Result:
    """Replay every proof of a report, step by step.

    It shows that what stands in the report follows from the documents, the knowledge and the trust list. That
    nothing else follows, such as a proof of the opposite, only a new check shows.

    :param report: what ``comity check`` or ``comity ask`` wrote as JSON, parsed.
    """
    whole = report if isinstance(report, dict) else {}
    bench = bench_of(report, given)
    work = _Work(bench, whole.get("policy"))
    work.problems += _heading(whole, bench.on, bench.scene)
    prefix = "requirements" if whole else ""
    for position, answer in enumerate(_list(whole, "requirements") if whole else _objects(report)):
        work.answer(f"{prefix}[{position}]", answer)
    for position, claim in enumerate(_list(whole, "claims")):
        work.claim(f"claims[{position}]", claim)
    missing = matched(_named(report), given)[2]
    return Result(work.proofs, work.failed, tuple(work.problems), tuple(_notes(whole, given, missing)))


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
    listed = {str(d.get("name")): str(d.get("sha256")) for d in _list(whole, "documents")}
    return {**named_in_steps(report), **listed}


def _heading(whole: Object, day: str, scene: Scene) -> Iterator[Problem]:
    if whole and whole.get("on") != day:
        yield Problem("report", "the report", None, "", "on", shown(whole.get("on")), shown(day))
    for position, document in enumerate(_list(whole, "documents")):
        name = str(document.get("name"))
        known = scene.hash_of(name)
        if known is not None and document.get("sha256") != known:
            stands = shown(document.get("sha256"))
            yield Problem(f"documents[{position}]", name, None, "", "sha256", stands, shown(known))


def _notes(whole: Object, given: Given, missing: Sequence[str]) -> Iterator[str]:
    for name in missing:
        yield f"no document that was given is {name}, by name or by content"
    known = whole.get("knowledge")
    if isinstance(known, dict) and known.get("sha256") != given.knowledge.sha256:
        yield "the report was made with other knowledge than what it is verified with"


def _told(whole: Object, scene: Scene) -> Mapping[str, Told]:
    found: dict[str, dict[str, tuple[tuple[str, ...], str, str]]] = {}
    for subject in _list(whole, "subjects"):
        facts = subject.get("facts")
        own = found.setdefault(scene.same.of(str(subject.get("key"))), {})
        for name, fact in (facts if isinstance(facts, dict) else {}).items():
            if isinstance(fact, dict):
                value = fact.get("value")
                words = tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)
                own[str(name)] = (words, str(fact.get("source")), str(fact.get("pointer")))
    return found


def _list(value: Object, name: str) -> list[Object]:
    return _objects(value.get(name))


def _objects(value: object) -> list[Object]:
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


class _Work:
    """The replay of one report, going on."""

    def __init__(self, bench: Bench, policy: object) -> None:
        self.bench = bench
        self.policy = policy if isinstance(policy, dict) else None
        self.problems: list[Problem] = []
        self.proofs = self.failed = 0

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
        if asked is None or proof is None or answer.get("verdict") is None:
            return
        found = list(verdict.allowed(_shown(proof), _shown(counter), challenges, asked))
        state = application.APPLIES
        if requirement is not None:
            days = application.tested(requirement, key, self.bench, answer.get("tested_on"))
            day = days.first if days.first > date.min.isoformat() else self.bench.on
            if answer.get("tested_on") != day:
                self._wrong(where, about, "tested_on", answer, shown(day))
            state = application.state(requirement, (v for _, v in proof[1].conditions), days, self.bench)
            stated = [(c.get("text"), c.get("value")) for c in _list(answer, "conditions")]
            if stated != list(proof[1].conditions):
                self._wrong(where, about, "conditions", answer, shown(proof[1].conditions))
        self._verdict(where, about, answer, found, state)

    def claim(self, where: str, claim: Object) -> None:
        """Verify the proofs and the verdict of one claim against one criterion that it cites."""
        place = (str(claim.get("document")), str(claim.get("pointer")))
        about = f"the claim {place[1]} of {place[0]} on {claim.get('criterion')}"
        named = str(claim.get("criterion"))
        criterion = self.bench.given.knowledge.by_notation.get(named.lower(), named)
        proof = self._proof(f"{where}.proof", about, claim.get("proof"), None, (criterion, None))
        counter = self._proof(f"{where}.counter_proof", about, claim.get("counter_proof"), None, (criterion, None))
        challenges = self._challenges(where, about, claim, (criterion, None))
        if proof is None:
            return
        items = [i for i in self.bench.scene.items(*place) if i.kind == "claim"]
        key = self.bench.scene.same.of(proof[0])
        if not items:
            self._wrong(where, about, "pointer", claim, "the place of a claim")
        elif not any(self.bench.scene.is_one(s, key) for i in items for s in i.subjects):
            self._wrong(where, about, "subject", claim, "what the claim is about")
        elif not any(f"{c.iri} {c.name}".strip() == claim.get("cited") for i in items for c in i.cited):
            self._wrong(where, about, "cited", claim, "what the claim cites")
        if "claim" in proof[1].kinds:
            self._wrong(f"{where}.proof", about, "steps", claim, "what others found: a claim is no evidence for itself")
        asked = self._policy(where, about, criterion)
        if asked is None:
            return
        found = list(verdict.allowed(_shown(proof), _shown(counter), challenges, asked))
        self._verdict(where, about, claim, found, application.APPLIES)

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
        if not written or level not in set(Level) or answer.get("proof") is None:
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

    def _verdict(self, where: str, about: str, of: Object, found: list[str], state: str) -> None:
        for name, should in verdict.differs(of.get("verdict"), of.get("would_be"), found, state).items():
            self._wrong(where, about, name, of, should)

    def _wrong(self, where: str, about: str, name: str, of: Object, should: str) -> None:
        self.problems.append(Problem(where, about, None, "", name, shown(of.get(name)), should))


def _shown(found: tuple[str, Replayed, str] | None) -> Shown | None:
    return Shown(found[2], found[1].labels) if found is not None and found[1].labels else None
