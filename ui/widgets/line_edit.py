"""A line to type in: long pastes are cut with a word, and Ctrl+Z is the register's when there is no typing to undo."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.base.undo_key import UndoKey

LONGEST_LINE = 2_000


class LineEdit(QLineEdit):
    """The one line edit of the program. `emptied` tells that Esc cleared it, `left_down` that ↓ was pressed."""

    emptied = Signal()
    left_down = Signal()

    def __init__(self, name: str, *, hint: str = "", clears: bool = False) -> None:
        """`name` is what a screen reader says; `clears` lets Esc empty it."""
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(LONGEST_LINE)
        self._clears = clears
        self._undo_key = UndoKey()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Shift+Z to the window when no typing is left to undo (`UndoKey`)."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            can_undo, can_redo = self.isUndoAvailable(), self.isRedoAvailable()
            if self._undo_key.is_for_window(event, can_undo=can_undo, can_redo=can_redo):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties, ↓ goes on to what stands below."""
        if event.key() == Qt.Key.Key_Escape and self._clears and self.text():
            self.clear()
            self.emptied.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)
