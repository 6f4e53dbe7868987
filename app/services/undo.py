"""Taking back what was done, and doing it again."""

from dataclasses import dataclass

from app.base.errors import AppError
from app.domain.journal import Operation
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back; `kept` counts the records that later work built on and that were left alone."""

    label: str
    kept: int


def undo_last(register: Register) -> TakenBack:
    """Take back the newest operation that still stands; raises `AppError` when there is none."""
    last = register.history.last()
    if last is None or last.kind == "init":
        raise AppError("Er is niets om ongedaan te maken.")
    if not last.is_undoable:
        raise AppError(f"De laatste handeling kan niet ongedaan worden gemaakt: {last.label}.")
    return _take_back(register, last)


def redo_last(register: Register) -> TakenBack:
    """Do again what the newest undo took back; raises `AppError` when something else was done since."""
    last = register.history.last_undo()
    if last is None:
        raise AppError("Er is niets om opnieuw te doen.")
    return _take_back(register, last)


def undo_operation(register: Register, number: int) -> TakenBack:
    """Take back any operation of the history; raises `NotFoundError`, `AppError` when it cannot be taken back."""
    operation = register.history.get(number)
    if not operation.is_undoable or operation.undone_by is not None:
        raise AppError(f"Dit kan niet (meer) ongedaan worden gemaakt: {operation.label}.")
    return _take_back(register, operation)


def _take_back(register: Register, operation: Operation) -> TakenBack:
    return TakenBack(operation.label, len(register.undo(operation)))
