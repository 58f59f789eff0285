"""The Help sheet of a template: the relations by one question, with worked examples, and what each column is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from comity.authoring.draft import Sort
from comity.authoring.sheets.columns import Column

Line = tuple[str, ...]
"""The cells of one row of the sheet; a heading has one."""

RELATIONS: tuple[Line, ...] = (
    ("relation", "does meeting the subject guarantee the object?", "and the other way round?", "example"),
    (
        "equal",
        "Yes, always.",
        "Yes, always.",
        "A: 'Publish the policy every year.' B: 'The policy shall be published annually.'",
    ),
    (
        "superset",
        "Yes, always: the subject asks for strictly more.",
        "No: something of the subject is not asked by the object.",
        "A: 'At least 30 %, checked by a third party.' B: 'At least 20 %.'",
    ),
    (
        "subset",
        "No: only a part of it. The subject asks for strictly less.",
        "Yes, always.",
        "A: 'Have a written policy.' B: 'Have a written policy and train all staff on it.'",
    ),
    (
        "intersects",
        "No, but a part of it. Each has something that the other has not.",
        "No, but a part of it.",
        "A: 'Train staff and keep records.' B: 'Keep records and publish them.'",
    ),
    (
        "disjoint",
        "No: nothing of it. They share nothing.",
        "No: nothing of it.",
        "A: 'Measure noise every year.' B: 'Publish the names of the board.'",
    ),
    (
        "covers",
        "Yes, always; whether the subject asks for more was not settled.",
        "Not known.",
        "A is stricter or the same: superset or equal.",
    ),
    (
        "coveredBy",
        "Not known.",
        "Yes, always; whether the object asks for more was not settled.",
        "A is weaker or the same: subset or equal.",
    ),
    (
        "overlaps",
        "At least a part of it; more was not settled. What 'partially aligned' usually means.",
        "At least a part of it.",
        "Both are about training; which asks for more nobody has looked at.",
    ),
    (
        "not covers",
        "No: there is a part of the object that the subject does not ask for.",
        "Not known.",
        "A: 'Have a policy.' B: 'Have a policy and publish it.' Where you know what is missing, say subset.",
    ),
    (
        "closeMatch",
        "Not known: a hint for people. Nothing follows from it.",
        "Not known.",
        "Both carry the title 'Water', and the texts were not compared.",
    ),
)
"""The relations, by the question whether meeting one guarantees the other (semantics, section 2)."""

TRAPS: tuple[Line, ...] = (
    ("Stricter is superset", "A stricter criterion is a larger set of obligations, although fewer pass it."),
    ("Not broader or narrower", "People read both words in two ways. Ask the question instead."),
    ("Saying is not doing", "To publish a figure, to have a policy and to reach a value are different obligations."),
    ("Several for one", "Where A1 and A2 only together cover B, write covers twice, with one word in 'together'."),
    ("Nothing in common", "Leave out pairs that share nothing, unless somebody could think otherwise: then disjoint."),
    (
        "Who says so",
        "A row counts as reviewed when somebody else is named in 'reviewer'; as the owner's word when "
        "one of the scheme's stewards signs it. A word typed into 'authority' alone changes nothing.",
    ),
    ("Numbers", "Format number columns as text before you paste: 3.10 becomes 3.1, and 1-2 becomes a date."),
)
"""What authors stumble over."""

MAPPED: tuple[Line, ...] = (
    ("1", "Look up the subject and the object; the lists of the first and third column offer both schemes."),
    ("2", "Ask: somebody has met the subject, and shows it. Is the object met, whoever it is, always?"),
    ("3", "Ask the same the other way round. Both answers give the relation, below."),
    ("4", "Write why: what is shared, and what one asks and the other does not. It is what reviewers read."),
    ("5", "Check the file: comity mappings check FILE. It names every problem with its cell, all at once."),
)

KINDS: tuple[Line, ...] = (
    ("kind", "what is asked for", "example"),
    ("performance", "To reach or do something.", "At least 20 % of crates are used again."),
    ("disclosure", "To publish or report something.", "Publish how many crates are used again."),
    ("policy", "To have decided something in writing.", "Have a rule on crates."),
    ("process", "To work in a certain way.", "Review crates with suppliers every year."),
    ("verification", "To be checked by somebody.", "A third party verifies the figure."),
    ("permit", "To hold a permit.", "Hold the permit of the authority."),
    ("group", "A heading: nothing conforms to it.", "Chapter 4, Crates."),
    ("explained", "A definition or a power: nobody can meet it.", "'Crate' means ..."),
    ("root", "The whole edition.", "It is added by itself."),
)

LEVELS: tuple[Line, ...] = (
    ("level", "what it is asked of"),
    ("organisation", "A company as a whole."),
    ("facility", "One site or plant."),
    ("product", "A product, whether type, batch or piece. Or, where the text says so:"),
    ("model", "A type of product."),
    ("batch", "One batch."),
    ("item", "One piece."),
)


def page(sort: Sort, columns: Sequence[Column]) -> Iterator[Line]:
    """Yield the lines of the Help sheet."""
    if sort == "mappings":
        yield ("How to map, in five steps",)
        yield from MAPPED
        yield ()
        yield ("Does meeting A guarantee B?",)
        yield from RELATIONS
        yield ()
        yield ("Traps",)
        yield from TRAPS
    else:
        yield ("What sort of obligation is it?",)
        yield from KINDS
        yield ()
        yield ("What is it asked of?",)
        yield from LEVELS
        yield ()
        yield ("Numbers in the text",)
        yield ("one number", "metric, comparison, value and unit in the criterion's row.")
        yield ("several numbers", "One more row for each, with the same number in the first column and nothing else.")
    yield ()
    yield ("The columns",)
    yield ("column", "what it is for", "what may stand there")
    for column in columns:
        if column.meaning:
            yield (column.title, column.meaning, ", ".join(column.words))
