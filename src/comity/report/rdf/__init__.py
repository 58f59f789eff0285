"""The report as RDF: verdicts, proofs and their steps, as Turtle in one fixed order.

Its nodes are named by the hash of the report's JSON form and by the places there (``urn:sha256:…#/requirements/0``),
so that one answer has one set of names, two answers share none, and each node leads to the JSON that it was made
from. Evidence is named by its place in its document, as in the evidence graph.
"""

from comity.report.rdf.judgements import answers_as_turtle, as_turtle

__all__ = ["answers_as_turtle", "as_turtle"]
