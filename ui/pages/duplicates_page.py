"""Suppliers that are probably there twice: look at each pair, merge it, or say that these are two."""

from collections.abc import Collection

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError
from app.base.formatting import count, join_words
from app.domain.names import sort_key
from app.services.find_duplicates import Duplicate, compare, find_duplicates
from app.services.merge_suppliers import MergePlan, mark_not_the_same, merge_suppliers, plan_merge
from ui.base.actions import Act, bind, on_escape
from ui.base.desk import Desk
from ui.base.notice import Notice, sentence
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.base.tasks import Task
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages.duplicates_choices import DuplicateChoices
from ui.pages.list_export import bind_export
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import EDGE, column, empty_words, framed, row, text
from ui.widgets.row_table import RowTable

_PAUSE_MS = 60
_SEARCHING = "Dubbele leveranciers worden gezocht …"
_STOPPED = "Het zoeken is gestopt. Open dit scherm opnieuw om weer te zoeken."
_NONE = (
    "Geen leveranciers gevonden die op elkaar lijken. Weet u er zelf twee? "
    "Vink ze aan bij Leveranciers (Ctrl+2) en kies daar 2 samenvoegen."
)


class DuplicatesPage(Page):
    """The list of pairs, and beneath it the pair that is chosen."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts; the pairs come with `begin`."""
        super().__init__(desk, navigator, state)
        self._pairs: tuple[Duplicate, ...] = ()
        # Which two somebody wants to see, whether they are alike or not.
        self._wanted: tuple[str, ...] = ()
        # The pair that was dealt with last, and the one that came in its place.
        self._dealt: tuple[object, object] | None = None
        self._searching: Task | None = None
        self._is_stale = True
        self._merge = bind(Act.MERGE, self, self._merge_current)
        self._apart = bind(Act.TWO_FIRMS, self, self._mark_current)
        for action in (self._merge, self._apart):
            # Holding the keys must not deal with pair after pair unseen.
            action.setAutoRepeat(False)
        self._is_writing = False
        self._table = RowTable("duplicates", "Paren die op elkaar lijken", _columns(), lambda pair: pair.key, state)
        bind_export(
            self._table, desk, self._table, name="Dubbele leveranciers", noun=("paar", "paren"),
            supplier_of=lambda pair: pair.first.id,
        )  # fmt: skip
        self._empty = empty_words()
        self._choices = DuplicateChoices(state)
        self._total = text(role="muted")
        pairs = framed(self._table, self._empty)
        parts = column(
            row(text("Dubbele leveranciers", "title"), None, ActionButton(self._apart),
                ActionButton(self._merge, is_primary=True)),
            pairs, self._choices, row(self._total, None), gap=12, edge=EDGE,
        )  # fmt: skip
        parts.setStretchFactor(pairs, 2)
        parts.setStretchFactor(self._choices, 3)
        self.setLayout(parts)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(_PAUSE_MS)
        self._reading.timeout.connect(self._show_pair)
        self._table.current_changed.connect(lambda _pair: self._reading.start())
        self._table.opened.connect(lambda _pair: self._choices.take_focus())
        on_escape(self, self._step_out)
        desk.changed.connect(self._changed)
        self._show_pairs()
        self._show_pair()

    def begin(self, supplier_ids: Collection[str] = ()) -> None:
        """Show the pairs of the register; two suppliers that somebody chose stand in front."""
        self._wanted = (*supplier_ids,)
        self._show_pairs()
        if wanted := self._pair_wanted():
            self._table.make_current(wanted.key)

    def arrive(self) -> None:
        """Be shown, with the focus on the pairs."""
        self._table.setFocus()
        if self._is_stale:
            self._search()

    def _step_out(self) -> None:
        """Esc in the choices leads to the pairs, and from there back."""
        if self._choices.has_focus:
            self._table.setFocus()
        else:
            self.navigator.go_back()

    # -- pairs ------------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        """After a change of the register, or its undo, other suppliers may be alike."""
        self._is_stale = True
        if self.isVisible():
            self._show_pairs()
            self._search()

    def _search(self) -> None:
        if self._searching:
            self._searching.cancel()
        self._is_stale = False

        def done(pairs: tuple[Duplicate, ...]) -> None:
            if self._searching is searching:
                self._searching, self._pairs = None, pairs
                self._show_pairs()

        def failed(error: BaseException) -> None:
            if self._searching is searching:
                self._searching, self._is_stale = None, True
                self._show_pairs()
                self.desk.report(error)

        self._searching = searching = self.desk.read(
            lambda register, progress: find_duplicates(register, progress=progress),
            what="Dubbele leveranciers zoeken",
            owner=self,
            done=done,
            failed=failed,
        )
        self._show_pairs()

    def _pair_wanted(self) -> Duplicate | None:
        """Return the two that somebody chose, as long as both are there."""
        if not self._wanted or not self.desk.is_ready:
            return None
        try:
            pair = compare(self.desk.register, *self._wanted)
        except AppError:
            return None
        return None if pair.first.is_archived or pair.second.is_archived else pair

    def _show_pairs(self) -> None:
        wanted = self._pair_wanted()
        pairs = [pair for pair in self._pairs if wanted is None or pair.key != wanted.key]
        place, key = self._table.currentIndex().row(), self._table.current_key()
        self._table.show_rows([wanted, *pairs] if wanted else pairs)
        shown = self._table.rows_model.rows
        if shown and key is not None and self._table.current_key() != key:
            # What is dealt with goes, and the next pair comes in its place.
            self._table.make_current(self._table.rows_model.key_at(min(max(place, 0), len(shown) - 1)))
            self._dealt = (key, self._table.current_key())
        elif self._dealt and key == self._dealt[1] and self._table.rows_model.place_of(self._dealt[0]) >= 0:
            # It was taken back, and nobody went elsewhere meanwhile.
            self._table.make_current(self._dealt[0])
            self._dealt = None
        words = "" if shown else _SEARCHING if self._searching else _STOPPED if self._is_stale else _NONE
        self._empty.setText(words)
        self._empty.setVisible(bool(words))
        had_focus = self._table.hasFocus()
        self._table.setVisible(not words)
        if words and had_focus:
            # Else the focus would fall out of the page, and its keys with it.
            self.setFocus()
        elif shown and self.hasFocus():
            self._table.setFocus()
        self._total.setText(count(len(shown), "paar lijkt op elkaar", "paren lijken op elkaar") if shown else "")
        self._reading.start()

    def _show_pair(self) -> None:
        pair = self._table.current_row()
        plan = self._plan_of(pair) if pair is not None and self.desk.is_ready else None
        if plan is None and self._choices.has_focus:
            # Else the focus would fall out of the page, and its keys with it.
            (self if self._table.isHidden() else self._table).setFocus()
        self._choices.setVisible(plan is not None)
        if pair is not None and plan is not None:
            self._choices.show_pair(pair, plan)
        focused: QWidget | None = self.window().focusWidget()
        for action in (self._merge, self._apart):
            action.setEnabled(plan is not None and self.desk.can_write)
        if focused and self.isAncestorOf(focused) and not focused.isEnabled():
            # The next control would be the one that takes back what was just done.
            (self if self._table.isHidden() else self._table).setFocus()

    def _plan_of(self, pair: Duplicate) -> MergePlan | None:
        try:
            return plan_merge(self.desk.register, pair.first.id, pair.second.id)
        except AppError:
            # One of the two has ended since; the search that runs leaves the pair out.
            return None

    # -- actions ----------------------------------------------------------------------------------------------------

    def _merge_current(self) -> None:
        plan, chosen = self._choices.plan, dict(self._choices.chosen)
        pair: Duplicate | None = self._table.current_row()
        if plan is None or pair is None or {plan.kept.id, plan.gone.id} != {*pair.key} or self._is_writing:
            # What was read is not yet the pair that was walked to, or it is being merged.
            return
        words = f"Samengevoegd: {plan.gone.name} met {plan.outcome(chosen).name}"
        self._is_writing = True
        self.desk.write(
            lambda register, _progress: merge_suppliers(register, plan, chosen),
            what="Samenvoegen",
            owner=self,
            done=lambda _nothing: self._dealt_with(pair, words, plan.gone.id),
            failed=self._failed,
        )

    def _mark_current(self) -> None:
        pair: Duplicate | None = self._table.current_row()
        if pair is not None and not self._is_writing:
            self._is_writing = True
            words = f"Twee bedrijven: {pair.first.name} en {pair.second.name}"
            self.desk.write(
                lambda register, _progress: mark_not_the_same(register, *pair.key),
                what="Vastleggen",
                owner=self,
                done=lambda _nothing: self._dealt_with(pair, words),
                failed=self._failed,
                touched=(),
            )

    def _failed(self, error: BaseException) -> None:
        self._is_writing = False
        self._show_pair()
        self.desk.report(error)

    def _dealt_with(self, pair: Duplicate, words: str, gone_id: str = "") -> None:
        """Take a pair from the list, and every other one with the supplier that went."""
        self._is_writing = False
        if self._wanted and {*self._wanted} == {*pair.key}:
            self._wanted = ()
        self._pairs = tuple(one for one in self._pairs if one.key != pair.key and gone_id not in one.key)
        self._choices.forget(pair.key)
        self._show_pairs()
        self.desk.noticed.emit(Notice(sentence(words), act=Act.UNDO))


def _columns() -> list[Column]:
    return [
        Column("score", "Lijkt", 72, lambda pair: f"{pair.likeness.score} %", Cell.NUMBER, _by_score,
               fact=Fact("number", lambda pair: pair.likeness.score)),
        Column("first", "Leverancier", 270, lambda pair: pair.first.name, Cell.STRONG, _by_name),
        Column("second", "Misschien dezelfde als", 270, lambda pair: pair.second.name, Cell.TEXT),
        Column("for", "Voor", 0, lambda pair: join_words(pair.likeness.reasons_for), Cell.TEXT),
        Column("against", "Tegen", 200, lambda pair: join_words(pair.likeness.reasons_against), Cell.MUTED),
    ]  # fmt: skip


def _by_score(pair: Duplicate) -> int:
    return pair.likeness.score


def _by_name(pair: Duplicate) -> str:
    return sort_key(pair.first.name)
