"""The user's own trust list: issuers they vouch for, with what and for what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from comity.evidence import identity
from comity.model.classes import dataclass
from comity.model.errors import KnowledgeError
from comity.model.places import Place
from comity.model.scales import Assurance, Level

FIELDS = {"id", "name", "assurance", "roles", "schemes", "why"}


@dataclass(frozen=True, slots=True)
class Trusted:
    """One issuer that the user vouches for.

    :param assurance: the highest effective assurance that its assessments may have.
    :param roles: IRIs of roles it is vouched to have; empty for none.
    :param schemes: notations of scheme versions it is vouched for; empty for all.
    """

    id: str
    name: str
    keys: frozenset[str]
    assurance: Assurance
    roles: frozenset[str]
    schemes: frozenset[str]
    why: str


@dataclass(frozen=True, slots=True)
class TrustList:
    """What ``--trust FILE`` says."""

    file: str
    entries: tuple[Trusted, ...] = ()

    def find(self, keys: frozenset[str], scheme: str) -> Trusted | None:
        """Return the entry for an issuer in the scope of a scheme version's notation, if there is one."""
        for entry in self.entries:
            if entry.keys & keys and (not entry.schemes or scheme in entry.schemes):
                return entry
        return None


NOBODY = TrustList("")


def read(path: Path) -> TrustList:
    """Read a trust file.

    :param path: a TOML file with ``[[issuer]]`` tables: ``id``, ``assurance``, and if wanted ``name``,
        ``roles``, ``schemes``, ``why``.
    :raises KnowledgeError: when the file is no such thing; names the entry and what is allowed.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(Place(path.as_posix()), f"cannot be read as a trust list: {error}.") from error
    fix = 'A trust list has tables such as: [[issuer]] id = "did:web:lab.example" assurance = "third-party".'
    unknown, listed = sorted(set(data) - {"issuer"}), data.get("issuer", [])
    if unknown:
        raise KnowledgeError(Place(path.as_posix()), f"unknown table or key {', '.join(unknown)}.", fix)
    if not isinstance(listed, list) or not all(isinstance(e, dict) for e in listed):
        raise KnowledgeError(Place(path.as_posix()), "issuer is no list of tables.", fix)
    entries = [_entry(path, i, e) for i, e in enumerate(listed)]
    return TrustList(path.as_posix(), tuple(entries))


def _entry(path: Path, position: int, entry: Mapping[str, object]) -> Trusted:
    place = Place(path.as_posix(), f"issuer {position + 1}")
    unknown = set(entry) - FIELDS
    if unknown:
        raise KnowledgeError(place, f"unknown field {sorted(unknown)}.", f"Allowed: {', '.join(sorted(FIELDS))}.")
    identifier = entry.get("id")
    if not isinstance(identifier, str) or not identifier.strip():
        raise KnowledgeError(place, "has no id.", "Give the issuer's DID or IRI as it stands in its credentials.")
    try:
        assurance = Assurance.of(str(entry.get("assurance", "")))
    except ValueError as error:
        raise KnowledgeError(place, f"assurance: {error}.") from error
    return Trusted(
        identifier,
        str(entry.get("name", identifier)),
        identity.keys(Level.ORGANISATION, identifier),
        assurance,
        frozenset(f"https://w3id.org/comity/role/{r}" if "://" not in r else r for r in _words(place, entry, "roles")),
        frozenset(_words(place, entry, "schemes")),
        str(entry.get("why", "")),
    )


def _words(place: Place, entry: Mapping[str, object], name: str) -> list[str]:
    value = entry.get(name, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise KnowledgeError(place, f"{name} is not a list of words.", f'Write {name} = ["..."].')
    return [str(v) for v in value]
