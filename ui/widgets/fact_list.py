"""Facts beneath each other: what it is, the fact itself, and in grey how old or sure it is."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.base import theme

_HEIGHT = 28
_GAP = 12
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight


class Fact(NamedTuple):
    """One line."""

    what: str
    value: str
    note: str = ""


class FactList(QWidget):
    """Draws every line itself, so that another supplier costs one paint and no layout."""

    def __init__(self, name: str, *, lines: int) -> None:
        """`name` is what a screen reader says; room is kept for that many lines."""
        super().__init__()
        self._facts: Sequence[Fact] = ()
        self._plain, self._strong = theme.font(), theme.font(is_strong=True)
        self._plain_metrics, self._strong_metrics = QFontMetrics(self._plain), QFontMetrics(self._strong)
        self._indent = 0
        self.setAccessibleName(name)
        self.setFixedHeight(lines * _HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts in the place of those before."""
        self._facts = facts
        self._indent = max((self._plain_metrics.horizontalAdvance(fact.what) for fact in facts), default=0) + _GAP
        words = [" ".join(filter(None, fact)) for fact in facts]
        self.setAccessibleDescription("; ".join(words))
        # Escaped, because Qt takes a tip for markup when it looks like it.
        self.setToolTip("<br>".join(map(escape, words)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width at which most facts can be read."""
        return QSize(420, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        tokens = theme.current()
        text, muted = QColor(tokens.text), QColor(tokens.muted)
        painter = QPainter(self)
        for place, fact in enumerate(self._facts):
            top = place * _HEIGHT
            painter.setPen(muted)
            painter.setFont(self._plain)
            painter.drawText(QRect(0, top, self._indent, _HEIGHT), _LEFT, fact.what)
            left, room = self._indent, self.width() - self._indent
            value = self._strong_metrics.elidedText(fact.value, _ELIDE, room)
            taken = self._strong_metrics.horizontalAdvance(value) + 6 if value else 0
            if fact.note and taken < room:
                note = self._plain_metrics.elidedText(fact.note, _ELIDE, room - taken)
                painter.drawText(QRect(left + taken, top, room - taken, _HEIGHT), _LEFT, note)
            painter.setPen(text)
            painter.setFont(self._strong)
            painter.drawText(QRect(left, top, room, _HEIGHT), _LEFT, value)
