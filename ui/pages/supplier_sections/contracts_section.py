"""Contracten: what runs, and what was agreed and invoiced per year, side by side."""

from datetime import date

from app.base.formatting import euro, short_date
from app.domain.contract import Contract, PsoBasis, YearAmount
from app.services.show_supplier import Dossier
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages.supplier_sections.nouns import CONTRACT
from ui.pages.supplier_sections.record_list import RecordList
from ui.pages.supplier_sections.record_pane import RecordPane
from ui.pages.supplier_sections.section import Section
from ui.pages.supplier_sections.year_figures import FIGURES, list_figures
from ui.widgets.layout import column, row

_NO_CONTRACT = (None, "geen: de leverancier als geheel")


class ContractsSection(Section):
    """Contracts at the left, figures per year at the right, each with its form beneath."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build both lists."""
        super().__init__(desk, navigator, state)
        self._names: dict[str | None, str] = {}
        contract, figures = RecordPane(desk, [CONTRACT]), RecordPane(desk, [FIGURES])
        self._contracts = RecordList(
            "supplier.contracts", "Contracten", self._contract_columns(), contract, state, adds="Contract toevoegen",
            empty="Nog geen contracten. Bedragen kunnen ook zonder contract, hiernaast.",
        )  # fmt: skip
        self._figures = RecordList(
            "supplier.figures", "Bedragen per jaar, excl. btw", self._figure_columns(), figures, state,
            adds="Jaar toevoegen",
            empty="Nog geen bedragen. Zonder bedrag is het oordeel onbekend.",
        )  # fmt: skip
        left, right = column(self._contracts, contract, gap=12), column(self._figures, figures, gap=12)
        for side in (left, right):
            side.setStretch(0, 4)
            side.setStretch(1, 5)
        layout = row(left, right, gap=16)
        layout.setStretch(0, 1)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._has(self._contracts, self._figures)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show contracts, those that run first, and the figures, the newest year first."""
        contracts = sorted(dossier.contracts, key=lambda c: (not c.runs_in(self.desk.on.year), contract_name(c)))
        self._names = {found.id: contract_name(found) for found in contracts}
        form = self._figures.pane.form
        form.set_choices("contract_id", [_NO_CONTRACT, *self._names.items()])
        self._contracts.show_records(dossier.supplier.id, contracts)
        figures = sorted(list_figures(dossier.amounts), key=lambda f: (-f.year, self._names.get(f.contract_id, "")))
        self._figures.show_records(dossier.supplier.id, figures)

    def take_focus(self, key: str = "") -> None:
        """Begin with the contracts, with the figures when there are no contracts."""
        if key in self._names:
            self._contracts.make_current(key)
        (self._contracts if self._names else self._figures).take_focus()

    def begin(self) -> None:
        """Begin the figures of a year: an amount needs no contract."""
        self._figures.add()

    def _contract_columns(self) -> list[Column]:
        return [
            Column("title", "Contract", 0, contract_name, Cell.STRONG, lambda r: contract_name(r).casefold()),
            Column("number", "Nummer", 108, lambda r: r.number, Cell.MUTED, yields=True),
            Column("term", "Loopt", 148, lambda r: term_of(r, self.desk.on)),
            Column("pso", "PSO", 104, _pso_words, Cell.MUTED),
            Column("total", "Totaal", 104, lambda r: euro(r.total_cents) if r.total_cents is not None else "—",
                   Cell.NUMBER, yields=True, fact=Fact("money", lambda r: r.total_cents)),
        ]  # fmt: skip

    def _figure_columns(self) -> list[Column]:
        return [
            Column("year", "Jaar", 56, lambda r: str(r.year), Cell.STRONG, lambda r: r.year,
                   fact=Fact("number", lambda r: r.year)),
            Column("contract", "Contract", 0, lambda r: self._names.get(r.contract_id, "—"), Cell.MUTED),
            Column("agreed", "Afgesproken", 116, lambda r: _euros(r.agreed), Cell.NUMBER,
                   fact=Fact("money", lambda r: _cents(r.agreed))),
            Column("invoiced", "Gefactureerd", 116, lambda r: _euros(r.invoiced), Cell.NUMBER,
                   fact=Fact("money", lambda r: _cents(r.invoiced))),
        ]  # fmt: skip


def contract_name(contract: Contract) -> str:
    """Return how a contract is called: its title, else its number."""
    return contract.title or contract.number or "Contract zonder naam"


def term_of(contract: Contract, on: date) -> str:
    """Return how long a contract still runs on a day, or when it begins."""
    if contract.starts_on and on < contract.starts_on:
        return f"vanaf {short_date(contract.starts_on)}"
    return f"t/m {short_date(contract.ends_on)}" if contract.ends_on else "doorlopend"


def _pso_words(contract: Contract) -> str:
    return "contracteis" if contract.pso_basis is PsoBasis.CONTRACT else "beleid"


def _cents(amount: YearAmount | None) -> int | None:
    return amount.cents if amount else None


def _euros(amount: YearAmount | None) -> str:
    return euro(amount.cents) if amount else "—"
