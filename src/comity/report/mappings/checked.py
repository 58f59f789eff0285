"""What a check of mapping sets found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from comity.authoring import Checked, Contradiction, Exploding, ForcedRows, Sort
from comity.authoring.checking.check import RULES as TOGETHER
from comity.authoring.checking.inspect import Coverage
from comity.authoring.checking.limits import CODE as LIMITS_DISAGREE
from comity.authoring.faults import RULES as FAULTS
from comity.knowledge.problems import RULES
from comity.model.criteria import Criterion
from comity.model.mappings import Row
from comity.model.places import Finding, Severity
from comity.report.mappings.names import Namer, row_as_json, signed
from comity.report.problems import as_json as problems_as_json
from comity.report.words import counted, paint, place_name, wrap

LINES = 10
"""Lines of a file that one warning names, and what rows stand beside that one contradiction names."""

NAMES = 20
"""Criteria without a row that are named for one edition."""

EACH = frozenset({LIMITS_DISAGREE})
"""Codes of which each has something of its own to say, so that they are not told together."""

WHY: Mapping[Sort, str] = {
    Sort.CONTRADICTION: "no criteria stand to each other in all these ways",
    Sort.STRICT_CIRCLE: "round in a circle, a criterion asks for more than itself",
    Sort.AGAINST_THRESHOLDS: "the two limits stand to each other in another way",
    Sort.DISJOINT_FROM_PARTS: "what shares nothing with any part shares nothing with the whole",
}


def as_json(checked: Checked, problems: Iterable[Finding] = (), coverage: Iterable[Coverage] = ()) -> dict[str, object]:
    """Turn what was found into plain data.

    :param problems: everything that was found, each at one cell.
    :param coverage: how much of the object schemes has a row.
    """
    return {
        "files": list(checked.files),
        "rows": checked.rows,
        "contradictions": [contradiction_as_json(found) for found in checked.contradictions],
        "equal": [
            {"version": e.version, "criteria": list(e.criteria), "rows": [row_as_json(r) for r in e.rows]}
            for e in checked.equal
        ],
        "unchecked": [list(block) for block in checked.unchecked],
        "exploding": [
            {
                "criteria": e.criteria,
                "left": e.left,
                "requirements": list(e.requirements),
                "rows": [row_as_json(r) for r in e.rows],
            }
            for e in checked.exploding
        ],
        "findings": [
            {
                "code": f.code,
                "severity": f.severity.value,
                "file": f.place.document,
                "line": _line(f),
                "message": f.message,
                "fix": f.fix,
            }
            for f in checked.findings
        ],
        "problems": problems_as_json(problems),
        "coverage": [
            {
                "scheme": c.version.notation,
                "criteria": c.criteria,
                "mapped": c.criteria - len(c.unmapped),
                "unmapped": [{"criterion": notation, "label": label} for notation, label in c.unmapped],
            }
            for c in coverage
        ],
    }


def contradiction_as_json(found: Contradiction) -> dict[str, object]:
    """Turn rows that cannot all be true into plain data."""
    return {
        "code": found.sort.value,
        "minimal": found.minimal,
        "rows": [row_as_json(r) for r in found.rows],
        "given": list(found.given),
    }


def as_text(
    checked: Checked,
    criteria: Mapping[str, Criterion],
    coverage: Iterable[Coverage] = (),
    *,
    colour: bool = False,
) -> str:
    """Write what was found for people: what cannot be true first, then rows that cannot be read, then notes."""
    namer = Namer(criteria, checked.prefixes)
    blocks = [
        *(contradiction_as_text(found, namer, colour=colour) for found in checked.contradictions),
        *(_error(f, colour) for f in checked.findings if f.severity is Severity.ERROR),
        *(_equal(e, namer, colour) for e in checked.equal),
        *(_exploding(e, namer, colour) for e in checked.exploding),
        *(_unchecked(block, namer, colour) for block in checked.unchecked),
        *_folded((f for f in checked.findings if f.severity is Severity.WARNING), Severity.WARNING, colour),
        *_notes(f for f in checked.findings if f.severity is Severity.INFO),
        *(_coverage(c) for c in coverage),
    ]
    return "\n".join([*("\n".join(block) for block in blocks), _summary(checked)])


def contradiction_as_text(found: Contradiction, namer: Namer, *, colour: bool = False) -> list[str]:
    """Write rows that cannot all be true, each with its place, author and date."""
    word = paint("CONTRADICTION", Severity.ERROR, colour)
    scope = "cannot all be true" if found.minimal else "hold more contradictions than are told apart"
    head = f"{word}  {counted(len(found.rows), 'row')} {scope}: {WHY[found.sort]}"
    beside = [f"  beside {namer.given(key)}" for key in found.given[:LINES]]
    beside += [f"  and {left} more (--format json names them all)"] if (left := len(found.given) - LINES) > 0 else []
    return [head, *_rows(found.rows, namer), *beside, f"  → mend or withdraw one of them (comity explain {found.sort})"]


def _equal(found: ForcedRows, namer: Namer, colour: bool) -> list[str]:
    names = ", ".join(namer.criterion(c) for c in found.criteria)
    head = f"{paint('FORCED EQUAL', Severity.WARNING, colour)}  {names}: one edition has them as different criteria"
    fix = "  → do they cover it together? Give the rows one joint_group (comity explain forced-equal)"
    return [*wrap(head, 0, 2), *_rows(found.rows, namer), fix]


def _exploding(found: Exploding, namer: Namer, colour: bool) -> list[str]:
    word = paint("EXPLODING REACH", Severity.WARNING, colour)
    joined = f"{counted(len(found.rows), 'row')} that nothing else bears out, and {found.left:,} at most without them"
    head = f"{word}  {found.criteria:,} criteria hang together by {joined}; those that join most:"
    more = [f"  and {len(found.rows) - LINES:,} more"] if len(found.rows) > LINES else []
    names = ", ".join(found.requirements[:LINES])
    concerned = wrap(f"requirements in it: {names}", 2, 2) if names else []
    return [*wrap(head, 0, 2), *_rows(found.rows[:LINES], namer), *more, *concerned]


def _rows(rows: Iterable[Row], namer: Namer) -> Iterator[str]:
    for row in rows:
        by = signed(row)
        yield f"  {row.place.document} {row.place.path}  {row.id}"
        yield f"    {namer.statement(row)}" + (f"   ({by})" if by else "")


def _unchecked(block: tuple[str, ...], namer: Namer, colour: bool) -> list[str]:
    names = ", ".join(namer.criterion(c) for c in block[:LINES])
    more = f" and {len(block) - LINES} more" if len(block) > LINES else ""
    word = paint("NOT CHECKED IN FULL", Severity.WARNING, colour)
    return wrap(f"{word}  a part of {counted(len(block), 'criterion', 'criteria')}: {names}{more}", 0, 2)


def _error(finding: Finding, colour: bool) -> list[str]:
    word = paint("error", Severity.ERROR, colour)
    return [
        f"{place_name(finding.place)}  {word}  {finding.code}",
        *wrap(f"{finding.message} {finding.fix}".strip(), 2),
    ]


def _folded(findings: Iterable[Finding], severity: Severity, colour: bool) -> Iterator[list[str]]:
    """One message for what is wrong in the same way in several rows of a file."""

    def key(finding: Finding) -> tuple[str, str]:
        return finding.place.document, finding.code

    for (document, code), group in groupby(sorted(findings, key=key), key):
        found = list(group)
        word = paint(severity.value, severity, colour)
        if len(found) == 1 or code in EACH or not all(_line(f) for f in found):
            for one in found:
                yield [f"{place_name(one.place)}  {word}  {code}", *wrap(f"{one.message} {one.fix}", 2)]
            continue
        lines = ", ".join(str(_line(f)) for f in found[:LINES])
        more = f" and {len(found) - LINES} more" if len(found) > LINES else ""
        yield [f"{document}  lines {lines}{more}  {word}  {code}", *wrap(f"{_meaning(code)} {found[0].fix}", 2)]


def _coverage(coverage: Coverage) -> list[str]:
    """Say how much of an edition is mapped, and what is not."""
    mapped = coverage.criteria - len(coverage.unmapped)
    head = f"COVERAGE  {coverage.version.notation}: rows end on {mapped} of {coverage.criteria} criteria"
    left = len(coverage.unmapped) - NAMES
    more = f" and {left} more (--format json names them all)" if left > 0 else ""
    names = ", ".join(notation for notation, _ in coverage.unmapped[:NAMES]) + more
    return [head, *(wrap(f"without a row: {names}", 2, 4) if names else [])]


def _notes(findings: Iterable[Finding]) -> Iterator[list[str]]:
    """Write what need not be mended: each with its cells, but for what very many files have."""
    for code, group in groupby(sorted(findings, key=lambda f: f.code), lambda f: f.code):
        found = list(group)
        documents = list(dict.fromkeys(f.place.document for f in found))
        if len(documents) > LINES:
            where = f"{', '.join(documents[:LINES])} and {len(documents) - LINES} more"
            yield wrap(f"note  {code}  {_meaning(code)} ({counted(len(found), 'time')}: {where})", 0, 2)
            continue
        told: dict[tuple[str, str, str], list[Finding]] = {}
        for one in found:
            told.setdefault((one.place.document, one.message, one.fix), []).append(one)
        for (document, message, fix), alike in list(told.items())[:LINES]:
            yield [f"{document}{_spots(alike)}  note  {code}", *wrap(f"{message} {fix}".strip(), 2)]
        if len(told) > LINES:
            left = sum(len(alike) for alike in list(told.values())[LINES:])
            yield [f"  and {counted(left, 'time')} more (--format json names them all)"]


def _spots(findings: Sequence[Finding]) -> str:
    """List cells or lines of one file."""
    cells = [f.place.path for f in findings if f.place.pointer]
    if len(cells) > 1 and all(_line(f) for f in findings):
        cells = [f"lines {_line(findings[0])}", *(str(_line(f)) for f in findings[1:])]
    more = f" and {len(cells) - LINES} more" if len(cells) > LINES else ""
    return f"  {', '.join(cells[:LINES])}{more}" if cells else ""


def _meaning(code: str) -> str:
    return (RULES.get(code) or FAULTS.get(code) or TOGETHER[code])[1]


def _line(finding: Finding) -> int | None:
    line = finding.place.pointer.removeprefix("line ")
    return int(line) if line.isdigit() else None


def _summary(checked: Checked) -> str:
    errors = sum(f.severity is Severity.ERROR for f in checked.findings)
    warnings = sum(f.severity is Severity.WARNING for f in checked.findings)
    warnings += len(checked.equal) + len(checked.exploding) + len(checked.unchecked)
    found = [
        counted(len(checked.contradictions), "contradiction") if checked.contradictions else "",
        counted(errors, "error") if errors else "",
        counted(warnings, "warning") if warnings else "",
    ]
    what = ", ".join(filter(None, found)) or "no problems"
    return f"{counted(checked.rows, 'row')} in {counted(len(checked.files), 'mapping set')}: {what}"
