"""Dates: day-month or month-day is decided by the whole column; names of months in Dutch and English."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from app.base.formatting import join_words, long_date
from app.importing.asking import Asked, Option, Question
from app.importing.cleaning import ColumnValues, Misfit, day_of, is_nothing, plain_number, plain_text
from app.importing.tables import Cell

_DAY_FIRST, _MONTH_FIRST = "day-first", "month-first"
_ADVICE = "Schrijf een datum als 31-12-2026, of laat de cel leeg."
_NAMES = (
    "jan januari january", "feb februari february", "mrt maart mar march maa", "apr april", "mei may",
    "jun juni june", "jul juli july", "aug augustus august", "sep sept september", "okt oktober oct october",
    "nov november", "dec december",
)  # fmt: skip
_MONTH = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$")
_NUMERIC = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[-/.](\d{4})$")
_WORDS = re.compile(r"^(?:(\d{1,2})[-/. ]*)?([a-z]{3,9})\.?[-/., ]*(?:(\d{1,2})(?:st|nd|rd|th)?[, ]+)?(\d{4}|\d{2})$")
_TIME = re.compile(r"[t ,]+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?\s*(z|[ap]m|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^(ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|"
    r"(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?)[., ]+"
)
# Excel counts days from here; it believes that 1900 was a leap year.
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
_YEARS = range(1900, 2201)
# What systems write for "without end", and people for a day that is not known yet.
_FOR_EVER = 9999
_NO_DAY = frozenset(
    "? ?? geen n.b. n.n.b. n.t.b. n.v.t n.v.t. nb nnb ntb nvt onbekend unknown tba tbc tbd n/a na doorlopend onbepaald "
    "ongoing".split()
)


def read_dates(
    cells: Sequence[Cell], *, whole: bool = True, beside: Sequence[Cell] = (), answer: str | None = None
) -> ColumnValues[date]:
    """Read a column of dates. With `whole` False a month or a year will do (then its first day is meant).

    `beside` are the other dates of the table: they tell the order of day and month where this column does not. Where
    nothing tells it is asked, and the day comes first until the `answer` is there.
    """
    texts = [_normal(cell) for cell in cells]
    day_first, is_certain = _order(texts, beside)
    day_first = {_DAY_FIRST: True, _MONTH_FIRST: False}.get(answer or "", day_first)
    values: list[date | Misfit | None] = []
    without_day: dict[str, None] = {}
    for cell, text in zip(cells, texts, strict=True):
        if cell is None or (text is not None and is_nothing(text)):
            values.append(None)
            continue
        found = day_of(cell) if text is None else _parse(text, day_first, whole)
        if found is not None and found.year in _YEARS:
            values.append(found)
        elif text in _NO_DAY or (found is not None and found.year == _FOR_EVER):
            without_day[plain_text(cell)] = None
            values.append(None)
        else:
            shown = plain_text(cell)
            values.append(Misfit(shown, f"'{shown}' is geen datum. {_ADVICE}"))
    named = join_words([f"'{text}'" for text in [*without_day][:3]])
    notes = (f"Gelezen als geen datum: {named}.",) if named else ()
    if not any(text and _NUMERIC.match(text) for text in texts):
        return ColumnValues(values, notes)
    order = "dag-maand-jaar" if day_first else "maand-dag-jaar"
    question = _ask(cells, texts, day_first, is_open=answer is None and whole and not is_certain)
    return ColumnValues(values, (f"Datums gelezen als {order}.", *notes), question)


def _ask(cells: Sequence[Cell], texts: Sequence[str | None], day_first: bool, *, is_open: bool) -> Question | None:
    """Return the two ways to read a column, by a date of it that allows both; None when no date does."""
    for cell, text in zip(cells, texts, strict=True):
        readings = [_parse(text, first, True) for first in (True, False)] if text and _NUMERIC.match(text) else []
        if len(set(readings)) == 2 and all(readings):
            options = [
                Option(value, f"{plain_text(cell)} is {long_date(day)}")
                for value, day in zip((_DAY_FIRST, _MONTH_FIRST), readings, strict=True)
                if day
            ]
            return Question(
                asked=Asked.ORDER,
                text="Staat in deze datums de dag of de maand voorop?",
                options=tuple(options),
                answer=_DAY_FIRST if day_first else _MONTH_FIRST,
                is_open=is_open,
            )
    return None


def _normal(cell: Cell) -> str | None:
    """Return a text as it is looked at; None for nothing, and for a real date, which tells of no order."""
    if cell is None or isinstance(cell, date):
        return None
    if isinstance(cell, Decimal):
        return plain_number(cell)
    text = plain_text(cell).casefold()
    return _WEEKDAY.sub("", _TIME.sub("", text).strip()).strip()


def _order(texts: Sequence[str | None], beside: Sequence[Cell]) -> tuple[bool, bool]:
    """Return whether the day comes first, by the values that allow one reading only, and whether any does."""
    day_first, month_first = _count_orders(texts)
    if not day_first and not month_first:
        day_first, month_first = _count_orders([_normal(cell) for cell in beside])
    return day_first >= month_first, day_first != month_first


def _count_orders(texts: Sequence[str | None]) -> tuple[int, int]:
    """Count the dates that must have the day first, and those that must have the month first."""
    day_first = month_first = 0
    for text in texts:
        found = _NUMERIC.match(text) if text else None
        if found is not None:
            first, second = int(found[1]), int(found[2])
            day_first += first > 12 >= second
            month_first += second > 12 >= first
    return day_first, month_first


def _parse(text: str, day_first: bool, whole: bool) -> date | None:
    try:
        if found := _YEAR_FIRST.match(text):
            return date(int(found[1]), int(found[2]), int(found[3] or 1)) if found[3] or not whole else None
        if found := _NUMERIC.match(text):
            first, second = int(found[1]), int(found[2])
            day, month = (first, second) if day_first else (second, first)
            return date(_year(found[3]), month, day)
        if found := _WORDS.match(text):
            return _with_name(found, whole)
        if not whole and (found := _MONTH_YEAR.match(text)):
            return date(int(found[2]), int(found[1]), 1)
        return _from_digits(text, whole)
    except ValueError:
        return None


def _with_name(found: re.Match[str], whole: bool) -> date | None:
    month = _MONTH.get(found[2])
    day = found[1] or found[3]
    if month is None or (day is None and whole):
        return None
    return date(_year(found[4]), month, int(day or 1))


def _from_digits(text: str, whole: bool) -> date | None:
    """Read 20261231, Excel's count of days and, where a month or year will do, 202612 and 2026."""
    digits, _, fraction = text.partition(".")
    if not digits.isdecimal() or (fraction and not fraction.isdecimal()):
        return None
    number = int(digits)
    if len(digits) == 8:
        return date(number // 10000, number // 100 % 100, number % 100)
    if number in _SERIALS and len(digits) == 5:
        return _EXCEL_EPOCH + timedelta(days=number)
    if not whole and not fraction and len(digits) == 6:
        # Financial systems count up to four closing periods after December.
        return date(number // 100, min(number % 100, 12), 1) if 1 <= number % 100 <= 16 else None
    if not whole and not fraction and len(digits) == 4:
        return date(number, 1, 1) if 1980 <= number <= 2100 else None
    return None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)
