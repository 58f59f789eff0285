"""Documents, trust and facts of a world made at random: evidence of every sort, some of it contested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tests.worlds.chances import Chances
from tests.worlds.draw import Draw
from tests.worlds.texts import IN_PERCENT, KILOGRAM, METRICS, PERCENT, VALUES, dimension, metric
from tests.worlds.world import LEVELS, ROLE, identifier, key, party

from comity.judgement import Given, TrustList
from comity.judgement.trust import Trusted
from comity.model.evidence import (
    Anchor,
    Assessment,
    Citation,
    CitationKind,
    Claim,
    Document,
    DocumentKind,
    Link,
    LinkKind,
    Subject,
    Validity,
)
from comity.model.knowledge import Knowledge
from comity.model.places import Place
from comity.model.quantities import Quantity, Value
from comity.model.scales import Assurance

BODIES = {
    "buyer": Assurance.SECOND_PARTY,
    "auditor": Assurance.THIRD_PARTY,
    "rival": Assurance.THIRD_PARTY,
    "lab": Assurance.ACCREDITED_THIRD_PARTY,
    "office": Assurance.PUBLIC_AUTHORITY,
}
"""Issuers on the trust list; ``register`` is on it to vouch for others."""

OTHERS = ("org", "org", "stranger", "listed", "anchored", "accredited")
"""The operator; nobody; one that the scheme lists; one with an anchor; one with an accreditation."""

OPEN = Validity("2030-01-01")
VALIDITIES = (
    OPEN, OPEN, OPEN, OPEN, Validity("2029-01-01", "2035-01-01"), Validity(issued="2030"),
    Validity("2020-01-01", "2021-01-01"), Validity("2031-01-01"), Validity(),
)  # fmt: skip
"""In force for the most part; one with an issue date alone, one ended, one not begun, one undated."""


@dataclass
class Papers:
    """Draws what documents say of the criteria of a knowledge."""

    seed: int
    chances: Chances
    draw: Draw
    known: Knowledge

    def documents(self) -> Iterator[Document]:
        """Draw who is who, then evidence, then anchors."""
        yield self._passport()
        names = list(self.known.criteria)
        for number in range(self.draw.randint(*self.chances.documents)):
            claim = self.draw.may(self.chances.claim)
            yield self._claim(number, names) if claim else self._assessment(number, names)
        for number, who in enumerate(("anchored", "accredited")):
            if self.draw.may(self.chances.anchor):
                yield self._anchor(number, who)

    def trust(self) -> TrustList:
        """Draw the trust list; only the laboratory and the office are vouched to have the role."""
        if not self.chances.trust:
            return TrustList("trust.toml", (self._trusted("register", Assurance.ACCREDITED_THIRD_PARTY, ()),))
        entries = [self._trusted(n, rank, (ROLE,) if n in ("lab", "office") else ()) for n, rank in BODIES.items()]
        register = self._trusted("register", Assurance.ACCREDITED_THIRD_PARTY, ())
        return TrustList("trust.toml", (*entries, register))

    def given(self) -> Iterator[Given]:
        """Draw facts that the user states."""
        facts = {"stuff": ("tin", "tin", "lead"), "size": ("3", "5", "8"), "sold": ("2030-02-01", "2031-02-01", "soon")}
        for name, values in facts.items():
            if self.draw.may(0.5):
                yield Given("", name, (self.draw.choice(values),), "--fact")

    def _passport(self) -> Document:
        name = f"{self.seed}/passport.json"
        place = Place(name, "/credentialSubject")
        names = self.chances.names
        subjects = tuple(self._subject(n, place) for n in names)
        ties = [
            (LinkKind.OPERATED_BY, "site", "org", "operator"),
            (LinkKind.OPERATED_BY, "plant", "org", ""),
            (LinkKind.PRODUCED_AT, "thing", "site", ""),
            (LinkKind.PRODUCED_AT, "thing", "plant", ""),
            (LinkKind.PRODUCED_AT, "twin", "plant", ""),
            (LinkKind.PART_OF, "thing", "batch", ""),
            (
                LinkKind.OPERATED_BY,
                "thing",
                "org",
                "certifier" if self.draw.may(self.chances.dirty) else "manufacturer",
            ),
        ]
        links = tuple(
            Link(kind, key(self.seed, a), key(self.seed, b), place.at(kind, a, b), role)
            for kind, a, b, role in ties
            if a in names and b in names and self.draw.may(self.chances.linked)
        )
        return Document(
            name, f"{self.seed:032x}{0:032x}", DocumentKind.DPP, issuer=party(self.seed, "org"), validity=OPEN,
            subjects=subjects, links=links,
        )  # fmt: skip

    def _subject(self, name: str, place: Place) -> Subject:
        this = key(self.seed, name)
        parts = {"year": "2029"} if self.draw.may(0.3) else {}
        return Subject(
            this, identifier(self.seed, name), f"{name} {self.seed}", LEVELS[name], frozenset({this}), place, parts
        )

    def _assessment(self, number: int, names: Sequence[str]) -> Document:
        chances, draw, file = self.chances, self.draw, f"{self.seed}/finding-{number}.json"
        who = draw.choice([*BODIES, "auditor", "lab", *OTHERS] if chances.trust else OTHERS[:-1])
        issuer = None if self.draw.may(chances.dirty / 5) else party(self.seed, who)
        about = self._about()
        validity = self._validity()
        declared = Assurance.PUBLIC_AUTHORITY if self.draw.may(0.8) else draw.choice(list(Assurance))
        values = self._values(file) if self.draw.may(chances.value / 4) else ()
        assessment = Assessment(
            Place(file, "/a"), file, "", f"finding {number}", tuple(key(self.seed, n) for n in about),
            self._cites(names, file), draw.choice([True, True, True, False, False, None][: 5 + bool(values)]), values,
            draw.choice([None, None, "2030-02-01", "2030-03-01", "2029-05-01"]), issuer,
            {"assurance": declared.token}, validity,
            draw.choice(["", f"programme-{self.seed}"]) if self.draw.may(chances.programme) else "",
            subject_assumed="the product named beside it" if self.draw.may(chances.dirty / 6) else "",
            conditional="the line stays as it is" if self.draw.may(chances.dirty / 4) else "",
        )  # fmt: skip
        return Document(
            file, f"{self.seed:032x}{number + 1:032x}", DocumentKind.DCC, issuer=issuer, validity=validity,
            assessments=(assessment,),
        )  # fmt: skip

    def _claim(self, number: int, names: Sequence[str]) -> Document:
        chances, file = self.chances, f"{self.seed}/claim-{number}.json"
        issuer = (
            None
            if self.draw.may(chances.dirty / 5)
            else party(self.seed, "stranger" if self.draw.may(chances.dirty) else "org")
        )
        values = self._values(file) if self.draw.may(chances.value) else ()
        cites = self._cites(names, file) if not values or self.draw.may(0.5) else ()
        claim = Claim(
            Place(file, "/c"), file, "", f"claim {number}", key(self.seed, self._about()[0]), cites, values, None,
            undisclosed=self.draw.may(chances.dirty / 6),
        )  # fmt: skip
        return Document(
            file, f"{self.seed:032x}{number + 1:032x}", DocumentKind.DPP, issuer=issuer, validity=self._validity(),
            claims=(claim,),
        )  # fmt: skip

    def _cites(self, names: Sequence[str], file: str) -> tuple[Citation, ...]:
        found = []
        for position in range(1 + self.draw.may(self.chances.twice)):
            iri, name = self.draw.choice(names), ""
            if self.draw.may(self.chances.dirty / 3):
                iri = f"urn:alias:{self.seed}:{self.draw.randint(1, 3)}"
                name = self.draw.choice(["", "First of all"])
            found.append(Citation(CitationKind.CRITERION, iri, name, Place(file, f"/cited/{position}")))
        return tuple(found)

    def _values(self, file: str) -> tuple[Value, ...]:
        draw = self.draw
        name = draw.choice(list(METRICS))
        unit: str | None = draw.choice(METRICS[name]) if draw.may(self.chances.conversion) else METRICS[name][0]
        assert unit is not None
        number = Fraction(draw.choice([8, 12, 14, 16, 16, 20])) / IN_PERCENT[unit]
        spread = draw.choice([Fraction(0), Fraction(0), number / 8])
        if self.draw.may(self.chances.dirty / 4):
            unit = draw.choice([None, KILOGRAM if name == "share" else PERCENT])
        qualifiers = {
            dimension(d): f"{dimension(d)}/{draw.choice(list(values))}"
            for d, values in VALUES.items()
            if self.draw.may(0.4)
        }
        period = draw.choice([None, None, ("2029-01-01", "2029-12-31"), ("2030-01-01", "2030-12-31")])
        stated: str | None = metric(self.seed, name)
        if name == "share" and self.draw.may(self.chances.dirty / 2):
            stated = None
        called = f"Tin share {self.seed}" if self.draw.may(0.5) else name
        quantity = Quantity(number, unit, "" if unit else "??", spread, spread)
        return (Value(Place(file, "/v"), stated, called, quantity, qualifiers, period),)

    def _anchor(self, number: int, who: str) -> Document:
        file = f"{self.seed}/anchor-{number}.json"
        register = self.draw.choice(["register", "register", who, "stranger"])
        validity = self.draw.choice([OPEN, OPEN, Validity("2020-01-01", "2021-01-01")]) if self.chances.trust else OPEN
        version = self.draw.choice(list(self.known.schemes))
        kind = "accreditation" if who == "accredited" else "business"
        anchor = Anchor(
            Place(file, "/"),
            file,
            key(self.seed, who),
            who,
            party(self.seed, register),
            kind,
            (version, ROLE),
            validity,
        )
        return Document(
            file, f"{self.seed:032x}{900 + number:032x}", DocumentKind.DIA, issuer=party(self.seed, register),
            validity=validity, anchors=(anchor,),
        )  # fmt: skip

    def _trusted(self, name: str, rank: Assurance, roles: tuple[str, ...]) -> Trusted:
        who = party(self.seed, name)
        return Trusted(who.id, name, who.keys, rank, frozenset(roles), frozenset(), "")

    def _about(self) -> tuple[str, ...]:
        names = self.chances.names
        first = "thing" if self.draw.may(0.65) else self.draw.choice(names)
        return (
            (first, self.draw.choice([n for n in names if n != first]))
            if self.draw.may(self.chances.twice / 2)
            else (first,)
        )

    def _validity(self) -> Validity:
        return self.draw.choice(VALIDITIES) if self.draw.may(0.6) else OPEN
