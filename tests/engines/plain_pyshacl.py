"""What anybody can do with the published files: no Comity, only rdflib, owlrl and pySHACL.

    python plain_pyshacl.py ontology/comity.ttl shapes/markets/eu.ttl evidence.ttl

prints each binding of the evidence graph with the requirement that it is about and whether it conforms.
"""

import sys

import owlrl
import pyshacl
from rdflib import RDF, SH, Graph, Namespace

COMITY = Namespace("https://w3id.org/comity/ns#")


def main(vocabulary: str, shapes: str, evidence: str) -> None:
    published = Graph().parse(shapes, format="turtle")
    data = Graph().parse(evidence, format="turtle").parse(vocabulary, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(data)
    _, report, _ = pyshacl.validate(data, shacl_graph=published)
    failing = set(report.objects(None, SH.focusNode))
    targeted = set(published.objects(None, SH.targetClass))
    for binding in sorted(data.subjects(RDF.type, COMITY.Binding), key=str):
        conforms = binding not in failing and bool(targeted & set(data.objects(binding, RDF.type)))
        print(data.value(binding, COMITY.requirement), binding, str(conforms).lower())


if __name__ == "__main__":
    main(*sys.argv[1:])
