"""What authors of schemes and mappings need: checks of what they write, before anybody leans on it."""

from comity.authoring.checking.check import Checked, Contradiction, Exploding, ForcedRows, Sort, check_mappings
from comity.authoring.relating.relate import Related, relate_criteria

__all__ = [
    "Checked",
    "Contradiction",
    "Exploding",
    "ForcedRows",
    "Related",
    "Sort",
    "check_mappings",
    "relate_criteria",
]
