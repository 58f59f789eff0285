"""Read UNTP Conformity Vocabulary Catalog 0.7: scheme, profiles and criteria, in one file or in several.

Source: the schemas of the pre-release of 0.7.0; the names of the release (``requiredPerformance``) are read as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from pathlib import PurePath

from comity.authoring.draft import Draft, DraftCriterion, DraftLimit, DraftRow, DraftScheme
from comity.authoring.exchange import naming, untp
from comity.authoring.exchange.jsontext import packed
from comity.authoring.exchange.things import Thing, kept, unaddressed
from comity.authoring.file_names import file_name
from comity.formats import json
from comity.formats.json import Json
from comity.knowledge.vocabulary import NS
from comity.model.classes import dataclass
from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place, Severity
from comity.model.scales import Kind, Level

PERFORMANCE = ("requiredPerformance", "passThreshold")
"""The key of thresholds: in the release, and before it."""
STANDARDS: Mapping[str, tuple[str, str]] = {
    "standardAlignment": ("standard", "https://vocabulary.uncefact.org/untp/Standard"),
    "regulatoryAlignment": ("regulation", "https://vocabulary.uncefact.org/untp/Regulation"),
}
"""Key of alignments to the key of what is aligned with, and its class."""

_TYPES = ("ConformityScheme", "ConformityProfile", "Criterion")


@dataclass(slots=True)
class Catalogue:
    """Schemes, profiles and criteria by their ids, from any number of files."""

    things: dict[str, dict[str, Thing]] = field(default_factory=lambda: {t: {} for t in _TYPES})
    schemes: dict[str, str] = field(default_factory=dict)
    """profile to the scheme that includes it"""
    findings: list[Finding] = field(default_factory=list)
    _met: int = 0

    def gather(self, content: bytes, name: str) -> None:
        """Add what a file describes; what cannot be read is a finding."""
        try:
            parsed = json.read(content, name)
        except UnreadableError as error:
            self.findings.append(Finding(error.code, Severity.ERROR, error.place, error.message, error.fix))
            return
        self.findings += parsed.findings
        if aside := _aside(parsed.value):
            self.findings.append(Finding("passed-over", Severity.WARNING, Place(name), aside))
            return
        listed = parsed.value if isinstance(parsed.value, list) else [parsed.value]
        before = self._met
        for position, value in enumerate(listed):
            place = Place(name).at(position) if isinstance(parsed.value, list) else Place(name)
            if isinstance(value, dict):
                self._add(Thing(value, place))
        if self._met == before:
            message = "The file describes no scheme, profile or criterion of a conformity vocabulary."
            self.findings.append(Finding("no-vocabulary", Severity.ERROR, Place(name), message))

    def _add(self, thing: Thing, scheme: str = "") -> None:
        for member in thing.all("@graph"):
            self._add(member)
        kind = next((t for t in _TYPES if t in thing.types()), "") or _kind(thing)
        iri = thing.iri() or thing.iri("@id")
        if not kind or not iri:
            return
        self._met += 1
        if scheme:
            self.schemes.setdefault(iri, scheme)
        held = self.things[kind].get(iri)
        if held is None or len(thing.value) > len(held.value):
            self.things[kind][iri] = thing
        for profile in thing.all("includedProfile"):
            self._add(_typed(profile, "ConformityProfile"), iri)
        for inner, type_ in (("criterion", "Criterion"), ("scheme", "ConformityScheme")):
            for member in thing.all(inner) if kind == "ConformityProfile" else ():
                self._add(_typed(member, type_))
                if inner == "scheme":
                    self.schemes[iri] = member.iri()


def recognises(value: Json) -> bool:
    """Tell whether a document describes a part of a conformity vocabulary."""
    for one in value if isinstance(value, list) else [value]:
        thing = Thing(one, Place("")) if isinstance(one, dict) else None
        if thing is not None and (thing.types() & set(_TYPES) or _kind(thing)):
            return True
    return bool(_aside(value))


def read(content: bytes, name: str) -> Draft:
    """Read one file; where it holds several profiles, the first, and a problem says so."""
    drafts = read_all([(name, content)])
    if len(drafts) == 1:
        return drafts[0]
    others = ", ".join(d.scheme.notation for d in drafts[1:] if d.scheme)
    message = f"The file has {len(drafts)} profiles; {others} are editions of their own and are not in this draft."
    problem = Finding("not-carried", Severity.WARNING, Place(name), message)
    return replace(drafts[0], problems=(*drafts[0].problems, problem))


def read_all(files: Iterable[tuple[str, bytes]]) -> tuple[Draft, ...]:
    """Read files that describe parts of each other: one draft for each profile, since each is an edition.

    :param files: names and contents.
    """
    catalogue = Catalogue()
    names = []
    for name, content in files:
        catalogue.gather(content, name)
        names.append(name)
    return tuple(_drafts(catalogue, names))


def _drafts(catalogue: Catalogue, names: Sequence[str]) -> Iterator[Draft]:
    profiles = catalogue.things["ConformityProfile"]
    described = {iri: p for iri, p in profiles.items() if len(p.value) > 3}
    problems = list(catalogue.findings)
    for iri, profile in profiles.items():
        if iri not in described:
            message = f"The profile {profile.text('name')!r} is named and not described."
            problems.append(untp.note("only-named", profile, message, severity=Severity.INFO))
    used: set[str] = set()
    drafts = []
    for iri, profile in described.items():
        scheme = catalogue.things["ConformityScheme"].get(catalogue.schemes.get(iri, ""))
        drafts.append(_Profile(profile, scheme, catalogue, used).draft())
    covered = {catalogue.schemes.get(i, "") for i in described}
    alone = (s for i, s in catalogue.things["ConformityScheme"].items() if i not in covered and len(s.value) > 3)
    drafts += [_Profile(scheme, scheme, catalogue, used).draft() for scheme in alone]
    loose = [c for i, c in catalogue.things["Criterion"].items() if i not in used]
    if loose:
        drafts.append(_loose(loose, names))
    drafts = _named_apart(drafts)
    if not drafts:
        drafts = [Draft(name=names[0] if names else "", kind="criteria")]
    first, *others = drafts
    yield replace(first, problems=(*problems, *first.problems))
    yield from others


def _named_apart(drafts: Sequence[Draft]) -> list[Draft]:
    """Give each draft of a file that holds several a name of its own."""
    names = [d.name for d in drafts]
    apart = []
    for draft in drafts:
        path = PurePath(draft.name)
        one = file_name(f"{path.stem}-{draft.scheme.notation if draft.scheme else 'criteria'}") + path.suffix
        apart.append(draft if names.count(draft.name) == 1 else replace(draft, name=path.with_name(one).as_posix()))
    return apart


def _loose(things: Sequence[Thing], names: Sequence[str]) -> Draft:
    message = f"{len(things)} criteria are in no profile that is described; they belong to no edition yet."
    problem = untp.note("no-edition", things[0], message, "Import the profile with them.")
    criteria, findings = read_criteria(things, None, Level.ORGANISATION)
    return Draft(names[0], "criteria", None, criteria, problems=(problem, *findings))


@dataclass(slots=True)
class _Profile:
    """Reads one profile."""

    profile: Thing
    scheme: Thing | None
    catalogue: Catalogue
    used: set[str]

    def draft(self) -> Draft:
        """Turn the profile and the criteria that it names into a draft."""
        header = self._header()
        level, findings = self._level()
        known = self.catalogue.things["Criterion"]
        members = [known.get(c.iri(), c) for c in self.profile.all("criterion") if c.iri()]
        self.used.update(m.iri() for m in members)
        criteria, faults = read_criteria(members, header, level)
        root = DraftCriterion(
            f"{header.iri}/root", header.notation, f"{header.label} as a whole", Kind.ROOT, level, header.place
        )
        rows = tuple(self._rows(root))
        findings += self._other_names()
        findings += [
            untp.note(
                "relation-read",
                Thing({}, r.place),
                f"{r.foreign!r} with {r.object_label or r.object} is read as {r.predicate.removeprefix(NS)}.",
                severity=Severity.INFO,
            )
            for r in rows
        ]
        found = Draft(
            name=self.profile.place.document,
            kind="criteria",
            scheme=header,
            criteria=(root, *criteria),
            rows=rows,
            header=naming.set_header(header.iri, rows),
        )
        return replace(found, problems=(*findings, *faults, *unaddressed(found)))

    def _header(self) -> DraftScheme:
        thing, scheme = self.profile, self.scheme
        iri = thing.iri()
        owner = scheme.one("owner") if scheme is not None else None
        read_ = {
            "id",
            "name",
            "description",
            "version",
            "validFrom",
            "documentation",
            "criterion",
            "scheme",
            "subjectType",
        }
        more: dict[str, tuple[str, ...]] = {}
        if thing is not scheme:
            more |= thing.rest("profile", read_ | set(STANDARDS) | ({"status"} if _status(thing) else set()))
            members: list[Json] = [c.iri() for c in thing.all("criterion")]
            more |= {} if untp.as_set(list(map(str, members))) else {kept("profile", "criterion"): (packed(members),)}
        if scheme is not None:
            more |= scheme.rest("scheme", {"id", "name", "includedProfile"}) | _siblings(scheme, iri)
        return DraftScheme(
            iri=iri,
            notation=naming.edition(iri),
            label=thing.text("name") or iri,
            place=thing.place,
            version=thing.text("version"),
            scheme=scheme.iri() if scheme is not None and scheme is not thing else self.catalogue.schemes.get(iri, ""),
            scheme_label=scheme.text("name") if scheme is not None else "",
            source=thing.text("documentation"),
            description=thing.text("description"),
            in_force_from=thing.day("validFrom"),
            stewards=(owner.iri(),) if owner is not None and owner.iri() else (),
            state="draft" if thing.text("status") == "proposed" else "",
            more=more,
        )

    def _level(self) -> tuple[Level, list[Finding]]:
        text = self.profile.text("subjectType")
        if text in ("product", "facility", "organisation"):
            return Level(text), []
        message = "It is not said of what the criteria are asked; they are taken to be asked of organisations."
        return Level.ORGANISATION, [untp.note("level-assumed", self.profile, message, "Correct comity:level.")]

    def _other_names(self) -> Iterator[Finding]:
        """Tell of another name by which the scheme lists the profile: one file has one name for it."""
        own = self.profile.text("name")
        for listed in self.scheme.all("includedProfile") if self.scheme is not None else ():
            if listed.iri() == self.profile.iri() and listed.text("name") not in ("", own):
                message = f"The scheme lists the profile {own!r} as {listed.text('name')!r}; its own name is kept."
                yield untp.note("not-carried", listed, message)

    def _rows(self, root: DraftCriterion) -> Iterator[DraftRow]:
        for key, (inner, class_) in STANDARDS.items():
            for alignment in self.profile.all(key):
                other = alignment.one(inner)
                if other is None or not other.iri():
                    continue
                said = alignment.text("alignmentLevel")
                yield DraftRow(
                    subject=root.iri,
                    predicate=NS + untp.ALIGNMENTS.get(said, "references"),
                    object=other.iri(),
                    place=alignment.place,
                    subject_label=root.label,
                    object_label=other.text("name"),
                    author_id=owner.iri() if self.scheme and (owner := self.scheme.one("owner")) else "",
                    foreign=f"{key}: {said}" if said else key,
                    more={"object_category": class_},
                )


def read_criteria(
    things: Sequence[Thing], header: DraftScheme | None, level: Level
) -> tuple[tuple[DraftCriterion, ...], tuple[Finding, ...]]:
    """Read criteria."""
    names = naming.numbers([t.iri() for t in things], header.iri if header else "")
    findings: list[Finding] = []
    criteria = [_criterion(t, n, header, level, findings) for t, n in zip(things, names, strict=True)]
    named = [t for t in things if set(t.value) <= {"type", "id", "name"}]
    if named:
        message = f"{len(named)} criteria are named and not described, such as {named[0].text('name')!r}."
        findings.append(untp.note("only-named", named[0], message, severity=Severity.INFO))
    if things:
        message = f"The vocabulary does not say what kind of obligation its {len(things)} criteria are."
        fix = "With a number they are taken as performance, else as process; correct comity:kind."
        findings.append(untp.note("kind-assumed", things[0], message, fix))
    return tuple(criteria), tuple(findings)


def _criterion(
    thing: Thing, name: str, header: DraftScheme | None, level: Level, findings: list[Finding]
) -> DraftCriterion:
    limits: list[DraftLimit] = []
    left: list[Json] = []
    base = header.iri if header else thing.iri()
    key = next((k for k in PERFORMANCE if k in thing.value), PERFORMANCE[0])
    for performance in thing.all(key):
        limit, whole = untp.read_limit(performance, base)
        findings += untp.limit_findings(performance, limit)
        if limit is not None:
            limits.append(limit)
        if not whole:
            left.append(dict(performance.value))
    topics = thing.all("conformityTopic")
    read_ = {"id", "name", "description", "documentation", "tag", *PERFORMANCE}
    read_ |= {k for k, own in (("version", header and header.version), ("status", "active")) if thing.text(k) == own}
    plain = all({"type", "id", "name"}.issuperset(t.value) and _plain(t) for t in topics) and bool(topics)
    plain = plain and untp.as_set([t.iri() for t in topics])
    more = thing.rest("criterion", read_ | ({"conformityTopic"} if plain else set()))
    more |= untp.ordered(thing, "criterion")
    if left:
        more[kept("criterion", "performance")] = (packed(left),)
    return DraftCriterion(
        iri=thing.iri(),
        notation=f"{header.notation}-{name}" if header else name,
        label=thing.text("name") or name,
        kind=Kind.PERFORMANCE if limits else Kind.PROCESS,
        level=level,
        place=thing.place,
        text=thing.text("description"),
        citation=f"{header.label}: {thing.text('name')}" if header else "",
        source=thing.text("documentation"),
        parent=f"{header.iri}/root" if header else "",
        limits=tuple(limits),
        topics=untp.topic_iris([t.iri() for t in topics] + list(thing.texts("conformityTopic"))),
        tags=thing.texts("tag"),
        more=more,
    )


def _siblings(scheme: Thing, iri: str) -> dict[str, tuple[str, ...]]:
    """Keep how a scheme names its profiles, and in which order, where it has others than the one that is read."""
    profiles = scheme.all("includedProfile")
    if {p.iri() for p in profiles} <= {iri}:
        return {}
    named: list[Json] = [
        {k: p.value[k] for k in ("type", "id", "name") if k in p.value} if p.iri() != iri else {"id": iri}
        for p in profiles
    ]
    return {kept("scheme", "includedProfile"): (packed(named),)}


def _aside(value: Json) -> str:
    """Say what a document is that lies beside vocabularies and holds no criteria; empty for another."""
    if not isinstance(value, dict):
        return ""
    if "$schema" in value and ("properties" in value or "$defs" in value):
        return "This is a JSON Schema and no vocabulary; it is passed over."
    entries = Thing(value, Place("")).all("entries")
    if entries and all("ConformityScheme" in e.types() or "vocabularyURL" in e.value for e in entries):
        return f"This is a register of {len(entries)} schemes, without their criteria; it is passed over."
    return ""


def _plain(topic: Thing) -> bool:
    return untp.topic_iris([topic.iri()]) == (topic.iri(),)


def _status(profile: Thing) -> bool:
    """Tell whether the status of a profile has a place of its own."""
    return profile.text("status") in ("active", "proposed")


def _kind(thing: Thing) -> str:
    if "includedProfile" in thing.value or "endorsementLevel" in thing.value:
        return "ConformityScheme"
    if any(k in thing.value for k in PERFORMANCE):
        return "Criterion"
    return "ConformityProfile" if "criterion" in thing.value and "scheme" in thing.value else ""


def _typed(thing: Thing, kind: str) -> Thing:
    return thing if thing.types() else Thing({"type": [kind], **thing.value}, thing.place)
