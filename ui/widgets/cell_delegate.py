"""Draws the cells of every table: text, money, a status chip, rungs, a box to tick.

A Python `paint` per cell beats the style's own item drawing; fonts, pens and colours are made once per theme.
"""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.certificate import Level
from ui.base import symbols, theme, tokens
from ui.models.row_table_model import Cell, Column, RowTableModel
from ui.widgets.choice_pills import draw_choice, place_choices

ROW_HEIGHT = 36
_PAD = 8
_CHIP_HEIGHT = 22
_MARK = 9
_SELECTED = QStyle.StateFlag.State_Selected
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_ELIDE = Qt.TextElideMode.ElideRight
_NO_PEN = Qt.PenStyle.NoPen
_ANTIALIASING = QPainter.RenderHint.Antialiasing


class CellDelegate(QStyledItemDelegate):
    """Draws rows of a `RowTableModel`."""

    def __init__(self, parent: QWidget) -> None:
        """Make what painting needs."""
        super().__init__(parent)
        self._tokens: tokens.Tokens | None = None
        self._normal = theme.font(is_tabular=True)
        self._strong = theme.font(is_strong=True)
        self._chip = theme.font(theme.SMALL_PX, is_strong=True)
        self._normal_metrics = QFontMetrics(self._normal)
        self._strong_metrics = QFontMetrics(self._strong)
        self._chip_metrics = QFontMetrics(self._chip)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the one height that every row has."""
        return QSize(80, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        model = index.model()
        assert isinstance(model, RowTableModel)
        if self._tokens is not theme.current():
            self._take_colours(theme.current())
        rect: QRect = option.rect
        is_selected = bool(option.state & _SELECTED)
        if is_selected:
            # Where two tables stand beside each other, only the one with the focus has the full colour.
            view = self.parent()
            has_focus = isinstance(view, QWidget) and view.hasFocus()
            painter.fillRect(rect, self._selected if has_focus else self._pale)
            if has_focus and rect.left() <= 0:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), self._accent)
        painter.setPen(self._line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column = model.columns[index.column()]
        row = model.rows[index.row()]
        kind = column.kind
        inner = rect.adjusted(_PAD, 0, -_PAD, 0)
        if kind == Cell.STATUS:
            self._draw_status(painter, inner, column, row)
        elif kind == Cell.LEVEL:
            self._draw_level(painter, inner, column, row)
        elif kind == Cell.CHOICE:
            chosen = column.value(row) if column.value else None
            if chosen is not None:
                for place, (words, box) in enumerate(
                    zip(column.choices, place_choices(inner, column.choices), strict=True)
                ):
                    draw_choice(painter, box, words, is_chosen=place == chosen)
        elif kind == Cell.CHECK:
            box = QRectF(inner.left(), inner.center().y() - 7, 14, 14)
            symbols.draw_check_box(
                painter, box, is_checked=model.is_checked(row), ink=self._accent, ground=self._on_accent
            )
        else:
            self._draw_text(painter, inner, kind, column.text(row))

    def _draw_text(self, painter: QPainter, inner: QRect, kind: Cell, text: str) -> None:
        is_strong = kind == Cell.STRONG
        metrics = self._strong_metrics if is_strong else self._normal_metrics
        painter.setFont(self._strong if is_strong else self._normal)
        painter.setPen(self._muted if kind == Cell.MUTED else self._text)
        if metrics.horizontalAdvance(text) > inner.width():
            text = metrics.elidedText(text, _ELIDE, inner.width())
        painter.drawText(inner, _RIGHT if kind == Cell.NUMBER else _LEFT, text)

    def _draw_status(self, painter: QPainter, inner: QRect, column: Column, row: Any) -> None:
        status = column.value(row) if column.value else None
        text = column.text(row)
        if status is None:
            self._draw_text(painter, inner, Cell.TEXT, text)
            return
        draw_chip(
            painter, inner, status, text, self._chip_metrics, self._inks[status], self._grounds[status], self._chip
        )

    def _draw_level(self, painter: QPainter, inner: QRect, column: Column, row: Any) -> None:
        level: Level | None = column.value(row) if column.value else None
        text = column.text(row)
        if text:
            box = QRectF(inner.left(), inner.center().y() - 6, 18, 12)
            symbols.draw_rungs(painter, max(0, level.rank - 2) if level else 0, box, self._accent, self._rung)
            self._draw_text(painter, inner.adjusted(26, 0, 0, 0), Cell.TEXT if level else Cell.MUTED, text)

    def _take_colours(self, tokens: tokens.Tokens) -> None:
        self._tokens = tokens
        self._selected, self._pale = QColor(tokens.selected), QColor(tokens.hover)
        self._line = QPen(QColor(tokens.line))
        self._text, self._muted = QPen(QColor(tokens.text)), QPen(QColor(tokens.muted))
        self._accent, self._on_accent = QColor(tokens.accent), QColor(tokens.on_accent)
        self._rung = QColor(tokens.line)
        chips = theme.current().chips()
        self._inks = {name: QColor(pair.fore) for name, pair in chips.items()}
        self._grounds = {name: QColor(pair.back) for name, pair in chips.items()}


def choice_at(rect: QRect, column: Column, at: QPointF) -> int:
    """Return which answer stands at a point of the cell with that place, -1 for none."""
    boxes = enumerate(place_choices(rect.adjusted(_PAD, 0, -_PAD, 0), column.choices))
    return next((place for place, box in boxes if box.contains(at)), -1)


def draw_chip(
    painter: QPainter,
    inner: QRect,
    status: str,
    text: str,
    metrics: QFontMetrics,
    ink: QColor,
    ground: QColor,
    font: Any,
) -> None:
    """Draw a status as a pill: colour, mark and word."""
    room = inner.width() - _MARK - 22
    if metrics.horizontalAdvance(text) > room:
        text = metrics.elidedText(text, _ELIDE, room)
    width = metrics.horizontalAdvance(text) + _MARK + 22
    top = inner.center().y() - _CHIP_HEIGHT / 2 + 0.5
    painter.setRenderHint(_ANTIALIASING)
    painter.setPen(_NO_PEN)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(inner.left(), top, width, _CHIP_HEIGHT), _CHIP_HEIGHT / 2, _CHIP_HEIGHT / 2)
    painter.setRenderHint(_ANTIALIASING, False)
    mark = QRectF(inner.left() + 9, inner.center().y() - _MARK / 2 + 0.5, _MARK, _MARK)
    symbols.draw_status(painter, status, mark, ink)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(QRect(int(mark.right()) + 5, inner.top(), room + 2, inner.height()), _LEFT, text)
