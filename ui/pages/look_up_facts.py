"""The facts on the card of the phone screen, each with how old or sure it is."""

from datetime import date

from app.base.clock import AMSTERDAM
from app.base.formatting import count, euro, long_date, short_date
from app.domain.certificate import Level
from app.domain.contract import YearAmount
from app.domain.identifiers import phone_key
from app.domain.journal import FollowUp, Promise
from app.domain.names import full_name
from app.domain.policy import Exemption, Postponement, Respite
from app.domain.rows import SupplierRow
from app.domain.verdict import AmountSource, Reason, Status, Verdict
from app.services.phone_card import PhoneCard, last_day
from ui.widgets.fact_list import Fact

MAIN_FACTS = 9
_NOTHING = "—"
_NOT_KNOWN = "Nog onbekend"
_AMOUNTS = {
    AmountSource.ENTERED: "afgesproken",
    AmountSource.PRO_RATA: "naar looptijd van het contract",
    AmountSource.LAST_KNOWN: "bedrag van {year}",
    AmountSource.INVOICED: "gefactureerd",
    AmountSource.INVOICED_LAST_YEAR: "gefactureerd in {year}",
}
_AGREED = {Exemption: "Vrijstelling", Postponement: "Uitstel", Promise: "Toezegging", FollowUp: "Taak"}
# What a narrow chip says.
_SHORT = {Reason.NOT_COVERED: "KvK niet op certificaat", Reason.MEMBER_FAILS: "Lid voldoet niet"}


def status_words(row: SupplierRow | Verdict, *, on: date) -> str:
    """Return what a narrow chip says of a status: the reason, or how long it still lasts."""
    if row.status is Status.NON_COMPLIANT and row.reason:
        return _SHORT.get(row.reason, row.reason.label)
    if row.status is Status.EXPIRING and row.valid_to:
        return f"Verloopt over {(row.valid_to - on).days} d"
    return row.status.label


def chip_words(verdict: Verdict) -> str:
    """Return what the wide chip of the card says: the status and the reason."""
    if verdict.reason is None:
        return verdict.status.label
    reason = _SHORT.get(verdict.reason, verdict.reason.label)
    return f"{verdict.status.label} — {reason if reason.startswith('KvK') else f'{reason[0].lower()}{reason[1:]}'}"


def main_facts(found: PhoneCard, next_step: Fact, on: date) -> list[Fact]:
    """Return the facts that every card has, in `MAIN_FACTS` lines."""
    verdict, letter = found.judged.verdict, found.letter
    return [
        Fact(
            "Vereist",
            _level(verdict.required, _NOT_KNOWN if verdict.status is Status.UNKNOWN else "Niets"),
            _required_note(found),
        ),
        Fact("Heeft", _level(verdict.held, "Geen"), _held_note(verdict)),
        Fact(
            f"Opdrachten {on.year}",
            "Onbekend" if verdict.amount_cents is None else euro(verdict.amount_cents),
            _amount_note(verdict),
        ),
        Fact("Laatste brief", letter.kind.label, f"{short_date(letter.written_on)} · {letter.kenmerk}")
        if letter
        else Fact("Laatste brief", _NOTHING),
        _reply(found, on),
        _call(found),
        next_step,
        _phone(found),
        # The first to be left out where there is too little room.
        _source(found.figure),
    ]


def _reply(found: PhoneCard, on: date) -> Fact:
    """Return until when an answer is awaited; of who need not answer any more only the day."""
    letter = found.letter
    if letter is None:
        return Fact("Reageren t/m", _NOTHING)
    words = _days_left(letter.reply_by, on) if found.awaits_answer else "vraagt geen antwoord meer"
    return Fact("Reageren t/m", short_date(letter.reply_by), words)


def next_step(row: SupplierRow | None) -> Fact:
    """Return what is to be done next and when; a row is not there while nobody is judged yet."""
    if row is None or not row.next_step:
        return Fact("Volgende stap", _NOTHING)
    return Fact("Volgende stap", short_date(row.next_on) if row.next_on else "", row.next_step)


def people_facts(found: PhoneCard) -> list[Fact]:
    """Return who works there, and the letters before the last one."""
    return [*_contacts(found), *_older_letters(found)]


def running_facts(found: PhoneCard, on: date) -> list[Fact]:
    """Return the members of a combination, what was agreed and still runs, and the contracts of the year."""
    return [*_members(found), *_agreements(found), *_orders(found, on)]


def nearest_facts(found: PhoneCard) -> list[Fact]:
    """Return what is asked for first where there is room for a few lines only: who works there, and what runs."""
    people = [
        Fact(full_name(person), person.phone, "" if person.phone else person.role or _NOTHING, number=person.phone)
        for person in found.contacts
        if full_name(person)
    ]
    return [*people, *_agreements(found)[1:]]


def numbers_of(found: PhoneCard) -> list[tuple[str, str]]:
    """Return every phone number with whose it is, the first contact's in front."""
    numbers = [(person.phone, full_name(person)) for person in found.contacts]
    numbers.append((found.supplier.phone, "hoofdnummer"))
    numbers += [(number, "ander nummer") for number in found.supplier.phones]
    # Two notations of one number are one.
    once: dict[str, tuple[str, str]] = {}
    for number, who in numbers:
        if key := phone_key(number):
            once.setdefault(key, (number, who))
    return list(once.values())


def _level(level: Level | None, nothing: str) -> str:
    return level.label if level else nothing


def _required_note(found: PhoneCard) -> str:
    threshold = found.judged.verdict.threshold_cents
    if threshold is not None:
        return f"vanaf {euro(threshold)}"
    return f"sinds {long_date(found.rule.valid_from)}" if found.rule else ""


def _held_note(verdict: Verdict) -> str:
    parts = []
    if verdict.held and verdict.valid_to:
        parts.append(f"t/m {short_date(verdict.valid_to)}")
    elif verdict.reason is Reason.EXPIRED and verdict.valid_to:
        parts.append(f"verlopen, laatste dag {short_date(verdict.valid_to)}")
    if verdict.is_unverified:
        parts.append("niet gecontroleerd")
    if verdict.reported and verdict.reported != verdict.held:
        parts.append(f"gemeld: {verdict.reported.label}")
    return " · ".join(parts)


def _amount_note(verdict: Verdict) -> str:
    if verdict.amount_source is None:
        return ""
    kind = _AMOUNTS[verdict.amount_source].format(year=verdict.amount_year)
    below = verdict.headroom_cents or 0
    return f"{kind} · nog {euro(below)} tot de drempel" if below > 0 else kind


def _source(figure: YearAmount | None) -> Fact:
    if figure is None:
        return Fact("Bron", _NOTHING)
    age = short_date(figure.as_of) if figure.as_of else ""
    return Fact("Bron", "", " · ".join(filter(None, (age, figure.source))) or "niet genoteerd")


def _days_left(day: date, on: date) -> str:
    left = (day - on).days
    if left == 0:
        return "laatste dag"
    return f"nog {count(left, 'dag', 'dagen')}" if left > 0 else f"{count(-left, 'dag', 'dagen')} te laat"


def _call(found: PhoneCard) -> Fact:
    if not found.call:
        return Fact("Laatste gesprek", _NOTHING)
    day = found.call.started_at.astimezone(AMSTERDAM).date()
    said = " ".join(found.call.text.split())
    return Fact("Laatste gesprek", short_date(day), f"‘{said}’" if said else "")


def _phone(found: PhoneCard) -> Fact:
    first, *others = [*filter(None, (found.supplier.phone, *found.supplier.phones)), ""]
    return Fact("Telefoon", first or _NOTHING, " · ".join(filter(None, others)), number=first)


def _contacts(found: PhoneCard) -> list[Fact]:
    return _section(
        "Contacten",
        [
            Fact(
                full_name(person),
                person.phone,
                " · ".join(filter(None, (person.role, person.email))) or _NOTHING,
                number=person.phone,
            )
            for person in found.contacts
            if full_name(person)
        ],
    )


def _older_letters(found: PhoneCard) -> list[Fact]:
    return _section(
        "Eerdere brieven",
        [Fact(short_date(letter.written_on), letter.kind.label, letter.kenmerk) for letter in found.letters[1:]],
    )


def _members(found: PhoneCard) -> list[Fact]:
    return _section("Leden", [Fact(name, _level(level, "Geen certificaat")) for name, level in found.members])


def _agreements(found: PhoneCard) -> list[Fact]:
    return _section(
        "Afspraken",
        [
            Fact(
                _AGREED[type(agreed)],
                f"t/m {short_date(last_day(agreed))}",
                agreed.reason if isinstance(agreed, Respite) else agreed.what,
            )
            for agreed in found.agreements
        ],
    )


def _orders(found: PhoneCard, on: date) -> list[Fact]:
    return _section(
        f"Contracten {on.year}",
        [
            Fact(
                contract.title or contract.number or "Zonder naam",
                "" if cents is None else euro(cents),
                f"t/m {short_date(contract.ends_on)}" if contract.ends_on else "doorlopend",
            )
            for contract, cents in found.orders
        ],
    )


def _section(heading: str, facts: list[Fact]) -> list[Fact]:
    return [Fact(heading), *facts] if facts else []
