"""Findings that a reader must not miss, as far as they follow from what the replay reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from comity.verify import dates
from comity.verify.applying import Object, listed
from comity.verify.bench import Bench
from comity.verify.beside import texts
from comity.verify.completeness import words
from comity.verify.problems import Problem, shown
from comity.verify.sources import proofs_in

TRUST, OUTLIVED, CONTRADICTED, SIGNED = "trust-used", "fact-outlives-document", "contradicted-fact", "D15"


def problems(whole: Object, bench: Bench) -> Iterator[Problem]:
    """Find findings that must stand in a report and do not, and trust that nobody gave."""
    stand = listed(whole, "findings")
    codes: dict[str, list[Object]] = defaultdict(list)
    for finding in stand:
        codes[str(finding.get("code"))].append(finding)
    yield from _trust(whole, bench, [str(f.get("message")) for f in codes[TRUST]])
    outlived = {str(f.get("document")) for f in codes[OUTLIVED]}
    for name in sorted(_outlived(whole, bench) - outlived):
        yield _absent(OUTLIVED, f"{name}, whose facts are used on a day on which it does not count")
    told = [str(f.get("message")) for f in codes[CONTRADICTED]]
    for name, about in _overruled(whole, bench):
        if not any(name in message for message in told):
            yield _absent(CONTRADICTED, f"{name} of {about}: the user says something else than the documents")
    for position, document in enumerate(listed(whole, "documents")):
        name = str(document.get("name"))
        own = {f.get("code") for f in listed(document, "findings")}
        if bench.scene.is_forged(name) and SIGNED not in own:
            yield Problem(
                f"documents[{position}]",
                name,
                None,
                "",
                "findings",
                "null",
                f"{SIGNED}: another's key signs it",
            )
        yield from _counts(f"documents[{position}]", document, bench)


def _trust(whole: Object, bench: Bench, told: list[str]) -> Iterator[Problem]:
    """The trust list's entries that are said to be used are on it, and all that proofs lean on are said."""
    policy = whole.get("policy")
    used = texts(policy, "trust_used")
    for line in used:
        if not any(line.endswith(f"({t.id}) as {t.assurance.token}") for t in bench.given.trust):
            should = "an entry of the trust list that was given"
            yield Problem("policy", "the question", None, "", "trust_used", shown(line), should)
        if not any(line in message for message in told):
            yield _absent(TRUST, line)
    steps = (s for p in proofs_in(whole) for s in p["steps"] if isinstance(s, dict))  # type: ignore[attr-defined]
    for trusted in sorted({str(s["trusted"]) for s in steps if s.get("kind") == "assurance" and s.get("trusted")}):
        if not any(f"({trusted}) as " in line for line in used):
            yield Problem("policy", "the question", None, "", "trust_used", shown(used), f"a list with {trusted}")


def _outlived(whole: Object, bench: Bench) -> set[str]:
    """Name the documents that facts are read in and that do not count on the day."""
    used = set()
    for subject in listed(whole, "subjects"):
        facts = subject.get("facts")
        for fact in (facts if isinstance(facts, dict) else {}).values():
            if isinstance(fact, dict) and fact.get("source") == "derived":
                used.add(str(fact.get("pointer")).rpartition("#")[0])
    periods = ((n, r.period) for n in used for r in bench.scene.by_name.get(n, ()))
    return {n for n, period in periods if dates.when(bench.on, period) in ("ended", "not-begun")}


def _overruled(whole: Object, bench: Bench) -> Iterator[tuple[str, str]]:
    """List the facts that the user gives otherwise than documents do."""
    for subject in listed(whole, "subjects"):
        facts = subject.get("facts")
        derived = bench.derived.get(bench.scene.same.of(str(subject.get("key"))), {})
        for name, fact in (facts if isinstance(facts, dict) else {}).items():
            given = isinstance(fact, dict) and fact.get("source") == "given"
            if given and name in derived and derived[name].value != words(fact):
                yield str(name), str(subject.get("id"))


def _counts(where: str, document: Object, bench: Bench) -> Iterator[Problem]:
    """A document has the claims that are counted."""
    name = str(document.get("name"))
    readings = bench.scene.by_name.get(name, [])
    kinds = [i.kind for r in readings for items in r.items.values() for i in items]
    if readings and document.get("claims") != kinds.count("claim"):
        yield Problem(where, name, None, "", "claims", shown(document.get("claims")), shown(kinds.count("claim")))


def _absent(code: str, about: str) -> Problem:
    return Problem("findings", "the findings", None, "", code, "null", about)
