"""Everything about one supplier: who it is and how it stands on top, and a tab for each thing that is recorded."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.base.formatting import number
from app.domain.supplier import Supplier
from app.services.show_supplier import Dossier, show_supplier
from ui.base.actions import Act, bind, on_escape
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.dialogs import ask
from ui.pages.supplier_sections.agreements_section import AgreementsSection
from ui.pages.supplier_sections.certificates_section import CertificatesSection
from ui.pages.supplier_sections.changes_section import ChangesSection
from ui.pages.supplier_sections.contacts_section import ContactsSection
from ui.pages.supplier_sections.contracts_section import ContractsSection
from ui.pages.supplier_sections.details_section import DetailsSection
from ui.pages.supplier_sections.letters_section import LettersSection
from ui.pages.supplier_sections.new_supplier import NewSupplier
from ui.pages.supplier_sections.overview_section import OverviewSection
from ui.pages.supplier_sections.section import Section
from ui.pages.supplier_sections.supplier_head import SupplierHead
from ui.widgets.layout import EDGE, column


class _Tab(NamedTuple):
    name: str
    title: str
    build: Callable[[Desk, Navigator, WindowState], Section]
    counts: Callable[[Dossier], int] | None = None


_TABS = (
    _Tab("overview", "Overzicht", OverviewSection),
    _Tab("details", "Gegevens", DetailsSection),
    _Tab("contacts", "Contacten", ContactsSection, lambda d: len(d.contacts)),
    _Tab("contracts", "Contracten", ContractsSection, lambda d: len(d.contracts)),
    _Tab("certificates", "Certificaten", CertificatesSection, lambda d: len(d.certificates)),
    _Tab("agreements", "Afspraken", AgreementsSection,
         lambda d: len(d.exemptions) + len(d.postponements) + len(d.promises) + len(d.follow_ups)),
    _Tab("letters", "Brieven", LettersSection, lambda d: len(d.letters)),
    _Tab("changes", "Wijzigingen", ChangesSection, lambda d: len(d.history)),
)  # fmt: skip
_PLACES = {tab.name: place for place, tab in enumerate(_TABS)}
# What can be begun from elsewhere, and in which tab.
_BEGINS = {"certificate": "certificates", "amount": "contracts"}


class SupplierPage(Page):
    """One supplier at a time. A tab is built when it is first shown, and read anew when the register changed."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the head; the rest comes with a supplier."""
        super().__init__(desk, navigator, state)
        self._dossier: Dossier | None = None
        self._sections: dict[str, Section] = {}
        self._behind: set[str] = set()
        self._bind_actions()
        self._head = SupplierHead(self._edit_action, self._letter_action, navigator.open_suppliers)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Tabbladen van de leverancier")
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(True)
        for tab in _TABS:
            self._tabs.addTab(tab.title)
        self._stack = QStackedWidget()
        self._new = NewSupplier(desk)
        self._whole = QStackedWidget()
        view = self._supplier_view()
        self._whole.addWidget(view)
        self._whole.addWidget(self._new)
        self.setLayout(column(self._whole, edge=EDGE))
        # Built at once, because a note can be begun from every tab.
        self._show_tab()
        view.addActions(self._section().actions())
        self._tabs.currentChanged.connect(self._show_tab)
        on_escape(self._tabs, self._step_out)
        self._new.saved.connect(self._made)
        self._new.left.connect(self._leave)
        desk.changed.connect(self._changed)
        desk.rows_changed.connect(self._show_next_step)

    def _supplier_view(self) -> QWidget:
        view = QWidget()
        body = column(self._head, self._tabs, self._stack, gap=12)
        body.setStretch(2, 1)
        view.setLayout(body)
        return view

    # -- what is shown ----------------------------------------------------------------------------------------------

    def show_supplier(self, supplier_id: str, *, section: str = "") -> None:
        """Show a supplier. `section` is a tab, a field, or what is begun: "note", "certificate", "amount"."""
        supplier_id = self.desk.register.survivor_id(supplier_id)
        is_other = self._dossier is None or self._dossier.supplier.id != supplier_id or self._is_new
        if is_other:
            if not self.may_leave():
                return
            for built in self._sections.values():
                built.forget()
        if not self._load(supplier_id):
            return
        self._whole.setCurrentIndex(0)
        if section in _BEGINS:
            self._go_to(_BEGINS[section])
            self._section().begin()
        elif is_other or section:
            name = section if section in _PLACES else "overview" if section in ("", "note") else "details"
            self._go_to(name, "" if section in _PLACES else section)
        else:
            self._section().take_focus()

    def begin_new(self, name: str) -> None:
        """Begin a supplier that is not in the register, with what is known of its name."""
        if not self.may_leave():
            return
        self._whole.setCurrentWidget(self._new)
        self._new.begin(name)

    @property
    def holds_typing(self) -> bool:
        """Whether something typed in a tab, or of a new supplier, is not saved."""
        return bool(self._edited())

    def may_leave(self) -> bool:
        """Ask when something typed would be lost."""
        edited = self._edited()
        if not edited:
            return True
        where = ", ".join(edited)
        question = f"Er staat invoer die niet is opgeslagen ({where}). Weggooien?"
        if not ask.confirm(self, "Niet opgeslagen", question, verb="Weggooien"):
            return False
        self._new.forget()
        for built in self._sections.values():
            built.forget()
        if self._dossier:
            self._behind = set(self._sections)
        return True

    def _edited(self) -> list[str]:
        """Return where something typed is not saved."""
        if self._is_new and self._new.is_edited:
            return ["Nieuwe leverancier"]
        return [tab.title for tab in _TABS if tab.name in self._sections and self._sections[tab.name].is_edited]

    @property
    def _is_new(self) -> bool:
        return self._whole.currentWidget() is self._new

    def _load(self, supplier_id: str) -> bool:
        """Read a supplier, or the one it turned out to be, and show it; False when it is not there any more."""
        supplier_id = self.desk.register.survivor_id(supplier_id)
        supplier = self.desk.register.suppliers.find(supplier_id)
        if supplier is None or supplier.is_archived:
            self._dossier = None
            self._say_gone(supplier)
            return False
        self._dossier = dossier = show_supplier(self.desk.register, supplier_id, on=self.desk.on)
        self._head.show_supplier(supplier, dossier.judged.verdict, self.desk.row(supplier_id))
        self._letter_action.setEnabled(self.desk.can_write)
        self._behind = set(self._sections)
        self._mark_tabs()
        self._catch_up()
        return True

    def _say_gone(self, supplier: Supplier | None) -> None:
        words = f"{supplier.name} is beëindigd." if supplier else "Deze leverancier staat niet meer in het register."
        self.desk.noticed.emit(Notice(words, Tone.NOTE))
        for built in self._sections.values():
            built.forget()
        self.navigator.open_suppliers()

    def _changed(self) -> None:
        if self._dossier and self.isVisible() and not self._is_new:
            self._load(self._dossier.supplier.id)

    def _show_next_step(self) -> None:
        if self._dossier:
            self._head.show_next_step(self.desk.row(self._dossier.supplier.id))

    # -- tabs -------------------------------------------------------------------------------------------------------

    def _section(self) -> Section:
        """Return the tab that is shown, built when it was not yet."""
        tab = _TABS[self._tabs.currentIndex()]
        if tab.name not in self._sections:
            made = tab.build(self.desk, self.navigator, self.state)
            made.changed.connect(self._mark_tabs)
            made.stepped_out.connect(self._to_tabs)
            made.wants.connect(self._go_to)
            self._sections[tab.name] = made
            self._behind.add(tab.name)
            self._stack.addWidget(made)
        return self._sections[tab.name]

    def _show_tab(self) -> None:
        section = self._section()
        self._stack.setCurrentWidget(section)
        self._catch_up()
        for action in self._tabs.actions():
            self._tabs.removeAction(action)
        self._tabs.addActions(section.tab_actions())

    def _catch_up(self) -> None:
        name = _TABS[self._tabs.currentIndex()].name
        if self._dossier and name in self._behind:
            self._behind.discard(name)
            self._section().show_dossier(self._dossier)

    def _go_to(self, name: str, key: str = "") -> None:
        self._tabs.setCurrentIndex(_PLACES[name])
        self._show_tab()
        self._section().take_focus(key)

    def _step_tab(self, by: int) -> None:
        self._tabs.setCurrentIndex((self._tabs.currentIndex() + by) % len(_TABS))
        self._section().take_focus()

    def _mark_tabs(self) -> None:
        for place, tab in enumerate(_TABS):
            found = tab.counts(self._dossier) if tab.counts and self._dossier else 0
            words = f"{tab.title} {number(found)}" if found else tab.title
            is_edited = tab.name in self._sections and self._sections[tab.name].is_edited
            shown = f"● {words}" if is_edited else words
            if self._tabs.tabText(place) != shown:
                self._tabs.setTabText(place, shown)
                self._tabs.setTabToolTip(place, "Hier staat invoer die niet is opgeslagen" if is_edited else "")
                self._tabs.setAccessibleTabName(place, f"{words}, niet opgeslagen" if is_edited else words)

    def _to_tabs(self) -> None:
        self._tabs.setFocus(Qt.FocusReason.TabFocusReason)

    def _step_out(self) -> None:
        """Esc on the tabs puts back what was typed in the one shown; when there is nothing, it leads back."""
        if not self._section().restore():
            self.navigator.go_back()

    # -- actions ----------------------------------------------------------------------------------------------------

    def _bind_actions(self) -> None:
        self._edit_action = bind(Act.EDIT, self, self._edit)
        self._letter_action = bind(Act.LETTER, self, self._write_letter)
        bind(Act.NEXT_TAB, self, lambda: self._step_tab(1))
        bind(Act.PREVIOUS_TAB, self, lambda: self._step_tab(-1))

    def _edit(self) -> None:
        if not self._is_new and not self._section().edit():
            self._go_to("details")

    def _write_letter(self) -> None:
        if self._dossier and not self._is_new:
            self.navigator.open_letters([self._dossier.supplier.id])

    def _made(self, supplier_id: str, name: str) -> None:
        self.navigator.open_supplier(supplier_id)
        self.desk.noticed.emit(Notice(f"{name} staat in het register.", act=Act.UNDO))

    def _leave(self) -> None:
        if self.may_leave():
            self._new.forget()
            self.navigator.go_back()
            if self._is_new and self.isVisible():
                self.navigator.open_suppliers()
