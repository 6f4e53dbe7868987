"""Money and dates as Dutch readers expect them."""

from datetime import UTC, date, datetime

import pytest

from app.base.formatting import (
    count,
    day_month,
    euro,
    join_words,
    long_date,
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
