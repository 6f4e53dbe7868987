"""Letters to firms that do not exist, and what a PDF says when it is read back."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

from app.domain.certificate import CertificateStatus, Level
from app.domain.letter import LetterFacts, LetterSettings
from app.domain.policy import PolicySettings
from app.domain.supplier import Address, Contact, Salutation
from app.domain.verdict import AmountSource, Reason, Status, Verdict
from app.letters.content import LetterContent, as_text, compose
from app.letters.layout import PAGE_HEIGHT, PT_PER_MM
from app.letters.templates import Template, parse_template, shipped

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "letters"

VERDICT = Verdict(
    supplier_id="s-1",
    name="Bouwbedrijf Maasdal B.V.",
    kvk="12345678",
    on=date(2026, 11, 23),
    status=Status.NON_COMPLIANT,
    reason=Reason.NO_CERTIFICATE,
    rule_code="trede2-2022",
    required=Level.TREDE2,
    threshold_cents=150_000_00,
    amount_cents=412_500_00,
    amount_year=2026,
    amount_source=AmountSource.ENTERED,
)
MAASDAL = LetterFacts(
    kenmerk="PSO-2026-0148",
    written_on=date(2026, 11, 23),
    reply_by=date(2026, 12, 7),
    certified_by=date(2027, 5, 24),
    supplier_name="Bouwbedrijf Maasdal B.V.",
    address=Address(street="Industrieweg", house_number="12", postcode="6041 AB", city="Roermond"),
    contact=None,
    verdict=VERDICT,
    rule_valid_from=date(2022, 1, 1),
    policy=PolicySettings(),
    sender=LetterSettings(),
)
FULL_SENDER = LetterSettings(
    email="inkoopadvies@voorbeeld.example",
    street="Postbus 999",
    postcode="6040 ZZ",
    city="Roermond",
    kvk="00000000",
    signatory="K. de Voorbeeldige",
)
TIENBUNDER = replace(
    MAASDAL,
    kenmerk="PSO-2026-0149",
    supplier_name="Dakwerken Tienbunder",
    address=Address(street="Nokweg", house_number="7a", postcode="6101XZ", city="Echt"),
    contact=Contact(
        id="c-1", supplier_id="s-2", salutation=Salutation.MRS, initials="M.", infix="van", surname="Voorbeeld"
    ),
    verdict=replace(
        VERDICT,
        reason=Reason.EXPIRED,
        valid_to=date(2026, 6, 30),
        amount_cents=187_500_00,
        amount_source=AmountSource.PRO_RATA,
    ),
)
HOOGDAL = replace(
    MAASDAL,
    kenmerk="PSO-2026-0150",
    supplier_name="Liftonderhoud Hoogdal B.V.",
    address=Address(street="Postbus", house_number="118", postcode="6000 AC", city="Weert"),
    contact=Contact(id="c-2", supplier_id="s-3", salutation=Salutation.MR, infix="'t", surname="Voorbeeld"),
    verdict=replace(
        VERDICT,
        reason=Reason.LEVEL_TOO_LOW,
        held=Level.TREDE1,
        valid_to=date(2027, 8, 31),
        amount_cents=210_000_00,
        amount_year=2025,
        amount_source=AmountSource.LAST_KNOWN,
    ),
)
MOSGAARD = replace(
    MAASDAL,
    kenmerk="PSO-2026-0151",
    supplier_name="Groenvoorziening Mosgaard V.O.F.",
    address=Address(street="Vijverlaan", house_number="3", postcode="5911 KD", city="Venlo", country="Nederland"),
    verdict=replace(
        VERDICT,
        reason=Reason.WITHDRAWN,
        decision=CertificateStatus.WITHDRAWN,
        decided_on=date(2026, 6, 1),
        threshold_cents=None,
        valid_to=date(2027, 3, 31),
        amount_cents=96_240_00,
        amount_source=AmountSource.INVOICED,
    ),
)
WARMDAL = replace(
    MAASDAL,
    kenmerk="PSO-2026-0152",
    supplier_name="Warmdal Installatietechniek Zuid-Nederland B.V.",
    address=Address(street="Ketelstraat", house_number="41", postcode="5211 gg", city="'s-Hertogenbosch"),
    verdict=replace(
        VERDICT,
        reason=Reason.NOT_COVERED,
        valid_to=date(2027, 3, 31),
        amount_cents=305_118_00,
        amount_year=2025,
        amount_source=AmountSource.INVOICED_LAST_YEAR,
    ),
)
PEELMAAS = replace(
    MAASDAL,
    kenmerk="PSO-2026-0153",
    supplier_name="Combinatie Peelmaas",
    address=Address(street="Molenstraat", house_number="20", postcode="3600", city="Genk", country="België"),
    verdict=replace(
        VERDICT,
        reason=Reason.MEMBER_FAILS,
        failing_member="Schilderwerken Kempenlicht B.V.",
        amount_cents=1_250_000_00,
    ),
    sender=replace(LetterSettings(), email=FULL_SENDER.email, signatory=FULL_SENDER.signatory),
)


def reminder(facts: LetterFacts, kenmerk: str) -> LetterFacts:
    """Three weeks later nobody has answered."""
    return replace(
        facts,
        kenmerk=kenmerk,
        written_on=date(2026, 12, 14),
        reply_by=date(2026, 12, 28),
        certified_by=date(2027, 6, 14),
        verdict=replace(facts.verdict, on=date(2026, 12, 14)),
        previous_kenmerk=facts.kenmerk,
        previous_written_on=facts.written_on,
    )


# By the name of the text that was written by hand.
LETTERS = {
    "verzoek-NO_CERTIFICATE": MAASDAL,
    "verzoek-EXPIRED": TIENBUNDER,
    "verzoek-LEVEL_TOO_LOW": HOOGDAL,
    "verzoek-WITHDRAWN": MOSGAARD,
    "verzoek-NOT_COVERED": WARMDAL,
    "verzoek-MEMBER_FAILS": PEELMAAS,
    "herinnering-NO_CERTIFICATE": reminder(MAASDAL, "PSO-2026-0171"),
    "herinnering-LEVEL_TOO_LOW": reminder(HOOGDAL, "PSO-2026-0172"),
    "herinnering-EXPIRED": reminder(TIENBUNDER, "PSO-2026-0173"),
}


@cache
def template(kind: str) -> Template:
    return parse_template(shipped()[kind])


def letter(facts: LetterFacts = MAASDAL, kind: str = "verzoek") -> LetterContent:
    return compose(facts, template(kind))


def verdict(facts: LetterFacts, **changes: Any) -> LetterFacts:
    return replace(facts, verdict=replace(facts.verdict, **changes))


@dataclass(frozen=True)
class Glyph:
    """A visible character of a PDF page; mm from its top left corner."""

    character: str
    left: float
    top: float
    right: float
    bottom: float


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of every page, as somebody who selects it all would copy it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        # PDFium marks a hyphen at the end of a line by a character of its own.
        return [page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document]
    finally:
        document.close()


def page_glyphs(pdf: bytes, number: int = 0) -> list[Glyph]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        text_page = document[number].get_textpage()
        found = []
        for place in range(text_page.count_chars()):
            character = text_page.get_text_range(place, 1)
            if character.strip():
                left, bottom, right, top = (v / PT_PER_MM for v in text_page.get_charbox(place))
                found.append(Glyph(character, left, PAGE_HEIGHT - top, right, PAGE_HEIGHT - bottom))
        return found
    finally:
        document.close()


def one_line(text: str) -> str:
    return " ".join(text.split())


def as_printed(content: LetterContent, sender: LetterSettings) -> str:
    """Return what the sheet of a one-page letter says, from top to bottom, on one line."""
    body = as_text(content).replace("Onderwerp: ", "Onderwerp ")
    for label, value in content.references:
        body = body.replace(f"{label}: {value}", f"{label} {value}", 1)
    town = f"{sender.postcode} {sender.city}"
    details = [sender.organisation, sender.street, town, f"KvK {sender.kvk}"] if sender.street else []
    head = (sender.organisation, sender.team, sender.phone, sender.email)
    return one_line(" ".join((*head, body, " · ".join(details))))
