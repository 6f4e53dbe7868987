"""What a letter text is once it was read: sections with their conditions, and merge fields in their words."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.base import paths
from app.base.errors import AppError
from app.domain.letter import LetterKind
from app.domain.supplier import Language
from app.domain.verdict import AmountSource, Reason

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
    "trede": "trede die wij vragen; leeg bij een vrijstelling",
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
    "regel_ingang": "begin van de regel, zoals: sinds 1 januari 2022; leeg bij een vrijstelling",
    "eerste_datum": "datum van de brief die het eerst om een certificaat vroeg; leeg als die er niet is",
    "eerste_kenmerk": "kenmerk van de brief die het eerst om een certificaat vroeg; leeg als die er niet is",
    "vorige_datum": "datum van de eerdere brief; leeg als die er niet is",
    "vorig_kenmerk": "kenmerk van de eerdere brief; leeg als die er niet is",
    "plan_datum": "dag waarop het volgens de leverancier klaar zou zijn; kan leeg zijn",
    "contract": "contract dat een PSO-certificaat eist, met zijn naam; kan leeg zijn",
    "combinatie": "naam van de leverancier als die een samenwerkingsverband is; anders leeg",
    "tot_datum": "laatste dag van het uitstel of de vrijstelling; kan leeg zijn",
    "grond": "reden van het uitstel of de vrijstelling; kan leeg zijn",
}


class TemplateError(AppError):
    """A letter text that cannot be read; `line` and `column` (from 1) say where, 0 when no place can be named."""

    def __init__(self, message: str, advice: str = "", *, line: int = 0, column: int = 0) -> None:
        """Name the place in the message, as a reader counts."""
        place = f" (regel {line}, kolom {column})" if line else ""
        super().__init__(f"De tekst van de brief klopt niet{place}: {message}", advice)
        self.line = line
        self.column = column


@dataclass(frozen=True, slots=True)
class Field:
    """A merge field: its name in `FIELDS`, and where it stands in the source, counted from 1."""

    name: str
    line: int = field(default=0, compare=False)
    column: int = field(default=0, compare=False)


class EmptyFieldError(AppError):
    """A letter that cannot be made, because its text names `field` and that is empty here."""

    def __init__(self, field: Field, *, to: str) -> None:
        """`to` is who would get the letter."""
        super().__init__(
            f"De brief aan {to} kan niet worden gemaakt: {{{field.name}}} is hier leeg.",
            f"Dat veld is: {FIELDS[field.name]}. Vul dit gegeven aan of pas de tekst van de brief aan.",
        )
        self.field = field


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
    """The text of one kind of letter. `reasons` are those it can be written for; empty means any.

    `blocks` are the pieces that an office may leave out, by name and whether they are in; a section that is out is not
    in `sections`.
    """

    kind: LetterKind
    language: Language
    title: str
    subject: Pieces
    greeting: str
    reasons: frozenset[Reason]
    sections: tuple[Section, ...]
    blocks: Mapping[str, bool]


def shipped() -> dict[tuple[LetterKind, Language], str]:
    """Return the TOML text of every kind of letter that ships with the program, in every language."""
    found = {}
    for kind, language in itertools.product(LetterKind, Language):
        name = f"{kind}.toml" if language is Language.DUTCH else f"{kind}-{language}.toml"
        path = paths.shipped("resources", "letters", name)
        if path.exists():
            found[kind, language] = path.read_text(encoding="utf-8")
    return found
