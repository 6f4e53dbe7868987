"""Whoever takes back typing with one key too many takes back nothing of the register."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.base.undo_key import UndoKey


def ctrl_z(*, is_repeat: bool = False) -> QKeyEvent:
    key, control = Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier
    return QKeyEvent(QEvent.Type.ShortcutOverride, key, control, "", is_repeat)


def test_the_register_has_its_turn_only_after_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr("ui.base.undo_key.time.monotonic", lambda: now[0])
    key = UndoKey()
    assert key.is_for_window(ctrl_z(), can_undo=False, can_redo=False)
    assert not key.is_for_window(ctrl_z(), can_undo=True, can_redo=False)
    for _ in range(5):
        now[0] += 0.9
        assert not key.is_for_window(ctrl_z(), can_undo=False, can_redo=False)
    now[0] += 1.6
    assert key.is_for_window(ctrl_z(), can_undo=False, can_redo=False)


def test_a_key_that_is_held_never_reaches_the_register() -> None:
    assert not UndoKey().is_for_window(ctrl_z(is_repeat=True), can_undo=False, can_redo=False)


def test_other_keys_are_no_business_of_it() -> None:
    letter = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not UndoKey().is_for_window(letter, can_undo=False, can_redo=False)
