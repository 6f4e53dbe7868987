"""Everything about one supplier, its history included."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.base.errors import AppError, NotFoundError
from app.domain.certificate import Certificate, Verification
from app.domain.contract import Contract, YearAmount
from app.domain.journal import CallNote, Change, FollowUp, Operation, Promise, SetAside
from app.domain.letter import Letter, LetterReply
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Contact, Member, Supplier
from app.services.judge_suppliers import Judged, judge_supplier
from app.storage.register import Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One supplier with all that is recorded about it; letters without their PDF.

    Of suppliers that were merged into it the letters and the history are among its own.
    `certificates` holds also those of others that list its KvK number; `other_holders` names the holder of each of
    these, by the certificate's id.
    """

    supplier: Supplier
    judged: Judged
    contacts: tuple[Contact, ...]
    members: tuple[Member, ...]
    contracts: tuple[Contract, ...]
    amounts: tuple[YearAmount, ...]
    certificates: tuple[Certificate, ...]
    other_holders: Mapping[str, str]
    verifications: tuple[Verification, ...]
    exemptions: tuple[Exemption, ...]
    postponements: tuple[Postponement, ...]
    promises: tuple[Promise, ...]
    follow_ups: tuple[FollowUp, ...]
    set_asides: tuple[SetAside, ...]
    call_notes: tuple[CallNote, ...]
    letters: tuple[Letter, ...]
    replies: tuple[LetterReply, ...]
    history: tuple[tuple[Operation, tuple[Change, ...]], ...]


def find_supplier_id(register: Register, key: str) -> str:
    """Return the supplier with this key or KvK number, of one that was merged the one that it turned out to be.

    Raises `NotFoundError`, `AppError` when several fit.
    """
    if register.suppliers.find(key):
        return register.survivor_id(key)
    found = register.suppliers.list_where("kvk", key) if key else ()
    if len(found) > 1:
        names = ", ".join(f"{supplier.name} ({supplier.id})" for supplier in found)
        raise AppError(f"Meer leveranciers hebben KvK-nummer {key}: {names}.", "Gebruik het nummer tussen haakjes.")
    if not found:
        raise NotFoundError(
            f"Er is geen leverancier met nummer {key}.", "Zoek eerst op naam met ‘tredewijzer lookup NAAM’."
        )
    return found[0].id


def show_supplier(register: Register, supplier_id: str, *, on: date) -> Dossier:
    """Return the dossier of one supplier, of one that was merged that of the one that it turned out to be.

    Raises `NotFoundError`.
    """
    supplier = register.suppliers.get(register.survivor_id(supplier_id))
    letters = register.letters.list_of(supplier.id)
    certificates = register.certificates.list_for(supplier.id, supplier.kvk)
    return Dossier(
        supplier=supplier,
        judged=judge_supplier(register, supplier.id, on=on),
        contacts=register.contacts.list_where("supplier_id", supplier.id),
        members=register.members.list_where("combination_id", supplier.id),
        contracts=register.contracts.list_where("supplier_id", supplier.id, "starts_on, number"),
        amounts=register.amounts.list_where("supplier_id", supplier.id, "year, kind"),
        certificates=certificates,
        other_holders={
            item.id: register.suppliers.get(item.supplier_id).name if item.supplier_id else item.holder_name
            for item in certificates
            if item.supplier_id != supplier.id
        },
        verifications=tuple(
            found for item in certificates for found in register.verifications.list_where("certificate_id", item.id)
        ),
        exemptions=register.exemptions.list_where("supplier_id", supplier.id, "from_on"),
        postponements=register.postponements.list_where("supplier_id", supplier.id, "from_on"),
        promises=register.promises.list_where("supplier_id", supplier.id, "due_on"),
        follow_ups=register.follow_ups.list_where("supplier_id", supplier.id, "due_on"),
        set_asides=register.set_asides.list_where("supplier_id", supplier.id, "until_on"),
        call_notes=register.call_notes.list_where("supplier_id", supplier.id, "started_at"),
        letters=letters,
        replies=tuple(
            found
            for letter in letters
            for found in register.letter_replies.list_where("letter_id", letter.id, "received_on, rowid")
        ),
        history=register.history.list_for_supplier(supplier.id),
    )
