"""Replay of what several subjects show together: all parts of a whole, every party that a requirement ranges over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from comity.model.classes import dataclass
from comity.model.scales import Level
from comity.verify.case import decimal
from comity.verify.items import Said, plain
from comity.verify.leaf import accepts
from comity.verify.limits import PURE, into
from comity.verify.names import FACILITY, ORGANISATION, PRODUCT, names
from comity.verify.problems import shown
from comity.verify.replay import Conclusion, Replay
from comity.verify.scene import Scene
from comity.verify.steps import Step
from comity.verify.things import PART_OF, PROCESSED_AT, PRODUCED_AT, SOURCES_FROM

EVERY = "#every-"
"""What stands in a key between a subject and the kind of link whose far ends are meant, all of them together."""

LISTS = ("parts", "sources", "processors")
"""The lists that a document may declare of a thing."""

UP, DOWN = "aggregates-up", "inherits-down"


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that a document declares, its shares summing to one.

    :param shares: leading name of each part to its share.
    """

    document: str
    shares: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Chain:
    """The parties that are reached from a subject.

    :param lists: those by which they are all; ``None`` when they are not known to be.
    :param deciding: those whose conditions make them all, or one of them: that are not meant, or meant and met first.
    """

    parties: frozenset[str]
    lists: tuple[Listed, ...] | None
    deciding: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meant:
    """What conditions show of parties.

    :param sure: those who are meant.
    :param out: those who are not.
    """

    sure: frozenset[str]
    out: frozenset[str]


def base(subject: str) -> str:
    """Return the subject whose parties a key stands for; any other key stands for itself.

    >>> base("product:id:x#every-sources-from"), base("product:reg:a#1")
    ('product:id:x', 'product:reg:a#1')
    """
    return subject.rpartition(EVERY)[0] or subject


def is_gathered(replay: Replay, step: Step) -> bool:
    """Tell whether a lift takes several subjects together, or one for many."""
    listed = any(s is not None and s.kind == "fact" for s in (replay.at(p) for p in step.premises))
    return listed or " " in step.text("source") or EVERY in step.text("target")


def gather(replay: Replay, step: Step) -> None:
    """Parts that are known to be all show the whole; one party of many shows a part, or that not all is met."""
    steps = [replay.at(p) for p in step.premises]
    links = [s for s in steps if s is not None and s.kind == "link"]
    lists = [s for s in steps if s is not None and s.kind == "fact"]
    rest = [s.number for s in steps if s is not None and s.kind not in ("link", "fact", "condition")]
    fact, criterion, target = step.text("fact"), step.text("criterion"), step.text("target")
    known = replay.bench.criterion(criterion)
    if step.detail["lift"] != UP:
        replay.wrong(step, "lift", shown(UP))
    if fact not in ("all", "some", "not-all"):
        replay.wrong(step, "fact", "all, some or not-all")
    shows = [replay.shows(step, n, fact, criterion) for n in rest]
    parts = [s for s in shows if s is not None]
    if len(parts) < len(shows) or not parts:
        return
    if sorted(step.text("source").split(" ")) != sorted(parts):
        replay.wrong(step, "source", f"the subjects of the premises: {shown(' '.join(parts))}")
    if EVERY in target:
        whole = _chain_of(replay, step, known.level if known is not None else None)
    else:
        whole = _whole(replay, step, target, parts, known is not None and UP in {x.value for x in known.lifts})
    if whole is not None:
        _complete(replay, step, parts, whole, lists)
    _linked(replay, step, parts, links)
    replay.doubt(criterion)
    replay.concluded[step.number] = Conclusion(fact, criterion, target)


def _complete(replay: Replay, step: Step, parts: Sequence[str], whole: Chain, lists: Sequence[Step]) -> None:
    """All gives all only where the parts are all; one part of a chain needs no list."""
    leads = {replay.bench.scene.same.of(p) for p in parts}
    needed = whole.lists if step.detail["fact"] == "all" else ()
    if needed is None:
        replay.wrong(step, "fact", "some or not-all: nobody declares that the parties are all")
        return
    if step.detail["fact"] == "all" and leads != whole.parties:
        replay.wrong(step, "premises", f"steps about each of {shown(sorted(whole.parties))}")
    if not leads <= whole.parties:
        replay.wrong(step, "source", f"some of {shown(sorted(whole.parties))}")
    if len(lists) != len(needed):
        replay.wrong(step, "premises", f"{len(needed)} lists")
    for one, should in zip(lists, needed, strict=False):
        stated = dict(v.rpartition("=")[::2] for v in one.texts("value"))
        found = {replay.bench.scene.same.of(k): v for k, v in stated.items()}
        if found != {k: decimal(v) for k, v in should.shares.items()} or len(found) < len(one.texts("value")):
            shares = [f"{k}={decimal(v)}" for k, v in sorted(should.shares.items())]
            replay.wrong(one, "value", shown(shares))
        if one.detail["pointer"] != f"{should.document}#":
            replay.wrong(one, "pointer", shown(f"{should.document}#"))


def parts_fact(replay: Replay, step: Step) -> None:
    """A list of parts is one of a document; which, the lift that stands on it says."""
    if step.detail["source"] != "derived":
        replay.wrong(step, "source", '"derived"')
    paper = replay.premise(step, 0, "document") if replay.count_premises(step, 1, 1) else None
    if paper is not None and step.detail["pointer"] != f"{paper.text('document')}#":
        replay.wrong(step, "pointer", shown(f"{paper.text('document')}#"))


def _whole(replay: Replay, step: Step, target: str, parts: Sequence[str], declared: bool) -> Chain | None:
    """Find the parts of a whole, of the sort of the parts, by the links that tie them to it."""
    scene = replay.bench.scene
    if not declared:
        replay.wrong(step, "criterion", "a criterion that aggregates up")
    lead, sort = scene.same.of(target), parts[0].partition(":")[0]
    tied = frozenset(b.source for b in scene.bonds if b.lifts and b.target == lead and b.source.startswith(f"{sort}:"))
    listed = complete(replay, lead, "parts", tied)
    if not tied:
        replay.wrong(step, "target", "what stands above the parts")
        return None
    return Chain(tied, (listed,) if listed is not None else None)


def _chain_of(replay: Replay, step: Step, level: Level | None) -> Chain | None:
    subject, _, over = step.text("target").rpartition(EVERY)
    asked = replay.ranging.over if replay.ranging is not None else over.partition(":")[0]
    if over != asked or level is None:
        replay.wrong(step, "target", f"the parties by {asked}")
        return None
    lead, kind = replay.bench.scene.same.of(subject), over.partition(":")[0]
    meant = _meant(replay, step)
    known = replay.bench.criterion(step.text("criterion"))
    plants = kind == PROCESSED_AT or (known is not None and DOWN in {x.value for x in known.lifts})
    found = chain(replay, lead, kind, level, meant, plants=plants)
    if meant is None:
        return found
    if step.detail["fact"] == "all":
        deciding = found.deciding
    else:
        deciding = frozenset(replay.bench.scene.same.of(p) for p in step.text("source").split(" "))
        if not deciding <= meant.sure:
            replay.wrong(step, "premises", f"conditions that hold of {shown(sorted(deciding))}")
    if meant.sure | meant.out != deciding:
        replay.wrong(step, "premises", f"conditions of {shown(sorted(deciding))} alone")
    return found


def _meant(replay: Replay, step: Step) -> Meant | None:
    """Read the conditions that a lift stands on; ``None`` where a requirement means all parties."""
    labels = replay.bench.given.knowledge.conditions
    asked = replay.ranging.party_conditions if replay.ranging is not None else ()
    came_out: dict[str, list[Step]] = defaultdict(list)
    for one in (replay.at(p) for p in step.premises):
        if one is not None and one.kind == "condition":
            came_out[replay.bench.scene.same.of(one.text("subject"))].append(one)
    if not asked:
        if came_out:
            replay.wrong(step, "premises", "no conditions: all parties are meant")
        return None
    wanted = sorted(labels[iri].label for iri in asked)
    sure, out = set(), set()
    for party, steps in came_out.items():
        values = [s.detail["value"] for s in steps]
        if values == [False]:
            out.add(party)
        elif all(v is True for v in values) and sorted(s.text("condition") for s in steps) == wanted:
            sure.add(party)
        else:
            replay.wrong(step, "premises", f"one false condition of {party}, or all of them, true")
    return Meant(frozenset(sure), frozenset(out))


def chain(
    replay: Replay, subject: str, kind: str, level: Level, meant: Meant | None = None, *, plants: bool = False
) -> Chain:
    """Follow links of a kind from a subject to their ends, and through its sources to who handled them.

    :param meant: which of them a requirement means; ``None`` for all.
    :param plants: true when the plants of what is reached must show it, too, unless they are not meant.
    """
    scene = replay.bench.scene
    through = sorted({kind, SOURCES_FROM} if kind == PROCESSED_AT else {kind})
    reached: set[str] = set()
    near: dict[tuple[str, str], frozenset[str]] = {}
    lists: list[Listed] = []
    whole = True
    todo = [subject]
    for current in todo:
        followed = False
        for each in through:
            ends = frozenset(b.target for b in scene.bonds if b.kind == each and b.source == current)
            if not ends:
                continue
            followed = True
            near[current, each] = ends
            listed = complete(replay, current, "processors" if each == PROCESSED_AT else "sources", ends)
            whole &= listed is not None
            lists += [listed] if listed is not None else []
            reached |= {e for e in ends if each == kind and accepts(level, e)}
            todo += sorted(ends - set(todo))
        whole &= followed or not (current == subject or (kind == PROCESSED_AT and current not in reached))
    if meant is None:
        return Chain(frozenset(reached), tuple(lists) if whole and reached else None)
    made_of = frozenset({subject}).union(*(ends for (_, each), ends in near.items() if each == SOURCES_FROM))
    sources = {n: near.get((n, SOURCES_FROM), frozenset()) for n in made_of}
    made_at = {n: _plants(scene, n) for n in sources}
    whole &= _traced(sources, {n for n in sources if not _ended(meant.out, reached, made_at[n], n)} - {subject})
    reached |= frozenset[str]().union(*made_at.values()) if plants else frozenset()
    sure, parties = meant.sure & reached, frozenset(reached - meant.out)
    ways = {n: near.get((n, kind), frozenset()) for n in todo}
    if kind != SOURCES_FROM:
        ways = {n: (w & sure) or near.get((n, SOURCES_FROM), frozenset()) for n, w in ways.items()}
    first = _first(ways, subject, sure)
    whole &= first is not None
    return Chain(parties, tuple(lists) if whole and parties else None, (meant.out & reached) | (first or frozenset()))


def _plants(scene: Scene, thing: str) -> frozenset[str]:
    """List where a thing was made or handled; where no document says so, where what it is a part of was.

    A place where an event made something else of it is that other thing's.
    """
    made = {(b.document, b.pointer) for b in scene.bonds if b.kind == PRODUCED_AT}
    handled = {b for b in scene.bonds if b.kind == PROCESSED_AT and (b.document, b.pointer) not in made}
    handled |= {b for b in scene.bonds if b.kind == PRODUCED_AT}
    todo = [thing]
    for current in todo:
        found = frozenset(b.target for b in handled if b.source == current)
        if found:
            return found
        todo += sorted({b.target for b in scene.bonds if b.kind == PART_OF and b.source == current} - set(todo))
    return frozenset()


def _ended(out: frozenset[str], reached: Iterable[str], plants: frozenset[str], thing: str) -> bool:
    """A way ends at a thing that, like each plant of it, is known not to be meant."""
    asked = plants | ({thing} & set(reached))
    return bool(asked) and asked <= out


def _traced(sources: Mapping[str, frozenset[str]], open_: set[str]) -> bool:
    """Tell whether all goes back, in no circle, to things without sources of which none is open."""
    met = {n for n, before in sources.items() if not before}
    if met & open_:
        return False
    while more := {n for n, before in sources.items() if n not in met and before <= met}:
        met |= more
    return met == set(sources)


def _first(ways: Mapping[str, frozenset[str]], subject: str, sure: frozenset[str]) -> frozenset[str] | None:
    """Return whom the ways from a subject meet first of those who are meant; ``None`` when some way meets nobody."""
    todo, first = [subject], set[str]()
    for current in todo:
        first |= ways[current] & sure
        todo += sorted(ways[current] - sure - set(todo))
    met = set(first)
    while more := {n for n in todo if n not in met and ways[n] and ways[n] <= met}:
        met |= more
    return frozenset(first) if subject in met else None


def complete(replay: Replay, whole: str, name: str, tied: frozenset[str]) -> Listed | None:
    """Return the list by which what is tied to a whole is all of it; ``None`` where lists differ or leave some out."""
    found = _lists(replay, whole, name)
    first = found[0] if found else None
    if first is None or any(one is None or one.shares != first.shares for one in found):
        return None
    return first if first.shares.keys() == tied else None


def _lists(replay: Replay, whole: str, name: str) -> list[Listed | None]:
    """Read every list of a thing in the documents that are valid on the day."""
    scene, found = replay.bench.scene, []
    for one in scene.readings:
        if not scene.is_valid(one, replay.bench.on):
            continue
        elements: dict[str, dict[str, list[Said]]] = defaultdict(lambda: defaultdict(list))
        for said in one.said:
            steps = said.path.removesuffix(".value").split(".")
            if (
                len(steps) > 1
                and steps[-2] == name
                and steps[-1] in ("id", "share")
                and scene.is_one(said.names, whole)
            ):
                place = said.pointer.removesuffix("/value").rpartition("/")[0]
                elements[place][steps[-1]].append(said)
        if elements:
            shares = _shares(replay, scene, elements)
            found.append(Listed(one.name, shares) if shares is not None else None)
    return found


def _shares(
    replay: Replay, scene: Scene, elements: Mapping[str, Mapping[str, list[Said]]]
) -> Mapping[str, Fraction] | None:
    shares: dict[str, Fraction] = {}
    known = {scene.same.of(n) for one in scene.readings for t in one.things for n in t.names}
    for fields in elements.values():
        ids, stated = fields.get("id", []), fields.get("share", [])
        if len(ids) != 1 or len(stated) != 1:
            return None
        leads = [scene.same.of(n) for s in (ORGANISATION, FACILITY, PRODUCT) for n in sorted(names(s, ids[0].text))]
        part = next((lead for lead in leads if lead in known), None)
        share = _share(replay, stated[0])
        if part is None or share is None or part in shares:
            return None
        shares[part] = share
    return shares if sum(shares.values()) == 1 else None


def _share(replay: Replay, said: Said) -> Fraction | None:
    number, unit = plain(said.text), replay.bench.given.unit
    source, target = unit(said.unit) if said.unit.strip() else unit(PURE), unit(PURE)
    share = into(number, source, target) if number is not None and source is not None and target is not None else None
    return share if share is not None and 0 < share <= 1 else None


def _linked(replay: Replay, step: Step, parts: Sequence[str], links: Sequence[Step]) -> None:
    """Each part has a link: to the whole, or, in a chain, of the chain's kind to the part."""
    _, mark, over = step.text("target").rpartition(EVERY)
    kind = over.partition(":")[0] if mark else ""
    for part in parts:
        at_a_plant = part.startswith(f"{FACILITY}:") and ":" in over
        kinds = {PRODUCED_AT, PROCESSED_AT} if at_a_plant else {kind}
        if kind and not any(s.detail["link"] in kinds and s.detail["target"] == part for s in links):
            replay.wrong(step, "premises", f"a link of kind {' or '.join(sorted(kinds))} to {part}")
        ends = [(s.detail["source"], s.detail["target"]) for s in links]
        if not kind and (part, step.text("target")) not in ends:
            replay.wrong(step, "premises", f"a link from {part} to {step.text('target')}")
    if len(links) != len(parts):
        replay.wrong(step, "premises", f"{len(parts)} links")
