"""IRIs and literals of the RDF that Comity writes: one spelling of each, wherever it is written."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from comity.model.scales import Level, Scale

NS = "https://w3id.org/comity/ns#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SUBJECTS = "https://w3id.org/comity/subject/"
ROWS = "https://w3id.org/comity/mapping/"

TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_YEAR = re.compile(r"\d{4}")
# RFC 3986, section 3.5: what may stand in a fragment beside letters, digits and percent signs.
_FRAGMENT = "/?:@!$&'()*+,;=-._~"
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")


def comity(name: str) -> NamedNode:
    """Name a term of the vocabulary."""
    return NamedNode(NS + name)


def graph(sha256: str) -> NamedNode:
    """Name the graph of a document, by the hash of its bytes."""
    return NamedNode(f"urn:sha256:{sha256}")


def node(sha256: str, pointer: str, tail: str = "") -> NamedNode:
    """Name a place in a document (RFC 6901, section 6: a JSON Pointer as a fragment).

    :param tail: tells apart several things that stand in one place.

    >>> node("0a", "/credentialSubject/performance claim/1").value
    'urn:sha256:0a#/credentialSubject/performance%20claim/1'
    """
    return NamedNode(f"urn:sha256:{sha256}#{quote(pointer, safe=_FRAGMENT)}{'?' + tail if tail else ''}")


def subject(key: str) -> NamedNode:
    """Name a subject or a party, by its canonical key.

    >>> subject("product:gs1:01/09506000134352").value
    'https://w3id.org/comity/subject/product:gs1:01/09506000134352'
    """
    return NamedNode(SUBJECTS + quote(key, safe="/:"))


def mapping_row(record: str) -> NamedNode:
    """Name a mapping row, by its record id."""
    return NamedNode(ROWS + quote(record, safe=":/"))


def iri(value: str) -> NamedNode | None:
    """Return the IRI that a text is; ``None`` when it is none.

    >>> iri("https://a.example/x").value, iri("not an IRI"), iri("http://[")
    ('https://a.example/x', None, None)
    """
    try:
        return NamedNode(value) if _IRI.fullmatch(value) else None
    except ValueError:  # a host or a percent sign that RFC 3987 does not allow
        return None


def individual(word: str) -> NamedNode:
    """Name the individual of a token, such as ``accredited-third-party``.

    >>> individual("accredited-third-party").value
    'https://w3id.org/comity/ns#accreditedThirdParty'
    """
    first, *rest = word.split("-")
    return comity(first + "".join(part.capitalize() for part in rest))


def scaled(member: Scale | Level) -> NamedNode:
    """Name the individual of a member of a scale."""
    return individual(member.value if isinstance(member, Level) else member.token)


def text(value: str) -> Literal:
    """Write a text; half a character pair, which JSON can carry and RDF cannot, becomes a question mark."""
    return Literal(value.encode("utf-8", "replace").decode("utf-8"))


def boolean(value: bool) -> Literal:
    """Write a truth value."""
    return Literal("true" if value else "false", datatype=NamedNode(XSD + "boolean"))


def integer(value: int) -> Literal:
    """Write a whole number."""
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))


def day(value: str | date) -> Literal:
    """Write a day or a year with its datatype, anything else as it is.

    >>> day("2031-08-18").datatype.value[-4:], day("2031").datatype.value[-5:]
    ('date', 'gYear')
    """
    written = value.isoformat() if isinstance(value, date) else value
    for pattern, datatype in ((_DAY, "date"), (_YEAR, "gYear")):
        if pattern.fullmatch(written):
            return Literal(written, datatype=NamedNode(XSD + datatype))
    return text(written)


def decimal(value: Fraction) -> str | None:
    """Write a rational as an ``xsd:decimal``; ``None`` when no decimal is exact.

    >>> decimal(Fraction(1, 8)), decimal(Fraction(-16)), decimal(Fraction(1, 3))
    ('0.125', '-16.0', None)
    """
    twos = fives = 0
    rest = value.denominator
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return None
    places = max(twos, fives, 1)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def number(value: Fraction) -> Literal:
    """Write a rational that a decimal writes out.

    :raises ValueError: when no decimal is exact; write it as ``comity:rational`` then.
    """
    written = decimal(value)
    if written is None:
        raise ValueError(f"no decimal is {value}")
    return Literal(written, datatype=NamedNode(XSD + "decimal"))
