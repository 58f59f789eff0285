"""The four facts and how they travel. Expectations by hand from semantics, section 3."""

from __future__ import annotations

from dataclasses import replace

from comity.algebra.propagate import Atom, Derivation, Node, Rule, fixpoint
from comity.model.proofs import Labels
from comity.model.scales import Assurance, Authority, Fact

THIRD = Labels(Assurance.THIRD_PARTY, max(Authority))
SELF = Labels(Assurance.SELF, max(Authority))


def at(criterion: str, fact: Fact = Fact.ALL) -> Atom:
    return (fact, Node(criterion, "s"))


def leaf(atom: Atom, labels: Labels = THIRD, name: str = "leaf") -> Derivation:
    return Derivation(atom, labels, name, (), 1, name)


def rule(name: str, conclusion: Atom, *premises: Atom, authority: Authority | None = None) -> Rule:
    return Rule(premises, conclusion, name, None, authority)


def test_all_implies_some_and_none_implies_not_all() -> None:
    found = fixpoint([leaf(at("a")), leaf(at("b", Fact.NONE))], [])
    assert at("a", Fact.SOME) in found
    assert at("b", Fact.NOT_ALL) in found
    assert at("b", Fact.SOME) not in found


def test_a_proof_is_as_good_as_its_weakest_part() -> None:
    rules = [rule("j", at("c"), at("a"), at("b"), authority=Authority.DRAFT)]
    found = fixpoint([leaf(at("a"), THIRD, "x"), leaf(at("b"), SELF, "y")], rules)
    labels = found[at("c")][0].labels
    assert labels.rank is Assurance.SELF
    assert labels.authority is Authority.DRAFT


def test_every_pareto_best_proof_is_kept_and_no_other() -> None:
    """A certificate over a draft row and a self-declaration over a reviewed row: neither beats the other."""
    rules = [
        rule("draft", at("c"), at("a"), authority=Authority.DRAFT),
        rule("reviewed", at("c"), at("b"), authority=Authority.REVIEWED),
        rule("worse", at("c"), at("d"), authority=Authority.DRAFT),
    ]
    leaves = [leaf(at("a"), THIRD, "a"), leaf(at("b"), SELF, "b"), leaf(at("d"), SELF, "d")]
    found = fixpoint(leaves, rules)[at("c")]
    assert [(d.labels.authority, d.labels.rank) for d in found] == [
        (Authority.REVIEWED, Assurance.SELF),
        (Authority.DRAFT, Assurance.THIRD_PARTY),
    ]


def test_a_shorter_proof_with_the_same_labels_wins_whatever_the_order() -> None:
    rules = [rule("1", at("b"), at("a")), rule("2", at("c"), at("b")), rule("3", at("c"), at("a"))]
    for order in (rules, rules[::-1]):
        assert fixpoint([leaf(at("a"))], order)[at("c")][0].size == 2


def test_no_proof_restates_an_ancestor() -> None:
    rules = [rule("1", at("b"), at("a")), rule("2", at("a"), at("b"))]
    for derivations in fixpoint([leaf(at("a"))], rules).values():
        for d in derivations:
            assert d.atom not in ancestors(d)


def ancestors(d: Derivation) -> set[Atom]:
    found: set[Atom] = set()
    for p in d.premises:
        found |= {p.atom} | ancestors(p)
    return found


def test_opposition_marks_what_passes_a_node_and_spares_what_ends_there() -> None:
    rules = [rule("1", at("b"), at("a")), rule("2", at("c"), at("b"))]
    against = {at("b"): int(Assurance.THIRD_PARTY)}
    found = fixpoint([leaf(at("a"))], rules, lambda atom: against.get(atom, -1))
    assert found[at("b")][0].labels.opposition == -1
    assert found[at("c")][0].labels.opposition == Assurance.THIRD_PARTY
    assert found[at("c")][0].labels.contested(Assurance.THIRD_PARTY)


def test_a_strangers_word_contests_no_certificate() -> None:
    """Opposition below both the rank asked and the proof's own rank is a challenge only."""
    labels = replace(THIRD, opposition=int(Assurance.UNATTRIBUTED))
    assert not labels.contested(Assurance.THIRD_PARTY)
    assert replace(SELF, opposition=int(Assurance.SELF)).contested(Assurance.THIRD_PARTY)


def test_a_whole_of_many_parts_is_derived_without_trying_every_combination() -> None:
    """33 parts with two proofs each: combinations that are beaten are dropped on the way."""
    parts = [at(f"p{i}") for i in range(33)]
    leaves = [leaf(p, labels, f"{p[1].criterion}{n}") for p in parts for n, labels in enumerate((THIRD, SELF))]
    odd = [leaf(p, replace(SELF, roles=frozenset({"r"})), f"{p[1].criterion}x") for p in parts]
    found = fixpoint([*leaves, *odd], [rule("whole", at("w"), *parts)])[at("w")]
    assert {(d.labels.rank, bool(d.labels.roles)) for d in found} == {
        (Assurance.THIRD_PARTY, False),
        (Assurance.SELF, True),
    }
