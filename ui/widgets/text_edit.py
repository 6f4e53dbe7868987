"""Several lines to type in: Tab goes on, and Ctrl+Z is the register's when there is no typing to undo."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit


class TextEdit(QPlainTextEdit):
    """The one text edit of the program, as `LineEdit` is for a line."""

    def __init__(self, name: str, *, hint: str = "") -> None:
        """`name` is what a screen reader says."""
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)

    def event(self, event: QEvent) -> bool:
        """Leave Ctrl+Z and Ctrl+Shift+Z to the window when nothing was typed that could be undone."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undoes = event.matches(QKeySequence.StandardKey.Undo) and not self.document().isUndoAvailable()
            redoes = event.matches(QKeySequence.StandardKey.Redo) and not self.document().isRedoAvailable()
            if undoes or redoes:
                event.ignore()
                return False
        return super().event(event)
