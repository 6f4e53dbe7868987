"""Contacten: the people at a supplier."""

from app.domain.names import full_name
from app.domain.supplier import Salutation
from app.services.show_supplier import Dossier
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.pages.supplier_sections.nouns import CONTACT
from ui.pages.supplier_sections.record_list import RecordList
from ui.pages.supplier_sections.record_pane import RecordPane
from ui.pages.supplier_sections.section import ListSection

_TITLES = {Salutation.MR: "de heer", Salutation.MRS: "mevrouw", Salutation.NEUTRAL: ""}
_COLUMNS = (
    Column("name", "Naam", 164, full_name, Cell.STRONG),
    Column("title", "Aanhef", 84, lambda r: _TITLES[r.salutation], Cell.MUTED, yields=True),
    Column("role", "Functie", 150, lambda r: r.role, Cell.MUTED, yields=True),
    Column("phone", "Telefoon", 112, lambda r: r.phone),
    Column("email", "E-mail", 0, lambda r: r.email),
    Column("primary", "Brief", 60, lambda r: "ja" if r.is_primary else "", Cell.MUTED),
)


class ContactsSection(ListSection):
    """The list at the left, the chosen person at the right."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build both."""
        super().__init__(desk, navigator, state)
        pane = RecordPane(desk, [CONTACT])
        records = RecordList(
            "supplier.contacts", "Contactpersonen", _COLUMNS, pane, state, adds="Contact toevoegen",
            empty="Nog geen contactpersonen. Zonder naam begint een brief met ‘Geachte heer, mevrouw’.",
        )  # fmt: skip
        self._lay_out(records)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show who works there, the first contact on top."""
        people = sorted(dossier.contacts, key=lambda found: (not found.is_primary, full_name(found).casefold()))
        self._list.show_records(dossier.supplier.id, people)
