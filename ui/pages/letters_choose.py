"""Choosing who gets a letter, with each letter as it will print beside the list; then making them."""

from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from app.base.formatting import count, number
from app.services.plan_letters import plan_letters
from app.services.proposals import LetterPlan, Proposal
from app.services.round_draft import Otherwise
from app.services.write_letters import Written, write_letters
from ui.base.actions import Act, bind, shown_key
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.base.tasks import Task
from ui.pages.letters_choices import Choices
from ui.pages.letters_output import touched
from ui.pages.letters_proposal import drafted, nothing_words, other_letters, proposal_columns, show_kinds
from ui.pages.letters_skipped import SkippedList, skipped_words
from ui.pages.list_export import bind_export
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import card, column, empty_words, framed, row, text
from ui.widgets.page_preview import PagePreview
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.row_table import RowTable


class ChoosePanel(QWidget):
    """`made` brings the `Written` round; `step` is 0 while there is no letter to check, then 1."""

    made = Signal(object)
    step_changed = Signal()

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState, *, begin_anew: QAction) -> None:
        """Build the parts; the proposal comes with `arrive`. `begin_anew` proposes letters for everyone."""
        super().__init__()
        self._desk, self._navigator = desk, navigator
        self._choices = Choices(desk, self)
        self._plan: LetterPlan | None = None
        # As the user wants them written, in the order of the plan.
        self._proposals: tuple[Proposal, ...] = ()
        self._on = date.min
        self._planning: Task | None = None
        self._is_stale = True
        self._is_making = False
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.timeout.connect(self._load_when_stale)
        self._version = 0
        self.step = 0
        self._before: dict[str, int] = {}
        self._make = bind(Act.MAKE_LETTERS, self, self._make_letters)
        self._see_skipped = bind(Act.SKIPPED, self, self._toggle_skipped)
        self._to_supplier = bind(Act.TO_SUPPLIER, self, self._open_supplier)
        self._other = bind(Act.OTHER_LETTER, self, self._choose_other)
        self._kinds = QuietCombo("Welke brieven")
        self._kinds.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToContents)
        self._table = RowTable("letters", "Brieven die klaarstaan", proposal_columns(), _key, state)
        bind_export(
            self._table, desk, self._table, name="Brieven die klaarstaan", noun=("brief", "brieven"), supplier_of=_key
        )
        self._skipped = SkippedList(navigator, state)
        bind_export(
            self._skipped, desk, self._skipped.table, name="Overgeslagen leveranciers",
            noun=("leverancier", "leveranciers"), supplier_of=lambda found: found.supplier_id,
        )  # fmt: skip
        self._preview = PagePreview(desk, state, self)
        self._build(begin_anew)
        self._kinds.currentIndexChanged.connect(lambda _place: self._show_rows())
        self._table.current_changed.connect(self._show_letter)
        self._table.opened.connect(lambda _row: self._preview.view.setFocus())
        self._table.rows_model.checks_changed.connect(self._ticks_changed)
        self._preview.left.connect(self._table.setFocus)
        self._skipped.left.connect(self._toggle_skipped)
        desk.changed.connect(self._register_changed)

    def prepare(self, supplier_ids: Collection[str]) -> None:
        """Propose letters for these suppliers, for everyone who is due one when there are none."""
        self._choices.begin(supplier_ids)
        self._plan, self._proposals = None, ()
        self._stack.setCurrentIndex(0)
        self._load()

    def arrive(self) -> None:
        """Be shown: propose anew when anything changed, and put the focus on the list."""
        self._preview.arrive()
        # Later, because whoever goes here may have certain suppliers in mind.
        self._loading.start()
        self._focus()

    def keep_now(self) -> None:
        """Keep what was decided, before the window closes."""
        self._choices.keep_now()

    def _load_when_stale(self) -> None:
        if self._is_stale or (self._planning is None and self._on != self._desk.clock.today()):
            self._load()

    # -- the proposal -----------------------------------------------------------------------------------------------

    def _register_changed(self) -> None:
        self._is_stale = True
        if self.isVisible() and not self._is_making:
            self._preview.arrive()
            self._load()

    def _load(self) -> None:
        if self._planning:
            self._planning.cancel()
        on, only = self._desk.clock.today(), self._choices.only
        self._is_stale = False
        self._version += 1
        version = self._version
        self._planning = self._desk.read(
            lambda register, _progress: plan_letters(register, on=on, only=only),
            what="Brieven klaarzetten",
            owner=self,
            done=lambda plan: self._show_plan(plan, on, version),
            failed=lambda error: self._not_planned(error, version),
        )
        self._tell()

    def _show_plan(self, plan: LetterPlan, on: date, version: int) -> None:
        if version != self._version:
            return
        self._plan, self._on, self._planning = plan, on, None
        self._show_proposals()
        self._skipped.show_skipped(plan.skipped)
        if not plan.proposals and plan.skipped:
            self._stack.setCurrentIndex(1)
        elif not plan.skipped:
            self._stack.setCurrentIndex(0)
        if self.isVisible() and not self._table.hasFocus():
            self._focus()

    def _show_proposals(self) -> None:
        """Show the letters as the user wants them, those of the chosen kind."""
        assert self._plan is not None
        self._proposals = self._choices.applied(self._plan, on=self._on)
        show_kinds(self._kinds, self._proposals)
        self._show_rows()

    def _show_rows(self) -> None:
        wish = self._kinds.currentData()
        shown = tuple(found for found in self._proposals if wish is None or wish.fits(found))
        self._table.rows_model.checked = self._choices.ticked(shown)
        self._number()
        self._table.show_rows(shown)
        self._tell()
        self._show_letter(self._table.current_row())

    def _not_planned(self, error: BaseException, version: int) -> None:
        if version == self._version:
            self._planning = None
            self._desk.report(error)
            self._tell()

    def _number(self) -> None:
        """Count for each letter how many ticked ones go before it: that gives its kenmerk."""
        self._before = {}
        ticked = self._choices.ticked(self._proposals)
        place = 0
        for found in self._proposals:
            self._before[found.supplier.id] = place
            place += found.supplier.id in ticked

    def _ticks_changed(self) -> None:
        self._choices.tick(tuple(self._table.rows_model.rows), self._table.rows_model.checked)
        self._number()
        self._tell()
        self._show_letter(self._table.current_row())

    def _chosen(self) -> tuple[Proposal, ...]:
        """Return the letters to make, also those of a kind that is not shown now."""
        ticked = self._choices.ticked(self._proposals)
        return tuple(found for found in self._proposals if found.supplier.id in ticked)

    def _choose_other(self) -> None:
        """Offer what else can be written to the current supplier."""
        found: Proposal | None = self._table.current_row()
        if found is None:
            return
        menu = QMenu(self)
        menu.setAccessibleName("Andere brief")
        for words, otherwise in other_letters(found):
            menu.addAction(words).triggered.connect(
                lambda _on=False, key=found.supplier.id, how=otherwise: self._write_otherwise(key, how)
            )
        menu.exec(self._table.viewport().mapToGlobal(self._table.visualRect(self._table.currentIndex()).bottomLeft()))
        menu.deleteLater()

    def _write_otherwise(self, supplier_id: str, otherwise: Otherwise) -> None:
        self._choices.write(supplier_id, otherwise)
        self._version += 1
        self._show_proposals()

    # -- making -----------------------------------------------------------------------------------------------------

    def _make_letters(self) -> None:
        if self._on != self._desk.clock.today():
            self._desk.noticed.emit(Notice("Het is een nieuwe dag: kijk de brieven nog eens na.", Tone.NOTE))
            self._load()
            return
        on = self._on
        proposals = self._chosen()
        self._is_making = True
        task = self._desk.write(
            lambda register, progress: write_letters(register, proposals, on=on, folder=None, progress=progress),
            what="Brieven maken",
            owner=self,
            done=self._letters_made,
            failed=self._not_made,
            touched=touched([found.supplier.id for found in proposals]),
        )
        self._is_making = task is not None
        self._tell()

    def _letters_made(self, written: Written) -> None:
        self._is_making = False
        # What was proposed was made; the next proposal is for everyone again.
        self._choices.forget()
        self._plan, self._proposals = None, ()
        self.made.emit(written)
        made = count(len(written.letters), "brief", "brieven")
        self._desk.noticed.emit(
            Notice(f"{made} gemaakt en bewaard. Druk ze af met {shown_key(Act.PRINT)}.", act=Act.UNDO)
        )

    def _not_made(self, error: BaseException) -> None:
        self._is_making = False
        self._desk.report(error)
        self._tell()

    # -- what is shown ----------------------------------------------------------------------------------------------

    def _build(self, begin_anew: QAction) -> None:
        self._choice_words = text(role="muted", wraps=True)
        self._choice = QWidget()
        choice_row = row(self._choice_words, ActionButton(begin_anew))
        choice_row.setStretch(0, 1)
        self._choice.setLayout(choice_row)
        self._kind_row = QWidget()
        self._kind_row.setLayout(row(text("Toon"), self._kinds, None))
        self._note_words = text(wraps=True)
        note_row = row(self._note_words, ActionButton(self._see_skipped))
        note_row.setStretch(0, 1)
        self._note = card(note_row, role="note", edge=12)
        self._empty = empty_words()
        self._letters = framed(self._table, self._empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._letters)
        self._stack.addWidget(self._skipped)
        self._foot = text(role="muted")
        left = column(
            self._choice, self._note, self._kind_row, self._stack,
            row(
                ActionButton(self._make, is_primary=True), ActionButton(self._other), ActionButton(self._to_supplier),
                None, self._foot,
            ),
            gap=12,
        )  # fmt: skip
        both = row(left, self._preview, gap=16)
        both.setStretch(0, 4)
        both.setStretch(1, 3)
        self.setLayout(both)

    def _tell(self) -> None:
        """Say how things stand: in words, in what can be done, and in the step."""
        plan, letters = self._plan, self._proposals
        chosen = len(self._chosen())
        can_make = chosen > 0 and self._planning is None
        is_skipping = self._stack.currentWidget() is self._skipped
        self._make.setText(f"{count(chosen, 'brief', 'brieven')} maken" if chosen else "Brieven maken")
        self._make.setEnabled(can_make and not self._is_making and not is_skipping)
        many = len(self._choices.only or ())
        chosen_words = f"Voor {count(many, 'gekozen leverancier', 'gekozen leveranciers')}" if many else ""
        self._choice_words.setText(self._choices.resumed or chosen_words)
        self._choice.setVisible(bool(self._choice_words.text()))
        self._kind_row.setVisible(self._kinds.count() > 2 and not is_skipping)
        skipped = plan.skipped if plan else ()
        none = "" if letters else "Er is nu geen brief klaar te zetten. "
        self._note_words.setText(none + skipped_words(skipped) if skipped else "")
        self._note.setVisible(bool(skipped))
        self._see_skipped.setEnabled(bool(skipped))
        self._see_skipped.setText("Terug naar de brieven" if is_skipping else "Bekijken")
        self._empty.setText(nothing_words(self._desk, plan, is_planning=bool(self._planning), is_choice=bool(many)))
        self._empty.setVisible(not letters)
        self._table.setVisible(bool(letters))
        self._foot.setText(f"{number(chosen)} aangevinkt" if letters else "")
        self._foot.setVisible(not is_skipping)
        self._preview.setVisible(bool(letters) and not is_skipping)
        self._to_supplier.setEnabled(self._current_id() is not None)
        self._other.setEnabled(self._table.current_row() is not None and not is_skipping)
        self.step = 1 if can_make else 0
        self.step_changed.emit()

    def _show_letter(self, found: Proposal | None) -> None:
        self._to_supplier.setEnabled(self._current_id() is not None)
        self._other.setEnabled(found is not None)
        if found is None or not self._proposals:
            self._preview.show_letter(None)
            return
        rows = self._table.rows_model.rows
        place = self._table.currentIndex().row()
        wanted, *beside = [
            drafted(rows[at], on=self._on, before=self._before[_key(rows[at])], version=self._version)
            for at in (place, place + 1, place - 1)
            if 0 <= at < len(rows)
        ]
        self._preview.show_letter(wanted, caption=f"{number(place + 1)} van {number(len(rows))}", neighbours=beside)

    def _toggle_skipped(self) -> None:
        self._stack.setCurrentIndex(1 - self._stack.currentIndex())
        self._tell()
        self._focus()

    def _focus(self) -> None:
        if self._stack.currentWidget() is self._skipped:
            self._skipped.table.setFocus()
        elif self._proposals:
            self._table.setFocus()

    def _current_id(self) -> str | None:
        table = self._skipped.table if self._stack.currentWidget() is self._skipped else self._table
        key: str | None = table.current_key()
        return key if table is self._skipped.table or self._proposals else None

    def _open_supplier(self) -> None:
        if found := self._current_id():
            self._navigator.open_supplier(found)


def _key(found: Proposal) -> str:
    return found.supplier.id
