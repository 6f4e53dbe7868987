"""A conversation by phone, from the first ring to what was agreed.

While it is typed the note is a draft: kept outside the history, so that neither undo nor a power cut can take it.
Finished, it becomes a call note, as one operation; what was agreed is recorded after it. The draft stays beneath the
note until the register is opened again, so that undo brings it back.
"""

from dataclasses import dataclass, replace
from datetime import date

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

    Each is about who `supplier_now` says.
    """
    return tuple(replace(draft, supplier_id=supplier_now(register, draft)) for draft in register.call_drafts.list_all())


def supplier_now(register: Register, draft: CallDraft) -> str | None:
    """Return whom a conversation is about by now.

    Of a supplier that was merged it is the one that it turned out to be; one whose making was undone is nobody known.
    """
    if draft.supplier_id is None or register.suppliers.find(draft.supplier_id) is None:
        return None
    return register.survivor_id(draft.supplier_id)


def keep_draft(register: Register, draft: CallDraft) -> CallDraft:
    """Write a draft as it is now and return it with the time of it; raises `RegisterError`."""
    kept = replace(draft, saved_at=register.clock.now())
    register.keep_draft(kept)
    return kept


def drop_draft(register: Register, draft_id: str) -> None:
    """Throw a draft away that says nothing; raises `RegisterError`."""
    register.drop_drafts(draft_id)


def drop_finished(register: Register) -> None:
    """Throw away the drafts that became call notes; raises `RegisterError`."""
    register.drop_drafts("")


def finish_call(register: Register, draft: CallDraft) -> CallNote:
    """Turn a draft into a call note, as one operation.

    A call that the phone began has a duration when something was noted of it. Raises `RegisterError`; the draft stays
    then.
    """
    register.keep_draft(draft)
    text = draft.text.strip()
    note = CallNote(
        id=draft.id,
        supplier_id=supplier_now(register, draft),
        started_at=draft.started_at,
        ended_at=register.clock.now() if draft.is_call and text else None,
        caller=draft.caller,
        text=text,
        by=draft.by,
    )
    put(register, added=[note], label=_label(register, note))
    return note


def add_agreed(
    register: Register, supplier_id: str, *, follow_up: Agreed | None = None, promise: Agreed | None = None
) -> None:
    """Record what was agreed in a call that is finished, as one operation; errors as `record.put`."""
    records: list[Record] = [
        kind(id=register.new_id(), supplier_id=supplier_id, due_on=agreed.due_on, what=agreed.what, by=register.by)
        for kind, agreed in ((FollowUp, follow_up), (Promise, promise))
        if agreed
    ]
    if records:
        supplier_id = register.survivor_id(supplier_id)
        name = register.suppliers.get(supplier_id).name
        put(register, added=records, label=f"Afspraak vastgelegd bij {name}")


def recent_calls(register: Register, *, limit: int = 20) -> tuple[CallNote, ...]:
    """Return the last conversations of everyone, the newest first."""
    return register.call_notes.list_last("started_at", limit)


def _label(register: Register, note: CallNote) -> str:
    if note.supplier_id is None:
        return f"Gesprek met {note.caller}" if note.caller else "Gesprek zonder leverancier"
    return f"Gesprek met {register.suppliers.get(note.supplier_id).name}"
