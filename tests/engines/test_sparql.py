"""The dataset that queries are asked of, in the embedded store and on a real server."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode
from tests.stores.servers import free_port, oxigraph

from comity import knowledge as base
from comity.engines import sparql
from comity.engines.queries import Query, catalogue, find
from comity.model.errors import EndpointError, UnknownNameError
from comity.model.evidence import (
    Assessment,
    Citation,
    CitationKind,
    Claim,
    Document,
    DocumentKind,
    Link,
    LinkKind,
    Party,
    Subject,
    Validity,
)
from comity.model.knowledge import Knowledge
from comity.model.mappings import Relation
from comity.model.places import Place
from comity.model.quantities import Quantity, Value
from comity.model.scales import Authority, Basis, Level, ThresholdRole
from comity.stores.embedded import EmbeddedStore
from comity.stores.knowledge import edge_graph
from comity.stores.remote import RemoteStore
from comity.stores.rows import Rows

ON = date(2031, 8, 18)
UNREAD = Basis.NOT_VERIFIED
NS = "https://w3id.org/comity/ns#"
GRAPHS = "https://w3id.org/comity/graph/"
PACK = "product:id:https://maker.example/pack"
PLANT = "facility:id:https://maker.example/plant"
MAKER = Party("https://maker.example", "Maker", frozenset({"organisation:id:https://maker.example"}))


def _subject(key: str, level: Level, place: Place) -> Subject:
    return Subject(key, key.partition(":id:")[2], key.rpartition("/")[2].title(), level, frozenset({key}), place)


def _passport(criterion: str, metric: str, unit: str) -> Document:
    """Make a passport that cites a criterion and states 16 % of a metric."""
    top = Place("passport.json", "/credentialSubject")
    cited = Citation(CitationKind.CRITERION, criterion, "cited", top.at("claim", 0))
    value = Value(top.at("claim", 0, "value"), metric, "share", Quantity(Fraction(16), unit))
    claim = Claim(top.at("claim", 0), "passport.json", "urn:claim", "A claim", PACK, (cited,), (value,), None)
    return Document(
        "passport.json",
        "1" * 64,
        DocumentKind.DPP,
        issuer=MAKER,
        validity=Validity("2031-01-01", "2032-12-31"),
        subjects=(_subject(PACK, Level.MODEL, top), _subject(PLANT, Level.FACILITY, top)),
        links=(Link(LinkKind.PRODUCED_AT, PACK, PLANT, top.at("plant")),),
        claims=(claim,),
    )


def _certificate(criterion: str) -> Document:
    """Make a certificate of somebody whom nobody knows."""
    top = Place("certificate.json", "/credentialSubject")
    cited = Citation(CitationKind.CRITERION, criterion, "cited", top.at("assessment", 0))
    body = Party("https://body.example", "Body", frozenset({"organisation:id:https://body.example"}))
    validity = Validity("2030-01-01", "2031-01-01")
    found = Assessment(
        top.at("assessment", 0), "certificate.json", "urn:found", "A finding", (PACK,), (cited,), True, (), None, body,
        {"assessorLevel": "3rdParty"}, validity,
    )  # fmt: skip
    return Document(
        "certificate.json", "2" * 64, DocumentKind.DCC, issuer=body, validity=validity, assessments=(found,)
    )


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return base.survey()


@pytest.fixture(scope="module")
def documents(knowledge: Knowledge) -> tuple[Document, ...]:
    """A passport and a certificate about limits of the market; whichever they are, the rows must agree."""
    limited = sorted(
        (
            c
            for c in knowledge.criteria.values()
            if c.level.is_product and c.limit and c.limit.role is ThresholdRole.LIMIT and c.limit.value and c.limit.unit
        ),
        key=lambda c: c.iri,
    )
    limit = limited[0].limit
    assert limit is not None
    assert limit.unit is not None
    return _passport(limited[0].iri, limit.metric, limit.unit), _certificate(limited[0].iri)


@pytest.fixture(scope="module")
def store(knowledge: Knowledge, documents: tuple[Document, ...]) -> EmbeddedStore:
    return sparql.dataset(knowledge, documents, on=ON)


@pytest.fixture(scope="module")
def server(store: EmbeddedStore) -> Iterator[RemoteStore]:
    with oxigraph() as address:
        remote = RemoteStore(address)
        sparql.push(store, remote)
        yield remote


def _triples(store: EmbeddedStore, graph: str) -> set[str]:
    return {str(t) for t in store.triples(graph)}


def test_each_file_of_the_ontology_is_a_graph(store: EmbeddedStore, root: Path) -> None:
    files = {str(f.relative_to(root).with_suffix("")) for f in (root / "ontology").rglob("*.ttl")}
    assert {GRAPHS + f for f in files} <= set(store.graphs())


def test_each_mapping_set_is_a_graph_with_all_its_rows(store: EmbeddedStore, knowledge: Knowledge, root: Path) -> None:
    files = {f.name.removesuffix(".sssom.tsv") for f in (root / "mappings").glob("*.sssom.tsv")}
    assert {GRAPHS + "mappings/" + f for f in files} <= set(store.graphs())
    (row,) = store.query(f"SELECT (COUNT(?r) AS ?n) {{ GRAPH ?g {{ ?r a <{NS}MappingRow> }} }}").rows
    assert row[0] is not None
    assert row[0].value == str(len(knowledge.rows)) != "0"


def test_a_lower_authority_never_has_fewer_edges(store: EmbeddedStore) -> None:
    found = [{t for t in _triples(store, edge_graph(a)) if "/graph/edges/" not in t} for a in sorted(Authority)]
    assert all(lower >= higher for lower, higher in itertools.pairwise(found))
    assert len(found[0]) > len(found[-1]) > 0


def test_what_is_disputed_or_unverified_gives_no_edge(knowledge: Knowledge) -> None:
    row = next(r for r in knowledge.rows if r.mask == Relation.COVERS and r.authority is Authority.DRAFT)
    statement = f"<{row.subject}> <{NS}covers> <{row.object}>"
    for changed, expected in ((row, True), (replace(row, disputed=True), False), (replace(row, basis=UNREAD), False)):
        alone = replace(knowledge, rows=(changed,), decompositions=())
        assert (statement in _triples(sparql.dataset(alone, on=ON), edge_graph(Authority.DRAFT))) is expected


def test_nothing_is_without_a_name_and_nothing_is_a_verdict(store: EmbeddedStore) -> None:
    verdicts = {NamedNode(NS + "verdict"), NamedNode(NS + "wouldBe")}
    for graph in store.graphs():
        for triple in store.triples(graph):
            assert BlankNode not in (type(triple.subject), type(triple.object)), graph
            assert triple.predicate not in verdicts
            if isinstance(triple.object, NamedNode) and graph != GRAPHS + "ontology/comity":
                assert not triple.object.value.endswith("Verdict"), triple


def test_the_users_own_knowledge_has_graphs_named_by_content(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(f"<urn:x> a <{NS}Role> .", "utf-8")
    store = sparql.dataset(base.survey([tmp_path]), on=ON, extra=[tmp_path])
    (row,) = store.query(f"SELECT ?g {{ GRAPH ?g {{ <urn:x> a <{NS}Role> }} }}").rows
    assert row[0] is not None
    assert row[0].value.startswith("urn:sha256:")


def test_rows_of_other_vocabularies_are_written_and_what_is_no_iri_is_left_out(knowledge: Knowledge) -> None:
    row = knowledge.rows[0]
    match = "http://www.w3.org/2004/02/skos/core#closeMatch"
    foreign = replace(row, id="x:1", predicate=match, mask=Relation.ANYTHING, lead=True)
    broken = replace(row, id="x:2", subject="https://a.example/no iri")
    store = sparql.dataset(replace(knowledge, rows=(foreign, broken)), on=ON)
    rows = store.query(f"SELECT ?id ?p {{ GRAPH ?g {{ ?r <{NS}row> ?id ; <{NS}predicate> ?p }} }}").rows
    assert [[t.value for t in r if t] for r in rows] == [["x:1", match]]


def test_the_main_query_answers_from_documents_and_knowledge(
    store: EmbeddedStore, knowledge: Knowledge, documents: tuple[Document, ...]
) -> None:
    rule = knowledge.criteria[documents[0].claims[0].citations[0].iri]
    rows = sparql.run(find("does-this-claim-satisfy-that-rule"), [store], {"rule": [rule.notation]})
    by_evidence = {r[2].value: [t.value for t in r if t] for r in rows.rows if r[2]}
    assert by_evidence["A finding"][-1] == "not valid"
    assert by_evidence["A claim"][7] == "value 16"
    assert by_evidence["A claim"][9] == "1"


@pytest.mark.parametrize("query", catalogue(), ids=lambda q: q.name)
def test_a_server_answers_as_the_embedded_store(query: Query, store: EmbeddedStore, server: RemoteStore) -> None:
    assert sparql.run(query, [server]) == sparql.run(query, [store])


def test_most_queries_find_something_on_the_server(server: RemoteStore) -> None:
    answered = [q.name for q in catalogue() if sparql.run(q, [server]).rows]
    assert len(answered) >= 10, answered


def test_pushing_twice_changes_nothing(store: EmbeddedStore, server: RemoteStore) -> None:
    count = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    before = server.query(count)
    assert sparql.push(store, server) == store.graphs()
    assert server.query(count) == before == store.query(count)


def test_two_servers_are_asked_and_rows_kept_once(knowledge: Knowledge, documents: tuple[Document, ...]) -> None:
    whole = sparql.dataset(knowledge, documents, on=ON)
    query = find("expired-evidence")
    asked = {"on": ["2033-01-01"]}
    with oxigraph() as first, oxigraph() as second:
        servers = [RemoteStore(first), RemoteStore(second)]
        for remote, held in zip(servers, ((documents[0], documents[1]), (documents[1],)), strict=True):
            sparql.push(sparql.dataset(knowledge, held, on=ON), remote)
        merged = sparql.run(query, servers, asked)
        assert sparql.run(query, servers[::-1], asked) == merged
    assert merged.rows == sparql.run(query, [whole], asked).rows
    assert len(merged.rows) == 2


def test_one_server_that_fails_is_named(server: RemoteStore) -> None:
    gone = RemoteStore(f"http://127.0.0.1:{free_port()}")
    with pytest.raises(EndpointError, match=gone.name):
        sparql.run(find("rows-to-review"), [server, gone])


def test_names_that_users_know_are_resolved(knowledge: Knowledge) -> None:
    version = next(iter(knowledge.schemes.values()))
    criterion = next(iter(knowledge.criteria.values()))
    main, rest = find("does-this-claim-satisfy-that-rule"), find("doubtful-records")
    assert sparql.resolve(main, {"rule": [criterion.iri]}, knowledge) == {"rule": (criterion.notation,)}
    assert sparql.resolve(rest, {"version": [version.iri]}, knowledge) == {"version": (version.notation,)}
    for query, given in ((main, {"rule": ["no-such-rule"]}), (rest, {"version": ["no-such-version"]})):
        with pytest.raises(UnknownNameError):
            sparql.resolve(query, given, knowledge)


def test_the_day_judged_is_given_where_it_is_asked_for() -> None:
    query = find("expired-evidence")
    assert sparql.on_day(query, {}, ON) == {"on": ("2031-08-18",)}
    assert sparql.on_day(query, {"on": ["2030-01-01"]}, ON) == {"on": ["2030-01-01"]}
    assert sparql.on_day(find("rows-to-review"), {}, ON) == {}


def test_defaults_name_what_exists(knowledge: Knowledge) -> None:
    for query in catalogue():
        defaults = {
            p.name: [d.partition("^^")[0].strip('"') for d in p.defaults if d != "UNDEF"] for p in query.parameters
        }
        given = {name: values for name, values in defaults.items() if values}
        assert sparql.resolve(query, given, knowledge) == {n: tuple(v) for n, v in given.items()}, query.name


def test_an_own_query_runs_on_it(store: EmbeddedStore, tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_text('ASK { VALUES ?n { "eu" } GRAPH ?g { ?m <urn:nothing> ?n } }', "utf-8")
    assert sparql.run(find(str(tmp_path / "own.rq")), [store]) == Rows.answer(False)
