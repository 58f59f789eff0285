"""Rows of claim sheets that cite what nothing is called by: a slip of the pen must not pass for silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from comity.judgement.resolve import How, Resolver
from comity.judgement.values import read
from comity.judgement.world import World
from comity.model.evidence import Assessment, CitationKind, Claim, DocumentKind
from comity.model.knowledge import Knowledge
from comity.model.places import Finding, Severity

UNKNOWN = "unknown-criterion"


def findings(world: World, knowledge: Knowledge, resolver: Resolver) -> Iterator[Finding]:
    """Report the criteria that sheets name and nobody knows, with the names that are near.

    A name that is a metric is none of them: one column may hold either.
    """
    from comity.knowledge.names import near

    notations: Mapping[str, str] = knowledge.by_notation

    @cache
    def hint(text: str) -> str:
        """Say which names are near; of an address nobody can tell."""
        found = near(text, notations) if "://" not in text else []
        return f"Did you mean {' or '.join(found)}?" if found else "Write the notation or IRI of a criterion."

    for document in world.documents:
        said: tuple[Claim | Assessment, ...] = (*document.claims, *document.assessments)
        for item in said if document.kind is DocumentKind.SHEET else ():
            for value in item.values:
                if value.name and read(value, knowledge) is None:
                    message = f"It is not known what {value.name!r} measures: the value says nothing of any rule."
                    fix = "Write a metric that Comity knows, and what it is of in the columns material and substance."
                    yield Finding("unknown-metric", Severity.WARNING, value.place, message, fix)
                for dimension, stated in value.qualifiers.items():
                    if dimension in knowledge.dimensions and stated not in knowledge.qualifiers:
                        column, word = (iri.rpartition("/")[2] for iri in (dimension, stated))
                        known = [v.notation for v in knowledge.qualifiers.values() if v.dimension == dimension]
                        fix = f"Did you mean {' or '.join(near(word, known))}?" if near(word, known) else ""
                        message = f"{word!r} is no {column} that Comity knows: no limit is about it."
                        yield Finding("unknown-qualifier", Severity.WARNING, value.place, message, fix)
            measured = any(read(value, knowledge) is not None for value in item.values)
            for citation in item.citations:
                alone = citation.kind is not CitationKind.CRITERION or resolver.meaning(citation).how is not How.UNKNOWN
                if alone or (measured and any(citation.iri == value.name for value in item.values)):
                    continue
                message = f"No criterion is called {citation.iri!r}: by it, the row says nothing of any rule."
                yield Finding(UNKNOWN, Severity.WARNING, citation.place, message, hint(citation.iri))
