"""Gegevens: the supplier itself, and of a combination its members."""

from PySide6.QtWidgets import QApplication, QWidget

from app.domain.supplier import SupplierKind
from app.services.show_supplier import Dossier
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.pages.supplier_sections.member_noun import MEMBER, list_members
from ui.pages.supplier_sections.record_list import RecordList
from ui.pages.supplier_sections.record_pane import RecordPane
from ui.pages.supplier_sections.section import Section
from ui.pages.supplier_sections.supplier_noun import SUPPLIER
from ui.widgets.layout import column, row


class DetailsSection(Section):
    """One form; beside it the members, when the supplier is a combination."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the form."""
        super().__init__(desk, navigator, state)
        self._pane = RecordPane(desk, [SUPPLIER], columns=3, ends="Leverancier beëindigen")
        member = RecordPane(desk, [MEMBER])
        columns = [
            Column("name", "Lid", 0, lambda r: r.name, Cell.STRONG),
            Column("kvk", "KvK", 96, lambda r: r.kvk, Cell.MUTED),
            Column("lead", "Rol", 104, lambda r: "penvoerder" if r.member.is_lead else ""),
        ]
        self._members = RecordList(
            "supplier.members", "Leden", columns, member, state, adds="Lid toevoegen",
            empty="Deze combinatie heeft nog geen leden. Voeg ze toe: elk lid moet aan het beleid voldoen.",
        )  # fmt: skip
        both = column(self._members, member, gap=12)
        both.setStretch(0, 1)
        self._beside = QWidget()
        self._beside.setLayout(both)
        layout = row(self._pane, self._beside, gap=16)
        layout.setStretch(0, 5)
        layout.setStretch(1, 3)
        self.setLayout(layout)
        self._has(self._pane, self._members)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the fields; the members only where there can be any."""
        supplier = dossier.supplier
        self._pane.show_record(supplier.id, supplier, owner=supplier.id, title="Gegevens")
        is_combination = supplier.kind is SupplierKind.COMBINATION or bool(dossier.members)
        self._beside.setVisible(is_combination)
        self._members.show_records(supplier.id, list_members(self.desk.register, dossier.members))

    def take_focus(self, key: str = "") -> None:
        """Begin at the name, or at the field that is named."""
        self._pane.take_focus(key if self._pane.has_field(key) else "")

    def edit(self) -> bool:
        """Begin at the name, or in the chosen member while the focus is among them."""
        if self._members.isAncestorOf(QApplication.focusWidget() or self):
            return super().edit()
        self._pane.take_focus()
        return True
