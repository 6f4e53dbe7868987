"""Money, dates and numbers as Dutch readers expect them: one formatter for screen, letter and command line.

Written here and not taken from Babel or QLocale: those two disagree on negative amounts, Babel adds 32 MB of
locale data to the built program, and only Dutch is needed. Rules: domain.md §6.3.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.base.clock import AMSTERDAM

NBSP = "\u00a0"
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_SHORT_MONTHS = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
_NEAR_DAYS = ("vandaag", "morgen", "overmorgen")
_WEEKDAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
_FAR_AHEAD = 200
_NAMED_DAY = re.compile(
    rf"\b(\d{{1,2}}\s+(?:{'|'.join([*MONTHS, *_SHORT_MONTHS])})\b\.?(?:\s+\d{{4}}\b)?"
    r"|\d{1,2}[-/]\d{1,2}[-/]\d{4}\b)"
    r"|\b(?:op|t/m|uiterlijk|voor|vóór|per|vanaf)\s+(\d{1,2}[-/]\d{1,2})\b(?![-/\d])"
)


def euro(cents: int, *, with_cents: bool = False) -> str:
    """Return an amount such as `€ 412.500`, with a non-breaking space.

    Whole euros are rounded half away from zero; `with_cents` gives `€ 412.500,00`.
    """
    sign = "-" if cents < 0 else ""
    if with_cents:
        whole, rest = divmod(abs(cents), 100)
        return f"€{NBSP}{sign}{number(whole)},{rest:02d}"
    whole = (abs(cents) + 50) // 100
    return f"€{NBSP}{sign if whole else ''}{number(whole)}"


def number(value: int) -> str:
    """Return a whole number with points between thousands: `1.284`."""
    return f"{value:,}".replace(",", ".")


def long_date(day: date) -> str:
    """Return a date for running text: `1 januari 2022`."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Return a date for a table: `01-01-2022`."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def short_moment(at: datetime) -> str:
    """Return a time for a table, as clocks here show it: `01-01-2022 14:05`."""
    local = at.astimezone(AMSTERDAM)
    return f"{short_date(local.date())} {local:%H:%M}"


def day_month(day: date) -> str:
    """Return a date near enough to need no year, for a narrow column: `1 dec`."""
    return f"{day.day} {_SHORT_MONTHS[day.month - 1]}"


def count(amount: int, singular: str, plural: str) -> str:
    """Return `1 brief` or `34 brieven`."""
    return f"{number(amount)} {singular if amount == 1 else plural}"


def join_words(words: Sequence[str], last: str = "en") -> str:
    """Return words as a Dutch list: `a, b en c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def parse_day(text: str) -> date:
    """Return the day that somebody typed: `12-3-2027`, `12 maart 2027`, `12/3/27`, `2027-03-12`.

    Always day before month, as Dutch readers write it. Raises `ValueError`.
    """
    parts = [part for part in re.split(r"[\s\-/.,]+", text.replace(NBSP, " ").strip().casefold()) if part]
    if len(parts) != 3:
        raise ValueError(text)
    if re.fullmatch(r"[0-9]{4}", parts[0]):
        parts.reverse()
    if not parts[1].isascii() or not parts[1].isdigit():
        named = [place for place, month in enumerate(MONTHS, start=1) if month.startswith(parts[1].rstrip("."))]
        short = {"mrt": 3}.get(parts[1])
        if short is None and (len(parts[1]) < 3 or len(named) != 1):
            raise ValueError(text)
        parts[1] = str(short or named[0])
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts) or len(parts[2]) == 3:
        raise ValueError(text)
    year = int(parts[2])
    return date(year + 2000 if len(parts[2]) <= 2 else year, int(parts[1]), int(parts[0]))


def parse_coming_day(text: str, today: date) -> date:
    """Return the day that somebody typed, as `parse_day`; without a year the first one from today on: `12 mei`.

    Also `morgen` and the days of the week, the coming one. Raises `ValueError`.
    """
    word = text.strip().casefold()
    if word in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS.index(word))
    if word in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(word) - today.weekday() - 1) % 7 + 1)
    try:
        return parse_day(text)
    except ValueError:
        day = parse_day(f"{text} {today.year}")
        return day if day >= today else parse_day(f"{text} {today.year + 1}")


def find_coming_day(text: str, today: date) -> date | None:
    """Return the first day from today on that a text names, such as `audit op 12 mei`; None when it names none.

    Digits alone are a day where a word before them says so (`uiterlijk 12-5`), else hours, parts or amounts. A day
    without a year that would be most of a year ahead was meant as one of the past.
    """
    for found in _NAMED_DAY.finditer(text.replace(NBSP, " ").casefold()):
        named = (found[1] or found[2]).rstrip(".")
        try:
            day = parse_coming_day(named, today)
        except (ValueError, OverflowError):
            continue
        if 0 <= (day - today).days <= _FAR_AHEAD or (day >= today and str(day.year) in named):
            return day
    return None


def parse_euro(text: str) -> int:
    """Return the cents of an amount that somebody typed: `412.500`, `412500,50`, `€ 412.500,-`.

    A point stands between thousands and a comma before cents, as Dutch readers write it. Raises `ValueError`.
    """
    bare = re.sub(r"[\s€]", "", text.replace(NBSP, ""))
    found = re.fullmatch(r"(-?)([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,13})(?:,([0-9]{1,2}|-{1,2}))?", bare)
    if not found:
        raise ValueError(text)
    cents = (found[3] or "0").replace("-", "")
    amount = int(found[2].replace(".", "")) * 100 + int((cents or "0").ljust(2, "0"))
    return -amount if found[1] else amount
