"""The card "Opdrachten per jaar": contracts with what was agreed in the last three years, and what was invoiced."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.base.formatting import euro
from app.domain.contract import AmountKind, Contract, PsoBasis
from app.services.show_supplier import Dossier
from ui.base import theme
from ui.pages.supplier_sections.contracts_section import contract_name
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import CARD_EDGE, column, row, text

_YEARS = 3
_MOST = 12
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Row(NamedTuple):
    name: str
    term: str
    pso: str
    cents: Mapping[int, int]


class OrdersCard(QFrame):
    """A small table that is only read; it is changed in the tab of the contracts."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty("role", "card")
        self._grid = QWidget()
        self._layout = column(
            row(text("Opdrachten per jaar", "heading"), text("excl. btw", "small"), None), self._grid, None,
            edge=CARD_EDGE,
        )  # fmt: skip
        self.setLayout(self._layout)

    def show_orders(self, dossier: Dossier, *, year: int) -> None:
        """Show what runs or was ordered in this year and the two before it."""
        years = range(year - _YEARS + 1, year + 1)
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        rows = _rows(dossier, years)
        if rows:
            _fill(grid, rows, years, dossier)
        else:
            grid.addWidget(
                text("Nog geen bedragen of contracten. Vul ze in bij Contracten.", "muted", wraps=True), 0, 0
            )
        self._layout.replaceWidget(self._grid, fresh)
        self._grid.hide()
        self._grid.deleteLater()
        self._grid = fresh


def _fill(grid: QGridLayout, rows: list[_Row], years: range, dossier: Dossier) -> None:
    for place, heading in enumerate(("Contract", "Loopt", "PSO", *map(str, years))):
        grid.addWidget(_cell(heading, "small", is_number=place > 2), 0, place)
    _line(grid, 1)
    for line, found in enumerate(rows[:_MOST], start=2):
        grid.addWidget(ElidedLabel(found.name), line, 0)
        grid.addWidget(_cell(found.term, "muted"), line, 1)
        grid.addWidget(_cell(found.pso, "muted", is_strong=found.pso == PsoBasis.CONTRACT.value), line, 2)
        for place, year in enumerate(years, start=3):
            grid.addWidget(_cell(_money(found.cents.get(year)), is_number=True), line, place)
    line = len(rows[:_MOST]) + 2
    if len(rows) > _MOST:
        grid.addWidget(_cell(f"en {len(rows) - _MOST} andere, in Contracten", "muted"), line, 0, 1, 3)
        line += 1
    _line(grid, line)
    for kind, name in ((AmountKind.AGREED, "Samen afgesproken"), (AmountKind.INVOICED, "Gefactureerd")):
        line += 1
        is_agreed = kind is AmountKind.AGREED
        role = "" if is_agreed else "muted"
        grid.addWidget(_cell(name, role, is_strong=is_agreed), line, 0, 1, 3)
        for place, year in enumerate(years, start=3):
            found_cents = [one.cents for one in dossier.amounts if one.kind is kind and one.year == year]
            words = _money(sum(found_cents) if found_cents else None)
            grid.addWidget(_cell(words, role, is_number=True, is_strong=is_agreed), line, place)


def _rows(dossier: Dossier, years: range) -> list[_Row]:
    cents: dict[str | None, dict[int, int]] = {}
    for amount in dossier.amounts:
        if amount.kind is AmountKind.AGREED and amount.year in years:
            of_contract = cents.setdefault(amount.contract_id, {})
            of_contract[amount.year] = of_contract.get(amount.year, 0) + amount.cents
    known = {contract.id for contract in dossier.contracts}
    rows = [
        _Row(contract_name(found), _term(found), found.pso_basis.value, cents.get(found.id, {}))
        for found in dossier.contracts
        if found.id in cents or any(found.runs_in(year) for year in years)
    ]
    rows.sort(key=lambda found: (-max(found.cents.values(), default=0), found.name))
    loose: dict[int, int] = {}
    for contract_id, of_year in cents.items():
        if contract_id not in known:
            loose = {year: loose.get(year, 0) + of_year.get(year, 0) for year in {*loose, *of_year}}
    has_invoiced = any(amount.year in years for amount in dossier.amounts)
    if loose or (not rows and has_invoiced):
        rows.append(_Row("Zonder contract" if rows else "Alle opdrachten", "", "", loose))
    return rows


def _term(contract: Contract) -> str:
    begins = str(contract.starts_on.year) if contract.starts_on else ""
    if contract.ends_on is None:
        return f"vanaf {begins}" if begins else "doorlopend"
    return f"{begins}–{contract.ends_on.year}" if begins else f"t/m {contract.ends_on.year}"


def _money(cents: int | None) -> str:
    return "—" if cents is None else euro(cents)


def _cell(words: str, role: str = "", *, is_number: bool = False, is_strong: bool = False) -> QWidget:
    label = text(words, role)
    if is_number:
        label.setAlignment(_RIGHT)
        label.setFont(theme.font(is_tabular=True, is_strong=is_strong))
    elif is_strong:
        label.setFont(theme.font(is_strong=True))
    return label


def _line(grid: QGridLayout, line: int) -> None:
    part = QFrame()
    part.setProperty("role", "line")
    grid.addWidget(part, line, 0, 1, 3 + _YEARS)
