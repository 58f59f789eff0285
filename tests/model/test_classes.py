"""Our ``dataclass`` against the standard library's."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from comity.model import classes

ours: Callable[..., Any] = classes._dataclass
theirs: Callable[..., Any] = dataclasses.dataclass
OPTIONS = (
    {"frozen": True, "slots": True},
    {"frozen": True, "slots": True, "order": True},
    {"frozen": True, "slots": True, "eq": False},
    {"frozen": True},
    {"slots": True},
)


def made(dataclass: Callable[..., Any], **options: bool) -> Any:
    """A class with every sort of field that ours have."""

    @dataclass(**options)
    class Thing:
        """A thing."""

        name: str
        size: int = 3
        parts: list[str] = dataclasses.field(default_factory=list)
        hidden: int = dataclasses.field(default=0, repr=False, compare=False)
        own: int = dataclasses.field(default=7, init=False)

        def doubled(self) -> int:
            return self.size * 2

    return Thing


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_same_as_the_standard_one(options: dict[str, bool]) -> None:
    found = [_seen(made(dataclass, **options)) for dataclass in (ours, theirs)]
    assert found[0] == found[1]


def _seen(cls: Any) -> list[object]:
    """All that can be told of a class from outside."""
    a, b, c = cls("a"), cls("a", 3, [], hidden=9), cls("b", parts=["x"])
    seen: list[object] = [repr(a), repr(b), repr(c), a == b, a == c, a != c, a == "a", a.doubled()]
    seen += [str(inspect.signature(cls)), cls.__match_args__, [f.name for f in dataclasses.fields(cls)]]
    seen += [
        repr(dataclasses.replace(c, size=1)),
        dataclasses.asdict(c),
        copy.deepcopy(c).parts,
        hasattr(a, "__dict__"),
    ]
    tries: tuple[Callable[[], object], ...] = (
        lambda: setattr(a, "name", "z"),
        lambda: setattr(a, "size", 4),
        lambda: delattr(copy.copy(c), "name"),
        lambda: cls(),
        lambda: cls("a", 1, [], 2, 3, 4),
        lambda: a < c,
        lambda: c >= a,
        lambda: a < 3,
    )
    return seen + [_outcome(one) for one in tries]


def _outcome(what: Callable[[], object]) -> object:
    try:
        return what()
    except Exception as error:
        return type(error).__name__


def test_hashes() -> None:
    @classes.dataclass(frozen=True)
    class Pair:
        one: int
        other: int = 0

    assert hash(Pair(1)) == hash(Pair(1, 0))
    assert {Pair(1), Pair(1, 0), Pair(2)} == {Pair(1), Pair(2)}
    with pytest.raises(TypeError, match="unhashable"):
        hash(made(ours, slots=True)("a"))


@classes.dataclass(frozen=True, slots=True)
class Sent:
    """What another process gets."""

    name: str
    parts: tuple[str, ...] = ()


def test_it_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(Sent("a", ("b",)))) == Sent("a", ("b",))


def test_what_follows_the_constructor_is_run() -> None:
    class Plain:
        one: int
        two: int = 0

        def __post_init__(self) -> None:
            self.two = 2 * self.one

    assert [make(slots=True)(type("Doubled", (), dict(vars(Plain))))(3).two for make in (ours, theirs)] == [6, 6]
