"""What stands at the head of a report: the day, the documents, the knowledge, how the question was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from comity.verify import files
from comity.verify.applying import Object, listed
from comity.verify.beside import texts
from comity.verify.given import Given
from comity.verify.problems import Problem, shown
from comity.verify.scene import Scene

SKIPPED = "skipped-file"
"""The code of a finding on a file that is no document."""


def problems(whole: Object, day: str, scene: Scene) -> Iterator[Problem]:
    """Compare the day and the hashes of the documents."""
    if whole and whole.get("on") != day:
        yield Problem("report", "the report", None, "", "on", shown(whole.get("on")), shown(day))
    for position, document in enumerate(listed(whole, "documents")):
        name = str(document.get("name"))
        known = scene.hash_of(name)
        if known is not None and document.get("sha256") != known:
            stands = shown(document.get("sha256"))
            yield Problem(f"documents[{position}]", name, None, "", "sha256", stands, shown(known))


def notes(whole: Object, given: Given, missing: Sequence[str]) -> Iterator[str]:
    """Say what a reader should know, and is no problem.

    :param missing: documents that the report names and nobody gave.
    """
    for name in missing:
        yield f"no document that was given is {name}, by name or by content"
    if whole:
        judged = {(str(d.get("name")), d.get("sha256")) for d in listed(whole, "documents")}
        hashes = {sha256 for _, sha256 in judged}
        passed = {f.get("document") for f in listed(whole, "findings") if f.get("code") == SKIPPED}
        for name, content in given.documents.items():
            if files.digest(content) not in hashes and name not in passed and not _is_named(name, judged):
                yield f"the report does not name {name}, which was given: nothing in it counts"
    known = whole.get("knowledge")
    if isinstance(known, dict) and known.get("sha256") != given.knowledge.sha256:
        yield "the report was made with other knowledge than what it is verified with"


def _is_named(name: str, judged: Iterable[tuple[str, object]]) -> bool:
    return any(n == name or n.startswith(f"{name}#") for n, _ in judged)


def taken_of_answers(answers: Iterable[Object]) -> Iterator[str]:
    """Say what nothing but answers to one rule vouch for: they do not tell the facts of the case."""
    found = sum(len(listed(a, "conditions")) for a in answers if a.get("proof") is None)
    if found:
        yield f"how {found} condition{'s' if found > 1 else ''} came out"


def taken(whole: Object) -> Iterator[str]:
    """Say what nothing but the report vouches for: how the question was asked."""
    policy = whole.get("policy")
    fields = policy if isinstance(policy, dict) else {}
    for name in ("assurance", "authority"):
        if fields.get(name):
            yield f"{name} {fields[name]}, instead of what each rule and market asks"
    if only := texts(policy, "subjects"):
        yield f"no subjects but {', '.join(only)}"
    facts = (s.get("facts") for s in listed(whole, "subjects"))
    each = (f for known in facts if isinstance(known, dict) for f in known.values())
    given = sum(isinstance(f, dict) and f.get("source") == "given" for f in each)
    if given:
        yield f"{given} fact{'s' if given > 1 else ''} that the user gave"
