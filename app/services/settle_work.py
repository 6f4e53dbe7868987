"""Ending things on the work list for real: settled, done, promised anew, or linked to who called."""

from dataclasses import replace
from datetime import date

from app.base.errors import AppError
from app.domain.journal import Promise
from app.domain.work import WorkItem, WorkKind
from app.services import record
from app.storage.register import Register


def settle(register: Register, item: WorkItem) -> None:
    """End a promise that came due, a task, an answer or a conversation without a supplier; errors as `record.put`."""
    now = register.clock.now()
    match item.kind:
        case WorkKind.PROMISE_DUE:
            promise = replace(register.promises.get(item.record_id), settled_at=now)
            record.save(register, promise, label=f"Toezegging afgehandeld: {item.name}")
        case WorkKind.TASK_DUE:
            task = replace(register.follow_ups.get(item.record_id), done_at=now)
            record.save(register, task, label=f"Taak klaar: {item.name}")
        case WorkKind.ANSWERED:
            replies = register.letter_replies.list_where("letter_id", item.record_id)
            with register.operation("edit", f"Antwoord afgehandeld: {item.name}"):
                register.letter_replies.save_all(replace(reply, settled_at=now) for reply in replies)
        case WorkKind.LOOSE_CALL:
            call = register.call_notes.get(item.record_id)
            record.put(register, ended=[call], label=f"Gesprek afgehandeld: {item.name}")
        case _:
            raise AppError(f"‘{item.words}’ is pas af als de gegevens kloppen.", "Vul die aan bij de leverancier.")


def promise(register: Register, item: WorkItem, *, what: str, due_on: date) -> None:
    """Note what a supplier will do, and by when; a promise that came due is settled by it, in one operation.

    Raises `AppError` for a conversation without a supplier, and errors as `record.put`.
    """
    if item.supplier_id is None:
        raise AppError("Dit gesprek hoort nog bij geen leverancier.", "Koppel het eerst.")
    made = Promise(id=register.new_id(), supplier_id=item.supplier_id, due_on=due_on, what=what, by=register.by)
    old = [register.promises.get(item.record_id)] if item.kind is WorkKind.PROMISE_DUE else []
    settled = [replace(one, settled_at=register.clock.now()) for one in old]
    record.put(register, added=[made], changed=settled, label=f"Toezegging van {item.name}")


def link_call(register: Register, call_id: str, *, supplier_id: str) -> None:
    """Say of whom a conversation was; raises `NotFoundError`, also for the supplier, and errors as `record.put`."""
    supplier = register.suppliers.get(supplier_id)
    call = replace(register.call_notes.get(call_id), supplier_id=supplier.id)
    record.save(register, call, label=f"Gesprek gekoppeld aan {supplier.name}")
