"""What all tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

CACHE = tempfile.mkdtemp(prefix="comity-tests-")


def pytest_configure() -> None:
    """Keep the snapshots of the knowledge away from those of whoever runs the tests."""
    os.environ["COMITY_CACHE"] = CACHE


def pytest_unconfigure() -> None:
    """Let go of them."""
    shutil.rmtree(CACHE, ignore_errors=True)


settings.register_profile("comity", deadline=None, derandomize=True, database=None)
settings.load_profile("comity")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def untp_documents() -> Path:
    """Other people's UNTP documents, which the checkout does not carry."""
    folder = ROOT.parent / "shared" / "data" / "untp"
    if not folder.is_dir():
        pytest.skip("the UNTP samples and pilot documents are not beside this checkout (../shared/data/untp)")
    return folder
