"""Letter texts: TOML that an office can edit, read into a template by a small parser of our own.

Merge fields look like `{kenmerk}`; a brace that is meant is doubled. Nothing in a text is ever run: no str.format, no
template engine. What the fields stand for is filled in by `app.letters.content` and never read for fields again.
"""

import difflib
import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple, NoReturn, TypeVar

from app.base import paths
from app.base.errors import AppError
from app.domain.verdict import AmountSource, Reason

KINDS = ("verzoek", "herinnering")

# Every merge field with its meaning, as the editor of a text reads it. Some are empty for some suppliers.
FIELDS = {
    "organisatie": "naam van de afzender",
    "team": "team van de afzender",
    "telefoon": "telefoonnummer van het team",
    "email": "e-mailadres van het team; kan leeg zijn",
    "kenmerk": "kenmerk van deze brief",
    "datum": "datum van deze brief",
    "leverancier": "naam van de leverancier",
    "kvk": "KvK-nummer van de leverancier; kan leeg zijn",
    "antwoord_datum": "laatste dag om te antwoorden",
    "certificaat_datum": "laatste dag om het certificaat te hebben",
    "trede": "trede die wij vragen",
    "trede_nu": "trede die de leverancier nu heeft; kan leeg zijn",
    "trede_gemeld": "trede die is gemeld zonder bewijs; kan leeg zijn",
    "geldig_tot": "laatste geldige dag van het certificaat; kan leeg zijn",
    "besluit": "wat er met het certificaat is gebeurd, zoals: op 1 juni 2026 ingetrokken; kan leeg zijn",
    "lid": "lid van de combinatie dat niet voldoet; kan leeg zijn",
    "bedrag": "bedrag van het jaar, in hele euro's; kan leeg zijn",
    "grootste": "bedrag van de grootste opdracht; alleen als de drempel per contract geldt",
    "bedrag_jaar": "jaar waar het bedrag bij hoort; kan leeg zijn",
    "jaar": "jaar waarover wij oordelen",
    "btw": "excl. btw of incl. btw",
    "drempel": "vanaf welk bedrag de regel geldt, zoals: € 150.000 of meer; leeg als de regel altijd geldt",
    "regel_ingang": "begin van de regel, zoals: sinds 1 januari 2022",
    "vorige_datum": "datum van de eerdere brief; leeg als die er niet is",
    "vorig_kenmerk": "kenmerk van de eerdere brief; leeg als die er niet is",
}

_LETTER_KEYS = {"kind", "title", "subject", "greeting", "reasons", "section"}
_SECTION_KEYS = {"heading", "text", "reasons", "sources", "with", "without", "continues"}
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
_TOML_POSITION = re.compile(r"at line (\d+), column (\d+)")

E = TypeVar("E", bound=StrEnum)


class TemplateError(AppError):
    """A letter text that cannot be read; `line` and `column` (from 1) say where, 0 when no place can be named."""

    def __init__(self, message: str, advice: str = "", *, line: int = 0, column: int = 0) -> None:
        """Name the place in the message, as a reader counts."""
        place = f" (regel {line}, kolom {column})" if line else ""
        super().__init__(f"De tekst van de brief klopt niet{place}: {message}", advice)
        self.line = line
        self.column = column


class Field(NamedTuple):
    """A merge field: its name in `FIELDS`."""

    name: str


# Text as written, and fields, in their order.
Pieces = tuple[str | Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """One paragraph or list item."""

    pieces: Pieces
    is_item: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A piece of the letter that is there when all its conditions hold; an empty condition always holds.

    `with_fields` must have a value, `without_fields` must have none. Without a heading it belongs under the one
    before; `continues` joins its first paragraph to the last one before it.
    """

    heading: Pieces
    parts: tuple[TextPart, ...]
    reasons: frozenset[Reason]
    sources: frozenset[AmountSource]
    with_fields: tuple[str, ...]
    without_fields: tuple[str, ...]
    continues: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The text of one kind of letter. `reasons` are those it can be written for; empty means any."""

    kind: str
    title: str
    subject: Pieces
    greeting: str
    reasons: frozenset[Reason]
    sections: tuple[Section, ...]


def shipped() -> dict[str, str]:
    """Return the TOML text of every kind of letter that ships with the program."""
    return {kind: paths.shipped("resources", "letters", f"{kind}.toml").read_text(encoding="utf-8") for kind in KINDS}


def parse_template(text: str) -> Template:
    """Read a letter text; raises `TemplateError`, with the place, for anything that cannot be understood."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_POSITION.search(str(error))
        place = {"line": int(found[1]), "column": int(found[2])} if found else {}
        raise TemplateError(
            "dit is geen geldige TOML.", "Staat elke tekst tussen aanhalingstekens?", **place
        ) from error
    return _Reader(text).template(table)


class _Reader:
    """Turns the parsed table into a template, and knows the source to say where something is wrong."""

    def __init__(self, source: str) -> None:
        self.lines = source.splitlines()

    def template(self, table: dict[str, Any]) -> Template:
        self._only(table, _LETTER_KEYS)
        sections = table.get("section", [])
        if not isinstance(sections, list) or not all(isinstance(section, dict) for section in sections):
            self._fail("section", "elk tekstdeel begint met [[section]].")
        return Template(
            kind=self._text(table, "kind"),
            title=self._text(table, "title"),
            subject=self._pieces(self._text(table, "subject")),
            greeting=self._text(table, "greeting"),
            reasons=frozenset(self._members(table, "reasons", Reason)),
            sections=tuple(self._section(section) for section in sections),
        )

    def _section(self, table: dict[str, Any]) -> Section:
        self._only(table, _SECTION_KEYS)
        continues = table.get("continues", False)
        if not isinstance(continues, bool):
            self._fail("continues", "hier hoort true of false.")
        return Section(
            heading=self._pieces(self._text(table, "heading") if "heading" in table else ""),
            parts=tuple(self._parts(self._text(table, "text"))),
            reasons=frozenset(self._members(table, "reasons", Reason)),
            sources=frozenset(self._members(table, "sources", AmountSource)),
            with_fields=self._fields(table, "with"),
            without_fields=self._fields(table, "without"),
            continues=continues,
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
            if found[0] in {"{{", "}}"}:
                literal += found[0][0]
                continue
            if found[1] is None:
                self._fail_at(text, found.start(), "hier staat een losse accolade.", "Schrijf {{ of }} voor het teken.")
            if found[1] not in FIELDS:
                self._fail_at(text, found.start(), f"het veld {found[0]} bestaat niet.", _suggestion(found[1]))
            if literal:
                pieces.append(literal)
                literal = ""
            pieces.append(Field(found[1]))
        literal += text[end:]
        return (*pieces, literal) if literal else tuple(pieces)

    def _text(self, table: dict[str, Any], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self._fail(key, f"'{key}' ontbreekt of is geen tekst.")
        return value.strip()

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
        line, column = self._find(re.compile(rf"(?<!\w){re.escape(word)}(?!\w)"))
        raise TemplateError(message, advice, line=line, column=column)

    def _fail_at(self, text: str, offset: int, message: str, advice: str) -> NoReturn:
        """Fail at a place in a value: its own line is looked for in the source, for TOML gives no places."""
        start = text.rfind("\n", 0, offset) + 1
        whole = text[start:].split("\n", 1)[0]
        line, column = self._find(re.compile(re.escape(whole)))
        if line:
            raise TemplateError(message, advice, line=line, column=column + offset - start)
        # The line was written with escapes: the first place that looks like the mistake.
        line, column = self._find(re.compile(re.escape(text[offset : text.find("}", offset) + 1 or offset + 1])))
        raise TemplateError(message, advice, line=line, column=column)

    def _find(self, pattern: re.Pattern[str]) -> tuple[int, int]:
        for number, line in enumerate(self.lines, start=1):
            found = None if line.lstrip().startswith("#") else pattern.search(line)
            if found:
                return number, found.start() + 1
        return 0, 0


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
