"""From pages as data to HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from comity.publish.paths import relative

if TYPE_CHECKING:
    from jinja2 import Environment

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_DAY = re.compile(r"(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w/-])")


class Renderer:
    """Fills the templates of a site.

    :param site: what every page shows: ``title``, ``version``, ``checked_on``, ``on``.
    """

    def __init__(self, site: Mapping[str, str]) -> None:
        self._here = ""
        self._environment = self._made(site)

    def render(self, template: str, here: str, **given: object) -> bytes:
        """Write a page.

        :param here: its path, from the root of the site.
        """
        self._here = here
        return self._environment.get_template(f"{template}.html.j2").render(here=here, **given).encode("utf-8")

    def _made(self, site: Mapping[str, str]) -> Environment:
        from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context

        # A filter that is passed the context is never worked out when a template is compiled.
        @pass_context
        def rel(context: object, there: str) -> str:
            return relative(self._here, there)

        made = Environment(
            loader=PackageLoader("comity.publish"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        made.globals["site"] = dict(site)
        made.tests["web"] = is_web
        made.filters |= {
            "rel": rel,
            "day": day,
            "days": days,
            "host": host,
            "steps": steps,
            "capital": capital,
            "number": lambda count: f"{count:,}",
        }
        return made


def is_web(address: Any) -> bool:
    """Tell whether an address may be a link: ``javascript:`` and the like may not.

    >>> is_web("https://a.example/x"), is_web("javascript:alert(1)"), is_web("")
    (True, False, False)
    """
    try:
        parts = urlsplit(str(address))
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def host(address: str) -> str:
    """Name the site that an address leads to.

    >>> host("https://www.a.example/b/c.pdf")
    'a.example'
    """
    return urlsplit(address).netloc.removeprefix("www.") or address


def day(text: str) -> str:
    """Write a day as people read it.

    >>> day("2031-08-18"), day("2031")
    ('18 August 2031', '2031')
    """
    try:
        read = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{read.day} {MONTHS[read.month - 1]} {read.year}"


def days(text: str) -> str:
    """Write every day in a text as people read it.

    >>> days("the later of 2031-08-18 and an act")
    'the later of 18 August 2031 and an act'
    """
    return _DAY.sub(lambda m: day(m[0]), text)


def capital(text: str) -> str:
    """Begin with a capital letter, and leave the rest.

    >>> capital("limit: CO2")
    'Limit: CO2'
    """
    return text[:1].upper() + text[1:]


def steps(address: str) -> list[str]:
    """Split a long address where a line may break: after its slashes.

    >>> steps("https://a.example/b&c")
    ['https://', 'a.example/', 'b&c']
    """
    return re.findall(r"[^/]*/+|[^/]+", address)
