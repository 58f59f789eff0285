"""Small worlds made of model objects: every sentence of the semantics gets one that could break it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from comity.evidence import identity
from comity.judgement import Given, TrustList, question
from comity.judgement.judge import judge_market
from comity.judgement.question import Question
from comity.judgement.trust import NOBODY, Trusted
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
from comity.model.evidence import (
    Anchor,
    Assessment,
    Attribute,
    Citation,
    CitationKind,
    Claim,
    Document,
    DocumentKind,
    Link,
    LinkKind,
    Party,
    Subject,
    Validity,
)
from comity.model.knowledge import Alias, Knowledge, MetricRule, QualifierDefault
from comity.model.knowledge import Derivation as FactRule
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.quantities import Quantity, Value
from comity.model.requirements import (
    Act,
    CaseFact,
    Condition,
    Exemption,
    FloatingDate,
    Market,
    Recognition,
    Requirement,
)
from comity.model.scales import (
    Assurance,
    Authority,
    Basis,
    Comparator,
    Kind,
    Level,
    Lift,
    ThresholdRole,
    Verdict,
)
from comity.model.verdicts import Judgement

ON = date(2030, 6, 1)
"""The day judged, unless a test says otherwise."""

OPEN = Validity("2030-01-01")
LONG = Validity("2029-01-01", "2035-01-01")

SCHEME = "https://w3id.org/comity/test/1"
MARKET = "https://w3id.org/comity/market/test"
ROLE = "https://w3id.org/comity/role/notified-body"
PERCENT = "http://qudt.org/vocab/unit/PERCENT"
ONE = "http://qudt.org/vocab/unit/UNITLESS"
KILOGRAM = "http://qudt.org/vocab/unit/KiloGM"
SHARE = "https://w3id.org/comity/metric/share"
MATERIAL = "https://w3id.org/comity/qualifier/material"
DENOMINATOR = "https://w3id.org/comity/qualifier/denominator"
PERIOD = "https://w3id.org/comity/qualifier/period"

THIRD, LAB, SELF = Assurance.THIRD_PARTY, Assurance.ACCREDITED_THIRD_PARTY, Assurance.SELF
REVIEWED = Authority.REVIEWED

LEVELS = {
    "thing": Level.ITEM,
    "model": Level.MODEL,
    "other-thing": Level.ITEM,
    "site": Level.FACILITY,
    "other-site": Level.FACILITY,
    "maker": Level.ORGANISATION,
}
"""What stands in the passport of most worlds; every other name is an organisation."""

BODIES = {
    "buyer": Assurance.SECOND_PARTY,
    "auditor": Assurance.THIRD_PARTY,
    "second-auditor": Assurance.THIRD_PARTY,
    "lab": Assurance.ACCREDITED_THIRD_PARTY,
    "office": Assurance.PUBLIC_AUTHORITY,
}
"""Issuers on the trust list. ``maker`` answers for everything itself; nobody knows ``stranger`` and ``friend``."""


def iri(name: str) -> str:
    """Name a criterion of the test scheme."""
    return f"{SCHEME}/{name}"


def key(name: str) -> str:
    """Return the canonical key of a thing."""
    return identity.best(identity.keys(LEVELS.get(name, Level.ORGANISATION), f"https://id.example/{name}"))


def party(name: str, *others: str) -> Party:
    """Make a party; ``others`` are names by which it says that it is also known."""
    identifier = f"https://id.example/{name}"
    keys = [identity.keys(Level.ORGANISATION, f"https://id.example/{n}") for n in (name, *others)]
    return Party(identifier, name, frozenset().union(*keys))


def subject(name: str, parts: Mapping[str, str] | None = None, level: Level | None = None) -> Subject:
    """Make a subject as a document describes it."""
    level = level or LEVELS.get(name, Level.ORGANISATION)
    found = key(name)
    return Subject(
        found, f"https://id.example/{name}", name, level, frozenset({found}), Place("passport", "/"), dict(parts or {})
    )


# Knowledge


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


# Evidence


def value(
    number: float | str,
    *,
    unit: str | None = PERCENT,
    metric: str | None = SHARE,
    name: str = "share",
    year: str | None = None,
    tolerance: float | str = 0,
    **qualifiers: str,
) -> Value:
    """State a value of the share; qualifiers as ``material="cobalt"``."""
    exact = Fraction(str(tolerance))
    quantity = Quantity(Fraction(str(number)), unit, "" if unit else "??", exact, exact)
    period = (f"{year}-01-01", f"{year}-12-31") if year else None
    return Value(Place("value"), metric, name, quantity, of(**qualifiers), period)


def cite(name: str, kind: CitationKind = CitationKind.CRITERION, called: str = "") -> Citation:
    """Cite a criterion of the test scheme, or anything by its IRI."""
    return Citation(kind, name if "://" in name else iri(name), called, Place("cited"))


def assessed(
    *cited: str | Citation,
    about: str | Sequence[str] = "thing",
    by: str | Party | None = "auditor",
    conforms: bool | None = True,
    values: Sequence[Value] = (),
    declared: Assurance | None = Assurance.PUBLIC_AUTHORITY,
    valid: Validity = OPEN,
    dated: str | None = None,
    programme: str = "",
    condition: str = "",
    auditor: Party | None = None,
    name: str = "",
    parts: Mapping[str, str] | None = None,
    links: Sequence[Link] = (),
) -> Document:
    """Make a certificate with one assessment; what it does not say of its issuer, it claims to the full."""
    issuer = party(by) if isinstance(by, str) else by
    who = issuer.name if issuer else "nobody"
    subjects = (about,) if isinstance(about, str) else tuple(about)
    shown = [c if isinstance(c, str) else c.iri for c in cited]
    found = name or f"{who} says {conforms} of {'+'.join(shown)} about {'+'.join(subjects)} {valid.start}{dated or ''}"
    assessment = Assessment(
        Place(found, "/assessment"),
        found,
        "",
        found,
        tuple(key(s) for s in subjects),
        tuple(cite(c) if isinstance(c, str) else c for c in cited),
        conforms,
        tuple(values),
        dated,
        issuer,
        {"assurance": declared.token} if declared is not None else {},
        valid,
        programme,
        conditional=condition,
        auditor=auditor,
    )
    return Document(
        found,
        "00" * 32,
        DocumentKind.DCC,
        issuer=issuer,
        validity=valid,
        assessments=(assessment,),
        subjects=tuple(subject(s, parts) for s in subjects) if parts else (),
        links=tuple(links),
    )


def claimed(
    *cited: str | Citation,
    about: str = "thing",
    by: str | Party | None = "maker",
    values: Sequence[Value] = (),
    valid: Validity = OPEN,
    dated: str | None = None,
    undisclosed: bool = False,
    name: str = "",
    kind: DocumentKind = DocumentKind.DPP,
    own: Validity | None = None,
) -> Document:
    """Make a passport with one claim."""
    issuer = party(by) if isinstance(by, str) else by
    found = name or f"claim of {about} by {issuer.name if issuer else 'nobody'} {'+'.join(map(str, cited))}"
    said = tuple(cite(c) if isinstance(c, str) else c for c in cited)
    claim = Claim(
        Place(found, "/claim"), found, "", found, key(about), said, tuple(values), dated, (), (), undisclosed, own
    )
    return Document(
        found, "11" * 32, kind, issuer=issuer, validity=valid, subjects=(subject(about),), claims=(claim,)
    )  # fmt: skip


def link(kind: LinkKind, source: str, target: str, role: str = "", document: str = "passport") -> Link:
    """State how two things are tied."""
    return Link(kind, key(source), key(target), Place(document, f"/{kind}/{source}/{target}"), role)


def passport(
    *more: Link,
    parts: Mapping[str, str] | None = None,
    attributes: Sequence[Attribute] = (),
    name: str = "passport",
    valid: Validity = OPEN,
    subjects: Sequence[Subject] = (),
) -> Document:
    """Tell who is who: the maker runs the site, the thing is made there. It claims nothing."""
    ties = (
        link(LinkKind.OPERATED_BY, "site", "maker", "operator"),
        link(LinkKind.PRODUCED_AT, "thing", "site"),
        *more,
    )
    ends = {k for x in ties for k in (x.source, x.target)}
    names = ["thing", "site", "maker", *(n for n in LEVELS if n not in ("thing", "site", "maker") and key(n) in ends)]
    things = [subject(n, parts if n == "thing" else None) for n in names]
    return Document(
        name,
        "22" * 32,
        DocumentKind.DPP,
        issuer=party("maker"),
        validity=valid,
        subjects=(*things, *subjects),
        links=ties,
        attributes=tuple(attributes),
    )


def attribute(path: str, text: str, unit: str = "", about: str = "thing", pointer: str = "") -> Attribute:
    """State something of a subject that facts may be derived from."""
    return Attribute(key(about), path, text, unit, Place("passport", pointer or "/" + path.replace(".", "/")))


def anchor(
    identity_: str,
    registrar: str | Party,
    register: str = "business",
    scope: Sequence[str] = (),
    valid: Validity = LONG,
) -> Document:
    """Make an identity anchor."""
    who = party(registrar) if isinstance(registrar, str) else registrar
    name = f"anchor of {identity_} by {who.name}"
    made = Anchor(Place(name, "/"), name, key(identity_), identity_, who, register, tuple(scope), valid)
    return Document(name, "33" * 32, DocumentKind.DIA, issuer=who, validity=valid, anchors=(made,))


def trusted(*entries: Trusted) -> TrustList:
    """Make the usual trust list, with ``entries`` instead of those of the same name."""
    usual = {n: trust_entry(n, rank, roles=(ROLE,) if n == "lab" else ()) for n, rank in BODIES.items()}
    return TrustList("trust.toml", tuple((usual | {e.name: e for e in entries}).values()))


def trust_entry(name: str, rank: Assurance, roles: Sequence[str] = (), schemes: Sequence[str] = ()) -> Trusted:
    """Make one entry of a trust list."""
    return Trusted(
        f"https://id.example/{name}", name, party(name).keys, rank, frozenset(roles), frozenset(schemes), ""
    )  # fmt: skip


# Questions


@dataclass(frozen=True)
class Ask:
    """How a question is put; the fields that a test does not care about have the plainest value."""

    rank: Assurance = THIRD
    role: str | None = None
    authority: Authority = REVIEWED
    on: date = ON
    trust: TrustList = field(default_factory=trusted)
    level: Level | None = None
    units: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    exemptions: tuple[str, ...] = ()
    starts: date | FloatingDate | None = None
    ends: date | None = None
    event: str | None = None
    ranges_over: str | None = None
    basis: Basis = Basis.READ_IN_SOURCE
    given: tuple[Given, ...] = ()
    about: str = "thing"

    def requirement(self, name: str, knowledge: Knowledge) -> Requirement:
        """Bind a criterion."""
        level = self.level or LEVELS.get(self.about, Level.ORGANISATION)
        return Requirement(
            f"{MARKET}/{name}", f"test-{name}", MARKET, iri(name), f"rule {name}", "Art. 1", "", "",
            Level.PRODUCT if level.is_product else level, self.basis, self.rank, self.units, self.conditions,
            self.exemptions, self.starts, self.ends, self.event, self.role, self.ranges_over,
        )  # fmt: skip


USUAL = Ask()
UNTRUSTED = Ask(trust=NOBODY)


def asked(knowledge: Knowledge, documents: Sequence[Document], name: str, how: Ask = USUAL) -> tuple[Question, Market]:
    """Make the question and the market of one requirement."""
    market = Market(
        MARKET, "test", "Test", how.authority, knowledge.checked_on, (how.requirement(name, knowledge),)
    )  # fmt: skip
    known_ = replace(knowledge, markets={"test": market})
    everything = [passport(), *documents] if all(d.name != "passport" for d in documents) else documents
    made = question(
        known_, everything, on=how.on, trust=how.trust, given=how.given, subjects=[f"https://id.example/{how.about}"]
    )
    return made, market


def judged(knowledge: Knowledge, documents: Sequence[Document], name: str, how: Ask = USUAL) -> Judgement:
    """Judge one criterion of the test scheme, bound by one requirement, for one subject.

    The usual passport is added, unless one of the documents is called ``passport``.
    """
    (found,) = judge_market(*asked(knowledge, documents, name, how))
    return found


def verdict(knowledge: Knowledge, documents: Sequence[Document], name: str, how: Ask = USUAL) -> Verdict:
    """Return the verdict alone; see :func:`judged`."""
    found = judged(knowledge, documents, name, how).verdict
    assert found is not None
    return found
