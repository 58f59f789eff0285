"""Files that are wrong in one place: a draft all the same, written without a stumble, and never with another's word."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.authoring.exchanging import case

from comity import knowledge
from comity.authoring import exchange
from comity.authoring.draft import Draft
from comity.authoring.exchange import cvc, oscal, svc
from comity.authoring.sssom import write_sssom
from comity.authoring.turtle import write_turtle

KNOWN = knowledge.load()
READERS: dict[str, Callable[[bytes, str], Draft]] = {
    "cvc-released.json": cvc.read,
    "cvc/profile.json": cvc.read,
    "cvc/dust.json": cvc.read,
    "svc.json": svc.read,
    "mapping-collection.json": oscal.read,
}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 1e300, 12.5]),
    st.sampled_from(["", " ", "no address", "https://a.example/ b", "http://[", "a:b", "ü", '"', "x\ny", "{}", "12"]),
    st.sampled_from([[], [[]], [None], [1, "a"], {}, {"id": 3}, {"type": []}, [{"id": "https://a.example/x"}]]),
)


def paths(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in members:
        yield (*at, key)
        yield from paths(inner, (*at, key))


DOCUMENTS = {name: json.loads(case(name)[1]) for name in READERS}
PLACES = {name: list(paths(document)) for name, document in DOCUMENTS.items()}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=50)
@given(data=st.data())
def test_one_odd_value(name: str, data: st.DataObject) -> None:
    document = copy.deepcopy(DOCUMENTS[name])
    *above, last = data.draw(st.sampled_from(PLACES[name]))
    spot = document
    for key in above:
        spot = spot[key]
    spot[last] = data.draw(ODD)
    draft = READERS[name](json.dumps(document).encode(), name)
    write_turtle(draft)
    write_sssom(draft)
    for form, one in exchange.FORMATS.items():
        if form not in ("xlsx", "csv") and draft.kind in one.sorts:
            exchange.write(draft, form, KNOWN)
