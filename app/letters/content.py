"""What a letter says: from facts and a template to lines and paragraphs. Pure; nothing here knows of paper or PDF."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.base.errors import AppError
from app.base.formatting import NBSP, euro, long_date
from app.domain import names
from app.domain.identifiers import check_postcode, clean_postcode
from app.domain.letter import LetterFacts
from app.domain.supplier import Address, Contact
from app.domain.verdict import Verdict
from app.letters.templates import FIELDS, Field, Pieces, Section, Template

LANGUAGE = "nl-NL"
BULLET = "•"

_COUNTRIES = {"BE": "België", "DE": "Duitsland", "LU": "Luxemburg", "FR": "Frankrijk", "GB": "Verenigd Koninkrijk"}
_NETHERLANDS = {"", "nl", "nederland", "the netherlands", "netherlands"}
# Spaces of every width and control characters become a space, direction and joining marks nothing; half a surrogate
# pair can be written nowhere.
_REPLACED = {"Cc": " ", "Zl": " ", "Zp": " ", "Zs": " ", "Cf": "", "Cs": "\ufffd"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Text without line ends; an item is one line of a list and gets a bullet."""

    text: str
    is_item: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Paragraphs under a heading; the first block of a letter mostly has none ("")."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent:
    """A letter, ready to be set.

    `references` are label and value, empty ones left out. `closing` is the greeting and then who signs. `title`
    names the file for whoever has it open; `language` is a BCP 47 tag.
    """

    address_lines: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    subject: str
    salutation: str
    blocks: tuple[Block, ...]
    closing: tuple[str, ...]
    language: str
    title: str


def compose(facts: LetterFacts, template: Template) -> LetterContent:
    """Return the letter that the template gives for these facts.

    Raises `AppError` when the template is not meant for this verdict, or says something that is not known here.
    """
    reason = facts.verdict.reason
    name = plain(facts.supplier_name)
    if template.reasons and reason not in template.reasons:
        raise AppError(
            f"De brief '{template.title}' past niet bij {name}: er ontbreekt niets volgens het beleid.",
            "Kies een andere brief, of beoordeel de leverancier opnieuw.",
        )
    values = field_values(facts)
    sender = facts.sender
    references = (
        ("Datum", long_date(facts.written_on)),
        ("Ons kenmerk", plain(facts.kenmerk)),
        ("Behandeld door", plain(sender.team)),
    )
    closing = (template.greeting, plain(sender.signatory), plain(sender.team), plain(sender.organisation))
    return LetterContent(
        address_lines=address_lines(facts.supplier_name, facts.contact, facts.address),
        references=tuple((label, value) for label, value in references if value),
        subject=_filled(template.subject, values, name),
        salutation=names.salutation(_plain_contact(facts.contact)),
        blocks=_blocks([section for section in template.sections if _holds(section, facts, values)], values, name),
        closing=tuple(line for line in closing if line),
        language=LANGUAGE,
        title=f"{plain(facts.kenmerk)} {name}: {template.title}",
    )


def as_text(content: LetterContent) -> str:
    """Return the letter as plain text, as a reader goes through it: for e-mail, look-up and comparison."""
    parts = [
        "\n".join(content.address_lines),
        "\n".join(f"{label}: {value}" for label, value in content.references),
        f"Onderwerp: {content.subject}",
        content.salutation,
    ]
    for block in content.blocks:
        lines = [block.heading] if block.heading else []
        lines += [f"{BULLET} {p.text}" if p.is_item else p.text for p in block.paragraphs]
        parts.append("\n".join(lines))
    parts += [content.closing[0], "\n".join(content.closing[1:])]
    return "\n\n".join(part for part in parts if part) + "\n"


def address_lines(name: str, contact: Contact | None, address: Address) -> tuple[str, ...]:
    """Return the address as PostNL reads it (domain.md §6.1): name, person, street, postcode and town, country.

    The town is in capitals, two spaces after a Dutch postcode; the country only when it is not the Netherlands.
    """
    person = _plain_contact(contact)
    country = plain(address.country)
    is_abroad = not is_dutch(country)
    postcode = plain(clean_postcode(plain(address.postcode)))
    gap = "  " if not is_abroad and check_postcode(postcode) is None else " "
    lines = (
        plain(name),
        names.attention_line(person) if person else "",
        f"{plain(address.street)} {plain(address.house_number)}".strip(),
        f"{postcode}{gap}{plain(address.city).upper()}".strip(),
        _COUNTRIES.get(country.upper(), country).upper() if is_abroad else "",
    )
    return tuple(line for line in lines if line)


def is_dutch(country: str) -> bool:
    """Whether a country as entered is the Netherlands, which it is when nothing was entered."""
    return plain(country).casefold() in _NETHERLANDS


def field_values(facts: LetterFacts) -> dict[str, str]:
    """Return the text of every merge field for these facts; "" where there is nothing to say.

    A date, level or number that must not be torn apart at the end of a line holds non-breaking spaces.
    """
    verdict, sender = facts.verdict, facts.sender
    since = "vanaf" if facts.rule_valid_from > facts.written_on else "sinds"
    # Credit notes can outweigh the invoices of a year; such a figure explains nothing to a reader.
    amount = verdict.amount_cents if verdict.amount_cents and verdict.amount_cents > 0 else None
    previous_on = facts.previous_written_on
    values = {
        "organisatie": sender.organisation,
        "team": sender.team,
        "telefoon": _unbroken(sender.phone),
        "email": sender.email,
        "kenmerk": _unbroken(facts.kenmerk),
        "datum": _day(facts.written_on),
        "leverancier": facts.supplier_name,
        "kvk": verdict.kvk,
        "antwoord_datum": _day(facts.reply_by),
        "certificaat_datum": _day(facts.certified_by),
        "trede": _unbroken(verdict.required.label) if verdict.required else "",
        "trede_nu": _unbroken(verdict.held.label) if verdict.held else "",
        "trede_gemeld": _unbroken(verdict.reported.label) if verdict.reported else "",
        "geldig_tot": _day(verdict.valid_to) if verdict.valid_to else "",
        "besluit": _decision(verdict),
        "lid": verdict.failing_member,
        "bedrag": "" if amount is None else euro(amount),
        "grootste": euro(amount) if amount and facts.policy.amount_scope == "contract" else "",
        "bedrag_jaar": str(verdict.amount_year or ""),
        "jaar": str(verdict.on.year),
        "btw": _unbroken(f"{facts.policy.vat_basis} btw"),
        "drempel": _threshold(facts),
        "regel_ingang": f"{since} {_day(facts.rule_valid_from)}",
        "vorige_datum": _day(previous_on) if previous_on else "",
        "vorig_kenmerk": _unbroken(facts.previous_kenmerk),
    }
    return {field: plain(value) for field, value in values.items()}


def _decision(verdict: Verdict) -> str:
    if verdict.decision is None:
        return ""
    when = f"op {_day(verdict.decided_on)} " if verdict.decided_on else ""
    return f"{when}{verdict.decision.label}"


def _threshold(facts: LetterFacts) -> str:
    if facts.verdict.threshold_cents is None:
        return ""
    amount = euro(facts.verdict.threshold_cents)
    return f"{amount} of meer" if facts.policy.threshold_is_inclusive else f"meer dan {amount}"


def plain(text: str) -> str:
    """Return text as one line: composed letters, single spaces, nothing that cannot be seen.

    Non-breaking spaces stay. What remains may still lack a glyph; `app.letters.render.missing_characters` says so.
    """
    if not text.isascii() or not text.isprintable():
        composed = unicodedata.normalize("NFC", text)
        text = "".join(c if c == NBSP else _REPLACED.get(unicodedata.category(c), c) for c in composed)
    return " ".join(word for word in text.split(" ") if word)


def _plain_contact(contact: Contact | None) -> Contact | None:
    """Return the contact with names that can be seen, for a name of blanks alone is no name to write to."""
    if contact is None:
        return None
    return replace(
        contact,
        initials=plain(contact.initials),
        first_name=plain(contact.first_name),
        infix=plain(contact.infix),
        surname=plain(contact.surname),
        literal_name=plain(contact.literal_name),
    )


def _blocks(sections: list[Section], values: Mapping[str, str], name: str) -> tuple[Block, ...]:
    gathered: list[tuple[str, list[Paragraph]]] = []
    for section in sections:
        if section.heading or not gathered:
            gathered.append((_filled(section.heading, values, name), []))
        paragraphs = gathered[-1][1]
        for place, part in enumerate(section.parts):
            text = _filled(part.pieces, values, name)
            if place == 0 and section.continues and paragraphs and not part.is_item:
                last = paragraphs.pop()
                paragraphs.append(Paragraph(text=f"{last.text} {text}", is_item=last.is_item))
            else:
                paragraphs.append(Paragraph(text=text, is_item=part.is_item))
    return tuple(Block(heading=heading, paragraphs=tuple(paragraphs)) for heading, paragraphs in gathered)


def _holds(section: Section, facts: LetterFacts, values: Mapping[str, str]) -> bool:
    return (
        (not section.reasons or facts.verdict.reason in section.reasons)
        and (not section.sources or facts.verdict.amount_source in section.sources)
        and all(values[field] for field in section.with_fields)
        and not any(values[field] for field in section.without_fields)
    )


def _filled(pieces: Pieces, values: Mapping[str, str], name: str) -> str:
    filled = []
    for piece in pieces:
        if isinstance(piece, Field):
            if not values[piece.name]:
                raise AppError(
                    f"De brief aan {name} kan niet worden gemaakt: {{{piece.name}}} is hier leeg.",
                    f"Dat veld is: {FIELDS[piece.name]}. Vul dit gegeven aan of pas de tekst van de brief aan.",
                )
            filled.append(values[piece.name])
        else:
            filled.append(piece)
    return "".join(filled)


def _day(day: date) -> str:
    return _unbroken(long_date(day))


def _unbroken(text: str) -> str:
    return text.replace(" ", NBSP)
