"""The left rail: the screens with their keys, and below them which register is open and when it was saved."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget

from app.base.paths import PROGRAM
from ui.base import symbols, theme

WIDTH = 208
_LOGO_HEIGHT = 64
_PAD = 10
_BADGE_HEIGHT = 20
# A badge says no larger number than this.
_MOST = 999


class Rail(QWidget):
    """The way around. Lines at the foot are set by `tell`."""

    def __init__(self, entries: Sequence[QAction], menu: QAction) -> None:
        """`entries` are checkable actions in the order of the keys."""
        super().__init__()
        self.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, _LOGO_HEIGHT, 12, 16)
        layout.setSpacing(2)
        self.buttons = [RailButton(action) for action in entries]
        for button in self.buttons:
            layout.addWidget(button)
        layout.addStretch(1)
        self._foot = QLabel()
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.setWordWrap(True)
        self._foot.setMargin(10)
        self._foot.setProperty("role", "rail")
        self._foot.setAccessibleName("Stand van het register")
        layout.addWidget(self._foot)
        layout.addWidget(RailButton(menu))

    def tell(self, lines: Sequence[str]) -> None:
        """Show how the register stands, a fact a line."""
        self._foot.setText("\n".join(lines))

    def show_count(self, entry: QAction, count: int) -> None:
        """Show how much behind an entry cannot wait; nothing at nought."""
        next(button for button in self.buttons if button.follows(entry)).show_count(count)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the name of the program."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens.rail))
        mark = QColor(tokens.rail_active if not tokens.is_dark else tokens.accent)
        symbols.draw_rungs(painter, 3, QRectF(22, 24, 22, 18), mark.lighter(170), mark)
        painter.setFont(theme.font(17, is_strong=True))
        painter.setPen(QColor(tokens.rail_text))
        painter.drawText(QRectF(52, 18, WIDTH - 60, 30), int(Qt.AlignmentFlag.AlignVCenter), PROGRAM)


class RailButton(QAbstractButton):
    """One entry; it follows its action."""

    def __init__(self, action: QAction) -> None:
        """Show the action's text and key; checked while its screen is shown."""
        super().__init__()
        self._action = action
        self._count = 0
        self._key = action.shortcut().toString(QKeySequence.SequenceFormat.PortableText)
        self.setText(action.text())
        self.setToolTip(action.toolTip())
        self.setAccessibleName(action.text())
        self.setCheckable(action.isCheckable())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def follows(self, action: QAction) -> bool:
        """Whether it is the entry of that action."""
        return action is self._action

    def show_count(self, count: int) -> None:
        """Show how much cannot wait, in red; nothing at nought."""
        from app.base.formatting import count as counted

        if count != self._count:
            self._count = count
            name, tip = self.text(), self._action.toolTip()
            if count:
                words = counted(count, "ding dat vandaag aandacht vraagt", "dingen die vandaag aandacht vragen")
                name, tip = f"{name}, {words}", f"{words}\n{tip}"
            self.setAccessibleName(name)
            self.setToolTip(tip)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the height of an entry."""
        return QSize(WIDTH - 24, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entry; the focus is a ring."""
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_current = self._action.isChecked()
        painter.setPen(QColor(tokens.rail_text) if self.hasFocus() else Qt.PenStyle.NoPen)
        ground = tokens.rail_active if is_current else tokens.rail_line if self.underMouse() else tokens.rail
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 7, 7)
        is_on = self.isEnabled()
        painter.setPen(QColor(tokens.rail_text if is_on else tokens.rail_muted))
        painter.setFont(theme.font(is_strong=is_current))
        room = box.adjusted(_PAD, 0, -_PAD, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._count:
            room.setRight(self._draw_badge(painter, room) - 8)
        painter.setFont(theme.font(11))
        painter.setPen(QColor(tokens.rail_text if is_current else tokens.rail_muted))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(room, right, self._key)

    def _draw_badge(self, painter: QPainter, room: QRectF) -> float:
        """Draw the count at the right; returns where it begins."""
        words = f"{_MOST}+" if self._count > _MOST else str(self._count)
        font = theme.font(11, is_strong=True)
        width = max(QFontMetrics(font).horizontalAdvance(words) + 14, _BADGE_HEIGHT + 4)
        box = QRectF(room.right() - width, room.center().y() - _BADGE_HEIGHT / 2, width, _BADGE_HEIGHT)
        pair = theme.current().error
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.fore))
        painter.drawRoundedRect(box, _BADGE_HEIGHT / 2, _BADGE_HEIGHT / 2)
        painter.setFont(font)
        painter.setPen(QColor(pair.back))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        return box.left()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())
        self.setChecked(self._action.isChecked())
        self.update()
