"""Text files: which encoding, which delimiter, where a record begins (ecosystem.md §7).

Own rules and not csv.Sniffer or a charset guesser: those were measured to be wrong more often.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from app.importing.quoting import Quoting, double_escaped, find_quoting, loose_cells, mend
from app.importing.vocabulary import recognise
from app.importing.western import as_windows, decode_western

DELIMITERS = (";", "\t", ",", "|")
# A byte-order mark that was read as cp1252 once or twice and saved again.
_BOMS = re.compile("(?:\ufeff|ï»¿|Ã¯»¿)*")
_SAMPLE_ROWS = 200
# As long a cell as a file may hold: `csv` would break off at 131,072 characters.
csv.field_size_limit(2**31 - 1)
# More lines than a cell has by chance that all look like records.
_MANY = 10
# So many lines may be read to no purpose, behind quotes that close nothing; from then on each line is a record.
_MOST_WASTED = 200_000
# Of a file of one column: a character that no text has.
_NO_DELIMITER = "\x1f"
_SEP_LINE = re.compile(r'^"?sep=(.)"?\s*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding; never fails, whatever the bytes.

    Order: byte-order mark, many NULs (UTF-16), UTF-8, else one byte per letter. A UTF-8 file with a few stray bytes
    stays UTF-8.
    """
    text, encoding = _decode(data)
    return _BOMS.sub("", text, count=1).replace("\0", ""), encoding


def _decode(data: bytes) -> tuple[str, str]:
    if data.startswith(b"\xef\xbb\xbf"):
        return _tolerant(data[3:]), "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), "utf-16"
    head = data[:4000]
    if len(head) > 3 and head.count(0) > len(head) // 4:
        encoding = "utf-16-le" if head[1::2].count(0) >= head[0::2].count(0) else "utf-16-be"
        return data.decode(encoding, errors="replace"), encoding
    try:
        return data.decode("utf-8"), "ascii" if data.isascii() else "utf-8"
    except UnicodeDecodeError:
        good = len(_MULTIBYTE.findall(data))
        stray = len(re.findall(rb"[\x80-\xff]", _MULTIBYTE.sub(b"", data)))
        return (_tolerant(data), "utf-8") if good > stray else decode_western(data)


def _tolerant(data: bytes) -> str:
    """Decode UTF-8, and the few bytes that are none as cp1252."""
    return data.decode("utf-8", errors="tredewijzer.stray")


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return as_windows(error.object[error.start : error.end]), error.end


codecs.register_error("tredewijzer.stray", _read_stray)


def take_sep_line(text: str) -> tuple[str, str | None]:
    """Return the text with Excel's `sep=;` line emptied, and the delimiter that it names."""
    found = _SEP_LINE.match(text)
    if found is None:
        return text, None
    # The line end stays, so that line numbers remain those of the file.
    return text[found.end(1) :].lstrip('"'), found[1]


def find_delimiter(text: str) -> str | None:
    """Return the delimiter that cuts the first rows most evenly into columns; None for a file of one column."""
    sample = list(io.StringIO(text[:200_000], newline=""))[:_SAMPLE_ROWS]
    if len(text) > 200_000 and len(sample) < _SAMPLE_ROWS:
        sample = sample[:-1] or sample
    best, best_score = None, 0.0
    for delimiter in DELIMITERS:
        score = _score(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return None if best is not None and _is_one_column(sample, best) else best


def _is_one_column(sample: list[str], delimiter: str) -> bool:
    """Whether the file is a list of names under one heading, some of them with this character in them."""
    first = next((line.strip() for line in sample if line.strip()), "")
    if delimiter in first or not any(guess.field == "name" for guess in recognise(first)):
        return False
    return not any(sum(bool(recognise(cell)) for cell in line.split(delimiter)) > 1 for line in sample[:20])


def _score(sample: list[str], delimiter: str) -> float:
    rows = [record.cells for record in _split(sample, delimiter) if any(cell.strip() for cell in record.cells)]
    counts = Counter(len(row) for row in rows if len(row) > 1)
    if not counts:
        return 0.0
    width, times = max(counts.items(), key=lambda item: (item[1] * min(item[0], 6), item[0]))
    # A heading row has a short text in every column; the commas of decimals and sentences make none.
    has_heading = any(len(row) == width and all(_is_heading(cell) for cell in row) for row in rows[:20])
    return times / len(rows) * min(width, 6) * (1.5 if has_heading else 1.0)


def _is_heading(cell: str) -> bool:
    text = cell.strip()
    return 0 < len(text) < 80 and any(c.isalpha() for c in text)


@dataclass(frozen=True, slots=True)
class Record:
    """One record with the 1-based number of its first physical line, and that line when a quote in it is stray."""

    line: int
    cells: list[str]
    stray_quote: str = ""


def split_records(text: str, delimiter: str | None) -> Iterator[Record]:
    """Yield every record.

    A quote that is never closed, or only by the next one further on, would swallow the records behind it: then it is
    no more than a character, and its line is a record like the others.
    """
    lines, separator = list(io.StringIO(text, newline="")), delimiter or _NO_DELIMITER
    quoting = find_quoting(lines, separator)
    if quoting is Quoting.SINGLE:
        return (Record(number, loose_cells(line, separator, "'")) for number, line in enumerate(lines, start=1))
    return _split(list(map(double_escaped, lines)) if quoting is Quoting.BACKSLASH else lines, separator)


def _split(lines: list[str], separator: str) -> Iterator[Record]:
    width = _usual_width(lines, separator)
    at = wasted = 0
    while at < len(lines):
        begin = at
        end = len(lines) if wasted < _MOST_WASTED else begin + 1
        rest = map(lines.__getitem__, range(begin, end))
        reader = csv.reader(rest, delimiter=separator, skipinitialspace=True, strict=True)
        while True:
            at = begin + reader.line_num
            try:
                record = next(reader)
            except StopIteration:
                break
            except csv.Error:
                wasted += begin + reader.line_num - at
                break
            taken = lines[at : begin + reader.line_num]
            if len(taken) > 1 and _swallows_records(taken, width, separator, is_orderly=True):
                break
            yield Record(at + 1, record)
        if at < end:
            record_there, at = _disorderly(lines, at, end, width, separator)
            yield record_there


def _disorderly(lines: list[str], at: int, end: int, width: int, separator: str) -> tuple[Record, int]:
    """Return the record at a line whose quotes are in disorder, and the line behind it; it ends before `end`."""
    rest = map(lines.__getitem__, range(at, end))
    reader = csv.reader(rest, delimiter=separator, skipinitialspace=True)
    try:
        cells: list[str] = next(reader, [])
    except csv.Error:
        cells = []
    taken = lines[at : at + reader.line_num]
    is_open = at + len(taken) == end and _is_open(taken, separator)
    if len(taken) > 1 and cells and not is_open and not _swallows_records(taken, width, separator, is_orderly=False):
        return Record(at + 1, cells), at + len(taken)
    line = lines[at]
    loose = loose_cells(line, separator, '"')
    if len(loose) == width and not any(cell.startswith('"') for cell in loose):
        return Record(at + 1, loose), at + 1
    if cells and len(taken) == 1 and not is_open and (len(cells) == width or not mend(line, width, separator)):
        return Record(at + 1, cells), at + 1
    cells = mend(line, width, separator) or _cells_of_line(line, separator)
    return Record(at + 1, cells, line.rstrip("\r\n")), at + 1


def _usual_width(lines: list[str], separator: str) -> int:
    counts = Counter(_width(line, separator) for line in lines[:_SAMPLE_ROWS] if line.strip())
    return counts.most_common(1)[0][0] if counts else 0


def _width(line: str, separator: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=separator, skipinitialspace=True), []))
    except csv.Error:
        return 0


def _is_open(lines: list[str], separator: str) -> bool:
    """Whether a quote in these lines waits for more behind them."""
    reader = csv.reader([*lines, "\n"], delimiter=separator, skipinitialspace=True)
    with suppress(csv.Error):
        next(reader)
    return reader.line_num > len(lines)


def _swallows_records(lines: list[str], width: int, separator: str, *, is_orderly: bool) -> bool:
    """Whether the lines of one record look like records of their own.

    Where its quotes are in disorder a few such lines are enough; where they are not, only very many.
    """
    inside = [line for line in lines[1:] if line.strip()]
    if not inside:
        return False
    if not is_orderly and all(_is_record(line, width, separator) for line in (*inside[:3], inside[-1])):
        return True
    return len(inside) > _MANY and width > 1 and all(_is_record(line, width, separator) for line in inside[:-1])


def _is_record(line: str, width: int, separator: str) -> bool:
    return line.count('"') % 2 == 0 and _width(line, separator) == width


def _cells_of_line(line: str, separator: str) -> list[str]:
    """Return the cells of a line in which the last quote that opens a cell closes none."""
    try:
        *cells, rest = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
    except csv.Error:
        cells, rest = [], line.replace('"', "")
    return [cell.strip() for cell in (*cells, *rest.rstrip("\r\n").split(separator))]
