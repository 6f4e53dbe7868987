"""The words of a letter that stand in no template, in each language: dates, money, labels.

English is for suppliers abroad only, so it lives here and not in `app.base.formatting`, which serves the screen too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.base.formatting import NBSP, euro, long_date
from app.domain.certificate import CertificateStatus
from app.domain.supplier import Language

_MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What one language says."""

    day: Callable[[date], str]
    euro: Callable[[int], str]
    since: str
    from_on: str
    or_more: str
    more_than: str
    vat: Mapping[str, str]
    decisions: Mapping[CertificateStatus, str]
    decided: str
    subject: str
    written_on: str
    our_reference: str
    their_reference: str
    contract: str
    handled_by: str
    phone: str
    email: str
    enclosure: str
    sender: str
    page: str


def english_date(day: date) -> str:
    """Return a date as a British letter writes it: `1 January 2022`."""
    return f"{day.day}{NBSP}{_MONTHS[day.month - 1]} {day.year}"


def english_euro(cents: int) -> str:
    """Return an amount such as `€412,500`, in whole euros as `formatting.euro` rounds them."""
    sign, whole = ("-" if cents < 0 else ""), (abs(cents) + 50) // 100
    return f"{sign if whole else ''}€{whole:,}"


def from_abroad(phone: str) -> str:
    """Return a Dutch number as somebody abroad dials it: `+31 88 385 0800`; free numbers have no such form."""
    if not phone.startswith("0") or phone.startswith(("00", "0800", "0900")):
        return phone
    return f"+31 {phone[1:].replace('-', ' ')}"


WORDINGS = {
    Language.DUTCH: Wording(
        day=long_date,
        euro=euro,
        since="sinds",
        from_on="vanaf",
        or_more="{} of meer",
        more_than="meer dan {}",
        vat={"excl.": "excl. btw", "incl.": "incl. btw"},
        decisions={status: status.label for status in CertificateStatus},
        decided="op {on} {what}",
        subject="Onderwerp",
        written_on="Datum",
        our_reference="Ons kenmerk",
        their_reference="Uw kenmerk",
        contract="Contract",
        handled_by="Behandeld door",
        phone="Telefoon",
        email="E-mail",
        enclosure="Bijlage",
        sender="Afzender",
        page="Pagina {} van {}",
    ),
    Language.ENGLISH: Wording(
        day=english_date,
        euro=english_euro,
        since="since",
        from_on="from",
        or_more="{} or more",
        more_than="more than {}",
        vat={"excl.": "excl. VAT", "incl.": "incl. VAT"},
        decisions={
            CertificateStatus.VALID: "valid",
            CertificateStatus.WITHDRAWN: "withdrawn",
            CertificateStatus.SUSPENDED: "suspended",
            CertificateStatus.REPLACED: "replaced",
        },
        decided="{what} on {on}",
        subject="Subject",
        written_on="Date",
        our_reference="Our reference",
        their_reference="Your reference",
        contract="Contract",
        handled_by="Handled by",
        phone="Telephone",
        email="E-mail",
        enclosure="Enclosure",
        sender="Sender",
        page="Page {} of {}",
    ),
}


def wording_of(tag: str) -> Wording:
    """Return the words of a letter by the language tag that it carries."""
    return WORDINGS[Language(tag.partition("-")[0])]
