"""Where the evidence of a claim leads among the documents read: D12, D16 (the document linked), D25."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from comity.evidence import identity
from comity.evidence.dirt.links import kind_of
from comity.evidence.identity import Namer
from comity.evidence.notes import Notes
from comity.model.classes import dataclass
from comity.model.evidence import Claim, Document, EvidenceLink, LinkKind
from comity.model.places import Place


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What claims are held against, indexed once.

    :param addresses: from :func:`addresses`.
    :param near: from :func:`neighbours`.
    :param about: document name to the things that its assessments are about.
    :param cited: identifier to the topics under which assessments that cite it stand, with their places.
    """

    addresses: Mapping[str, tuple[Document, ...]]
    near: Mapping[str, frozenset[str]]
    about: Mapping[str, frozenset[str]]
    cited: Mapping[str, Mapping[tuple[str, ...], Place]]

    @classmethod
    def of(cls, documents: Sequence[Document], name: Namer) -> Surroundings:
        """Index documents."""
        about = {d.name: frozenset(name(s) for a in d.assessments for s in a.subjects) for d in documents}
        return cls(addresses(documents), neighbours(documents, name), about, _by_criterion(documents))

    def circle(self, subject: str) -> frozenset[str]:
        """Return a subject and what it is tied to."""
        return self.near.get(subject, frozenset()) | {subject}


def check(documents: Sequence[Document], name: Namer, notes: Mapping[str, Notes]) -> None:
    """Hold the evidence that claims name, and their topics, against the documents read."""
    around = Surroundings.of(documents, name)
    assessed = frozenset().union(*around.about.values())
    for d in documents:
        for claim in d.claims:
            circle = around.circle(name(claim.subject))
            for link in claim.evidence:
                _link(link, circle, d, around, notes[d.name])
            _topics(claim, around, notes[d.name])
            if circle & assessed:
                _criteria(claim, around, notes[d.name])


def addresses(documents: Iterable[Document]) -> Mapping[str, tuple[Document, ...]]:
    """Index documents by every address that may lead to them.

    >>> from comity.model.evidence import DocumentKind
    >>> link = "https://x.example/01/09520123456788/21/1"
    >>> sorted(addresses([Document("a", "", DocumentKind.DCC, addresses=(link,))]))
    ['gs1:01/09520123456788/21/1', 'https://x.example/01/09520123456788/21/1']
    """
    found: dict[str, dict[str, Document]] = defaultdict(dict)
    for d in documents:
        for written in d.addresses:
            for address in _addresses(written):
                found[address][d.name] = d
    return {address: tuple(group.values()) for address, group in found.items()}


def resolve(link: EvidenceLink, index: Mapping[str, tuple[Document, ...]]) -> tuple[Document, ...]:
    """Return the documents that a link leads to, empty when none of those read is meant.

    :param index: from :func:`addresses`.
    """
    found = {d.name: d for address in _addresses(link.url) for d in index.get(address, ())}
    return tuple(found.values())


def neighbours(documents: Iterable[Document], name: Namer) -> Mapping[str, frozenset[str]]:
    """Find the things that a thing is tied to by one or two statements: its plant, its maker, the plant's operator."""
    near: dict[str, set[str]] = defaultdict(set)
    for d in documents:
        for link in d.links:
            if link.kind is not LinkKind.SOURCES_FROM:
                near[name(link.source)].add(name(link.target))
    return {key: frozenset(found | {k for f in found for k in near.get(f, ())}) for key, found in near.items()}


def _addresses(written: str) -> list[str]:
    if not written:
        return []
    link = identity.digital_link(written)
    return [identity.iri(written), *([f"gs1:{link}"] if link else [])]


def _link(link: EvidenceLink, circle: frozenset[str], document: Document, around: Surroundings, notes: Notes) -> None:
    said = kind_of(link.link_type)
    found = [d for d in resolve(link, around.addresses) if d.name != document.name]
    if not found:
        message = f"The evidence {link.name or link.url} is not among the documents read."
        notes.info("D25", link.place, message, "Give the document as well.")
        return
    kinds = {d.kind.value for d in found}
    if said and said not in kinds:
        message = (
            f"The link is typed {said}, but leads to a document of type {', '.join(sorted(kinds))} ({found[0].name})."
        )
        notes.warn("D16", link.place, message, "Link to the document that proves the claim.")
    about = frozenset().union(*(around.about[d.name] for d in found))
    if about and not about & circle:
        message = f"The evidence linked ({found[0].name}) is about somebody else."
        notes.warn(
            "D16", link.place, message, "Link to a document about the subject of the claim, or where it was made."
        )
    _digest(link, found, notes)


def _digest(link: EvidenceLink, found: Sequence[Document], notes: Notes) -> None:
    """Compare a digest of 64 hexadecimal digits with that of the file read."""
    written = (link.digest or "").casefold()
    if (
        len(written) == 64
        and all(c in "0123456789abcdef" for c in written)
        and written not in {d.sha256 for d in found}
    ):
        message = f"The digest is not that of the document read ({found[0].name})."
        notes.warn("D16", link.place, message, "Compare the files: one was changed, or saved in another form.")


def _by_criterion(documents: Iterable[Document]) -> Mapping[str, Mapping[tuple[str, ...], Place]]:
    found: dict[str, dict[tuple[str, ...], Place]] = defaultdict(dict)
    for d in documents:
        for a in d.assessments:
            for cited in a.citations:
                if cited.iri:
                    found[cited.iri].setdefault(a.topics, a.place)
    return found


def _topics(claim: Claim, around: Surroundings, notes: Notes) -> None:
    """D12: a claim and an assessment of one criterion put it under different topics."""
    for iri in dict.fromkeys(c.iri for c in claim.citations):
        for topics, place in around.cited.get(iri, {}).items():
            if claim.topics and topics and not set(claim.topics) & set(topics):
                message = (
                    f"The claim puts {iri} under {claim.topics[0]}, the assessment {place.path} under {topics[0]}."
                )
                notes.info("D12", claim.place, f"{message} Topics decide nothing.", "Agree on the topic.")
                return


def _criteria(claim: Claim, around: Surroundings, notes: Notes) -> None:
    """D25: the subject is assessed, but nobody names the claim's criteria by the identifiers that the claim uses."""
    named = [c for c in claim.citations if c.iri]
    if named and not any(c.iri in around.cited for c in named):
        message = f"No assessment read names {named[0].iri}; only a mapping or an alias can join them."
        notes.info("D25", named[0].place, message)
