"""What a file of the user's own says of what Comity ships: refused where it stands, unless it is a mapping row.

Hive 1, the market Meadow and the rest of ``tests/cases/knowledge/base`` stand for what Comity ships.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.knowledge import load
from comity.knowledge.loader import assemble
from comity.knowledge.problems import Problems
from comity.knowledge.sources import Source
from comity.model.errors import KnowledgeError
from comity.model.knowledge import Knowledge
from comity.model.places import Severity

BASE = Path(__file__).parent.parent / "cases" / "knowledge" / "base" / "base.ttl"

PREFIXES = """\
@prefix comity: <https://w3id.org/comity/ns#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix hive: <http://hive.example/> .
@prefix own: <http://own.example/> .
"""

LOOM = """\
<http://own.example/1> a comity:SchemeVersion ; comity:basis comity:readInSource ;
    comity:root <http://own.example/1/root> ; comity:scheme <http://own.example/> ;
    dcterms:source <http://own.example/> ;
    rdfs:label "Loom"@en ; skos:notation "loom" .
""" + "".join(
    f"""\
<http://own.example/1/{name}> a comity:Criterion ; comity:basis comity:readInSource ; comity:kind comity:{kind} ;
    comity:inVersion <http://own.example/1> ; comity:level comity:facility ; rdfs:label "{name}"@en ;
    skos:notation "loom-{name}" .
"""
    for name, kind in (("root", "root"), ("a", "policy"), ("b", "policy"))
)

HEADER = "iri,name,target,document_level,permit,reason\n"

ROWS = """\
# curie_map:
#   comity: https://w3id.org/comity/ns#
#   hive: http://hive.example/1/
#   own: http://own.example/1/
# mapping_set_id: http://own.example/rows
record_id\tsubject_id\tpredicate_id\tobject_id\tmapping_justification\tauthor_label\tcomment\tauthority
r1\town:a\tcomity:covers\thive:b\tsemapv:ManualMappingCuration\tAna Li\tone is the other\trecognised-in-law
r2\thive:b\tcomity:coveredBy\town:b\tsemapv:ManualMappingCuration\tAna Li\tthe same from behind\trecognised-in-law
r3\thive:b\tcomity:covers\town:b\tsemapv:ManualMappingCuration\tAna Li\tof an own text\trecognised-in-law
"""


def _read(**files: str) -> Knowledge:
    """Read what a user brings, ``name__ext`` by text, beside what Comity ships."""
    brought = [Source(name.replace("__", "."), text.encode(), own=False) for name, text in files.items()]
    return assemble([Source(BASE.name, BASE.read_bytes()), *brought], Problems())


def _errors(known: Knowledge) -> list[tuple[str, str]]:
    errors = [f for f in known.findings if f.severity is Severity.ERROR]
    assert all(f.fix for f in errors if f.code == "not-yours")
    return [(f"{f.place.document} {f.place.pointer}", f.code) for f in errors]


def _said(statement: str) -> list[tuple[str, str]]:
    """Return the errors of one statement, which stands on line 9, beside a text of the user's own."""
    return _errors(_read(more__ttl=f"{PREFIXES}\n{statement}\n", own__ttl=PREFIXES + LOOM))


REFUSED = [
    "own:d a comity:Decomposition ; comity:completeness comity:complete ; "
    "comity:whole <http://hive.example/1/b> ; comity:part <http://own.example/1/a> .",
    # All of the whole is all of each part: an own certificate would meet Hive's criterion.
    "own:d a comity:Decomposition ; comity:completeness comity:complete ; "
    "comity:whole <http://own.example/1/a> ; comity:part <http://hive.example/1/b>, <http://own.example/1/b> .",
    "own:d a comity:AnyOf ; comity:whole <http://hive.example/1/b> ; comity:option <http://own.example/1/a> .",
    "own:c a comity:Criterion ; comity:basis comity:readInSource ; comity:inVersion <http://hive.example/1> ; "
    'comity:kind comity:policy ; comity:level comity:facility ; rdfs:label "c"@en ; skos:notation "c" .',
    "own:q a comity:Requirement ; comity:actor <http://hive.example/role/keeper> ; comity:assurance comity:self ; "
    "comity:basis comity:readInSource ; comity:criterion <http://hive.example/1/b> ; "
    'comity:market <http://hive.example/market> ; skos:notation "meadow-z" .',
]


@pytest.mark.parametrize("statement", REFUSED)
def test_nobody_adds_to_an_edition_or_a_market_that_comity_ships(statement: str) -> None:
    assert _said(statement) == [("more.ttl line 9", "not-yours")]


@pytest.mark.parametrize(
    "statement",
    [
        "<http://hive.example/market> comity:policyAuthority comity:draft .",
        "<http://hive.example/1> comity:steward own:me .",
        "<http://hive.example/1> comity:listsBody own:me .",
        "<http://hive.example/1/b> comity:lift comity:inheritsDown .",
        '<http://hive.example/market/a> comity:appliesUntil "2020-01-01"^^xsd:date .',
        "<http://hive.example/1> a comity:SchemeVersion ; comity:steward own:me .",
    ],
)
def test_nothing_is_added_to_what_comity_ships(statement: str) -> None:
    assert _said(statement) == [("more.ttl line 9", "described-twice")]


def test_what_is_said_again_adds_nothing() -> None:
    assert _said('<http://hive.example/role/keeper> rdfs:label "beekeeper"@en .') == []


def test_own_texts_and_markets_are_free() -> None:
    own = """\
own:d a comity:Decomposition ; comity:basis comity:readInSource ; comity:completeness comity:complete ;
    comity:whole <http://own.example/1/root> ; comity:part <http://own.example/1/a>, <http://own.example/1/b> .
own:m a comity:Market ; comity:checkedOn "2026-01-01"^^xsd:date ; comity:policyAuthority comity:reviewed ;
    rdfs:label "Own"@en ; skos:notation "own" .
own:q a comity:Requirement ; comity:actor <http://hive.example/role/keeper> ; comity:assurance comity:self ;
    comity:basis comity:readInSource ; comity:criterion <http://hive.example/1/b> ; comity:market own:m ;
    skos:notation "own-b" .
"""
    known = _read(own__ttl=PREFIXES + LOOM + own, aliases__csv=HEADER + "http://x.example/a,,loom-a,false,false,x\n")
    assert _errors(known) == []
    assert [r.notation for r in known.markets["own"].requirements] == ["own-b"]
    assert [a.target for a in known.aliases] == ["http://own.example/1/a"]


def _recognising(*rows: str) -> str:
    named = ", ".join(f'"{row}"' for row in rows)
    return (
        "own:r a comity:Recognition ; comity:basis comity:readInSource ; comity:recognises <http://own.example/1> ; "
        f'rdfs:label "My law"@en ; comity:row {named} .\n'
    )


@pytest.mark.parametrize("row", ["r1", "r2"])
def test_no_own_law_recognises_what_meets_a_criterion_that_comity_ships(row: str) -> None:
    known = _read(own__ttl=PREFIXES + LOOM, r__ttl=PREFIXES + _recognising("r3", row), x__sssom__tsv=ROWS)
    assert _errors(known) == [("r.ttl line 8", "not-yours")]


def test_an_own_law_recognises_for_an_own_text() -> None:
    known = _read(own__ttl=PREFIXES + LOOM, r__ttl=PREFIXES + _recognising("r3"), x__sssom__tsv=ROWS)
    assert _errors(known) == []


def test_no_alias_of_ones_own_stands_for_a_criterion_that_comity_ships() -> None:
    table = HEADER + "http://x.example/a,,hive-1-b,false,false,x\nhttp://x.example/b,water,HIVE-1-a,,true,x\n"
    assert _errors(_read(aliases__csv=table)) == [
        ("aliases.csv line 2", "not-yours"),
        ("aliases.csv line 3", "not-yours"),
    ]


def test_an_alias_that_is_but_a_lead_stands() -> None:
    # Citing a whole text counts for none of its criteria.
    assert _errors(_read(aliases__csv=HEADER + "http://x.example/a,,hive-1,true,false,x\n")) == []


SHIPPED = Source("ontology/tables/aliases.csv", (HEADER + "http://x.example/a,,hive-1-b,false,false,x\n").encode())


def _beside_shipped_alias(*brought: Source) -> list[tuple[str, str]]:
    return _errors(assemble([Source(BASE.name, BASE.read_bytes()), SHIPPED, *brought], Problems()))


@pytest.mark.parametrize(
    ("row", "code"),
    [
        # It would come first, and what fails Hive's criterion would mean nothing.
        ("http://x.example/a/,*,,false,false,x", "not-yours"),
        ("http://x.example/a,,,false,false,x", "table-cell"),
    ],
)
def test_what_comity_ships_an_alias_for_means_that(row: str, code: str) -> None:
    brought = Source("aliases.csv", f"{HEADER}{row}\n".encode(), own=False)
    assert _beside_shipped_alias(brought) == [("aliases.csv line 2", code)]


def test_no_own_criterion_takes_an_identifier_that_comity_knows() -> None:
    text = (PREFIXES + LOOM).replace("http://own.example/1/b>", "http://x.example/a>")
    assert _beside_shipped_alias(Source("own.ttl", text.encode(), own=False)) == [("own.ttl line 18", "not-yours")]


def test_a_code_with_another_meaning_is_wrong_where_the_user_wrote_it() -> None:
    # The user's tables are read first, and what Comity ships is not what is wrong.
    ours, own = (f"list,code,token,note\nassessor,self,{token},\n".encode() for token in ("self", "third-party"))
    files = [Source("ontology/tables/codes.csv", ours), Source("codes.csv", own, own=False)]
    known = assemble([Source(BASE.name, BASE.read_bytes()), *files], Problems())
    assert _errors(known) == [("codes.csv line 2", "table-cell")]
    assert known.findings[0].message == "code 'self': it stands for 'self' already."


def test_what_comity_ships_is_refused_by_name(tmp_path: Path) -> None:
    whole = "https://w3id.org/comity/eu-batt/2023-1542/art48-1"
    option = f"own:d a comity:AnyOf ; comity:whole <{whole}> ; comity:option <http://own.example/1/a> .\n"
    (tmp_path / "own.ttl").write_text(PREFIXES + LOOM + option)
    with pytest.raises(KnowledgeError) as raised:
        load([tmp_path])
    assert [f.code for f in raised.value.findings] == ["not-yours"]
    assert raised.value.place.document == (tmp_path / "own.ttl").as_posix()
    assert whole in str(raised.value)
    assert raised.value.findings[0].fix.startswith("State how your text relates to it by mapping rows")


METRIC = 'own:{name} a comity:Metric ; rdfs:label "{name}"@en ; skos:notation "{notation}" .\n'


def test_no_own_metric_takes_the_name_of_one_that_comity_ships() -> None:
    # Rules of Comity name metrics by notation: they would read for the user's what they read for Hive.
    text = PREFIXES + METRIC.format(name="rain", notation="Water")
    assert _errors(_read(own__ttl=text)) == [("own.ttl line 8", "duplicate-notation")]


def test_two_own_editions_may_each_bring_a_metric_of_one_name() -> None:
    both = "".join(METRIC.format(name=name, notation="weight") for name in ("weight-1", "weight-2"))
    assert _errors(_read(own__ttl=PREFIXES + both)) == []
