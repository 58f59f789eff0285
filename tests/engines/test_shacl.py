"""The adapter of rdflib, owlrl and pySHACL keeps their traps to itself."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
import pyshacl
import pytest
import rdflib
from pyshacl.errors import ShapeLoadError
from rdflib import OWL, Graph, URIRef

from comity.engines import shacl
from comity.model.errors import KnowledgeError

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <urn:e:> .\n"


def shapes(text: str) -> Graph:
    return shacl.parse((PREFIXES + text).encode())


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(PREFIXES + "\ne:a sh:path .\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"bad\.ttl line 3: it is not Turtle"):
        shacl.read([tmp_path / "bad.ttl"])


def test_literals_are_still_normalised_after_shapes_that_pyshacl_refuses() -> None:
    """pySHACL leaves the switch off for the whole process when it fails on shapes."""
    bad = shapes("e:s a sh:NodeShape ; sh:targetNode e:x ; sh:property e:p . e:p sh:path 3 .")
    with pytest.raises(ShapeLoadError):
        shacl.validate(Graph(), bad)
    assert rdflib.NORMALIZE_LITERALS
    assert str(rdflib.Literal("01", datatype=rdflib.XSD.integer)) == "1"


def test_a_syntax_error_never_reaches_pyshacl(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pyshacl, "validate", None)
    with pytest.raises(SyntaxError):
        shapes("e:s a sh:NodeShape ; .. ")
    assert rdflib.NORMALIZE_LITERALS


@pytest.mark.parametrize(("language", "message"), [("en", "one"), ("de", "eins"), ("fr", "one")])
def test_a_message_is_chosen_by_its_language(language: str, message: str) -> None:
    """pySHACL prints all languages, in no fixed order. English stands before others where the one asked lacks."""
    one = shapes(
        'e:s a sh:PropertyShape ; sh:targetNode e:x ; sh:path e:p ; sh:minCount 1 ; sh:message "eins"@de, "one"@en .'
    )
    (found,) = shacl.validate(shapes("e:x e:q 1 ."), one, language)
    assert found.message == message


def test_results_come_in_a_stable_order() -> None:
    many = "".join(
        f"e:s{n} a sh:PropertyShape ; sh:targetNode e:x, e:y ; sh:path e:p ; sh:minCount 1 .\n" for n in range(4)
    )
    found = shacl.validate(Graph(), shapes(many))
    assert [(v.focus, v.shape) for v in found] == [(f"urn:e:{f}", f"urn:e:s{n}") for f in "xy" for n in range(4)]


def test_without_the_same_as_nothing_is_lost_by_leaving_equality_out() -> None:
    """The rules eq-* are left out for speed; where something is the same as something, they run."""
    given = "e:a e:p e:b . e:p <http://www.w3.org/2002/07/owl#inverseOf> e:q . "
    assert (URIRef("urn:e:b"), URIRef("urn:e:q"), URIRef("urn:e:a")) in shacl.expand(shapes(given))
    same = shacl.expand(shapes(given + f"e:b <{OWL.sameAs}> e:c ."))
    assert (URIRef("urn:e:c"), URIRef("urn:e:q"), URIRef("urn:e:a")) in same


def test_every_term_of_rdf_is_carried_over() -> None:
    text = b'<urn:a> <urn:p> "x"@en, "1"^^<http://www.w3.org/2001/XMLSchema#integer>, <urn:b>, _:c .'
    expected = Graph().parse(text, format="turtle")
    assert shacl.parse(text).isomorphic(expected)


def test_what_is_no_term_of_rdf_1_1_is_refused() -> None:
    inner = pyoxigraph.Triple(
        pyoxigraph.NamedNode("urn:a"), pyoxigraph.NamedNode("urn:b"), pyoxigraph.NamedNode("urn:c")
    )
    outer = pyoxigraph.Triple(pyoxigraph.NamedNode("urn:a"), pyoxigraph.NamedNode("urn:b"), inner)
    with pytest.raises(TypeError, match="no RDF 1.1 term"):
        shacl.graph([outer])


def test_imports_of_shapes_are_not_followed() -> None:
    """The address refuses connections: following it would be an error."""
    text = "<urn:o> a owl:Ontology ; owl:imports <http://127.0.0.1:9/x> . e:s a sh:NodeShape ; sh:targetNode e:x ."
    assert shacl.validate(Graph(), shapes(f"@prefix owl: <{OWL}> . {text}")) == ()
