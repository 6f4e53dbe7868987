"""What a letter says: from facts and a template to lines and paragraphs. Pure; nothing here knows of paper or PDF."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.base.errors import AppError
from app.base.formatting import NBSP
from app.domain import names
from app.domain.identifiers import check_postcode, clean_postcode
from app.domain.letter import LetterFacts
from app.domain.supplier import Address, Contact, Language, Supplier
from app.domain.verdict import Verdict
from app.letters.templates import EmptyFieldError, Field, Pieces, Section, Template
from app.letters.wording import WORDINGS, Wording, from_abroad, wording_of

BULLET = "•"

_COUNTRIES = {"BE": "België", "DE": "Duitsland", "LU": "Luxemburg", "FR": "Frankrijk", "GB": "Verenigd Koninkrijk"}
_NETHERLANDS = {"", "nl", "nederland", "the netherlands", "netherlands"}
_BELGIUM = {"be", "belgië", "belgie", "belgium", "belgique"}
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
    sender, wording = facts.sender, WORDINGS[facts.language]
    references = (
        (wording.written_on, wording.day(facts.written_on)),
        (wording.our_reference, plain(facts.kenmerk)),
        (wording.their_reference, plain(facts.their_reference)),
        (wording.contract, plain(facts.contract)),
        (wording.handled_by, plain(sender.team)),
        # On paper of one's own no letterhead says them.
        (wording.phone, "" if sender.has_drawn_letterhead else plain(sender.phone)),
        (wording.email, "" if sender.has_drawn_letterhead else plain(sender.email)),
        (wording.enclosure, plain(sender.enclosure)),
    )
    closing = (template.greeting, plain(sender.signatory), plain(sender.team), plain(sender.organisation))
    return LetterContent(
        address_lines=address_lines(facts.supplier_name, facts.contact, facts.address, language=facts.language),
        references=tuple((label, value) for label, value in references if value),
        subject=_filled(template.subject, values, name),
        salutation=names.salutation(_plain_contact(facts.contact), language=facts.language),
        blocks=_blocks([section for section in template.sections if _holds(section, facts, values)], values, name),
        closing=tuple(line for line in closing if line),
        language=facts.language.tag,
        title=f"{plain(facts.kenmerk)} {name}: {template.title}",
    )


def as_text(content: LetterContent) -> str:
    """Return the letter as plain text, as a reader goes through it: for e-mail, look-up and comparison."""
    subject = wording_of(content.language).subject
    parts = [
        "\n".join(content.address_lines),
        "\n".join(f"{label}: {value}" for label, value in content.references),
        f"{subject}: {content.subject}",
        content.salutation,
    ]
    for block in content.blocks:
        lines = [block.heading] if block.heading else []
        lines += [f"{BULLET} {p.text}" if p.is_item else p.text for p in block.paragraphs]
        parts.append("\n".join(lines))
    parts += [content.closing[0], "\n".join(content.closing[1:])]
    return "\n\n".join(part for part in parts if part) + "\n"


def address_lines(
    name: str, contact: Contact | None, address: Address, *, language: Language = Language.DUTCH
) -> tuple[str, ...]:
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
        names.attention_line(person, language=language) if person else "",
        f"{plain(address.street)} {plain(address.house_number)}".strip(),
        f"{postcode}{gap}{plain(address.city).upper()}".strip(),
        _COUNTRIES.get(country.upper(), country).upper() if is_abroad else "",
    )
    return tuple(line for line in lines if line)


def is_dutch(country: str) -> bool:
    """Whether a country as entered is the Netherlands, which it is when nothing was entered."""
    return plain(country).casefold() in _NETHERLANDS


def language_of(supplier: Supplier) -> Language:
    """Return what to write to a supplier in: what was chosen, else Dutch in the Netherlands and Belgium."""
    if supplier.language:
        return supplier.language
    country = plain(supplier.letter_address.country).casefold()
    return Language.DUTCH if is_dutch(country) or country in _BELGIUM else Language.ENGLISH


def field_values(facts: LetterFacts) -> dict[str, str]:
    """Return the text of every merge field for these facts; "" where there is nothing to say.

    A date, level or number that must not be torn apart at the end of a line holds non-breaking spaces.
    """
    verdict, sender, wording = facts.verdict, facts.sender, WORDINGS[facts.language]

    def day(found: date | None) -> str:
        return _unbroken(wording.day(found)) if found else ""

    begins = facts.rule_valid_from
    since = wording.from_on if begins and begins > facts.written_on else wording.since
    # Credit notes can outweigh the invoices of a year; such a figure explains nothing to a reader.
    amount = verdict.amount_cents if verdict.amount_cents and verdict.amount_cents > 0 else None
    values = {
        "organisatie": sender.organisation,
        "team": sender.team,
        "telefoon": _unbroken(sender.phone if is_dutch(facts.address.country) else from_abroad(sender.phone)),
        "email": sender.email,
        "kenmerk": _unbroken(facts.kenmerk),
        "datum": day(facts.written_on),
        "leverancier": facts.supplier_name,
        "kvk": verdict.kvk,
        "antwoord_datum": day(facts.reply_by),
        "certificaat_datum": day(facts.certified_by),
        "trede": _unbroken(verdict.required.label) if verdict.required else "",
        "trede_nu": _unbroken(verdict.held.label) if verdict.held else "",
        "trede_gemeld": _unbroken(verdict.reported.label) if verdict.reported else "",
        "geldig_tot": day(verdict.valid_to),
        "besluit": _decision(verdict, wording),
        "lid": verdict.failing_member,
        "bedrag": "" if amount is None else wording.euro(amount),
        "grootste": wording.euro(amount) if amount and facts.policy.amount_scope == "contract" else "",
        "bedrag_jaar": str(verdict.amount_year or ""),
        "jaar": str(verdict.on.year),
        "btw": _unbroken(wording.vat[facts.policy.vat_basis]),
        "drempel": _threshold(facts, wording),
        "regel_ingang": f"{since} {day(begins)}" if begins else "",
        "eerste_datum": day(facts.first_written_on),
        "eerste_kenmerk": _unbroken(facts.first_kenmerk),
        "vorige_datum": day(facts.previous_written_on),
        "vorig_kenmerk": _unbroken(facts.previous_kenmerk),
        "plan_datum": day(facts.planned_by),
        "contract": facts.contract,
        "combinatie": facts.supplier_name if facts.is_combination else "",
        "tot_datum": day(verdict.until),
        "grond": plain(verdict.ground).rstrip(" ."),
    }
    return {field: plain(value) for field, value in values.items()}


def _decision(verdict: Verdict, wording: Wording) -> str:
    if verdict.decision is None:
        return ""
    what, on = wording.decisions[verdict.decision], verdict.decided_on
    return wording.decided.format(what=what, on=_unbroken(wording.day(on))) if on else what


def _threshold(facts: LetterFacts, wording: Wording) -> str:
    if facts.verdict.threshold_cents is None:
        return ""
    words = wording.or_more if facts.policy.threshold_is_inclusive else wording.more_than
    return words.format(wording.euro(facts.verdict.threshold_cents))


def plain(text: str) -> str:
    """Return text as one line: composed letters, single spaces, nothing that cannot be seen.

    Non-breaking spaces stay. What remains may still lack a glyph; `app.letters.render.missing_characters` says so.
    """
    # Dates and amounts are plain but for the spaces that do not break.
    visible = text.replace(NBSP, " ")
    if not visible.isascii() or not visible.isprintable():
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
                raise EmptyFieldError(piece, to=name)
            filled.append(values[piece.name])
        elif piece.startswith(".") and filled and filled[-1].endswith("."):
            # A name such as "Voorbeeld B.V." at the end of a sentence brings its own stop.
            filled.append(piece[1:])
        else:
            filled.append(piece)
    return "".join(filled)


def _unbroken(text: str) -> str:
    return text.replace(" ", NBSP)
