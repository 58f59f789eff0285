"""Find what a name stands for, and build its page."""

from __future__ import annotations

from datetime import date

from comity.knowledge import near, resolve
from comity.model.errors import UnknownNameError
from comity.model.knowledge import Knowledge
from comity.report.explain import codes, fact, mapping, rule
from comity.report.explain.pages import Page


def explain(knowledge: Knowledge, name: str, on: date) -> Page:
    """Build the page of a finding's code, a mapping row's record id, a fact of the case, or a rule.

    :raises UnknownNameError: when nothing has that name; with what is near.
    """
    known = codes.pages()
    folded = {code.casefold(): code for code in known}
    if name.casefold() in folded:
        return known[folded[name.casefold()]]
    for row in knowledge.rows:
        if row.id == name:
            return mapping.page(knowledge, row, on)
    if named := knowledge.facts.get(name.casefold()):
        return fact.page(knowledge, named)
    try:
        return rule.page(knowledge, resolve(knowledge, name), on)
    except UnknownNameError as error:
        others = near(name, [*known, *knowledge.facts, *(r.id for r in knowledge.rows)])
        raise UnknownNameError("rule, mapping, fact or code", name, [*error.near, *others][:3]) from error
