"""Where a table begins by its shape alone: short texts above columns of something else, whatever the words say."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from app.domain.names import is_filler, words
from app.importing.amounts import looks_like_amount
from app.importing.cleaning import is_nothing, plain_text
from app.importing.tables import Cell

# So many rows below a heading show what its columns hold.
BODY_ROWS = 30
_LONGEST_HEADING = 80
_DATE = re.compile(
    r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}\b|\d{1,2}:\d\d(:\d\d)?$|\d{1,2}[- ][a-z]{3,9}[- ]\d{2,4}$", re.IGNORECASE
)
_ADDRESS = re.compile(r"\w+@\w+\.\w|(https?://|www\.)|[1-9]\d{3} ?[A-Z]{2}\b")
_FLAGS = frozenset("true false yes no ja nee".split())


def is_heading_like(cell: Cell) -> bool:
    """Whether a cell may stand in a heading row: a text that is no value, or a year."""
    return _kind(cell) == "text"


def heading_score(texts: Sequence[str], row: Sequence[Cell], body: Sequence[Sequence[Cell]]) -> float:
    """Return how well texts (those of `row`, maybe with a second row's) do as headings above the rows of `body`.

    A text above other things is a heading; a value above its like is not; a column without a heading speaks against
    it, and so do headings that are all the same.
    """
    width = max([len(texts), *map(len, body)])
    score = sum(_column_score(index, texts, row, body) for index in range(width))
    repeats = sum(times - 1 for text, times in Counter(texts).items() if text)
    return score - 0.3 * repeats


def _column_score(index: int, texts: Sequence[str], row: Sequence[Cell], body: Sequence[Sequence[Cell]]) -> float:
    below = [cells[index] for cells in body if index < len(cells) and plain_text(cells[index])]
    text = texts[index] if index < len(texts) else ""
    if not text:
        return -0.5 * len(below) / len(body) if body else 0.0
    if len(text) > _LONGEST_HEADING:
        return 0.0
    kinds = Counter(map(_kind, below))
    kind = _kind(row[index] if index < len(row) and row[index] is not None else text)
    if kind != "text":
        return -1.0 if not below or kinds.most_common(1)[0][0] == kind else 0.0
    if not below:
        return 0.2
    same = sum(plain_text(cell) == text for cell in below)
    return 1.0 - 0.5 * kinds["text"] / len(below) - (0.5 if same * 2 > len(below) else 0.0)


def _kind(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "flag"
    if isinstance(cell, Decimal):
        return "text" if _is_year(str(cell)) else "number"
    if isinstance(cell, date):
        return "date"
    return _kind_of_text(plain_text(cell))


@lru_cache(maxsize=4096)
def _kind_of_text(text: str) -> str:
    if is_nothing(text):
        return "nothing"
    if _DATE.match(text):
        return "date"
    if looks_like_amount(text):
        return "text" if _is_year(text) else "number"
    if text.casefold() in _FLAGS:
        return "flag"
    if _ADDRESS.match(text):
        return "address"
    found = words(text)
    return "firm" if len(found) > 1 and (is_filler(found[-1]) or found[0] == "stichting") else "text"


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(19|20)\d\d(\.0)?", text))


def usual_width(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many columns most of these rows fill."""
    widths = Counter(max((at + 1 for at, cell in enumerate(row) if cell is not None), default=0) for row in rows)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]
