"""Documents of small worlds: what is claimed, found and anchored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from tests.judgement.names import (
    BODIES,
    LEVELS,
    LONG,
    OPEN,
    PERCENT,
    ROLE,
    SHARE,
    iri,
    key,
    party,
    subject,
)
from tests.judgement.texts import (
    of,
)

from comity.judgement import TrustList
from comity.judgement.trust import Trusted
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
from comity.model.places import Place
from comity.model.quantities import Quantity, Value
from comity.model.scales import (
    Assurance,
)


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
    title = name or f"{who} says {conforms} of {'+'.join(shown)} about {'+'.join(subjects)} {valid.start}{dated or ''}"
    assessment = Assessment(
        Place(title, "/assessment"),
        title,
        "",
        title,
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
        title,
        "00" * 32,
        DocumentKind.DCC,
        issuer=issuer,
        validity=valid,
        assessments=(assessment,),
        subjects=tuple(subject(s, parts) for s in subjects) if parts else (),
        links=tuple(links),
    )


def no(cited: str = "c", by: str = "auditor") -> Document:
    """Make a certificate that says no."""
    return assessed(cited, by=by, conforms=False)


def found(*values: Value, cited: Sequence[str] = (), about: str | Sequence[str] = "thing") -> Document:
    """Make a certificate that states values and says nothing else."""
    return assessed(*cited, conforms=None, values=values, about=about)


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
    title = name or f"claim of {about} by {issuer.name if issuer else 'nobody'} {'+'.join(map(str, cited))}"
    said = tuple(cite(c) if isinstance(c, str) else c for c in cited)
    claim = Claim(
        Place(title, "/claim"), title, "", title, key(about), said, tuple(values), dated, (), (), undisclosed, own
    )
    return Document(
        title, "11" * 32, kind, issuer=issuer, validity=valid, subjects=(subject(about),), claims=(claim,)
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


OFFICE = TrustList("trust.toml", (trust_entry("office", Assurance.PUBLIC_AUTHORITY),))
"""A trust list of the public office alone."""
