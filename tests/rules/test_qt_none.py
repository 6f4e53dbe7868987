"""PySide6 6.12.0 loses a reference to None at every call that returns nothing, and then aborts the program."""

import sys

import pytest

CALLS = 1_000
# The interpreter itself takes and drops a few while the loop runs.
MARGIN = 50


def test_calls_into_qt_lose_no_reference_to_none(request: pytest.FixtureRequest):
    widgets = pytest.importorskip("PySide6.QtWidgets", reason="PySide6 is absent")
    request.getfixturevalue("qapp")
    label = widgets.QLabel()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        label.setText("PSO trede 3")
    assert before - sys.getrefcount(None) < MARGIN
