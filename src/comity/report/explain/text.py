"""Write an explanation for a person."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from comity.model.scales import Kind
from comity.report.explain.pages import (
    Binding,
    CodePage,
    DoubtPage,
    FactPage,
    Group,
    MappingPage,
    NearMiss,
    Page,
    RulePage,
    Way,
)
from comity.report.words import an

WIDTH = 100
EXPLAINED = Kind.EXPLAINED.value
MOST = 12
"""Ways and near misses that a page prints; the rest is counted, and stands in the JSON."""


def render(page: Page) -> str:
    """Write a page as text of at most 100 columns."""
    if isinstance(page, RulePage):
        lines = _rule(page)
    elif isinstance(page, MappingPage):
        lines = _mapping(page)
    elif isinstance(page, FactPage):
        lines = _fact(page)
    elif isinstance(page, DoubtPage):
        lines = _doubt(page)
    else:
        lines = _code(page)
    return "\n".join(lines) + "\n"


def _wrap(text: str, indent: str = "  ", hang: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _fields(pairs: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in pairs:
        if value:
            yield from _wrap(f"{name + ':':<14}{value}", "  ", " " * 14)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield title
        yield from found


def _rule(page: RulePage) -> Iterator[str]:
    yield f"{page.notation}  {page.label}"
    yield from _wrap(page.text)
    yield from _fields(
        [
            ("text", page.citation),
            ("of", page.scheme),
            *(("state", s) for s in page.state),
            ("source", page.source),
            ("checked", _checked(page)),
            *(("note", n) for n in page.notes),
            ("does", page.deontic),
            ("binds", "; ".join(page.actors)),
            ("concerns", "; ".join(page.concerns)),
            ("from", _period(page)),
            *(("by", d) for d in page.deadlines),
            *(("accepts", e) for e in page.evidence),
            ("asks for", _asks(page)),
            ("number", page.limit),
            *(("tightened by", t) for t in page.tightened_by),
            *(("replaced by", s) for s in page.superseded_by),
            *(("doubt", d) for d in page.doubts),
        ]
    )
    for binding in page.bindings:
        yield from _section(f"In the market {binding.market}: {binding.requirement}", _binding(binding, page))
    yield from _section("It is all of these parts", (line for p in page.parts for line in _wrap(p, "  ", "  ")))
    some = _most(_wrap(p, "  ", "  ") for p in page.some_parts)
    yield from _section("Parts of it that are on record (it may have more)", some)
    if page.kind != EXPLAINED:
        asked = "" if page.bindings else " (no market asks for it)"
        yield from _section(f"What satisfies it{asked}, by the mappings in force on {page.on}", _satisfies(page))
    yield from _section("What nearly does, and why not", _most(_near(n) for n in page.near))
    recognised = (line for r in page.recognitions for line in _wrap(r, "  ", "  "))
    yield from _section("Recognised in law", recognised)
    effects = (line for e in page.effects for line in _wrap(e, "  ", "  "))
    yield from _section("Given an effect by law, without naming a scheme", effects)


def _checked(found: RulePage | Binding) -> str:
    """Say how a record was checked, and how far it is trusted."""
    return found.basis + (f", {found.confidence} confidence" if found.confidence else "")


def _asks(page: RulePage) -> str:
    if page.kind == EXPLAINED:
        return "nothing by itself: it is explained, and never judged"
    of = an(" per ".join((page.level, *page.unit)))
    if page.kind == Kind.GROUP:
        return f"nothing by itself: it is a heading over what is asked of {of}"
    return f"the text as a whole, of {of}" if page.kind == Kind.ROOT else f"{page.kind} of {of}"


def _period(page: RulePage) -> str | None:
    if page.bindings or not (page.applies_from or page.applies_until):
        return None
    return (page.applies_from or "...") + (f" until {page.applies_until}" if page.applies_until else "")


def _binding(found: Binding, page: RulePage) -> Iterator[str]:
    applies = found.applies_from or "as long as the text is in force"
    yield from _fields(
        [
            ("rule", found.label if found.label != page.label else None),
            ("text", found.citation if found.citation != page.citation else None),
            ("binds", found.actor),
            ("for each", " per ".join((found.level, *found.unit))),
            ("asked of", found.over),
            ("from", applies + (f" until {found.applies_until}" if found.applies_until else "")),
            *(("before", b) for b in found.before),
            *(("by", d) for d in found.deadlines),
            *(("if", c) for c in found.conditions),
            *(("unless", e) for e in found.exemptions),
            ("shown by", f"{found.assurance} or better" + (f", as {found.role}" if found.role else "")),
            *(("accepts", e) for e in found.evidence),
            ("checked", _checked(found) if found.confidence or found.basis != page.basis else None),
            *(("note", n) for n in found.notes if n not in page.notes),
            *(("penalty", p) for p in found.penalties),
            *(("doubt", d) for d in found.doubts if d not in page.doubts),
        ]
    )


def _satisfies(page: RulePage) -> Iterator[str]:
    yield f"  {page.notation} itself, assessed"
    yield from _most(_way(w, bool(page.bindings)) for w in page.ways)
    for group in page.together:
        yield from _group("together", group)
    for group in page.one_of:
        yield from _group("any one of", group)


def _way(way: Way, bound: bool) -> list[str]:
    if way.enough:
        where = f"satisfies in {', '.join(way.satisfies)}" if bound else "satisfies"
    else:
        where = f"supports, satisfies {'in no market' if bound else 'once reviewed'}"
    lines = _wrap(f"{way.criterion}  {way.label} [{way.authority or 'by the texts themselves'}: {where}]", "  ", "  ")
    for step in way.steps:
        said = ", ".join(w for w in (step.record, step.author) if w)
        lines += _wrap(f"{step.source} {step.relation} {step.target}" + (f" ({said})" if said else ""), "      ", "  ")
        lines += _wrap(step.reason, "        ")
    return lines


def _group(how: str, group: Group) -> Iterator[str]:
    yield from _wrap(f"{how}:" + (f" {group.reason}" if group.reason else ""))
    yield from (f"      {m}" for m in group.members)


def _near(miss: NearMiss) -> list[str]:
    author = f", {miss.author}" if miss.author else ""
    lines = _wrap(f"{miss.criterion}  {miss.label} [{miss.relation}; {miss.record}{author}]", "  ", "  ")
    return lines + _wrap(f"{miss.why_not} {miss.reason}".strip(), "      ")


def _most(items: Iterable[list[str]]) -> Iterator[str]:
    found = list(items)
    for lines in found[:MOST]:
        yield from lines
    if len(found) > MOST:
        yield f"  and {len(found) - MOST} more (--format json shows them all)"


def _mapping(page: MappingPage) -> Iterator[str]:
    yield f"{page.id}  {page.subject} {page.relation} {page.object}"
    yield from _wrap(page.says)
    period = f"{page.valid_from or '...'} to {page.valid_until or '...'}"
    yield from _fields(
        [
            ("subject", f"{page.subject}  {page.subject_label}".rstrip()),
            ("object", f"{page.object}  {page.object_label}".rstrip()),
            ("reason", page.reason),
            ("by", page.author),
            ("reviewed by", page.reviewer),
            ("authority", page.authority),
            ("found by", page.justification),
            ("confidence", None if page.confidence is None else f"{page.confidence:g}"),
            ("valid", period if page.valid_from or page.valid_until else None),
            ("checked", page.basis or "basis not stated"),
            ("disputed", _disputed(page)),
            ("stands in", page.place),
        ]
    )


def _disputed(page: MappingPage) -> str | None:
    if page.disputed_with is None:
        return None
    others = ", ".join(page.disputed_with) or "the texts themselves"
    return f"it contradicts {others}, and derives nothing until that is mended"


def _fact(page: FactPage) -> Iterator[str]:
    yield f"{page.fact}  {page.label}"
    yield from _wrap(page.question)
    yield from _fields(
        [
            ("of", f"each {page.level}"),
            ("answer", page.answer),
            ("unit", page.unit),
            ("read from", ", ".join(page.read_from)),
            ("tell it", f"--fact {page.fact}=... or, in a case file, [facts] {page.fact} = ..."),
            ("decides", _some(page.decides)),
            ("dates", _some(page.dates) if page.dates else None),
        ]
    )


def _some(found: Sequence[str]) -> str:
    more = f" and {len(found) - MOST} more (--format json)" if len(found) > MOST else ""
    names = f": {', '.join(found[:MOST])}{more}" if found else ""
    return f"{len(found)} requirement{'' if len(found) == 1 else 's'}{names}"


def _code(page: CodePage) -> Iterator[str]:
    yield f"{page.code}  {page.severity}, found in {page.area}"
    yield from _wrap(page.meaning)
    yield from _section(f"You may have meant by {page.code} (comity explain tells)", (f"  {a}" for a in page.also))


def _doubt(page: DoubtPage) -> Iterator[str]:
    yield f"{page.doubt}  {page.label}"
    yield from _wrap(page.reason)
    rules = _some(page.stands_with) if page.stands_with else None
    yield from _fields([("to check", page.check), ("looked at", page.checked_on), ("stands with", rules)])
    yield from _section("It is about", _most(_wrap(name, "  ", "  ") for name in page.about))
