"""The merge fields that can be put into a text, offered under the cursor while one types on."""

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPlainTextEdit

_NAME = int(Qt.ItemDataRole.UserRole)
_WIDTH, _ROWS = 440, 8


class FieldList(QListWidget):
    """Never takes the focus: the editor passes its keys on. `taken` gives the name of a field."""

    taken = Signal(str)

    def __init__(self, editor: QPlainTextEdit, fields: Mapping[str, str]) -> None:
        """Lie over the editor, hidden until fields are offered."""
        super().__init__(editor)
        self._editor = editor
        self._all = fields
        self.setAccessibleName("Velden")
        self.setObjectName("offered")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self.itemClicked.connect(self._take_item)
        self.hide()

    def offer(self, begun: str, *, at: QRect) -> None:
        """Offer the fields that begin so; `at` is the cursor in the viewport. Without any it hides."""
        found = [name for name in self._all if name.startswith(begun)]
        if not found:
            self.hide()
            return
        self.clear()
        for name in found:
            item = QListWidgetItem(f"{{{name}}}  {self._all[name]}")
            item.setData(_NAME, name)
            self.addItem(item)
        self.setCurrentRow(0)
        self.place(at)
        self.show()
        self.raise_()

    def walk(self, way: int) -> None:
        """Go to the next or the previous one, round and round."""
        self.setCurrentRow((self.currentRow() + way) % self.count())

    def take(self) -> None:
        """Choose the current one."""
        self._take_item(self.currentItem())

    def _take_item(self, item: QListWidgetItem) -> None:
        self.taken.emit(item.data(_NAME))

    def place(self, at: QRect) -> None:
        """Lie under the cursor, or above it where that leaves more room; never outside the editor."""
        room = self._editor.viewport().geometry()
        at = at.translated(room.topLeft())
        height = self.sizeHintForRow(0) * min(self.count(), _ROWS) + 2 * self.frameWidth()
        below, above = room.bottom() - at.bottom(), at.top() - room.top()
        is_below = below >= min(height, above)
        height = min(height, below if is_below else above)
        width = min(_WIDTH, room.width())
        left = min(at.left(), room.right() - width)
        self.setGeometry(left, at.bottom() + 1 if is_below else at.top() - height - 1, width, height)
