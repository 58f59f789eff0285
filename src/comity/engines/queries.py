"""Queries as files: what their headers say, and how parameters are put in.

A query is a ``.rq`` file that runs unchanged in any client. Comments at its top say what it is::

    # title: Requirements without evidence
    # question: Which requirements of a market does nothing in the documents bear on?
    # audience: exporters
    # parameter market (market): the market, by its notation
    # column requirement: notation of the requirement
    # covers: which parts of the meaning the answer rests on
    # leaves out: which it does not

and each parameter is a ``VALUES ?market { "a" }`` block whose content is replaced by what the user gives. In a
query without a header every such block of one variable is a parameter.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.abc import Traversable
from importlib.resources import files
from pathlib import Path

from comity.model.classes import dataclass
from comity.model.errors import QueryError, UnknownNameError
from comity.model.scales import Authority

_FIELD = re.compile(
    r"#\s*(title|question|audience|covers|leaves out|(?:parameter|column)\s+\w+(?:\s*\(\w+\))?):\s*(.*)"
)
_MORE = re.compile(r"#\s{2,}(\S.*)")
_NAMED = re.compile(r"(parameter|column)\s+(\w+)(?:\s*\((\w+)\))?")
_VALUES = re.compile(r"^([ \t]*VALUES\s+\?(\w+)\s*\{)([^{}]*)(\})", re.MULTILINE | re.IGNORECASE)
_TERM = re.compile(r"""("(?:[^"\\\n]|\\.)*")(@[\w-]+|\^\^\S+)?|(<[^<>\s]*>)|([^\s"<>]+)""")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query.

    :param kind: what its values name: ``rule``, ``market``, ``version``, ``authority``, ``date`` or ``text``.
    :param defaults: the terms in its block, as written; ``UNDEF`` stands for "any".
    """

    name: str
    kind: str
    description: str
    defaults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query and what its header says.

    :param name: its file without ending; the name on the command line.
    :param covers: which parts of the meaning the answer rests on.
    :param leaves_out: which parts it does not compute.
    """

    name: str
    text: str
    title: str = ""
    question: str = ""
    audience: str = ""
    covers: str = ""
    leaves_out: str = ""
    parameters: tuple[Parameter, ...] = ()
    columns: tuple[Column, ...] = ()

    def parameter(self, name: str) -> Parameter:
        """Return a parameter.

        :raises UnknownNameError: when the query has none of that name.
        """
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        near = difflib.get_close_matches(name, [p.name for p in self.parameters], 3, 0.4)
        raise UnknownNameError(f"parameter of {self.name}", name, near)

    def bind(self, given: Mapping[str, Sequence[str]]) -> str:
        """Put values in the place of defaults.

        :param given: parameter to its values; the row set is that of any of them.
        :returns: the text to run.
        :raises UnknownNameError: for a parameter that the query does not have.
        :raises QueryError: for a value that its parameter cannot take.
        """
        blocks = {name: self._block(self.parameter(name), values) for name, values in given.items()}
        return _VALUES.sub(lambda m: f"{m[1]} {blocks[m[2]]} {m[4]}" if m[2] in blocks else m[0], self.text)

    def _block(self, parameter: Parameter, values: Sequence[str]) -> str:
        if not values:
            raise QueryError(f"the parameter {parameter.name} has no value.", f"Write -p {parameter.name}=VALUE.")
        model = next((d for d in parameter.defaults if d != "UNDEF"), '""')
        return " ".join(_term(parameter, model, value) for value in values)


def parse(name: str, text: str) -> Query:
    r"""Read a query and its header; a query without a header is one whose columns nobody described.

    >>> query = parse("all", '# title: All\nSELECT * { VALUES ?s { <urn:a> } ?s ?p ?o }')
    >>> query.title, query.parameters
    ('All', ())
    >>> parse("some", 'SELECT * {\n  VALUES ?s { <urn:a> }\n  ?s ?p ?o }').parameters[0].defaults
    ('<urn:a>',)
    """
    fields = dict(_fields(text))
    described = {(m[1], m[2]): (m[3] or "text", value) for f, value in fields.items() if (m := _NAMED.fullmatch(f))}
    parameters = []
    for match in _VALUES.finditer(text):
        if fields and ("parameter", match[2]) not in described:
            continue
        kind, description = described.get(("parameter", match[2]), ("text", ""))
        defaults = tuple(m[0] for m in _TERM.finditer(match[3]))
        parameters.append(Parameter(match[2], kind, description, defaults))
    columns = tuple(Column(n, description) for (what, n), (_, description) in described.items() if what == "column")
    plain = {word: fields.get(word, "") for word in ("title", "question", "audience", "covers")}
    left = fields.get("leaves out", "")
    return Query(name, text, **plain, leaves_out=left, parameters=tuple(parameters), columns=columns)


def catalogue() -> tuple[Query, ...]:
    """Read the queries that Comity ships, by audience and name."""
    folder = files("comity") / "data" / "queries"
    found = [parse(f.name.removesuffix(".rq"), f.read_text("utf-8")) for f in _files(folder)]
    return tuple(sorted(found, key=lambda q: (q.audience, q.name)))


def find(name: str, known: Iterable[Query] | None = None) -> Query:
    """Find a query of the catalogue, or read the user's own file.

    :param name: name of a query, or path of a ``.rq`` file.
    :raises UnknownNameError: when there is neither; with the nearest names.
    :raises QueryError: when the file cannot be read.
    """
    queries = {q.name: q for q in (catalogue() if known is None else known)}
    path = Path(name)
    if name in queries:
        return queries[name]
    if path.suffix == ".rq" or path.is_file():
        return _own(path)
    folded = name.casefold().replace("_", "-").replace(" ", "-")
    near = difflib.get_close_matches(folded, queries, 3, 0.5) or [n for n in queries if folded in n][:3]
    raise UnknownNameError("query", name, near)


def _own(path: Path) -> Query:
    try:
        return parse(path.stem, path.read_text("utf-8-sig"))
    except OSError as error:
        raise QueryError(f"the query {path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise QueryError(f"the query {path} is not UTF-8.") from None


def _files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir():
            yield from _files(entry)
        elif entry.name.endswith(".rq"):
            yield entry


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """Read the comments at the top: one field each, further lines of a field indented."""
    name, value = "", ""
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        if match := _FIELD.fullmatch(line):
            if name:
                yield name, value
            name, value = match[1], match[2].strip()
        elif name and (more := _MORE.fullmatch(line)):
            value = f"{value} {more[1].strip()}".strip()
    if name:
        yield name, value


def _term(parameter: Parameter, model: str, value: str) -> str:
    """Write a value as a term of the sort that the default is."""
    if check := _CHECKS.get(parameter.kind):
        check(value)
    if model.startswith("<"):
        if re.search(r'[\x00-\x20<>"{}|^`\\]', value) or ":" not in value:
            raise QueryError(f"{parameter.name}={value!r} is not an IRI.")
        return f"<{value}>"
    if model.startswith('"'):
        escaped = "".join(_ESCAPES.get(c, c) for c in value)
        return f'"{escaped}"{model[model.rindex(chr(34)) + 1 :]}'
    try:
        Decimal(value)
    except InvalidOperation:
        raise QueryError(f"{parameter.name}={value!r} is not a number.") from None
    return value


def _check_date(value: str) -> None:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError(value)
        date.fromisoformat(value)
    except ValueError:
        raise QueryError(f"{value!r} is not a day of the calendar.", "Write it as YYYY-MM-DD.") from None


def _check_authority(value: str) -> None:
    try:
        Authority.of(value)
    except ValueError as error:
        raise QueryError(f"{error}.") from None


_CHECKS: Mapping[str, Callable[[str], object]] = {"date": _check_date, "authority": _check_authority}
