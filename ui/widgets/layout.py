"""Putting parts together: rows, columns, cards, headings, so that spacing is said once (steps of 4)."""

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

GAP = 8
EDGE = 24
CARD_EDGE = 16
# A table's first column begins here; what stands above or instead of it does too.
_CELL_EDGE = 8
_BUTTON = 34
# So far in, a square corner keeps clear of the round one of its frame.
_CORNER = 4

L = TypeVar("L", bound=QBoxLayout)
Part = QWidget | QLayout | int | None


def column(*parts: Part, gap: int = GAP, edge: int = 0) -> QVBoxLayout:
    """Return parts beneath each other; a number is that much space, None takes the room that is left."""
    layout = QVBoxLayout()
    return _fill(layout, parts, gap, edge)


def row(*parts: Part, gap: int = GAP, edge: int = 0) -> QHBoxLayout:
    """Return parts beside each other; a number is that much space, None takes the room that is left."""
    layout = QHBoxLayout()
    return _fill(layout, parts, gap, edge)


def card(*parts: Part, gap: int = GAP, role: str = "card", edge: int = CARD_EDGE) -> QFrame:
    """Return parts in a frame; `role` is card, note or problem."""
    frame = QFrame()
    frame.setProperty("role", role)
    frame.setLayout(column(*parts, gap=gap, edge=edge))
    return frame


def framed(*parts: Part) -> QFrame:
    """Return parts that reach from side to side of a card, as a table does."""
    frame = card(*parts, gap=0)
    frame_sides(frame)
    return frame


def frame_sides(frame: QFrame) -> None:
    """Let what is in a card reach its sides, clear of its round corners."""
    frame.layout().setContentsMargins(1, _CORNER, 1, _CORNER)  # type: ignore[union-attr]


def table_head(*parts: Part) -> QHBoxLayout:
    """Return the heading of a table, with what can be done at the right, in line with its first column."""
    head = row(*parts)
    head.setContentsMargins(_CELL_EDGE, GAP, 12, 4)
    # As high without a button as with one.
    head.addStrut(_BUTTON)
    return head


def empty_words(words: str = "") -> QLabel:
    """Return what stands in the place of a table without rows: at its top, in line with its first column."""
    label = text(words, "muted", wraps=True)
    label.setContentsMargins(_CELL_EDGE, GAP, CARD_EDGE, CARD_EDGE)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return label


def text(words: str = "", role: str = "", *, wraps: bool = False) -> QLabel:
    """Return a line of text; never markup, because supplier data is text everywhere."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        label.setProperty("role", role)
    label.setWordWrap(wraps)
    if wraps:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def restyle(*parts: QWidget) -> None:
    """Let the style sheet look again at parts of which a property changed; Qt does not by itself."""
    for part in parts:
        part.style().unpolish(part)
        part.style().polish(part)


def scrolled(inner: QWidget, name: str) -> QScrollArea:
    """Return a part that scrolls when there is too little room; it follows the focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    inner.setProperty("role", "canvas")
    area.setWidget(inner)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def _fill(layout: L, parts: Iterable[Part], gap: int, edge: int) -> L:
    layout.setSpacing(gap)
    layout.setContentsMargins(edge, edge, edge, edge)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)
    return layout
