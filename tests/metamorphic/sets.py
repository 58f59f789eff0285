"""The documents that verdicts are compared on: other people's, and the examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from tests.metamorphic import rewriting

from comity.algebra.propagate import Derivation
from comity.evidence import read
from comity.formats.archives import Input
from comity.judgement import Given, TrustList, case, judge, question, trust
from comity.judgement.leaf import Leaf
from comity.judgement.question import Question
from comity.knowledge import load
from comity.model.knowledge import Knowledge
from comity.model.verdicts import Report

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "untp"
EXAMPLES = ROOT / "examples"

_REAL = {
    "pilot/copper_mine": "2024-06-01",
    "samples/0.5.0": "2025-02-01",
    "samples/0.6.0": "2025-02-01",
    "samples/0.6.1": "2026-02-01",
    "samples/0.7.0-pre": "2031-08-18",
    "samples/0.7.0": "2026-02-01",
    "samples/enveloped": "2026-02-01",
    "samples/mock": "2025-02-01",
}
BATTERY = ("copper-canada", "lithium-australia", "cobalt-congo", "ev-battery")


@dataclass(frozen=True)
class Set:
    """Documents and what is asked about them.

    :param files: the folders they stand in.
    :param day: the day judged, on which much of them is valid.
    :param extra: the user's own knowledge.
    """

    name: str
    files: tuple[Path, ...]
    day: date
    markets: tuple[str, ...]
    extra: tuple[Path, ...] = ()
    case: Path | None = None
    trust: Path | None = None

    @property
    def here(self) -> bool:
        """True when the documents are beside this checkout."""
        return all(f.is_dir() for f in self.files)


def _day(text: str) -> date:
    return date.fromisoformat(text)


REAL = tuple(Set(n, (DATA / n,), _day(day), ("eu", "ca-bc")) for n, day in _REAL.items())
OURS = (
    Set(
        "examples",
        tuple(EXAMPLES / n for n in BATTERY),
        _day("2031-08-18"),
        ("eu", "ca-bc"),
        case=EXAMPLES / "ev-battery/case.toml",
        trust=EXAMPLES / "ev-battery/trust.toml",
    ),
    Set(
        "garment",
        (EXAMPLES / "garment/documents",),
        _day("2026-12-01"),
        ("arcadia",),
        extra=(EXAMPLES / "garment/knowledge",),
    ),
)
SETS = (*REAL, *OURS)


@dataclass
class Bench:
    """A set with its knowledge, asked again and again."""

    of: Set
    knowledge: Knowledge
    inputs: list[Input]
    given: tuple[Given, ...]
    trusted: TrustList
    before: dict[date, Answer] = field(default_factory=dict)

    @classmethod
    def of_set(cls, chosen: Set, shipped: Knowledge) -> Bench:
        """Read a set, with the knowledge that it needs."""
        knowledge = load(chosen.extra) if chosen.extra else shipped
        given = case.read(chosen.case, knowledge) if chosen.case else ()
        trusted = trust.read(chosen.trust) if chosen.trust else trust.NOBODY
        return cls(chosen, knowledge, rewriting.load(chosen.files), given, trusted)

    def ask(
        self,
        day: date,
        inputs: Iterable[Input] | None = None,
        *,
        knowledge: Knowledge | None = None,
        given: Sequence[Given] | None = None,
        trusted: TrustList | None = None,
    ) -> Answer:
        """Judge, with what is not given as it is."""
        known = knowledge or self.knowledge
        documents = read(self.inputs if inputs is None else inputs)
        facts = self.given if given is None else given
        trusting = trusted or self.trusted
        report = judge(known, documents, on=day, markets=self.of.markets, given=facts, trust=trusting)
        return Answer(report, lambda: question(known, documents, on=day, given=facts, trust=trusting))

    def first(self, day: date) -> Answer:
        """Judge the documents as they are, once."""
        if day not in self.before:
            self.before[day] = self.ask(day)
        return self.before[day]


Back = Callable[[str], str]
Row = tuple[object, ...]


def same(text: str) -> str:
    """Take a name as it is."""
    return text


@dataclass(frozen=True)
class Answer:
    """What came of a set.

    :param put: puts the same question once more, to look at what it stands on.
    """

    report: Report
    put: Callable[[], Question]

    @cached_property
    def question(self) -> Question:
        """What was judged."""
        return self.put()

    def name(self, key: str) -> str:
        """Return the key that stands for a thing here."""
        return self.question.world.name(key)

    def rows(self, back: Back = same) -> Counter[Row]:
        """Reduce the answer to what must not change when only words and order do.

        :param back: takes a name of these documents back to the name in the first ones.
        """
        return (
            _requirements(self.report, back) + _claims(self.report, back) + _leaves(self.question.evidence.leaves, back)
        )


def _requirements(report: Report, back: Back) -> Counter[Row]:
    return Counter(
        (
            "requirement",
            j.market,
            j.notation,
            back(j.subject.key),
            str(j.verdict),
            str(j.would_be),
            tuple(sorted(j.facts)),
            len(j.challenges),
            j.proof.labels if j.proof else None,
        )
        for j in report.requirements
    )


def _claims(report: Report, back: Back) -> Counter[Row]:
    return Counter(
        (
            "claim",
            back(c.criterion or ""),
            back(c.cited),
            c.label,
            back(c.subject),
            str(c.verdict),
            str(c.would_be),
            len(c.assessments),
            sum(a.counts for a in c.assessments),
        )
        for c in report.claims
    )


def _leaves(leaves: Iterable[Derivation], back: Back) -> Counter[Row]:
    found: Counter[Row] = Counter()
    for d in leaves:
        fact, node = d.atom
        assert isinstance(d.origin, Leaf)
        labels = (d.labels.rank, d.labels.valid, d.labels.dated, d.labels.assumed, d.labels.admission)
        found["evidence", str(fact), back(node.criterion), back(node.subject), d.origin.label, labels] += 1
    return found


def differences(one: Counter[Row], other: Counter[Row]) -> list[str]:
    """Say what only one of two outcomes has."""
    return [f"- {r}" for r in sorted(map(str, (one - other).elements()))] + [
        f"+ {r}" for r in sorted(map(str, (other - one).elements()))
    ]


def moved(before: Answer, after: Answer) -> dict[tuple[str, str], tuple[str, str]]:
    """List the requirements whose verdict moved: (notation, subject) to (before, after)."""
    old, new = _verdicts(before), _verdicts(after)
    return {k: (old.get(k, "none"), new.get(k, "none")) for k in old.keys() | new.keys() if old.get(k) != new.get(k)}


def _verdicts(answer: Answer) -> dict[tuple[str, str], str]:
    return {
        (j.notation, j.subject.key): f"{j.verdict}/{j.would_be}" if j.would_be else str(j.verdict)
        for j in answer.report.requirements
    }
