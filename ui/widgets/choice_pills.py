"""A few answers beside each other, of which one is chosen: as pills, in a part of their own or in the cell of a table.

What is chosen has another colour, bold words and a tick.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from ui.base import symbols, theme
from ui.widgets.wrapping import WrappingLayout

_HEIGHT = 24
_PAD = 10
_TICK = 9
_GAP = 4
_RING = 2


@cache
def choice_width(words: str) -> int:
    """Return the room that an answer takes; as much with its tick as without."""
    return QFontMetrics(theme.font(theme.SMALL_PX, is_strong=True)).horizontalAdvance(words) + _TICK + 2 * _PAD


def place_choices(inner: QRect, choices: Sequence[str]) -> Iterator[QRectF]:
    """Yield where the answers stand in the cell of a table."""
    left = float(inner.left())
    for words in choices:
        width = choice_width(words)
        yield QRectF(left, inner.center().y() - _HEIGHT / 2 + 0.5, width, _HEIGHT)
        left += width + _GAP


def draw_choice(painter: QPainter, box: QRectF, words: str, *, is_chosen: bool) -> None:
    """Draw one answer."""
    tokens = theme.current()
    ink = QColor(tokens.good.fore if is_chosen else tokens.text)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink if is_chosen else QColor(tokens.line), 1))
    painter.setBrush(QColor(tokens.good.back if is_chosen else tokens.surface))
    painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
    room = box
    if is_chosen:
        tick = QRectF(box.left() + _PAD - 2, box.center().y() - _TICK / 2, _TICK, _TICK)
        symbols.draw_status(painter, "COMPLIANT", tick, ink)
        room = box.adjusted(_TICK + 2, 0, 0, 0)
    painter.setPen(ink)
    painter.setFont(theme.font(theme.SMALL_PX, is_strong=is_chosen))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)
    painter.restore()


class ChoicePills(QWidget):
    """A question's answers: Tab leads to the question, arrow keys to each answer, space bar and Enter choose."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        """`name` is what a screen reader says, `options` are values with their words."""
        super().__init__()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = WrappingLayout(self, gap=_GAP)
        self._group = QButtonGroup(self)
        self._pills: dict[str, _Pill] = {}
        for value, words in options:
            pill = self._pills[value] = _Pill(words, name)
            pill.clicked.connect(lambda _on=False, value=value: self.chosen.emit(value))
            self._group.addButton(pill)
            layout.addWidget(pill)

    def choose(self, value: str | None) -> None:
        """Show which answer is chosen, None for none yet."""
        self._group.setExclusive(False)
        for of, pill in self._pills.items():
            pill.setChecked(of == value)
        self._group.setExclusive(True)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """The answers, in reading order."""
        return tuple(self._pills.values())

    def control(self, value: str) -> QWidget:
        """Return where to put the focus: the chosen answer, else this one."""
        return self._group.checkedButton() or self._pills[value]


class _Pill(QAbstractButton):
    """One answer."""

    def __init__(self, words: str, question: str) -> None:
        super().__init__()
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(question)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the room for tick, words and the ring of the focus."""
        return QSize(choice_width(self.text()) + 2 * _RING, _HEIGHT + 2 * _RING)

    def minimumSizeHint(self) -> QSize:
        """Never cut an answer short."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as the space bar does."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pill, with a ring while it has the focus."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(_RING + 0.5, _RING + 0.5, -_RING - 0.5, -_RING - 0.5)
        draw_choice(painter, box, self.text(), is_chosen=self.isChecked())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.current().accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
