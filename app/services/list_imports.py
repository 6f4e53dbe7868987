"""The imports of before: which file, when, by whom, and whether it can still be taken back."""

from typing import NamedTuple

from app.domain.journal import ImportBatch
from app.storage.register import Register


class ImportLine(NamedTuple):
    """One import; `operation_number` is what to take back, None where that cannot be done."""

    batch: ImportBatch
    operation_number: int | None


def list_imports(register: Register, *, limit: int = 100) -> tuple[ImportLine, ...]:
    """Return the imports that stand, newest first."""
    batches = register.import_batches.list_all("imported_at DESC, rowid DESC")[:limit]
    return tuple(ImportLine(batch, _operation_of(register, batch)) for batch in batches)


def _operation_of(register: Register, batch: ImportBatch) -> int | None:
    operation = register.history.find_adding(batch.id)
    return operation.id if operation and operation.is_undoable else None
