"""Letters to firms that do not exist, and what a PDF says when it is read back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2

from app.domain.certificate import CertificateStatus, Level
from app.domain.letter import LetterFacts, LetterKind, LetterSettings
from app.domain.policy import PolicySettings
from app.domain.supplier import Address, Contact, Language, Salutation
from app.domain.verdict import AmountSource, Reason, Status, Verdict
from app.letters.content import LetterContent, as_text, compose
from app.letters.layout import PAGE_HEIGHT, PT_PER_MM
from app.letters.template_reader import parse_template
from app.letters.templates import Template, shipped

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
    is_combination=True,
)


def verdict(facts: LetterFacts, **changes: Any) -> LetterFacts:
    return replace(facts, verdict=replace(facts.verdict, **changes))


def reminder(facts: LetterFacts, kenmerk: str) -> LetterFacts:
    """Three weeks later nobody has answered."""
    return replace(
        facts,
        kenmerk=kenmerk,
        written_on=date(2026, 12, 14),
        reply_by=date(2026, 12, 28),
        verdict=replace(facts.verdict, on=date(2026, 12, 14)),
        previous_kenmerk=facts.kenmerk,
        previous_written_on=facts.written_on,
    )


def second_reminder(facts: LetterFacts, kenmerk: str) -> LetterFacts:
    """In the new year there is still no answer, and no amount of that year yet."""
    verdict = replace(facts.verdict, on=date(2027, 1, 4), amount_year=2026, amount_source=AmountSource.LAST_KNOWN)
    return replace(
        facts,
        kenmerk=kenmerk,
        written_on=date(2027, 1, 4),
        reply_by=date(2027, 1, 18),
        verdict=verdict,
        first_kenmerk=facts.previous_kenmerk,
        first_written_on=facts.previous_written_on,
        previous_kenmerk=facts.kenmerk,
        previous_written_on=facts.written_on,
    )


def notice(facts: LetterFacts, kenmerk: str) -> LetterFacts:
    """A month after the second reminder, where a contract demands the certificate."""
    return replace(
        facts,
        kenmerk=kenmerk,
        written_on=date(2027, 2, 1),
        reply_by=date(2027, 3, 3),
        contract="RC-14 (Onderhoud voorbeeldwoningen)",
        previous_kenmerk=facts.kenmerk,
        previous_written_on=facts.written_on,
    )


def expiring(facts: LetterFacts) -> LetterFacts:
    """All is well, until the certificate ends."""
    return verdict(
        facts, status=Status.EXPIRING, reason=None, held=Level.TREDE2, valid_to=date(2027, 1, 31), failing_member=""
    )


def postponed(facts: LetterFacts) -> LetterFacts:
    """The audit is planned."""
    ground = "audit gepland op 12 februari 2027."
    return verdict(facts, status=Status.POSTPONED, until=date(2027, 3, 31), ground=ground)


def exempt(facts: LetterFacts) -> LetterFacts:
    """A firm that is too small; no rule asks anything of it."""
    found = Verdict(
        supplier_id="s-1",
        name=facts.supplier_name,
        kvk="12345678",
        on=date(2026, 11, 23),
        status=Status.EXEMPT,
        until=date(2028, 12, 31),
        ground="minder dan 2 fte in dienst",
    )
    return replace(facts, verdict=found, rule_valid_from=None)


def settled(facts: LetterFacts) -> LetterFacts:
    """What was asked for in September has come."""
    found = verdict(
        facts, status=Status.COMPLIANT, reason=None, held=Level.TREDE2, valid_to=date(2028, 9, 30), failing_member=""
    )
    return replace(found, previous_kenmerk="PSO-2026-0098", previous_written_on=date(2026, 9, 14))


def abroad(facts: LetterFacts) -> LetterFacts:
    """The same of a firm in Germany."""
    return replace(
        facts,
        kenmerk="PSO-2026-0160",
        supplier_name="Eifelquell Dachbau GmbH",
        address=Address(street="Musterweg", house_number="4", postcode="52062", city="Aachen", country="DE"),
        contact=Contact(id="c-3", supplier_id="s-4", salutation=Salutation.MRS, initials="A.", surname="Beispiel"),
        sender=LetterSettings(),
        language=Language.ENGLISH,
    )


_FIRMS = {
    "NO_CERTIFICATE": MAASDAL,
    "LEVEL_TOO_LOW": HOOGDAL,
    "EXPIRED": TIENBUNDER,
    "WITHDRAWN": MOSGAARD,
    "NOT_COVERED": WARMDAL,
    "MEMBER_FAILS": PEELMAAS,
}


def _asking() -> Iterator[tuple[str, LetterFacts]]:
    """Yield the letters that ask, for every reason, numbered as they were written by hand."""
    for place, (reason, facts) in enumerate(_FIRMS.items(), start=1):
        request, numbers = facts, (170 + place, place, 20 + place)
        for suffix in ("", ".en"):
            first = reminder(request, f"PSO-2026-{numbers[0]:04d}")
            second = second_reminder(first, f"PSO-2027-{numbers[1]:04d}")
            yield f"verzoek-{reason}{suffix}", request
            yield f"herinnering-{reason}{suffix}", first
            yield f"tweede_herinnering-{reason}{suffix}", second
            yield f"ingebrekestelling-{reason}{suffix}", notice(second, f"PSO-2027-{numbers[2]:04d}")
            request, numbers = abroad(facts), (180, 10, 30)


_TELLING = {
    "informatiebrief-NO_CERTIFICATE": replace(MAASDAL, reply_by=date(2026, 12, 21)),
    "verloopt": expiring(TIENBUNDER),
    "verloopt-combinatie": expiring(PEELMAAS),
    "uitstel-EXPIRED": postponed(TIENBUNDER),
    "uitstel-MEMBER_FAILS": postponed(PEELMAAS),
    "vrijstelling": exempt(MOSGAARD),
    "afsluitbrief": settled(TIENBUNDER),
    "afsluitbrief-combinatie": settled(PEELMAAS),
}

_PLANNED = (
    *(f"{kind}-{reason}" for kind in ("herinnering", "tweede_herinnering")
      for reason in ("NO_CERTIFICATE", "NOT_COVERED", "MEMBER_FAILS")),
    "ingebrekestelling-NO_CERTIFICATE",
)  # fmt: skip


def _others(asking: Mapping[str, LetterFacts]) -> Iterator[tuple[str, LetterFacts]]:
    """Yield letters that know more: of a plan that did not come true, of an earlier letter."""
    for suffix in ("", ".en"):
        for name in _PLANNED:
            yield f"{name}-plan{suffix}", replace(asking[f"{name}{suffix}"], planned_by=date(2026, 12, 10))
        request = asking[f"verzoek-NO_CERTIFICATE{suffix}"]
        informed = replace(request, previous_kenmerk="PSO-2026-0117", previous_written_on=date(2026, 10, 5))
        yield f"verzoek-NO_CERTIFICATE-na-informatie{suffix}", informed
        yield f"verzoek-NO_CERTIFICATE-gemeld{suffix}", verdict(request, reported=Level.TREDE2)


# By the name of the text that was written by hand; what ends in ".en" is English.
LETTERS = {
    **dict(_asking()),
    **dict(_others(dict(_asking()))),
    **_TELLING,
    **{f"{name}.en": abroad(facts) for name, facts in _TELLING.items()},
}


def kind_of(name: str) -> str:
    """Return what kind of letter a text that was written by hand is."""
    return name.removesuffix(".en").partition("-")[0]


@cache
def template(kind: str, language: Language = Language.DUTCH) -> Template:
    return parse_template(shipped()[LetterKind(kind), language])


def letter(facts: LetterFacts = MAASDAL, kind: str = "verzoek") -> LetterContent:
    return compose(facts, template(kind, facts.language))


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
    body = as_text(content).replace("Onderwerp: ", "Onderwerp ").replace("Subject: ", "Subject ")
    for label, value in content.references:
        body = body.replace(f"{label}: {value}", f"{label} {value}", 1)
    town = f"{sender.postcode} {sender.city}"
    details = [sender.organisation, sender.street, town, f"KvK {sender.kvk}"] if sender.street else []
    word = "Afzender" if content.language == "nl-NL" else "Sender"
    back = (f"{word}: {sender.street} · {town}",) if sender.street else ()
    head = (sender.organisation, sender.team, sender.phone, sender.email, *back)
    return one_line(" ".join((*head, body, " · ".join(details))))
