"""What can be said of files in the formats of others; ``comity explain CODE`` prints a code's page."""

from __future__ import annotations

from collections.abc import Mapping

from comity.model.places import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES: Mapping[str, tuple[Severity, str]] = {
    "no-vocabulary": (_E, "A file holds nothing of the format that it seems to have."),
    "passed-over": (_W, "A file beside vocabularies holds no criteria and is not read."),
    "no-edition": (_W, "Criteria belong to no edition: what they are a part of was not among the files."),
    "no-address": (_W, "What a format identifies is named by no address on the web; a name of ours stands for it."),
    "only-named": (_I, "A profile or criterion is named in a vocabulary, and described in none of the files."),
    "same-id": (_W, "One identifier stands for two criteria of a vocabulary."),
    "threshold-no-number": (_I, "A threshold is a score or level and no number; nothing is held against it."),
    "kind-assumed": (_W, "A format does not say what kind of obligation a criterion is, and a kind was assumed."),
    "level-assumed": (_W, "A format does not say of what a criterion is asked, and a level was assumed."),
    "assumed": (_W, "A format must have what Comity does not know; what is written for it is an assumption."),
    "needed": (_E, "A format must have what Comity does not know; the file is not valid without it."),
}
"""The codes of reading and writing other formats, beside those of tables."""
