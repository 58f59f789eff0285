"""Find what a name stands for, and build its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from comity.knowledge import near, resolve
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.report.explain import codes, doubt, fact, mapping, rule
from comity.report.explain.pages import Page


def explain(knowledge: Knowledge, name: str, on: date) -> Page:
    """Build the page of a finding's code, a mapping row's record id, a fact of the case, a doubt, or a rule.

    :raises UnknownNameError: when nothing has that name; with what is near.
    """
    known = codes.pages()
    folded = {code.casefold(): code for code in known}
    if name.casefold() in folded:
        return replace(known[folded[name.casefold()]], also=tuple(doubt.meant(knowledge, name)))
    for row in knowledge.rows:
        if row.id == name:
            return mapping.page(knowledge, row, on)
    if named := knowledge.facts.get(name.casefold()):
        return fact.page(knowledge, named)
    if doubted := doubt.called(knowledge, name):
        return doubt.page(knowledge, doubted)
    try:
        return rule.page(knowledge, resolve(knowledge, name), on)
    except UnknownNameError as error:
        doubts = [d.notation for d in knowledge.doubts]
        formerly = [d.notation for d in knowledge.doubts if name.casefold() in map(str.casefold, d.formerly)]
        others = near(name, [*known, *knowledge.facts, *doubts, *(r.id for r in knowledge.rows)])
        found = dict.fromkeys((*formerly, *error.near, *others))
        raise UnknownNameError("rule, mapping, fact, code or doubt", name, list(found)[:3]) from error
