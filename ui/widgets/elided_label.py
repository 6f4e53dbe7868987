"""A line of text that is cut with "…" where there is too little room; the whole of it is in its tip."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

_LONGEST = 2_000


class ElidedLabel(QLabel):
    """Never asks for more room than it gets."""

    def __init__(self, words: str = "", role: str = "") -> None:
        """`role` as in the style sheet."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)
        self.say(words)

    def say(self, words: str) -> None:
        """Show a text; line breaks in it become spaces."""
        line = " ".join(words[:_LONGEST].split())
        self.setText(line)
        self.setAccessibleName(line)

    def minimumSizeHint(self) -> QSize:
        """Return room for a letter or two."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits, with a tip when that is not all."""
        metrics = QFontMetrics(self.font())
        room = self.contentsRect()
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        # Qt takes a tip that looks like markup for it; what a supplier wrote never is.
        tip = "" if shown == self.text() else f"<p>{escape(self.text())}</p>"
        if tip != self.toolTip():
            self.setToolTip(tip)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
