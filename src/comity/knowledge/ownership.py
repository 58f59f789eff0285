"""What a file of the user's own may not say of what Comity ships.

An edition's structure, a market's rules, what its law recognises and what stands for its criteria have no author and
no authority: they are as true as the text that they are read from. So each comes from the files that describe the
edition or the market. What somebody else holds of it is a mapping row, which is signed and weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from comity.knowledge.graph import Graph
from comity.knowledge.records import Record
from comity.knowledge.schemes import Schemes
from comity.knowledge.tables import Cells
from comity.knowledge.vocabulary import NOTATION, NS, fold
from comity.model.mappings import Relation, Row

CODE = "not-yours"

_ROWS = "State how your text relates to it by mapping rows: a row has an author and an authority."
_MARKET = "Describe a market of your own; its requirements may name any criterion."

CLOSED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "Criterion": (("inVersion",), f"Describe an edition of your own. {_ROWS}"),
    "Decomposition": (("whole", "part"), _ROWS),
    "AnyOf": (("whole", "option"), _ROWS),
    "Requirement": (("market",), _MARKET),
    "MarketNote": (("market",), _MARKET),
    "LegalEffect": (("appliesTo",), _ROWS),
}
"""Type to the properties by which its records become part of what they name, and to what may be done instead."""

_EQUAL = (
    "Write a mapping row from this identifier to the criterion: it has an author and an authority. "
    "As a lead, on which no verdict rests, it may stand here with document_level true."
)


def check(graph: Graph, rows: Iterable[Row]) -> None:
    """Report what files of the user's own say of editions and markets that Comity ships."""
    brought = [record for record in graph.records.values() if not record.shipped]
    by_id = {row.id: row for row in rows} if any(record.sort == "Recognition" for record in brought) else {}
    for record in brought:
        properties, fix = CLOSED.get(record.sort, ((), ""))
        for name in properties:
            for iri in filter(graph.ships, record.iris(NS + name)):
                message = f"comity:{name} names <{iri}>, which Comity ships: a file of your own adds nothing to it."
                record.fault(CODE, NS + name, message, fix, iri.rpartition("/")[2])
        if record.sort == "Recognition":
            _check_recognition(graph, record, by_id)


def check_aliases(graph: Graph, rows: Sequence[Cells], schemes: Schemes) -> None:
    """Report aliases of what names a criterion itself, and aliases of the user's own for what Comity ships.

    :param rows: of the tables of aliases.
    """
    criteria = {_trim(iri): iri for iri in schemes.criteria}
    shipped = {_trim(row["iri"]): row for row in rows if row.shipped}
    for row in rows:
        named = _trim(row["iri"])
        meant = criteria.get(named) or schemes.by_notation.get(fold(named), "")
        if meant:
            _refuse_name(graph, row, meant)
        elif not row.shipped:
            _check_alias(graph, row, shipped.get(named), schemes.by_notation.get(fold(row["target"]), ""))


def _refuse_name(graph: Graph, row: Cells, meant: str) -> None:
    """Report an alias and a criterion that have one name, at the one that the user brought."""
    if row.shipped and not graph.ships(meant):
        record = graph.records[meant]
        predicate = "" if _trim(meant) == _trim(row["iri"]) else NOTATION
        message = f"{row['iri']} stands for something already: {_where(row)}, which Comity ships."
        record.fault(CODE, predicate, message, "Name it otherwise.")
    else:
        row.fault("iri", f"it names <{meant}> itself, which no alias changes.", "Leave the row out.")


def _check_alias(graph: Graph, row: Cells, shipped: Cells | None, target: str) -> None:
    if shipped is not None and row["name"] != shipped["name"]:
        row.fault("iri", f"{_where(shipped)}, which Comity ships, says what it means.", "Leave the row out.", CODE)
    elif graph.ships(target) and row["document_level"].casefold() != "true":
        message = f"{row['target']} is what Comity ships, and nobody's authority stands behind an alias."
        row.fault("iri", message, _EQUAL, CODE)


def _check_recognition(graph: Graph, record: Record, rows: Mapping[str, Row]) -> None:
    for name in record.texts(NS + "row"):
        row = rows.get(name)
        if row is not None and _tells_of_shipped(graph, row):
            message = (
                f"row {name} is about meeting what Comity ships; only what Comity ships says what recognises that."
            )
            fix = "Leave the row out of it: the row counts by who signed it."
            record.fault(CODE, NS + "row", message, fix, name)


def _tells_of_shipped(graph: Graph, row: Row) -> bool:
    """Tell whether a row says what meets a criterion that Comity ships, as it stands or read from right to left."""
    back = not row.mask & ~Relation.COVERED_BY
    return graph.ships(row.object) or (back and graph.ships(row.subject))


def _where(row: Cells) -> str:
    return f"{row.place.document} {row.place.pointer}"


def _trim(iri: str) -> str:
    return iri.strip().rstrip("/")
