"""Facts beneath each other: what it is, the fact itself, and in grey how old or sure it is."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.base import theme

_HEIGHT = 26
_GAP = 12
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight


class Fact(NamedTuple):
    """One line; with `what` alone it is the heading of those beneath it."""

    what: str
    value: str = ""
    note: str = ""


class FactList(QWidget):
    """Draws every line itself, so that another supplier costs one paint and no layout."""

    def __init__(self, name: str, *, lines: int | None) -> None:
        """`name` is what a screen reader says. Room is kept for that many lines; None shows the whole lines that fit
        in the room that is left.
        """
        super().__init__()
        self._facts: Sequence[Fact] = ()
        self._plain, self._strong = theme.font(), theme.font(is_strong=True)
        self._plain_metrics, self._strong_metrics = QFontMetrics(self._plain), QFontMetrics(self._strong)
        self._indent = 0
        self.setAccessibleName(name)
        policy = QSizePolicy.Policy
        if lines is None:
            self.setSizePolicy(policy.Ignored, policy.Ignored)
        else:
            self.setFixedHeight(lines * _HEIGHT)
            self.setSizePolicy(policy.Expanding, policy.Fixed)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts in the place of those before."""
        self._facts = facts
        named = [fact.what for fact in facts if _is_line(fact)]
        self._indent = max(map(self._plain_metrics.horizontalAdvance, named), default=0) + _GAP
        words = [" ".join(filter(None, fact)) for fact in facts]
        self.setAccessibleDescription("; ".join(words))
        # Escaped, because Qt takes a tip for markup when it looks like it.
        self.setToolTip("<br>".join(map(escape, words)))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a width at which most facts can be read."""
        return QSize(420, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines; a heading without a line beneath it is left out."""
        painter = QPainter(self)
        fitting = self.height() // _HEIGHT
        shown = self._facts[:fitting]
        if shown and fitting < len(self._facts) and not _is_line(shown[-1]):
            shown = shown[:-1]
        for place, fact in enumerate(shown):
            self._draw(painter, place * _HEIGHT, fact)

    def _draw(self, painter: QPainter, top: int, fact: Fact) -> None:
        tokens = theme.current()
        if not _is_line(fact):
            painter.setPen(QColor(tokens.text))
            painter.setFont(self._strong)
            painter.drawText(QRect(0, top, self.width(), _HEIGHT), _LEFT, fact.what)
            return
        left = min(self._indent, self.width() // 2)
        painter.setPen(QColor(tokens.muted))
        painter.setFont(self._plain)
        what = self._plain_metrics.elidedText(fact.what, _ELIDE, left - _GAP)
        painter.drawText(QRect(0, top, left, _HEIGHT), _LEFT, what)
        room = self.width() - left
        value = self._strong_metrics.elidedText(fact.value, _ELIDE, room)
        taken = self._strong_metrics.horizontalAdvance(value) + 6 if value else 0
        if fact.note and taken < room:
            note = self._plain_metrics.elidedText(fact.note, _ELIDE, room - taken)
            painter.drawText(QRect(left + taken, top, room - taken, _HEIGHT), _LEFT, note)
        painter.setPen(QColor(tokens.text))
        painter.setFont(self._strong)
        painter.drawText(QRect(left, top, room, _HEIGHT), _LEFT, value)


def _is_line(fact: Fact) -> bool:
    return bool(fact.value or fact.note)
