"""Small worlds made at random: criteria, rows, structures, lifts, evidence of every sort, and a market."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from hypothesis import strategies as st
from tests.judgement.names import ON, key, party
from tests.judgement.papers import trust_entry

from comity import knowledge as shipped
from comity.judgement.question import Question, question
from comity.judgement.trust import TrustList
from comity.model.criteria import AnyOf, Criterion, Decomposition, JointCoverage
from comity.model.evidence import (
    Assessment,
    Citation,
    CitationKind,
    Document,
    DocumentKind,
    Link,
    LinkKind,
    Subject,
    Validity,
)
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation, Row
from comity.model.places import Place
from comity.model.requirements import Market, Requirement
from comity.model.scales import Assurance, Authority, Basis, Kind, Level, Lift

BASE = "https://w3id.org/comity/test/1/"
ROLE = "https://w3id.org/comity/role/body"
MASKS = [
    Relation.EQ,
    Relation.SUP,
    Relation.SUB,
    Relation.PO,
    Relation.DR,
    Relation.COVERS,
    Relation.COVERED_BY,
    Relation.OVERLAPS,
]
LEVELS = {"org": Level.ORGANISATION, "site": Level.FACILITY, "thing": Level.ITEM}
BODIES = {
    "buyer": Assurance.SECOND_PARTY,
    "auditor": Assurance.THIRD_PARTY,
    "lab": Assurance.ACCREDITED_THIRD_PARTY,
}
"""Issuers on the trust list; ``org`` answers for everything itself, and nobody knows ``stranger``."""


@dataclass(frozen=True, repr=False)
class World:
    """A question and the market that it is put to."""

    knowledge: Knowledge
    documents: tuple[Document, ...]
    market: Market
    asked: Question

    def __repr__(self) -> str:
        """What a counterexample has to show, and no more."""
        known = self.knowledge
        lines = [f"{c.notation} {c.basis} {sorted(c.lifts)}" for c in known.criteria.values()]
        lines += [f"{r.subject} {r.mask!r} {r.object} {r.authority.token} {r.disputed} {r.basis}" for r in known.rows]
        lines += [repr(x) for x in (*known.decompositions, *known.joints, *known.choices)]
        for d in self.documents:
            for a in d.assessments:
                cited = [c.iri for c in a.citations]
                lines.append(
                    f"{d.name}: {a.issuer and a.issuer.name}: {a.subjects} {cited} {a.conformance} {a.validity}"
                )
        return "\n".join(lines)


@cache
def nothing() -> Knowledge:
    """A knowledge whose rows, criteria and structures are replaced; its code lists are those that ship."""
    return shipped.load()


def criterion(number: int, basis: Basis = Basis.READ_IN_SOURCE, lifts: frozenset[Lift] = frozenset()) -> Criterion:
    """One that evidence about any subject may speak of: what names an organisation says nothing of lower levels."""
    return Criterion(
        BASE + str(number), f"test-1-{number}", f"Criterion {number}", "", "urn:version", Kind.PROCESS,
        Level.ORGANISATION, "", "", basis, lifts=lifts,
    )  # fmt: skip


def passport() -> Document:
    """Who is who: the organisation runs the site, the thing is made at the site."""
    place = Place("passport.json", "/credentialSubject")
    subjects = tuple(
        Subject(key(n), f"https://id.example/{n}", n, level, frozenset({key(n)}), place) for n, level in LEVELS.items()
    )
    links = (
        Link(LinkKind.OPERATED_BY, key("site"), key("org"), place, "operator"),
        Link(LinkKind.PRODUCED_AT, key("thing"), key("site"), place),
    )
    return Document("passport.json", "00" * 32, DocumentKind.SHEET, issuer=party("org"), subjects=subjects, links=links)


def finding(number: int, about: str, cited: int, conforms: bool, issuer: str, how: str) -> Document:
    """One assessment in a document of its own; ``how`` it is dated, or that a condition is attached."""
    validity = {"ended": Validity("2020-01-01", "2021-01-01"), "undated": Validity()}.get(how, Validity("2030-01-01"))
    name = f"finding-{number}.json"
    assessment = Assessment(
        Place(name, "/a"), name, "", f"finding {number}", (key(about),),
        (Citation(CitationKind.CRITERION, BASE + str(cited), "", Place(name, "/a/c")),), conforms, (), None,
        party(issuer), {"assurance": "public-authority"}, validity, conditional="if" if how == "assumed" else "",
    )  # fmt: skip
    return Document(
        name, f"{number + 1:064x}", DocumentKind.DCC, issuer=party(issuer), validity=validity, assessments=(assessment,)
    )


def trusted() -> TrustList:
    entries = (trust_entry(n, rank, (ROLE,) if n == "lab" else ()) for n, rank in BODIES.items())
    return TrustList("trust.toml", tuple(entries))


def row(number: int, a: int, b: int, mask: Relation, authority: Authority, disputed: bool, basis: Basis) -> Row:
    return Row(
        f"row-{number}",
        BASE + str(a),
        "x",
        BASE + str(b),
        mask,
        authority,
        Place("rows"),
        disputed=disputed,
        basis=basis,
    )


def market(requirements: tuple[Requirement, ...], authority: Authority = Authority.REVIEWED) -> Market:
    iri = "https://w3id.org/comity/market/test"
    return Market(iri, "test", "Test", authority, ON, requirements)


def requirement(number: int, rank: Assurance, role: str | None = None, level: Level = Level.PRODUCT) -> Requirement:
    iri = f"https://w3id.org/comity/market/test/{number}-{rank.token}-{level}{'-role' if role else ''}"
    return Requirement(
        iri, iri.rpartition("/")[2], "https://w3id.org/comity/market/test", BASE + str(number), f"Rule {number}",
        "Art. 1", "", "", level, Basis.READ_IN_SOURCE, rank, role=role,
    )  # fmt: skip


def world(
    criteria: tuple[Criterion, ...],
    findings: tuple[Document, ...],
    requirements: tuple[Requirement, ...],
    rows: tuple[Row, ...] = (),
    decompositions: tuple[Decomposition, ...] = (),
    joints: tuple[JointCoverage, ...] = (),
    choices: tuple[AnyOf, ...] = (),
) -> World:
    """Put a world together; everything that is not named is empty."""
    sold = market(requirements)
    known = replace(
        nothing(), criteria={c.iri: c for c in criteria}, rows=rows, decompositions=decompositions, joints=joints,
        choices=choices, markets={"test": sold}, aliases=(), schemes={}, metric_rules=(), derivations=(),
    )  # fmt: skip
    documents = (passport(), *findings)
    subjects = [f"https://id.example/{n}" for n in LEVELS]
    asked = question(known, documents, on=ON, trust=trusted(), subjects=subjects)
    return World(known, documents, sold, asked)


NUMBERS = st.integers(0, 5)
RARELY = st.sampled_from([False] * 7 + [True])
BASES = st.sampled_from([Basis.READ_IN_SOURCE] * 7 + [Basis.NOT_VERIFIED])
LIFTS = st.sampled_from([frozenset[Lift]()] * 2 + [frozenset({Lift.INHERITS_DOWN}), frozenset({Lift.AGGREGATES_UP})])
AUTHORITIES = st.sampled_from([Authority.DRAFT] + [Authority.REVIEWED] * 3)
SEVERAL = st.lists(NUMBERS, min_size=2, max_size=3, unique=True)
WHO = st.sampled_from(["org", "stranger", *BODIES, "auditor", "lab", "lab"])
HOW = st.sampled_from(["valid"] * 6 + ["ended", "undated", "assumed"])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Draw a world of six criteria."""
    criteria = tuple(criterion(n, draw(BASES), draw(LIFTS)) for n in range(6))
    rows = []
    for number in range(draw(st.integers(0, 5))):
        a, b = draw(st.lists(NUMBERS, min_size=2, max_size=2, unique=True))
        rows.append(row(number, a, b, draw(st.sampled_from(MASKS)), draw(AUTHORITIES), draw(RARELY), draw(BASES)))
    groups = [[BASE + str(n) for n in draw(SEVERAL)] for _ in range(3)]
    wholes = [BASE + str(draw(NUMBERS)) for _ in range(3)]
    decompositions, joints, choices = [], [], []
    if draw(st.booleans()) and wholes[0] not in groups[0]:
        decompositions.append(Decomposition("urn:whole", wholes[0], tuple(groups[0]), draw(st.booleans()), draw(BASES)))
    if draw(st.booleans()) and wholes[1] not in groups[1]:
        joints.append(JointCoverage("urn:joint", tuple(groups[1]), wholes[1], draw(AUTHORITIES)))
    if draw(st.booleans()) and wholes[2] not in groups[2]:
        choices.append(AnyOf("urn:choice", wholes[2], tuple(groups[2])))
    findings = tuple(
        finding(i, draw(st.sampled_from(list(LEVELS))), draw(NUMBERS), draw(st.booleans()), draw(WHO), draw(HOW))
        for i in range(draw(st.integers(2, 8)))
    )
    ranks = draw(st.lists(st.sampled_from(list(Assurance)[1:5]), min_size=1, max_size=2, unique=True))
    levels = [Level.PRODUCT, Level.FACILITY, Level.ORGANISATION]
    asked = [requirement(n, rank, None, level) for n in range(6) for rank in ranks for level in levels]
    asked += [requirement(n, ranks[0], ROLE) for n in range(6)]
    return world(criteria, findings, tuple(asked), tuple(rows), tuple(decompositions), tuple(joints), tuple(choices))
