"""What can be wrong with an author's table; ``comity explain CODE`` prints a code's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from comity.authoring.checking import check
from comity.authoring.draft import CellFinding
from comity.knowledge import problems
from comity.model.places import Place, Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES: Mapping[str, tuple[Severity, str]] = {
    "other-encoding": (_W, "A text table is not UTF-8; how it is read was guessed."),
    "other-separator": (_I, "The columns of a text table are separated by another sign than its name suggests."),
    "no-headings": (_E, "A table has no row of headings that Comity knows."),
    "sheet-passed-over": (_I, "A sheet is no table of criteria or mappings and was not read."),
    "column-missing": (_E, "A table lacks a column without which its rows say nothing."),
    "column-twice": (_E, "Two columns have one meaning; which of them counts cannot be told."),
    "unknown-column": (_W, "A heading is none that Comity knows."),
    "cell-without-column": (_E, "A row has more cells than there are headings."),
    "cell-empty": (_E, "A cell is empty without which the row says nothing."),
    "cell-formula": (_E, "A formula in the spreadsheet has failed, and its error stands in the cell."),
    "cell-garbled": (_W, "Letters were garbled when the table was saved in one encoding and read in another."),
    "id-mangled": (_E, "The spreadsheet has turned an identifier into a date or a number."),
    "id-number": (_W, "The spreadsheet holds an identifier as a number: zeros at its end are lost."),
    "id-look-alike": (
        _I,
        "An identifier holds signs that only look like those of a keyboard, such as a hyphen that does not break; it "
        "is read as if it held those.",
    ),
    "id-twice": (_E, "Two criteria have one number."),
    "iri-twice": (_E, "Two criteria have one address: they would become one criterion."),
    "row-id": (_E, "The id of a mapping row holds a blank, or a sign that no identifier has."),
    "another-edition": (_W, "A row names a criterion of another edition than its file says that it is about."),
    "no-author": (_W, "Mapping rows name no author: nobody stands behind them, and nobody can be asked."),
    "date-ahead": (_W, "A mapping row was stated on a day that has not come yet."),
    "address-of-another": (_E, "An edition or a criterion is given the address of another one that Comity knows."),
    "address-within": (_W, "The address of an edition lies within that of another one that Comity knows."),
    "short-name": (_E, "The short name of an edition holds a blank, and is taken for two names."),
    "number-blank": (_W, "The number of a criterion holds a blank, and so do its short name and its address."),
    "no-address": (_W, "A source looks like an address on the web and is none: nobody can follow it."),
    "no-identifier": (_W, "A name stands where an identifier is needed by which somebody who signs is known."),
    "unknown-state": (_W, "The state of an edition is none that Comity knows."),
    "unit-of-another": (_E, "A unit measures something else than the metric whose value it is of."),
    "percent-shown": (_I, "A cell shows a number as a percentage, and holds a hundredth of it; what is seen is read."),
    "limits-exclude": (_W, "Two limits of one criterion exclude each other: no value meets them both."),
    "iri": (_E, "What must be an address on the web is none."),
    "name-differs": (_W, "The name beside an identifier is not that of the criterion."),
    "relation-open": (_I, "A row has no relation yet; it says nothing and is not carried."),
    "relation-ambiguous": (_E, "A relation is named by a word that people read in two ways."),
    "relation-read": (_I, "A relation was named in other words; the table of relations says how they are read."),
    "dates-swapped": (_E, "A period ends before it begins."),
    "reviewed-by-author": (_W, "The reviewer of a row is its author."),
    "reviewed-by-nobody": (_W, "A row claims to be reviewed and names no reviewer."),
    "kinds-differ": (
        _W,
        "Criteria of different kinds are never equal: to disclose, to have a policy and to do differ.",
    ),
    "levels-differ": (_W, "A row guarantees a criterion that is asked of another level of things."),
    "edition-known": (_I, "A table describes an edition that Comity knows already."),
    "root-added": (_I, "An edition had no criterion for the whole of it; one was added."),
    "metric-own": (_I, "A metric is none that Comity knows, and is declared as the author's own."),
    "part-of-nothing": (_E, "A criterion is part of one that the table does not have."),
    "part-of-itself": (_E, "Criteria are part of each other in a circle."),
    "set-unnamed": (_I, "A mapping set has no address, licence or scheme of its own yet."),
    "not-carried": (_W, "Something of the file has no place in the format that it is written in."),
    "not-mapped": (_I, "A criterion of the object scheme has no row."),
}
"""The codes of what is found in a table, beside those of the knowledge."""


def fault(
    code: str,
    place: Place,
    message: str,
    fix: str = "",
    *,
    column: str = "",
    value: str = "",
    allowed: Iterable[str] = (),
) -> CellFinding:
    """Note a problem; its severity comes from :data:`RULES`."""
    rule = RULES.get(code) or problems.RULES.get(code) or check.RULES.get(code)
    severity = rule[0] if rule else Severity.ERROR
    return CellFinding(code, severity, place, message, fix, column, value, tuple(allowed))
