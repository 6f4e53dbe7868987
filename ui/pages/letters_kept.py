"""Letters that were made, each with its exact page beside the list: what a round and the archive have in common."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.base.formatting import count, number, short_date
from app.domain.letter import LetterState
from app.domain.names import sort_key
from app.services import Register
from app.services.letter_archive import ArchivedLetter, get_letter_pdf
from app.services.letter_replies import list_replies
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.base.tasks import Task
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages import letters_output
from ui.pages.letters_reply_words import reply_day, reply_day_words, reply_words, short_reply
from ui.pages.list_export import bind_export
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import card, column, empty_words, framed, row, text
from ui.widgets.page_preview import PagePreview, Sheets, Wanted
from ui.widgets.row_table import RowTable

Fetch = Callable[[Register], Sequence[ArchivedLetter]]


class KeptPanel(QWidget):
    """The list, the page and what can be done; what is asked for is up to the kind of panel.

    What is done is done with the ticked letters, with the current one when none is ticked. `answered` gives the letter
    that an answer is to be logged to.
    """

    answered = Signal(object)

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState, *, name: str, title: str) -> None:
        """`name` is the table's in the remembered state, `title` what a screen reader says of it."""
        super().__init__()
        self.desk, self.navigator = desk, navigator
        self._loading: Task | None = None
        self._is_stale = True
        self._version = 0
        self._bind_actions()
        self.table = RowTable(name, title, _columns(), lambda found: found.letter.id, state)
        self.export = bind_export(
            self, desk, self.table, name=title, noun=("brief", "brieven"), supplier_of=lambda r: r.letter.supplier_id
        )
        self.preview = PagePreview(desk, state, self)
        self._replies = text(wraps=True)
        self._reply_card = card(self._replies, role="note", edge=12)
        self._reply_card.hide()
        self._empty = empty_words()
        self.total = text(role="muted")
        self._head, self._foot = column(gap=12), column(gap=12)
        self._build()
        self.table.current_changed.connect(self._show_letter)
        self.table.opened.connect(lambda _row: self.preview.view.setFocus())
        self.table.rows_model.checks_changed.connect(self._tell)
        self.preview.left.connect(self.table.setFocus)
        desk.changed.connect(self._register_changed)

    def arrive(self) -> None:
        """Be shown: bring the list up to date and put the focus on it."""
        self.preview.arrive()
        if self._is_stale:
            self.load()
        self.table.setFocus()

    def fetch(self) -> Fetch:
        """Return what reads the letters; it runs on the worker."""
        raise NotImplementedError

    def empty_words(self) -> str:
        """Return what to do when there is no letter."""
        raise NotImplementedError

    def chosen(self) -> list[ArchivedLetter]:
        """Return the letters that an action is about."""
        current = self.table.current_row()
        return self.table.rows_model.checked_rows() or ([current] if current else [])

    # -- the list ---------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the letters anew; an older request that still waits is dropped."""
        if self._loading:
            self._loading.cancel()
        self._is_stale = False
        self._version += 1
        version = self._version
        fetch = self.fetch()
        self._loading = self.desk.read(
            lambda register, _progress: fetch(register),
            what="Brieven zoeken",
            owner=self,
            done=lambda found: self._show(found, version),
            failed=lambda error: self._not_loaded(error, version),
        )

    def show_found(self, found: Sequence[ArchivedLetter]) -> None:
        """Show the letters that were read."""
        self.table.show_rows(found)

    def _show(self, found: Sequence[ArchivedLetter], version: int) -> None:
        if version == self._version:
            self._loading = None
            self.show_found(found)
            self._tell()

    def _not_loaded(self, error: BaseException, version: int) -> None:
        if version == self._version:
            self._loading = None
            self.desk.report(error)

    def _register_changed(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self.preview.show_marks()
            self.load()

    # -- what is shown ----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        buttons = [ActionButton(action) for action in self._outputs]
        about_one = row(None, ActionButton(self._reply), ActionButton(self._to_supplier))
        self._primary = ActionButton(self._print, is_primary=True)
        letters = framed(self.table, self._empty)
        left = column(self._head, letters, self._foot, gap=12)
        left.setStretchFactor(letters, 1)
        page = column(self._reply_card, self.preview, about_one, gap=8)
        page.setStretchFactor(self.preview, 1)
        both = row(left, page, gap=16)
        both.setStretch(0, 5)
        both.setStretch(1, 3)
        self.setLayout(column(both, row(self._primary, *buttons, None), gap=12))

    def add_head(self, part: QWidget) -> None:
        """Put something above the list."""
        layout: QBoxLayout = self._head
        layout.addWidget(part)

    def add_foot(self, part: QWidget) -> None:
        """Put something beneath the list."""
        layout: QBoxLayout = self._foot
        layout.addWidget(part)

    def _tell(self) -> None:
        rows, ticked = self.table.rows_model.rows, len(self.table.rows_model.checked)
        self._empty.setText("" if rows else self.empty_words())
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        self.preview.setVisible(bool(rows))
        everything = count(len(rows), "brief", "brieven")
        self.total.setText(f"{number(ticked)} van {number(len(rows))} aangevinkt" if ticked else everything)
        self.total.setVisible(bool(rows))
        self._tell_actions()

    def _tell_actions(self) -> None:
        chosen = self.chosen()
        for action in (self._print, *self._outputs):
            action.setEnabled(bool(chosen))
        open_ones = [item for item in chosen if item.state in (LetterState.MADE, LetterState.PRINTED)]
        self._posted.setEnabled(bool(open_ones))
        self._withdraw.setEnabled(bool(open_ones))
        current = self.table.current_row()
        self._to_supplier.setEnabled(current is not None)
        can_answer = current is not None and current.state is not LetterState.WITHDRAWN
        self._reply.setEnabled(can_answer and self.desk.can_write)

    def _show_letter(self, found: ArchivedLetter | None) -> None:
        self._tell_actions()
        self._show_replies(found)
        if found is None:
            self.preview.show_letter(None)
            return
        rows, place = self.table.rows_model.rows, self.table.currentIndex().row()
        beside = [_wanted(rows[at]) for at in (place + 1, place - 1) if 0 <= at < len(rows)]
        self.preview.show_letter(_wanted(found), caption=found.letter.kenmerk, neighbours=beside)

    def _show_replies(self, found: ArchivedLetter | None) -> None:
        """Say above the page what was answered to the letter."""
        replies = list_replies(self.desk.register, found.letter.id) if found and found.reply else ()
        self._replies.setText("\n".join(map(reply_words, replies)))
        self._reply_card.setVisible(bool(replies))

    # -- actions ----------------------------------------------------------------------------------------------------

    def _bind_actions(self) -> None:
        desk = self.desk
        self._print = bind(Act.PRINT, self, lambda: letters_output.print_letters(self, desk, self.chosen()))
        self._one_file = bind(
            Act.SAVE_PRINT_FILE, self, lambda: letters_output.save_print_file(self, desk, self.chosen())
        )
        self._pdfs = bind(Act.SAVE_PDFS, self, lambda: letters_output.save_pdfs(self, desk, self.chosen()))
        self._posted = bind(Act.MARK_POSTED, self, lambda: letters_output.mark_posted(self, desk, self.chosen()))
        self._withdraw = bind(Act.WITHDRAW, self, lambda: letters_output.withdraw(desk, self.chosen()))
        self._mails = bind(Act.SAVE_MAILS, self, lambda: letters_output.save_mails(self, desk, self.chosen()))
        self._to_supplier = bind(Act.TO_SUPPLIER, self, self._open_supplier)
        self._reply = bind(Act.LOG_REPLY, self, self._answer, has_keys=False)
        self._outputs = (self._one_file, self._pdfs, self._mails, self._posted, self._withdraw)

    def _answer(self) -> None:
        if found := self.table.current_row():
            self.answered.emit(found)

    def _open_supplier(self) -> None:
        if found := self.table.current_row():
            self.navigator.open_supplier(found.supplier_id)


def _wanted(found: ArchivedLetter) -> Wanted:
    letter_id = found.letter.id

    def make(register: Register) -> Sheets:
        return Sheets(get_letter_pdf(register, letter_id))

    return Wanted(letter_id, make)


def _columns() -> list[Column]:
    def of(name: str) -> Callable[[ArchivedLetter], Any]:
        return lambda found: getattr(found.letter, name)

    return [
        Column("tick", "✓", 34, lambda _row: "", Cell.CHECK),
        Column("kenmerk", "Kenmerk", 132, of("kenmerk"), Cell.TEXT, _by_number),
        Column("name", "Leverancier", 0, lambda r: r.supplier_name, Cell.STRONG, lambda r: sort_key(r.supplier_name)),
        Column("state", "Stand", 96, lambda r: r.state.value.capitalize(), Cell.TEXT, lambda r: r.state.value),
        Column("reply", "Antwoord", 148, lambda r: short_reply(r.reply), Cell.TEXT,
               lambda r: r.reply.received_on if r.reply else date.max),
        Column("written_on", "Datum", 108, lambda r: short_date(r.letter.written_on), Cell.TEXT, of("written_on"),
               yields=True, fact=Fact("date", of("written_on"))),
        Column("kind", "Soort", 96, lambda r: r.letter.kind.label, Cell.TEXT, of("kind"), yields=True),
        Column("reply_by", "Reageren t/m", 108, lambda r: reply_day_words(r.letter), Cell.MUTED, of("reply_by"),
               yields=True, fact=Fact("date", lambda r: reply_day(r.letter))),
    ]  # fmt: skip


def _by_number(found: ArchivedLetter) -> tuple[int, str]:
    return len(found.letter.kenmerk), found.letter.kenmerk
