"""stub"""
from __future__ import annotations
from comity.evidence.detect import Credential
from comity.evidence.notes import Notes
def check(one: object, credential: Credential, notes: Notes) -> None:
    """Stub."""
