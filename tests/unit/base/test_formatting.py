"""Money and dates as Dutch readers expect them."""

from datetime import date

import pytest

from app.base.formatting import count, euro, join_words, long_date, short_date


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


def test_lists_and_counts_read_as_dutch() -> None:
    assert join_words(["a", "b", "c"]) == "a, b en c"
    assert join_words(["a"]) == "a"
    assert count(1, "brief", "brieven") == "1 brief"
    assert count(1284, "brief", "brieven") == "1.284 brieven"
