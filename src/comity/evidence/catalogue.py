"""Every code that reading documents may raise: how much it matters at most, what it means and what is made of it."""

from __future__ import annotations

from collections.abc import Mapping

from comity.model.places import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

RULES: Mapping[str, tuple[Severity, str]] = {
    # What makes an input unreadable.
    "bad-json": (
        _E,
        "The text is not JSON, or breaks off. The place is the line and column where it stops being JSON.",
    ),
    "bad-jwt": (_E, "A token is not three parts of base64url with JSON in the first two, so no credential comes out."),
    "bad-limit": (_E, "COMITY_MAX_BYTES is set to something that is no number of bytes."),
    "bad-sheet": (_E, "A table or workbook cannot be opened."),
    "broken-zip": (_E, "An archive, or an entry of it, cannot be unpacked."),
    "empty-file": (_E, "A file holds nothing but white space."),
    "joined-by-another": (
        _W,
        "A document gives a plant a registered identifier, or another name, by which it would be one with another; "
        "but its issuer does not operate both, or documents differ on who does. They are kept apart.",
    ),
    "nested-zip": (_E, "An archive stands within an archive; only one level is opened."),
    "no-documents": (_E, "A folder or archive holds no file whose name is that of a document."),
    "no-evidence": (_E, "A Turtle file describes no document, claim or assessment in Comity's vocabulary."),
    "not-a-credential": (
        _E,
        "The JSON is well formed, but has the shape of no UNTP credential, subject, event or assessment.",
    ),
    "not-a-file": (_E, "A path leads to something that is neither a file nor a folder."),
    "not-a-number": (_E, "NaN or Infinity stands where JSON allows numbers only (RFC 8259, section 6)."),
    "not-found": (_E, "There is no file or folder of that name."),
    "not-turtle": (_E, "A file is called Turtle, or begins like it, and is not."),
    "not-utf-8": (_E, "A file is in another encoding than UTF-8, such as UTF-16."),
    "sheet-columns": (_E, "No table of a claim sheet has a column subject and a column criterion or metric."),
    "too-deep": (_E, "JSON is nested beyond what any credential needs, or envelopes stand within envelopes."),
    "too-large": (_E, "A document is larger than the limit, which COMITY_MAX_BYTES raises."),
    "too-many": (_E, "One file holds more documents than are read at once."),
    "unreadable-file": (_E, "The operating system does not give the file."),
    "zip-bomb": (_E, "An archive would unpack to far more than one document may have, or has too many entries."),
    # What is noticed beside the kinds of dirt.
    "bad-anchor": (_W, "An identity anchor names no identity, or nobody issued it; it anchors nothing."),
    "bad-cell": (_W, "A cell of a claim sheet cannot be used; the message says what would be right."),
    "bad-conformance": (_W, "The conformance of an assessment is no truth value."),
    "bad-value": (_W, "A number is written as text, is no number, or has more digits than can be believed."),
    "byte-order-mark": (_I, "A file begins with a byte order mark, which is skipped."),
    "duplicate-key": (_W, "A JSON object has one key twice. The last is read; other readers may take the first."),
    "enveloped": (
        _I,
        "A credential stands in a token. Pointers count inside its payload; the signature is not checked.",
    ),
    "identity-not-verified": (_I, "An assessor does not say that it verified what its assessment is about."),
    "no-identifier": (_W, "A subject has no identifier, so that nothing from elsewhere can be about it."),
    "no-issuer": (_W, "A credential names no issuer; what it says is unattributed."),
    "no-subject": (
        _W,
        "An assessment does not say what it is about, and nothing lets it be inferred; it counts for nothing.",
    ),
    "register-type": (_I, "An issuer is anchored, but in a register for something else than its part here."),
    "same-document": (_I, "One document was given twice."),
    "sheet-column": (_I, "A column of a claim sheet is not known; it is not used."),
    "skipped-file": (_I, "A file in a folder or archive was passed over, because its name is not that of a document."),
    "subject-assumed": (_W, "An assessment does not say what it is about; that was inferred from its attestation."),
    "too-many-objects": (_W, "A document has so many objects that only the first were searched for what is wrong."),
    "two-levels": (_E, "Rows of a claim sheet give one identifier several levels; none of these rows is used."),
    "unknown-code": (_W, "A code is in no list of UNTP; it was kept as it stands."),
    # The kinds of dirt found in the credentials of the pilots and in the published samples.
    "D1": (_W, "A UNTP context was never published at its address. The version that the address names is taken."),
    "D2": (_I, "A context is not known. Contexts are never fetched; keys that only they define are kept, not used."),
    "D3": (
        _W,
        "A subject, or a list of assessments, stands without an envelope: no issuer, no validity, no signature.",
    ),
    "D4": (_W, "The type or the file name says another kind of document than the content is. The content is taken."),
    "D5": (_I, "A claim or assessment has the identifier of what it cites. It is known by its place in the document."),
    "D6": (_I, "Claims or assessments of one document share an identifier. Each is known by its place."),
    "D7": (_I, "Several credentials share an identifier. They are told apart by their content."),
    "D8": (_W, "The subjects of several certificates share an identifier. They are told apart by their content."),
    "D9": (_I, "Things that are written differently were taken for one, by a GS1 key or a registered identifier."),
    "D10": (_W, "One identifier stands for an organisation and for a facility or product. They are kept apart."),
    "D11": (
        _I,
        "One registered number stands in two registers, which joins nothing, or GS1 keeps the number for samples.",
    ),
    "D12": (_I, "A claim and an assessment of one criterion are put under different topics. Topics decide nothing."),
    "D13": (_W, "A date is missing, impossible, stated twice, or without a time zone (UTC is taken then)."),
    "D14": (_W, "An identity vouches for itself, or bears the names or registrations of several parties."),
    "D15": (
        _W,
        "The signing key belongs to another identity than the issuer, as when the issuer was edited after signing.",
    ),
    "D16": (
        _W,
        "Evidence is of another kind than its link says, about somebody else, out of reach, or without a true digest.",
    ),
    "D17": (_W, "A unit is missing, unknown, written freely, or measures something else."),
    "D18": (_I, "A key is a variant, of another version, or an extension. The first two are read, the last is kept."),
    "D19": (_W, "A text has space around it, a code is in another case, or a template's word was left in."),
    "D20": (_I, "There are several status entries, or a refresh service. None is looked up."),
    "D21": (_W, "Coordinates are a placeholder or nowhere on Earth, or a postal code lies in another region."),
    "D22": (_I, "One category has two codes, or one code two names."),
    "D23": (_I, "Objects have no type, or only a vague one. What they are is read from where they stand."),
    "D24": (_I, "A claim states its own conformance, which counts for nothing."),
    "D25": (_W, "A claim's criterion or evidence meets no document read, or a value does not fit its metric."),
    "D26": (_I, "Schema, context and samples of one version disagree. Either form is read."),
}
"""Code to the highest severity that it has, and what it means."""
