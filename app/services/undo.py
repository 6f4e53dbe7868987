"""Taking back what was done, and doing it again."""

from dataclasses import dataclass

from app.base.errors import AppError
from app.base.progress import Progress
from app.domain.journal import Operation
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back; `kept` counts the records that later work built on and that were left alone."""

    label: str
    kept: int


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
    return TakenBack(operation.label, len(register.undo(operation, progress=progress)))
