"""Which of the documents given are those that a report names: by their names, else by their content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from comity.verify import files
from comity.verify.given import Given

_PART = re.compile(r"#(/.*|line-\d+|\d+)$")
"""How a report names one of several documents in one file."""


def matched(named: Mapping[str, str], given: Given) -> tuple[dict[str, bytes], dict[str, Mapping[str, str]], list[str]]:
    """Find the documents that a report names.

    :param named: names in the report, with the hash of the file.
    :returns: bytes and cells by the names that the report uses, and the names that nothing was given for.
    """
    by_hash = {files.digest(content): name for name, content in given.documents.items()}
    found: dict[str, bytes] = {}
    tables: dict[str, Mapping[str, str]] = {}
    missing = []
    for name, sha256 in named.items():
        file = name if name in given.documents else _PART.sub("", name)
        source = file if file in given.documents else by_hash.get(sha256)
        if source is None:
            missing.append(name)
            continue
        found[file] = given.documents[source]
        if source in given.tables:
            tables[file] = given.tables[source]
    return found, tables, missing


def proofs_in(report: object) -> Iterator[Mapping[str, object]]:
    """Visit every proof of a report, however deep it stands."""
    todo = [report]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            if isinstance(value.get("steps"), list):
                yield value
            todo += value.values()
        elif isinstance(value, list):
            todo += value


def named_in_steps(report: object) -> dict[str, str]:
    """List the documents of all document steps, with their hashes."""
    found: dict[str, str] = {}
    for step in _steps(report, "document"):
        name, sha256 = step.get("document"), step.get("sha256")
        if isinstance(name, str) and isinstance(sha256, str):
            found.setdefault(name, sha256)
    return found


def usual_day(report: object) -> str:
    """Return the day that most steps are as of; empty when there is none."""
    days = Counter(str(step.get("on")) for step in _steps(report, "time"))
    return days.most_common(1)[0][0] if days else ""


def _steps(report: object, kind: str) -> Iterator[Mapping[str, object]]:
    for proof in proofs_in(report):
        steps = proof["steps"]
        for step in steps if isinstance(steps, list) else []:
            if isinstance(step, dict) and step.get("kind") == kind:
                yield step
