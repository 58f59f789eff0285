"""What Comity knows: texts, mappings and markets, read once into frozen types.

:func:`load` reads what the package ships and the user's own files, :func:`resolve` and
:func:`market` find things by the names that people use, :func:`survey` loads in spite of errors.
"""

from comity.knowledge.loader import MappingSets, load, mapping_findings, mapping_sets, survey
from comity.knowledge.names import market, near, requirements_of, resolve

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
