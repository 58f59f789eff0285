"""Bytes into text: UTF-8, and a clear word where it is not."""

from __future__ import annotations

import codecs

from comity.model.errors import UnreadableError
from comity.model.places import Finding, Place, Severity

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(content: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    r"""Decode UTF-8, with or without a byte order mark.

    :raises UnreadableError: code ``empty-file`` or ``not-utf-8``.

    >>> decode(b"\xef\xbb\xbf{}", "a.json")[0]
    '{}'
    >>> decode("{}".encode("utf-16"), "a.json")
    Traceback (most recent call last):
    comity.model.errors.UnreadableError: a.json: The file is UTF-16, not UTF-8. Save it as UTF-8.
    """
    if not content.strip():
        raise UnreadableError("empty-file", Place(name), "The file is empty.", "Check that it was written completely.")
    other = _other_encoding(content)
    if other:
        raise UnreadableError("not-utf-8", Place(name), f"The file is {other}, not UTF-8.", "Save it as UTF-8.")
    findings = []
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
        findings.append(
            Finding(
                "byte-order-mark",
                Severity.INFO,
                Place(name, "line 1"),
                "The file begins with a byte order mark, which was skipped.",
                "Save it as UTF-8 without a mark.",
            )
        )
    try:
        return content.decode("utf-8"), tuple(findings)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableError(
            "not-utf-8",
            Place(name, f"line {line}"),
            f"Byte {error.start} (0x{content[error.start]:02x}) is not UTF-8.",
            "Save the file as UTF-8.",
        ) from error


def _other_encoding(content: bytes) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    # ASCII characters of an unmarked UTF-16 or UTF-32 file bring zero bytes, which text has not.
    head = content[:4]
    if head.count(0) == 3:
        return "UTF-32"
    if len(head) >= 2 and head[:2].count(0) == 1:
        return "UTF-16"
    return ""
