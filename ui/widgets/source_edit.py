"""Text with merge fields to edit: line numbers, colours, the fields offered while typing, and a place to go to."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ui.base import theme
from ui.widgets.field_list import FieldList
from ui.widgets.text_edit import TextEdit

_GUTTER_PAD = 8
# What is being typed of a field; a doubled brace is a brace that is meant.
_BEGUN = re.compile(r"(?<!\{)\{([a-z_]*)$")
_COLOURED = re.compile(
    r"(?P<comment>^\s*#.*)|(?P<field>(?<!\{)\{[a-z_]+\})|(?P<head>^\s*\[\[?\w+\]\]?|^[a-z]+(?=\s*=))"
)
# What stands behind the cursor of a field that is there already.
_REST = re.compile(r"[a-z_]*\}")
_HELD = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}
_TAKES = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}


class SourceEdit(TextEdit):
    """`typed` tells that the words changed by the user's act."""

    typed = Signal()

    def __init__(self, name: str, fields: Mapping[str, str]) -> None:
        """`name` is what a screen reader says; `fields` are the merge fields with their meaning."""
        super().__init__(name)
        self._is_filling = False
        self._fault_line = 0
        self.setFont(theme.mono_font())
        self._gutter = _Gutter(self)
        self._colours = _Colours(self.document())
        self._fields = FieldList(self, fields)
        self._fields.taken.connect(self._insert_field)
        self.blockCountChanged.connect(self._make_room)
        self.updateRequest.connect(self._follow_scroll)
        self.textChanged.connect(self._changed)
        self._make_room()

    def show_text(self, words: str) -> None:
        """Show what is stored: it cannot be undone by typing, and the eye stays where it was."""
        if words == self.toPlainText():
            self.document().clearUndoRedoStacks()
            return
        place, scrolled = self.textCursor().position(), self.verticalScrollBar().value()
        self._is_filling = True
        self.setPlainText(words)
        self._is_filling = False
        self._go_to_position(min(place, len(words)))
        self.verticalScrollBar().setValue(scrolled)

    def change_text(self, words: str) -> None:
        """Put other words in the place of these, as if they were typed: one step of undo."""
        place, scrolled = self.textCursor().position(), self.verticalScrollBar().value()
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        self._go_to_position(min(place, len(words)))
        self.verticalScrollBar().setValue(scrolled)

    def mark_fault(self, line: int) -> None:
        """Show which line is wrong, from 1; 0 for none."""
        self._fault_line = line
        marks = []
        if 0 < line <= self.blockCount():
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self.document().findBlockByNumber(line - 1))
            mark.format.setBackground(QColor(theme.current().error.back))
            mark.format.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
            marks.append(mark)
        self.setExtraSelections(marks)
        self._gutter.update()

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor at a place, counted from 1, and the focus with it."""
        block = self.document().findBlockByNumber(min(max(line, 1), self.blockCount()) - 1)
        self._go_to_position(block.position() + min(column - 1, block.length() - 1))
        self._fields.hide()
        self.setFocus()
        self.centerCursor()

    def offer_all_fields(self) -> None:
        """Offer every merge field at the cursor, or those that what was typed begins."""
        self.setFocus()
        if not self.isReadOnly():
            self._fields.offer(self._begun() or "", at=self.cursorRect())

    # -- keys ---------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While fields are offered the arrows walk them, Enter or Tab takes one and Esc closes them."""
        key = event.key()
        if self._fields.isVisible():
            if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._fields.walk(1 if key == Qt.Key.Key_Down else -1)
                return
            if key in _TAKES:
                self._fields.take()
                return
            if key == Qt.Key.Key_Escape:
                self._fields.hide()
                return
        super().keyPressEvent(event)
        if event.text():
            self._offer_fields()
        elif key not in _HELD:
            self._fields.hide()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Offer fields also where characters come from elsewhere than a key."""
        super().inputMethodEvent(event)
        self._offer_fields()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close what is offered."""
        super().focusOutEvent(event)
        self._fields.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close what is offered and go where was clicked."""
        self._fields.hide()
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Tab from moving on while fields are offered."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._fields.isVisible():
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def _begun(self) -> str | None:
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = _BEGUN.search(before)
        return found[1] if found else None

    def _offer_fields(self) -> None:
        begun = None if self.isReadOnly() else self._begun()
        if begun is None:
            self._fields.hide()
        else:
            self._fields.offer(begun, at=self.cursorRect())

    def _insert_field(self, name: str) -> None:
        cursor = self.textCursor()
        begun = self._begun()
        if begun is not None:
            rest = _REST.match(cursor.block().text()[cursor.positionInBlock() :])
            move, mode = QTextCursor.MoveOperation, QTextCursor.MoveMode
            cursor.movePosition(move.Left, mode.MoveAnchor, len(begun) + 1)
            cursor.movePosition(move.Right, mode.KeepAnchor, len(begun) + 1 + (len(rest[0]) if rest else 0))
        cursor.insertText(f"{{{name}}}")
        self.setTextCursor(cursor)
        self._fields.hide()

    def _changed(self) -> None:
        if not self._is_filling:
            self.typed.emit()

    def _go_to_position(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    # -- line numbers -------------------------------------------------------------------------------------------------

    def gutter_width(self) -> int:
        """Return how wide the line numbers are."""
        digits = "0" * max(2, len(str(self.blockCount())))
        return QFontMetrics(self.font()).horizontalAdvance(digits) + 2 * _GUTTER_PAD

    def paint_gutter(self, painter: QPainter, rect: QRect) -> None:
        """Draw the numbers of the lines that are seen; the one that is wrong stands out."""
        tokens = theme.current()
        painter.fillRect(rect, QColor(tokens.page))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        height = QFontMetrics(self.font()).height()
        width = self._gutter.width() - _GUTTER_PAD
        while block.isValid():
            top = round(self.blockBoundingGeometry(block).translated(self.contentOffset()).top())
            if top > rect.bottom():
                break
            line = block.blockNumber() + 1
            painter.setPen(QColor(tokens.error.fore if line == self._fault_line else tokens.muted))
            painter.drawText(0, top, width, height, int(Qt.AlignmentFlag.AlignRight), str(line))
            block = block.next()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers beside the text."""
        super().resizeEvent(event)
        self._place_gutter()
        if self._fields.isVisible():
            self._fields.place(self.cursorRect())

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of another look."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._colours.rehighlight()
            self.mark_fault(self._fault_line)

    def _make_room(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        inner = self.contentsRect()
        self._gutter.setGeometry(QRect(inner.left(), inner.top(), self.gutter_width(), inner.height()))

    def _follow_scroll(self, rect: QRect, dy: int) -> None:
        if dy:
            self._gutter.scroll(0, dy)
        else:
            self._gutter.update(0, rect.y(), self._gutter.width(), rect.height())


class _Gutter(QWidget):
    """The strip with the line numbers."""

    def __init__(self, editor: SourceEdit) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        return QSize(self._editor.gutter_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._editor.paint_gutter(painter, event.rect())


class _Colours(QSyntaxHighlighter):
    """Comments are faint, fields and headings stand out."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        tokens = theme.current()
        for found in _COLOURED.finditer(text):
            look = QTextCharFormat()
            look.setForeground(QColor(tokens.muted if found["comment"] else tokens.accent))
            self.setFormat(found.start(), found.end() - found.start(), look)
