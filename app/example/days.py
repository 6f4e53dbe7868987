"""The days of the example, all counted from its today."""

from datetime import date, timedelta

from app.letters.terms import next_working_day

FIRST_DAY = date(2020, 1, 13)
"""When the register was first filled."""


def working_day(day: date) -> date:
    """Return that day, or the last working day before it."""
    while next_working_day(day) != day:
        day -= timedelta(days=1)
    return day


def month_start(day: date, months: int) -> date:
    """Return the first day of the month that lies so many months from a day's month."""
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def month_end(day: date, months: int) -> date:
    """Return the last day of the month that lies so many months from a day's month."""
    return month_start(day, months + 1) - timedelta(days=1)


def orders_known_on(year: int) -> date:
    """Return when the orders of a year are entered: in the December before it."""
    return max(FIRST_DAY, working_day(date(year - 1, 12, 12)))
