"""Recording by hand: add, change and end what is known of suppliers, and warn while it is typed.

What the register could not hold is refused here with a sentence, before anything is written.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from app.base.errors import AppError
from app.domain.certificate import Certificate, Verification
from app.domain.contract import Contract, YearAmount
from app.domain.identifiers import check_btw_id, check_kvk, check_postcode, digits
from app.domain.journal import CallNote, FollowUp, Promise, SetAside
from app.domain.names import company_key, telling_words
from app.domain.policy import Exemption, Postponement
from app.domain.soundness import Record, fault_of, tidied
from app.domain.supplier import Contact, Member, Supplier
from app.storage.mapping import encode
from app.storage.register import Register

__all__ = ["Record", "add", "end", "put", "save", "warnings"]

# Where each lies in the register and what it is called; what others point at stands before them.
_KINDS: dict[type, tuple[str, str]] = {
    Supplier: ("suppliers", "Leverancier"),
    Member: ("members", "Lid"),
    Contact: ("contacts", "Contactpersoon"),
    Contract: ("contracts", "Contract"),
    YearAmount: ("amounts", "Bedrag"),
    Certificate: ("certificates", "Certificaat"),
    Verification: ("verifications", "Controle"),
    Exemption: ("exemptions", "Vrijstelling"),
    Postponement: ("postponements", "Uitstel"),
    Promise: ("promises", "Toezegging"),
    FollowUp: ("follow_ups", "Taak"),
    CallNote: ("call_notes", "Gesprek"),
    SetAside: ("set_asides", "Opvolging"),
}
_ORDER = {kind: place for place, kind in enumerate(_KINDS)}
_SHORTEST_PHONE = 8
_LIKE_NAMES = 1000
_TWO_YEARS = 731


def add(register: Register, *records: Record, label: str = "") -> None:
    """Write new records; errors as `put`."""
    put(register, added=records, label=label or _label(register, records, "toegevoegd"))


def save(register: Register, *records: Record, label: str = "") -> None:
    """Write changed records; nothing changed leaves no trace. Errors as `put`."""
    put(register, changed=records, label=label or _label(register, records, "gewijzigd"))


def end(register: Register, record: Record) -> None:
    """End a record: it stays in the history. Errors as `put`."""
    done = "beëindigd" if isinstance(record, Supplier) else "verwijderd"
    put(register, ended=[record], label=_label(register, [record], done))


def put(
    register: Register,
    *,
    added: Iterable[Record] = (),
    changed: Iterable[Record] = (),
    ended: Iterable[Record] = (),
    label: str,
) -> None:
    """Do mixed work as one operation; `label` is its Dutch phrase in the history.

    Numbers and postcodes are written as they are compared, without points and spaces, as an import does. Raises
    `AppError` for what the register cannot hold, `NotFoundError` for a record, or a supplier, contract or certificate
    pointed at, that is not there, and `RegisterError`; then nothing is written.
    """
    new, other, gone = tuple(map(tidied, added)), tuple(map(tidied, changed)), tuple(ended)
    for record in (*new, *other):
        fault = fault_of(record)
        if fault:
            raise AppError(f"{fault.message} Er is niets opgeslagen.", "Verbeter dit en sla het opnieuw op.")
    for record in new:
        _must_hang_together(register, record, {item.id: item for item in new})
    _must_be_once(register, (*other, *new), gone)
    kind = "edit" if other or (new and gone) else "end" if gone else "add"
    at = encode(register.clock.now())
    steps = [*((record, "end") for record in gone), *((record, "save") for record in other),
             *((record, "add") for record in new)]  # fmt: skip
    with register.operation(kind, label):
        for record, step in sorted(steps, key=lambda found: _ORDER[type(found[0])]):
            repository = getattr(register, _KINDS[type(record)][0])
            if step == "end":
                repository.get(record.id)
                repository.archive(record.id, at)
            else:
                getattr(repository, step)(record)


def warnings(register: Register, record: Record) -> dict[str, str]:
    """Return what looks wrong, per field in Dutch, to show while it is typed; a warning blocks nothing.

    The parts of an address are named `visiting_postcode` and `postal_postcode`.
    """
    record = tidied(record)
    found: dict[str, str | None] = {}
    match record:
        case Supplier():
            found = {
                "name": _like_name(register, record),
                "kvk": check_kvk(record.kvk) or _same_kvk(register, record),
                "btw_id": check_btw_id(record.btw_id),
                "visiting_postcode": check_postcode(record.visiting.postcode, record.visiting.country),
                "postal_postcode": check_postcode(record.postal.postcode, record.postal.country),
            } | _reachable(record)
        case Contact():
            found = _reachable(record)
        case Certificate():
            found = _certificate_warnings(record)
    fault = fault_of(record)
    if fault:
        found[fault.field] = fault.message
    return {field: text for field, text in found.items() if text}


# -- what the register cannot hold ------------------------------------------------------------------------------------


def _must_hang_together(register: Register, record: Record, beside: Mapping[str, Record]) -> None:
    """Raise `NotFoundError` when what a new record points at is not there; it may be new too."""
    _owner(register, record, beside)
    match record:
        case Member() if record.member_id not in beside:
            register.suppliers.get(record.member_id)
        case YearAmount() if record.contract_id and record.contract_id not in beside:
            register.contracts.get(record.contract_id)


def _must_be_once(register: Register, written: tuple[Record, ...], gone: tuple[Record, ...]) -> None:
    """Raise `AppError` for a second figure for the same, or a firm that is a member twice.

    Goes through the records in the order of writing, as the unique indexes of the schema do.
    """
    held: dict[str, tuple[Any, ...]] = {}
    for record in written:
        if isinstance(record, YearAmount):
            held |= {item.id: _once(item) for item in register.amounts.list_where("supplier_id", record.supplier_id)}
        elif isinstance(record, Member):
            found = register.members.list_where("combination_id", record.combination_id)
            held |= {item.id: _once(item) for item in found}
    for record in gone:
        held.pop(record.id, None)
    for record in written:
        if not isinstance(record, YearAmount | Member):
            continue
        held.pop(record.id, None)
        if _once(record) in held.values():
            what = "Deze leverancier is al lid van de combinatie."
            if isinstance(record, YearAmount):
                what = f"Er staat al een {record.kind.label} bedrag voor {record.year}."
            raise AppError(f"{what} Er is niets opgeslagen.", "Wijzig wat er al staat.")
        held[record.id] = _once(record)


def _once(record: YearAmount | Member) -> tuple[Any, ...]:
    if isinstance(record, Member):
        return record.combination_id, record.member_id
    return record.supplier_id, record.contract_id, record.year, record.kind


# -- what looks wrong -------------------------------------------------------------------------------------------------


def _same_kvk(register: Register, supplier: Supplier) -> str | None:
    found = register.suppliers.list_where("kvk", supplier.kvk) if supplier.kvk else ()
    names = (other.name for other in found if other.id != supplier.id)
    return next((f"Dit KvK-nummer staat al bij {name}" for name in names), None)


def _like_name(register: Register, supplier: Supplier) -> str | None:
    key = company_key(supplier.name)
    for supplier_id, name in register.look_up.list_named(telling_words(supplier.name), _LIKE_NAMES):
        if supplier_id != supplier.id and company_key(name) == key:
            other = register.suppliers.get(supplier_id)
            city = other.visiting.city or other.postal.city
            return f"Lijkt op {other.name} ({city})" if city else f"Lijkt op {other.name}"
    return None


def _reachable(record: Supplier | Contact) -> dict[str, str | None]:
    return {
        "email": "Een e-mailadres heeft een @." if record.email and "@" not in record.email else None,
        "phone": (
            "Dit telefoonnummer lijkt te kort."
            if record.phone and len(digits(record.phone)) < _SHORTEST_PHONE
            else None
        ),
    }


def _certificate_warnings(certificate: Certificate) -> dict[str, str | None]:
    begins, last = certificate.valid_from, certificate.valid_to
    found: dict[str, str | None] = {
        "covered_kvk": next((f"{kvk}: {text}" for kvk in certificate.covered_kvk if (text := check_kvk(kvk))), None)
    }
    if begins is None or last is None:
        missing = "valid_from" if begins is None else "valid_to"
        found[missing] = "Zonder beide datums telt dit niet: gemeld, bewijs gevraagd."
    elif (last - begins).days > _TWO_YEARS:
        found["valid_to"] = "PSO-certificaten gelden twee jaar."
    return found


# -- how it is written ------------------------------------------------------------------------------------------------


def _owner(register: Register, record: Record, beside: Mapping[str, Record]) -> Supplier | None:
    """Return the supplier that a record is about, None when it is about nobody yet; raises `NotFoundError`."""
    match record:
        case Supplier():
            return record
        case Member():
            key: str | None = record.combination_id
        case Verification():
            checked = beside.get(record.certificate_id) or register.certificates.get(record.certificate_id)
            return _owner(register, checked, beside)
        case _:
            key = record.supplier_id
    if key is None:
        return None
    found = beside.get(key)
    return found if isinstance(found, Supplier) else register.suppliers.get(key)


def _label(register: Register, records: Iterable[Record], done: str) -> str:
    """Return the phrase for the history, after the first record: the others came along with it."""
    beside = {record.id: record for record in records}
    first = next(iter(beside.values()))
    what = f"{_KINDS[type(first)][1]} {done}"
    owner = _owner(register, first, beside)
    if owner is None:
        return what
    return f"{what}: {owner.name}" if owner is first else f"{what} bij {owner.name}"
