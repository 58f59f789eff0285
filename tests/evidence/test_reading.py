"""From inputs to documents: whatever comes, one bad document never hides the others."""

from __future__ import annotations

import base64
import copy
import io
import json
import random
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evidence.documents import CASES, at, changed, clean, one, places, read

from comity import evidence
from comity.formats.archives import Input, open_inputs
from comity.model.errors import UnreadableError
from comity.model.evidence import Document, DocumentKind
from comity.model.places import Place, Severity

NAMES = [f"0.7.0-chain/{k}" for k in ("dpp", "dfr", "dcc", "dia", "dte")] + [
    f"{v}-passport-and-certificate/{k}" for v in ("0.5", "0.6.1") for k in ("dpp", "dcc")
]


def token(payload: object, header: object = None) -> str:
    parts = [header or {"alg": "EdDSA", "kid": "did:web:pottery.example#1"}, payload]
    return ".".join([base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts] + ["c2ln"])


def enveloped(payload: object) -> dict[str, object]:
    return {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{token(payload)}"}


BAD = {
    "empty": (b"", "empty-file"),
    "truncated": (b'{"type": ["DigitalProductPassport"], "credentialSubject": {', "bad-json"),
    "plain JSON": (b'{"hello": "world"}', "not-a-credential"),
    "another credential": (b'{"type": ["Diploma"], "credentialSubject": {"degree": "MA"}}', "not-a-credential"),
    "a list of nothing": (b"[]", "not-a-credential"),
    "a number": (b"3", "not-a-credential"),
    "numbers": (b"[1, 2]", "not-a-credential"),
    "NaN": (b'{"credentialSubject": {"a": NaN}}', "not-a-number"),
    "deep": (b"[" * 5_000 + b"]" * 5_000, "too-deep"),
    "UTF-16": (json.dumps(clean("0.7.0-chain/dpp")).encode("utf-16"), "not-utf-8"),
    "a bad token": (b"eyJhbGciOiJub25lIn0.eyJh.x", "bad-jwt"),
    "a bad envelope": (
        b'{"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,eyJ.!.x"}',
        "bad-jwt",
    ),
    "prose": (b"Dear Sir or Madam", "bad-json"),
    "envelopes for ever": (
        json.dumps(enveloped(enveloped(enveloped(enveloped(enveloped(enveloped({}))))))).encode(),
        "too-deep",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_while_the_others_are_read(name: str) -> None:
    content, code = BAD[name]
    found = read(a=clean("0.7.0-chain/dcc"), bad=content, c=clean("0.7.0-chain/dpp"))
    assert found["bad"].kind is DocumentKind.UNREADABLE
    (finding,) = found["bad"].findings
    assert (finding.code, finding.severity, finding.place.document) == (code, Severity.ERROR, "bad")
    assert len(finding.message) < 300
    assert finding.fix
    assert [found["a"].kind, found["c"].kind] == [DocumentKind.DCC, DocumentKind.DPP]


def test_what_cannot_be_loaded_is_named() -> None:
    def load() -> bytes:
        raise UnreadableError("unreadable-file", Place("x"), "No.")

    (document,) = evidence.read([Input("x", load)])
    assert (document.kind, document.findings[0].code) == (DocumentKind.UNREADABLE, "unreadable-file")


def test_a_folder_without_documents_is_a_document_that_cannot_be_read(tmp_path: Path) -> None:
    (document,) = evidence.read(open_inputs([tmp_path]))
    assert (document.name, document.findings[0].code) == (str(tmp_path), "no-documents")


def test_files_passed_over_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Hello")
    (tmp_path / "dpp.json").write_text(json.dumps(clean("0.7.0-chain/dpp")))
    assert [d.kind for d in evidence.read(open_inputs([tmp_path]))] == [DocumentKind.DPP]


def test_a_zip_of_credentials_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("x/dpp.json", json.dumps(clean("0.7.0-chain/dpp")))
        archive.writestr("x/bad.json", "{")
    (tmp_path / "all.zip").write_bytes(buffer.getvalue())
    found = evidence.read(open_inputs([tmp_path / "all.zip"]))
    assert [d.kind for d in found] == [DocumentKind.UNREADABLE, DocumentKind.DPP]


@pytest.mark.parametrize("name", NAMES)
def test_a_token_says_what_its_payload_says(name: str) -> None:
    plain = one(clean(name))
    for wrapped in (enveloped(clean(name)), token(clean(name)), {"verifiableCredential": [enveloped(clean(name))]}):
        document = one(wrapped)
        assert (document.claims, document.assessments, document.links) == (plain.claims, plain.assessments, plain.links)
        assert document.status == ("signature not checked", "revocation status not checked")
        assert "enveloped" in {f.code for f in document.findings}


def test_what_is_not_signed_says_so() -> None:
    value = clean("0.7.0-chain/dpp")
    assert one(value).status[0] == "not signed"
    value["proof"] = {"type": "DataIntegrityProof", "verificationMethod": "did:web:pottery.example#1"}
    assert one(value).status[0] == "signature not checked"


def test_a_token_signed_by_somebody_else_is_a_finding() -> None:
    document = one(token(clean("0.7.0-chain/dpp"), {"alg": "EdDSA", "kid": "did:web:thief.example#1"}))
    assert "D15" in {f.code for f in document.findings}
    assert "D15" not in {f.code for f in one(token(clean("0.7.0-chain/dpp"))).findings}


def test_the_claims_of_an_older_token_are_the_envelope() -> None:
    credential = {k: v for k, v in clean("0.7.0-chain/dcc").items() if k not in ("issuer", "validFrom", "validUntil")}
    document = one(token({"iss": "did:web:assessors.example", "nbf": 1735689600, "exp": 1893456000, "vc": credential}))
    assert document.issuer is not None
    assert document.issuer.id == "did:web:assessors.example"
    assert (document.validity.start, document.validity.end) == ("2025-01-01", "2030-01-01")


def test_several_credentials_in_one_file_are_several_documents() -> None:
    both = [clean("0.7.0-chain/dpp"), {"no": "credential"}, clean("0.7.0-chain/dcc")]
    found = read(**{"a.json": both})
    assert {n: d.kind for n, d in found.items()} == {
        "a.json#/0": DocumentKind.DPP,
        "a.json#/1": DocumentKind.UNREADABLE,
        "a.json#/2": DocumentKind.DCC,
    }
    for document in found.values():
        for place in places(document):
            assert place.document == document.name
            at(both, place.pointer)


def test_a_presentation_presents_its_credentials() -> None:
    both = {
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [clean("0.7.0-chain/dpp"), clean("0.7.0-chain/dcc")],
    }
    found = read(**{"a.json": both})
    assert [d.kind for d in found.values()] == [DocumentKind.DPP, DocumentKind.DCC]
    assert found["a.json#/verifiableCredential/0"].claims[0].place.pointer.startswith("/verifiableCredential/0/")


def test_lines_of_json_are_documents() -> None:
    lines = "\n".join([json.dumps(clean("0.7.0-chain/dpp")), "", "{", json.dumps(clean("0.7.0-chain/dcc"))])
    found = read(**{"a.ndjson": lines})
    assert {n: d.kind for n, d in found.items()} == {
        "a.ndjson#line-1": DocumentKind.DPP,
        "a.ndjson#line-3": DocumentKind.UNREADABLE,
        "a.ndjson#line-4": DocumentKind.DCC,
    }


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("0.7.0-chain/dpp", DocumentKind.DPP),
        ("0.7.0-chain/dfr", DocumentKind.DFR),
        ("0.7.0-chain/dcc", DocumentKind.DCC),
        ("0.7.0-chain/dia", DocumentKind.DIA),
        ("0.7.0-chain/dte", DocumentKind.DTE),
        ("0.6.1-passport-and-certificate/dpp", DocumentKind.DPP),
        ("0.5-passport-and-certificate/dpp", DocumentKind.DPP),
    ],
)
@pytest.mark.parametrize("typed", [True, False])
def test_a_bare_subject_is_known_by_type_or_by_shape(path: str, kind: DocumentKind, typed: bool) -> None:
    subject = clean(path)["credentialSubject"]
    for node in subject if isinstance(subject, list) else [subject]:
        if not typed:
            del node["type"]
    document = one(subject)
    assert document.kind is kind
    assert document.version == path.partition("-")[0]
    assert (document.issuer, document.validity.start, document.validity.end) == (None, None, None)


def test_a_bare_list_of_assessments_is_a_certificate_of_nobody() -> None:
    (assessment,) = one(clean("0.5-passport-and-certificate/dcc")["credentialSubject"]["assessment"]).assessments
    assert assessment.issuer is None
    assert assessment.place.pointer == "/0"
    assert assessment.declared == {}


@pytest.mark.parametrize(
    "host", ["https://test.uncefact.org/vocabulary", "https://vocabulary.uncefact.org", "http://x.example/a/b"]
)
@pytest.mark.parametrize(
    ("version", "read_as"), [("0.5.0", "0.5"), ("0.6.0-beta5", "0.6.0"), ("0.6.1", "0.6.1"), ("working", "0.6.1")]
)
def test_the_version_is_read_from_the_context_on_any_host(host: str, version: str, read_as: str) -> None:
    value = changed(clean("0.6.1-passport-and-certificate/dpp"), "/@context", [f"{host}/untp/dpp/{version}/"])
    assert one(value).version == read_as


def shuffled(value: Any, order: random.Random) -> Any:
    if isinstance(value, list):
        return [shuffled(v, order) for v in value]
    if isinstance(value, dict):
        keys = list(value)
        order.shuffle(keys)
        return {k: shuffled(value[k], order) for k in keys}
    return value


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_keys_does_not_matter(name: str) -> None:
    value = clean(name)
    document = one(value)
    for seed in range(5):
        other = one(shuffled(value, random.Random(seed)))
        assert replace(
            other, sha256="", findings=(), subjects=(), links=(), attributes=(), claims=(), assessments=()
        ) == replace(document, sha256="", findings=(), subjects=(), links=(), attributes=(), claims=(), assessments=())
        for field in ("links", "attributes", "findings"):
            assert set(getattr(other, field)) == set(getattr(document, field))
        for field in ("claims", "assessments"):
            assert getattr(other, field) == getattr(document, field)


def test_the_order_of_documents_changes_no_key() -> None:
    names = [f"0.7.0-chain/{k}" for k in ("dpp", "dfr", "dcc", "dia", "dte")]
    forwards = read(**{n: clean(n) for n in names})
    backwards = read(**{n: clean(n) for n in reversed(names)})
    for n in names:
        assert forwards[n].claims == backwards[n].claims
        assert forwards[n].assessments == backwards[n].assessments
        assert set(forwards[n].links) == set(backwards[n].links)


def test_one_key_is_used_for_a_thing_in_every_document() -> None:
    passport, record = clean("0.7.0-chain/dpp"), clean("0.7.0-chain/dfr")
    passport["credentialSubject"]["producedAtFacility"] = {"id": "https://x.example/414/9520123456788"}
    record["credentialSubject"]["facilityAlsoKnownAs"] = [{"id": "https://y.example/gs1/414/9520123456788"}]
    found = read(a=passport, b=record)
    (made_at,) = [x for x in found["a"].links if x.kind == "produced-at"]
    assert made_at.target == found["b"].subjects[0].key == "facility:id:https://plants.example/kiln-1"


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["2025-02-30", "did:web:x", "https://x.example/01/09520123456788"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "type", "name", "value", "unit", "product", "facility", "code"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def pointers(value: Any, pointer: str = "") -> list[str]:
    found = [pointer] if pointer else []
    for step, inner in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        found += pointers(inner, f"{pointer}/{str(step).replace('/', '~1')}")
    return found


@given(st.sampled_from(NAMES), st.data())
def test_no_junk_makes_reading_fail(name: str, data: st.DataObject) -> None:
    value = clean(name)
    for _ in range(3):
        path = data.draw(st.sampled_from([p for p in pointers(value) if "~" not in p]))
        value = changed(value, path, data.draw(JUNK))
    for document in read(**{"a.json": value}).values():
        assert isinstance(document, Document)
        for place in places(document):
            at(value, place.pointer)


@given(JUNK)
def test_no_junk_alone_makes_reading_fail(value: Any) -> None:
    assert read(**{"a.json": copy.deepcopy(value)})


def test_cost_is_linear_in_the_claims() -> None:
    value = clean("0.7.0-chain/dpp")
    claim = value["credentialSubject"]["performanceClaim"][0]
    value["credentialSubject"]["performanceClaim"] = [claim] * 400
    document = one(value)
    assert len(document.claims) == 400
    assert len([f for f in document.findings if f.code == "D6"]) == 1


def test_the_examples_are_there() -> None:
    assert CASES.is_dir()
