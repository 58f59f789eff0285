"""Reports: one result object, written for people and for programs.

:data:`REPORTERS` feeds the choices of ``--format``; :func:`as_json` gives the shape that
``report.schema.json`` describes. :mod:`comity.report.rdf` writes RDF.
"""

from typing import TYPE_CHECKING

from comity.model import lazy

if TYPE_CHECKING:
    from comity.report.answer import answers_as_text
    from comity.report.heading import own_files
    from comity.report.long import as_long
    from comity.report.matrix import as_matrix
    from comity.report.plain import answers_as_json, as_json, as_text, proof_as_json, summary
    from comity.report.reporters import COLOURED, EXTENSIONS, REPORTERS, Reporter, schema
    from comity.report.rows import as_csv
    from comity.report.table import as_table
else:
    __getattr__ = lazy.names(
        __name__,
        answer="answers_as_text",
        heading="own_files",
        long="as_long",
        matrix="as_matrix",
        plain="answers_as_json as_json as_text proof_as_json summary",
        reporters="COLOURED EXTENSIONS REPORTERS Reporter schema",
        rows="as_csv",
        table="as_table",
    )

__all__ = [
    "COLOURED",
    "EXTENSIONS",
    "REPORTERS",
    "Reporter",
    "answers_as_json",
    "answers_as_text",
    "as_csv",
    "as_json",
    "as_long",
    "as_matrix",
    "as_table",
    "as_text",
    "own_files",
    "proof_as_json",
    "schema",
    "summary",
]
