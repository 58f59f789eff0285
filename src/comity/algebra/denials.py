"""Where what rows force meets what a row denies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from comity.algebra.blocks import blocks
from comity.algebra.minimal import Keys, least, product
from comity.algebra.network import DOWN, UP, Denial, Network, State, TooManyError
from comity.model.classes import dataclass

STEPS: Final = 1_000
"""The pairs that are looked at for what one joint coverage forces apart; past it, all that bears on it counts."""


@dataclass(frozen=True, slots=True, order=True)
class Joint:
    """Members that together cover a whole: what is disjoint from each of them is disjoint from it."""

    key: str
    members: tuple[str, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Conflicts:
    """The keys of one conflict.

    :param minimal: false when these are all keys that bear on a denial, because there are too many minimal sets.
    """

    keys: Keys
    minimal: bool = True


def conflicts(network: Network, joints: Sequence[Joint], bound: int) -> list[Conflicts]:
    """Return every conflict of a denial with what is forced, those of joint coverages included.

    :param bound: the minimal sets told apart for one denial; of more than eight times as many denials in one block
        none is told apart, and all that is said in the block is one conflict.
    """
    broken = list(_broken(network))
    crowded = _crowded(network, broken, 8 * bound) if len(broken) > 8 * bound else []
    found = [Conflicts(network.said_in(block), minimal=False) for block in crowded]
    for denied in broken:
        if not any(denied[1] in block and denied[2] in block for block in crowded):
            found += _against(network, *denied, bound)
    return found + _Apart(network, joints, bound).conflicts()


Denied = tuple[Denial, str, str, str]


def _broken(network: Network) -> Iterator[Denied]:
    """Yield the denials of what is forced."""
    # What lies within each other reaches the same: one search for all of it.
    first = network.circles()
    start: State | None = None
    reached: set[State] = set()
    for denial, a, b, key in sorted(network.denials, key=lambda d: (first.get(d[1], d[1]), d[0].value, *d[1:])):
        way = DOWN if denial is Denial.OVERLAP else UP
        here = (first.get(a, a), way)
        if start != here:
            start, reached = here, network.reach(here)
        if (b, UP) in reached and (denial is not Denial.EQUAL or first.get(b, b) == here[0]):
            yield denial, a, b, key


def _crowded(network: Network, broken: Sequence[Denied], most: int) -> list[frozenset[str]]:
    """Return the blocks with more denials than ``most``. A denial lies in one block: its row is an edge there."""
    held = blocks(network.links())
    of: dict[str, set[int]] = defaultdict(set)
    for position, block in enumerate(held):
        for criterion in block:
            of[criterion].add(position)
    denials = Counter(position for _, a, b, _ in broken for position in of[a] & of[b])
    return [held[position] for position, count in sorted(denials.items()) if count > most]


def _against(network: Network, denial: Denial, a: str, b: str, key: str, bound: int) -> list[Conflicts]:
    ends = [((a, DOWN if denial is Denial.OVERLAP else UP), (b, UP))]
    if denial is Denial.EQUAL:
        ends.append(((b, UP), (a, UP)))
    try:
        forced = product(*(network.routes(*pair, bound) for pair in ends), bound=bound)
    except TooManyError:
        return [Conflicts(frozenset((key,)).union(*(network.bearing(*pair) for pair in ends)), minimal=False)]
    return [Conflicts(keys | {key}) for keys in forced]


@dataclass(slots=True)
class _Apart:
    """What joint coverages force to be disjoint.

    :param by_joint: joint to the criteria that are disjoint from each of its members.
    """

    network: Network
    joints: Sequence[Joint]
    bound: int
    by_joint: dict[Joint, set[str]] = field(default_factory=dict)
    left: int = STEPS

    def conflicts(self) -> list[Conflicts]:
        """List what wholes and what denies a part of them say against each other, by whole."""
        self._settle()
        found: list[Conflicts] = []
        for joint, apart in sorted(self.by_joint.items()):
            overlapping = {name for name, _ in self.network.reach((joint.whole, DOWN))}
            meeting = sorted(apart & overlapping)
            if meeting:
                found += self._of(joint, meeting)
        return found

    def _settle(self) -> None:
        """Find what is disjoint from all members of a joint, until joints have nothing more to say to each other."""
        changed = bool(self.joints) and any(d is Denial.OVERLAP for d, *_ in self.network.denials)
        while changed:
            changed = False
            for joint in self.joints:
                apart = set.intersection(*(self._from(member) for member in joint.members))
                if apart - self.by_joint.get(joint, set()):
                    self.by_joint[joint] = apart
                    changed = True

    def _from(self, criterion: str) -> set[str]:
        """Return every criterion that is known to be disjoint from one."""
        over = self.network.over(criterion)
        apart: set[str] = set()
        for denial, a, b, _ in self.network.denials:
            if denial is Denial.OVERLAP:
                apart |= self.network.under(a) if b in over else set()
                apart |= self.network.under(b) if a in over else set()
        for joint, others in self.by_joint.items():
            apart |= others if joint.whole in over else set()
            apart |= self.network.under(joint.whole) if others & over else set()
        return apart

    def _of(self, joint: Joint, meeting: Sequence[str]) -> list[Conflicts]:
        self.left = STEPS
        try:
            if len(meeting) > self.bound:
                raise TooManyError
            sets = [keys for x in meeting for keys in self._sets(joint, x)]
            return [Conflicts(keys) for keys in least(sets)]
        except TooManyError:
            ends = [self.network.bearing((x, DOWN), (joint.whole, UP)) for x in meeting]
            return [Conflicts(frozenset({joint.key}).union(*ends, self._bearing(joint)), minimal=False)]

    def _sets(self, joint: Joint, x: str) -> list[Keys]:
        overlap = self.network.routes((x, DOWN), (joint.whole, UP), self.bound)
        return product(overlap, self._through(joint, x, (joint,)), bound=self.bound)

    def _through(self, joint: Joint, x: str, used: tuple[Joint, ...]) -> list[Keys]:
        """Return what forces ``x`` to be disjoint from the whole of a joint, by its members."""
        each = [self._disjoint(x, member, used) for member in joint.members]
        return product([frozenset((joint.key,))], *each, bound=self.bound)

    def _disjoint(self, x: str, y: str, used: tuple[Joint, ...]) -> list[Keys]:
        """Return the least sets of keys that force two criteria to be disjoint."""
        # Joint coverages that lean on each other are tried in every order.
        self.left -= 1
        if self.left < 0:
            raise TooManyError
        sets: list[Keys] = []
        for denial, a, b, key in self.network.denials:
            if denial is Denial.OVERLAP:
                for p, q in ((a, b), (b, a)):
                    sets += self._united([frozenset((key,))], self._within(x, p), self._within(y, q))
        for joint in self.by_joint:
            if joint not in used:
                for one, other in ((x, y), (y, x)):
                    ways = self._within(other, joint.whole)
                    sets += self._united(ways, self._through(joint, one, (*used, joint))) if ways else []
        return least(sets)

    def _united(self, *choices: list[Keys]) -> list[Keys]:
        return product(*choices, bound=self.bound)

    def _within(self, inner: str, outer: str) -> list[Keys]:
        return self.network.routes((inner, UP), (outer, UP), self.bound)

    def _bearing(self, joint: Joint) -> Keys:
        """Return all that can bear on what is disjoint from the members: every disjointness and what leads there."""
        keys: set[str] = set()
        for denial, a, b, key in self.network.denials:
            if denial is Denial.OVERLAP:
                keys.add(key)
                for member in joint.members:
                    keys |= self.network.bearing((member, UP), (a, UP)) | self.network.bearing((member, UP), (b, UP))
        return frozenset(keys)
