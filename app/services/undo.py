"""Taking back what was done, and doing it again."""

from dataclasses import dataclass
from typing import Any

from app.base.errors import AppError
from app.base.formatting import join_words
from app.base.progress import Progress
from app.domain.journal import Operation
from app.services.column_labels import COLUMN_LABELS
from app.services.describe_change import subject_of
from app.storage.changes import Kept
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """What an undo left as it is: of which supplier ("" for none), and what in Dutch."""

    supplier_id: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back; `kept` are the records that later work built on and that were left alone."""

    label: str
    kept: tuple[KeptRecord, ...]


def undo_last(register: Register, *, progress: Progress | None = None) -> TakenBack:
    """Take back the newest operation that still stands; raises `AppError` when there is none, and `Cancelled`."""
    last = register.history.last()
    if last is None:
        raise AppError("Er is niets om ongedaan te maken.")
    if not last.is_undoable:
        raise AppError(f"De laatste handeling kan niet ongedaan worden gemaakt: {last.label}.")
    return _take_back(register, last, progress)


def redo_last(register: Register, *, progress: Progress | None = None) -> TakenBack:
    """Do again what the newest undo took back; raises `AppError` when something else was done since, `Cancelled`."""
    last = register.history.last_undo()
    if last is None:
        raise AppError("Er is niets om opnieuw te doen.")
    return _take_back(register, last, progress)


def undo_operation(register: Register, number: int, *, progress: Progress | None = None) -> TakenBack:
    """Take back any operation; raises `NotFoundError`, `AppError` when it cannot be taken back, and `Cancelled`."""
    operation = register.history.get(number)
    if not operation.is_undoable or operation.undone_by is not None:
        raise AppError(f"Dit kan niet (meer) ongedaan worden gemaakt: {operation.label}.")
    return _take_back(register, operation, progress)


def _take_back(register: Register, operation: Operation, progress: Progress | None) -> TakenBack:
    kept = register.undo(operation, progress=progress)
    return TakenBack(operation.label, tuple(_describe(register, found) for found in kept))


def _describe(register: Register, kept: Kept) -> KeptRecord:
    supplier_id = str(_owner(register, kept) or "")
    supplier = register.suppliers.find(supplier_id) if supplier_id else None
    labels = join_words([COLUMN_LABELS[kept.table][field] for field in kept.fields])
    subject = subject_of(kept.table, kept.record)
    parts = [labels] if kept.table == "supplier" and labels else [subject, labels]
    what = ": ".join(filter(None, parts))
    return KeptRecord(supplier_id, supplier.name if supplier else "", what)


def _owner(register: Register, kept: Kept) -> Any:
    """Return the key of the supplier that a record is about."""
    if kept.table == "supplier":
        return kept.record_id
    certificate_id = kept.record.get("certificate_id")
    if certificate_id:
        return register.certificates.get(certificate_id).supplier_id
    return kept.record.get("supplier_id") or kept.record.get("combination_id")
