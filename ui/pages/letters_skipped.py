"""Who gets no letter and why, with the way to what must be mended first."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.base.formatting import count, join_words
from app.domain.names import fold, sort_key
from app.services.proposals import Skipped
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.widgets.layout import column, framed, text
from ui.widgets.row_table import RowTable

# What is said of one and of more suppliers, what can be mended first.
_KINDS = {
    "address": ("zonder adres", "zonder adres"),
    "amount": ("zonder bedrag", "zonder bedrag"),
    "certificate": ("stuurde een certificaat", "stuurden een certificaat"),
    "reply": ("stuurde een antwoord", "stuurden een antwoord"),
    "talk": ("antwoordde op geen brief", "antwoordden op geen brief"),
    "answer": ("kreeg al een brief", "kregen al een brief"),
    "promise": ("deed een toezegging", "deden een toezegging"),
    "respite": ("heeft uitstel of vrijstelling", "hebben uitstel of vrijstelling"),
    "coming": ("krijgt binnenkort een certificaat", "krijgen binnenkort een certificaat"),
    "aside": ("is weggezet", "zijn weggezet"),
    "needless": ("heeft geen brief nodig", "hebben geen brief nodig"),
    "ended": ("is beëindigd", "zijn beëindigd"),
}
# What Enter does, and where on the screen of the supplier.
_MENDS = {
    "address": ("Adres invullen", "visiting_street"),
    "amount": ("Bedrag invullen", "contracts"),
    "certificate": ("Certificaat invullen", "certificate"),
}


def skipped_words(skipped: Sequence[Skipped]) -> str:
    """Return `3 leveranciers overgeslagen — 2 zonder adres, 1 kreeg al een brief.`"""
    found: Counter[str] = Counter(item.because for item in skipped)
    parts = [count(found[kind], one, more) for kind, (one, more) in _KINDS.items() if found[kind]]
    return f"{count(len(skipped), 'leverancier', 'leveranciers')} overgeslagen — {join_words(parts)}."


class SkippedList(QWidget):
    """The list; `left` tells that Esc was pressed."""

    left = Signal()

    def __init__(self, navigator: Navigator, state: WindowState) -> None:
        """Begin empty."""
        super().__init__()
        self._navigator = navigator
        self.table = RowTable(
            "letters.skipped", "Overgeslagen leveranciers", _columns(), lambda found: found.supplier_id, state
        )
        self.table.opened.connect(self._open)
        hint = text("Enter gaat naar wat u moet invullen; Esc gaat terug naar de brieven.", "small")
        self.setLayout(column(framed(self.table), hint))

    def show_skipped(self, skipped: Sequence[Skipped]) -> None:
        """Show them, what can be mended first."""
        order = {kind: place for place, kind in enumerate(_KINDS)}
        self.table.show_rows(sorted(skipped, key=lambda found: order[found.because]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _open(self, found: Skipped) -> None:
        _words, section = _MENDS.get(found.because, ("", ""))
        self._navigator.open_supplier(found.supplier_id, section=section)


def _columns() -> list[Column]:
    return [
        Column("name", "Leverancier", 280, lambda r: r.name, Cell.STRONG, lambda r: sort_key(r.name)),
        Column("why", "Waarom geen brief", 0, lambda r: r.why, Cell.TEXT, lambda r: fold(r.why)),
        Column("mend", "Oplossen", 140, lambda r: _MENDS.get(r.because, ("",))[0], Cell.MUTED,
               lambda r: r.because not in _MENDS),
    ]  # fmt: skip
