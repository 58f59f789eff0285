"""A row whose author does not say how it was checked counts as before, and nobody is told that the texts were read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.judgement.texts import row
from tests.judgement.worlds import assessed, known, verdict

from comity.cli.app import comity
from comity.knowledge.joints import joint_groups
from comity.knowledge.problems import Problems
from comity.model.mappings import Relation
from comity.model.scales import Basis, Verdict
from comity.stores.knowledge import joint_triples
from comity.stores.mappings import row_triples

SET = """#curie_map:
#  rra-2: "https://w3id.org/comity/rra/2.0/"
#  rra-3: "https://w3id.org/comity/rra/3.0/"
#extension_definitions:
#  - slot_name: basis
#    property: "comity:basis"
#    type_hint: "xsd:string"
record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_label\tcomment\tbasis
urn:said\trra-2:1\tcomity:overlaps\trra-3:7\tsemapv:ManualMappingCuration\tAnn\tBoth.\tread-in-source
urn:unsaid\trra-2:1\tcomity:overlaps\trra-3:8\tsemapv:ManualMappingCuration\tAnn\tBoth.\t
urn:unread\trra-2:1\tcomity:overlaps\trra-3:9\tsemapv:ManualMappingCuration\tAnn\tBoth.\tnot-verified
"""


@pytest.mark.parametrize(
    ("key", "text", "data"),
    [
        ("urn:said", "read-in-source", "read-in-source"),
        ("urn:unsaid", "basis not stated", None),
        ("urn:unread", "not-verified", "not-verified"),
    ],
)
def test_a_row_is_shown_as_checked_as_its_author_says(tmp_path: Path, key: str, text: str, data: str | None) -> None:
    file = tmp_path / "f.sssom.tsv"
    file.write_text(SET, "utf-8")
    arguments = ["explain", key, "--with", str(file)]
    shown = CliRunner().invoke(comity, arguments).stdout
    (line,) = [x for x in shown.splitlines() if x.split()[:1] == ["checked:"]]
    assert line.split(maxsplit=1)[1] == text
    assert json.loads(CliRunner().invoke(comity, [*arguments, "--format", "json"]).stdout)["basis"] == data


def test_a_row_without_basis_counts_and_one_that_is_not_verified_does_not() -> None:
    """Semantics, section 4: what is unverified is never `satisfied`; nothing is said of what nobody calls so."""
    for basis, expected in (
        (None, Verdict.SATISFIED),
        (Basis.READ_IN_SOURCE, Verdict.SATISFIED),
        (Basis.NOT_VERIFIED, Verdict.UNDETERMINED),
    ):
        made = known("a", "c", rows=[row("a", Relation.EQ, "c", basis=basis)])
        assert verdict(made, [assessed("a")], "c") is expected


def test_the_graph_says_nothing_that_nobody_said() -> None:
    said, unsaid = (row("a", Relation.EQ, "c", basis=basis) for basis in (Basis.SECONDARY, None))
    assert [t.object.value for t in row_triples(said) if t.predicate.value.endswith("#basis")] == [  # type: ignore[union-attr]
        "https://w3id.org/comity/ns#secondary"
    ]
    assert not [t for t in row_triples(unsaid) if t.predicate.value.endswith("#basis")]


@pytest.mark.parametrize(
    ("bases", "expected"),
    [
        ((Basis.READ_IN_SOURCE, Basis.READ_IN_SOURCE), Basis.READ_IN_SOURCE),
        ((Basis.READ_IN_SOURCE, None), None),
        ((None, Basis.SECONDARY), None),
        ((None, Basis.NOT_VERIFIED), Basis.NOT_VERIFIED),
    ],
)
def test_rows_that_hold_together_are_checked_as_the_least_of_them(
    bases: tuple[Basis | None, ...], expected: Basis | None
) -> None:
    rows = [row(n, Relation.EQ, "c", joint_group="g", basis=b) for n, b in zip("ab", bases, strict=True)]
    (joint,) = joint_groups(rows, (), Problems())
    assert joint.basis is expected
    stated = [t for t in joint_triples([joint]) if t.predicate.value.endswith("#basis")]
    assert len(stated) == (expected is not None)
