"""The head of the page: who it is, how it stands, and what is done most."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from app.base.formatting import short_date
from app.domain.supplier import Supplier
from app.domain.verdict import Status, Verdict
from ui.widgets.action_button import ActionButton
from ui.widgets.chips import StatusChip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import column, row


class SupplierHead(QWidget):
    """Name, numbers and status; the way back above them."""

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
        self._chip = StatusChip()
        named = row(self._name, self._chip, ActionButton(edit), ActionButton(letter, is_primary=True))
        named.setStretch(0, 1)
        self.setLayout(column(row(back, None), named, self._facts, gap=2))

    def show_supplier(self, supplier: Supplier, verdict: Verdict) -> None:
        """Show who it is and how it stands."""
        self._name.say(supplier.name)
        self._facts.say(_facts(supplier))
        self._chip.show_status(verdict.status, _status_words(verdict))


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
