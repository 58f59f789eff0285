"""Publish knowledge as a static site: a page for each text, criterion, mapping set and market, with data beside it.

What stands in a page is data first (:mod:`comity.publish.criterion`, :mod:`comity.publish.lists`); templates make
HTML of it. The same knowledge and day give the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from comity.model.classes import dataclass
from comity.model.knowledge import Knowledge
from comity.publish.folder import Folder, FolderError
from comity.publish.library import Library
from comity.publish.paths import BASE
from comity.publish.site import Site
from comity.publish.statements import Statements


@dataclass(frozen=True, slots=True)
class Published:
    """What was written.

    :param pages: how many of the files are pages.
    :param size: bytes in all.
    """

    pages: int
    files: int
    size: int


def publish(
    knowledge: Knowledge,
    folder: Path,
    on: date,
    *,
    extra: Sequence[Path] = (),
    title: str = "Comity",
    base: str = BASE,
    only: Collection[str] = (),
    force: bool = False,
) -> Published:
    """Write a site.

    :param folder: an empty or new one, or one that a site was published to before: what that no longer has goes.
    :param on: the day whose mapping rows and dates are shown.
    :param extra: the user's files that ``knowledge`` was loaded with.
    :param title: how the site calls itself.
    :param base: IRI under which the site will lie: what is named under it gets its own path.
    :param only: notations of editions and markets to publish, with the mapping sets that touch these; empty for all.
    :param force: publish into a folder that holds something else, which stays.
    :raises FolderError: when the folder cannot be published to.
    :raises UnknownNameError: when ``only`` names what is not known.
    """
    library = Library(knowledge, Statements.of(extra), on, base, only)
    target = Folder(folder, force)
    pages = count = size = 0
    for name, length in target.write(Site(library, title).files()):
        pages, count, size = pages + name.endswith(".html"), count + 1, size + length
    target.finish()
    return Published(pages, count, size)


__all__ = ["BASE", "FolderError", "Published", "publish"]
