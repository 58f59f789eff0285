"""What the columns of a mapping set may hold: predicates, and the names of the columns."""

from __future__ import annotations

from collections.abc import Mapping

from comity.knowledge.vocabulary import NS, SKOS
from comity.model.mappings import Relation

PREDICATES: Mapping[str, Relation] = {
    NS + "equal": Relation.EQ,
    NS + "superset": Relation.SUP,
    NS + "subset": Relation.SUB,
    NS + "intersects": Relation.PO,
    NS + "disjoint": Relation.DR,
    NS + "covers": Relation.COVERS,
    NS + "coveredBy": Relation.COVERED_BY,
    NS + "overlaps": Relation.OVERLAPS,
    NS + "closeMatch": Relation.ANYTHING,
    NS + "relatedMatch": Relation.ANYTHING,
    NS + "references": Relation.ANYTHING,
    SKOS + "closeMatch": Relation.ANYTHING,
    SKOS + "relatedMatch": Relation.ANYTHING,
    SKOS + "exactMatch": Relation.ANYTHING,
    SKOS + "narrowMatch": Relation.ANYTHING,
    SKOS + "broadMatch": Relation.ANYTHING,
    "http://www.w3.org/2000/01/rdf-schema#seeAlso": Relation.ANYTHING,
    "http://purl.org/dc/terms/references": Relation.ANYTHING,
}
"""What each predicate says; all five bits for a lead."""

CONFIRMED = {SKOS + "exactMatch": "equal", SKOS + "narrowMatch": "superset", SKOS + "broadMatch": "subset"}
"""The relation that a SKOS predicate stands for where its author confirms that reading."""

PREFIXES = {"comity": NS, "skos": SKOS, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
"""Prefixes that need no entry in a ``curie_map``."""

REQUIRED = ("subject_id", "predicate_id", "object_id")

EXTENSIONS: Mapping[str, tuple[str, str]] = {
    "authority": ("comity:authority", "xsd:string"),
    "scope": ("comity:scope", "xsd:string"),
    "joint_group": ("comity:jointGroup", "xsd:string"),
    "valid_from": ("comity:validFrom", "xsd:date"),
    "valid_until": ("comity:validUntil", "xsd:date"),
    "basis": ("comity:basis", "xsd:string"),
    "objection": ("comity:objection", "xsd:string"),
}
"""Slots that SSSOM does not have: their property and datatype."""

ORDER = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_label",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_id",
    "author_label",
    "reviewer_id",
    "reviewer_label",
    "confidence",
    "mapping_date",
    "comment",
    "other",
    *EXTENSIONS,
)
"""The columns, in their order; those that no row needs are left out, others follow."""

COLUMNS = frozenset(
    (
        *ORDER,
        "review_date",
        "reviewer_agreement",
        "creator_id",
        "creator_label",
        "subject_source",
        "object_source",
        "subject_source_version",
        "object_source_version",
        "mapping_source",
        "mapping_tool",
        "mapping_tool_version",
        "license",
        "see_also",
        "issue_tracker_item",
        "subject_category",
        "object_category",
        "similarity_score",
        "similarity_measure",
    )
)
"""The columns that are read: those of SSSOM and of our extension."""
