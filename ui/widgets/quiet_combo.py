"""A list to choose from that is not changed by scrolling past it."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox


class QuietCombo(QComboBox):
    """Leaves the wheel to what it stands in."""

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader says."""
        super().__init__()
        self.setAccessibleName(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, not the choice."""
        event.ignore()
