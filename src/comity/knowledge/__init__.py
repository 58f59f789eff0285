"""What Comity knows: texts, mappings and markets, read once into frozen types.

:func:`load` reads what the package ships and the user's own files, :func:`resolve` and
:func:`market` find things by the names that people use, :func:`survey` loads in spite of errors.
"""

from typing import TYPE_CHECKING

from comity.knowledge.names import market, near, requirements_of, resolve
from comity.knowledge.opening import load, survey
from comity.model import lazy

if TYPE_CHECKING:
    from comity.knowledge.loader import MappingSets, mapping_findings, mapping_sets
else:
    __getattr__ = lazy.names(__name__, loader="MappingSets mapping_findings mapping_sets")

__all__ = [
    "MappingSets",
    "load",
    "mapping_findings",
    "mapping_sets",
    "market",
    "near",
    "requirements_of",
    "resolve",
    "survey",
]
