"""Numbers that documents state as attributes, exact and in the unit that is asked for."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from comity import units
from comity.algebra.comparison import decimal
from comity.model.errors import IncommensurableError, UnknownNameError
from comity.model.quantities import Quantity

_NUMBER: Final = re.compile(r"^[+-]?\d{1,100}(\.\d{1,100})?([eE][+-]?\d{1,2})?$")
"""A number that is believed: a longer one would only exhaust the memory."""


def number(text: str) -> Fraction | None:
    """Read an exact number; ``None`` when the text is none, or is beyond belief.

    >>> number("0.1"), number("1e999999999"), number("82 kWh")
    (Fraction(1, 10), None, None)
    """
    return Fraction(text.strip()) if _NUMBER.match(text.strip()) else None


def measured(text: str, written: str, unit: str | None) -> tuple[str, str]:
    """Read a number in a unit.

    :param written: the unit as the document wrote it.
    :param unit: QUDT unit IRI that the number is wanted in; ``None`` where the number alone is meant.
    :returns: the number as text and nothing, or nothing and why it cannot be read.

    >>> measured("1.5", "MWh", "http://qudt.org/vocab/unit/KiloW-HR")
    ('1500', '')
    >>> measured("1.5", "kg", "http://qudt.org/vocab/unit/KiloW-HR")
    ('', 'kilogram cannot be converted to kilowatt hour')
    """
    value = number(text)
    if value is None:
        return "", f"{text!r} is no number"
    if unit is None:
        return decimal(value), ""
    known = units.unit(written) if written.strip() else None
    if known is None:
        wanted = units.label(unit)
        return (
            "",
            f"the unit {written!r} is not known" if written.strip() else f"no unit is stated, and {wanted} is asked",
        )
    try:
        value = units.convert(Quantity(value, known), unit).value
    except (IncommensurableError, UnknownNameError) as error:
        return "", str(error).rstrip(".")
    if value < 0:
        return "", f"{decimal(value)} is less than nothing"
    return decimal(value), ""
