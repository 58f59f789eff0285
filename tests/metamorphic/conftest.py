"""Sets of documents with their knowledge, read once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.metamorphic.sets import SETS, Bench, Set

from comity.knowledge import load
from comity.model.knowledge import Knowledge

Open = Callable[[str], Bench]


@pytest.fixture(scope="session")
def shipped() -> Knowledge:
    """The knowledge that Comity ships."""
    return load()


@pytest.fixture(scope="session")
def open_set(shipped: Knowledge) -> Open:
    """Open a set by its name; skip the test where other people's documents are absent."""
    known: dict[str, Bench] = {}

    def opened(name: str) -> Bench:
        if name not in known:
            known[name] = Bench.of_set(_found(name), shipped)
        return known[name]

    return opened


def _found(name: str) -> Set:
    (found,) = [s for s in SETS if s.name == name]
    if not found.here:
        pytest.skip("the UNTP samples and pilot documents are not beside this checkout (../shared/data/untp)")
    return found
