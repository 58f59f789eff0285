"""Findings as JSON, as SARIF 2.1.0 and as JUnit XML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from comity import __version__
from comity.model.places import Finding, Place, Severity

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Mapping[Severity, str] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def spot(place: Place) -> dict[str, object]:
    """Take a place apart: sheet, row, column and line, as far as it has them.

    >>> spot(Place("a.xlsx", "Mappings!C7"))
    {'file': 'a.xlsx', 'sheet': 'Mappings', 'row': 7, 'column': 'C'}
    >>> spot(Place("a.sssom.tsv", "line 12"))
    {'file': 'a.sssom.tsv', 'line': 12}
    """
    found: dict[str, object] = {"file": place.document}
    sheet, mark, cell = place.pointer.rpartition("!")
    if mark:
        found["sheet"] = sheet
    parts = re.fullmatch(r"([A-Z]{1,3})(\d+)", cell)
    line = re.match(r"line (\d+)", cell)
    if parts:
        found |= {"row": int(parts[2]), "column": parts[1]}
    elif line:
        found["line"] = int(line[1])
    elif place.pointer.startswith("/"):
        found["pointer"] = place.pointer
    return found


def as_json(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Turn findings into plain data, each with its place taken apart."""
    return [
        {
            "code": f.code,
            "severity": f.severity.value,
            **spot(f.place),
            "heading": getattr(f, "column", ""),
            "value": getattr(f, "value", ""),
            "message": f.message,
            "allowed": list(getattr(f, "allowed", ())),
            "fix": f.fix,
        }
        for f in findings
    ]


def as_sarif(findings: Iterable[Finding], rules: Mapping[str, str]) -> str:
    """Write findings as SARIF, which code hosts show beside the lines of a file.

    :param rules: code to what it means.
    """
    found = list(findings)
    codes = sorted({f.code for f in found})
    run = {
        "tool": {
            "driver": {
                "name": "comity",
                "version": __version__,
                "rules": [{"id": code, "shortDescription": {"text": rules.get(code, code)}} for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, codes.index(f.code)) for f in found],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _uri(name: str) -> str:
    r"""Write the name of a file as the reference that SARIF asks for (RFC 3986).

    >>> _uri("my texts\\größe #2.xlsx")
    'my%20texts/gr%C3%B6%C3%9Fe%20%232.xlsx'
    """
    return quote(name.replace("\\", "/"), safe="/:@!$&'()*+,;=~")


def _result(finding: Finding, rule: int) -> dict[str, object]:
    where = spot(finding.place)
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(finding.place.document)}}
    line = where.get("line") or where.get("row")
    if isinstance(line, int):
        region = {"startLine": line}
        if isinstance(where.get("column"), str):
            region["startColumn"] = _number(str(where["column"]))
        physical["region"] = region
    location: dict[str, object] = {"physicalLocation": physical}
    if finding.place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.place.pointer, "kind": "element"}]
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.place.pointer}: {finding.message} {finding.fix}".removeprefix(": ").strip()},
        "locations": [location],
    }


def as_junit(findings: Iterable[Finding], files: Sequence[str]) -> str:
    """Write findings as JUnit XML, which build servers show as tests: a suite for each file.

    :param files: those that were checked, so that one without a problem is a test that passes.
    """
    found = list(findings)
    named = [*files, *sorted({f.place.document for f in found} - set(files))]
    suites = [_suite(name, [f for f in found if f.place.document == name]) for name in named]
    failed = sum(f.severity is Severity.ERROR for f in found)
    total = sum(count for count, _ in suites)
    head = f'<testsuites name="comity" tests="{total}" failures="{failed}" errors="0">'
    body = [head, *(line for _, lines in suites for line in lines), "</testsuites>"]
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *body])


def _suite(name: str, findings: Sequence[Finding]) -> tuple[int, list[str]]:
    """Return how many cases a file has, and its lines; a warning is a case that passes and says so."""
    count = max(len(findings), 1)
    failed = sum(f.severity is Severity.ERROR for f in findings)
    lines = [f'  <testsuite name={quoteattr(name)} tests="{count}" failures="{failed}" errors="0" skipped="0">']
    if not findings:
        lines.append(f'    <testcase classname={quoteattr(name)} name="no problems"/>')
    for finding in findings:
        title = f"{finding.place.pointer or name} {finding.code}"
        text = escape(f"{finding.place.document} {finding.place.pointer}\n{finding.message}\n{finding.fix}".strip())
        lines.append(f"    <testcase classname={quoteattr(name)} name={quoteattr(title)}>")
        if finding.severity is Severity.ERROR:
            lines.append(
                f"      <failure type={quoteattr(finding.code)} message={quoteattr(finding.message)}>{text}</failure>"
            )
        else:
            lines.append(f"      <system-out>{finding.severity.value}: {text}</system-out>")
        lines.append("    </testcase>")
    return count, [*lines, "  </testsuite>"]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
