"""What a record must be before the register can hold it: the same for every way of recording by hand."""

from dataclasses import replace
from typing import NamedTuple, TypeAlias, TypeVar

from app.domain.certificate import Certificate, Verification
from app.domain.contract import Contract, YearAmount
from app.domain.identifiers import clean_btw_id, clean_kvk, clean_postcode
from app.domain.journal import CallNote, FollowUp, Promise, SetAside
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Address, Contact, Member, Supplier

Record: TypeAlias = (
    Supplier | Member | Contact | Contract | YearAmount | Certificate | Verification
    | Exemption | Postponement | Promise | FollowUp | CallNote | SetAside
)  # fmt: skip
R = TypeVar("R", bound=Record)


class Fault(NamedTuple):
    """Why the register cannot hold a record: the field, and a Dutch sentence."""

    field: str
    message: str


def fault_of(record: Record) -> Fault | None:
    """Return what the register would refuse about one record by itself, None when it is sound."""
    match record:
        case Supplier(name=""):
            return Fault("name", "Een leverancier heeft een naam nodig.")
        case Member() if record.combination_id == record.member_id:
            return Fault("member_id", "Een combinatie is geen lid van zichzelf.")
        case Contract() if record.starts_on and record.ends_on and record.ends_on < record.starts_on:
            return Fault("ends_on", "Het contract eindigt voordat het begint.")
        case Contract() if record.total_cents is not None and record.total_cents < 0:
            return Fault("total_cents", "Het totaal van een contract is niet negatief.")
        case YearAmount() if not 1900 <= record.year <= 9999:
            return Fault("year", "Het jaar ligt niet tussen 1900 en 9999.")
        case Certificate() if record.valid_from and record.valid_to and record.valid_to < record.valid_from:
            return Fault("valid_to", "Het certificaat eindigt voordat het begint.")
        case Exemption() if record.to_on < record.from_on:
            return Fault("to_on", "De vrijstelling eindigt voordat zij begint.")
        case Postponement() if record.to_on < record.from_on:
            return Fault("to_on", "Het uitstel eindigt voordat het begint.")
        case SetAside() if not record.reason.strip():
            return Fault("reason", "Schrijf op waarom dit kan wachten.")
    return None


def tidied(record: R) -> R:
    """Return a record with numbers and postcodes as they are compared: without points and spaces."""
    match record:
        case Supplier():
            return replace(
                record,
                name=" ".join(record.name.split()),
                kvk=clean_kvk(record.kvk),
                btw_id=clean_btw_id(record.btw_id),
                visiting=_tidy_address(record.visiting),
                postal=_tidy_address(record.postal),
            )
        case Certificate():
            return replace(record, covered_kvk=tuple(dict.fromkeys(filter(None, map(clean_kvk, record.covered_kvk)))))
    return record


def _tidy_address(address: Address) -> Address:
    return replace(address, postcode=clean_postcode(address.postcode))
