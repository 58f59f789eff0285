"""Schemes, criteria and rows of small worlds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.judgement.names import (
    DENOMINATOR,
    EQ,
    MATERIAL,
    PERCENT,
    PERIOD,
    REVIEWED,
    SCHEME,
    SHARE,
    SUP,
    iri,
)

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
from comity.model.knowledge import Derivation as FactRule
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.requirements import (
    Act,
    CaseFact,
    Condition,
    Exemption,
    Recognition,
)
from comity.model.scales import (
    Authority,
    Basis,
    Comparator,
    Kind,
    Level,
    Lift,
    ThresholdRole,
)


def criterion(
    name: str,
    *,
    level: Level = Level.PRODUCT,
    basis: Basis = Basis.READ_IN_SOURCE,
    limit: Limit | None = None,
    units: Sequence[str] = (),
    lifts: Sequence[Lift] = (),
    version: str = SCHEME,
    kind: Kind = Kind.PROCESS,
) -> Criterion:
    """Make a criterion of the test scheme."""
    return Criterion(
        iri(name), f"test-{name}", f"criterion {name}", "", version, kind, level, "", "", basis, tuple(units), limit,
        frozenset(lifts),
    )  # fmt: skip


def at_least(value: float | str | None, *, unit: str | None = PERCENT, **qualifiers: str) -> Limit:
    """Make a limit on the share; qualifiers as ``material="cobalt"``."""
    exact = None if value is None else Fraction(str(value))
    return Limit(
        f"urn:limit:{value}", SHARE, ThresholdRole.LIMIT, Comparator.AT_LEAST, exact, unit, of(**qualifiers)
    )  # fmt: skip


def at_most(value: float | str, *, unit: str | None = PERCENT, **qualifiers: str) -> Limit:
    """Make a limit on the share."""
    return replace(at_least(value, unit=unit, **qualifiers), comparator=Comparator.AT_MOST)


def declare(*, unit: str | None = PERCENT, **qualifiers: str) -> Limit:
    """Make a duty to state the share."""
    return Limit("urn:declare", SHARE, ThresholdRole.DECLARE, None, None, unit, of(**qualifiers))


def of(**qualifiers: str) -> dict[str, str]:
    """Name qualifier values: ``of(material="cobalt")``."""
    base = "https://w3id.org/comity/qualifier"
    return {f"{base}/{d}": f"{base}/{d}/{v}" for d, v in qualifiers.items()}


def row(subject_: str, relation: Relation, object_: str, authority: Authority = REVIEWED, **more: object) -> Row:
    """Make a mapping row between two criteria of the test scheme."""
    made = Row(
        f"{subject_}-{relation.name}-{object_}", iri(subject_), "test", iri(object_), relation, authority, Place("rows")
    )
    return replace(made, **more)  # type: ignore[arg-type]


def whole(name: str, *parts: str, complete: bool = True, basis: Basis = Basis.READ_IN_SOURCE) -> Decomposition:
    """Declare a whole and its parts."""
    return Decomposition(f"urn:whole:{name}", iri(name), tuple(iri(p) for p in parts), complete, basis)


def joint(covered: str, *members: str, authority: Authority = REVIEWED) -> JointCoverage:
    """State that members together cover a criterion."""
    return JointCoverage(f"urn:joint:{covered}", tuple(iri(m) for m in members), iri(covered), authority)


def any_of(name: str, *options: str) -> AnyOf:
    """Declare a choice."""
    return AnyOf(f"urn:choice:{name}", iri(name), tuple(iri(o) for o in options))


EDITION = SchemeVersion(SCHEME, "test-1", "Test 1", "https://w3id.org/comity/test", "1", "", Basis.READ_IN_SOURCE)


def known(
    *criteria: Criterion | str,
    rows: Sequence[Row] = (),
    wholes: Sequence[Decomposition] = (),
    joints: Sequence[JointCoverage] = (),
    choices: Sequence[AnyOf] = (),
    schemes: Sequence[SchemeVersion] = (EDITION,),
    aliases: Sequence[Alias] = (),
    rules: Sequence[MetricRule] = (),
    defaults: Sequence[QualifierDefault] = (),
    metrics: Sequence[Metric] = (Metric(SHARE, "share", "share", PERCENT),),
    facts: Sequence[CaseFact] = (),
    conditions: Sequence[Condition] = (),
    acts: Sequence[Act] = (),
    exemptions: Sequence[Exemption] = (),
    derivations: Sequence[FactRule] = (),
    recognitions: Sequence[Recognition] = (),
) -> Knowledge:
    """Put knowledge together; what is not named is empty. Three dimensions of qualifiers are always there."""
    made = [c if isinstance(c, Criterion) else criterion(c) for c in criteria]
    base = "https://w3id.org/comity/qualifier"
    values = {
        f"{base}/{d}/{v}": QualifierValue(
            f"{base}/{d}/{v}", f"{base}/{d}", v, v, tuple(f"{base}/{d}/{b}" for b in broader)
        )
        for d, v, broader in (
            ("material", "cobalt", ()),
            ("material", "nickel", ()),
            ("denominator", "active-materials", ()),
            ("denominator", "product", ()),
            ("period", "calendar-year", ()),
            ("period", "2029", ("calendar-year",)),
        )
    }
    return Knowledge(
        version="test",
        checked_on=date(2026, 1, 1),
        sha256="",
        schemes={s.iri: s for s in schemes},
        criteria={c.iri: c for c in made},
        decompositions=tuple(wholes),
        joints=tuple(joints),
        choices=tuple(choices),
        rows=tuple(rows),
        markets={},
        facts={f.name: f for f in facts},
        conditions={c.iri: c for c in conditions},
        acts={a.iri: a for a in acts},
        metrics={m.iri: m for m in metrics},
        dimensions={
            MATERIAL: Dimension(MATERIAL, "material", "the material", False),
            DENOMINATOR: Dimension(DENOMINATOR, "denominator", "the denominator"),
            PERIOD: Dimension(PERIOD, "period", "the period"),
        },
        qualifiers=values,
        aliases=tuple(aliases),
        metric_rules=tuple(rules),
        defaults=tuple(defaults),
        derivations=tuple(derivations),
        recognitions=tuple(recognitions),
        by_notation={c.notation: c.iri for c in made},
        exemptions={e.iri: e for e in exemptions},
    )


def default(dimension: str, metric: str = "", value: str = "") -> QualifierDefault:
    """Make a row of the table of defaults."""
    return QualifierDefault(f"default-{dimension}", metric, dimension, value, f"{dimension} is assumed")


C = known("c")
"""One criterion, and nothing else."""

CHAIN = known("a", "b", "c", rows=[row("a", EQ, "b"), row("b", SUP, "c")])
"""One that is equal to the next, which is stricter than the third."""

PLAIN = known(criterion("limit", limit=at_least(16)))
"""A limit of 16 %, of whatever there is a share of."""
