"""What happened: calls, follow-ups, promises, and the operations that changed the register."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

UNKNOWN_CALLER = "Onbekende beller"
"""What a caller of whom nothing is known is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNote:
    """A conversation; `supplier_id` is None until the caller is known. Times in UTC."""

    id: str
    supplier_id: str | None
    started_at: datetime
    text: str
    by: str
    ended_at: datetime | None = None
    caller: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDraft:
    """A conversation that is not finished: kept while it is typed, outside the history.

    `caller` is the name or number as it was typed or shown by the phone; `is_call` whether a call began it, so that
    its duration is known. Times in UTC.
    """

    id: str
    supplier_id: str | None
    started_at: datetime
    text: str
    by: str
    saved_at: datetime
    caller: str = ""
    is_call: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Something to do for a supplier on a day; `done_at` ends it."""

    id: str
    supplier_id: str
    due_on: date
    what: str
    by: str
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a supplier said it would do, and by when; pauses reminders until then."""

    id: str
    supplier_id: str
    due_on: date
    what: str
    by: str
    settled_at: datetime | None = None


class Aside(StrEnum):
    """How something on the work list was set aside; SEEN holds as long as its cause stays the same."""

    SEEN = "seen"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Something on the work list that needs no attention up to and including a day, and why.

    `cause` names what it is about, such as `certificate:ID`: when that changes, it is on the list again.
    """

    id: str
    supplier_id: str
    cause: str
    how: Aside
    reason: str
    until_on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing a user did: one transaction. `label` is a Dutch phrase, `undoes` the operation it took back."""

    id: int
    kind: str
    label: str
    by: str
    at: datetime
    device: str
    is_undoable: bool
    undoes: int | None = None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One changed field, or one record added or removed (then `field` is None and the value is its JSON)."""

    seq: int
    operation_id: int
    table: str
    record_id: str
    field: str | None
    old: str | int | None
    new: str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """One import: which file, how its columns were read, when and by whom.

    `columns` is JSON, heading to field; `choices` JSON too: what else the user chose about files of this layout.
    `digest` holds checksums of 8 characters, however the file was saved: of all rows with amounts, then of each of them
    that was taken; "" when there were none.
    """

    id: str
    file_name: str
    sheet: str | None
    row_count: int
    sha256: str
    columns: str
    imported_at: datetime
    imported_by: str
    choices: str = "{}"
    digest: str = ""
