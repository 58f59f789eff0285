"""The facts of a case, as data rules derive them from documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from comity.model.classes import dataclass
from comity.model.knowledge import Derivation
from comity.model.requirements import CaseFact
from comity.verify.items import Said, plain
from comity.verify.limits import ReadUnit, into
from comity.verify.scene import Scene


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that a data rule reads in documents.

    :param places: where it stands; each ``DOCUMENT#POINTER``.
    """

    value: tuple[str, ...]
    places: tuple[str, ...]


def derive(scene: Scene) -> dict[str, dict[str, Derived]]:
    """Derive every fact of every thing, rule by rule; what documents contradict each other about is not known."""
    knowledge = scene.given.knowledge
    found: dict[str, dict[str, Derived]] = defaultdict(dict)
    clashes: set[tuple[str, str]] = set()
    said: dict[str, list[tuple[str, str, Said]]] = defaultdict(list)
    for one in scene.readings:
        main = scene.same.of(min(one.own)) if one.own else ""
        for attribute in one.said:
            said[attribute.path].append((f"{one.name}#{attribute.pointer}", main, attribute))
    for rule in knowledge.derivations:
        declared = knowledge.facts[rule.fact]
        for place, main, attribute in said.get(rule.path, ()):
            subject = scene.same.of(min(attribute.names))
            value = derived_value(rule, attribute.text, declared)
            if value and declared.datatype == "decimal" and not rule.value:
                value = _measured(value[0], attribute.unit, _unit_of(rule, declared), scene.given.unit)
            if not value or not _when(rule, (found[subject], found[main] if main else {})):
                continue
            _enter(found[subject], rule.fact, Derived(value, (place,)), clashes, subject, many=declared.many)
    return found


def _enter(
    facts: dict[str, Derived], name: str, new: Derived, clashes: set[tuple[str, str]], subject: str, *, many: bool
) -> None:
    old = facts.get(name)
    if old is None:
        if (subject, name) not in clashes:
            facts[name] = new
    elif many:
        facts[name] = Derived(tuple(dict.fromkeys((*old.value, *new.value))), (*old.places, *new.places))
    elif old.value == new.value:
        facts[name] = Derived(old.value, (*old.places, *new.places))
    else:
        del facts[name]
        clashes.add((subject, name))


def derived_value(rule: Derivation, text: str, declared: CaseFact) -> tuple[str, ...] | None:
    """Return what a rule reads in an attribute's text; ``None`` for nothing."""
    match = re.search(rule.match, text, re.IGNORECASE) if rule.match else None
    if rule.match and match is None:
        return None
    read = rule.value or (match[1] if match is not None and match.re.groups else text)
    parts = tuple(p.strip() for p in read.split(",")) if declared.many else (read.strip(),)
    allowed = {a.lower(): a for a in declared.allowed}
    if allowed and any(p.lower() not in allowed for p in parts):
        return None
    return tuple(allowed.get(p.lower(), p) for p in parts)


def _unit_of(rule: Derivation, declared: CaseFact) -> str | None:
    """Return the unit that a number is wanted in; what a rule cuts out of a text says its unit there."""
    return declared.unit if re.compile(rule.match).groups == 0 else None


def _measured(text: str, written: str, wanted: str | None, unit: ReadUnit) -> tuple[str, ...] | None:
    """Read a number in the unit of a fact; ``None`` when it cannot be read so."""
    number = plain(text)
    if number is None or wanted is None:
        return (decimal(number),) if number is not None else None
    source, target = unit(written) if written.strip() else None, unit(wanted)
    converted = into(number, source, target) if source is not None and target is not None else None
    return (decimal(converted),) if converted is not None and converted >= 0 else None


def decimal(number: Fraction) -> str:
    """Write a number as a decimal where it is one, else as a fraction.

    >>> decimal(Fraction(159, 10)), decimal(Fraction(-1, 8)), decimal(Fraction(1, 3)), decimal(Fraction(26))
    ('15.9', '-0.125', '1/3', '26')
    """
    rest, places = number.denominator, 0
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(number)
    while (number * 10**places).denominator != 1:
        places += 1
    digits = f"{abs(int(number * 10**places)):0{places + 1}d}"
    return ("-" if number < 0 else "") + (f"{digits[:-places]}.{digits[-places:]}" if places else digits)


def _when(rule: Derivation, facts: Iterable[Mapping[str, Derived]]) -> bool:
    near = list(facts)
    for test in rule.when:
        name, _, wanted = test.partition("=")
        value = next((f[name] for f in near if name in f), None)
        if value is None or wanted not in value.value:
            return False
    return True
