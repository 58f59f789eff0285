"""One document as evidence: who issued it and when, what it speaks of, what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from comity.model.classes import dataclass
from comity.verify import attestation as attest
from comity.verify import dates
from comity.verify.attributes import attributes
from comity.verify.dates import Period
from comity.verify.files import Json, Paper
from comity.verify.items import Item, Said, citations, values
from comity.verify.names import FACILITY, ORGANISATION, PRODUCT, names, plain
from comity.verify.node import Keys, Node, shape
from comity.verify.things import Codes, Thing, Tie, code, named, own_ties, thing, things, ties

_ENVELOPE = {"@context", "type", "issuer", "proof", "validFrom", "validUntil", "issuanceDate", "expirationDate"}
_USUAL = {"dcc": "attestation", "dpp": "product", "dfr": "facility", "dia": "identity", "dte": "event"}
_INNER = {"passport": "product", "record": "facility"}
_OWN = {"passport": PRODUCT, "product": PRODUCT, "record": FACILITY, "facility": FACILITY}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A register's statement that an identity belongs to a registered party.

    :param identity: the very identifier that is anchored, whatever else it is known as.
    :param signer: the names of the registrar's own identifier alone.
    :param kind: of register, such as ``accreditation``.
    :param scope: identifiers of what it is registered for.
    """

    pointer: str
    identity: frozenset[str]
    registrar: frozenset[str]
    signer: frozenset[str]
    kind: str
    scope: tuple[str, ...]
    period: Period


@dataclass(slots=True)
class Reading:
    """What one document holds.

    :param issuer: identifier of who issued it, as written; ``None`` when nobody did.
    :param issued_by: the same party's names.
    :param own: names of the product or facility whose passport or record it is; empty for other documents.
    :param main: that product or facility.
    :param forged: true when it is signed with another identity's key than its issuer's, by what it says itself.
    :param guessed: names of things whose sort the document does not state.
    :param is_sheet: true for a claim sheet, which whoever gives it has written.
    """

    name: str
    sha256: str
    issuer: str | None = None
    issued_by: frozenset[str] | None = None
    period: Period = field(default_factory=Period)
    is_passport: bool = False
    own: frozenset[str] = frozenset()
    main: Thing | None = None
    items: dict[str, list[Item]] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    guessed: set[str] = field(default_factory=set)
    forged: bool = False
    is_sheet: bool = False

    @property
    def signer(self) -> frozenset[str]:
        """The names of the issuer's own identifier: only that can be checked against a signature."""
        return names(ORGANISATION, self.issuer or "")

    def add(self, items: list[Item]) -> None:
        """Enter claims or assessments."""
        for item in items:
            self.items.setdefault(item.pointer, []).append(item)


def read(paper: Paper, keys: Keys, codes: Codes) -> Reading | None:
    """Read a credential, a bare subject, or a bare list of events or assessments; ``None`` for anything else."""
    value, envelope = paper.value, None
    kind, pointer = "", paper.pointer
    if isinstance(value, dict) and "credentialSubject" in value:
        envelope = Node(value, pointer, "credential", keys)
        pointer, subject = f"{pointer}/credentialSubject", value["credentialSubject"]
        listed: list[Json] = subject if isinstance(subject, list) else [subject]
        kind = shape(listed, keys, codes) or _by_type(envelope, codes)
        envelope = envelope if _ENVELOPE & value.keys() else None
    else:
        subject = value
        kind = shape(value if isinstance(value, list) else [value], keys, codes)
        if isinstance(value, list) and kind not in ("assessment", "event"):
            return None
    found = [n for n in Node(subject, pointer, kind, keys).members() if n.is_object] if kind else []
    return _reading(paper, kind, envelope, found, codes) if found else None


def _by_type(envelope: Node, codes: Codes) -> str:
    tokens = (codes.get("document-types", {}).get(t.casefold()) for t in envelope.types)
    return _USUAL.get(next((t for t in tokens if t), ""), "")


def _reading(paper: Paper, kind: str, envelope: Node | None, found: list[Node], codes: Codes) -> Reading:
    this = Reading(paper.name, paper.sha256)
    if envelope is not None:
        _issued(this, envelope)
        this.forged = _is_forged(envelope, paper.signers)
        this.period = _period(envelope)
    for node in found:
        this.things += things(node, codes)
        this.ties += ties(node)
    if kind in _OWN:
        for node in found:
            _passport(this, node, _OWN[kind], codes, first=node is found[0])
    elif kind == "identity":
        this.anchors += [a for node in found for a in _anchor(node, this, codes)]
    elif kind in ("attestation", "assessment"):
        _attested(this, kind, envelope, found, codes)
    return this


def _period(envelope: Node) -> Period:
    first = [envelope.said(name) for name in ("validFrom", "issuanceDate")]
    last = [envelope.said(name) for name in ("validUntil", "expirationDate")]
    start = next((d for text in first if (d := dates.day(text))), None)
    end = next((d for text in last if (d := dates.day(text, end=True))), None)
    lost = (start is None and any(first)) or (end is None and any(last))
    return Period(start, end, lost)


def _issued(this: Reading, envelope: Node) -> None:
    node = envelope.first("issuer")
    if node is None:
        return
    identifier = (node.said("id") or node.said("registeredId")) if node.is_object else node.text
    if identifier or (node.is_object and node.said("name")):
        this.issuer, this.issued_by = identifier, named(node, ORGANISATION)
        this.things += [Thing(this.issued_by, ORGANISATION)] if this.issued_by else []


def _is_forged(envelope: Node, signers: tuple[str, ...]) -> bool:
    issuer = envelope.said("issuer")
    found = [plain(s) for s in signers]
    for proof in envelope.all("proof"):
        method = proof.value.get("verificationMethod") if isinstance(proof.value, dict) else proof.value
        found.append(plain(Node(method, "", "", proof.keys).text))
    return bool(issuer) and any(s.startswith("did:") and s != plain(issuer) for s in found)


def _passport(this: Reading, subject: Node, sort: str, codes: Codes, *, first: bool) -> None:
    """Read what a passport or record says of its subject; the wrapper's keys belong to the subject, too."""
    inner = subject.first(_INNER.get(subject.kind, ""))
    node = Node(inner.value, inner.pointer, inner.kind, inner.keys, subject) if inner and inner.is_object else subject
    own = named(node, sort) or frozenset({f"{sort}:id:{this.name}#{node.pointer}"})
    this.is_passport = True
    this.own = own if first else this.own
    this.things.append(thing(node, sort, own, codes))
    this.main = this.things[-1] if first else this.main
    this.ties += [t for t in own_ties(node, own) if t not in this.ties]
    claims = [*node.all("performanceClaim"), *(c for p in node.all("packaging") for c in p.all("performanceClaim"))]
    this.add([_claim(c, own, this) for c in claims if c.is_object])
    this.said += attributes(node, own)


def _claim(node: Node, own: frozenset[str], this: Reading) -> Item:
    found = values(node, "claimedPerformance")
    return Item(
        kind="claim",
        pointer=node.pointer,
        subjects=(own,),
        cited=citations(node),
        values=found,
        period=this.period,
        issuer=this.issued_by,
        undisclosed=not found and node.first("accessRole") is not None,
    )


def _attested(this: Reading, kind: str, envelope: Node | None, found: list[Node], codes: Codes) -> None:
    if kind == "assessment":
        frame = attest.Frame(this.issued_by, this.signer, this.period, envelope)
        this.add(list(attest.assessments(found, frame, codes)))
        return
    for node in found:
        frame = attest.Frame(this.issued_by, this.signer, this.period, envelope, node)
        drawn = list(attest.assessments(list(node.all("conformityAssessment")), frame, codes))
        this.add(drawn)
        this.ties += attest.issued_to(node, drawn)


def _anchor(node: Node, this: Reading, codes: Codes) -> Iterator[Anchor]:
    written = node.said("registerType")
    register = codes.get("register-types", {}).get(code(written), written.rpartition("#")[2])
    identifier = node.said("id")
    sort = register if register in (FACILITY, PRODUCT) else ORGANISATION
    if identifier.startswith("did:") and register != PRODUCT:
        sort = ORGANISATION
    identity = names(sort, identifier)
    if identity and this.issued_by is not None:
        scope = tuple(s.text for s in node.all("registrationScope") if s.text)
        yield Anchor(node.pointer, identity, this.issued_by, this.signer, register, scope, this.period)
