"""The third step of an import: every row with what becomes of it, before anything is stored."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.base.formatting import count, number
from app.domain.names import fold
from app.services.check_import import ImportCheck
from app.services.import_register import Choices, Doubt, Outcome
from app.services.mend_cells import flawed_cells, used_cells
from app.services.show_import import ABSENT, WARNED, Lookalike, RowChange
from ui.base.actions import Act, bind
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.pages.import_decisions import CHOICE_WORDS, CHOICES, can_decide, decide
from ui.pages.import_row_detail import ImportRowDetail, percent, reasons, summary
from ui.widgets.chips import FilterChips
from ui.widgets.layout import column, framed, row, text
from ui.widgets.row_table import RowTable

# More of a text cannot be seen and would only slow the table down.
_LONGEST = 200
_CHIPS = (
    *((outcome.value, outcome.label.capitalize()) for outcome in Outcome),
    (WARNED, "Let op"),
    (ABSENT, "Niet meer in bestand"),
)
_ORDER = {outcome: place for place, outcome in enumerate(Outcome)}
_OF_DOUBT, _OF_ALL = ("score", "choice"), ("outcome", "city")
_ACTS = {Doubt.SAME: Act.IS_SAME, Doubt.NEW: Act.IS_NEW, Doubt.SKIP: Act.LEAVE_OUT}


class CheckStep(QWidget):
    """The table with its filters, and the chosen row beneath it.

    `decided` gives all decisions after one more, `mended` a row number and a heading with the text to read there.
    """

    opened = Signal(str)
    decided = Signal(object)
    mended = Signal(int, str, object)

    def __init__(self, state: WindowState) -> None:
        """Begin without rows."""
        super().__init__()
        self._check: ImportCheck | None = None
        self._choices = Choices()
        self._is_doubt = False
        self._chips: FilterChips[str] = FilterChips(_CHIPS)
        self._chips.changed.connect(self._show_rows)
        self.table = RowTable("import.rows", "Rijen van het bestand", self._columns(), lambda r: r.row, state)
        self.table.setSelectionMode(RowTable.SelectionMode.ExtendedSelection)
        self.table.current_changed.connect(self._show_row)
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._pick)
        decisions = {doubt: bind(act, self.table, partial(self._decide, doubt)) for doubt, act in _ACTS.items()}
        clear = bind(Act.CLEAR_CHOICE, self.table, partial(self._decide, None))
        self._mend = bind(Act.MEND, self, self.begin_mending)
        self._detail = ImportRowDetail(state, decisions, clear)
        for action in (*decisions.values(), clear):
            # The keys also work where one of several suppliers is chosen.
            self._detail.candidates.addAction(action)
        self._decisions = (*decisions.values(), clear)
        self._detail.opened.connect(self.opened)
        self._detail.mended.connect(self._tell_mended)
        self._detail.left.connect(self._focus_table)
        self._total = text(role="muted")
        head = row(self._chips, self._total)
        head.setStretch(0, 1)
        layout = column(head, framed(self.table), self._detail, gap=12)
        layout.setStretch(1, 5)
        layout.setStretch(2, 2)
        self.setLayout(layout)

    def show_check(self, check: ImportCheck, choices: Choices) -> None:
        """Show what an import would do. Filters, place and selection stay where there is still something to see."""
        if self._check and self._check.preview.file.sha256 != check.preview.file.sha256:
            # What is being typed was about a row of the file as it was.
            self._detail.show_row(None)
        self._check, self._choices = check, choices
        counts = check.counts
        for action in self._decisions:
            action.setEnabled(bool(check.asked))
        self._chips.show_counts(counts)
        for chip in self._chips.chips:
            chip.setVisible(bool(counts[chip.status]))
        self._chips.choose(frozenset(kind for kind in self._chips.chosen() if counts[kind]))

    def clear(self) -> None:
        """Forget the file of before, and its filters."""
        self._check, self._choices = None, Choices()
        self._chips.choose(frozenset())

    @property
    def undecided(self) -> int:
        """How many rows are left out because nobody decided about them."""
        return sum(map(self._is_open, self._check.asked if self._check else ()))

    @property
    def holds_typing(self) -> bool:
        """Whether a cell is being mended."""
        return self._detail.holds_typing

    def begin_mending(self) -> None:
        """Go to the first cell of the row that is not right."""
        self._detail.begin_mending()

    # -- rows --------------------------------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        check, kinds = self._check, self._chips.chosen()
        everyone = check.rows if check else ()
        rows: tuple[RowChange, ...] = everyone
        if check and kinds:
            rows = tuple(found for found in everyone if found.kinds & kinds)
            rows += check.absent if ABSENT in kinds else ()
        self._is_doubt = kinds == {Outcome.MAYBE}
        self.table.leave_out(_OF_ALL if self._is_doubt else _OF_DOUBT)
        self.table.show_rows(rows)
        everything = count(len(everyone), "rij", "rijen")
        if self._is_doubt:
            left = self.undecided
            self._total.setText(f"nog {number(left)} van {number(len(rows))} te kiezen" if left else "alles is gekozen")
        else:
            self._total.setText(f"{number(len(rows))} van {everything}" if kinds else everything)

    def _show_row(self, found: RowChange | None) -> None:
        preview = self._check.preview if self._check and found and found.outcome else None
        cells = flawed_cells(preview, found) if preview and found else ()
        used = used_cells(preview, found) if preview and found and found.resembles else ()
        decision = self._choices.decisions.get(found.row) if found else None
        self._detail.show_row(found, cells=cells, used=used, decision=decision)
        self._mend.setEnabled(bool(cells))

    def _open(self, found: RowChange) -> None:
        """Mend a faulty row; else show the supplier of the register that it belongs to or resembles."""
        if Outcome.ERROR in found.kinds:
            self.begin_mending()
        elif found.supplier_id and found.known_as:
            self.opened.emit(found.supplier_id)

    def _focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what is decided and mended ----------------------------------------------------------------------------------

    def _decide(self, doubt: Doubt | None) -> None:
        """Decide about the selected rows; of several suppliers one is chosen beneath the table."""
        chosen = self.table.selected_rows()
        self._tell_decided(chosen, doubt, self._detail.like if len(chosen) == 1 else None)

    def _pick(self, found: RowChange, place: int) -> None:
        self._tell_decided([found], CHOICES[place], self._detail.like)

    def _tell_decided(self, chosen: list[RowChange], doubt: Doubt | None, like: Lookalike | None) -> None:
        asked = self._check.asked if self._check else ()
        made = decide(self._choices.decisions, asked, chosen, doubt, like)
        if made != self._choices.decisions:
            self.decided.emit(made)

    def show_choices(self, choices: Choices) -> None:
        """Show what is chosen now, before the rows are compared anew."""
        if choices is self._choices:
            return
        self._choices = choices
        self.table.viewport().update()
        self._show_row(self.table.current_row())

    def _tell_mended(self, heading: str, typed: str | None) -> None:
        found: RowChange | None = self.table.current_row()
        if found is not None:
            self.mended.emit(found.row, heading, typed)

    def _name(self, found: RowChange) -> str:
        """Return who a row is about; among doubts also where, beside the place that the register has."""
        if found.outcome is None:
            return "—"
        is_placed = self._is_doubt and found.city
        return f"{found.name}, {found.city}"[:_LONGEST] if is_placed else found.name[:_LONGEST]

    def _is_open(self, found: RowChange) -> bool:
        return can_decide(found) and found.row not in self._choices.decisions

    def _chosen_place(self, found: RowChange) -> int | None:
        if not can_decide(found):
            return None
        decision = self._choices.decisions.get(found.row)
        return CHOICES.index(decision.doubt) if decision else -1

    def _chosen_words(self, found: RowChange) -> str:
        place = self._chosen_place(found)
        return "" if place is None else "nog te kiezen" if place < 0 else CHOICE_WORDS[place]

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("row", "Rij", 56, lambda r: number(r.row) if r.row > 0 else "—", Cell.NUMBER, lambda r: r.row),
            Column("name", "In het bestand", 228, self._name, Cell.STRONG, lambda r: fold(r.name)),
            Column("city", "Plaats", 110, lambda r: r.city[:_LONGEST], Cell.MUTED, lambda r: fold(r.city), yields=True),
            Column("known", "In het register", 236, lambda r: _known_as(r) or "—", Cell.TEXT,
                   lambda r: fold(_known_as(r))),
            Column("score", "Lijkt", 64, lambda r: percent(_score(r)), Cell.NUMBER, _score),
            Column("outcome", "Uitkomst", 184, _outcome, Cell.STATUS, lambda r: _ORDER.get(r.outcome, len(_ORDER)),
                   lambda r: r.outcome.value if r.outcome else ABSENT),
            Column("change", "Verschil", 0, lambda r: reasons(r) if can_decide(r) else summary(r), Cell.MUTED, summary,
                   least=260),
            Column("choice", "Keuze", 256, self._chosen_words, Cell.CHOICE, self._chosen_words, self._chosen_place,
                   choices=CHOICE_WORDS),
        )  # fmt: skip


def _known_as(found: RowChange) -> str:
    return (found.known_as or (found.resembles[0].known_as if found.resembles else ""))[:_LONGEST]


def _score(found: RowChange) -> int:
    return found.resembles[0].score if found.resembles else 0


def _outcome(found: Any) -> str:
    return found.outcome.label.capitalize() if found.outcome else "Niet meer in bestand"
