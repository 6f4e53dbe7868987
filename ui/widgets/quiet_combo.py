"""A list to choose from that is not changed by scrolling past it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox


class QuietCombo(QComboBox):
    """Leaves the wheel to what it stands in; a digit chooses the entry that begins with it."""

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader says."""
        super().__init__()
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take each digit by itself; Qt would take two in quick succession for one word."""
        for place in range(self.count()) if event.text().isdecimal() else ():
            if self.itemText(place).startswith(f"{event.text()} "):
                self.setCurrentIndex(place)
                return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice."""
        event.ignore()

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """End a choice that is too long in "…", which Qt's own style would cut within a letter."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        words = option.currentText
        option.currentText = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
