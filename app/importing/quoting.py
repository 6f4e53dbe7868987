"""How a text file keeps a cell with delimiters together, and what to do with a quote that does not belong."""

import csv
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto

_SAMPLE = 200
# A line with more quotes than this is not mended: every one of them would be tried.
_MOST_QUOTES = 60


class Quoting(Enum):
    r"""What stands around a cell, and how a quote inside it is written.

    DOUBLED is the usual: "a ""b"" c". BACKSLASH: "a \"b\" c". SINGLE: 'a b c', in which an apostrophe is a letter:
    the quote that closes has a delimiter behind it.
    """

    DOUBLED = auto()
    BACKSLASH = auto()
    SINGLE = auto()


def find_quoting(lines: Sequence[str], separator: str) -> Quoting:
    """Return the quoting that leaves the most lines whole, each with as many cells as most; in doubt the usual one."""
    escaped = [line for line in lines if '\\"' in line][:_SAMPLE]
    single = [line for line in lines if "'" in line][:_SAMPLE]
    ways: dict[Quoting, Callable[[str, str], list[str] | None]] = {Quoting.DOUBLED: whole_cells}
    if escaped and not _is_orderly(lines, separator):
        ways[Quoting.BACKSLASH] = lambda line, separator: whole_cells(double_escaped(line), separator)
    sample = [*lines[:_SAMPLE], *escaped, *single]
    begins_with_double = re.compile(rf'(^|{re.escape(separator)}) *"')
    if sum(_needs_single_quotes(line, separator) for line in single) > 1 and not any(
        map(begins_with_double.search, sample)
    ):
        ways[Quoting.SINGLE] = lambda line, separator: loose_cells(line, separator, "'")
    if len(ways) == 1:
        return Quoting.DOUBLED
    return max(ways, key=lambda quoting: _whole_lines(sample, separator, ways[quoting]))


def _needs_single_quotes(line: str, separator: str) -> bool:
    return any(separator in quoted for quoted, _ in _loose_pairs(line, separator, "'"))


def _is_orderly(lines: Sequence[str], separator: str) -> bool:
    """Whether every quote is in its place when they are taken the usual way."""
    try:
        return all(True for _ in csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True))
    except csv.Error:
        return False


def _whole_lines(lines: Sequence[str], separator: str, split: Callable[[str, str], list[str] | None]) -> int:
    widths = Counter(len(cells) for line in lines if line.strip() and (cells := split(line, separator)) is not None)
    return max(((times if width > 1 else 0) for width, times in widths.items()), default=0)


def whole_cells(line: str, separator: str) -> list[str] | None:
    """Return the cells of a line in which every quote is in its place; None for any other."""
    try:
        return next(csv.reader([line], delimiter=separator, skipinitialspace=True, strict=True), None)
    except csv.Error:
        return None


def double_escaped(line: str) -> str:
    """Return a line with quotes that a backslash marks as text written the usual way."""
    return line.replace('\\"', '""')


def loose_cells(line: str, separator: str, quote: str) -> list[str]:
    """Return the cells of a line in which a quote ends a cell only before a delimiter, and is text elsewhere."""
    return [quoted.replace(quote * 2, quote) or bare.strip() for quoted, bare in _loose_pairs(line, separator, quote)]


def _loose_pairs(line: str, separator: str, quote: str) -> list[tuple[str, str]]:
    """Return of each cell what stands between its quotes, and what stands there when it has none.

    The quotes that can close are found once: to look for the next one from every cell takes minutes in a long line.
    """
    line = line.rstrip("\r\n")
    opening = re.compile(f" *{quote}")
    closing = [found.start() for found in re.finditer(f"{quote} *(?={re.escape(separator)}|$)", line)]
    pairs: list[tuple[str, str]] = []
    at = 0
    while at >= 0:
        begin = opening.match(line, at)
        place = bisect_left(closing, begin.end()) if begin else len(closing)
        is_quoted = begin is not None and place < len(closing)
        end = line.find(separator, closing[place] if is_quoted else at)
        if begin is not None and is_quoted:
            pairs.append((line[begin.end() : closing[place]], ""))
        else:
            pairs.append(("", line[at : end if end >= 0 else None]))
        at = end + 1 if end >= 0 else -1
    return pairs


def mend(line: str, width: int, separator: str) -> list[str] | None:
    """Return the cells of a line that has one quote too many, read without it; None where that is not the reason."""
    places = [found.start() for found in re.finditer('"', line)]
    if len(places) > _MOST_QUOTES:
        return None
    readings: Iterator[list[str] | None] = (whole_cells(line[:at] + line[at + 1 :], separator) for at in places)
    return next(([cell.strip() for cell in cells] for cells in readings if cells and len(cells) == width), None)
