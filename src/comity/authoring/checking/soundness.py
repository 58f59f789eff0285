"""What is not sound in knowledge that reads well: texts without a source, rules without a shape, reasons said twice.

Each check looks at all of the knowledge at once; ``comity explain CODE`` prints what each is about.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from comity import units
from comity.formats import sssom, turtle
from comity.knowledge.records import short
from comity.knowledge.sources import Source
from comity.knowledge.vocabulary import OWL
from comity.model.classes import dataclass
from comity.model.criteria import Criterion, SchemeVersion
from comity.model.errors import UnknownNameError, UnreadableError
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Place, Severity
from comity.model.requirements import Requirement
from comity.model.scales import Deontic, Kind, ThresholdRole

OURS = "https://w3id.org/comity/"
SHARES = frozenset({ThresholdRole.LIMIT, ThresholdRole.SCOPE, ThresholdRole.TRIGGER})
NEVER_JUDGED = frozenset({Kind.EXPLAINED, Kind.GROUP, Kind.ROOT})
NOBODY_BOUND = frozenset({Deontic.RECOMMENDATION, Deontic.SCOPE_DEFINITION, Deontic.RECOGNITION})
"""Provisions that say how something is, or should be, and bind nobody by themselves."""

_E, _W = Severity.ERROR, Severity.WARNING
RULES: Mapping[str, tuple[Severity, str]] = {
    "no-definition": (
        _W,
        "A criterion does not say what it asks for. Write dcterms:description, in words of your own: whoever judges "
        "must know what is judged without opening the text. What the root of an edition asks for is all of its text.",
    ),
    "no-source": (_W, "Neither a criterion nor its edition says by dcterms:source where the text was read."),
    "no-citation": (_W, "Neither a requirement nor its criterion says by comity:citation where it stands."),
    "no-period": (
        _W,
        "Nothing says from when a requirement applies: it has no comity:appliesFrom and no comity:floatingStart, its "
        "edition no comity:inForceFrom. Where the day is not known, say so in a comity:doubt.",
    ),
    "single-part": (
        _W,
        "A decomposition into all the parts there are has one part: that is the whole under another name. Make it "
        "comity:partial, or name the other parts.",
    ),
    "still-asked": (
        _W,
        "A requirement of a text that has lapsed or was repealed has no comity:appliesUntil, and would be asked for "
        "ever.",
    ),
    "no-shape": (_E, "A requirement has no SHACL shape: run tools/generate_all.py."),
    "shape-of-nothing": (_E, "A SHACL shape is of a requirement that is not there: run tools/generate_all.py."),
    "share-of-what": (
        _W,
        "A limit on a share has no comity:qualifier: it does not say a share of what, so that any share would do.",
    ),
    "not-bound": (
        _W,
        "A provision that binds somebody is bound to no market: add a comity:Requirement, or say by comity:actor whom "
        "it binds that no market asks, and make it comity:explained where these are authorities.",
    ),
    "no-deontic-type": (
        _W,
        "A provision of a law does not say what it does (comity:deonticType): bind, forbid, allow, define.",
    ),
    "undefined-iri": (_E, "A file uses an identifier of Comity that no file describes."),
    "prefix-disagreement": (_W, "One prefix stands for different things in different files."),
    "old-edition": (
        _E,
        "A mapping row names an edition that is withdrawn, or one that was replaced and that no mapping set ties to "
        "what replaced it. Map the edition in force, or the old one to the new one.",
    ),
    "same-reason": (
        _E,
        "Two mapping rows give one reason, but for names and numbers. A reason says what the one text asks and the "
        "other does not, and no two pairs differ in the same words: say what differs, or leave the row out.",
    ),
}
"""The codes of what is found in knowledge as a whole."""

_NAMES = re.compile(r"\S*[\d:/]\S*|[^\w\s]|_")


@dataclass(frozen=True)
class Whole:
    """Knowledge, and the files that it was read from.

    :param shapes: the files of the shapes of requirements, if any.
    """

    knowledge: Knowledge
    sources: Sequence[Source] = ()
    shapes: Sequence[Source] | None = None

    @cached_property
    def shaped(self) -> Mapping[str, tuple[turtle.TurtleFile, str]]:
        """The requirements that shapes are of, each with a file and a shape in it."""
        found: dict[str, tuple[turtle.TurtleFile, str]] = {}
        for file in _turtle(self.shapes or ()):
            for iri, properties in file.resources.items():
                for named in properties.get(f"{OURS}ns#requirement", ()):
                    if isinstance(named, str):
                        found.setdefault(named, (file, iri))
        return found


def examine(
    knowledge: Knowledge, sources: Sequence[Source] = (), shapes: Sequence[Source] | None = None
) -> list[Finding]:
    """Say what is not sound.

    :param sources: the files that the knowledge was read from, for checks on files.
    :param shapes: the files of the shapes of requirements; ``None`` to leave them out.
    """
    whole = Whole(knowledge, sources, shapes)
    found = [Finding(code, RULES[code][0], *rest) for check, code in CHECKS for rest in check(whole)]
    return sorted(found, key=lambda f: (f.place.document, f.place.pointer, f.code, f.message))


Said = tuple[Place, str, str]
"""Where, what is wrong, what would be right."""


def _criteria(whole: Whole, wrong: Callable[[Criterion], bool], message: str, fix: str) -> Iterator[Said]:
    for c in whole.knowledge.criteria.values():
        if wrong(c):
            yield Place(c.file), f"Criterion {c.notation!r} {message}", fix


def _undefined_text(whole: Whole) -> Iterator[Said]:
    def wrong(c: Criterion) -> bool:
        return not c.text.strip() and c.kind is not Kind.ROOT

    return _criteria(whole, wrong, "does not say what it asks for.", "Add dcterms:description.")


def _unsourced(whole: Whole) -> Iterator[Said]:
    return _criteria(whole, lambda c: not c.source, "has no source.", "Add dcterms:source to it or to its edition.")


_DUTY = "Add comity:deonticType; in a table, fill the column 'duty'."


def _untyped(whole: Whole) -> Iterator[Said]:
    def wrong(c: Criterion) -> bool:
        return _is_law(whole, c) and c.deontic is None and c.kind not in (Kind.GROUP, Kind.ROOT)

    return _criteria(whole, wrong, "is law, and does not say what it does.", _DUTY)


def _unbound(whole: Whole) -> Iterator[Said]:
    known = whole.knowledge
    taken = {r.criterion for r in _requirements(whole)}
    taken |= {c for d in known.decompositions for c in (d.whole, *d.parts)}
    taken |= {c for a in known.choices for c in (a.whole, *a.options)}

    def wrong(c: Criterion) -> bool:
        judged = c.kind not in NEVER_JUDGED and c.deontic not in NOBODY_BOUND and not c.actors
        return judged and _is_law(whole, c) and c.iri not in taken

    return _criteria(whole, wrong, "is law that no market asks for.", "Bind it, or say by comity:actor whom it binds.")


def _shares(whole: Whole) -> Iterator[Said]:
    def wrong(c: Criterion) -> bool:
        limit = c.limit
        return limit is not None and limit.role in SHARES and not limit.qualifiers and _is_share(limit.unit)

    return _criteria(whole, wrong, "has a limit on a share, and does not say of what.", "Add comity:qualifier.")


def _single_parts(whole: Whole) -> Iterator[Said]:
    known = whole.knowledge
    for d in known.decompositions:
        if d.complete and len(d.parts) == 1:
            criterion = known.criteria.get(d.whole)
            named = criterion.notation if criterion is not None else d.whole
            yield Place(criterion.file if criterion is not None else ""), f"All of {named!r} is one part.", "Add parts."


def _is_share(unit: str | None) -> bool:
    try:
        return unit is not None and units.factor(unit).dimension == "1" and units.factor(unit).factor != 1
    except UnknownNameError:
        return False


def _is_law(whole: Whole, criterion: Criterion) -> bool:
    version = whole.knowledge.schemes.get(criterion.version)
    return version is not None and version.jurisdiction is not None


def _requirements(whole: Whole) -> Iterator[Requirement]:
    return (r for m in whole.knowledge.markets.values() for r in m.requirements)


def _version_of(whole: Whole, requirement: Requirement) -> SchemeVersion | None:
    criterion = whole.knowledge.criteria.get(requirement.criterion)
    return whole.knowledge.schemes.get(criterion.version) if criterion is not None else None


def _uncited(whole: Whole) -> Iterator[Said]:
    for r in _requirements(whole):
        criterion = whole.knowledge.criteria.get(r.criterion)
        # Reading puts the notation where a criterion has no citation.
        if r.citation in ("", criterion.notation if criterion is not None else ""):
            yield Place(r.file), f"Requirement {r.notation!r} does not say where it stands.", "Add comity:citation."


def _undated(whole: Whole) -> Iterator[Said]:
    for r in _requirements(whole):
        version = _version_of(whole, r)
        if r.starts is None and not r.doubts and (version is None or version.in_force_from is None):
            message = f"Nothing says from when requirement {r.notation!r} applies."
            yield Place(r.file), message, "Add comity:appliesFrom, comity:floatingStart or a comity:doubt."


def _unended(whole: Whole) -> Iterator[Said]:
    for r in _requirements(whole):
        version = _version_of(whole, r)
        if r.ends is None and version is not None and version.state in ("lapsed", "repealed"):
            message = f"Requirement {r.notation!r} is of a text that is {version.state}, and has no last day."
            yield Place(r.file), message, "Add comity:appliesUntil."


def _unshaped(whole: Whole) -> Iterator[Said]:
    if whole.shapes is not None:
        for r in _requirements(whole):
            if r.iri not in whole.shaped:
                yield Place(r.file), f"Requirement {r.notation!r} has no shape.", "Run tools/generate_all.py."


def _shapes_of_nothing(whole: Whole) -> Iterator[Said]:
    known = {r.iri for r in _requirements(whole)}
    for iri, (file, shape) in whole.shaped.items():
        if iri not in known:
            yield file.place(shape), f"A shape is of <{iri}>, which is no requirement.", "Run tools/generate_all.py."


def _turtle(sources: Iterable[Source]) -> Iterator[turtle.TurtleFile]:
    """Yield the Turtle files that can be read; loading reports the others."""
    for source in sources:
        if source.kind == "turtle":
            try:
                yield turtle.read(source.content, source.name)
            except UnreadableError:
                continue


def _undefined(whole: Whole) -> Iterator[Said]:
    files = list(_turtle(whole.sources))
    described = {iri for file in files for iri in file.resources}
    for file in files:
        told: set[str] = set()
        for iri, properties in file.resources.items():
            for predicate, terms in properties.items():
                named = [predicate, *(t for t in terms if isinstance(t, str) and predicate != f"{OWL}versionIRI")]
                for used in named:
                    if used.startswith(OURS) and used not in described and used not in told and not _is_unit(used):
                        told.add(used)
                        place = file.place(iri, predicate, used.rpartition("/")[2])
                        yield place, f"{short(used)} is described in no file.", "Describe it, or mend its name."


def _is_unit(iri: str) -> bool:
    try:
        return bool(units.factor(iri))
    except UnknownNameError:
        return False


def _prefixes(whole: Whole) -> Iterator[Said]:
    meant: dict[str, tuple[str, str]] = {}
    for source in whole.sources:
        for prefix, iri in _declared(source):
            first, where = meant.setdefault(prefix, (iri, source.name))
            if first != iri:
                message = f"The prefix {prefix!r} is <{iri}> here and <{first}> in {where}."
                yield Place(source.name), message, "Give one of them another name."


def _declared(source: Source) -> Iterable[tuple[str, str]]:
    if source.kind == "mappings":
        return sssom.read(source.content, source.name).prefixes.items()
    if source.kind == "turtle":
        return _PREFIX.findall(source.content.decode("utf-8", "replace"))
    return ()


_PREFIX = re.compile(r"^@prefix\s+([\w-]*):\s*<([^>]*)>", re.MULTILINE)


def _old_editions(whole: Whole) -> Iterator[Said]:
    known = whole.knowledge
    ends = [(r, _edition(known, r.subject), _edition(known, r.object)) for r in known.rows]
    tied = {frozenset((a.iri, b.iri)) for _, a, b in ends if a is not None and b is not None}
    for row, *named in ends:
        for version in named:
            if version is not None and (why := _why_old(known, version, tied)):
                yield row.place, f"Row {row.id} names {version.label}, {why}.", "Map the edition in force."


def _edition(known: Knowledge, criterion: str) -> SchemeVersion | None:
    found = known.criteria.get(criterion)
    return known.schemes.get(found.version) if found is not None else None


def _why_old(known: Knowledge, version: SchemeVersion, tied: set[frozenset[str]]) -> str:
    on: date = known.checked_on
    if version.withdrawn_from is not None and version.withdrawn_from <= on:
        return f"which is withdrawn since {version.withdrawn_from}"
    if version.in_force_until is None or version.in_force_until >= on:
        return ""
    newer = [v for v in known.schemes.values() if v.scheme == version.scheme and _is_in_force(v, on)]
    if not newer or any(frozenset((v.iri, version.iri)) in tied for v in newer):
        return ""
    return f"which was replaced, and which nothing ties to {newer[0].label}"


def _is_in_force(version: SchemeVersion, on: date) -> bool:
    begun = version.in_force_from is None or version.in_force_from <= on
    return begun and (version.in_force_until is None or version.in_force_until >= on)


def _same_reasons(whole: Whole) -> Iterator[Said]:
    alike: dict[str, list[int]] = defaultdict(list)
    rows = whole.knowledge.rows
    for position, row in enumerate(rows):
        if words := bare(row.reason):
            alike[words].append(position)
    for several in alike.values():
        for position in several[1:]:
            row, first = rows[position], rows[several[0]]
            yield row.place, f"Row {row.id} gives the reason of row {first.id}, but for names and numbers.", ""


def bare(reason: str) -> str:
    """Return the words of a reason without identifiers, numbers and marks.

    >>> bare("Criterion 3.1 asks for a policy as well (kiln-1-4)."), bare("Criterion 17 asks for a policy as well.")
    ('criterion asks for a policy as well', 'criterion asks for a policy as well')
    """
    return " ".join(_NAMES.sub(" ", reason).casefold().split())


CHECKS: Sequence[tuple[Callable[[Whole], Iterator[Said]], str]] = (
    (_undefined_text, "no-definition"),
    (_unsourced, "no-source"),
    (_untyped, "no-deontic-type"),
    (_unbound, "not-bound"),
    (_shares, "share-of-what"),
    (_single_parts, "single-part"),
    (_uncited, "no-citation"),
    (_undated, "no-period"),
    (_unended, "still-asked"),
    (_unshaped, "no-shape"),
    (_shapes_of_nothing, "shape-of-nothing"),
    (_undefined, "undefined-iri"),
    (_prefixes, "prefix-disagreement"),
    (_old_editions, "old-edition"),
    (_same_reasons, "same-reason"),
)
