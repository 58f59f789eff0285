"""The columns of an author's tables: what they are called, what may stand in them, and what they are for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from comity.model.classes import dataclass
from comity.model.scales import Authority, Basis, Comparator, Deontic, Kind, Level, Lift, ThresholdRole


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    :param slot: its name in SSSOM, or of the property that it fills.
    :param title: its heading in a template.
    :param meaning: what it is for, in one sentence.
    :param also: other headings that are understood.
    :param words: what may stand in it, for a drop-down list; empty where anything of a sort may.
    :param first: whether it stands among the columns that every author needs.
    :param needed: whether a row says nothing without it.
    """

    slot: str
    title: str
    meaning: str
    also: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    first: bool = False
    needed: bool = False


RELATIONS = (
    "equal",
    "superset",
    "subset",
    "intersects",
    "disjoint",
    "covers",
    "coveredBy",
    "overlaps",
    "not covers",
    "closeMatch",
)
"""What the drop-down list of relations offers."""

JUSTIFICATIONS = (
    "ManualMappingCuration",
    "MappingReview",
    "LogicalReasoning",
    "LexicalMatching",
    "SemanticSimilarityThresholdMatching",
    "CompositeMatching",
    "MappingChaining",
    "UnspecifiedMatching",
)
"""How one can come to a mapping, by the names of SEMAPV."""

KINDS = tuple(k.value for k in Kind)
LEVELS = tuple(level.value for level in Level)
BASES = tuple(b.value for b in Basis)
AUTHORITIES = tuple(a.token for a in Authority)
COMPARATORS = tuple(c.value for c in Comparator)
ROLES = tuple(r.value for r in ThresholdRole)
LIFTS = tuple(lift.value for lift in Lift)
DUTIES = tuple(d.value for d in Deontic)
DUTY = "comity:deonticType"
"""The slot of what a provision of a law does; it is named as the property, for which tables need no column."""
UNIT_PARTS = ("model", "plant", "year", "batch", "item")

MAPPINGS: tuple[Column, ...] = (
    Column(
        "subject_id",
        "subject",
        "The criterion that somebody meets: its notation, such as hive-2-4.1, or its IRI.",
        ("subject id", "from", "source id"),
        first=True,
        needed=True,
    ),
    Column(
        "predicate_id",
        "relation",
        "Does meeting the subject guarantee the object? The Help sheet leads to the word.",
        ("predicate", "predicate id", "relationship", "mapping type"),
        RELATIONS,
        first=True,
        needed=True,
    ),
    Column(
        "object_id",
        "object",
        "The criterion that it is compared with.",
        ("object id", "to", "target", "target id"),
        first=True,
        needed=True,
    ),
    Column(
        "comment",
        "why",
        "The reason, in a sentence or two: what is shared, and what one asks and the other does not.",
        ("reason", "rationale", "justification text", "explanation"),
        first=True,
    ),
    Column("author_label", "author", "Who says so.", ("author label", "author name", "mapped by"), first=True),
    Column("mapping_date", "date", "On which day it was said: 2026-11-30.", ("mapping date", "mapped on"), first=True),
    Column("reviewer_label", "reviewer", "Who else agrees.", ("reviewer label", "reviewed by"), first=True),
    Column("confidence", "confidence", "How sure the author is, from 0 to 1.", ("certainty",), first=True),
    Column("other", "comment", "A remark that is no reason.", ("remark", "remarks", "note", "notes"), first=True),
    Column(
        "mapping_justification",
        "justification",
        "How it was found. Empty: a person compared the texts.",
        ("mapping justification", "method"),
        JUSTIFICATIONS,
    ),
    Column("subject_label", "subject name", "The subject's name, for people.", ("subject label",)),
    Column("object_label", "object name", "The object's name, for people.", ("object label",)),
    Column(
        "predicate_modifier", "negated", "Not, for a relation that does not hold.", ("predicate modifier",), ("Not",)
    ),
    Column("author_id", "author id", "The author's ORCID or another identifier.", ("author orcid",)),
    Column("reviewer_id", "reviewer id", "The reviewer's ORCID or another identifier.", ("reviewer orcid",)),
    Column("authority", "authority", "By whose word it counts. It must be earned: see Help.", (), AUTHORITIES),
    Column("scope", "scope", "What the statement is limited to, such as one material.", ()),
    Column(
        "joint_group",
        "together",
        "The same word in several rows: their subjects cover the one object only together.",
        ("joint group", "group"),
    ),
    Column("valid_from", "valid from", "First day on which the statement holds.", ()),
    Column("valid_until", "valid until", "Last day on which the statement holds.", ("valid to",)),
    Column("basis", "basis", "Were the texts read?", ("read",), BASES),
    Column(
        "record_id", "row id", "A name of the row that stays. Empty: it is made from both ends.", ("record id", "id")
    ),
    Column("predicate_label", "relation name", "The relation's name, for people.", ("predicate label",)),
)
"""The columns of a table of mappings."""

CRITERIA: tuple[Column, ...] = (
    Column(
        "number",
        "number",
        "The criterion's number in the text, such as 4.1.",
        ("criterion", "clause", "code", "id", "no", "ref", "requirement number"),
        first=True,
        needed=True,
    ),
    Column("label", "name", "A short name.", ("title", "label", "heading"), first=True, needed=True),
    Column(
        "text", "text", "What it asks, in a sentence or in its own words.", ("description", "requirement"), first=True
    ),
    Column("kind", "kind", "What sort of obligation it is.", ("type", "obligation"), KINDS, first=True, needed=True),
    Column("level", "level", "What it is asked of.", ("applies to", "subject level"), LEVELS, first=True, needed=True),
    Column("parent", "part of", "The number of the criterion that it is a part of.", ("parent", "under")),
    Column("parts_complete", "parts complete", "yes where its parts make it up entirely.", (), ("yes", "no")),
    Column("parts_note", "parts note", "Why its parts make it up, or not entirely.", ()),
    Column("parts_basis", "parts basis", "How that was checked, where not as the criterion was.", (), BASES),
    Column("parts_iri", "parts iri", "Its address, where it has one of its own.", ()),
    Column("citation", "citation", "How the place in the text is cited.", ()),
    Column("source", "source", "Where it can be read.", ("url", "link")),
    Column("basis", "basis", "Was the text read?", ("read",), BASES),
    Column("topic", "topics", "Conformity topics, separated by bars.", ("topic",)),
    Column("metric", "metric", "What is measured: a notation of a metric, or a name of your own.", ("measure",)),
    Column("comparator", "comparison", "How the value is compared.", ("comparator", "operator"), COMPARATORS),
    Column("value", "value", "The number.", ("threshold", "limit")),
    Column("unit", "unit", "The unit of the number: %, mg/kg, kWh; 1 for a pure number.", ("units", "uom")),
    Column("qualifiers", "qualifiers", "What the value is of and for: dimension=value|…", ("qualifier",)),
    Column("role", "role of value", "What the number is for. Empty: a limit.", ("threshold role",), ROLES),
    Column("start_event", "clock starts", "Of a retention period: the event at which it starts.", ("start event",)),
    Column("unit_parts", "per", "What one answer is for: model|plant|year.", ("unit of assessment",)),
    Column("lift", "carries", "Whether it carries over to other levels.", ("lift",), LIFTS),
    Column("doubt", "doubt", "What is doubtful about the record.", ("doubts",)),
    Column("tags", "tags", "Words of your own, separated by bars.", ("tag", "keywords")),
    Column(
        "same_as", "same as", "Other identifiers of it, separated by bars.", ("alignment", "aliases", "also known as")
    ),
    Column("iri", "iri", "Its identifier on the web. Empty: made from the edition's and the number.", ("uri",)),
    Column("notation", "notation", "Its short name. Empty: made from the edition's and the number.", ()),
    Column(DUTY, "duty", "Of a law: what the provision does.", ("deontic type", "type of provision"), DUTIES),
)
"""The columns of a table of criteria; one more row of the same number adds a limit."""

ABOUT_MAPPINGS: tuple[Column, ...] = (
    Column("mapping_set_title", "title", "What the set is called.", ("set title", "mapping set title")),
    Column("mapping_set_id", "set id", "Its address on the web, which stays.", ("mapping set id", "iri"), needed=True),
    Column("subject_source", "subject scheme", "The edition that the subjects are of.", ("subject source",)),
    Column("object_source", "object scheme", "The edition that the objects are of.", ("object source",)),
    Column("license", "licence", "The licence, as an address.", ("license",), needed=True),
    Column("mapping_date", "date", "Of the rows that say no other.", ("mapping date",)),
    Column("mapping_set_version", "version", "Of the set.", ("mapping set version", "set version")),
    Column("author_label", "author", "Of the rows that name no other.", ("author label",)),
    Column("author_id", "author id", "Of the rows that name no other.", ()),
    Column("mapping_set_description", "description", "What it is, in a sentence.", ("mapping set description",)),
)
"""What an About sheet says of a mapping set."""

ABOUT_CRITERIA: tuple[Column, ...] = (
    Column("label", "title", "The edition's full name.", ("name", "label"), needed=True),
    Column(
        "notation",
        "short name",
        "With the version, such as hive-2: all notations begin so.",
        ("notation",),
        needed=True,
    ),
    Column("version", "version", "Of the text.", ("edition",)),
    Column(
        "iri",
        "iri",
        "The edition's address on the web, which stays; criteria's begin so.",
        ("uri", "address"),
        needed=True,
    ),
    Column("scheme", "scheme iri", "The text's address, whatever its edition.", ("scheme",)),
    Column("scheme_label", "scheme name", "The text's name, whatever its edition.", ()),
    Column("source", "source", "Where the text can be read.", ("url", "link")),
    Column("description", "description", "What it is, in a sentence.", ()),
    Column("basis", "basis", "Was the text read?", (), BASES),
    Column(
        "steward", "stewards", "Who may sign for it: identifiers, separated by bars.", ("owner", "steward", "publisher")
    ),
    Column("body", "assessment bodies", "Who may assess it: identifiers, separated by bars.", ("bodies",)),
    Column("jurisdiction", "jurisdiction", "Of a law: the country or union that made it.", ("country",)),
    Column("state", "state", "draft, for a text put up for comment.", ("status",), ("draft", "lapsed")),
    Column("in_force_from", "in force from", "First day on which it may be assessed against.", ("valid from",)),
    Column("in_force_until", "in force until", "Last day on which it may be assessed against.", ("valid until",)),
    Column("withdrawn_from", "withdrawn from", "First day on which certificates count no more.", ("withdrawn",)),
)
"""What an About sheet says of an edition."""

ABOUT_CRITERIA_NEEDED = tuple(c.title for c in ABOUT_CRITERIA if c.needed)


def fold(heading: str) -> str:
    """Fold a heading: case, underscores, marks and notes in brackets do not matter.

    >>> fold(" Subject_ID* (required)"), fold("why?")
    ('subject id', 'why')
    """
    bare = re.sub(r"\([^)]*\)", " ", heading.casefold().replace("_", " "))
    return " ".join(re.sub(r"[*?:]+", " ", bare).split())


def understood(heading: str, columns: Iterable[Column]) -> str | None:
    """Return the slot of a heading; ``None`` where nothing reads it.

    >>> understood("Rationale", MAPPINGS), understood("colour", MAPPINGS)
    ('comment', None)
    """
    return _names(columns).get(fold(heading))


def nearest(heading: str, columns: Sequence[Column]) -> str:
    """Return the title of the column that a heading may have meant; empty for none.

    >>> nearest("confidnce", MAPPINGS)
    'confidence'
    """
    names = _names(columns)
    found = difflib.get_close_matches(fold(heading), names, 1, 0.75)
    return next((c.title for c in columns if found and c.slot == names[found[0]]), "")


def _names(columns: Iterable[Column]) -> dict[str, str]:
    """Return slot by heading: a slot's own name (SSSOM) first, then titles, then other headings."""
    listed = list(columns)
    names: dict[str, str] = {}
    for column in listed:
        names.setdefault(fold(column.title), column.slot)
    for column in listed:
        for other in (column.slot, *column.also):
            names.setdefault(fold(other), column.slot)
    return names
