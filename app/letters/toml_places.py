"""Where things stand in the source of a letter text: TOML's own reader gives values, but not their places.

Only for source that was read without an error. Keys and tables in a notation that no office uses (quoted, dotted,
inline) are not found; whoever asks falls back on something near.
"""

import re
from typing import NamedTuple

_BLANK = re.compile(r"(?:\s|#[^\n]*)+")
_HEADER = re.compile(r"\[\[?[ \t]*([\w-]+)[ \t]*\]\]?", re.ASCII)
_KEY = re.compile(r"([\w-]+)[ \t]*=[ \t]*", re.ASCII)
_REST_OF_LINE = re.compile(r"[^\n]*\n?")
# Strings first, for what stands in them is no bracket and no comment.
_PART_OF_VALUE = re.compile(
    r'"{3}(?:[^"\\]|\\[\s\S]|"(?!""))*"{3,5}'
    r"|'{3}(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{}\n]"
    r"|[^\"'#\[\]{}\n]+"
)


class Span(NamedTuple):
    """Where a key stands, and its value from `value` up to `end`; offsets in the source."""

    key: int
    value: int
    end: int


class _Table(NamedTuple):
    name: str
    start: int
    keys: dict[str, Span]


def line_and_column(source: str, offset: int) -> tuple[int, int]:
    """Return a place as a reader counts, from 1."""
    line_start = source.rfind("\n", 0, offset) + 1
    return source.count("\n", 0, offset) + 1, offset - line_start + 1


class TomlPlaces:
    """The places of the keys at the top (section None) and of those in each `[[section]]`, counted from 0."""

    def __init__(self, source: str) -> None:
        """Go through the source once."""
        self._source = source
        self._tables = [_Table("", 0, {})]
        at = 0
        while at < len(source):
            if blank := _BLANK.match(source, at):
                at = blank.end()
            elif header := _HEADER.match(source, at):
                self._tables.append(_Table(header[1], at, {}))
                at = header.end()
            elif key := _KEY.match(source, at):
                end = self._end_of_value(key.end())
                self._tables[-1].keys[key[1]] = Span(at, key.end(), end)
                at = end
            else:
                rest = _REST_OF_LINE.match(source, at)
                at = rest.end() if rest else len(source)
        self._sections = [place for place, table in enumerate(self._tables) if table.name == "section"]

    def find_key(self, section: int | None, key: str) -> Span | None:
        """Return where a key and its value stand, None when that cannot be told."""
        table = self._find_table(section)
        return table.keys.get(key) if table else None

    def region(self, section: int | None) -> tuple[int, int]:
        """Return where a section begins and ends; the whole source for the top, and where that cannot be told."""
        table = self._find_table(section)
        if section is None or table is None:
            return 0, len(self._source)
        following = self._sections[section] + 1
        end = self._tables[following].start if following < len(self._tables) else len(self._source)
        return table.start, end

    def _find_table(self, section: int | None) -> _Table | None:
        if section is None:
            return self._tables[0]
        return self._tables[self._sections[section]] if section < len(self._sections) else None

    def _end_of_value(self, start: int) -> int:
        depth, end = 0, start
        for part in _PART_OF_VALUE.finditer(self._source, start):
            first = part[0][0]
            if depth == 0 and first in "#\n":
                break
            depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(first, 0)
            if part[0].strip() and first != "#":
                end = part.start() + len(part[0].rstrip())
        return end
