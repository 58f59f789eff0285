"""What Comity knows: texts, mappings and markets, read once into frozen types.

:func:`load` reads what the package ships and the user's own files, :func:`resolve` and
:func:`market` find things by the names that people use, :func:`survey` loads in spite of errors.
"""

from comity.knowledge.loader import load, mapping_findings, survey
from comity.knowledge.names import market, near, requirements_of, resolve

__all__ = ["load", "mapping_findings", "market", "near", "requirements_of", "resolve", "survey"]
