"""The one place that builds the real parts: clock, user, device, and a register on disk."""

import getpass
import platform
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app.base.clock import Clock, SetClock, SystemClock
from app.base.errors import RegisterError
from app.base.keys import random_keys
from app.example.fill import fill_example
from app.services import Register, create_register
from app.services.letter_texts import seed_missing_texts
from app.storage import database


def user_name() -> str:
    """Return who works at this computer, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "onbekend"


def make_register(path: Path, *, clock: Clock | None = None) -> Register:
    """Make a register with the shipped rules and letter texts; raises `RegisterError` when the file exists."""
    return _new_register(
        path,
        clock=clock or SystemClock(),
        device=platform.node() or "onbekend",
        by=user_name(),
        fill=create_register.seed,
    )


def make_example(path: Path, *, today: date | None = None, extra: int = 0) -> Register:
    """Make an example register of fictional firms with a past; the same for the same day.

    `extra` adds that many generated suppliers, for load. Raises `RegisterError` when the file exists, `AppError` for a
    day before 2023.
    """
    day = today or SystemClock().today()
    clock = SetClock.at(date(2020, 1, 6))

    def fill(register: Register) -> None:
        create_register.seed(register)
        fill_example(register, clock=clock, today=day, extra=extra)

    keys = random_keys(day.toordinal())
    return _new_register(path, clock=clock, device="voorbeeld", by="advisor 1", fill=fill, new_id=keys)


@contextmanager
def opened(path: Path, *, to_write: bool, clock: Clock | None = None) -> Iterator[Register]:
    """Open an existing register for as long as the block lasts.

    Raises `RegisterError`, also for damage or a lock that shows only while reading.
    """
    register = open_register(path, to_write=to_write, clock=clock)
    try:
        with database.readable_errors(path):
            yield register
    finally:
        register.close()


def open_register(path: Path, *, to_write: bool, clock: Clock | None = None, by: str = "") -> Register:
    """Open an existing register; `by` is who works there, "" for the system's user. Raises `RegisterError`."""
    clock = clock or SystemClock()
    by = by or user_name()
    found = database.open_for_writing(path, by=by, clock=clock) if to_write else database.open_for_reading(path)
    register = Register(found, clock=clock, by=by)
    try:
        with database.readable_errors(path):
            if not register.is_seeded():
                raise RegisterError(
                    f"Het register {path} is niet af: het maken ervan is onderbroken.",
                    "Verwijder het en maak het opnieuw.",
                )
            if to_write:
                seed_missing_texts(register)
    except BaseException:
        register.close()
        raise
    return register


def _new_register(
    path: Path,
    *,
    clock: Clock,
    device: str,
    by: str,
    fill: Callable[[Register], None],
    new_id: Callable[[], str] | None = None,
) -> Register:
    register = Register(database.create(path, device=device, by=by, clock=clock), clock=clock, by=by, new_id=new_id)
    try:
        fill(register)
    except BaseException:
        register.close()
        path.unlink(missing_ok=True)
        raise
    return register
