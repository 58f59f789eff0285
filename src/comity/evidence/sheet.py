"""stub"""
from __future__ import annotations
from comity.model.evidence import Document, DocumentKind
def is_sheet(content: bytes, name: str) -> bool:
    """Stub."""
    return False
def read(content: bytes, name: str) -> Document:
    """Stub."""
    return Document(name, "", DocumentKind.SHEET)
