"""One definition of how alike two suppliers are, for imports and for duplicates in the register."""

from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from app.domain.likeness import Likeness, likeness
from app.domain.party import party_of
from app.domain.supplier import Address, Supplier

_WORDS = ("Aelen", "Aalen", "Bakker", "Bouw", "Installaties", "Holding", "2", "Venlo", "Gebroeders", "de", "Café")
_NUMBERS = ("", "", "12345678", "87654321")


def supplier(name: str, city: str = "", postcode: str = "", number: str = "", **fields: object) -> Supplier:
    address = Address(city=city, postcode=postcode, house_number=number)
    return replace(Supplier(id=name, name=name, visiting=address), **fields)  # type: ignore[arg-type]


@st.composite
def suppliers(draw: st.DrawFn) -> Supplier:
    names = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(" ".join)
    number = st.sampled_from(_NUMBERS)
    return supplier(
        draw(names),
        draw(st.sampled_from(("", "Venlo", "Roermond"))),
        draw(st.sampled_from(("", "6041 AB", "5911 CC"))),
        draw(st.sampled_from(("", "1", "2a"))),
        kvk=draw(number),
        former_kvk=tuple(draw(st.lists(st.sampled_from(_NUMBERS[2:]), max_size=1))),
        trade_names=tuple(draw(st.lists(names, max_size=2))),
        own_number=draw(number),
        btw_id=draw(st.sampled_from(("", "NL001234567B01", "NL007654321B01"))),
        phone=draw(st.sampled_from(("", "0475-38 12 40", "077-351 00 00"))),
        email=draw(st.sampled_from(("", "info@aelen.example", "aelen@gmail.com"))),
    )


def compare(one: Supplier, other: Supplier) -> Likeness:
    return likeness(party_of(one), party_of(other))


@given(suppliers(), suppliers())
def test_which_of_the_two_stands_in_front_makes_no_difference(one: Supplier, other: Supplier):
    assert compare(one, other) == compare(other, one)
    assert 0 <= compare(one, other).score <= 100


@given(suppliers(), suppliers())
def test_it_is_never_certain_without_a_kvk_number_in_common(one: Supplier, other: Supplier):
    found = compare(one, other)
    if not {one.kvk, *one.former_kvk} & {other.kvk, *other.former_kvk} - {""}:
        assert not found.is_certain
    if found.is_certain:
        assert not found.reasons_against


@given(suppliers(), suppliers(), st.sampled_from((" B.V.", " bv", " V.O.F.", ", N.V.")))
def test_legal_form_case_and_accents_make_no_difference(one: Supplier, other: Supplier, form: str):
    written = replace(one, name=one.name.upper().replace("E", "É") + form, visiting=replace(
        one.visiting, city=one.visiting.city.upper(), postcode=one.visiting.postcode.replace(" ", "").lower()
    ))  # fmt: skip
    assert compare(written, other) == compare(one, other)


def test_names_that_are_lists_are_not_compared_word_by_word(monkeypatch: pytest.MonkeyPatch):
    ratio = mock.Mock(wraps=fuzz.ratio)
    monkeypatch.setattr(fuzz, "ratio", ratio)
    one, other = (" ".join(f"{letter}{'abcdefghij'[n % 10] * (n // 10 + 2)}" for n in range(500)) for letter in "xy")
    found = compare(supplier(one, phone="0773510000"), supplier(other, phone="0773510000"))
    assert "zelfde telefoon" in found.reasons_for
    assert ratio.call_count < 2_000


@given(suppliers())
def test_every_supplier_is_like_itself(one: Supplier):
    found = compare(one, one)
    assert not found.reasons_against
    assert found.is_certain == bool(one.kvk)


ADDRESS = ("Venlo", "5911 CC", "12")


@pytest.mark.parametrize(
    ("one", "other", "reasons_for", "reasons_against", "is_likely"),
    [
        (supplier("Gebr. Aelen B.V.", "Roermond"), supplier("Aelen Gebroeders", "ROERMOND"),
         ("naam gelijk", "zelfde plaats"), (), True),
        (supplier("Bakker Techniek", "Den Haag"), supplier("Baker Techniek", "'s-Gravenhage"),
         ("naam bijna gelijk (97 %)", "zelfde plaats"), (), True),
        (supplier("Aelen", kvk="1234567", own_number="1"), supplier("Aelen", kvk="01234567", own_number="2"),
         ("KvK-nummer gelijk", "naam gelijk"), ("ander eigen nummer",), True),
        (supplier("Aelen", former_kvk=("12345678",)), supplier("Aelen Bouw", kvk="12345678"),
         ("eerder KvK-nummer gelijk", "de ene naam staat in de andere"), ("alleen in één naam: “bouw”",), True),
        (supplier("Nieuw", trade_names=("Aelen",), phone="077-3510000"), supplier("Aelen", phone="+31 77 351 0000"),
         ("eerdere naam of handelsnaam gelijk", "zelfde telefoon"), (), True),
        # A place in the name tells nothing where both are in it.
        (supplier("Aelen Venlo", "Venlo"), supplier("Aelen", "Venlo"), ("naam gelijk", "zelfde plaats"), (), True),
        # Another name, and yet worth a question.
        (supplier("Aelen", "", "5911 CC", phone="0773510000"), supplier("Cox", "", "5911CC", phone="077-3510000"),
         ("zelfde telefoon", "zelfde postcode"), ("andere naam",), True),
        # A takeover or another legal form gives another number; so does a sister firm.
        (supplier("Aelen", *ADDRESS, kvk="12345678"), supplier("Aelen", *ADDRESS, kvk="12345679"),
         ("naam gelijk", "zelfde postcode en huisnummer", "zelfde plaats"), ("ander KvK-nummer",), True),
        (supplier("Aelen", "Venlo", kvk="12345678"), supplier("Aelen", "Venlo", kvk="12345679"),
         ("naam gelijk", "zelfde plaats"), ("ander KvK-nummer",), False),
        (supplier("Aelen", "Venlo"), supplier("Aelen", "Weert"), ("naam gelijk",), ("andere plaats",), False),
        (supplier("Aelen 1 B.V.", *ADDRESS), supplier("Aelen 2 B.V.", *ADDRESS),
         ("naam lijkt erop (86 %)", "zelfde postcode en huisnummer", "zelfde plaats"), ("ander nummer in de naam",),
         False),
        (supplier("Aelen Holding", "Venlo"), supplier("Aelen", "Venlo"),
         ("de ene naam staat in de andere", "zelfde plaats"), ("de een is een holding",), False),
        (supplier("Aelen Bouw", "Venlo"), supplier("Aelen Installaties", "Venlo"),
         ("zelfde plaats",), ("alleen in één naam: “bouw” / “installaties”",), False),
        # Firms of one fiscal unit share a btw-id.
        (supplier("Aelen", btw_id="NL001234567B01"), supplier("Cox", btw_id="NL001234567B01"),
         ("btw-nummer gelijk",), ("een fiscale eenheid deelt één btw-nummer", "andere naam"), False),
        (supplier("Aelen", btw_id="NL001234567B01"), supplier("Aelen", btw_id="NL001234567B01"),
         ("btw-nummer gelijk", "naam gelijk"), (), True),
        # Where anybody may have a mailbox.
        (supplier("Aelen", email="a@gmail.com"), supplier("Cox", email="c@gmail.com"), (), ("andere naam",), False),
    ],
)  # fmt: skip
def test_the_reasons_are_said_and_weighed(
    one: Supplier, other: Supplier, reasons_for: tuple[str, ...], reasons_against: tuple[str, ...], is_likely: bool
):
    found = compare(one, other)
    assert (found.reasons_for, found.reasons_against) == (reasons_for, reasons_against)
    assert found.is_likely == is_likely


def test_a_look_alike_never_comes_further_than_being_asked_about():
    everything = {"phone": "077-3510000", "email": "info@aelen.example", "btw_id": "NL001234567B01"}
    firm = supplier("Aelen", *ADDRESS, **everything)
    for name in ("Aelen Holding", "Aelen Beheer", "Aelen 2", "Aelen II", "Cox"):
        assert compare(firm, supplier(name, *ADDRESS, **everything)).score <= 50, name
