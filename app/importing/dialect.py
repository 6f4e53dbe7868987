"""Text files: which encoding, which delimiter, where a record begins (ecosystem.md §7).

Own rules and not csv.Sniffer or a charset guesser: those were measured to be wrong more often.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from app.importing.vocabulary import recognise

DELIMITERS = (";", "\t", ",", "|")
# A byte-order mark that was read as cp1252 once or twice and saved again.
_BOMS = ("\ufeff", "ï»¿", "Ã¯»¿")
_SAMPLE_ROWS = 200
_SEP_LINE = re.compile(r'^"?sep=(.)"?\s*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding; never fails, whatever the bytes.

    Order: byte-order mark, many NULs (UTF-16), UTF-8, else cp1252. A UTF-8 file with a few stray bytes stays UTF-8;
    bytes that cp1252 does not define become control characters.
    """
    text, encoding = _decode(data)
    found = True
    while found:
        found = False
        for mark in _BOMS:
            if text.startswith(mark):
                text, found = text[len(mark) :], True
    return text.replace("\0", ""), encoding


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
        return (_tolerant(data), "utf-8") if good > stray else (_western(data), "cp1252")


def _western(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in data)


def _tolerant(data: bytes) -> str:
    """Decode UTF-8, and the few bytes that are none as cp1252."""
    parts: list[str] = []
    while data:
        try:
            parts.append(data.decode("utf-8"))
            break
        except UnicodeDecodeError as error:
            parts.append(data[: error.start].decode("utf-8"))
            parts.append(_western(data[error.start : error.end]))
            data = data[error.end :]
    return "".join(parts)


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
    try:
        rows = [
            row
            for row in csv.reader(sample, delimiter=delimiter, skipinitialspace=True)
            if any(cell.strip() for cell in row)
        ]
    except csv.Error:
        return 0.0
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


def split_records(text: str, delimiter: str | None) -> Iterator[tuple[int, list[str]]]:
    """Yield every record with the 1-based number of its first physical line.

    A quote that is never closed would swallow the rest of the file: where the swallowed lines are records of their
    own, the line with the stray quote is taken alone.
    """
    lines = list(io.StringIO(text, newline=""))
    width = _usual_width(lines, delimiter)
    at = 0
    while at < len(lines):
        reader = csv.reader(lines[at:] if at else lines, delimiter=delimiter or "\x1f", skipinitialspace=True)
        begin = at
        while True:
            first = begin + reader.line_num
            try:
                record = next(reader)
            except StopIteration:
                return
            except csv.Error:
                record = None
            after = begin + reader.line_num
            if record is not None and not (
                after - first > 1 and _swallowed(lines, first, after, record, width, delimiter)
            ):
                yield first + 1, record
                continue
            yield (
                first + 1,
                [cell.strip().strip('"') for cell in lines[first].rstrip("\r\n").split(delimiter or "\x1f")],
            )
            at = first + 1
            break


def _usual_width(lines: list[str], delimiter: str | None) -> int:
    counts = Counter(_width(line, delimiter) for line in lines[:_SAMPLE_ROWS])
    return counts.most_common(1)[0][0] if counts else 0


def _width(line: str, delimiter: str | None) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter or "\x1f", skipinitialspace=True), []))
    except csv.Error:
        return 0


def _swallowed(lines: list[str], first: int, after: int, record: list[str], width: int, delimiter: str | None) -> bool:
    if width < 3 or len(record) == width:
        return False
    inside = lines[first + 1 : min(after, first + 4)]
    return bool(inside) and all(_width(line, delimiter) == width for line in inside)
