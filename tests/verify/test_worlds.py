"""Worlds made at random, as files: whatever is judged of them, every proof verifies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from tests.engines.worlds import BODIES, LEVELS, ROLE, World, worlds
from tests.judgement.names import ON
from tests.verify import mutation

from comity import evidence
from comity.cli import replay
from comity.formats.archives import Input
from comity.judgement import TrustList, judge
from comity.judgement.trust import Trusted as Entry
from comity.model.evidence import Document
from comity.report import as_json
from comity.verify import Trusted, verify

IDS = "https://id.example/"
CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://vocabulary.uncefact.org/untp/0.7.0/context/"]
ABOUT = {"thing": ("assessedProduct", "product"), "site": ("assessedFacility", "facility")}


def papers(world: World) -> dict[str, bytes]:
    """Write a world's documents as credentials."""
    found = {"passport.json": passport()}
    for document in world.documents[1:]:
        found[document.name] = certificate(document)
    return {name: json.dumps(value).encode() for name, value in found.items()}


def credential(issuer: str, subject: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": ["VerifiableCredential"],
        "@context": CONTEXT,
        "issuer": {"id": f"{IDS}{issuer}", "name": issuer},
        "credentialSubject": subject,
    }


def passport() -> dict[str, Any]:
    """Who is who: the organisation runs the site, the thing is made at the site."""
    run_by = [{"role": "operator", "party": {"id": f"{IDS}org", "name": "org"}}]
    site = {"type": ["Facility"], "id": f"{IDS}site", "name": "site", "relatedParty": run_by}
    thing = {"type": ["Product"], "id": f"{IDS}thing", "name": "thing", "idGranularity": "item", "itemNumber": "1"}
    return credential("org", {**thing, "producedAtFacility": site})


def certificate(document: Document) -> dict[str, Any]:
    """One finding, with what dates it and what it depends on."""
    (found,) = document.assessments
    assert document.issuer is not None
    about = next(n for n in LEVELS if found.subjects[0].endswith(f"/{n}"))
    key, inner = ABOUT.get(about, ("assessedOrganisation", "organisation"))
    written = {
        "type": ["ConformityAssessment"],
        "name": found.label,
        "assessmentCriteria": [{"type": ["Criterion"], "id": c.iri, "name": ""} for c in found.citations],
        key: [{inner: {"id": f"{IDS}{about}", "name": about}}],
        "conformance": found.conformance,
        **({"specifiedCondition": found.conditional} if found.conditional else {}),
    }
    attestation = {
        "type": ["ConformityAttestation"],
        "assessorLevel": "3rdParty",
        "assessmentLevel": "GovtApproval",
        "conformityAssessment": [written],
    }
    dates = {"validFrom": document.validity.start, "validUntil": document.validity.end}
    return {**credential(document.issuer.name, attestation), **{k: v for k, v in dates.items() if v}}


def trust() -> tuple[TrustList, tuple[Trusted, ...]]:
    """Write one trust list for the judgement, and one for the replay."""
    roles = {name: frozenset({ROLE} if name == "lab" else ()) for name in BODIES}
    judged = tuple(
        Entry(f"{IDS}{n}", n, frozenset({f"organisation:id:{IDS}{n}"}), rank, roles[n], frozenset(), "")
        for n, rank in BODIES.items()
    )
    return TrustList("trust.toml", judged), tuple(Trusted(f"{IDS}{n}", rank, roles[n]) for n, rank in BODIES.items())


@settings(max_examples=40)
@drawn(worlds())
def test_every_proof_of_a_world_verifies_and_with_a_changed_end_it_does_not(world: World) -> None:
    content = papers(world)
    judged, trusted = trust()
    documents = evidence.read([Input.of(name, data) for name, data in content.items()])
    report = judge(
        world.knowledge, documents, on=ON, markets=["test"], trust=judged, subjects=[f"{IDS}{n}" for n in LEVELS]
    )
    plain = json.loads(json.dumps(as_json(report)))
    given = replace(replay.given(world.knowledge, content, None), trust=trusted)
    assert [str(p) for p in verify(plain, given).problems] == []
    for position, answer in enumerate(plain["requirements"]):
        if answer["proof"]:
            last = answer["proof"]["steps"][-1]
            wrong = next(w for w in mutation.WORDS["fact"] if w not in (last.get("fact"), "some", "not-all"))
            steps = [*answer["proof"]["steps"][:-1], {**last, "fact": wrong}]
            changed = {**answer, "proof": {**answer["proof"], "steps": steps}}
            found = verify({**plain, "requirements": [changed], "claims": []}, given).problems
            assert found, (position, wrong)
            break
