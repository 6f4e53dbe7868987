"""Setting things on the work list aside: seen and in order, or later; and putting them back."""

from collections.abc import Collection
from datetime import date

from app.base.errors import AppError
from app.base.formatting import count
from app.domain.journal import Aside, SetAside
from app.domain.work import WorkItem
from app.services import record
from app.storage.register import Register

_DONE = {Aside.SEEN: "Gezien", Aside.LATER: "Later"}


def set_aside(register: Register, items: Collection[WorkItem], *, how: Aside, reason: str, until_on: date) -> None:
    """Take items off the list up to and including a day, as one operation; an earlier setting aside makes place.

    Raises `AppError` for a conversation without a supplier, a day that is over or no reason, and what `record.put`
    raises; then nothing is written.
    """
    if any(item.supplier_id is None for item in items):
        raise AppError("Een gesprek zonder leverancier kan niet worden weggezet.", "Koppel het, of handel het af.")
    if until_on < register.clock.today():
        raise AppError("De laatste dag is al voorbij.", "Kies vandaag of een latere dag.")
    record.put(
        register,
        added=[
            SetAside(
                id=register.new_id(),
                supplier_id=item.supplier_id,
                cause=item.cause,
                how=how,
                reason=reason.strip(),
                until_on=until_on,
                by=register.by,
            )
            for item in items
            if item.supplier_id is not None
        ],
        ended=_known(register, items),
        label=f"{_DONE[how]}: {_whose(items)}",
    )


def put_back(register: Register, items: Collection[WorkItem]) -> None:
    """Put items that were set aside on the list again, as one operation; errors as `record.put`."""
    record.put(register, ended=_known(register, items), label=f"Weer op de lijst: {_whose(items)}")


def _known(register: Register, items: Collection[WorkItem]) -> list[SetAside]:
    """Return what set these aside by now: somebody may have put one back meanwhile."""
    found = (register.set_asides.find(item.aside.id) for item in items if item.aside)
    return [aside for aside in found if aside is not None]


def _whose(items: Collection[WorkItem]) -> str:
    names = {item.supplier_id: item.name for item in items}
    return next(iter(names.values())) if len(names) == 1 else count(len(names), "leverancier", "leveranciers")
