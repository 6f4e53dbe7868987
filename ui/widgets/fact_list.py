"""Facts beneath each other: what it is, the fact itself, and in grey how old or sure it is."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.base import theme

_HEIGHT = 22
# So many lines yield where there is too little room.
_YIELDING = 4
_GAP = 12
# A text may be a part of a pixel wider than its advance in whole ones.
_ROUNDING = 2
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight


class Fact(NamedTuple):
    """One line; with `what` alone it is the heading of those beneath it. `number` is a phone number to click on."""

    what: str
    value: str = ""
    note: str = ""
    number: str = ""


class FactList(QWidget):
    """Draws every line itself, so that another supplier costs one paint and no layout. `dialled` tells a click."""

    dialled = Signal(str)

    def __init__(self, name: str, *, lines: int | None) -> None:
        """`name` is what a screen reader says. Room is kept for that many lines; None shows the whole lines that fit
        in the room that is left.
        """
        super().__init__()
        self._facts: Sequence[Fact] = ()
        self._plain, self._strong = theme.font(), theme.font(is_strong=True)
        self._plain_metrics, self._strong_metrics = QFontMetrics(self._plain), QFontMetrics(self._strong)
        self._indent = self._value_width = 0
        self._pressed = ""
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        policy = QSizePolicy.Policy
        if lines is None:
            self.setSizePolicy(policy.Ignored, policy.Ignored)
        else:
            self.setMinimumHeight((lines - _YIELDING) * _HEIGHT)
            self.setMaximumHeight(lines * _HEIGHT)
            self.setSizePolicy(policy.Expanding, policy.Preferred)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts in the place of those before."""
        self._facts = facts
        named = [fact.what for fact in facts if _is_line(fact)]
        self._indent = max(map(self._plain_metrics.horizontalAdvance, named), default=0) + _GAP
        values = [fact.value for fact in facts]
        self._value_width = max(map(self._strong_metrics.horizontalAdvance, values), default=0) + _ROUNDING
        words = [" ".join(filter(None, (fact.what, fact.value, fact.note))) for fact in facts]
        self.setAccessibleDescription("; ".join(words))
        # Escaped, because Qt takes a tip for markup when it looks like it.
        self.setToolTip("<br>".join(map(escape, words)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width at which most facts can be read, and the height of all lines."""
        return QSize(420, self.maximumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        for place, fact in enumerate(self._shown()):
            self._draw(painter, place * _HEIGHT, fact)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be clicked on."""
        shape = Qt.CursorShape.PointingHandCursor if self._number_at(event) else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember on which number a click begins."""
        self._pressed = self._number_at(event) if event.button() == Qt.MouseButton.LeftButton else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Call the number that was clicked on."""
        pressed, self._pressed = self._pressed, ""
        if pressed and pressed == self._number_at(event):
            self.dialled.emit(pressed)

    def _widest(self) -> int:
        """Return how wide what something is may be at most, so that the facts themselves can be read."""
        return max(self.width() * 2 // 5, min(self.width() * 3 // 5, self.width() - self._value_width))

    def _shown(self) -> Sequence[Fact]:
        """Return the whole lines that fit; a heading without a line beneath it is left out."""
        fitting = self.height() // _HEIGHT
        shown = self._facts[:fitting]
        if shown and fitting < len(self._facts) and not _is_line(shown[-1]):
            shown = shown[:-1]
        return shown

    def _number_at(self, event: QMouseEvent) -> str:
        place, left = int(event.position().y()) // _HEIGHT, event.position().x() - min(self._indent, self._widest())
        shown = self._shown()
        if not 0 <= place < len(shown) or not shown[place].number:
            return ""
        return shown[place].number if 0 <= left <= self._strong_metrics.horizontalAdvance(shown[place].value) else ""

    def _draw(self, painter: QPainter, top: int, fact: Fact) -> None:
        tokens = theme.current()
        if not _is_line(fact):
            painter.setPen(QColor(tokens.text))
            painter.setFont(self._strong)
            painter.drawText(QRect(0, top, self.width(), _HEIGHT), _LEFT, fact.what)
            return
        left = min(self._indent, self._widest())
        painter.setPen(QColor(tokens.muted))
        painter.setFont(self._plain)
        what = self._plain_metrics.elidedText(fact.what, _ELIDE, left - _GAP + _ROUNDING)
        painter.drawText(QRect(0, top, left, _HEIGHT), _LEFT, what)
        room = self.width() - left
        value = self._strong_metrics.elidedText(fact.value, _ELIDE, room)
        taken = self._strong_metrics.horizontalAdvance(value) + 6 if value else 0
        if fact.note and taken < room:
            note = self._plain_metrics.elidedText(fact.note, _ELIDE, room - taken)
            painter.drawText(QRect(left + taken, top, room - taken, _HEIGHT), _LEFT, note)
        painter.setPen(QColor(tokens.accent if fact.number else tokens.text))
        painter.setFont(self._strong)
        painter.drawText(QRect(left, top, room, _HEIGHT), _LEFT, value)


def _is_line(fact: Fact) -> bool:
    return bool(fact.value or fact.note)
