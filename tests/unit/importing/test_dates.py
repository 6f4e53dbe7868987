from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.importing.cleaning import Misfit
from app.importing.dates import read_dates
from app.importing.tables import Cell

days = st.dates(min_value=date(1970, 1, 1), max_value=date(2069, 12, 31))
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
WRITINGS = {
    "dutch": lambda day: f"{day.day}-{day.month}-{day.year}",
    "slashes": lambda day: f"{day.day:02d}/{day.month:02d}/{day.year % 100:02d}",
    "points": lambda day: f"{day.day}.{day.month}.{day.year}",
    "iso": lambda day: day.isoformat(),
    "iso with time": lambda day: f"{day.isoformat()}T00:00:00",
    "compact": lambda day: f"{day:%Y%m%d}",
    "words": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "english": lambda day: f"{day.day:02d}-{ENGLISH[day.month - 1]}-{day.year % 100:02d}",
    "american words": lambda day: f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
}


@given(st.lists(days, min_size=1, max_size=12), st.sampled_from(sorted(WRITINGS)))
def test_dates_come_back_from_every_writing(column: list[date], writing: str):
    # One day past the twelfth shows the order of day and month.
    column = [*column, date(2026, 1, 31)]
    assert list(read_dates([WRITINGS[writing](day) for day in column]).values) == column


@given(st.lists(days, min_size=1, max_size=12))
def test_month_before_day_is_seen_from_the_whole_column(column: list[date]):
    column = [*column, *[date(2026, 1, 31)] * len(column)]
    read = read_dates([f"{day.month}/{day.day}/{day.year}" for day in column])
    assert list(read.values) == column
    assert read.notes == ("Datums gelezen als maand-dag-jaar.",)


def test_without_proof_the_order_is_asked_and_the_day_comes_first_until_then():
    read = read_dates(["01-01-2026", "01-02-2026"])
    assert list(read.values) == [date(2026, 1, 1), date(2026, 2, 1)]
    assert read.question is not None
    assert read.question.is_open
    assert [option.label.replace("\u00a0", " ") for option in read.question.options] == [
        "01-02-2026 is 1 februari 2026",
        "01-02-2026 is 2 januari 2026",
    ]
    assert list(read_dates(["01-02-2026"], answer="month-first").values) == [date(2026, 1, 2)]


def test_an_order_that_makes_no_difference_is_not_asked():
    assert read_dates(["01-01-2026", "2026-02-01"]).question is None
    beside = read_dates(["01-02-2026"], beside=["31-12-2026"]).question
    assert beside is not None
    assert not beside.is_open
    only_year = read_dates(["01-02-2026"], whole=False).question
    assert only_year is not None
    assert not only_year.is_open


def test_dates_of_a_workbook_and_excels_count_of_days_are_dates():
    cells: list[Cell] = [date(2026, 1, 2), datetime(2026, 1, 2, 8, 30), Decimal("46024.0"), "46024"]  # noqa: DTZ001 - as calamine gives it
    assert set(read_dates(cells).values) == {date(2026, 1, 2)}


@pytest.mark.parametrize("text", ["Jun-20", "2020-06", "202006", "juni 2020", "06-2020", "june 2020"])
def test_a_month_is_enough_where_only_the_year_counts(text: str):
    assert list(read_dates([text], whole=False).values) == [date(2020, 6, 1)]
    assert isinstance(read_dates([text]).values[0], Misfit)


def test_real_dates_tell_nothing_of_the_order_of_written_ones():
    real = [date(2026, 7, 1), date(2026, 1, 31)]
    assert read_dates([*real]).question is None
    asked = read_dates(["03-04-2026"], beside=real).question
    assert asked is not None and asked.is_open
    assert list(read_dates([*real, "31-01-2026"]).values) == [*real, date(2026, 1, 31)]


def test_who_writes_that_there_is_no_day_is_told_and_loses_no_row():
    read = read_dates(["31-12-2026", "n.v.t.", "TBC", "31-12-9999", "Doorlopend", "TBC", date(9999, 12, 31)])
    assert list(read.values) == [date(2026, 12, 31), *[None] * 6]
    assert read.notes[1:] == ("Gelezen als geen datum: 'n.v.t.', 'TBC' en '31-12-9999'.",)


@pytest.mark.parametrize("text", ["31-02-2026", "2022-09-31", "22/04/222", "01-01-0001", "²", "1e5"])
def test_what_is_no_date_is_a_misfit(text: str):
    assert isinstance(read_dates([text]).values[0], Misfit)
