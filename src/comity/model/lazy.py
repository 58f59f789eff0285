"""Names of a package whose modules are imported when somebody asks for one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def names(package: str, places: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a package.

    :param places: module of the package to the names that stand in it.

    >>> names("json", {"decoder": ("JSONDecoder",)})("JSONDecoder").__name__
    'JSONDecoder'
    """
    modules = {name: module for module, found in places.items() for name in found}

    def __getattr__(name: str) -> Any:  # noqa: N807
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{modules[name]}"), name)

    return __getattr__
