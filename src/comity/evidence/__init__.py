"""Evidence: documents as read and attributed, before anything is judged."""

from comity.evidence.reading import read

__all__ = ["read"]
