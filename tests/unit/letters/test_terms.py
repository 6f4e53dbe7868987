from datetime import date
from pathlib import Path

import pytest

from app.base import paths
from app.base.errors import FileError
from app.domain.letter import LetterSettings
from app.letters import terms


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 28), date(2026, 11, 30)),  # Saturday
        (date(2026, 12, 25), date(2026, 12, 28)),  # Christmas before a weekend
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 4)),
        (date(2026, 1, 1), date(2026, 1, 5)),  # New Year, then a decree day, then a weekend
        (date(2026, 4, 3), date(2026, 4, 7)),  # Good Friday up to Easter Monday
        (date(2025, 4, 26), date(2025, 4, 28)),  # King's Day a day early
        (date(2025, 4, 27), date(2025, 4, 28)),
        (date(2026, 4, 27), date(2026, 4, 28)),
        (date(2027, 5, 5), date(2027, 5, 10)),  # Liberation Day, Ascension Day, decree day, weekend
        (date(2028, 5, 25), date(2028, 5, 29)),
        (date(2026, 5, 25), date(2026, 5, 26)),  # Whit Monday
    ],
)
def test_a_date_moves_to_the_next_working_day(day: date, working: date):
    assert terms.next_working_day(day) == working


def test_the_dates_of_a_letter_follow_from_the_settings():
    settings = LetterSettings()
    assert terms.certified_by(date(2026, 11, 23), settings) == date(2027, 5, 24)
    # Six months after 31 August is the last day of February.
    assert terms.certified_by(date(2027, 8, 31), settings) == date(2028, 2, 29)


def test_days_when_the_office_is_closed_are_skipped_too():
    settings = LetterSettings(closed_days="8-2-2027 carnaval\n 2027-02-09\n\n10 februari 2027 aswoensdag")
    assert terms.next_working_day(date(2027, 2, 6), settings) == date(2027, 2, 11)
    # The decree days that are shipped still hold.
    assert terms.next_working_day(date(2027, 5, 7), settings) == date(2027, 5, 10)


def test_decree_days_that_were_typed_take_the_place_of_those_that_are_shipped():
    settings = LetterSettings(decree_days="27-12-2027")
    assert terms.next_working_day(date(2027, 12, 27), settings) == date(2027, 12, 28)
    assert terms.next_working_day(date(2027, 5, 7), settings) == date(2027, 5, 7)
    assert terms.next_working_day(date(2027, 12, 27)) == date(2027, 12, 27)


def test_a_line_that_is_no_day_counts_for_nothing():
    settings = LetterSettings(closed_days="31-2-2027\ncarnaval\n8-2-2027\n9999-99-99")
    assert terms.next_working_day(date(2027, 2, 8), settings) == date(2027, 2, 9)


def test_the_decree_days_of_the_coming_years_are_known_and_all_fridays():
    days = terms.decree_days()
    assert {date(2026, 5, 15), date(2027, 5, 7), date(2028, 5, 26)} <= days
    assert {day.weekday() for day in days} == {4}


@pytest.mark.parametrize(
    "text", ["days = [", "dagen = []", 'days = ["2027-05-07"]', "days = 3", "days = [2027-05-07T10:00:00]"]
)
def test_a_broken_list_of_decree_days_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str):
    (tmp_path / "decree-days.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "shipped", lambda *parts: tmp_path / parts[-1])
    with pytest.raises(FileError, match=r"decree-days\.toml"):
        terms.decree_days()
