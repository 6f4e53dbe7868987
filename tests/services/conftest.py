"""A register as a user gets it: shipped rules, letter texts and settings."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap
from app.base.clock import SetClock
from app.services import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register on Monday 23 November 2026."""
    made = bootstrap.make_register(tmp_path / "proef.tredewijzer", clock=SetClock.at(date(2026, 11, 23)))
    yield made
    made.close()
