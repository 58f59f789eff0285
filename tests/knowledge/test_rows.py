"""Mapping rows as statements about obligation sets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity.formats import sssom
from comity.knowledge.ends import Texts
from comity.knowledge.joints import joint_groups
from comity.knowledge.loader import assemble, mapping_findings
from comity.knowledge.problems import Problems
from comity.knowledge.rows import read_rows
from comity.knowledge.slots import PREDICATES
from comity.knowledge.sources import Source
from comity.model.criteria import SchemeVersion
from comity.model.mappings import Relation, Row
from comity.model.scales import Authority, Basis

ORCID = "https://orcid.org/0000-0002-1825-0097"
HEADER = "# curie_map:\n#   h: http://hive.example/1/\n#   w: http://wax.example/1/\n"
COLUMNS = (
    "record_id subject_id predicate_id predicate_modifier object_id mapping_justification authority author_id "
    "author_label creator_id reviewer_id reviewer_label comment joint_group scope"
)


def _version(iri: str, scheme: str, steward: str, until: date | None = None) -> SchemeVersion:
    return SchemeVersion(
        iri, iri, iri, scheme, "1", "", Basis.READ_IN_SOURCE, in_force_until=until, stewards=(steward,)
    )


VERSIONS = {
    "http://hive.example/1": _version("http://hive.example/1", "http://hive.example/", "http://hive.example/owner"),
    "http://wax.example/1": _version("http://wax.example/1", "http://wax.example/", "http://wax.example/owner"),
}


def _read(*rows: dict[str, str], versions: dict[str, SchemeVersion] | None = None) -> tuple[tuple[Row, ...], list[str]]:
    columns = COLUMNS.split()
    default = {"subject_id": "h:a", "predicate_id": "comity:covers", "object_id": "w:b", "comment": "x"}
    lines = []
    for number, row in enumerate(rows, 1):
        cells = {"record_id": f"r{number}", **default, **row}
        lines.append("\t".join(cells.get(c, "") for c in columns))
    text = HEADER + "\t".join(columns) + "\n" + "\n".join(lines) + "\n"
    problems = Problems()
    texts = Texts({}, VERSIONS if versions is None else versions, {}, date(2026, 1, 1))
    read = read_rows([sssom.read(text.encode(), "m")], texts, problems)
    return read, sorted({f.code for f in problems.findings} - {"dangling-row", "foreign-scheme"})


@pytest.mark.parametrize(
    ("predicate", "modifier", "mask"),
    [
        ("comity:equal", "", Relation.EQ),
        ("comity:superset", "", Relation.SUP),
        ("comity:subset", "", Relation.SUB),
        ("comity:intersects", "", Relation.PO),
        ("comity:disjoint", "", Relation.DR),
        ("comity:covers", "", Relation.EQ | Relation.SUP),
        ("comity:coveredBy", "", Relation.EQ | Relation.SUB),
        ("comity:overlaps", "", Relation.EQ | Relation.SUB | Relation.SUP | Relation.PO),
        # "Does not guarantee" leaves everything but EQ and SUP open: it is not "disjoint".
        ("comity:covers", "Not", Relation.SUB | Relation.PO | Relation.DR),
        ("comity:overlaps", "Not", Relation.DR),
        ("comity:disjoint", "Not", Relation.EQ | Relation.SUB | Relation.SUP | Relation.PO),
        ("skos:closeMatch", "", Relation.ANYTHING),
        ("skos:exactMatch", "", Relation.ANYTHING),
        # Nothing stated, negated, is nothing stated: never the empty mask, which would be a contradiction.
        ("skos:relatedMatch", "Not", Relation.ANYTHING),
    ],
)
def test_a_predicate_is_a_mask(predicate: str, modifier: str, mask: Relation) -> None:
    (row,), _ = _read({"predicate_id": predicate, "predicate_modifier": modifier})
    assert row.mask == mask
    assert row.lead is (mask == Relation.ANYTHING)
    assert row.predicate == predicate.removeprefix("comity:")


def test_no_predicate_says_nothing_at_all() -> None:
    assert all(PREDICATES.values())


@pytest.mark.parametrize(
    ("claimed", "signers", "counts"),
    [
        ("asserted-by-owner", {"author_id": "http://hive.example/owner"}, Authority.ASSERTED_BY_OWNER),
        ("asserted-by-owner", {"reviewer_id": "http://wax.example/owner"}, Authority.ASSERTED_BY_OWNER),
        ("asserted-by-owner", {"author_id": "http://bear.example/"}, Authority.DRAFT),
        ("agreed-by-owners", {"author_id": "http://hive.example/owner"}, Authority.ASSERTED_BY_OWNER),
        (
            "agreed-by-owners",
            {"author_id": "http://hive.example/owner|http://wax.example/owner"},
            Authority.AGREED_BY_OWNERS,
        ),
        ("reviewed", {}, Authority.DRAFT),  # by nobody
        ("reviewed", {"author_label": "Bo", "reviewer_label": "bo "}, Authority.DRAFT),  # by its author
        ("reviewed", {"author_label": "Bo", "reviewer_label": "Bo|Ana"}, Authority.REVIEWED),
        # one person, written in two ways
        ("reviewed", {"author_label": "Ana Li", "reviewer_label": "Lí,  Ana"}, Authority.DRAFT),
        ("reviewed", {"author_label": "Ana Li", "reviewer_label": "Ana\u200b Li"}, Authority.DRAFT),
        ("reviewed", {"author_id": ORCID, "reviewer_id": "http://ORCID.org/0000-0002-1825-0097/"}, Authority.DRAFT),
        ("reviewed", {"author_id": ORCID, "reviewer_id": "orcid:0000-0002-1825-0097"}, Authority.DRAFT),
        ("reviewed", {"author_id": "did:web:a.example", "reviewer_id": "DID:web:a.example"}, Authority.DRAFT),
        ("reviewed", {"author_id": "http://hive.example/1/bo", "reviewer_id": "h:bo"}, Authority.DRAFT),
        (
            "reviewed",
            {
                "author_id": ORCID,
                "author_label": "Ana Li",
                "reviewer_id": "did:web:a.example",
                "reviewer_label": "ana li",
            },
            Authority.DRAFT,
        ),
        # nobody can tell whether the name is that of the identifier
        ("reviewed", {"author_id": ORCID, "reviewer_label": "Ana Li"}, Authority.DRAFT),
        ("reviewed", {"author_id": ORCID, "reviewer_id": "did:web:a.example"}, Authority.REVIEWED),
        ("asserted-by-owner", {"author_id": "HTTPS://hive.example/owner/"}, Authority.ASSERTED_BY_OWNER),
        ("recognised-in-law", {"author_label": "Bo"}, Authority.DRAFT),  # by no law that is known
        ("recognised-in-law", {"author_label": "Bo", "reviewer_label": "Ana"}, Authority.REVIEWED),
        ("reviewed", {"creator_id": "http://bear.example/", "reviewer_id": "http://bear.example/"}, Authority.DRAFT),
        ("draft", {"author_label": "Bo", "reviewer_label": "Ana"}, Authority.DRAFT),  # no more than it claims
        ("draft", {"mapping_justification": "semapv:LexicalMatching"}, Authority.SUGGESTED),  # no person signs it
        ("draft", {"mapping_justification": "semapv:LexicalMatching", "author_label": "Bo"}, Authority.DRAFT),
        ("", {}, Authority.DRAFT),  # nobody said how good it is
    ],
)
def test_a_row_is_the_word_of_those_who_sign_it(claimed: str, signers: dict[str, str], counts: Authority) -> None:
    (row,), codes = _read({"authority": claimed, **signers})
    assert row.authority is counts
    assert ("standing" in codes) is (claimed != "" and counts.token != claimed)


def test_a_superseded_edition_is_noted_but_not_in_its_own_succession() -> None:
    old = _version("http://wax.example/1", "http://wax.example/", "", until=date(2020, 1, 1))
    _, codes = _read({}, versions={**VERSIONS, old.iri: old})
    assert codes == ["superseded-edition"]
    same = _version("http://hive.example/1", "http://wax.example/", "")
    _, codes = _read({}, versions={same.iri: same, old.iri: old})
    assert codes == []


@pytest.mark.parametrize(
    "second",
    [
        {"predicate_id": "comity:subset"},  # of the same subject: one criterion alone covers nothing "together"
        {"subject_id": "h:c", "predicate_id": "comity:closeMatch"},  # says nothing that could be joined
        {"subject_id": "h:c", "predicate_modifier": "Not"},
        {"subject_id": "h:c", "object_id": "w:d"},
    ],
)
def test_what_is_no_joint_group(second: dict[str, str]) -> None:
    rows, _ = _read({"joint_group": "g", "predicate_id": "comity:overlaps"}, {"joint_group": "g", **second})
    problems = Problems()
    assert joint_groups(rows, (), problems) == ()
    assert [f.code for f in problems.findings] == ["joint-group"]


def test_rows_of_a_joint_group_cover_their_object_together() -> None:
    rows, _ = _read(
        {"joint_group": "g", "authority": "reviewed", "predicate_id": "comity:intersects"},
        {"joint_group": "g", "authority": "draft", "predicate_id": "comity:coveredBy", "subject_id": "h:c"},
    )
    problems = Problems()
    (joint,) = joint_groups(rows, (), problems)
    assert joint.members == ("http://hive.example/1/a", "http://hive.example/1/c")
    assert joint.covers == "http://wax.example/1/b"
    assert joint.authority is Authority.DRAFT  # the lowest of the rows
    assert joint_groups(rows, (joint,), problems) == (joint,)  # stated as well: still one
    assert problems.findings == []


def test_what_a_row_is_limited_to_is_kept() -> None:
    (row,), _ = _read({"scope": "acacia honey"})
    assert row.scope == "acacia honey"


def test_the_order_of_rows_does_not_change_what_they_say() -> None:
    one, two = {"record_id": "r1"}, {"record_id": "r2", "subject_id": "h:c"}
    forth, back = _read(one, two)[0], _read(two, one)[0]
    key = [(r.id, r.subject, r.object, r.mask) for r in sorted(forth, key=lambda r: r.id)]
    assert key == [(r.id, r.subject, r.object, r.mask) for r in sorted(back, key=lambda r: r.id)]


def test_mapping_sets_are_checked_against_knowledge_that_is_loaded(root: Path, tmp_path: Path) -> None:
    base = root / "tests" / "cases" / "knowledge" / "base" / "base.ttl"
    knowledge = assemble([Source("base.ttl", base.read_bytes())], Problems())
    file = tmp_path / "mine.tsv"
    file.write_text(
        "# curie_map:\n#   h: http://hive.example/1/\nrecord_id\tsubject_id\tpredicate_id\tobject_id\tcomment\n"
        "r1\th:b\tcomity:covers\th:z\tx\n"
    )
    rows, findings = mapping_findings(knowledge, [file])
    assert [row.object for row in rows] == ["http://hive.example/1/z"]
    assert [(f.code, f.place.pointer) for f in findings] == [("dangling-row", "line 4")]
