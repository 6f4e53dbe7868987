"""What the program says without a dialog: one line at the foot, with the action that goes with it.

A problem, and what waits, stays until it was read (Esc or the next notice); the rest goes by itself.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from ui.base.actions import Act
from ui.base.notice import Notice, Tone
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import restyle

_SHOWN_MS = 8000


class NoticeBar(QFrame):
    """The line. It never takes the focus by itself."""

    def __init__(self, action_of: Callable[[Act], QAction]) -> None:
        """`action_of` gives the window's action for a notice."""
        super().__init__()
        self._action_of = action_of
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._button: ActionButton | None = None
        self._close = QPushButton("Sluiten")
        self._close.setAutoDefault(True)
        self._close.setProperty("kind", "flat")
        self._close.setAccessibleName("Melding sluiten")
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self._fade)
        self.hide()

    @property
    def words(self) -> str:
        """What is said now, "" when nothing is."""
        return "" if self.isHidden() else self._label.text()

    def say(self, notice: Notice) -> None:
        """Show a notice in the place of the one before."""
        self._label.setText(f"{notice.text} {notice.advice}".strip())
        self.setProperty("role", "problem" if notice.tone is Tone.PROBLEM else "note")
        restyle(self, self._label, self._close)
        if self._button:
            self._button.deleteLater()
            self._button = None
        if notice.act:
            self._button = ActionButton(self._action_of(notice.act))
            layout = self.layout()
            assert isinstance(layout, QHBoxLayout)
            layout.insertWidget(1, self._button)
        self.show()
        if notice.tone in {Tone.PROBLEM, Tone.WAITING}:
            self._timer.stop()
        else:
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _fade(self) -> None:
        if not self._close.hasFocus() and not (self._button and self._button.hasFocus()):
            self.hide()
