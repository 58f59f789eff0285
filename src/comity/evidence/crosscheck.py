"""stub"""
from __future__ import annotations
from collections.abc import Sequence
from comity.evidence.detect import Credential
from comity.model.evidence import Document
def run(found: Sequence[tuple[Document, Credential | None]]) -> list[Document]:
    """Stub."""
    return [d for d, _ in found]
