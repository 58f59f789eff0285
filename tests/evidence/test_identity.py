"""Who is who."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.evidence import identity
from comity.model.evidence import Document, DocumentKind, Subject
from comity.model.places import Place
from comity.model.scales import Level

PLANT = "facility:gs1:414/9359502000034"


def subject(*keys: str) -> Subject:
    return Subject(identity.best(keys), "", "", Level.PRODUCT, frozenset(keys), Place("a"))


def document(*subjects: Subject) -> Document:
    return Document("a", "", DocumentKind.DTE, subjects=subjects)


@pytest.mark.parametrize(
    "written",
    [
        "https://idr.bcmine.example/gs1/414/9359502000034?linkType=gs1:locationInfo",
        "https://other.example/414/9359502000034",
        "HTTP://other.example/some/path/gln/9359502000034/",
    ],
)
def test_host_prefix_and_query_of_a_digital_link_do_not_matter(written: str) -> None:
    assert identity.keys(Level.FACILITY, written) == {PLANT}


@pytest.mark.parametrize("number", ["9520123456788", "09520123456788"])
@pytest.mark.parametrize("name", ["01", "gtin"])
def test_trade_item_numbers_are_padded_to_fourteen_digits(number: str, name: str) -> None:
    assert identity.digital_link(f"https://x.example/{name}/{number}/21/A%2F1") == "01/09520123456788/21/A/1"


@pytest.mark.parametrize(
    "written",
    [
        "https://x.example/01/2024",
        "https://x.example/2024/01/15",
        "https://x.example/01/20240115",
        "urn:epc:id:sgtin:0614141.112345.400",
        "01/09520123456788",
        "https://x.example/414/12345",
        "",
    ],
)
def test_what_is_no_digital_link_stays_an_iri(written: str) -> None:
    assert identity.digital_link(written) == ""


def test_qualifiers_come_in_one_order() -> None:
    one = identity.digital_link("https://x.example/01/09520123456788/21/S/10/B")
    assert (
        one == identity.digital_link("https://y.example/01/09520123456788/10/B/21/S") == "01/09520123456788/10/B/21/S"
    )


def test_an_organisation_and_its_plant_stay_two_although_they_share_an_identifier() -> None:
    shared = "https://idr.example/01/09359502000034/21/34001"
    assert not identity.keys(Level.ORGANISATION, shared) & identity.keys(Level.FACILITY, shared)


def test_a_registered_identifier_counts_within_its_register_only() -> None:
    here = identity.keys(Level.ORGANISATION, "", "K-1", "https://A.example/register/")
    assert here == identity.keys(Level.ORGANISATION, "", " K-1 ", "http://a.example/register?x=1")
    assert not here & identity.keys(Level.ORGANISATION, "", "K-1", "https://b.example/register")
    assert identity.keys(Level.ORGANISATION, "", "K-1") == frozenset()


def test_a_location_number_registered_at_gs1_meets_the_digital_link() -> None:
    assert PLANT in identity.keys(Level.FACILITY, "https://x.example/7", "9359502000034", "https://id.gs1.org/414/")


def test_the_number_of_a_product_class_does_not_make_two_of_its_items_one() -> None:
    scheme = "https://id.gs1.org/01/"
    first = identity.keys(Level.ITEM, "https://x.example/01/09359502000034/21/1", "09359502000034", scheme)
    second = identity.keys(Level.ITEM, "https://x.example/01/09359502000034/21/2", "09359502000034", scheme)
    assert not first & second


def test_the_key_of_a_did_is_not_part_of_the_identity() -> None:
    found = identity.keys(Level.ORGANISATION, "did:web:a.example#key-1")
    assert found == identity.keys(Level.ORGANISATION, "did:web:a.example") == {"organisation:id:did:web:a.example"}


def test_an_iri_comes_before_a_gs1_key_and_that_before_a_registered_identifier() -> None:
    found = ["product:reg:a#1", "product:gs1:01/1", "product:id:https://z.example"]
    assert identity.best(found) == found[2]
    assert identity.best(found[:2]) == found[1]


def test_of_equal_keys_the_one_that_most_documents_use_stands_for_the_thing() -> None:
    rare, usual = document(subject("product:id:a", "product:id:b")), document(subject("product:id:b"))
    assert identity.merge([rare])["product:id:b"] == "product:id:a"
    assert identity.merge([usual, rare, usual])["product:id:a"] == "product:id:b"


def test_things_are_joined_through_a_third_document() -> None:
    first = document(subject("product:id:a", "product:reg:r#1"))
    second = document(subject("product:id:b", "product:gs1:01/2"))
    assert identity.merge([first, second])["product:id:b"] == "product:id:b"
    joined = identity.merge([first, second, document(subject("product:reg:r#1", "product:gs1:01/2"))])
    assert {joined[k] for k in ("product:id:a", "product:id:b", "product:reg:r#1", "product:gs1:01/2")} == {
        "product:id:a"
    }


@given(
    st.lists(st.frozensets(st.sampled_from([f"product:id:{n}" for n in "abcdef"]), min_size=1), max_size=6),
    st.randoms(),
)
def test_joining_does_not_depend_on_order(groups: list[frozenset[str]], random: st.DataObject) -> None:
    documents = [document(subject(*g)) for g in groups]
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert identity.merge(documents) == identity.merge(shuffled)


@given(st.lists(st.frozensets(st.sampled_from([f"product:id:{n}" for n in "abcdef"]), min_size=1), max_size=6))
def test_joining_keeps_apart_what_nobody_joined(groups: list[frozenset[str]]) -> None:
    names = identity.merge(document(subject(*g)) for g in groups)
    # The naive referee: put together what overlaps until nothing changes.
    sets = [set(g) for g in groups]
    for _ in sets:
        for one in sets:
            for other in sets:
                if one & other:
                    one |= other
    chosen = {frozenset(one): {names[k] for k in one} for one in sets}
    for group, keys in chosen.items():
        assert len(keys) == 1
        assert keys <= group
