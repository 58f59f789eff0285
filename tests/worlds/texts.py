"""Criteria, rows, structures and markets of a world made at random."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from tests.algebra.referee import actual
from tests.worlds.chances import Chances
from tests.worlds.draw import Draw
from tests.worlds.world import ON, ROLE, base, identifier

from comity.model.criteria import (
    AnyOf,
    Criterion,
    Decomposition,
    Dimension,
    JointCoverage,
    Limit,
    Metric,
    QualifierValue,
    SchemeVersion,
)
from comity.model.knowledge import Alias, Knowledge, MetricRule, QualifierDefault
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.requirements import (
    Act,
    CaseFact,
    Combination,
    Condition,
    Exemption,
    FloatingDate,
    Market,
    Requirement,
    Test,
)
from comity.model.scales import Assurance, Authority, Basis, Comparator, Kind, Level, Lift, ThresholdRole

PERCENT, ONE = "http://qudt.org/vocab/unit/PERCENT", "http://qudt.org/vocab/unit/UNITLESS"
KILOGRAM, GRAM, TONNE = (f"http://qudt.org/vocab/unit/{u}" for u in ("KiloGM", "GM", "TONNE"))
METRICS = {"share": (PERCENT, ONE), "mass": (KILOGRAM, GRAM, TONNE)}
"""Metric to the units that its limits and values are written in."""

IN_PERCENT = {
    PERCENT: Fraction(1),
    ONE: Fraction(100),
    KILOGRAM: Fraction(1),
    GRAM: Fraction(1, 1000),
    TONNE: Fraction(1000),
}
"""Unit to what one of it is in per cent or kilograms."""

VALUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "material": {"metal": (), "tin": ("metal",), "lead": ("metal",)},
    "denominator": {"part": (), "product": ()},
    "period": {"calendar-year": (), "2029": ("calendar-year",)},
}
"""Dimension to its values, each with the broader ones."""

NAMED = {
    "equal": Relation.EQ,
    "superset": Relation.SUP,
    "subset": Relation.SUB,
    "intersects": Relation.PO,
    "disjoint": Relation.DR,
    "covers": Relation.EQ | Relation.SUP,
    "coveredBy": Relation.EQ | Relation.SUB,
    "overlaps": Relation.EQ | Relation.SUP | Relation.SUB | Relation.PO,
}


OFTEN = {"equal": 4, "superset": 4, "covers": 4, "coveredBy": 2, "overlaps": 2}
"""How often a predicate is drawn beside the others: from most nothing follows that decides."""


def dimension(name: str) -> str:
    """Name a dimension of qualifiers."""
    return f"https://w3id.org/comity/qualifier/{name}"


def metric(seed: int, name: str) -> str:
    """Name a metric; each world has its own, so that a value of one says nothing of another."""
    return f"{base(seed)}metric/{name}"


@dataclass
class Texts:
    """Draws what is known.

    :param sets: criterion to its obligations as bits, where rows are to be true of them; limits have none.
    :param settled: criteria whose sets a structure leans on.
    """

    seed: int
    chances: Chances
    draw: Draw
    sets: dict[str, int] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)

    def knowledge(self) -> Knowledge:
        """Draw all of it but the market."""
        versions = tuple(self._versions())
        truthful = self.draw.may(self.chances.truthful)
        if truthful:
            self.chances = replace(self.chances, limit=0.0)
        criteria = tuple(self._criterion(n, versions) for n in range(self._between(self.chances.criteria)))
        names = [c.iri for c in criteria]
        if truthful:
            self.sets = {name: self.draw.randrange(1, 1 << self.chances.atoms) for name in names}
        decompositions, joints, choices = self._structures(names)
        rows = tuple(r for n in range(self._between(self.chances.rows)) for r in self._row(n, names))
        conditions = tuple(self._conditions())
        facts = (
            CaseFact("urn:fact:stuff", "stuff", "stuff", "string", True, Level.PRODUCT, "?"),
            CaseFact("urn:fact:size", "size", "size", "decimal", False, Level.PRODUCT, "?"),
            CaseFact("urn:fact:sold", "sold", "sold", "date", False, Level.PRODUCT, "?"),
        )
        acts = (Act("urn:act:made", "a made act", date(2029, 1, 1)), Act("urn:act:awaited", "an awaited act"))
        return Knowledge(
            version="world", checked_on=date(2029, 6, 1), sha256="", schemes={v.iri: v for v in versions},
            criteria={c.iri: c for c in criteria}, decompositions=decompositions, joints=joints, choices=choices,
            rows=rows, markets={}, facts={f.name: f for f in facts}, conditions={c.iri: c for c in conditions},
            acts={a.iri: a for a in acts},
            metrics={m.iri: m for m in self._metrics()},
            dimensions={dimension(d): Dimension(dimension(d), d, d, d != "material") for d in VALUES},
            qualifiers={q.iri: q for q in _qualifiers()}, aliases=tuple(self._aliases(names)),
            metric_rules=(self._metric_rule(),),
            defaults=tuple(self._defaults()), derivations=(), recognitions=(),
            by_notation={c.notation: c.iri for c in criteria},
            exemptions={"urn:exempt": Exemption("urn:exempt", "exempt", "Art. 2", "urn:condition:2")},
        )  # fmt: skip

    def _metrics(self) -> Iterator[Metric]:
        for name, units in METRICS.items():
            yield Metric(metric(self.seed, name), name, name, units[0])

    def _metric_rule(self) -> MetricRule:
        tin = _qualifier("material", "tin")
        return MetricRule("rule-1", "", f"^tin share {self.seed}$", metric(self.seed, "share"), tin, "")

    def market(self, knowledge: Knowledge) -> Market:
        """Bind every criterion, all at one rank; some need a role, conditions, a later start."""
        iri = f"https://w3id.org/comity/market/world-{self.seed}"
        ranks = [Assurance.THIRD_PARTY] if self.draw.may(self.chances.plain_rank) else list(Assurance)[1:5]
        usual = self.draw.choice(ranks)
        role = ROLE if self.draw.may(self.chances.role) else None
        requirements = tuple(
            self._requirement(iri, c, usual, role) for c in knowledge.criteria.values() if c.kind is not Kind.GROUP
        )
        authority = self.draw.choice([Authority.REVIEWED] * 4 + [Authority.DRAFT, Authority.ASSERTED_BY_OWNER])
        return Market(iri, f"world-{self.seed}", f"World {self.seed}", authority, knowledge.checked_on, requirements)

    def _versions(self) -> Iterator[SchemeVersion]:
        for number in (1, 2):
            start = date(2029, 6, 1) if self.draw.may(self.chances.edition) else None
            end = date(2030, 3, 1) if self.draw.may(self.chances.edition / 3) else None
            gone = date(2030, 1, 1) if self.draw.may(self.chances.edition / 6) else None
            bodies = (identifier(self.seed, "listed"),)
            yield SchemeVersion(
                f"{base(self.seed)}{number}", f"world-{self.seed}-{number}", f"Edition {number}", base(self.seed),
                str(number), "", Basis.READ_IN_SOURCE, None, start, end, gone, (), bodies,
            )  # fmt: skip

    def _criterion(self, number: int, versions: Sequence[SchemeVersion]) -> Criterion:
        lifts = {Lift.INHERITS_DOWN, Lift.AGGREGATES_UP} if self.draw.may(0.1) else {self.draw.choice(list(Lift))}
        lifted = frozenset(lifts) if self.draw.may(self.chances.lift) else frozenset[Lift]()
        levels = [Level.ORGANISATION] if lifted else [Level.PRODUCT] * 4 + [Level.ORGANISATION, Level.FACILITY]
        level = self.draw.choice(levels)
        version = self.draw.choice(versions)
        iri = f"{version.iri}/{'abcdefghijklmnopqrstuvwxyz'[number]}"
        parts = (self.draw.choice(["year", "model", "item"]),) if self.draw.may(self.chances.unit_part) else ()
        return Criterion(
            iri, f"world-{self.seed}-{iri[-1]}", f"Criterion {iri[-1]}", "", version.iri, Kind.PROCESS, level, "", "",
            self._basis(1.5), parts, self._limit(iri) if self.draw.may(self.chances.limit) else None, lifted,
        )  # fmt: skip

    def _limit(self, iri: str) -> Limit:
        name = self.draw.choice(list(METRICS))
        rarer = [ThresholdRole.DECLARE, ThresholdRole.TRIGGER] if self.chances.declared else [ThresholdRole.TRIGGER]
        role = self.draw.choice([ThresholdRole.LIMIT] * 8 + rarer)
        unit = self.draw.choice(METRICS[name]) if self.draw.may(self.chances.conversion) else METRICS[name][0]
        qualifiers: dict[str, str] = {}
        for d, values in VALUES.items():
            if self.draw.may(0.3):
                qualifiers |= _qualifier(d, self.draw.choice(list(values)))
        comparators = [Comparator.AT_LEAST] * 3 + list(Comparator)
        comparator = self.draw.choice(comparators) if role is ThresholdRole.LIMIT else None
        value = None if comparator is None or self.draw.may(0.05) else self.number() / IN_PERCENT[unit]
        return Limit(f"{iri}/limit", metric(self.seed, name), role, comparator, value, unit, qualifiers)

    def number(self) -> Fraction:
        """Draw a number, in per cent or kilograms, that often meets another one."""
        return Fraction(self.draw.choice([8, 10, 12, 12, 14, 16, 16, 20]))

    def _structures(
        self, names: Sequence[str]
    ) -> tuple[tuple[Decomposition, ...], tuple[JointCoverage, ...], tuple[AnyOf, ...]]:
        chances, urn = self.chances, f"urn:world:{self.seed}"
        decompositions: list[Decomposition] = []
        joints: list[JointCoverage] = []
        choices: list[AnyOf] = []
        # More criteria, more structures; otherwise large worlds would have none that matters.
        for n in range(max(1, len(names) // 5)):
            for complete, chance in ((True, chances.whole), (False, chances.partial)):
                whole, parts = self._group(names)
                if parts and self.draw.may(chance) and self._holds(whole, parts, exactly=complete, each=not complete):
                    iri = f"{urn}/{'whole' if complete else 'part'}-{n}"
                    decompositions.append(Decomposition(iri, whole, parts, complete, self._basis()))
            whole, parts = self._group(names)
            if parts and self.draw.may(chances.joint) and self._holds(whole, parts):
                joints.append(JointCoverage(f"{urn}/joint-{n}", parts, whole, self._authority(), "", self._basis()))
            whole, parts = self._group(names)
            if parts and self.draw.may(chances.choice) and not self.sets:
                choices.append(AnyOf(f"{urn}/choice-{n}", whole, parts, self._basis()))
        return tuple(decompositions), tuple(joints), tuple(choices)

    def _group(self, names: Sequence[str]) -> tuple[str, tuple[str, ...]]:
        whole, *parts = self.draw.sample(list(names), min(len(names), self.draw.choice([2, 3, 3, 4])))
        return whole, tuple(parts)

    def _holds(self, whole: str, parts: Sequence[str], *, exactly: bool = False, each: bool = False) -> bool:
        """Tell whether a structure is true of the sets, where there are any; the set of the whole may be changed."""
        if not self.sets:
            return True
        union = 0
        for part in parts:
            union |= self.sets[part]
        if whole not in self.settled and (exactly or each):
            self.sets[whole] = union if exactly else self.sets[whole] | union
        self.settled |= {whole, *parts}
        return not (self.sets[whole] & ~union if not each else union & ~self.sets[whole]) and (
            not exactly or self.sets[whole] == union
        )

    def _row(self, number: int, names: Sequence[str]) -> Iterator[Row]:
        a, b = self.draw.sample(list(names), 2)
        predicate, mask, negated = self._said(a, b)
        if predicate:
            days = [date(2030, 1, 1), date(2031, 1, 1)]
            begins = self.draw.choice(days) if self.draw.may(self.chances.period) else None
            ends = self.draw.choice(days) if self.draw.may(self.chances.period) else None
            yield Row(
                f"world-{self.seed}-row-{number}", a, f"comity:{predicate}", b, mask, self._authority(),
                Place(f"world-{self.seed}.sssom.tsv", f"line {number + 1}"), negated=negated,
                lead=mask == Relation.ANYTHING, confidence=self.draw.choice([None, 0.5, 0.9]),
                signed=Authority.REVIEWED, valid_from=begins,
                valid_until=ends, basis=self._basis(), scope="tin" if self.draw.may(self.chances.scoped) else "",
            )  # fmt: skip

    def _said(self, a: str, b: str) -> tuple[str, Relation, bool]:
        """Choose what a row says of two criteria; nothing where nothing that may be said is true."""
        if self.draw.may(self.chances.lead):
            return "closeMatch", Relation.ANYTHING, False
        negated = self.draw.may(self.chances.negated)
        masks = {name: Relation.ANYTHING & ~mask if negated else mask for name, mask in NAMED.items()}
        if self.sets:
            masks = {name: mask for name, mask in masks.items() if mask & actual(self.sets[a], self.sets[b])}
        names = sorted(masks)
        (name,) = self.draw.choices(names, [1 if negated else OFTEN.get(n, 1) for n in names])
        return name, masks[name], negated

    def _conditions(self) -> Iterator[Condition]:
        yield Test("urn:condition:1", "it has tin", "stuff", "includes", ("tin",))
        yield Test("urn:condition:2", "it is large", "size", ">=", ("5",))
        yield Combination("urn:condition:3", "tin and large", "and", ("urn:condition:1", "urn:condition:2"))
        yield Combination("urn:condition:4", "not large", "not", ("urn:condition:2",))
        yield Combination("urn:condition:5", "one of two", "at-least", ("urn:condition:1", "urn:condition:4"), 1)

    def _aliases(self, names: Sequence[str]) -> Iterator[Alias]:
        yield Alias(f"urn:alias:{self.seed}:1", "", names[0], False, False, "an alias")
        yield Alias(f"urn:alias:{self.seed}:2", "first*", names[-1], False, False, "an alias by name")
        yield Alias(f"urn:alias:{self.seed}:3", "", names[-1], True, False, "a whole text")

    def _defaults(self) -> Iterator[QualifierDefault]:
        for name in ("year", "model", dimension("denominator"), dimension("period")):
            if self.draw.may(self.chances.default):
                yield QualifierDefault(f"default-{name[-6:]}", "", name, "", f"{name} is assumed")

    def _requirement(self, market: str, of: Criterion, rank: Assurance, role: str | None) -> Requirement:
        chances, letter = self.chances, of.iri[-1]
        elsewhere = of.level is Level.ORGANISATION or self.draw.may(0.2)
        level = Level.PRODUCT if elsewhere and chances.elsewhere else of.level
        conditions = (f"urn:condition:{self.draw.randint(1, 5)}",) if self.draw.may(chances.condition) else ()
        exemptions = ("urn:exempt",) if self.draw.may(chances.exemption) else ()
        starts: date | FloatingDate | None = None
        if self.draw.may(chances.start):
            starts = self.draw.choice(_starts())
        ends = date(2030, 3, 1) if self.draw.may(chances.start / 5) else None
        return Requirement(
            f"{market}/{letter}", f"{letter}", market, of.iri, f"Rule {letter}", "Art. 1", "", "", level,
            self._basis(0.2), rank, of.unit_parts, conditions, exemptions, starts, ends,
            "sold" if self.draw.may(chances.start) else None, role,
        )  # fmt: skip

    def _basis(self, factor: float = 1) -> Basis:
        return Basis.NOT_VERIFIED if self.draw.may(factor * self.chances.doubtful) else Basis.READ_IN_SOURCE

    def _authority(self) -> Authority:
        low = self.draw.may(self.chances.low)
        return self.draw.choice([Authority.SUGGESTED, Authority.DRAFT] if low else list(Authority)[3:])

    def _between(self, ends: tuple[int, int]) -> int:
        return self.draw.randint(*ends)


def _starts() -> list[date | FloatingDate]:
    made = FloatingDate("urn:floating:1", "urn:act:made", 6)
    awaited = FloatingDate("urn:floating:2", "urn:act:awaited", 6, ON)
    later = FloatingDate("urn:floating:3", "urn:act:awaited", 24)
    return [date(2030, 1, 1), date(2031, 1, 1), made, awaited, later]


def _qualifier(name: str, value: str) -> dict[str, str]:
    return {dimension(name): f"{dimension(name)}/{value}"}


def _qualifiers() -> Iterator[QualifierValue]:
    for name, values in VALUES.items():
        for value, broader in values.items():
            iri = f"{dimension(name)}/{value}"
            yield QualifierValue(iri, dimension(name), value, value, tuple(f"{dimension(name)}/{b}" for b in broader))
