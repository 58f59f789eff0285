"""Edit cells of a text table with tabs in place: every byte that is not a cell's own stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from comity.model.classes import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it stands.

    :param line: on which it begins, from 1.
    :param cells: as written, quotation marks and all.
    :param end: of its line: a line end, or nothing at the end of the file.
    """

    line: int
    cells: tuple[str, ...]
    end: str


_QUOTED = re.compile(r'"(?:[^"]|"")*"(?=\t|\r?\n|$)')
_PLAIN = re.compile(r"(?:[^\t\r\n]|\r(?!\n))*")
_END = re.compile(r"\r?\n|$")


def records(text: str, line: int = 1) -> Iterator[Record]:
    r"""Take a text apart into rows; put together again they are the text.

    :param line: the number of the first.

    >>> [r.cells for r in records('a\t"b\n""c"\r\n1\t2')]
    [('a', '"b\n""c"'), ('1', '2')]
    """
    at = 0
    while at < len(text):
        start, cells = at, []
        while True:
            found = _QUOTED.match(text, at) or _PLAIN.match(text, at)
            assert found is not None  # the second pattern matches everywhere
            cells.append(found[0])
            at = found.end()
            if not text.startswith("\t", at):
                break
            at += 1
        end = _END.match(text, at)
        assert end is not None  # a cell stops at a tab, a line end or the end
        at = end.end()
        yield Record(line, tuple(cells), end[0])
        line += text.count("\n", start, at)


def edited(text: str, changes: Mapping[int, Mapping[str, str]], line: int = 1) -> str:
    r"""Write other cells into rows; columns that the table lacks follow its last.

    :param text: the table, from its row of names.
    :param changes: line of a row to column to text.
    :param line: the number of the first.

    >>> edited("a\tb\n1\t2\n3\t4\n", {3: {"b": "5", "c": "x"}})
    'a\tb\tc\n1\t2\t\n3\t5\tx\n'
    """
    rows = records(text, line)
    head = next(rows)
    names = [unquoted(cell).strip() for cell in head.cells]
    added = list(dict.fromkeys(c for cells in changes.values() for c, v in cells.items() if c not in names and v))
    out = ["\t".join([*head.cells, *added]) + head.end]
    out += [_row(row, [*names, *added], changes.get(row.line, {}), bool(added)) for row in rows]
    return "".join(out)


def _row(row: Record, names: Sequence[str], change: Mapping[str, str], wider: bool) -> str:
    cells = list(row.cells)
    if (wider or change) and any(cells):
        cells += [""] * (len(names) - len(cells))
    for column, value in change.items():
        if column in names and unquoted(cells[names.index(column)]) != value:
            cells[names.index(column)] = quoted(value)
    return "\t".join(cells) + row.end


def quoted(text: str) -> str:
    r'''Write a cell so that it stays one.

    >>> quoted("plain"), quoted('a "b"')
    ('plain', '"a ""b"""')
    '''
    return '"' + text.replace('"', '""') + '"' if re.search(r'[\t\r\n"]', text) else text


def unquoted(cell: str) -> str:
    """Return what a cell says.

    >>> unquoted('"a ""b"" c"'), unquoted("plain")
    ('a "b" c', 'plain')
    """
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
        return cell[1:-1].replace('""', '"')
    return cell
