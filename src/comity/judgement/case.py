"""The facts of a case: derived from documents by data rules, then overridden by the user."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

from comity import units
from comity.algebra.operators import interval
from comity.judgement import time
from comity.judgement.measured import measured, number
from comity.judgement.world import World
from comity.model.classes import dataclass
from comity.model.errors import KnowledgeError, UnknownNameError
from comity.model.evidence import Attribute
from comity.model.knowledge import Derivation, Knowledge
from comity.model.places import Finding, Place, Severity
from comity.model.requirements import CaseFact
from comity.model.verdicts import FactValue


@dataclass(frozen=True, slots=True)
class Given:
    """A fact that the user states.

    :param subject: identifier of the subject as the user wrote it; empty for every subject of the fact's level.
    :param values: ``None`` unsets the fact: what documents say of it is not believed.
    """

    subject: str
    name: str
    values: tuple[str, ...] | None
    source: str


@dataclass(frozen=True, slots=True)
class Case:
    """Every fact known of every subject.

    :param named: keys of the subjects that the user names in particular.
    """

    facts: Mapping[str, Mapping[str, FactValue]]
    findings: tuple[Finding, ...] = ()
    named: frozenset[str] = frozenset()

    def of(self, subject: str) -> Mapping[str, FactValue]:
        """Return the facts known of one subject."""
        return self.facts.get(subject, {})


def parse(text: str, knowledge: Knowledge, source: str = "--fact") -> Given:
    """Read ``[SUBJECT:]name=value``; lists by comma, nothing after ``=`` unsets.

    :raises UnknownNameError: when no such fact is declared.
    :raises KnowledgeError: when there is no ``=``, or the fact cannot have the value.
    """
    left, equals, right = text.partition("=")
    if not equals:
        raise KnowledgeError(Place(source), f"{text!r} has no '='.", "Write [SUBJECT:]name=value.")
    subject, _, name = left.rpartition(":")
    declared = declared_fact(name.strip(), knowledge)
    parts = tuple(p.strip() for p in right.split(",")) if declared.many else (right.strip(),)
    return Given(
        subject.strip(), declared.name, None if not right.strip() else _allowed(declared, parts, source), source
    )


def read(path: Path, knowledge: Knowledge) -> tuple[Given, ...]:
    """Read a case file: ``[facts]`` for all, ``[subject."ID"]`` for one.

    :raises KnowledgeError: when the file is no such thing.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(Place(path.as_posix()), f"cannot be read as a case file: {error}.") from error
    unknown = sorted(set(data) - {"facts", "subject"})
    if unknown:
        fix = 'A case has [facts] and [subject."ID"].'
        raise KnowledgeError(Place(path.as_posix()), f"unknown table {unknown}.", fix)
    given = [_given(path, "", name, value, knowledge) for name, value in data.get("facts", {}).items()]
    for subject, facts in data.get("subject", {}).items():
        given += [_given(path, subject, name, value, knowledge) for name, value in facts.items()]
    return tuple(given)


def declared_fact(name: str, knowledge: Knowledge) -> CaseFact:
    """Return the declaration of a fact.

    :raises UnknownNameError: with the nearest names.
    """
    fact = knowledge.facts.get(name.lower())
    if fact is None:
        raise UnknownNameError("fact", name, get_close_matches(name.lower(), knowledge.facts, 3, 0.5))
    return fact


def build(world: World, knowledge: Knowledge, given: Iterable[Given], on: date | None = None) -> Case:
    """Derive facts from documents, then put what the user says above them.

    :param on: the day judged, to report facts that outlive the document that states them.
    """
    found, findings = _derive(world, knowledge)
    named: set[str] = set()
    for g in given:
        fact = knowledge.facts[g.name]
        named.update(_subjects(g, fact, world) if g.subject else ())
        for key in _subjects(g, fact, world):
            before = found[key].get(g.name)
            if g.values is None:
                found[key].pop(g.name, None)
                continue
            if before is not None and before.value != g.values:
                findings.append(_contradicted(g, before, key, world))
            found[key][g.name] = FactValue(g.name, g.values, "given", g.source)
    if on is not None:
        findings += _outlived(found, world, on)
    return Case({k: dict(v) for k, v in found.items()}, tuple(findings), frozenset(named))


def _outlived(found: Mapping[str, Mapping[str, FactValue]], world: World, on: date) -> Iterator[Finding]:
    """Report facts that are still used though their document is not valid on the day (semantics, section 6)."""
    used: dict[str, set[str]] = defaultdict(set)
    for facts in found.values():
        for fact in facts.values():
            if fact.source == "derived":
                used[fact.pointer.rpartition("#")[0]].add(fact.name)
    for document in world.documents:
        moment = time.against(document.validity, on)
        if document.name in used and moment.when in (time.When.ENDED, time.When.NOT_BEGUN):
            names = ", ".join(sorted(used[document.name]))
            message = f"it is {moment.text}; what it says of {names} is used all the same."
            fix = "State the facts: --fact NAME=VALUE"
            yield Finding("fact-outlives-document", Severity.INFO, Place(document.name), message, fix)


def _derive(world: World, knowledge: Knowledge) -> tuple[dict[str, dict[str, FactValue]], list[Finding]]:
    found: dict[str, dict[str, FactValue]] = defaultdict(dict)
    findings: list[Finding] = []
    attributes: dict[str, list[Attribute]] = defaultdict(list)
    for document in world.documents:
        for attribute in document.attributes:
            attributes[attribute.path].append(attribute)
    clashes: set[tuple[str, str]] = set()
    for rule in knowledge.derivations:
        declared = knowledge.facts[rule.fact]
        for attribute in attributes.get(rule.path, ()):
            subject = world.name(attribute.subject)
            values = _values(rule, attribute, declared)
            if not values or not _holds(rule, attribute, subject, found, world):
                continue
            if declared.datatype == "decimal" and not rule.value:
                written = re.compile(rule.match).groups == 0
                converted, wrong = measured(values[0], attribute.unit, declared.unit if written else None)
                if wrong:
                    findings.append(_unreadable(declared, attribute, wrong))
                    continue
                values = (converted,)
            new = FactValue(rule.fact, values, "derived", f"{attribute.place.document}#{attribute.place.pointer}")
            old = found[subject].get(rule.fact)
            if old is None and (subject, rule.fact) not in clashes:
                found[subject][rule.fact] = new
            elif old is not None and declared.many:
                merged = tuple(dict.fromkeys((*old.value, *new.value)))
                found[subject][rule.fact] = FactValue(rule.fact, merged, "derived", old.pointer)
            elif old is not None and old.value != new.value:
                del found[subject][rule.fact]
                clashes.add((subject, rule.fact))
                findings.append(_clash(old, new, attribute))
    return found, findings


def _values(rule: Derivation, attribute: Attribute, declared: CaseFact) -> tuple[str, ...] | None:
    match = re.search(rule.match, attribute.value, re.IGNORECASE) if rule.match else None
    if rule.match and match is None:
        return None
    text = rule.value or (match.group(1) if match and match.re.groups else attribute.value)
    parts = tuple(p.strip() for p in text.split(",")) if declared.many else (text.strip(),)
    folded = {a.lower(): a for a in declared.allowed}
    known = tuple(folded.get(p.lower(), p) for p in parts)
    return known if all(not folded or p.lower() in folded for p in parts) else None


def _holds(
    rule: Derivation, attribute: Attribute, subject: str, found: Mapping[str, Mapping[str, FactValue]], world: World
) -> bool:
    """Test a rule's ``when`` on the subject, else on what the document is about."""
    document = world.document(attribute.place.document)
    main = world.name(document.subjects[0].key) if document.subjects else subject
    for test in rule.when:
        name, _, wanted = test.partition("=")
        value = found.get(subject, {}).get(name) or found.get(main, {}).get(name)
        if value is None or wanted not in value.value:
            return False
    return True


def _subjects(given: Given, fact: CaseFact, world: World) -> Sequence[str]:
    if given.subject:
        wanted = find_subject(given.subject, world)
        return [wanted] if wanted else []
    return [k for k, s in world.subjects.items() if fact.level.accepts(s.level)]


def find_subject(text: str, world: World) -> str | None:
    """Find a subject by the identifier or the label that a user wrote."""
    for key, subject in world.subjects.items():
        if text in (subject.id, subject.label, key) or text in subject.keys:
            return key
    return None


def _given(path: Path, subject: str, name: str, value: object, knowledge: Knowledge) -> Given:
    fact = declared_fact(name, knowledge)
    items = value if isinstance(value, list) else [value]
    texts = tuple(_text(i) for i in items)
    return Given(subject, fact.name, _allowed(fact, texts, path.as_posix()), path.as_posix())


def _text(value: object) -> str:
    """Write a value of TOML as it would be written on the command line."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def _allowed(fact: CaseFact, values: tuple[str, ...], source: str) -> tuple[str, ...]:
    """Take the values that a fact may have; a value that no condition can read would be taken as unknown in silence."""
    folded = {a.lower(): a for a in fact.allowed}
    if len(values) > 1 and not fact.many:
        written = ", ".join(values)
        raise KnowledgeError(Place(source), f"{fact.name} has one value, and not {written}.", _fix(fact))
    for value in values:
        if value.lower() not in folded if folded else not _is_readable(fact, value):
            raise KnowledgeError(Place(source), f"{fact.name}={value!r} is not allowed.", _fix(fact))
    return tuple(folded.get(v.lower(), v) for v in values)


def _is_readable(fact: CaseFact, value: str) -> bool:
    """Tell whether a value is one of the fact's datatype; all that facts count or measure is nothing or more."""
    if fact.datatype == "decimal":
        found = number(value)
        return found is not None and found >= 0
    return bool(value.strip()) and interval(value, fact.datatype) is not None


def _fix(fact: CaseFact) -> str:
    if fact.allowed:
        return f"Allowed: {', '.join(fact.allowed)}."
    words = {
        "decimal": f"a number such as 82.5, nothing or more{f', in {units.label(fact.unit)}' if fact.unit else ''}",
        "boolean": "true or false",
        "date": "a day such as 2031-08-18, or its month or year",
    }
    return f"Allowed: {words.get(fact.datatype, 'any words')}."


def _unreadable(fact: CaseFact, attribute: Attribute, wrong: str) -> Finding:
    message = f"{fact.label} cannot be read: {wrong}."
    fix = f"State it: --fact {fact.name}=..."
    return Finding("fact-unreadable", Severity.WARNING, attribute.place, message, fix)


def _clash(old: FactValue, new: FactValue, attribute: Attribute) -> Finding:
    return Finding(
        "contradicted-fact",
        Severity.WARNING,
        attribute.place,
        f"{new.name} is {', '.join(new.value)} here and {', '.join(old.value)} in {old.pointer}: taken as unknown.",
        f"State it: --fact {new.name}=...",
    )


def _contradicted(given: Given, before: FactValue, key: str, world: World) -> Finding:
    subject = world.subjects[key]
    return Finding(
        "contradicted-fact",
        Severity.WARNING,
        subject.place,
        f"{given.source} says {given.name} is {', '.join(given.values or ())}, {before.pointer} says "
        f"{', '.join(before.value)}; the former is used.",
    )
