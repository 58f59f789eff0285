"""What documents say when they are held against each other: D7, D8, D9, D11, D14, D22 and the checks of links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from comity.evidence import identity, targets
from comity.evidence.detect import Credential
from comity.evidence.notes import Notes
from comity.model.classes import dataclass
from comity.model.evidence import Document, DocumentKind
from comity.model.places import Place

Pair = tuple[Document, Credential | None]
"""A document, and the credential that it was read from, where it was one."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """All documents of one reading.

    :param names: any key to the one that stands for its thing.
    """

    pairs: Sequence[Pair]
    names: Mapping[str, str]
    notes: Mapping[str, Notes]

    @property
    def documents(self) -> list[Document]:
        """The documents that could be read."""
        return [d for d, _ in self.pairs if d.kind is not DocumentKind.UNREADABLE]

    def name(self, key: str) -> str:
        """Return the one key of a thing."""
        return self.names.get(key, key)


def run(pairs: Sequence[Pair]) -> list[Document]:
    """Hold documents against each other; return them with what was found."""
    names = identity.merge(d for d, _ in pairs)
    notes: dict[str, Notes] = defaultdict(Notes)
    gathered = Gathered(pairs, names, notes)
    for check in CHECKS:
        check(gathered)
    targets.check(gathered.documents, gathered.name, notes)
    return [replace(d, findings=(*d.findings, *notes[d.name].found)) for d, _ in pairs]


def same_credential(gathered: Gathered) -> None:
    """D7: one credential identifier on several documents; the same document given twice."""
    seen: dict[str, Document] = {}
    for d, credential in gathered.pairs:
        if credential is None or credential.envelope is None or not d.id:
            continue
        first = seen.setdefault(d.id, d)
        if first is d:
            continue
        place = credential.envelope.place.at("id")
        if first.sha256 == d.sha256 and first.issuer == d.issuer and first.claims == d.claims:
            gathered.notes[d.name].info("same-document", place, f"This is the same document as {first.name}.")
        else:
            message = f"{d.id} identifies {first.name} as well; documents are told apart by their content."
            gathered.notes[d.name].info("D7", place, message, "Give each credential an identifier of its own.")


def same_attestation(gathered: Gathered) -> None:
    """D8: one identifier on the subjects of several certificates."""
    seen: dict[str, str] = {}
    for d, credential in gathered.pairs:
        if credential is None or credential.shape != "attestation":
            continue
        for attestation in credential.subjects:
            written = attestation.text("id")
            key = identity.digital_link(written) or identity.iri(written)
            first = seen.setdefault(key, d.name) if key else d.name
            if first != d.name:
                message = f"{written} identifies the certificate {first} as well; they are told apart by their content."
                gathered.notes[d.name].warn(
                    "D8", attestation.place.at("id"), message, "Give each an identifier of its own."
                )


def joined(gathered: Gathered) -> None:
    """D9: things that are written differently and were taken for one by a canonical key."""
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for d in gathered.documents:
        for subject in d.subjects:
            written = seen[gathered.name(subject.key)]
            other = next((i for i in written if identity.iri(i) != identity.iri(subject.id)), None)
            if other is not None and subject.id not in written and subject.id:
                message = f"{subject.id} and {other} ({written[other]}) were taken for one, by their canonical keys."
                gathered.notes[d.name].info("D9", subject.place, message, "Write one identifier everywhere.")
            if subject.id:
                written.setdefault(subject.id, d.name)


def registers(gathered: Gathered) -> None:
    """D11: one registered identifier in two registers; a number from the range for samples."""
    seen: dict[tuple[str, str], dict[str, tuple[str, Place]]] = defaultdict(dict)
    for d in gathered.documents:
        for subject in d.subjects:
            kind = identity.type_of(subject.level)
            for key in sorted(subject.keys):
                register, _, registered = key.partition(":reg:")[2].partition("#")
                if registered:
                    schemes = seen[kind, registered.lstrip("0")]
                    other = next((s for s in schemes if s != register), None)
                    if other is not None and register not in schemes:
                        message = (
                            f"{registered} is registered at {register} here and at {other} in {schemes[other][0]}."
                        )
                        fix = "Name the register that issued it; the number alone does not make two things one."
                        gathered.notes[d.name].info("D11", subject.place, message, fix)
                    schemes.setdefault(register, (d.name, subject.place))
                if key.startswith(("organisation:gs1:01/0952", "organisation:gs1:414/952")):
                    message = f"{subject.label} bears {subject.id}, a number that GS1 keeps for samples."
                    gathered.notes[d.name].info(
                        "D11", subject.place, message, "State the organisation's own identifier."
                    )


def anchors(gathered: Gathered) -> None:
    """D14: an identity that vouches for itself, that has several names or several registrations."""
    registered: dict[str, tuple[str, str]] = {}
    for d in gathered.documents:
        for anchor in d.anchors:
            identity_ = gathered.name(anchor.identity)
            notes = gathered.notes[d.name]
            if identity_ in {gathered.name(k) for k in anchor.registrar.keys}:
                message = (
                    f"{anchor.registrar.name or anchor.registrar.id} anchors its own identity, {anchor.registrar.id}."
                )
                notes.warn(
                    "D14", anchor.place.at("id"), message, "An anchor is worth something from the register only."
                )
            first, where = registered.setdefault(identity_, (anchor.registered_as, d.name))
            if first != anchor.registered_as:
                message = f"The identity is anchored to {anchor.registered_as} here and to {first} in {where}."
                notes.warn("D14", anchor.place, message, "One identity belongs to one party.")
    _several_names(gathered)


def _several_names(gathered: Gathered) -> None:
    names: dict[str, tuple[str, str]] = {}
    for d, credential in gathered.pairs:
        if d.issuer is None or not d.issuer.id or not d.issuer.name:
            continue
        first, where = names.setdefault(identity.iri(d.issuer.id), (d.issuer.name, d.name))
        if first.casefold() != d.issuer.name.casefold():
            issuer = credential.envelope.first("issuer") if credential is not None and credential.envelope else None
            place = issuer.place if issuer is not None else Place(d.name)
            message = f"{d.issuer.id} is called {d.issuer.name!r} here and {first!r} in {where}."
            gathered.notes[d.name].warn("D14", place, message, "One identity belongs to one party.")


def register_types(gathered: Gathered) -> None:
    """Note a maker whose identity only a register of something else anchors."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for d in gathered.documents:
        for anchor in d.anchors:
            kinds[gathered.name(anchor.identity)].add(anchor.register_type)
    for d in gathered.documents:
        if d.issuer is None or d.kind not in (DocumentKind.DPP, DocumentKind.DFR, DocumentKind.DCC):
            continue
        found = {k for key in d.issuer.keys for k in kinds.get(gathered.name(key), ())}
        wanted = "accreditation" if d.kind is DocumentKind.DCC else "business"
        if found and wanted not in found:
            message = f"The issuer is anchored in a register of type {', '.join(sorted(found))}, not {wanted}."
            gathered.notes[d.name].info("register-type", Place(d.name), message)


CHECKS: tuple[Callable[[Gathered], None], ...] = (
    same_credential,
    same_attestation,
    joined,
    registers,
    anchors,
    register_types,
)
