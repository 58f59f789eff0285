"""Topics: three generations of codes, brought to the slugs of the newest (UNTP conformity topics)."""

from __future__ import annotations

import re

from comity.evidence import tables
from comity.evidence.node import Node


def read(node: Node) -> tuple[str, ...]:
    """Return the topic slugs of a claim, assessment or criterion; a topic never decides anything."""
    found: dict[str, None] = {}
    for topic in node.all("conformityTopic"):
        for slug in slugs(topic.text("id") if topic.is_object else topic.as_text()):
            found[slug] = None
    return tuple(found)


def slugs(text: str) -> tuple[str, ...]:
    """Bring a topic code or IRI to slugs; an old code is broader, and may give several.

    >>> slugs("https://vocabulary.uncefact.org/conformity-topic/water-conservation"), slugs("environment.water")
    (('water-conservation',), ('water-conservation',))
    """
    last = re.split(r"[/#]", text.strip().rstrip("/"))[-1].casefold()
    token = tables.codes("topics").get(last)
    return tuple(token.split()) if token else ((last,) if last else ())
