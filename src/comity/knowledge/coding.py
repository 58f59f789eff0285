"""Domain objects as plain lists and words, and back: what JSON can hold, and nothing lost.

Nothing is said here of any class: how each is written follows from the types of its fields.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum, Flag
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin

Turn = Callable[[Any], Any]


class Coding(NamedTuple):
    """How values of a type are written and read; ``None`` for what stays as it is."""

    write: Turn | None = None
    read: Turn | None = None


_AS_IT_IS = Coding()


@cache
def coding(kind: Any) -> Coding:
    """Return how values of a type are written.

    :param kind: a dataclass, or what may be written as the type of a field.
    :raises TypeError: when there is no way to write them.

    >>> from comity.model.places import Place, Severity
    >>> coding(Place).write(Place("a.ttl", "line 2")), coding(Severity | None).read("info")
    (['a.ttl', 'line 2'], <Severity.INFO: 'info'>)
    """
    if kind in (str, int, float, bool, NoneType):
        return _AS_IT_IS
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _union(get_args(kind))
    if origin is not None:
        return _collection(origin, get_args(kind))
    if kind is date:
        return Coding(date.isoformat, date.fromisoformat)
    if kind is Fraction:
        return Coding(str, Fraction)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Coding(_value, kind if issubclass(kind, Flag) else {m.value: m for m in kind}.__getitem__)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"{kind} cannot be written")


def types(kind: type[Any]) -> Mapping[str, Any]:
    """Return the types of the fields of a dataclass, in their order.

    >>> from comity.model.places import Place
    >>> types(Place)
    {'document': <class 'str'>, 'pointer': <class 'str'>}
    """
    return {f.name: _meant(f.type, kind.__module__) if isinstance(f.type, str) else f.type for f in fields(kind)}


@cache
def _meant(text: str, module: str) -> Any:
    # ``get_type_hints`` does this for each field anew, and most fields are texts.
    return eval(text, vars(sys.modules[module]))  # noqa: S307 - it is our own source


def _value(member: Enum) -> Any:
    return member.value


def _record(kind: type[Any]) -> Coding:
    """Write a dataclass as the list of its fields."""
    hints = types(kind)
    names = list(hints)
    codings = [coding(hint) for hint in hints.values()]
    writers = [(name, c.write) for name, c in zip(names, codings, strict=True)]
    readers = [(position, c.read) for position, c in enumerate(codings) if c.read is not None]

    def write(thing: Any) -> list[Any]:
        return [turn(getattr(thing, name)) if turn else getattr(thing, name) for name, turn in writers]

    def read(values: list[Any]) -> Any:
        for position, turn in readers:
            values[position] = turn(values[position])
        return kind(*values)

    return Coding(write, read)


def _union(kinds: tuple[Any, ...]) -> Coding:
    """Write ``None`` as itself; where several types are left, each value says which it is of."""
    some = [kind for kind in kinds if kind is not NoneType]
    if len(some) > 1:
        return _several(some)
    write, read = coding(some[0])
    if write is None or read is None:
        return _AS_IT_IS
    return Coding(lambda v: None if v is None else write(v), lambda v: None if v is None else read(v))


def _several(kinds: list[Any]) -> Coding:
    codings = [coding(kind) for kind in kinds]

    def write(value: Any) -> Any:
        """Write a value with the position of its type."""
        if value is None:
            return None
        position = next(i for i, kind in enumerate(kinds) if type(value) is kind)
        turn = codings[position].write
        return [position, turn(value) if turn else value]

    def read(value: Any) -> Any:
        if value is None:
            return None
        turn = codings[value[0]].read
        return turn(value[1]) if turn else value[1]

    return Coding(write, read)


def _collection(origin: Any, kinds: tuple[Any, ...]) -> Coding:
    if isinstance(origin, type) and issubclass(origin, Mapping):
        if kinds[0] is not str:
            raise TypeError("names are texts")
        return _named(coding(kinds[1]))
    if origin is tuple and kinds[-1] is not Ellipsis:
        return _fixed([coding(kind) for kind in kinds])
    if origin not in (tuple, frozenset):
        raise TypeError(f"{origin} cannot be written")
    write, read = coding(kinds[0])
    ordered = sorted if origin is frozenset else list
    return Coding(
        lambda v: ordered([write(one) for one in v] if write else v),
        lambda v: origin([read(one) for one in v] if read else v),
    )


def _named(of: Coding) -> Coding:
    write, read = of
    return Coding(
        (lambda v: {name: write(one) for name, one in v.items()}) if write else dict,
        (lambda v: {name: read(one) for name, one in v.items()}) if read else None,
    )


def _fixed(codings: list[Coding]) -> Coding:
    """Write a tuple of so many values, each of its own type."""
    return Coding(
        lambda v: [c.write(one) if c.write else one for c, one in zip(codings, v, strict=True)],
        lambda v: tuple([c.read(one) if c.read else one for c, one in zip(codings, v, strict=True)]),
    )
