"""Money and dates as Dutch readers expect them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.formatting import (
    count,
    day_month,
    euro,
    find_coming_day,
    join_words,
    long_date,
    parse_coming_day,
    parse_day,
    parse_euro,
    short_date,
    short_moment,
)


@pytest.mark.parametrize(
    ("cents", "whole", "exact"),
    [
        (15_000_000, "€ 150.000", "€ 150.000,00"),
        (14_999_999, "€ 150.000", "€ 149.999,99"),
        (50, "€ 1", "€ 0,50"),
        (49, "€ 0", "€ 0,49"),
        (0, "€ 0", "€ 0,00"),
        (-49, "€ 0", "€ -0,49"),
        (-123_456_789, "€ -1.234.568", "€ -1.234.567,89"),
    ],
)
def test_money_has_points_a_comma_and_a_space_that_does_not_break(cents: int, whole: str, exact: str) -> None:
    assert euro(cents) == whole.replace(" ", "\u00a0")
    assert euro(cents, with_cents=True) == exact.replace(" ", "\u00a0")


def test_a_date_is_written_out_in_text_and_short_in_a_table() -> None:
    assert long_date(date(2022, 1, 1)) == "1\u00a0januari 2022"
    assert short_date(date(2022, 1, 1)) == "01-01-2022"
    assert [day_month(date(2022, month, 12)) for month in (1, 3, 5, 12)] == ["12 jan", "12 mrt", "12 mei", "12 dec"]


def test_a_time_is_shown_as_clocks_here_do_in_winter_and_in_summer() -> None:
    assert short_moment(datetime(2026, 1, 31, 23, 5, tzinfo=UTC)) == "01-02-2026 00:05"
    assert short_moment(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)) == "01-07-2026 14:00"


def test_lists_and_counts_read_as_dutch() -> None:
    assert join_words(["a", "b", "c"]) == "a, b en c"
    assert join_words(["a"]) == "a"
    assert count(1, "brief", "brieven") == "1 brief"
    assert count(1284, "brief", "brieven") == "1.284 brieven"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12-3-2027", date(2027, 3, 12)),
        ("12 maart 2027", date(2027, 3, 12)),
        ("12 mrt 27", date(2027, 3, 12)),
        ("1 jan. 2027", date(2027, 1, 1)),
        (" 12/03/2027 ", date(2027, 3, 12)),
        ("2027-03-12", date(2027, 3, 12)),
        (long_date(date(2027, 3, 12)), date(2027, 3, 12)),
    ],
)
def test_a_typed_day_is_read_as_dutch_readers_write_it(text: str, day: date):
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "31-2-2027", "3-12", "12 ma 2027", "12 mmm 2027", "12-3-202", "٣-٣-٢٠٢٧", "13-13-2027"]
)
def test_what_is_no_day_is_refused(text: str):
    with pytest.raises(ValueError):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("412.500", 41_250_000),
        ("412500,5", 41_250_050),
        ("€ 412.500,-", 41_250_000),
        ("€\u00a01.234,05", 123_405),
        ("-12", -1200),
        ("0", 0),
    ],
)
def test_a_typed_amount_is_read_as_dutch_readers_write_it(text: str, cents: int):
    assert parse_euro(text) == cents


@pytest.mark.parametrize("text", ["", "1,234.50", "12.5", "1.23", "twaalf", "12,345", "--1"])
def test_what_is_no_amount_is_refused(text: str):
    with pytest.raises(ValueError):
        parse_euro(text)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12 mei", date(2027, 5, 12)),
        ("24 nov", date(2026, 11, 24)),
        ("23-11", date(2027, 11, 23)),
        ("1/12", date(2026, 12, 1)),
        ("12 mei 2028", date(2028, 5, 12)),
        ("1-1-2020", date(2020, 1, 1)),
        (" Morgen", date(2026, 11, 25)),
        ("vrijdag", date(2026, 11, 27)),
        ("dinsdag", date(2026, 12, 1)),
    ],
)
def test_a_day_without_a_year_is_the_first_that_comes(typed: str, day: date) -> None:
    assert parse_coming_day(typed, date(2026, 11, 24)) == day


@pytest.mark.parametrize("typed", ["", "mei", "12", "31 februari", "12 mei 2027 extra", "volgende week", "29-2"])
def test_what_names_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_coming_day(typed, date(2026, 11, 24))


@pytest.mark.parametrize(
    ("note", "day"),
    [
        ("Audit op 12 mei, daarna belt hij", date(2027, 5, 12)),
        ("sprak hem op 3-11; plan volgt uiterlijk 1-12", date(2026, 12, 1)),
        ("kreeg onze brief van 4 september niet", None),
        ("belt per 12/5 terug", date(2027, 5, 12)),
        ("plan 12 dec.", date(2026, 12, 12)),
        ("tussen 9-12 uur, over 2-3 dagen, trede 1-2", None),
        ("was op 1-1-2020, wordt 12-5-2027", date(2027, 5, 12)),
        ("0475-38 12 40, kamer 12-3b, trede 2", None),
        ("31 februari", None),
        ("", None),
    ],
)
def test_a_note_names_the_first_day_that_comes(note: str, day: date | None) -> None:
    assert find_coming_day(note, date(2026, 11, 24)) == day


@given(st.text(alphabet="0123456789 -/meiaprl.\u00a0\u0661", max_size=30))
def test_no_note_is_too_odd_to_look_for_a_day(note: str) -> None:
    found = find_coming_day(note, date(2026, 11, 24))
    assert found is None or found >= date(2026, 11, 24)
