"""What every report starts with: the day, what was known, what was read and what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from comity.model.evidence import Document
from comity.model.knowledge import OwnFile
from comity.model.verdicts import Report
from comity.report.page import Page
from comity.report.words import counted, printable, wrap


def head(page: Page, on: date, checked_on: date | None, version: str, markets: Sequence[str]) -> None:
    """Say as of which day it is judged, for which markets, and when the knowledge was checked."""
    where = f", for {' and '.join(markets)}" if markets else ""
    known = f" Knowledge {version}, checked on {checked_on}." if checked_on else ""
    page.add(f"Judged as of {on}{where}.{known}")


def documents(page: Page, report: Report, *, brief: bool = False) -> None:
    """Say what was read, what was not checked, and how the question was narrowed.

    :param brief: leave out what documents say of their signatures, and the identifiers of those on the trust list.
    """
    policy = report.policy
    claims = sum(len(d.claims) for d in report.documents)
    assessments = sum(len(d.assessments) for d in report.documents)
    parts = (counted(len(report.documents), "document"), counted(claims, "claim"), counted(assessments, "assessment"))
    found = f"Read{f' in {page.folder}' if page.folder else ''}: {', '.join(parts)}"
    said = "; no signature or revocation is checked." if brief else f". {unchecked(report.documents)}"
    # Not by the page, which leaves the folder out.
    page.lines += wrap(printable(found + said, page.colour), 0, 2)
    asked = [f"assurance {policy.assurance.token}"] if policy.assurance is not None else []
    asked += [f"authority {policy.authority.token}"] if policy.authority is not None else []
    asked += [f"engine {policy.engine}"] if policy.engine != "default" else []
    if asked:
        page.add(f"Asked for: {', '.join(asked)}.")
    if report.trust_used:
        # An entry is told as "name (identifier) as assurance".
        used = (entry.rpartition(" (")[0] if brief and " (" in entry else entry for entry in report.trust_used)
        page.add(f"Leans on your trust list {policy.trust or ''}: {'; '.join(dict.fromkeys(used))}.", 0, 2)
    own_knowledge(page, report.own)


def own_knowledge(page: Page, own: Iterable[OwnFile]) -> None:
    """Say which knowledge is the user's own."""
    if said := own_files(own):
        # Not by the page, which leaves the folder of the documents out.
        page.lines += wrap(printable(f"Leans on your own knowledge: {said}.", page.colour), 0, 2)


def own_files(own: Iterable[OwnFile]) -> str:
    """Name each folder with the number of files that were read in it, and a lone file by itself.

    >>> own_files([OwnFile("mine/a.ttl", ""), OwnFile("mine/b.ttl", ""), OwnFile("c.ttl", "")])
    'mine (2 files); c.ttl'
    """
    folders: dict[str, list[str]] = {}
    for file in own:
        folders.setdefault(file.name.rpartition("/")[0] or file.name, []).append(file.name)
    return "; ".join(f"{f} ({len(names)} files)" if len(names) > 1 else names[0] for f, names in folders.items())


def unchecked(read: Iterable[Document]) -> str:
    """Say that signatures and revocation are not checked, and of how many documents what is known."""
    states = Counter(state for document in read for state in document.status)
    shown = ", ".join(f"{state}: {count}" for state, count in sorted(states.items()))
    return "Signatures and revocation are not checked" + (f" ({shown})." if shown else ".")
