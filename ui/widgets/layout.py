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
