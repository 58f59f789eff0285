"""The knowledge that tests read, opened once."""

from __future__ import annotations

import pytest

from comity.knowledge import load
from comity.model.knowledge import Knowledge


@pytest.fixture(scope="session")
def known() -> Knowledge:
    """The knowledge that Comity ships."""
    return load()
