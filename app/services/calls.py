"""A conversation by phone, from the first ring to what was agreed.

While it is typed the note is a draft: kept outside the history, so that neither undo nor a power cut can take it.
Finished, it becomes a call note, with what was agreed, as one operation.
"""

from dataclasses import dataclass, replace
from datetime import date

from app.base.errors import AppError
from app.domain.journal import CallDraft, CallNote, FollowUp, Promise
from app.domain.soundness import Record
from app.services.record import put
from app.storage.register import Register

_LONGEST_CALLER = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What a caller and we agreed on: something to do for us, or a promise of the supplier; `what` is not empty."""

    due_on: date
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCall:
    """One conversation of the past, with the supplier's name, "" when it is about nobody known."""

    note: CallNote
    name: str


def begin_call(
    register: Register, supplier_id: str | None, *, by: str = "", caller: str = "", is_call: bool = False
) -> CallDraft:
    """Return a new draft that begins now; it is on disk once it is kept. `is_call` when the phone began it."""
    now = register.clock.now()
    return CallDraft(
        id=register.new_id(),
        supplier_id=supplier_id,
        started_at=now,
        saved_at=now,
        text="",
        by=by or register.by,
        caller=" ".join(caller.split())[:_LONGEST_CALLER],
        is_call=is_call,
    )


def list_drafts(register: Register) -> tuple[CallDraft, ...]:
    """Return the conversations that are not finished, the newest first.

    One whose supplier is not there any more, because its making was undone, is about nobody known.
    """
    return tuple(
        draft if draft.supplier_id is None or register.suppliers.find(draft.supplier_id) else _about_nobody(draft)
        for draft in register.call_drafts.list_all()
    )


def keep_draft(register: Register, draft: CallDraft) -> CallDraft:
    """Write a draft as it is now and return it with the time of it; raises `RegisterError`."""
    kept = replace(draft, saved_at=register.clock.now())
    register.keep_draft(kept)
    return kept


def drop_draft(register: Register, draft_id: str) -> None:
    """Throw a draft away that says nothing; raises `RegisterError`."""
    register.drop_draft(draft_id)


def finish_call(
    register: Register,
    draft: CallDraft,
    *,
    follow_up: Agreed | None = None,
    promise: Agreed | None = None,
) -> CallNote:
    """Turn a draft into a call note with what was agreed, as one operation; the draft is gone after it.

    Only a call that the phone began has a duration. Raises `AppError` when something was agreed with nobody known,
    and `RegisterError`; the draft stays then.
    """
    if draft.supplier_id is None and (follow_up or promise):
        raise AppError(
            "Een afspraak hoort bij een leverancier. Er is niets opgeslagen; de notitie staat er nog.",
            "Kies eerst de leverancier.",
        )
    note = CallNote(
        id=draft.id,
        supplier_id=draft.supplier_id,
        started_at=draft.started_at,
        ended_at=register.clock.now() if draft.is_call else None,
        caller=draft.caller,
        text=draft.text.strip(),
        by=draft.by,
    )
    records: list[Record] = [note]
    if draft.supplier_id is not None:
        records += _agreed(register, draft.supplier_id, draft.by, follow_up, promise)
    put(register, added=records, label=_label(register, note))
    register.drop_draft(draft.id)
    return note


def add_agreed(
    register: Register, supplier_id: str, *, follow_up: Agreed | None = None, promise: Agreed | None = None
) -> None:
    """Record what was agreed in a call that is finished, as one operation; errors as `record.put`."""
    records = _agreed(register, supplier_id, register.by, follow_up, promise)
    name = register.suppliers.get(supplier_id).name
    if records:
        put(register, added=records, label=f"Afspraak vastgelegd bij {name}")


def recent_calls(register: Register, *, limit: int = 20) -> tuple[PastCall, ...]:
    """Return the last conversations of everyone, the newest first."""
    found = []
    for note in register.call_notes.list_last("started_at", limit):
        supplier = register.suppliers.find(note.supplier_id) if note.supplier_id else None
        found.append(PastCall(note=note, name=supplier.name if supplier else ""))
    return tuple(found)


def _agreed(
    register: Register, supplier_id: str, by: str, follow_up: Agreed | None, promise: Agreed | None
) -> list[Record]:
    records: list[Record] = []
    if follow_up:
        records.append(
            FollowUp(id=register.new_id(), supplier_id=supplier_id, due_on=follow_up.due_on, what=follow_up.what, by=by)
        )
    if promise:
        records.append(
            Promise(id=register.new_id(), supplier_id=supplier_id, due_on=promise.due_on, what=promise.what, by=by)
        )
    return records


def _label(register: Register, note: CallNote) -> str:
    if note.supplier_id is None:
        return f"Gesprek met {note.caller}" if note.caller else "Gesprek zonder leverancier"
    return f"Gesprek met {register.suppliers.get(note.supplier_id).name}"


def _about_nobody(draft: CallDraft) -> CallDraft:
    return replace(draft, supplier_id=None)
