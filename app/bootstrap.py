"""The one place that builds the real parts: clock, user, device, and a register on disk."""

import getpass
import platform
import random
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.base.clock import Clock, SetClock, SystemClock
from app.services import Register, create_register
from app.services import make_example as example
from app.storage import database


def user_name() -> str:
    """Return who works at this computer, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "onbekend"


def make_register(path: Path, *, clock: Clock | None = None) -> Register:
    """Make a register with the shipped rules and letter texts; raises `RegisterError` when the file exists."""
    clock = clock or SystemClock()
    opened = database.create(path, device=platform.node() or "onbekend", by=user_name(), clock=clock)
    register = Register(opened, clock=clock, by=user_name())
    create_register.seed(register)
    return register


def open_register(path: Path, *, to_write: bool, clock: Clock | None = None) -> Register:
    """Open an existing register; raises `RegisterError`."""
    clock = clock or SystemClock()
    if to_write:
        opened = database.open_for_writing(path, by=user_name(), clock=clock)
    else:
        opened = database.open_for_reading(path)
    return Register(opened, clock=clock, by=user_name())


def make_example(path: Path, *, today: date | None = None, extra: int = 0) -> Register:
    """Make an example register of fictional firms with a past; the same for the same day.

    `extra` adds that many generated suppliers, for load. Raises `RegisterError` when the file exists, `AppError` for a
    day before 2023. Nothing is left of an example that was not finished.
    """
    today = today or SystemClock().today()
    clock = SetClock.at(date(2020, 1, 6))
    opened = database.create(path, device="voorbeeld", by="advisor 1", clock=clock)
    register = Register(opened, clock=clock, by="advisor 1", new_id=_repeatable_keys(today))
    try:
        create_register.seed(register)
        example.fill_example(register, clock=clock, today=today, extra=extra)
    except BaseException:
        register.close()
        path.unlink(missing_ok=True)
        raise
    return register


def _repeatable_keys(today: date) -> Callable[[], str]:
    source = random.Random(today.toordinal())
    return lambda: str(uuid.UUID(int=source.getrandbits(128), version=4))
