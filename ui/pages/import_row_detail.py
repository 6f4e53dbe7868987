"""One row of an import beneath the table: why it is what it is, what to decide or mend, and what changes."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from app.base.formatting import join_words
from app.services.import_register import CellFault, Decision, Doubt
from app.services.mend_cells import FlawedCell
from app.services.show_import import Lookalike, RowChange
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.pages.import_decisions import can_decide
from ui.pages.import_mend import MendForm
from ui.widgets.action_button import ActionButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import column, restyle, row, scrolled, text
from ui.widgets.row_table import RowTable

_MOST_FAULTS = 50
_LONGEST_VALUE = 200
_LEAST_HEIGHT = 184
_GONE = (
    "Dit kwam uit een eerder bestand van dezelfde soort en staat niet meer in dit bestand. De import verandert er "
    "niets aan. Kijk of het klopt; Enter opent de leverancier."
)


class ImportRowDetail(QFrame):
    """The chosen row. Its explanation is text to read and copy.

    `opened` gives the key of a supplier to look at; `mended` and `left` as in the form of its cells.
    """

    opened = Signal(str)
    mended = Signal(str, object)
    left = Signal()

    def __init__(self, state: WindowState, decisions: Mapping[Doubt, QAction], clear: QAction) -> None:
        """`decisions` and `clear` are what can be done about a row that may be a known supplier."""
        super().__init__()
        self.setProperty("role", "card")
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._row: RowChange | None = None
        self._used: Sequence[tuple[str, str]] = ()
        self._name, self._where = ElidedLabel(role="heading"), text(role="small")
        self._decide = {doubt: ActionButton(action) for doubt, action in decisions.items()}
        self._clear = ActionButton(clear)
        self._clear.setProperty("kind", "slim")
        self._choice = QWidget()
        self._choice.setLayout(row(self._clear, *self._decide.values(), gap=4))
        self._why = QPlainTextEdit()
        self._why.setReadOnly(True)
        self._why.setTabChangesFocus(True)
        self._why.setAccessibleName("Uitleg bij de rij")
        self.candidates = RowTable(
            "import.candidates", "Op wie deze rij lijkt", _CANDIDATES, lambda like: like.supplier_id, state
        )
        self.candidates.current_changed.connect(self._show_reasons)
        self.candidates.opened.connect(lambda like: self.opened.emit(like.supplier_id))
        self._form = MendForm()
        self._form.mended.connect(self.mended)
        self._form.left.connect(self.left)
        self._area = scrolled(self._form, "Cellen verbeteren")
        self._changes = RowTable("import.changes", "Wat er verandert", _CHANGES, lambda change: change.label, state)
        self._nothing = text(role="muted")
        body = row(self.candidates, self._area, self._why, self._changes, gap=12)
        for place, share in enumerate((2, 3, 3, 3)):
            body.setStretch(place, share)
        head = row(self._name, self._where, self._choice, gap=12)
        head.setStretch(0, 1)
        self.setLayout(column(head, self._nothing, body, None, gap=8, edge=12))
        self.show_row(None)

    def show_row(
        self,
        row: RowChange | None,
        *,
        cells: Sequence[FlawedCell] = (),
        used: Sequence[tuple[str, str]] = (),
        decision: Decision | None = None,
    ) -> None:
        """Show a row with its cells to mend, what stands in it, and what was decided about it."""
        self._row, self._used = row, used
        self._name.say((row.name or f"Rij {row.row}") if row else "")
        self._where.setText(_where(row) if row else "")
        self._form.show_cells(row.row if row else 0, cells)
        self._area.setVisible(bool(cells))
        is_asked = row is not None and can_decide(row)
        self._choice.setVisible(is_asked)
        for doubt, button in self._decide.items():
            is_chosen = decision is not None and decision.doubt is doubt
            button.setProperty("kind", "chosen" if is_chosen else "choice")
            button.setAccessibleDescription("gekozen" if is_chosen else "")
            restyle(button)
        self._clear.setVisible(decision is not None)
        likes = row.resembles if row else ()
        self.candidates.show_rows(likes)
        if decision is not None and decision.supplier_id:
            self.candidates.make_current(decision.supplier_id)
        self.candidates.setVisible(bool(likes))
        changes = row.changes if row else ()
        self._changes.show_rows(changes)
        self._changes.setVisible(bool(changes))
        self._show_reasons()
        self._nothing.setText("Deze rij verandert niets in het register." if row else "Geen rij past bij dit filter.")
        self._nothing.setVisible(self._why.isHidden() and not (changes or cells or likes))

    @property
    def like(self) -> Lookalike | None:
        """The supplier that is chosen among those that the row resembles."""
        found: Lookalike | None = self.candidates.current_row()
        return found

    @property
    def holds_typing(self) -> bool:
        """Whether a cell is being mended."""
        return self._form.holds_typing

    def begin_mending(self) -> None:
        """Go to the first cell that is not right."""
        if field := self._form.first_control():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_reasons(self, _like: object = None) -> None:
        shown = self._row
        told = ""
        if shown is not None and shown.resembles and not shown.changes:
            told = _compared(shown, self.like or shown.resembles[0], self._used)
        elif shown is not None and not shown.resembles:
            told = _explanation(shown)
        self._why.setPlainText(told)
        self._why.setVisible(bool(told))


def summary(row: RowChange) -> str:
    """Return what a row changes in one line."""
    if row.why:
        return _cut(row.why)
    if row.known_as and len(row.changes) == 1:
        change = row.changes[0]
        # What matters stands where a narrow column does not cut it off.
        return f"{_shown(change.old)} → {_shown(change.new)} · {change.label}"
    labels = [change.label for change in row.changes]
    return f"{len(labels)} velden: {', '.join(labels)}" if len(labels) > 1 else "".join(labels)


def reasons(row: RowChange) -> str:
    """Return in one line what speaks against a row being the supplier that it resembles most, else what for."""
    if not row.resembles:
        return summary(row)
    best = row.resembles[0]
    # How alike the names are stands beside it.
    told = best.reasons_against or [reason for reason in best.reasons_for if not reason.startswith("naam ")]
    more = f" (en nog {len(row.resembles) - 1})" if len(row.resembles) > 1 else ""
    return f"{join_words(told or best.reasons_for)}{more}" or _cut(row.why)


def _where(row: RowChange) -> str:
    if row.outcome is None:
        return "niet meer in het bestand"
    return f"Rij {row.row} · {row.outcome.label}"


def _compared(row: RowChange, like: Lookalike, used: Sequence[tuple[str, str]]) -> str:
    lines = [
        f"Ervoor: {join_words(like.reasons_for)}." if like.reasons_for else "",
        f"Ertegen: {join_words(like.reasons_against)}." if like.reasons_against else "",
        "" if like.reasons_for or like.reasons_against else row.why,
        f"In het bestand: {' · '.join(_cut(value) for _heading, value in used)}",
        f"In het register: {' · '.join(like.facts)}",
    ]
    return "\n".join(filter(None, lines))


def _explanation(row: RowChange) -> str:
    """Return why a row is what it is; what is the matter with a cell stands beneath its field."""
    if row.outcome is None:
        return f"{row.why}. {_GONE}"
    loose = [fault for fault in (*row.faults, *row.warnings) if not fault.column]
    # Of a faulty row the reason is that of its first cell.
    lines = [] if row.faults or not row.why else [row.why]
    lines += [_told(fault) for fault in loose[:_MOST_FAULTS]]
    return "\n\n".join(lines)


def _told(fault: CellFault) -> str:
    # A message that names the value itself needs it no second time.
    value = f"‘{_cut(fault.value)}’" if fault.value and fault.value not in fault.message else ""
    return f"{value}: {fault.message}" if value else fault.message


def _cut(value: str) -> str:
    return value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"


def _shown(value: str) -> str:
    return _cut(value) or "—"


def percent(score: int) -> str:
    """Return how alike two are, "" where that was not measured."""
    return f"{score} %" if score else ""


_CANDIDATES = (
    Column("score", "Lijkt", 64, lambda like: percent(like.score), Cell.NUMBER),
    Column("known", "In het register", 0, lambda like: like.known_as, Cell.STRONG, least=140),
)
_CHANGES = (
    Column("field", "Veld", 226, lambda change: change.label, Cell.MUTED),
    Column("old", "Was", 120, lambda change: _shown(change.old), Cell.MUTED),
    Column("new", "Wordt", 0, lambda change: _shown(change.new), Cell.STRONG),
)
