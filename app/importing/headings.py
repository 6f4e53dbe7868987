"""Where the table begins: the heading row, under preambles and over one or two rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.importing.cleaning import plain_text
from app.importing.tables import Cell, RawTable
from app.importing.vocabulary import Guess, key_of, recognise

_LOOK_AT_ROWS = 60
# A supplier can be told by one of these; a table without them is no list of suppliers.
_IDENTIFYING = frozenset({"name", "own_number", "kvk"})
_SURE_ENOUGH = 0.7


@dataclass(frozen=True)
class Header:
    """The heading row: `index` into the rows, `height` 1 or 2, one unique heading per column ("" for none)."""

    index: int
    height: int
    headings: tuple[str, ...]
    score: float

    @property
    def first_data(self) -> int:
        """Index of the first row below it."""
        return self.index + self.height


def find_header(table: RawTable, *, chosen: Collection[str] = ()) -> Header | None:
    """Return the likeliest heading row; None where no row names a supplier.

    `chosen` are the headings that the user named, as `key_of` gives them: the row that holds them wins.
    """
    best: Header | None = None
    seen = 0
    for index, row in enumerate(table.rows):
        if all(cell is None for cell in row):
            continue
        seen += 1
        if seen > _LOOK_AT_ROWS:
            break
        single = [_heading_text(cell) for cell in row]
        shapes = [(1, single)]
        below = table.rows[index + 1] if index + 1 < len(table.rows) else ()
        if _continues(row, below):
            shapes.append((2, _combine(row, below)))
        for height, texts in shapes:
            score = _score(table.rows[index], texts, chosen)
            if score > 0 and (best is None or score > best.score + 0.01):
                best = Header(index, height, _unique(texts), score)
    return best


def list_headings(table: RawTable) -> tuple[str, ...]:
    """Return what stands in the fullest of the first rows: what to show when no heading row was found."""
    rows = [row for row in table.rows[:_LOOK_AT_ROWS] if any(cell is not None for cell in row)]
    fullest = max(rows, key=lambda row: sum(cell is not None for cell in row), default=())
    return tuple(text for text in map(_heading_text, fullest) if text)


def _heading_text(cell: Cell) -> str:
    text = plain_text(cell)
    for mark in ("ï»¿", "Ã¯»¿"):
        text = text.removeprefix(mark)
    return text[:200]


def _score(row: tuple[Cell, ...], texts: list[str], chosen: Collection[str]) -> float:
    best: dict[str, float] = {}
    years: set[int] = set()
    for text in texts:
        for guess in recognise(text) if text else ():
            best[guess.field] = max(best.get(guess.field, 0.0), guess.confidence)
            years |= {guess.year} if guess.year else set()
    named = sum(1 for text in texts if text and key_of(text) in chosen)
    identified = any(best.get(field, 0.0) >= _SURE_ENOUGH for field in _IDENTIFYING)
    if not named and not identified:
        return 0.0
    filled = [cell for cell in row if cell is not None]
    data_like = sum(
        isinstance(cell, date | bool) or (isinstance(cell, Decimal) and not _is_year(cell)) for cell in filled
    )
    data_like += sum(isinstance(cell, str) and _is_number(cell) for cell in filled)
    # A title above the table may hold the word "leveranciers" too, but stands alone in its row.
    lonely = 0.5 if len(filled) == 1 else 0.0
    # A row of numbers is no heading, unless the user says so.
    return max(float(named), sum(best.values()) + 0.3 * len(years) + 5 * named - data_like - lonely)


def _is_year(value: Decimal) -> bool:
    return value == value.to_integral_value() and 1990 <= value <= 2100


def _is_number(text: str) -> bool:
    bare = text.strip().lstrip("-+€£$ ").replace(".", "").replace(",", "").replace(" ", "")
    return bare.isdecimal() and not (len(bare) == 4 and 1990 <= int(bare) <= 2100)


def _continues(row: tuple[Cell, ...], below: tuple[Cell, ...]) -> bool:
    """Whether the row below completes this one: it fills its gaps with text and leaves the rest empty."""
    filled_below = [index for index, cell in enumerate(below) if cell is not None]
    gaps = [index for index in filled_below if index >= len(row) or row[index] is None]
    if not gaps or len(filled_below) >= sum(cell is not None for cell in row) + len(gaps):
        return False
    if any(not isinstance(below[index], str) or _is_number(str(below[index])) for index in filled_below):
        return False
    beside = [index for index in filled_below if index not in gaps]
    # Under a merged heading the first column has both a group and a name of its own; more than that is a data row.
    return len(beside) <= len(gaps)


def _combine(row: tuple[Cell, ...], below: tuple[Cell, ...]) -> list[str]:
    texts: list[str] = []
    group = ""
    for index in range(max(len(row), len(below))):
        upper = _heading_text(row[index]) if index < len(row) else ""
        lower = _heading_text(below[index]) if index < len(below) else ""
        group = upper or (group if lower else "")
        texts.append(f"{group} {lower}".strip() if lower else upper)
    return texts


def _unique(texts: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    unique: list[str] = []
    for text in texts:
        times = seen[text] = seen.get(text, 0) + 1
        unique.append(f"{text} ({times})" if text and times > 1 else text)
    return tuple(unique)


def guesses_of(heading: str) -> tuple[Guess, ...]:
    """Return what a heading of this table may mean; the number behind a repeated heading says nothing."""
    head, bracket, tail = heading.rpartition(" (")
    return recognise(head if bracket and tail.rstrip(")").isdecimal() and len(tail) <= 3 else heading)
