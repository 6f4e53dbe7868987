"""Money, dates and numbers as Dutch readers expect them: one formatter for screen, letter and command line.

Written here and not taken from Babel or QLocale: those two disagree on negative amounts, Babel adds 32 MB of
locale data to the built program, and only Dutch is needed. Rules: domain.md §6.3.
"""

from collections.abc import Sequence
from datetime import date

NBSP = "\u00a0"
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


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


def count(amount: int, singular: str, plural: str) -> str:
    """Return `1 brief` or `34 brieven`."""
    return f"{number(amount)} {singular if amount == 1 else plural}"


def join_words(words: Sequence[str], last: str = "en") -> str:
    """Return words as a Dutch list: `a, b en c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
