"""Formats of others: what is read from them, what is written in them, and what they cannot carry.

:func:`recognise` tells which format a file has, :func:`read_all` reads files as drafts, :func:`write` writes one.
Tables and mapping sets in SSSOM TSV are read by :mod:`comity.authoring.sheets.reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from types import ModuleType

from comity.authoring.draft import Draft
from comity.authoring.exchange.written import Losses, Written
from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge

Source = tuple[str, bytes]
"""Name and content of a file."""


@dataclass(frozen=True, slots=True)
class Read:
    """A draft, and the files that it was read from: a vocabulary may lie in several."""

    draft: Draft
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """A format that is written.

    :param module: that has ``write(draft, knowledge)``, below this package.
    :param extension: of its files.
    :param sorts: what it holds.
    :param function: of the module.
    """

    module: str
    extension: str
    sorts: frozenset[str] = frozenset({"criteria", "mappings"})
    function: str = "write"


_CRITERIA, _MAPPINGS = frozenset({"criteria"}), frozenset({"mappings"})
FORMATS: Mapping[str, Format] = {
    "xlsx": Format("tables", "xlsx", function="write_workbook"),
    "csv": Format("tables", "csv", function="write_text"),
    "sssom": Format("sssom", "sssom.tsv", _MAPPINGS),
    "sssom-1.0": Format("sssom", "sssom.tsv", _MAPPINGS, "write_first"),
    "turtle": Format("rdf_writing", "ttl", function="write_turtle"),
    "jsonld": Format("rdf_writing", "jsonld", function="write_jsonld"),
    "skos": Format("skos", "ttl"),
    "cvc": Format("cvc_writing", "json", _CRITERIA),
    "cvc-0.7.0": Format("cvc_writing", "json", _CRITERIA, "write_released"),
    "svc": Format("svc", "json", _CRITERIA),
    "oscal": Format("oscal_writing", "json", _MAPPINGS),
}
"""What can be written, by the word of the command line."""


def write(draft: Draft, form: str, knowledge: Knowledge) -> Written:
    """Write a draft; what the format cannot carry stands in the losses.

    :param form: one of :data:`FORMATS`.
    :param knowledge: for names that the draft does not have.
    """
    chosen = FORMATS[form]
    function: Callable[[Draft, Knowledge], Written] = getattr(_module(chosen.module), chosen.function)
    if chosen.module == "tables":
        return function(draft, knowledge)
    losses = Losses(form)
    for row in (r for r in draft.rows if not r.predicate):
        losses.add(
            "rows whose relation is open", f"{row.subject_label or row.subject} → {row.object_label or row.object}"
        )
    done = function(replace(draft, rows=tuple(r for r in draft.rows if r.predicate)), knowledge)
    return Written(done.content, (*done.losses, *losses.findings()))


def recognise(name: str, content: bytes) -> str:
    """Tell what a file holds: ``untp``, ``svc``, ``oscal`` or ``rdf``; empty for none of them, such as a table.

    >>> recognise("a.json", b'{"mapping-collection": {}}'), recognise("a.ttl", b""), recognise("a.csv", b"a,b")
    ('oscal', 'rdf', '')
    """
    from comity.authoring.exchange import recognition

    return recognition.recognise(name, content)


def read_all(files: Iterable[Source]) -> tuple[Read, ...]:
    """Read the files whose format is known here; others are left out.

    Files that describe parts of one vocabulary are read together.
    """
    from comity.authoring.exchange import cvc

    kinds = [(recognise(name, content), name, content) for name, content in files]
    untp = [(name, content) for kind, name, content in kinds if kind == "untp"]
    names = tuple(name for name, _ in untp)
    found = [Read(draft, names) for draft in cvc.read_all(untp)] if untp else []
    readers = {k: partial(_read, k) for k in ("svc", "oscal", "rdf")}
    found += [Read(readers[kind](content, name), (name,)) for kind, name, content in kinds if kind in readers]
    return tuple(found)


def _read(module: str, content: bytes, name: str) -> Draft:
    reader: Callable[[bytes, str], Draft] = _module(module).read
    return reader(content, name)


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{name}")


__all__ = ["FORMATS", "Format", "Losses", "Read", "Source", "Written", "read_all", "recognise", "write"]
