"""The two dates of a letter, moved to a day on which a Dutch office is open."""

import tomllib
from datetime import date, timedelta
from functools import lru_cache

from app.base import paths
from app.base.errors import FileError
from app.domain.letter import LetterSettings, listed_days


def next_working_day(day: date, settings: LetterSettings | None = None) -> date:
    """Return that day, or the first working day after it.

    Not working days are weekends, Dutch holidays with Good Friday and 5 May, the days when one's own office is closed
    and the decree days: those of the settings, or else those in `resources/letters/decree-days.toml`. This is a
    courtesy to the reader and no duty: the Algemene termijnenwet covers terms in acts, not what one firm asks of
    another (domain.md §6.6), so a letter never says that the law demands it.
    """
    free = _own_free_days(settings) if settings else decree_days()
    while day.weekday() >= 5 or day in free or day in _holidays(day.year):
        day += timedelta(days=1)
    return day


def certified_by(written_on: date, settings: LetterSettings) -> date:
    """Return the last day to hold the certificate: `certified_months` after the letter, on a working day."""
    from dateutil.relativedelta import relativedelta

    return next_working_day(written_on + relativedelta(months=settings.certified_months), settings)


def decree_days() -> frozenset[date]:
    """Return the extra days named by decree; raises `FileError` when somebody broke the file."""
    path = paths.shipped("resources", "letters", "decree-days.toml")
    try:
        days = tomllib.loads(path.read_text(encoding="utf-8"))["days"]
        found = frozenset(day for day in days if type(day) is date)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable() from error
    if len(found) != len(days):
        raise _unreadable()
    return found


def _unreadable() -> FileError:
    return FileError(
        "De lijst met vrije dagen (decree-days.toml) kan niet worden gelezen.",
        "Elke dag staat er als jaar-maand-dag, zoals 2027-05-07.",
    )


def _own_free_days(settings: LetterSettings) -> frozenset[date]:
    typed = _days_in(settings.decree_days)
    return _days_in(settings.closed_days) | (typed if settings.decree_days.strip() else decree_days())


@lru_cache(maxsize=8)
def _days_in(text: str) -> frozenset[date]:
    """Return the days of a setting; a line that is none was refused where it was typed, and counts for nothing here."""
    return frozenset(day for _line, day in listed_days(text) if day)


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    # Importing it takes longer than all the rest of a letter, and most starts of the program need no date.
    import holidays

    return frozenset(holidays.country_holidays("NL", years=year, categories=("public", "optional")))
