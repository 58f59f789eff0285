"""What authors of schemes and mappings need: checks of what they write, before anybody leans on it."""

from comity.authoring.check import Checked, Contradiction, ForcedRows, Sort, check_mappings

__all__ = ["Checked", "Contradiction", "ForcedRows", "Sort", "check_mappings"]
