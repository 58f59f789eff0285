"""How a report speaks: names of verdicts, wrapping and colour."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence

from comity.model.places import Place, Severity
from comity.model.scales import Assurance, Basis, Confidence, Verdict

WIDTH = 110
"""Columns of a line."""
MOST_OF = 0.75
"""The share of the citations of a page from which the name of their text is left out of them."""

GAPS = (
    Verdict.FAILED,
    Verdict.CONFLICTING,
    Verdict.EXPIRED,
    Verdict.INSUFFICIENT_ASSURANCE,
    Verdict.PARTIAL,
    Verdict.UNDETERMINED,
    Verdict.MISSING,
    None,
)
"""What somebody must act on, the worst first; ``None`` is what an engine leaves open."""

SHOWN = (Verdict.SATISFIED, Verdict.SUPPORTED)

FOLDED = (Verdict.UPCOMING, Verdict.NOT_APPLICABLE)

_COLOURS: Mapping[Verdict | Severity | None, str] = {
    Verdict.FAILED: "31;1",
    Verdict.CONFLICTING: "31;1",
    Verdict.EXPIRED: "33",
    Verdict.INSUFFICIENT_ASSURANCE: "33",
    Verdict.PARTIAL: "33",
    Verdict.UNDETERMINED: "35",
    Verdict.MISSING: "31",
    Verdict.SATISFIED: "32",
    Verdict.SUPPORTED: "32",
    Severity.ERROR: "31;1",
    Severity.WARNING: "33",
}

_BASIS: Mapping[str, str] = {
    Basis.SECONDARY.value: "rule read in a secondary source only",
    Basis.NOT_VERIFIED.value: "rule not verified",
}


_KEY = re.compile(r"^(organisation|facility|product):id:")


def verdict_name(verdict: Verdict | None) -> str:
    """Write a verdict as people read it.

    >>> verdict_name(Verdict.INSUFFICIENT_ASSURANCE), verdict_name(None)
    ('INSUFFICIENT ASSURANCE', 'UNDECIDED')
    """
    return verdict.value.replace("-", " ").upper() if verdict else "UNDECIDED"


def assurance_name(assurance: Assurance | None) -> str:
    """Write an assurance as people read it.

    >>> assurance_name(Assurance.SELF), assurance_name(Assurance.THIRD_PARTY)
    ('self-declared', 'third party')
    """
    if assurance is None:
        return "any"
    return "self-declared" if assurance is Assurance.SELF else assurance.token.replace("-", " ")


def basis_name(basis: str, confidence: Confidence | None = None) -> str:
    """Say what is doubtful about how a rule was checked; empty when it was read in its source.

    >>> basis_name("secondary"), basis_name("read-in-source", Confidence.LOW)
    ('rule read in a secondary source only', 'rule recorded with low confidence')
    """
    low = "rule recorded with low confidence" if confidence is Confidence.LOW else ""
    return ", ".join(filter(None, (_BASIS.get(basis, ""), low)))


def place_name(place: Place) -> str:
    """Write a place as the first line of a message.

    >>> place_name(Place("a.json", "/credentialSubject/claim/1")), place_name(Place("a.json"))
    ('a.json  $.credentialSubject.claim[1]', 'a.json')
    """
    return f"{place.document}  {place.path}" if place.pointer else place.document


def counted(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun.

    >>> counted(1, "claim"), counted(2, "claim"), counted(0, "party", "parties")
    ('1 claim', '2 claims', '0 parties')
    """
    return f"{count} {one if count == 1 else many or one + 's'}"


def an(noun: str) -> str:
    """Put the article before a noun.

    >>> an("third party"), an("accredited third party")
    ('a third party', 'an accredited third party')
    """
    return f"{'an' if noun[:1].lower() in tuple('aeiou') else 'a'} {noun}"


def squeeze(text: str, width: int) -> str:
    """Shorten a sentence to a width by leaving out its middle: how it begins and how it ends tells most.

    >>> squeeze("it applies from the day after the act, which was not adopted", 40)
    'it applies from … which was not adopted'
    """
    if len(text) <= width:
        return text
    half = (width - 3) // 2
    begin = text[: half + 1].rpartition(" ")[0] or text[:half]
    rest = width - 3 - len(begin)
    return f"{begin} … {text[-rest - 1 :].partition(' ')[2] or text[-rest:]}"


def cut(text: str, width: int) -> str:
    """Shorten a text to a width by leaving out its end.

    >>> cut("one and two and three", 13)
    'one and two …'
    """
    if len(text) <= width:
        return text
    return f"{text[: width - 1].rpartition(' ')[0].rstrip(',;:') or text[: width - 2]} …"


def bare(key: str) -> str:
    """Write a canonical key as the identifier that a document gives; leave what is none.

    >>> bare("facility:id:https://plants.example/7"), bare("NC-82")
    ('https://plants.example/7', 'NC-82')
    """
    return _KEY.sub("", key)


def act_of(citations: Sequence[str]) -> tuple[str, int]:
    """Return the text that all or most citations are of, and how many are; empty where no text has three in four.

    >>> act_of(["Hive 1, Art. 2", "Hive 1, Art. 31"]), act_of(["Hive 1, Art. 2", "Comb 2, Art. 3"])
    (('Hive 1', 2), ('', 0))
    """
    texts = Counter(citation.partition(", ")[0] for citation in citations)
    most, _ = max(texts.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    own = [citation for citation in citations if citation.partition(", ")[0] == most]
    act = common(own).rpartition(", ")[0]
    return (act, len(own)) if act and len(own) >= MOST_OF * len(citations) else ("", 0)


def common(texts: Sequence[str]) -> str:
    """Return what all texts begin with.

    >>> common(["a1", "a2"]), common([])
    ('a', '')
    """
    first, last = min(texts, default=""), max(texts, default="")
    return first[: next((i for i, sign in enumerate(first) if last[i : i + 1] != sign), len(first))]


def listed(names: Sequence[str], most: int) -> str:
    """List names while they are few, and count the rest.

    >>> listed(["a", "b"], 2), listed(["a", "b", "c"], 2)
    ('a, b', 'a, b and 1 more (-v)')
    """
    more = f" and {len(names) - most} more (-v)" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def wrap(text: str, indent: int = 0, hang: int = 0) -> list[str]:
    """Break a sentence into lines; names and addresses stay whole."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def paint(text: str, of: Verdict | Severity | None, colour: bool) -> str:
    """Colour a word for a terminal."""
    code = _COLOURS.get(of)
    return f"\x1b[{code}m{text}\x1b[0m" if colour and code else text


_COMMAND = re.compile(r"(?P<colour>\x1b\[[0-9;]+m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, sets its title, or turns the direction of writing."""


def printable(text: str, colour: bool) -> str:
    r"""Make text from a stranger's document safe to print.

    :param colour: keep codes of colours, which are our own.

    >>> ascii(printable("Mug\x1b[2J 7", colour=False))
    "'Mug\\ufffd[2J 7'"
    """
    return _COMMAND.sub(lambda found: found[0] if colour and found["colour"] else "\ufffd" + found[0][1:], text)


def sentence(text: str) -> str:
    """Begin with a capital, unless with a name or an address, and end with a stop.

    >>> sentence("nothing bears on it"), sentence("It is."), sentence("a.json: no date")
    ('Nothing bears on it.', 'It is.', 'a.json: no date.')
    """
    text = text.strip()
    if not text:
        return ""
    first = text.split(maxsplit=1)[0]
    begun = text[0].upper() + text[1:] if first.rstrip(",:;.").isalpha() else text
    return begun + ("" if text.endswith((".", "?", "!", ":", "…")) else ".")
