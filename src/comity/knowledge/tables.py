"""The data tables: aliases, metric rules, defaults, derivations and code lists."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from comity.knowledge.problems import Problems
from comity.knowledge.records import truth
from comity.knowledge.sources import TABLES
from comity.knowledge.vocabulary import fold
from comity.model.classes import dataclass
from comity.model.criteria import Dimension, Metric, QualifierValue
from comity.model.knowledge import Alias, AttributeMetric, Derivation, MetricRule, QualifierDefault
from comity.model.mappings import Declined
from comity.model.places import Place
from comity.model.requirements import CaseFact
from comity.model.scales import Basis

UNIT_PARTS = frozenset(("model", "batch", "item", "plant", "year"))
"""Parts of a compound unit that evidence knows by name."""

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a table.

    :param shipped: false for one of the user's own.
    """

    cells: Mapping[str, str]
    place: Place
    problems: Problems
    shipped: bool = True

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, column: str, message: str, fix: str = "", code: str = "table-cell") -> None:
        """Note a problem with one cell."""
        self.problems.add(code, self.place, f"{column} {self[column]!r}: {message}", fix)


@dataclass(frozen=True, slots=True)
class Names:
    """By which names tables point to what the Turtle files describe."""

    by_notation: Mapping[str, str]
    facts: Mapping[str, CaseFact]
    metrics: Mapping[str, Metric]
    dimensions: Mapping[str, Dimension]
    qualifiers: Mapping[str, QualifierValue]

    def metric(self, row: Cells) -> str:
        """Return the IRI of the metric that a row names; empty for none."""
        return self._named(row, "metric", {m.notation: iri for iri, m in self.metrics.items()})

    def dimension(self, row: Cells, name: str) -> str:
        """Return the IRI of a dimension."""
        return self._find(row, "dimension", name, {d.notation: iri for iri, d in self.dimensions.items()})

    def qualifier(self, row: Cells, column: str, dimension: str, name: str) -> str:
        """Return the IRI of a value of a dimension."""
        values = {q.notation: iri for iri, q in self.qualifiers.items() if q.dimension == dimension}
        return self._find(row, column, name, values)

    def _named(self, row: Cells, column: str, among: Mapping[str, str]) -> str:
        return self._find(row, column, row[column], among) if row[column] else ""

    def _find(self, row: Cells, column: str, name: str, among: Mapping[str, str]) -> str:
        if name not in among:
            row.fault(column, f"{name!r} is not described.", f"Known are: {', '.join(sorted(among))}.", "dangling")
        return among.get(name, "")


def read_table(content: bytes, name: str, problems: Problems, *, shipped: bool = True) -> Iterator[Cells]:
    """Yield the rows of a table with their lines; a wrong shape goes to ``problems``."""
    columns = TABLES[name.replace("\\", "/").rpartition("/")[2]]
    try:
        text = io.StringIO(content.decode("utf-8-sig"), newline="")
        tabs = name.endswith(".tsv")
        reader = csv.reader(text, "excel-tab", quoting=csv.QUOTE_NONE) if tabs else csv.reader(text, strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        if missing := [c for c in columns if c not in header]:
            problems.add("table-columns", Place(name, "line 1"), f"There is no column {', '.join(missing)}.")
            return
        if unknown := [c for c in header if c and c not in columns]:
            problems.add("table-unknown", Place(name, "line 1"), f"Nothing reads the column {', '.join(unknown)}.")
        start = reader.line_num + 1
        for cells in reader:
            place, start = Place(name, f"line {start}"), reader.line_num + 1
            if len(cells) > len(header):
                problems.add("table-columns", place, "The row has more cells than there are columns.")
            elif any(cell.strip() for cell in cells):
                yield Cells({c: v.strip() for c, v in zip(header, cells, strict=False)}, place, problems, shipped)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problems.add("not-utf-8", Place(name, f"line {line}"), "The file is not UTF-8.", "Save it as UTF-8.")
    except csv.Error as error:
        problems.add("table-columns", Place(name, f"line {start}"), f"The row cannot be read: {error}.")


def read_aliases(rows: Iterable[Cells], names: Names) -> tuple[Alias, ...]:
    """Read identifiers seen in real documents."""
    return _unique(rows, lambda r: _alias(r, names), lambda a: (a.iri, a.name))


def read_metric_rules(rows: Iterable[Cells], names: Names) -> tuple[MetricRule, ...]:
    """Read the rules that tell our metric, and what a value is of, from a document's metric.

    Rules that look at the name come before those that take an identifier whatever its name.
    """
    rules = _unique(rows, lambda r: _metric_rule(r, names), lambda rule: rule.id)
    return tuple(sorted(rules, key=lambda rule: not rule.name))


def read_defaults(rows: Iterable[Cells], names: Names) -> tuple[QualifierDefault, ...]:
    """Read what an unstated qualifier is taken to be."""
    return _unique(rows, lambda r: _default(r, names), lambda default: default.id)


def read_derivations(rows: Iterable[Cells], names: Names) -> tuple[Derivation, ...]:
    """Read the rules that read facts of a case from documents."""
    return _unique(rows, lambda r: _derivation(r, names), lambda derivation: derivation.id)


def read_attribute_metrics(rows: Iterable[Cells], names: Names) -> tuple[AttributeMetric, ...]:
    """Read which attributes of a subject state a value of a metric."""
    return _unique(rows, lambda r: _attribute_metric(r, names), lambda rule: rule.id)


def read_declined(rows: Iterable[Cells], names: Names) -> tuple[Declined, ...]:
    """Read the pairs that were judged and not mapped; what is no notation of ours names a text that is not held."""
    return _unique(rows, lambda r: _declined(r, names), lambda pair: (pair.subject, pair.object))


def read_codes(rows: Iterable[Cells]) -> Mapping[str, Mapping[str, str]]:
    """Read the code lists: list to folded code to token."""
    lists: dict[str, dict[str, str]] = {}
    firsts: dict[tuple[str, str], Cells] = {}
    for row in rows:
        code = fold(row["code"])
        first = firsts.setdefault((row["list"], code), row)
        if first["token"] != row["token"]:
            wrong, right = _blamed(first, row)
            wrong.fault("code", f"it stands for {right['token']!r} already.", _elsewhere(wrong, right))
        lists.setdefault(row["list"], {}).setdefault(code, row["token"])
    return lists


def _blamed(first: Cells, second: Cells) -> tuple[Cells, Cells]:
    """Return of two rows that cannot both stand the one that is wrong, and the other: what Comity ships is right."""
    return (first, second) if second.shipped and not first.shipped else (second, first)


def _elsewhere(wrong: Cells, right: Cells) -> str:
    where = f"{right.place.document} {right.place.pointer}"
    return f"Comity ships that, {where}: leave it out." if right.shipped and not wrong.shipped else f"See {where}."


def _unique(rows: Iterable[Cells], read: Callable[[Cells], Entry], key: Callable[[Entry], object]) -> tuple[Entry, ...]:
    entries: dict[object, Entry] = {}
    firsts: dict[object, Cells] = {}
    for row in rows:
        entry = read(row)
        first = firsts.setdefault(key(entry), row)
        if first is not row:
            wrong, right = _blamed(first, row)
            column = "id" if "id" in row.cells else "iri"
            wrong.fault(column, "it stands in the tables twice.", _elsewhere(wrong, right))
        entries.setdefault(key(entry), entry)
    return tuple(entries.values())


def _alias(row: Cells, names: Names) -> Alias:
    target = names.by_notation.get(fold(row["target"]), "")
    if row["target"] and not target:
        row.fault("target", "no criterion has this notation.", code="dangling")
    if not row["iri"]:
        row.fault("iri", "it is empty.")
    flags = _flag(row, "document_level"), _flag(row, "permit")
    return Alias(row["iri"], fold(row["name"]), target, *flags, row["reason"])


def _declined(row: Cells, names: Names) -> Declined:
    subject, object_ = (names.by_notation.get(fold(row[end]), row[end]) for end in ("subject", "object"))
    for column in ("subject", "object", "reason"):
        if not row[column]:
            row.fault(column, "it is empty.")
    try:
        basis = Basis(row["basis"])
    except ValueError:
        row.fault("basis", "it is none of the bases.", f"Known are: {', '.join(b.value for b in Basis)}.")
        basis = Basis.NOT_VERIFIED
    try:
        day = date.fromisoformat(row["declined_on"])
    except ValueError:
        row.fault("declined_on", "it is no date.", "Write it as YYYY-MM-DD.")
        day = None
    return Declined(subject, object_, row["reason"], basis, day)


def _flag(row: Cells, column: str) -> bool:
    try:
        return truth(row[column] or "false")
    except ValueError as error:
        row.fault(column, f"{error}.")
        return False


def _pattern(row: Cells, column: str) -> str:
    try:
        re.compile(row[column])
    except re.error as error:
        row.fault(column, f"it is no regular expression: {error}.")
        return "(?!)"
    return row[column]


def _pairs(row: Cells, column: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, (p.strip() for p in row[column].split(";"))):
        name, mark, value = (p.strip() for p in part.partition("="))
        if mark and name and value:
            yield name, value
        else:
            row.fault(column, f"{part!r} is not written name=value.", "Several are parted by semicolons.")


def _qualifiers(row: Cells, names: Names) -> Mapping[str, str]:
    qualifiers = {}
    for dimension_name, value_name in _pairs(row, "qualifiers"):
        dimension = names.dimension(row, dimension_name)
        value = names.qualifier(row, "qualifiers", dimension, value_name) if dimension else ""
        if value:
            qualifiers[dimension] = value
    return qualifiers


def _metric(row: Cells, names: Names) -> str:
    if not row["metric"]:
        row.fault("metric", "it is empty.")
    return names.metric(row)


def _attribute_metric(row: Cells, names: Names) -> AttributeMetric:
    return AttributeMetric(row["id"], row["path"], _metric(row, names), _qualifiers(row, names), row["reason"])


def _metric_rule(row: Cells, names: Names) -> MetricRule:
    if not row["iri"] and not row["name"]:
        row.fault("name", "the rule would match every metric.", "Give an iri or a name.")
    metric = _metric(row, names)
    return MetricRule(row["id"], row["iri"], _pattern(row, "name"), metric, _qualifiers(row, names), row["reason"])


def _default(row: Cells, names: Names) -> QualifierDefault:
    metric, dimension, value = names.metric(row), row["dimension"], row["value"]
    is_part = dimension in UNIT_PARTS and dimension not in {d.notation for d in names.dimensions.values()}
    if not is_part:
        dimension = names.dimension(row, dimension)
        if dimension and not names.dimensions[dimension].assumable:
            row.fault("dimension", "what a value is of is never assumed.", "Read it from the metric by a rule.")
        value = names.qualifier(row, "value", dimension, value) if value and dimension else ""
    return QualifierDefault(row["id"], metric, dimension, value, row["reason"])


def _derivation(row: Cells, names: Names) -> Derivation:
    for fact in (row["fact"], *(name for name, _ in _pairs(row, "when"))):
        if fact not in names.facts:
            row.fault("fact", f"no fact is called {fact!r}.", code="unknown-fact")
    allowed = names.facts[row["fact"]].allowed if row["fact"] in names.facts else ()
    if row["value"] and allowed and row["value"] not in allowed:
        row.fault("value", f"it is none of {', '.join(allowed)}.")
    when = tuple(f"{name}={value}" for name, value in _pairs(row, "when"))
    return Derivation(row["id"], row["fact"], row["path"], _pattern(row, "match"), row["value"], when, row["reason"])
