"""Letters: choose who gets one and check it, print or save it, and find back what was ever made."""

from collections.abc import Collection

from PySide6.QtWidgets import QStackedWidget, QTabBar

from app.services.write_letters import Written
from ui.base.actions import Act, bind, shown_key
from ui.base.desk import Desk
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.pages.letters_archive import ArchivePanel
from ui.pages.letters_choose import ChoosePanel
from ui.pages.letters_round import RoundPanel
from ui.widgets.layout import EDGE, column, row, text
from ui.widgets.step_pills import StepPills

_PREPARE, _ARCHIVE = 0, 1
_PRINT_STEP = 2


class LettersPage(Page):
    """Two tabs: the round at hand in three steps, and the archive."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts."""
        super().__init__(desk, navigator, state)
        bind(Act.ARCHIVE, self, self._open_archive)
        self._has_round = False
        begin_anew = bind(Act.NEW_ROUND, self, lambda: self.prepare(()))
        self._choose = ChoosePanel(desk, navigator, state, begin_anew=begin_anew)
        self._round = RoundPanel(desk, navigator, state, begin_anew=begin_anew)
        self._archive = ArchivePanel(desk, navigator, state)
        self._pills = StepPills(("Kiezen", "Nakijken", "Afdrukken of bewaren"))
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Klaarzetten of archief")
        self._tabs.setDrawBase(False)
        self._tabs.addTab("Klaarzetten")
        self._tabs.addTab("Archief")
        self._tabs.setTabToolTip(_ARCHIVE, f"{Act.ARCHIVE.spec.tip} ({shown_key(Act.ARCHIVE)})")
        self._stack = QStackedWidget()
        for panel in (self._choose, self._round, self._archive):
            self._stack.addWidget(panel)
        self.setLayout(
            column(
                row(text("Brieven", "title"), 8, self._tabs, None, self._pills),
                self._stack,
                gap=12, edge=EDGE,
            )
        )  # fmt: skip
        self._tabs.currentChanged.connect(self._show_tab)
        self._choose.made.connect(self._show_round)
        self._choose.step_changed.connect(self._show_step)

    def arrive(self) -> None:
        """Be shown, as it was left."""
        self._panel().arrive()

    def prepare(self, supplier_ids: Collection[str]) -> None:
        """Propose letters for these suppliers."""
        self._has_round = False
        self._choose.prepare(supplier_ids)
        self._go(_PREPARE)

    def show_letter(self, letter_id: str) -> None:
        """Show one letter of the archive."""
        self._go(_ARCHIVE)
        self._archive.show_letter(letter_id)

    def _panel(self) -> ChoosePanel | RoundPanel | ArchivePanel:
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

    def _open_archive(self) -> None:
        self._go(_ARCHIVE)
        self._archive.search.setFocus()

    def _show_round(self, written: Written) -> None:
        self._has_round = True
        self._round.show_round(written)
        self._show_tab()
        if self.isVisible() and self._panel() is self._round:
            self._round.arrive()

    def _show_step(self) -> None:
        if not self._has_round:
            self._pills.show_step(self._choose.step)
