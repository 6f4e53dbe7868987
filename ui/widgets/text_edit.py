"""Several lines to type in: Tab goes on, and Ctrl+Z is the register's when there is no typing to undo."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.base.undo_key import UndoKey


class TextEdit(QPlainTextEdit):
    """The one text edit of the program, as `LineEdit` is for a line."""

    def __init__(self, name: str, *, hint: str = "") -> None:
        """`name` is what a screen reader says."""
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self._undo_key = UndoKey()

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Shift+Z to the window when no typing is left to undo (`UndoKey`)."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            can_undo, can_redo = self.document().isUndoAvailable(), self.document().isRedoAvailable()
            if self._undo_key.is_for_window(event, can_undo=can_undo, can_redo=can_redo):
                event.ignore()
                return False
        return super().event(event)
