"""The head of the page: who it is, how it stands, and what is done most."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.base.formatting import day_month, short_date
from app.domain.rows import SupplierRow
from app.domain.supplier import Supplier
from app.domain.verdict import Status, Verdict
from ui.widgets.action_button import ActionButton
from ui.widgets.chips import StatusChip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import column, row


class SupplierHead(QWidget):
    """Name, numbers, status and what is next; the way back above them."""

    def __init__(self, edit: QAction, letter: QAction, go_back: Callable[[], None]) -> None:
        """Place the actions beside the name."""
        super().__init__()
        back = QPushButton("← Leveranciers")
        back.setAutoDefault(True)
        back.setProperty("kind", "flat")
        back.setAccessibleName("Terug naar alle leveranciers")
        back.setStyleSheet("padding: 0; text-align: left")
        back.clicked.connect(lambda: go_back())
        self._name, self._facts = ElidedLabel(role="title"), ElidedLabel(role="muted")
        self._who = ""
        self._chip = StatusChip()
        named = row(self._name, self._chip, ActionButton(edit), ActionButton(letter, is_primary=True))
        named.setStretch(0, 1)
        self.setLayout(column(row(back, None), named, self._facts, gap=2))

    def show_supplier(self, supplier: Supplier, verdict: Verdict, found: SupplierRow | None) -> None:
        """Show who it is and how it stands; `found` as in `show_next_step`."""
        self._name.say(supplier.name)
        self._who = _facts(supplier)
        self.show_next_step(found)
        self._chip.show_status(verdict.status, _status_words(verdict))

    def show_next_step(self, found: SupplierRow | None) -> None:
        """Show what is planned, from the line of the table; nothing while it is not judged yet, or when nothing is."""
        self._facts.say(" · ".join(filter(None, (self._who, _next_step(found) if found else ""))))


def _next_step(found: SupplierRow) -> str:
    if not found.next_step:
        return ""
    # Most steps name their day themselves.
    is_told = found.next_on is None or day_month(found.next_on) in found.next_step
    day = "" if is_told or found.next_on is None else f" ({short_date(found.next_on)})"
    return f"volgende stap: {found.next_step}{day}"


def _facts(supplier: Supplier) -> str:
    parts = (
        f"KvK {supplier.kvk}" if supplier.kvk else "geen KvK-nummer",
        supplier.visiting.city or supplier.postal.city,
        "ketenpartner" if supplier.is_key_partner else "",
        f"crediteur {supplier.own_number}" if supplier.own_number else "",
    )
    return " · ".join(part for part in parts if part)


def _status_words(verdict: Verdict) -> str:
    label = verdict.status.label
    if verdict.status is Status.NON_COMPLIANT and verdict.reason:
        return f"{label} — {verdict.reason.within}"
    if verdict.status in {Status.POSTPONED, Status.EXEMPT} and verdict.until:
        return f"{label} t/m {short_date(verdict.until)}"
    if verdict.status is Status.EXPIRING and verdict.valid_to:
        return f"{label}: {short_date(verdict.valid_to)}"
    return label
