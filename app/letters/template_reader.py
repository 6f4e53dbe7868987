"""Reading letter texts: TOML that an office can edit, by a small parser of our own that knows the place of a mistake.

Merge fields look like `{kenmerk}`; a brace that is meant is doubled. Nothing in a text is ever run: no str.format, no
template engine. What the fields stand for is filled in by `app.letters.content` and never read for fields again.
"""

import difflib
import itertools
import re
import tomllib
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NoReturn, TypeVar

from app.base.formatting import number
from app.domain.letter import LetterKind
from app.domain.supplier import Language
from app.domain.verdict import AmountSource, Reason
from app.letters.templates import FIELDS, Field, Pieces, Section, Template, TemplateError, TextPart
from app.letters.toml_places import TomlPlaces, line_and_column

_LETTER_KEYS = {"kind", "language", "title", "subject", "greeting", "reasons", "section"}
_SECTION_KEYS = {"heading", "text", "reasons", "sources", "with", "without", "continues", "block", "on"}
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
# Half a character, which can be typed into a text but not be stored or drawn.
_HALF_CHARACTER = re.compile(r"[\ud800-\udfff]")
# The longest that ships has not a tenth of it.
_LONGEST = 100_000
# A key of ten thousands of parts keeps TOML's reader busy for half a minute.
_LONGEST_LINE = 4_000
# Every text of a register, old versions that are looked at included.
_KEPT = 64
_TOML_POSITION = re.compile(r"at line (\d+), column (\d+)")

E = TypeVar("E", bound=StrEnum)


@lru_cache(maxsize=_KEPT)
def parse_template(text: str) -> Template:
    """Read a letter text; raises `TemplateError`, with the place, for anything that cannot be understood."""
    return _Reader(text).template(_read_toml(text))


def set_block(source: str, name: str, *, is_on: bool) -> str:
    """Return the text with a block put in or left out: only the `on` of its sections differs.

    Raises `TemplateError` for a text that cannot be read or has no such block.
    """
    sections = _Reader(source).sections_of(_read_toml(source))
    places = TomlPlaces(source)
    edited = source
    # From the end, so that the places before it stay what they are.
    for place, section in reversed(list(enumerate(sections))):
        if section.get("block") != name:
            continue
        on, block = places.find_key(place, "on"), places.find_key(place, "block")
        if on:
            edited = edited[: on.value] + str(is_on).lower() + edited[on.end :]
        elif block and not is_on:
            line_end = source.find("\n", block.end)
            end = len(source) if line_end < 0 else line_end
            newline = "\r\n" if source[:end].endswith("\r") else "\n"
            end -= len(newline) - 1
            edited = f"{edited[:end]}{newline}on = false{edited[end:]}"
    if parse_template(edited).blocks.get(name) is not is_on:
        raise TemplateError(f"het blok '{name}' kan zo niet worden gewijzigd.", "Verander `on` zelf in de tekst.")
    return edited


def find_key_place(source: str, key: str) -> tuple[int, int] | None:
    """Return line and column of a key at the top of a text that was read, None when it is not there."""
    span = TomlPlaces(source).find_key(None, key)
    return line_and_column(source, span.key) if span else None


def _read_toml(text: str) -> dict[str, Any]:
    if len(text) > _LONGEST:
        raise TemplateError(f"hij is langer dan {number(_LONGEST)} tekens.", "Maak de tekst korter.")
    if half := _HALF_CHARACTER.search(text):
        line, column = line_and_column(text, half.start())
        raise TemplateError("hier staat een teken dat niet bestaat.", "Haal het weg.", line=line, column=column)
    for at, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > _LONGEST_LINE:
            message = f"deze regel is langer dan {number(_LONGEST_LINE)} tekens."
            raise TemplateError(message, "Verdeel hem over meer regels.", line=at, column=1)
    advice = "Staat elke tekst tussen aanhalingstekens?"
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_POSITION.search(str(error))
        line, column = (int(found[1]), int(found[2])) if found else line_and_column(text, len(text))
        raise TemplateError("dit is geen geldige TOML.", advice, line=line, column=column) from error
    except RecursionError as error:
        # Brackets within brackets without end.
        raise TemplateError("dit is geen geldige TOML.", advice) from error


class _Reader:
    """Turns the parsed table into a template, and knows the source to say where something is wrong.

    It walks the source along with the table: `_section_number` is the section at hand, None at the top, and `_braces`
    gives where the braces of the value at hand stand.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._places = TomlPlaces(source)
        self._section_number: int | None = None
        self._braces: Iterator[int] = iter(())

    def template(self, table: dict[str, Any]) -> Template:
        self._only(table, _LETTER_KEYS)
        return Template(
            kind=self._kind(table),
            language=self._language(table),
            title=self._text(table, "title"),
            subject=self._pieces(self._text(table, "subject")),
            greeting=self._text(table, "greeting"),
            reasons=frozenset(self._members(table, "reasons", Reason)),
            **self._body(self.sections_of(table)),
        )

    def sections_of(self, table: dict[str, Any]) -> list[dict[str, Any]]:
        sections = table.get("section", [])
        if not isinstance(sections, list) or not all(isinstance(section, dict) for section in sections):
            self._fail("section", "elk tekstdeel begint met [[section]].")
        return sections

    def _body(self, tables: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the sections that are on, and the blocks; what is off must be right too."""
        sections: list[Section] = []
        blocks: dict[str, bool] = {}
        for place, table in enumerate(tables):
            self._section_number = place
            section, is_on = self._section(table), self._flag(table, "on", default=True)
            if is_on:
                sections.append(section)
            if "block" in table:
                name = self._text(table, "block")
                blocks[name] = blocks.get(name, False) or is_on
        self._section_number = None
        return {"sections": tuple(sections), "blocks": MappingProxyType(blocks)}

    def _kind(self, table: dict[str, Any]) -> LetterKind:
        word = self._text(table, "kind")
        if word not in set(LetterKind):
            self._fail(word, f"'{word}' is geen soort brief.", f"Kies uit: {', '.join(LetterKind)}.")
        return LetterKind(word)

    def _language(self, table: dict[str, Any]) -> Language:
        if "language" not in table:
            return Language.DUTCH
        word = self._text(table, "language")
        if word not in set(Language):
            self._fail(word, f"'{word}' is geen taal van een brief.", f"Kies uit: {', '.join(Language)}.")
        return Language(word)

    def _section(self, table: dict[str, Any]) -> Section:
        self._only(table, _SECTION_KEYS)
        return Section(
            heading=self._pieces(self._text(table, "heading") if "heading" in table else ""),
            parts=tuple(self._parts(self._text(table, "text"))),
            reasons=frozenset(self._members(table, "reasons", Reason)),
            sources=frozenset(self._members(table, "sources", AmountSource)),
            with_fields=self._fields(table, "with"),
            without_fields=self._fields(table, "without"),
            continues=self._flag(table, "continues", default=False),
        )

    def _parts(self, text: str) -> list[TextPart]:
        """Blank lines part paragraphs, a dash begins a list item, and other line ends are spaces."""
        gathered: list[tuple[bool, list[str]]] = []
        is_open = False
        for line in text.splitlines():
            stripped = line.strip()
            if stripped.startswith("- "):
                gathered.append((True, [stripped[2:].strip()]))
            elif stripped and is_open:
                gathered[-1][1].append(stripped)
            elif stripped:
                gathered.append((False, [stripped]))
            is_open = bool(stripped)
        return [
            TextPart(pieces=_joined([self._pieces(line) for line in lines]), is_item=is_item)
            for is_item, lines in gathered
        ]

    def _pieces(self, text: str) -> Pieces:
        pieces: list[str | Field] = []
        literal = ""
        end = 0
        for found in _BRACES.finditer(text):
            literal += text[end : found.start()]
            end = found.end()
            at = line_and_column(self._source, next(self._braces))
            if len(found[0]) > 1:
                next(self._braces)
            if found[0] in {"{{", "}}"}:
                literal += found[0][0]
                continue
            if found[1] is None:
                self._fail_at(*at, "hier staat een losse accolade.", "Schrijf {{ of }} voor het teken.")
            if found[1] not in FIELDS:
                self._fail_at(*at, f"het veld {found[0]} bestaat niet.", _suggestion(found[1]))
            if literal:
                pieces.append(literal)
                literal = ""
            pieces.append(Field(found[1], *at))
        literal += text[end:]
        return (*pieces, literal) if literal else tuple(pieces)

    def _text(self, table: dict[str, Any], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fail(key, f"'{key}' ontbreekt of is geen tekst.")
        self._braces = self._places_of_braces(key, value)
        return value.strip()

    def _places_of_braces(self, key: str, value: str) -> Iterator[int]:
        """Return where each brace of a value stands; at its beginning when some were written as escapes."""
        count = value.count("{") + value.count("}")
        span = self._places.find_key(self._section_number, key)
        if span is None:
            return itertools.repeat(self._places.region(self._section_number)[0], count)
        found = [at for at in range(span.value, span.end) if self._source[at] in "{}"]
        return iter(found) if len(found) == count else itertools.repeat(span.value, count)

    def _flag(self, table: dict[str, Any], key: str, *, default: bool) -> bool:
        value = table.get(key, default)
        if not isinstance(value, bool):
            self._fail(key, "hier hoort true of false.")
        return value

    def _words(self, table: dict[str, Any], key: str) -> list[str]:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self._fail(key, f"'{key}' is een lijst van woorden tussen aanhalingstekens.")
        return value

    def _members(self, table: dict[str, Any], key: str, kind: type[E]) -> list[E]:
        words = self._words(table, key)
        known = {member.value: member for member in kind}
        for word in words:
            if word not in known:
                self._fail(word, f"'{word}' is hier onbekend.", f"Kies uit: {', '.join(known)}.")
        return [known[word] for word in words]

    def _fields(self, table: dict[str, Any], key: str) -> tuple[str, ...]:
        words = self._words(table, key)
        for word in words:
            if word not in FIELDS:
                self._fail(word, f"het veld '{word}' bestaat niet.", _suggestion(word))
        return tuple(words)

    def _only(self, table: dict[str, Any], known: set[str]) -> None:
        for key in table:
            if key not in known:
                self._fail(key, f"'{key}' is hier onbekend.", f"Kies uit: {', '.join(sorted(known))}.")

    def _fail(self, word: str, message: str, advice: str = "") -> NoReturn:
        """Fail at a key, or else at a word of the section at hand, or else at its beginning."""
        if span := self._places.find_key(self._section_number, word):
            self._fail_at(*line_and_column(self._source, span.key), message, advice)
        start, end = self._places.region(self._section_number)
        # A comment may say the same.
        seek = re.compile(rf"#[^\n]*|(?<!\w)({re.escape(word)})(?!\w)")
        found = next((found for found in seek.finditer(self._source, start, end) if found[1]), None)
        self._fail_at(*line_and_column(self._source, found.start() if found else start), message, advice)

    def _fail_at(self, line: int, column: int, message: str, advice: str) -> NoReturn:
        raise TemplateError(message, advice, line=line, column=column)


def _joined(lines: list[Pieces]) -> Pieces:
    joined: list[str | Field] = []
    for pieces in lines:
        if joined:
            joined.append(" ")
        joined.extend(pieces)
    return tuple(joined)


def _suggestion(name: str) -> str:
    close = difflib.get_close_matches(name.strip().lower(), FIELDS, n=1)
    if close:
        return f"Bedoelt u {{{close[0]}}}?"
    return f"Kies uit: {', '.join(FIELDS)}."
