"""Two suppliers of the register that turn out to be one; and two that somebody says are two.

A merge is one operation, and taken back as one. The supplier that goes ends and leads to the one that is kept; only its
letters stay with it, because a letter is kept as it was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.base.errors import AppError
from app.base.formatting import count
from app.domain.certificate import Certificate, Verification
from app.domain.contract import Contract, YearAmount
from app.domain.supplier import Contact, NotTheSame, Supplier
from app.services.find_duplicates import key_of
from app.services.merge_fields import Choice, Side, field_choices, merged
from app.services.merge_records import Belongings, belongings_of, record_changes, record_choices
from app.storage.mapping import encode
from app.storage.register import Register
from app.storage.repository import Repository

__all__ = ["Choice", "MergePlan", "OutdatedMergeError", "Side", "mark_not_the_same", "merge_suppliers", "plan_merge"]

# What is counted of what moves, and how one and more of them are called.
_MOVING = {
    "contacts": ("contactpersoon", "contactpersonen"),
    "contracts": ("contract", "contracten"),
    "amounts": ("bedrag", "bedragen"),
    "certificates": ("certificaat", "certificaten"),
    "exemptions": ("vrijstelling", "vrijstellingen"),
    "postponements": ("uitstel", "keer uitstel"),
    "promises": ("toezegging", "toezeggingen"),
    "follow_ups": ("taak", "taken"),
    "call_notes": ("gesprek", "gesprekken"),
}


class OutdatedMergeError(AppError):
    """The register was changed since the plan was made; make it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePlan:
    """What merging `gone` into `kept` would do.

    `choices` are what the two differ on, `same` the Dutch labels of the fields on which they agree, `moves` says in
    Dutch what of `gone` belongs to `kept` afterwards.
    """

    kept: Supplier
    gone: Supplier
    choices: tuple[Choice, ...]
    same: tuple[str, ...]
    moves: tuple[str, ...]

    def sides(self, chosen: Mapping[str, Side]) -> dict[str, Side]:
        """Return whose value stays of every choice: as chosen, else as proposed."""
        return {choice.key: chosen.get(choice.key, choice.proposal) for choice in self.choices}

    def outcome(self, chosen: Mapping[str, Side]) -> Supplier:
        """Return the supplier that the two become."""
        return merged(self.kept, self.gone, self.sides(chosen))


def plan_merge(register: Register, kept_id: str, gone_id: str) -> MergePlan:
    """Return what merging a supplier into another would do; changes nothing.

    Raises `NotFoundError`, and `AppError` for one that has ended, or for the same supplier twice.
    """
    kept, gone = register.suppliers.get(kept_id), register.suppliers.get(gone_id)
    if kept.id == gone.id:
        raise AppError("Dit is één leverancier.", "Kies twee leveranciers.")
    for supplier in (kept, gone):
        if supplier.is_archived:
            raise AppError(f"{supplier.name} is beëindigd.", "Kies twee leveranciers die niet zijn beëindigd.")
    choices, same = field_choices(kept, gone)
    ours, theirs = belongings_of(register, kept.id), belongings_of(register, gone.id)
    return MergePlan(
        kept=kept,
        gone=gone,
        choices=(*choices, *record_choices(ours, theirs)),
        same=same,
        moves=_moves(register, gone.id),
    )


def merge_suppliers(register: Register, plan: MergePlan, chosen: Mapping[str, Side]) -> None:
    """Merge two suppliers as planned, as one operation; what was not chosen goes as proposed.

    Raises `OutdatedMergeError` when what the plan rests on was changed since, errors of `plan_merge`, and
    `RegisterError`; then nothing is written.
    """
    kept, gone = plan.kept, plan.gone
    if plan_merge(register, kept.id, gone.id) != plan:
        raise OutdatedMergeError(
            "Een van de twee leveranciers is intussen veranderd. Er is niets samengevoegd.", "Bekijk de keuzes opnieuw."
        )
    ours, theirs = belongings_of(register, kept.id), belongings_of(register, gone.id)
    changes = record_changes(ours, theirs, plan.sides(chosen), _checks(register, theirs))
    outcome, now = plan.outcome(chosen), register.clock.now()
    repositories: Mapping[type, Repository[Any]] = {
        Contact: register.contacts,
        Contract: register.contracts,
        YearAmount: register.amounts,
        Certificate: register.certificates,
        Verification: register.verifications,
    }
    with register.operation("merge", f"Samengevoegd: {gone.name} met {outcome.name}"):
        register.suppliers.save(outcome)
        for ended in changes.ended:
            repositories[type(ended)].archive(ended.id, encode(now))
        for changed in changes.changed:
            repositories[type(changed)].save(changed)
        register.move_all(gone.id, kept_id=kept.id)
        register.suppliers.save(replace(gone, merged_into=kept.id, archived_at=now))


def mark_not_the_same(register: Register, one_id: str, other_id: str) -> None:
    """Remember that two suppliers are two, as one operation; known already, it leaves no trace.

    Raises `NotFoundError` and `RegisterError`.
    """
    first, second = key_of(one_id, other_id)
    names = " en ".join(register.suppliers.get(key).name for key in (one_id, other_id))
    known = register.not_the_same.list_where("supplier_id", first)
    if any(found.other_id == second for found in known):
        return
    with register.operation("not_the_same", f"Twee bedrijven: {names}"):
        register.not_the_same.add(NotTheSame(id=register.new_id(), supplier_id=first, other_id=second, by=register.by))


def _checks(register: Register, belongings: Belongings) -> dict[str, tuple[Verification, ...]]:
    ids = [certificate.id for certificate in belongings.certificates if certificate.is_verified]
    return {key: register.verifications.list_where("certificate_id", key) for key in ids}


def _moves(register: Register, supplier_id: str) -> tuple[str, ...]:
    counted = {name: len(getattr(register, name).list_where("supplier_id", supplier_id)) for name in _MOVING}
    moves = [count(found, *_MOVING[name]) for name, found in counted.items() if found]
    members = [*register.members.list_where("combination_id", supplier_id),
               *register.members.list_where("member_id", supplier_id)]  # fmt: skip
    letters = register.letters.list_of(supplier_id)
    replies = sum(len(register.letter_replies.list_where("letter_id", letter.id)) for letter in letters)
    if members:
        moves.append(count(len(members), "lidmaatschap van een combinatie", "lidmaatschappen van combinaties"))
    if letters:
        moves.append(count(len(letters), "brief", "brieven"))
    if replies:
        moves.append(count(replies, "antwoord", "antwoorden"))
    return tuple(moves)
