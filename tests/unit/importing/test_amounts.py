from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.amounts import read_amounts, to_cents, without_vat
from app.importing.cleaning import Misfit

cents = st.integers(min_value=-(10**13), max_value=10**13)


def written(value: int, notation: str) -> str:
    """Write cents as people do: `1.234,56`, `1,234.56`, `1234,56` or `1234.56`."""
    whole, rest = divmod(abs(value), 100)
    thousands, sign = {"nl": (".", ","), "en": (",", "."), "nl-bare": ("", ","), "en-bare": ("", ".")}[notation]
    return f"{whole:,}".replace(",", thousands) + f"{sign}{rest:02d}"


@given(st.lists(cents, min_size=1, max_size=20), st.sampled_from(["nl", "en", "nl-bare", "en-bare"]), st.data())
def test_amounts_come_back_from_every_notation(values: list[int], notation: str, data: st.DataObject):
    decorations = ["-{}", "{}-", "({})", "€ -{}", "-€{}", "{} CR", "£{}CR", "EUR -{}", "\u2212{}"]
    texts = [
        data.draw(st.sampled_from(decorations)).format(written(value, notation))
        if value < 0
        else data.draw(
            st.sampled_from(["{}", "€ {}", "€{}", "{} EUR", "{}EUR", "EUR{}", "{}DR", "\u00a0{} ", "+{}"])
        ).format(written(value, notation))
        for value in values
    ]
    assert list(read_amounts(texts, dutch=data.draw(st.booleans())).values) == values


@given(st.lists(cents, max_size=20))
def test_numbers_of_a_workbook_need_no_notation(values: list[int]):
    assert list(read_amounts([Decimal(value) / 100 for value in values], dutch=True).values) == values


@pytest.mark.parametrize(
    ("column", "dutch", "expected"),
    [
        (["1.234", "12,50"], False, [123400, 1250]),
        (["1.234", "12.50"], True, [123, 1250]),
        (["1.234"], True, [123400]),
        (["1,234"], False, [123400]),
        (["150.000,-"], False, [15000000]),
        (["1.234.567"], False, [123456700]),
        (["12", "-", "", "€ -"], True, [1200, "leeg", "leeg", "leeg"]),
        (["1 234,50", "1'234,50"], True, [123450, 123450]),
        (["n.v.t.", "12 stuks", "5%", "1,2,3"], True, [None, None, None, None]),
        (["0,005", "0,004"], True, [1, 0]),
    ],
)
def test_the_whole_column_decides_how_an_amount_is_read(column: list[str], dutch: bool, expected: list[object]):
    read = read_amounts(column, dutch=dutch).values
    shown = ["leeg" if value is None else None if isinstance(value, Misfit) else value for value in read]
    assert shown == expected


def test_foreign_money_is_told():
    for texts, currency in ((["£5"], "ponden (£)"), (["GBP 5"], "ponden (£)"), (["USD5", "$ 6"], "dollars ($)")):
        notes = read_amounts(texts, dutch=True).notes
        assert notes == (f"Er staan bedragen in {currency}. Ze zijn overgenomen zonder om te rekenen.",)


def test_doubt_about_the_notation_is_asked_with_what_each_answer_makes_of_it():
    read = read_amounts(["1.234", "12"], dutch=True)
    assert list(read.values) == [123400, 1200]
    assert read.question is not None
    assert read.question.is_open
    assert {option.value: option.label.replace("\u00a0", " ") for option in read.question.options} == {
        "comma": "1.234 is € 1.234,00",
        "point": "1.234 is € 1,23",
    }
    answered = read_amounts(["1.234", "12"], dutch=True, answer="point")
    assert list(answered.values) == [123, 1200]
    assert answered.question is not None
    assert not answered.question.is_open


def test_another_way_to_read_is_offered_where_the_column_tells_and_not_where_there_is_none():
    told = read_amounts(["1.234", "12,50"], dutch=False).question
    assert told is not None
    assert (told.answer, told.is_open) == ("comma", False)
    assert read_amounts(["1234", "12,50"], dutch=False).question is None


@given(cents, st.sampled_from([9, 21]))
def test_vat_is_taken_out_to_the_nearest_cent(value: int, rate: int):
    bare = without_vat(value, rate)
    assert abs(bare * (100 + rate) - value * 100) * 2 <= 100 + rate
    assert without_vat(-value, rate) == -bare


def test_a_misfit_says_what_stands_there_and_what_to_do():
    (value,) = read_amounts(["n.v.t."], dutch=True).values
    assert isinstance(value, Misfit)
    assert value.message == "'n.v.t.' is geen bedrag. Vul een bedrag in, of laat de cel leeg."


def test_half_a_cent_goes_away_from_zero():
    assert [to_cents(Decimal(text)) for text in ("0.005", "-0.005", "0.0049")] == [1, -1, 0]


def test_amounts_that_no_register_can_hold_are_misfits():
    assert isinstance(read_amounts(["999999999999999999"], dutch=True).values[0], Misfit)
