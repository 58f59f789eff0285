"""Names of a package whose modules are imported when somebody asks for one of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any


def names(package: str, /, **modules: str) -> Callable[[str], Any]:
    """Make the ``__getattr__`` of a package.

    :param modules: module of the package to the names that stand in it, none of which a module has itself.

    >>> names("json", decoder="JSONDecoder JSONDecodeError")("JSONDecoder").__name__
    'JSONDecoder'
    """
    places = {name: module for module, found in modules.items() for name in found.split()}

    def __getattr__(name: str) -> Any:  # noqa: N807
        if name not in places:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{places[name]}"), name)

    return __getattr__
