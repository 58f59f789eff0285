"""The keys of the report's plain form (docs/report.md) and the terms of the vocabulary that they are written in."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from comity.report.rdf.slots import (
    Slot,
    Slots,
    Write,
    comparator,
    day,
    iri,
    number,
    qualifier,
    spot,
    subject,
    term,
    text,
    word,
)
from comity.stores.terms import LABEL, comity

DCTERMS, SSSOM = "http://purl.org/dc/terms/", "https://w3id.org/sssom/"
DESCRIPTION = NamedNode(DCTERMS + "description")
CONFIDENCE = NamedNode(SSSOM + "confidence")


def _slot(name: str, write: Write = text, otherwise: str = "", join: str = "") -> Slot:
    return Slot(comity(name), write, comity(otherwise) if otherwise else None, join)


_CRITERION = _slot("criterion", iri, "identifier")
_FACT = _slot("concludes", word("met"))
_GIVEN = _slot("startsFrom", word("met"))
_AUTHORITY = _slot("authority", word())
_ROLES = _slot("effectiveRole", iri, "partyRole")
_UNIT = _slot("unit", iri, "unitText")
_VALUE = _slot("value", number, "rational")
_SAID: Slots = {
    "subject": _slot("aboutSubject", subject),
    "cited": _slot("citedIri"),
    "by": _slot("via"),
    "criterion": _CRITERION,
    "fact": _FACT,
}
_EDGE: Slots = {
    "subject": _slot("subject", iri, "identifier"),
    "object": _slot("object", iri, "identifier"),
    "mask": _slot("mask", join="|"),
    "travel": _slot("carriedAlong", term),
    "authority": _AUTHORITY,
    "authors": Slot(NamedNode(SSSOM + "author_label"), text),
    "justifications": Slot(NamedNode(SSSOM + "mapping_justification"), text),
    "given": _GIVEN,
    "fact": _FACT,
}
_TOGETHER: Slots = {
    "iri": _slot("declaration", iri, "identifier"),
    "premises_of": _slot("fromCriterion", iri, "identifier"),
    "conclusion": _CRITERION,
    "given": _GIVEN,
    "fact": _FACT,
}
_ENDS: Slots = {"source": _slot("source", subject), "target": _slot("target", subject)}

STEPS: Mapping[str, Slots] = {
    "claim": _SAID,
    "assessment": _SAID,
    "document": {"issuer": _slot("issuerRead")},
    "mapping": _EDGE,
    "derived-row": _EDGE,
    "decomposition": _TOGETHER,
    "joint": _TOGETHER,
    "lift": {"criterion": _CRITERION, **_ENDS, "lift": _slot("lift", word()), "fact": _FACT},
    "link": {"link": _slot("linkKind"), **_ENDS, "role": _slot("partyRole")},
    "threshold": {
        "criterion": _CRITERION,
        "metric": _slot("metric", iri, "metricRead"),
        "read_by": _slot("dataRule"),
        "qualifiers": _slot("qualifier", qualifier),
        "comparator": _slot("comparator", comparator),
        "limit": _slot("limitValue", number, "limitValue"),
        "unit": _UNIT,
        "value": _VALUE,
        "outcome": _slot("outcome", word()),
        "fact": _FACT,
    },
    "conversion": {
        "from_value": _slot("fromValue", number, "fromValue"),
        "from_unit": _slot("fromUnit", iri, "unitText"),
        "to_value": _VALUE,
        "to_unit": _UNIT,
    },
    "assumption": {
        "rule": _slot("dataRule"),
        "dimension": _slot("assumedOf"),
        "value": _slot("assumedValue"),
        "reason": Slot(DESCRIPTION, text),
    },
    "condition": {
        "condition": _slot("conditionText"),
        "value": _slot("holds"),
        "subject": _slot("aboutSubject", subject),
    },
    "fact": {
        "name": _slot("fact"),
        "value": _slot("factValue"),
        "source": _slot("factSource"),
        "pointer": _slot("fromEvidence", spot, "statedAt"),
    },
    "time": {
        "on": _slot("judgedOn", day),
        "valid_from": _slot("validFrom", day),
        "valid_until": _slot("validUntil", day),
        "assessed": _slot("datedOn", day),
        "edition": _slot("edition", iri),
        "outcome": _slot("timeOutcome"),
    },
    "assurance": {
        "declared": _slot("declaredAssurance", word()),
        "effective": _slot("effectiveAssurance", word()),
        "basis": _slot("assuranceBasis"),
        "roles": _ROLES,
        "trusted": _slot("trusted"),
        "anchor": _slot("anchor", spot, "statedAt"),
    },
    "authority": {"authority": _AUTHORITY},
    "recognition": {
        "iri": _slot("declaration", iri, "identifier"),
        "label": _slot("name"),
        "provision": _slot("provision"),
        "instrument": _slot("instrument"),
    },
}
"""Kind of step to its keys. Places in documents and rows are written apart (:mod:`comity.report.rdf.proofs`)."""

PROOF: Slots = {
    "fact": _FACT,
    "criterion": _CRITERION,
    "subject": _SAID["subject"],
    "assurance": _slot("assurance", word()),
    "authority": _AUTHORITY,
    "roles": _ROLES,
    "valid": _slot("validOnDay"),
    "dated": _slot("dated"),
    "disputed": _slot("disputed"),
    "assumed": _slot("assumed"),
    "unverified": _slot("unverified"),
    "admission": _slot("admission"),
}

_JUDGED: Slots = {
    "label": Slot(LABEL, text),
    "verdict": _slot("verdict", word("verdict")),
    "would_be": _slot("wouldBe", word("verdict")),
    "reason": _slot("reason"),
    "assumptions": _slot("assumes"),
    "missing": _slot("lacks"),
}
REQUIREMENT: Slots = {
    **_JUDGED,
    "notation": _slot("ruleNotation"),
    "criterion": _CRITERION,
    "market": _slot("marketNotation"),
    "citation": _slot("citation"),
    "basis": _slot("basis", word()),
    "record_confidence": _slot("confidence", word()),
    "doubts": _slot("doubt"),
    "applies_from": _slot("appliesFrom", day),
    "tested_on": _slot("testedOn", day),
    "facts": _slot("factFound", word("met")),
}
CLAIM: Slots = {**_JUDGED, "criterion": _slot("ruleNotation"), "cited": _slot("citedAs")}
ASKED: Slots = {
    "assurance": _slot("rankAsked", word()),
    "authority": _slot("authorityAsked", word()),
    "role": _slot("roleAsked", iri, "partyRole"),
    "evidence": _slot("acceptedEvidence"),
}
PROOFS: Mapping[str, str] = {"proof": "proof", "counter_proof": "counterProof", "challenges": "challenge"}
"""Key of a judgement to the property that leads to its proofs."""
