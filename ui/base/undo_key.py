"""Whose Ctrl+Z it is: the field's, or the register's when there is no typing left to undo.

Whoever takes back typing holds the key or presses it in quick succession, and must not take back a whole import with
one press too many: the register's turn comes only after a pause.
"""

import time

from PySide6.QtGui import QKeyEvent, QKeySequence

PAUSE_S = 1.5


class UndoKey:
    """Remembers when the field last took it."""

    def __init__(self) -> None:
        """Nothing was taken back yet."""
        self._taken_at = float("-inf")

    def is_for_window(self, event: QKeyEvent, *, can_undo: bool, can_redo: bool) -> bool:
        """Whether a key undoes or redoes in the register; what the field can do itself it says in `can_…`."""
        undoes, redoes = (event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo))
        if not undoes and not redoes:
            return False
        now = time.monotonic()
        is_for_field = (undoes and can_undo) or (redoes and can_redo)
        if is_for_field or event.isAutoRepeat() or now - self._taken_at < PAUSE_S:
            self._taken_at = now
            return False
        return True
