"""A fresh, empty register for each test that asks for one."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.base.clock import SetClock
from app.storage import database
from app.storage.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register on disk, on Monday 23 November 2026."""
    clock = SetClock.at(date(2026, 11, 23))
    opened = database.create(tmp_path / "proef.tredewijzer", device="test", by="advisor 1", clock=clock)
    made = Register(opened, clock=clock, by="advisor 1")
    yield made
    made.close()
