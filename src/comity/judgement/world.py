"""Everything the documents say, put together: who is who, what is tied to what, who answers for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from comity.evidence import identity
from comity.model.classes import dataclass
from comity.model.evidence import Anchor, Assessment, Claim, Document, DocumentKind, Link, LinkKind, Party, Subject
from comity.model.scales import Level

BYSTANDERS = frozenset(
    {"inspector", "certifier", "regulator", "serviceprovider", "logisticsprovider", "carrier", "consignee", "retailer"}
)
"""UNTP party roles of those who do not answer for the thing they are named beside."""


SIGNED_BY_ANOTHER = "D15"
"""The code by which reading reports a signing key of another identity than the issuer's."""


@dataclass(frozen=True, slots=True)
class World:
    """The documents of one question, with one key for each thing.

    :param names: any key to the one that stands for the thing.
    :param operators: subject to the keys of those who answer for it; their word is the operator's own.
    :param owners: subject to the keys of those whose "no" about it is an admission.
    :param forged: names of documents that are signed with another identity's key than their issuer's. No signature is
        checked; but who does not even claim to have signed is not who speaks.
    :param main: subjects that a document is about, in order, with that document; a sheet is about those of its rows.
    """

    documents: tuple[Document, ...]
    names: Mapping[str, str]
    subjects: Mapping[str, Subject]
    links: tuple[Link, ...]
    operators: Mapping[str, frozenset[str]]
    owners: Mapping[str, frozenset[str]]
    main: Mapping[str, str]
    anchors: tuple[Anchor, ...]
    forged: frozenset[str] = frozenset()

    def name(self, key: str) -> str:
        """Return the one key of a thing."""
        return self.names.get(key, key)

    def party(self, party: Party) -> frozenset[str]:
        """Return the one keys of a party, by all its identifiers."""
        return frozenset(self.name(k) for k in party.keys)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim, in order of documents."""
        return tuple(c for d in self.documents for c in d.claims)

    @property
    def assessments(self) -> tuple[Assessment, ...]:
        """Every assessment, in order of documents."""
        return tuple(a for d in self.documents for a in d.assessments)

    def document(self, name: str) -> Document:
        """Return a document by its name."""
        return next(d for d in self.documents if d.name == name)

    def above(self) -> tuple[tuple[str, str, tuple[Link, ...]], ...]:
        """List (higher, lower, statements) pairs along which conformity may be lifted."""
        pairs: dict[tuple[str, str], list[Link]] = defaultdict(list)
        for link in self.links:
            if link.kind in (LinkKind.PRODUCED_AT, LinkKind.OPERATED_BY, LinkKind.PART_OF) and answers(link):
                pairs[link.target, link.source].append(link)
        return tuple((high, low, tuple(found)) for (high, low), found in sorted(pairs.items()))


def answers(link: Link) -> bool:
    """Tell whether the party at the end of a link answers for the thing at its start."""
    return link.role.lower() not in BYSTANDERS


def build(documents: Iterable[Document]) -> World:
    """Put documents together.

    :param documents: as :func:`comity.evidence.read` gives them.
    """
    known = tuple(documents)
    names = identity.merge(known)

    def name(key: str) -> str:
        return names.get(key, key)

    links = tuple(
        dict.fromkeys(replace(x, source=name(x.source), target=name(x.target)) for d in known for x in d.links)
    )
    links = tuple(x for x in links if x.source != x.target)
    subjects = _subjects(known, name)
    main: dict[str, str] = {}
    for d in known:
        about = d.subjects if d.kind is DocumentKind.SHEET else d.subjects[:1]
        for s in about if d.kind in (DocumentKind.DPP, DocumentKind.DFR, DocumentKind.SHEET) else ():
            main.setdefault(name(s.key), d.name)
        for c in d.claims:
            main.setdefault(name(c.subject), d.name)
    return World(
        known,
        names,
        subjects,
        links,
        _operators(known, links, subjects, name),
        _owners(known, links, subjects, name),
        main,
        tuple(a for d in known for a in d.anchors),
        frozenset(d.name for d in known if any(f.code == SIGNED_BY_ANOTHER for f in d.findings)),
    )


def _subjects(documents: Sequence[Document], name: identity.Namer) -> dict[str, Subject]:
    found: dict[str, Subject] = {}
    for d in documents:
        own = d.kind in (DocumentKind.DPP, DocumentKind.DFR)
        for position, s in enumerate(d.subjects):
            key = name(s.key)
            first = found.get(key)
            if first is None:
                found[key] = replace(s, key=key)
            elif own and position == 0:
                found[key] = replace(s, key=key, keys=s.keys | first.keys, parts={**first.parts, **s.parts})
            else:
                found[key] = replace(first, keys=first.keys | s.keys, parts={**s.parts, **first.parts})
    return found


def _operators(
    documents: Sequence[Document], links: Sequence[Link], subjects: Mapping[str, Subject], name: identity.Namer
) -> dict[str, frozenset[str]]:
    """Find who answers for each subject: the parties it names, and whoever issues its own records.

    Their word is the operator's own, so that more are taken here than less: also whoever answers for the plant where
    a thing is made, and for the company that answers for it.
    """
    direct = _recorded(documents, name)
    for link in links:
        if link.kind is LinkKind.OPERATED_BY and answers(link):
            direct[link.source].add(link.target)
    # Both steps look at what was stated alone: the order of the documents must not matter.
    made = [x for x in links if x.kind is LinkKind.PRODUCED_AT]
    for link, shared in [(x, direct[x.source] | direct[x.target]) for x in made]:
        direct[link.source] |= shared
        direct[link.target] |= shared
    for subject, parties in [(s, frozenset(p)) for s, p in direct.items()]:
        for party in parties:
            if party in subjects and party != subject:
                direct[party] |= parties
    return _with_themselves(direct, subjects)


def _owners(
    documents: Sequence[Document], links: Sequence[Link], subjects: Mapping[str, Subject], name: identity.Namer
) -> dict[str, frozenset[str]]:
    """Find whose "no" about a subject is an admission: the obligated operator's, about its own subject.

    An admission stands against any certificate, so that less are taken here than more: who attests something does
    not name itself as the operator, and whoever sells a thing does not answer for its maker. A sheet is written by
    who gives it: what it says of operators is no assessor's word about itself.
    """
    direct = _recorded(documents, name)
    attesting = {
        d.name: frozenset(name(k) for k in d.issuer.keys)
        for d in documents
        if d.assessments and d.issuer is not None and d.kind is not DocumentKind.SHEET
    }
    for link in links:
        alone = link.target in attesting.get(link.place.document, frozenset())
        if link.kind is LinkKind.OPERATED_BY and answers(link) and not alone:
            direct[link.source].add(link.target)
    made = [(x.source, frozenset(direct[x.target])) for x in links if x.kind is LinkKind.PRODUCED_AT]
    for product, parties in made:
        direct[product] |= parties
    return _with_themselves(direct, subjects)


def _recorded(documents: Sequence[Document], name: identity.Namer) -> defaultdict[str, set[str]]:
    """Find who issues the own record of each subject: its passport or facility record."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for d in documents:
        if d.kind in (DocumentKind.DPP, DocumentKind.DFR) and d.issuer is not None:
            for key in (*(s.key for s in d.subjects[:1]), *(c.subject for c in d.claims)):
                found[name(key)].update(name(k) for k in d.issuer.keys)
    return found


def _with_themselves(found: Mapping[str, set[str]], subjects: Mapping[str, Subject]) -> dict[str, frozenset[str]]:
    """A company answers for itself."""
    own = {k: {k} for k, s in subjects.items() if s.level is Level.ORGANISATION}
    return {key: frozenset(found.get(key, set()) | own.get(key, set())) for key in {**found, **own}}
