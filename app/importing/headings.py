"""Where the table begins: the heading row, under preambles and over one or two rows."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from app.importing.cleaning import plain_text
from app.importing.shape import BODY_ROWS, heading_score, is_heading_like, usual_width
from app.importing.tables import Cell, RawTable
from app.importing.vocabulary import Guess, key_of, recognise

_LOOK_AT_ROWS = 60
# A supplier can be told by one of these; a table without them is no list of suppliers.
_IDENTIFYING = frozenset({"name", "own_number", "kvk"})
_SURE_ENOUGH = 0.7
_CERTAIN = 0.85
_LETTER_HEADING = re.compile(r"Kolom [A-Z]{1,3}(:|$)")


@dataclass(frozen=True)
class Header:
    """The heading row: `index` into the rows, `height` 1 or 2, one unique heading per column ("" for none).

    `height` is 0 for a table without a heading row; `index` is then its first row.
    """

    index: int
    height: int
    headings: tuple[str, ...]
    score: float

    @property
    def first_data(self) -> int:
        """Index of the first row below it."""
        return self.index + self.height

    def number_in(self, table: RawTable) -> int | None:
        """Return its row number as the user sees it; None where there is no such row."""
        return table.number_of(self.index) if self.height else None


def find_header(table: RawTable, *, chosen: Collection[str] = ()) -> Header | None:
    """Return the likeliest heading row; None where no row names a supplier.

    `chosen` are the headings that the user named, as `key_of` gives them: the row that holds them wins.
    """
    best: tuple[float, _Candidate] | None = None
    for candidate in _candidates(table):
        score = _score(table.rows[candidate.index], candidate.texts, chosen)
        if score > 0 and (best is None or score > best[0] + 0.01):
            best = score, candidate
    found = _header(table, best[1], best[0]) if best else None
    if chosen and not _holds(found, chosen) and _holds(other := find_table(table), chosen):
        return other
    return found


def find_table(table: RawTable) -> Header | None:
    """Return where the table begins, whatever it is about; None for one without rows.

    Where no row can be its heading row (`height` 0) the columns are called after their letter and first cell.
    """
    filled = [row for _, row in _filled_rows(table, _LOOK_AT_ROWS + BODY_ROWS)]
    candidates = _candidates(table)
    best: tuple[float, _Candidate] | None = None
    for place, candidate in enumerate(candidates):
        begin = next((at for at, row in enumerate(filled) if row is candidate.row), 0) + candidate.height
        body = filled[begin : begin + BODY_ROWS]
        if not body and place:
            break
        score = heading_score(candidate.texts, candidate.row, body) - 0.1 * _as_wide(candidates[:place], candidate)
        if score > 0 and (best is None or score > best[0] + 0.01):
            best = score, candidate
    if best is not None:
        # Headings are repeated on every page; the table begins at the first.
        first = next(candidate for candidate in candidates if candidate.texts == best[1].texts)
        return _header(table, first, best[0])
    return _without_headings(table, candidates[0].index) if candidates else None


def _as_wide(above: Sequence["_Candidate"], candidate: "_Candidate") -> int:
    """Count the rows above that are as wide as this one: over a heading row stand only narrower ones."""
    width = sum(map(bool, candidate.texts))
    return sum(sum(map(bool, other.texts)) >= width and other.texts != candidate.texts for other in above)


def list_headings(table: RawTable) -> tuple[str, ...]:
    """Return the headings of a table that may be about anything, for the user to choose from."""
    header = find_table(table)
    return tuple(heading for heading in header.headings if heading) if header else ()


def _holds(header: Header | None, chosen: Collection[str]) -> bool:
    return header is not None and any(heading and key_of(heading) in chosen for heading in header.headings)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Rows that may be the heading row: one, or two of which the second completes the first."""

    index: int
    height: int
    row: tuple[Cell, ...]
    texts: list[str]


def _filled_rows(table: RawTable, most: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    filled = ((index, row) for index, row in enumerate(table.rows) if any(cell is not None for cell in row))
    return islice(filled, most)


def _candidates(table: RawTable) -> list[_Candidate]:
    found: list[_Candidate] = []
    for index, row in _filled_rows(table, _LOOK_AT_ROWS):
        found.append(_Candidate(index, 1, row, [_heading_text(cell) for cell in row]))
        below = table.rows[index + 1] if index + 1 < len(table.rows) else ()
        if _completes(row, below) or _groups(row, below):
            found.append(_Candidate(index, 2, row, _combine(row, below)))
    return found


def _header(table: RawTable, candidate: _Candidate, score: float) -> Header:
    """Return the header with a heading for every column that holds something."""
    body = table.rows[candidate.index + candidate.height :]

    def is_used(at: int) -> bool:
        return any(at < len(row) and row[at] is not None for row in body)

    texts = [text or (_letter_heading(at) if is_used(at) else "") for at, text in enumerate(candidate.texts)]
    return Header(candidate.index, candidate.height, _unique(texts), score)


def _without_headings(table: RawTable, index: int) -> Header:
    first = table.rows[index]
    texts = [f"{_letter_heading(at)}: {_heading_text(cell)[:40]}" for at, cell in enumerate(first)]
    return Header(index, 0, _unique(texts[: usual_width(table.rows[index:][:_LOOK_AT_ROWS])]), 0.0)


def _letter_heading(index: int) -> str:
    """Return what a column without a heading is called: as a spreadsheet names it, A to Z and then AA."""
    letters = ""
    while index >= 0:
        letters = chr(65 + index % 26) + letters
        index = index // 26 - 1
    return f"Kolom {letters}"


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


def _filled(row: tuple[Cell, ...]) -> list[int]:
    return [index for index, cell in enumerate(row) if cell is not None]


def _completes(row: tuple[Cell, ...], below: tuple[Cell, ...]) -> bool:
    """Whether the row below completes this one: it fills its gaps with text and leaves the rest empty."""
    filled_below = _filled(below)
    gaps = [index for index in filled_below if index >= len(row) or row[index] is None]
    if not gaps or len(filled_below) >= len(_filled(row)) + len(gaps):
        return False
    if not all(is_heading_like(below[index]) for index in filled_below):
        return False
    beside = [index for index in filled_below if index not in gaps]
    # Under a merged heading the first column has both a group and a name of its own; more than that is a data row.
    return len(beside) <= len(gaps)


def _groups(row: tuple[Cell, ...], below: tuple[Cell, ...]) -> bool:
    """Whether this row names groups of columns above a whole heading row, as `Omzet` does above `2025` and `2026`."""
    filled, filled_below = _filled(row), _filled(below)
    if not filled or not set(filled) < set(filled_below) or (len(filled) == 1 and filled[0] == filled_below[0]):
        return False
    if not all(map(is_heading_like, [*(row[index] for index in filled), *(below[index] for index in filled_below)])):
        return False
    texts = [_heading_text(below[index]) for index in filled_below]
    return len(set(texts)) < len(texts) or 2 * sum(bool(recognise(text)) for text in texts) > len(texts)


def _combine(row: tuple[Cell, ...], below: tuple[Cell, ...]) -> list[str]:
    texts: list[str] = []
    group = ""
    for index in range(max(len(row), len(below))):
        upper = _heading_text(row[index]) if index < len(row) else ""
        lower = _heading_text(below[index]) if index < len(below) else ""
        carried = upper or (group if lower else "")
        is_bare_year = lower.isdecimal()
        if (
            not upper
            and group
            and not is_bare_year
            and _confidence(lower) >= max(_CERTAIN, _confidence(f"{group} {lower}") + 0.01)
        ):
            # `Plaats` beside the amounts is not part of their group.
            carried = ""
        group = carried
        texts.append(f"{group} {lower}".strip() if lower else upper)
    return texts


def _confidence(text: str) -> float:
    return max((guess.confidence for guess in recognise(text)), default=0.0) if text else 0.0


def _unique(texts: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    unique: list[str] = []
    for text in texts:
        times = seen[text] = seen.get(text, 0) + 1
        unique.append(f"{text} ({times})" if text and times > 1 else text)
    return tuple(unique)


def guesses_of(heading: str) -> tuple[Guess, ...]:
    """Return what a heading of this table may mean; the number behind a repeated heading says nothing."""
    if _LETTER_HEADING.match(heading):
        return ()
    head, bracket, tail = heading.rpartition(" (")
    return recognise(head if bracket and tail.rstrip(")").isdecimal() and len(tail) <= 3 else heading)
