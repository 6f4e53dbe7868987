"""The cells of a row that are not right, each in a field to mend it; the file itself stays as it is."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.services.mend_cells import FlawedCell
from ui.base import theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import column, restyle, row, text
from ui.widgets.line_edit import LineEdit

_LABEL = 150
# As high as a line to type in.
_LINE = 34


class MendForm(QWidget):
    """One field per cell. Enter or Tab takes over what was typed, Esc what stood there.

    `mended` gives a heading with the text to read, or None for what stands in the file; `left` tells that Esc leads
    back to the rows.
    """

    mended = Signal(str, object)
    left = Signal()

    def __init__(self) -> None:
        """Begin without cells."""
        super().__init__()
        self._fields: dict[str, _CellField] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _LABEL)
        self._grid.setColumnStretch(1, 1)
        self.setLayout(column(self._grid, None, gap=0))

    def show_cells(self, row: int, cells: Sequence[FlawedCell]) -> None:
        """Show the cells of a row; the field with the focus keeps it, and what is being typed in it."""
        kept = {f"{row}:{cell.heading}": cell for cell in cells}
        gone = [self._fields.pop(key) for key in [*self._fields] if key not in kept]
        for other in gone:
            # What was typed and not taken over yet is about another row now.
            other.line.blockSignals(True)
        if any(other.line.hasFocus() for other in gone):
            self.left.emit()
        for other in gone:
            other.remove()
        before: QWidget = self
        for place, (key, cell) in enumerate(kept.items()):
            field = self._fields.get(key)
            if field is None:
                field = self._fields[key] = _CellField(cell.heading, self)
                field.told.connect(self.mended)
                field.line.stepped_out.connect(self.left)
            self._grid.addWidget(field.label, place, 0)
            self._grid.addWidget(field.body, place, 1)
            field.show_cell(cell)
            for control in (field.line, field.back):
                QWidget.setTabOrder(before, control)
                before = control

    @property
    def holds_typing(self) -> bool:
        """Whether something is typed that was not taken over yet."""
        return any(field.is_edited for field in self._fields.values())

    def first_control(self) -> QWidget | None:
        """Return the field to begin with, the first faulty one; None without cells."""
        fields = sorted(self._fields.values(), key=lambda field: not field.is_fault)
        return fields[0].line if fields else None


class _CellField(QObject):
    """One cell. It lives as long as its line to type in."""

    told = Signal(str, object)

    def __init__(self, heading: str, parent: QWidget) -> None:
        self.body = QWidget(parent)
        super().__init__(self.body)
        self._heading = heading
        self._cell: FlawedCell | None = None
        self.is_fault = False
        self._heading_label = ElidedLabel(heading)
        self._heading_label.setFont(theme.font(is_strong=True))
        self._heading_label.setFixedHeight(_LINE)
        self.label = QWidget(parent)
        self.label.setLayout(column(self._heading_label, None, gap=0))
        self.line = _MendLine(f"Kolom {heading[:80]}")
        self.back = QPushButton("Zoals in het bestand")
        self.back.setProperty("kind", "slim")
        self.back.setAutoDefault(True)
        self._why = text(role="error", wraps=True)
        self.body.setLayout(column(row(self.line, self.back), self._why, gap=4))
        self.line.editingFinished.connect(self._tell)
        self.back.clicked.connect(self._put_back)

    @property
    def is_edited(self) -> bool:
        return self._cell is not None and self.line.text() != self._cell.text

    def show_cell(self, cell: FlawedCell) -> None:
        was_edited = self.is_edited
        self._cell, self.is_fault = cell, cell.is_fault
        self.line.settled = cell.text
        if not (was_edited and self.line.hasFocus()):
            self.line.setText(cell.text)
        said = [*cell.reasons]
        if cell.is_mended:
            said.append(
                f"Verbeterd. In het bestand staat ‘{cell.written}’." if cell.written else "Verbeterd: was leeg."
            )
        self._why.setText(" ".join(said))
        self._why.setProperty("role", "error" if cell.is_fault else "warning" if cell.reasons else "good")
        self.line.setProperty("warned", "true" if cell.reasons else "false")
        self.line.setAccessibleDescription(self._why.text())
        self.back.setVisible(cell.is_mended)
        restyle(self._why, self.line)

    def remove(self) -> None:
        for part in (self.label, self.body):
            part.hide()
            part.deleteLater()

    def _tell(self) -> None:
        if self._cell is not None and self.is_edited:
            typed = self.line.text()
            self.told.emit(self._heading, None if typed == self._cell.written else typed)

    def _put_back(self) -> None:
        assert self._cell is not None
        self.line.setText(self._cell.written)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()


class _MendLine(LineEdit):
    """A line of which Esc takes back the typing, and then leads back to the rows."""

    stepped_out = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.settled = ""

    def event(self, event: QEvent) -> bool:
        """Take Esc before the page does."""
        if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.key() != Qt.Key.Key_Escape:
            return super().event(event)
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc take back the typing, and then step out."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.text() != self.settled:
            self.setText(self.settled)
        else:
            self.stepped_out.emit()
