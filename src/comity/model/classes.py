"""``dataclass`` as the standard library has it, made faster.

The standard one compiles six methods of each class from text: with a hundred classes or two that is a fifth of a
command's time. Here only ``__init__`` is; the other methods are closures over the fields and behave the same
(``tests/model`` compares them). What reads dataclasses (``replace``, ``fields``, type checkers) sees no difference.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

Made = TypeVar("Made")

Values = Callable[[Any], tuple[Any, ...]]


class _Factory:
    """What stands for a default that is made anew each time."""

    def __repr__(self) -> str:
        return "<factory>"


_FACTORY = _Factory()


def _dataclass(
    cls: type[Any] | None = None, *, frozen: bool = False, slots: bool = False, order: bool = False, eq: bool = True
) -> Any:
    """Make a class from its annotations, as :func:`dataclasses.dataclass` does.

    :param frozen: instances cannot be changed, and can be hashed.
    :param slots: instances have no ``__dict__``.
    :param order: instances compare as the tuples of their fields do.
    :param eq: instances are equal when their fields are; else each is only itself.

    >>> @_dataclass(frozen=True, slots=True)
    ... class Pair:
    ...     one: int
    ...     other: int = 2
    >>> Pair(1), Pair(1) == Pair(1, 2)
    (Pair(one=1, other=2), True)
    """

    def made(given: type[Any]) -> type[Any]:
        own = frozenset(vars(given))
        cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(given)
        fields = dataclasses.fields(cls)
        methods: dict[str, Any] = {"__init__": _init(cls, fields, frozen), "__repr__": _repr(fields)}
        values = _values([f.name for f in fields if f.compare])
        if eq:
            methods |= _equality(values, frozen)
        if order:
            methods |= _order(values)
        for name, method in methods.items():
            if name not in own:
                setattr(cls, name, method)
        for name, method in (_frozen(fields, slots) if frozen else {}).items():
            setattr(cls, name, method)
        return cls

    return made if cls is None else made(cls)


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    dataclass = _dataclass


def _init(cls: type[Any], fields: Sequence[Field[Any]], frozen: bool) -> Callable[..., None]:
    """Compile the constructor, in the module of the class as its annotations are."""
    outer: dict[str, Any] = {"_factory": _FACTORY, "_set": object.__setattr__}
    parameters, lines = ["self"], []
    for field in fields:
        name = value = field.name
        default = f"_default_{name}"
        if field.default_factory is not MISSING:
            outer[default] = field.default_factory
            value = f"{default}() if {name} is _factory else {name}" if field.init else f"{default}()"
            parameters += [f"{name}=_factory"] * field.init
        elif field.default is not MISSING:
            outer[default] = field.default
            value = name if field.init else default
            parameters += [f"{name}={default}"] * field.init
        else:
            parameters.append(name)
        lines.append(f"  _set(self, {name!r}, {value})" if frozen else f"  self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        lines.append("  self.__post_init__()")
    head = f"def make({', '.join(outer)}):\n def __init__({', '.join(parameters)}):\n"
    text = head + "\n".join(lines or ["  pass"]) + "\n return __init__"
    scope: dict[str, Any] = {}
    exec(text, vars(sys.modules[cls.__module__]), scope)  # noqa: S102 - it holds nothing but names of fields
    init: Callable[..., None] = scope["make"](**outer)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {f.name: f.type for f in fields if f.init} | {"return": None}
    return init


def _values(names: Sequence[str]) -> Values:
    """Return what takes the values of fields as a tuple."""
    if not names:
        return lambda _: ()
    get: Values = attrgetter(*names)
    return get if len(names) > 1 else lambda thing: (get(thing),)


def _repr(fields: Sequence[Field[Any]]) -> Callable[[Any], str]:
    names = [f.name for f in fields if f.repr]

    def __repr__(self: Any) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in names])})"

    return __repr__


def _equality(values: Values, frozen: bool) -> dict[str, Any]:
    def __eq__(self: Any, other: Any) -> Any:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _order(values: Values) -> dict[str, Any]:
    def __lt__(self: Any, other: Any) -> Any:  # noqa: N807
        return values(self) < values(other) if other.__class__ is self.__class__ else NotImplemented

    def __le__(self: Any, other: Any) -> Any:  # noqa: N807
        return values(self) <= values(other) if other.__class__ is self.__class__ else NotImplemented

    def __gt__(self: Any, other: Any) -> Any:  # noqa: N807
        return values(self) > values(other) if other.__class__ is self.__class__ else NotImplemented

    def __ge__(self: Any, other: Any) -> Any:  # noqa: N807
        return values(self) >= values(other) if other.__class__ is self.__class__ else NotImplemented

    return {"__lt__": __lt__, "__le__": __le__, "__gt__": __gt__, "__ge__": __ge__}


def _frozen(fields: Sequence[Field[Any]], slots: bool) -> dict[str, Any]:
    """Return what forbids changes, and lets copies be made all the same."""
    names = [f.name for f in fields]

    def __setattr__(self: Any, name: str, value: Any) -> None:  # noqa: N807
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self: Any) -> list[Any]:  # noqa: N807
        return [getattr(self, name) for name in names]

    def __setstate__(self: Any, state: Sequence[Any]) -> None:  # noqa: N807
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    copied = {"__getstate__": __getstate__, "__setstate__": __setstate__} if slots else {}
    return {"__setattr__": __setattr__, "__delattr__": __delattr__, **copied}
