"""Networks of mapping rows to measure on: of the shape of real libraries, made from a seed, and true by construction.

Criteria lie in *topics*. All criteria of a topic share an obligation, so any two of them intersect at least. Within a
topic they form *groups* of equal criteria, one for a scheme, and groups may lie within each other in a tree. Rows are
drawn from what is so: no sound network contradicts itself. One row in five crosses from one topic to another. Wrong
rows are added afterwards, and known.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from comity.algebra.relation import of_predicate
from comity.algebra.ties import Table, Ties
from comity.model.scales import Authority

_TEXT = """
supplier site policy risk assessment record training worker water energy waste emission audit grievance procedure
responsible management annual review evidence documented control monitoring plan target disclosure material origin
due diligence remedy stakeholder community safety incident report board access data contract measure corrective action
verification independent scope boundary baseline share recycled content
"""
WORDS = _TEXT.split()

AUTHORITIES = ("draft", "reviewed", "asserted-by-owner")
COLUMNS = (
    "record_id", "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label",
    "mapping_justification", "author_id", "author_label", "reviewer_label", "confidence", "mapping_date", "comment",
    "authority", "valid_from", "valid_until", "basis",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class World:
    """A network.

    :param criteria: CURIEs, scheme by scheme; the prefix is the scheme.
    :param rows: subject and object as positions, the predicate, the authority as a position in ``AUTHORITIES``.
    :param wrong: positions of the rows that are not true.
    """

    criteria: list[str]
    rows: list[tuple[int, int, str, int]]
    wrong: frozenset[int]

    @property
    def schemes(self) -> dict[str, list[int]]:
        """Criteria of each scheme."""
        found: dict[str, list[int]] = {}
        for number, curie in enumerate(self.criteria):
            found.setdefault(curie.partition(":")[0], []).append(number)
        return found


def library(
    seed: int,
    *,
    schemes: int,
    criteria: int,
    rows: int,
    equal: float = 0.025,
    within: float = 0.02,
    wrong: float = 0.0,
    authorities: tuple[int, ...] = (1,),
) -> World:
    """Make a network.

    :param equal: share of rows that say *equal*.
    :param within: share of rows that say *superset* or *subset*, half each.
    :param wrong: share of the rows, added to them, that wrongly say *equal*. Half of them end on one of a few vague
        criteria, as happens to those who map by the words of a title.
    :param authorities: positions in ``AUTHORITIES``, of which each row gets one.
    """
    draw = random.Random(seed)
    names = [f"s{n % schemes:02}:{n // schemes:05}" for n in range(criteria)]
    groups, above, topics = _arrange(draw, criteria, round(rows * equal), round(rows * within))
    made = _rows(draw, groups, above, topics, rows)
    made += (false := _wrong(draw, criteria, round(rows * wrong)))
    signed = [(*row, draw.choice(authorities)) for row in made]
    return World(names, signed, frozenset(range(len(made) - len(false), len(made))))


def ties_of(world: World) -> Ties:
    """Tie the criteria of a world together, without a file between."""
    subjects, objects, predicates, _ = zip(*world.rows, strict=True)
    authorities = [int(Authority.REVIEWED)] * len(world.rows)
    return Ties.of(
        Table.of(world.criteria, (subjects, objects, [int(of_predicate(p)) for p in predicates], authorities))
    )


def _arrange(
    draw: random.Random, criteria: int, equal: int, within: int
) -> tuple[list[list[int]], dict[int, int], list[list[int]]]:
    """Put criteria into groups of equal ones, groups into trees, and trees into topics of about 40 criteria."""
    order = list(range(criteria))
    draw.shuffle(order)
    groups: list[list[int]] = []
    joined = 0
    while order:
        size = min(len(order), draw.choice((2, 2, 3, 4)) if joined < equal else 1)
        groups.append([order.pop() for _ in range(size)])
        joined += size - 1
    draw.shuffle(groups)
    topics: list[list[int]] = [[]]
    for number in range(len(groups)):
        if sum(len(groups[g]) for g in topics[-1]) >= 40:
            topics.append([])
        topics[-1].append(number)
    above: dict[int, int] = {}
    while len(above) < within:
        topic = draw.choice(topics)
        child, parent = sorted(draw.sample(range(len(topic)), 2)) if len(topic) > 1 else (0, 0)
        if child != parent and topic[child] not in above and child - parent > -12:
            above[topic[child]] = topic[parent]
    return groups, above, topics


def _rows(
    draw: random.Random, groups: list[list[int]], above: dict[int, int], topics: list[list[int]], count: int
) -> list[tuple[int, int, str]]:
    rows: list[tuple[int, int, str]] = []
    taken: set[tuple[int, int]] = set()

    def add(a: int, b: int, predicate: str) -> None:
        if a != b and (min(a, b), max(a, b)) not in taken:
            taken.add((min(a, b), max(a, b)))
            rows.append((a, b, predicate))

    for group in groups:
        for one, other in pairwise(group):
            add(one, other, "equal")
    for child, parent in above.items():
        one, other = draw.choice(groups[parent]), draw.choice(groups[child])
        add(*((one, other, "superset") if draw.random() < 0.5 else (other, one, "subset")))
    ancestors = {g: _over(g, above) for g in above}
    while len(rows) < count:
        topic = draw.choice(topics)
        one, other = draw.choice(topic), draw.choice(topic if draw.random() < 0.8 else draw.choice(topics))
        if one != other and other not in ancestors.get(one, ()) and one not in ancestors.get(other, ()):
            add(draw.choice(groups[one]), draw.choice(groups[other]), "intersects")
    draw.shuffle(rows)
    return rows


def _over(group: int, above: dict[int, int]) -> set[int]:
    found: set[int] = set()
    while group in above and above[group] not in found:
        group = above[group]
        found.add(group)
    return found


def _wrong(draw: random.Random, criteria: int, count: int) -> list[tuple[int, int, str]]:
    vague = draw.sample(range(criteria), max(1, criteria // 200))
    rows: list[tuple[int, int, str]] = []
    for _ in range(count):
        one = draw.choice(vague) if draw.random() < 0.5 else draw.randrange(criteria)
        other = draw.randrange(criteria)
        if one != other:
            rows.append((one, other, "equal"))
    return rows


def sssom(world: World, seed: int = 0) -> Iterator[str]:
    """Write a world as the lines of an SSSOM TSV file, with labels and reasons as long as people write them."""
    draw = random.Random(seed)
    labels = [" ".join(draw.choices(WORDS, k=draw.randint(3, 9))).capitalize() for _ in world.criteria]
    yield "#curie_map:\n"
    for scheme in (*world.schemes, "map", "orcid"):
        yield f'#  {scheme}: "https://w3id.org/comity-bench/{scheme}/"\n'
    yield '#  comity: "https://w3id.org/comity/ns#"\n#  semapv: "https://w3id.org/semapv/vocab/"\n'
    yield '#license: "https://creativecommons.org/publicdomain/zero/1.0/"\n'
    yield '#mapping_set_id: "https://w3id.org/comity-bench/set"\n'
    yield "\t".join(COLUMNS) + "\n"
    for number, (subject, object_, predicate, authority) in enumerate(world.rows):
        word = "wrong" if number in world.wrong else "row"
        author, reviewer = draw.randint(1, 60), f"Reviewer {draw.randint(1, 20)}" if authority else ""
        day = f"20{draw.randint(21, 26)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        reason = " ".join(draw.choices(WORDS, k=draw.randint(6, 30)))
        yield "\t".join(
            (
                f"map:{word}-{number:07}", world.criteria[subject], labels[subject], f"comity:{predicate}", "",
                world.criteria[object_], labels[object_], "semapv:ManualMappingCuration",
                f"orcid:0000-0002-0000-{author:04}", f"Author {author}", reviewer, f"0.{draw.randint(50, 99)}", day,
                f"{reason.capitalize()}.", AUTHORITIES[authority], "", "", "read-in-source\n",
            )
        )  # fmt: skip
