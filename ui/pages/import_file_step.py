"""The first step of an import: which file; with what was imported before, to take back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError
from app.base.formatting import number, short_moment
from app.domain.names import fold
from app.services.list_imports import ImportLine, list_imports
from app.services.undo import KeptRecord, TakenBack
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import card, column, empty_words, framed, restyle, row, text
from ui.widgets.row_table import RowTable

_KINDS = (
    "Excel (.xlsx, .xlsm, .xlsb, .xls), LibreOffice (.ods) en tekst met kolommen (.csv, .txt, .tsv). "
    "Er wordt niets opgeslagen voordat u het heeft nagekeken."
)


class FileStep(QWidget):
    """Choose a file. A result of the last import or a problem with a file stands above the choice."""

    opened = Signal(str)

    def __init__(self, desk: Desk, state: WindowState, choose: QAction, paste: QAction, read_again: QAction) -> None:
        """`choose` opens a file, `paste` takes a copied table, `read_again` tries a refused file once more."""
        super().__init__()
        self._desk = desk
        self._lines: tuple[ImportLine, ...] = ()
        self._result, self._left_out = text(role="heading", wraps=True), text(wraps=True)
        self._result_card = card(self._result, self._left_out, role="card", gap=4)
        self._problem, self._advice = text(role="heading", wraps=True), text(wraps=True)
        self._again_part = QWidget()
        self._again_part.setLayout(row(ActionButton(read_again), None))
        self._problem_card = card(self._problem, self._advice, self._again_part, role="problem", gap=8)
        self.choose = ActionButton(choose, is_primary=True)
        self._table = RowTable("imports", "Eerder geïmporteerd", _COLUMNS, lambda line: line.batch.id, state)
        self._table.current_changed.connect(self._follow_row)
        self._empty = empty_words("Er is nog niets geïmporteerd.")
        self._kept_title = text(role="heading", wraps=True)
        self._kept = RowTable("imports.kept", "Wat bleef staan", _KEPT_COLUMNS, lambda found: found, state)
        self._kept.opened.connect(self._open)
        self._kept_part = QWidget()
        self._kept_part.setLayout(column(self._kept_title, framed(self._kept), gap=12))
        self._undo = bind(Act.UNDO_THIS, self, self._take_back)
        self._undo.setText("Terugdraaien")
        self.setLayout(
            column(
                self._result_card,
                self._problem_card,
                card(
                    text("Kies een spreadsheet, sleep hem op dit venster, of plak cellen uit Excel", "heading"),
                    text(_KINDS, "muted", wraps=True),
                    row(self.choose, ActionButton(paste), None),
                ),
                self._kept_part,
                8,
                row(text("Eerder geïmporteerd", "heading"), None, ActionButton(self._undo)),
                framed(self._table, self._empty),
                gap=12,
            )
        )
        self.show_result("", "")
        self.show_problem(None)
        self.show_kept(None)
        desk.undone.connect(self.show_kept)
        self.refresh()

    def show_result(self, result: str, left_out: str) -> None:
        """Say what the last import did, and what it left; "" takes it away."""
        self._result.setText(result)
        self._left_out.setText(left_out)
        self._left_out.setVisible(bool(left_out))
        self._result_card.setVisible(bool(result))
        # One thing at a time is the obvious one to do.
        self.choose.setProperty("kind", "" if result else "primary")
        restyle(self.choose)

    def show_problem(self, error: AppError | None, *, can_read_again: bool = False) -> None:
        """Say why a file could not be read; None takes it away. What was pasted stays as it is."""
        self._again_part.setVisible(can_read_again)
        self._problem.setText(error.message if error else "")
        self._advice.setText(error.advice if error else "")
        self._advice.setVisible(bool(error and error.advice))
        self._problem_card.setVisible(error is not None)

    def show_kept(self, taken: TakenBack | None) -> None:
        """List what stayed when something was taken back, because it was edited since; nothing when all of it went."""
        kept = taken.kept if taken else ()
        if taken:
            self._kept_title.setText(f"{taken.label} is teruggedraaid. Dit bleef staan: het is later gewijzigd")
        self._kept.show_rows(kept)
        self._kept_part.setVisible(bool(kept))

    def _open(self, found: KeptRecord) -> None:
        if found.supplier_id:
            self.opened.emit(found.supplier_id)

    def newest_batch(self) -> str:
        """Return the key of the newest import that stands, "" when there is none."""
        return self._lines[0].batch.id if self._lines else ""

    def stands(self, batch_id: str) -> bool:
        """Whether an import was not taken back."""
        return any(line.batch.id == batch_id for line in self._lines)

    def refresh(self) -> None:
        """Bring the list up to date; where it goes away with the focus, the focus is on choosing a file."""
        focused: QWidget | None = self.window().focusWidget()
        newest = self.newest_batch()
        self._lines = list_imports(self._desk.register)
        self._table.show_rows(self._lines)
        if self.newest_batch() != newest:
            self._table.make_current(self.newest_batch())
        self._table.setVisible(bool(self._lines))
        self._empty.setVisible(not self._lines)
        self._undo.setVisible(bool(self._lines) and self._desk.can_write)
        self._follow_row(self._table.current_row())
        if focused and self.isAncestorOf(focused) and self.window().focusWidget() is not focused:
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_row(self, line: ImportLine | None) -> None:
        self._undo.setEnabled(line is not None and line.operation_number is not None)

    def _take_back(self) -> None:
        line: ImportLine | None = self._table.current_row()
        if line and line.operation_number is not None:
            self._desk.undo_operation(line.operation_number)


_KEPT_COLUMNS = (
    Column("name", "Leverancier", 320, lambda found: found.name or "—", Cell.STRONG, lambda found: fold(found.name)),
    Column("what", "Wat", 0, lambda found: found.what, Cell.TEXT, lambda found: fold(found.what)),
)
_COLUMNS = (
    Column("file", "Bestand", 0, lambda line: line.batch.file_name, Cell.STRONG,
           lambda line: fold(line.batch.file_name)),
    Column("sheet", "Blad", 160, lambda line: line.batch.sheet or "", Cell.MUTED,
           lambda line: fold(line.batch.sheet or ""), yields=True),
    Column("when", "Wanneer", 172, lambda line: short_moment(line.batch.imported_at),
           sort=lambda line: line.batch.imported_at),
    Column("by", "Door", 160, lambda line: line.batch.imported_by, sort=lambda line: fold(line.batch.imported_by)),
    Column("rows", "Rijen", 90, lambda line: number(line.batch.row_count), Cell.NUMBER,
           lambda line: line.batch.row_count),
)  # fmt: skip
