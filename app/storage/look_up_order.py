"""The numbers under which suppliers lie in the index: in the order in which they are shown.

SQLite's full-text tables return what fits in the order of its number, so the first twenty of 50,000 are the best twenty
and need no sorting. Between two neighbours there is room for newcomers; where it is used up, those around move apart.
"""

from typing import NamedTuple

from app.storage.driver import Connection

STEP = 4096
"""How far apart suppliers lie when the index is made."""

_START = STEP * 1024
_LEAST_STEP = 64
_NEIGHBOURS = 16
_BEFORE = "SELECT number FROM look_up_row WHERE place < ? ORDER BY place DESC LIMIT ?"
_AFTER = "SELECT number FROM look_up_row WHERE place > ? ORDER BY place LIMIT ?"
_NEXT = "SELECT number, place FROM look_up_row WHERE place > ? ORDER BY place LIMIT 1"


class Gap(NamedTuple):
    """The neighbours between which newcomers come; None at either end of the order."""

    before: int | None
    after: int | None
    next_place: str | None

    def numbers(self, count: int) -> list[int] | None:
        """Return so many numbers, apart; None when there is no room for them."""
        if self.before is None:
            end = _START + STEP * count if self.after is None else self.after
            return [end - STEP * (count - n) for n in range(count)]
        if self.after is None:
            return [self.before + STEP * (n + 1) for n in range(count)]
        step = (self.after - self.before) // (count + 1)
        return [self.before + step * (n + 1) for n in range(count)] if step else None


def find_gap(connection: Connection, place: str) -> Gap:
    """Return where a new place lies."""
    before = connection.execute(_BEFORE, (place, 1)).fetchone()
    after = connection.execute(_NEXT, (place,)).fetchone()
    return Gap(before and before[0], after and after[0], after and after[1])


def find_neighbours(connection: Connection, place: str, count: int) -> list[int] | None:
    """Return the numbers around a place, as few as can move apart for so many newcomers; None: there are not enough."""
    near = _NEIGHBOURS
    while True:
        below = [number for (number,) in connection.execute(_BEFORE, (place, near))]
        above = [number for (number,) in connection.execute(_AFTER, (place, near))]
        if len(below) < near or len(above) < near:
            return None
        if above[-1] - below[-1] >= (2 * near + count) * _LEAST_STEP:
            return [*reversed(below), *above]
        near *= 2


def spread(first: int, last: int, count: int) -> list[int]:
    """Return so many numbers evenly from the first to the last."""
    return [first + (last - first) * n // (count - 1) for n in range(count)]


def from_start(count: int) -> range:
    """Return numbers for so many suppliers that are put in an empty index."""
    return range(_START, _START + STEP * count, STEP)
