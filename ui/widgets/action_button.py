"""A button of an action: its text, and its key as a small cap, so that nobody needs the mouse."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from ui.base import theme
from ui.base.actions import Act, shown_key

_GAP = 10
_CAP_PAD = 5


class ActionButton(QPushButton):
    """Does what its action does, and is on when that is."""

    def __init__(self, action: QAction, *, is_primary: bool = False, shows_key: bool = True) -> None:
        """Follow the action's text, tip and state."""
        super().__init__()
        self._action = action
        self._cap_font = theme.font(11)
        # As declared: where the window has the same key, the page's own action has none.
        self._key = shown_key(Act[action.objectName()]) if shows_key else ""
        if is_primary:
            self.setProperty("kind", "primary")
        self.setAutoDefault(True)  # Enter presses it too
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:
        """Return room for the text and the key."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._cap_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its text; the key yields where there is too little room."""
        return super().sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, its text at the left and the key at the right."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        text, option.text = option.text, ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        tokens = theme.current()
        is_primary, is_chosen = self.property("kind") == "primary", self.property("kind") == "chosen"
        code = tokens.on_accent if is_primary else tokens.good.fore if is_chosen else tokens.text
        ink = QColor(code if self.isEnabled() else tokens.muted)
        if self.property("kind") in {"flat", "slim"} and self.isEnabled() and not self.underMouse():
            ink = QColor(tokens.accent)
        cap = self._cap_width() if self.width() >= self.sizeHint().width() else 0
        font = theme.font(is_strong=is_primary or is_chosen)
        painter.setFont(font)
        painter.setPen(ink)
        room = self.rect().adjusted(0, 0, -cap, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
        if cap:
            end = room.center().x() + QFontMetrics(font).horizontalAdvance(text) / 2
            self._draw_cap(painter, QRectF(end + _GAP, self.height() / 2 - 9, cap - _GAP, 18), ink)

    def _draw_cap(self, painter: QPainter, box: QRectF, ink: QColor) -> None:
        faint = QColor(ink)
        faint.setAlphaF(0.45)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(faint)
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(self._cap_font)
        painter.setPen(ink)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._key)

    def _cap_width(self) -> int:
        return QFontMetrics(self._cap_font).horizontalAdvance(self._key) + 2 * _CAP_PAD + _GAP if self._key else 0

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setAccessibleName(self._action.text())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        if self.parentWidget() is not None:
            # Before it has a place, showing it would open a window of its own.
            self.setVisible(self._action.isVisible())
        self.updateGeometry()
