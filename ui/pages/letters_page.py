"""Letters: choose who gets one and check it, print or save it, go on with a round, and find back what was made."""

from collections.abc import Collection

from PySide6.QtWidgets import QStackedWidget, QTabBar

from app.base.formatting import count
from app.domain.letter import RoundTally
from app.services.letter_archive import ArchivedLetter
from app.services.write_letters import Written
from ui.base.actions import Act, bind, shown_key
from ui.base.desk import Desk
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.dialogs import ask
from ui.pages.letters_archive import ArchivePanel
from ui.pages.letters_choose import ChoosePanel
from ui.pages.letters_kept import KeptPanel
from ui.pages.letters_round import RoundPanel
from ui.pages.letters_rounds import RoundsPanel, state_words
from ui.pages.letters_texts import TextsPanel
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import EDGE, card, column, row, text
from ui.widgets.step_pills import StepPills

_PREPARE, _ROUNDS, _ARCHIVE, _TEXTS = 0, 1, 2, 3
_PRINT_STEP = 2


class LettersPage(Page):
    """Tabs: the round at hand in three steps, all rounds, the archive, and the texts."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts."""
        super().__init__(desk, navigator, state)
        bind(Act.ARCHIVE, self, self._open_archive)
        bind(Act.ROUNDS, self, lambda: self._go(_ROUNDS))
        bind(Act.TEXTS, self, lambda: self._go(_TEXTS))
        self._go_on = bind(Act.GO_ON, self, self._reopen_last)
        self._has_round = False
        begin_anew = bind(Act.NEW_ROUND, self, lambda: self.prepare(()))
        self._choose = ChoosePanel(desk, navigator, state, begin_anew=begin_anew)
        self._round = RoundPanel(desk, navigator, state, begin_anew=begin_anew)
        self._rounds = RoundsPanel(desk, state)
        self._archive = ArchivePanel(desk, navigator, state)
        self._texts = TextsPanel(desk, state)
        self._lying = text(wraps=True)
        lying_row = row(self._lying, ActionButton(self._go_on))
        lying_row.setStretch(0, 1)
        self._lying_note = card(lying_row, role="note", edge=12)
        self._pills = StepPills(("Kiezen", "Nakijken", "Afdrukken of bewaren"))
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Klaarzetten, rondes, archief of teksten")
        self._tabs.setDrawBase(False)
        self._tabs.addTab("Klaarzetten")
        self._tabs.addTab("Rondes")
        self._tabs.addTab("Archief")
        self._tabs.addTab("Teksten")
        for tab, act in ((_ROUNDS, Act.ROUNDS), (_ARCHIVE, Act.ARCHIVE), (_TEXTS, Act.TEXTS)):
            self._tabs.setTabToolTip(tab, f"{act.spec.tip} ({shown_key(act)})")
        self._stack = QStackedWidget()
        for panel in (self._choose, self._round, self._rounds, self._archive, self._texts):
            self._stack.addWidget(panel)
        self.setLayout(
            column(
                row(text("Brieven", "title"), 8, self._tabs, None, self._pills),
                self._lying_note,
                self._stack,
                gap=12, edge=EDGE,
            )
        )  # fmt: skip
        self._tabs.currentChanged.connect(self._show_tab)
        self._choose.made.connect(self._show_round)
        self._choose.step_changed.connect(self._show_step)
        self._rounds.opened.connect(self._reopen)
        self._rounds.told.connect(self._show_lying)
        self._round.answered.connect(self._reply_to)
        self._show_lying()
        desk.changed.connect(self._catch_up)

    def arrive(self) -> None:
        """Be shown, as it was left, and say so when letters of a round still wait."""
        self._rounds.catch_up()
        self._panel().arrive()

    def may_close(self) -> bool:
        """Keep the round that is being chosen."""
        self._choose.keep_now()
        return True

    def prepare(self, supplier_ids: Collection[str]) -> None:
        """Propose letters for these suppliers."""
        self._has_round = False
        self._choose.prepare(supplier_ids)
        self._go(_PREPARE)

    def show_letter(self, letter_id: str) -> None:
        """Show one letter of the archive."""
        self._go(_ARCHIVE)
        self._archive.show_letter(letter_id)

    def log_reply(self, *, is_here: bool) -> None:
        """Ask for the kenmerk of the letter that was answered; who looks at a letter here can mean that one."""
        panel = self._panel()
        current = panel.table.current_row() if is_here and isinstance(panel, KeptPanel) else None
        if panel is not self._archive:
            self._go(_ARCHIVE)
        self._archive.ask_kenmerk(current)

    @property
    def holds_typing(self) -> bool:
        """Whether an answer or a text was typed and not saved."""
        return self._archive.form.is_edited or self._texts.holds_typing

    def may_leave(self) -> bool:
        """Ask when something typed would be lost."""
        if self._archive.form.is_edited:
            if not ask.may_drop(self):
                return False
            self._archive.form.forget()
        return self._texts.may_leave()

    def _panel(self) -> ChoosePanel | RoundPanel | RoundsPanel | ArchivePanel | TextsPanel:
        if self._tabs.currentIndex() == _ROUNDS:
            return self._rounds
        if self._tabs.currentIndex() == _TEXTS:
            return self._texts
        if self._tabs.currentIndex() == _ARCHIVE:
            return self._archive
        return self._round if self._has_round else self._choose

    def _go(self, tab: int) -> None:
        self._tabs.setCurrentIndex(tab)
        self._show_tab()
        self._panel().arrive()

    def _show_tab(self) -> None:
        """Show the panel of the tab; the focus stays on the tabs, which the arrows walk."""
        self._pills.setVisible(self._tabs.currentIndex() == _PREPARE)
        self._pills.show_step(_PRINT_STEP if self._has_round else self._choose.step)
        self._stack.setCurrentWidget(self._panel())
        self._show_lying()

    def _open_archive(self) -> None:
        self._go(_ARCHIVE)
        self._archive.search.setFocus()

    def _show_round(self, written: Written) -> None:
        self._has_round = True
        self._round.show_round(written)
        self._show_tab()
        if self.isVisible() and self._panel() is self._round:
            self._round.arrive()

    def _catch_up(self) -> None:
        if self.isVisible():
            self._rounds.catch_up()

    # -- rounds -----------------------------------------------------------------------------------------------------

    def _show_lying(self) -> None:
        """Say in one line which round was put down, where another one would be begun."""
        found = self._rounds.unfinished()
        self._go_on.setEnabled(found is not None)
        is_asked = found is not None and self._panel() is self._choose
        self._lying_note.setVisible(is_asked)
        if found:
            letters = count(found.standing, "brief", "brieven")
            self._lying.setText(f"{found.round.title}: {letters}, {state_words(found).lower()}.")

    def _reopen_last(self) -> None:
        if found := self._rounds.unfinished():
            self._reopen(found)

    def _reopen(self, found: RoundTally) -> None:
        self._has_round = True
        self._round.reopen(found)
        self._go(_PREPARE)

    def _reply_to(self, found: ArchivedLetter) -> None:
        self._go(_ARCHIVE)
        self._archive.log_reply_to(found)

    def _show_step(self) -> None:
        if not self._has_round:
            self._pills.show_step(self._choose.step)
