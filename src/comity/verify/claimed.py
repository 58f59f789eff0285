"""What a report says of claims, beside the proofs: which there are, what each cites, what bears on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from comity.verify.applying import Object, listed
from comity.verify.bench import Bench
from comity.verify.citing import considered
from comity.verify.items import CRITERION, Cited, Item
from comity.verify.problems import Problem, shown


def items(claim: Object, bench: Bench) -> list[Item]:
    """Return the claims that stand at the place of one in a report."""
    found = bench.scene.items(str(claim.get("document")), str(claim.get("pointer")))
    return [i for i in found if i.kind == "claim"]


def differing(claim: Object, whole: Object, bench: Bench) -> Iterator[tuple[str, str]]:
    """Compare what a report says of a claim with the place where it stands."""
    found = items(claim, bench)
    if not found:
        yield "pointer", "the place of a claim"
        return
    cited = [c for i in found for c in _cited(i) if written(c) == claim.get("cited")]
    meant = {name(c, bench) for c in cited}
    if not cited:
        yield "cited", "what the claim cites"
    elif claim.get("criterion") not in meant:
        yield "criterion", " or ".join(sorted(shown(m) for m in meant))
    keys = [str(s.get("key")) for s in listed(whole, "subjects") if s.get("id") == claim.get("subject")]
    scene = bench.scene
    if not any(scene.is_one(names, scene.same.of(k)) for k in keys for i in found for names in i.subjects):
        yield "subject", "what the claim is about"
    uses = listed(claim, "assessments")
    for use in uses:
        there = scene.items(str(use.get("document")), str(use.get("pointer")))
        if not any(i.kind == "assessment" for i in there):
            yield "assessments", f"assessments: {use.get('document')}#{use.get('pointer')} is none"
    beside = {(u.get("document"), u.get("pointer")) for u in uses}
    proof = claim.get("proof")
    shows = [(s.get("document"), s.get("pointer")) for s in listed(proof, "steps") if s.get("kind") == "assessment"]
    for at in shows:
        if at not in beside:
            yield "assessments", f"a list with {at[0]}#{at[1]}, which the proof uses"


def absent(whole: Object, bench: Bench) -> Iterator[Problem]:
    """Every claim of the documents stands there, once for each criterion that it cites."""
    stated = Counter((c.get("document"), c.get("pointer"), c.get("cited")) for c in listed(whole, "claims"))
    should: Counter[tuple[object, object, object]] = Counter()
    for one in bench.scene.readings:
        for pointer, found in one.items.items():
            for item in found:
                if item.kind == "claim":
                    should.update((one.name, pointer, c) for c in dict.fromkeys(written(c) for c in _cited(item)))
    for at in sorted((should - stated).keys(), key=str):
        about = f"the claim {at[1]} of {at[0]} on {at[2]}"
        yield Problem("claims", about, None, "", "cited", "null", "judged, or named as not judged")
    for at in sorted((stated - should).keys(), key=str):
        about = f"the claim {at[1]} of {at[0]}"
        yield Problem("claims", about, None, "", "cited", shown(at[2]), "that of a claim of the documents, once")


def name(cited: Cited, bench: Bench) -> str | None:
    """Return what a report calls the criterion that is cited; ``None`` where none is."""
    iri = bench.dictionary.meaning(cited)[1]
    known = bench.criterion(iri)
    return known.notation if known is not None else iri or None


def written(cited: Cited) -> str:
    """Write a citation as a report does."""
    return f"{cited.iri} {cited.name}".strip()


def _cited(item: Item) -> list[Cited]:
    criteria = [c for c in considered(item) if c.kind == CRITERION]
    return criteria or list(item.cited)
