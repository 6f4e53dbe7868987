"""Finding out whose conversation it was: what was said, a line to search in, and who fits."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFrame

from app.base.formatting import short_moment
from app.domain.journal import CallNote
from app.services.look_up import find_matches
from ui.base.actions import on_escape
from ui.base.desk import Desk
from ui.widgets.action_button import ActionButton
from ui.widgets.hit_list import Hit, HitList
from ui.widgets.layout import CARD_EDGE, column, row, scrolled, text
from ui.widgets.line_edit import LineEdit

_LIMIT = 12
_LOWEST = 180
_ALL = 100
_SAID = 76
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class WorkLink(QFrame):
    """`chosen` tells who Enter was pressed for, `searched` that others fit, `stepped_out` that Esc left the line."""

    chosen = Signal(str)
    searched = Signal()
    stepped_out = Signal()

    def __init__(self, desk: Desk, link: QAction, new: QAction) -> None:
        """`link` and `new` are done with the buttons; Enter in the line links too."""
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._call_id = ""
        self._said, self._when = text(wraps=True), text(role="small", wraps=True)
        self._said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = scrolled(self._said, "Wat er is gezegd")
        said.setFixedHeight(_SAID)
        self._line = _SearchLine("Zoek de leverancier", hint="Naam, plaats, KvK, telefoon…", clears=True)
        self._hits = HitList("Gevonden leveranciers")
        self._hits.setMinimumHeight(_LOWEST)
        self._nobody = text(role="muted", wraps=True)
        buttons = row(ActionButton(link, is_primary=True), ActionButton(new), None)
        parts = column(
            text("Van wie was dit gesprek?", "heading"), self._when, said, self._line, self._hits, self._nobody,
            buttons, None, edge=CARD_EDGE,
        )  # fmt: skip
        # What those who fit do not take stays empty beneath the buttons.
        parts.setStretchFactor(self._hits, _ALL)
        self.setLayout(parts)
        on_escape(self, self.stepped_out.emit)
        self._line.textChanged.connect(self._search)
        self._line.walked.connect(self._hits.walk)
        self._line.returnPressed.connect(self._choose)
        self._hits.chosen.connect(lambda _hit: self._choose())
        self._search()

    def show_call(self, call: CallNote) -> None:
        """Show a conversation. Who called may be known by number or name already; then it is looked for at once."""
        if call.id == self._call_id:
            return
        self._call_id = call.id
        self._said.setText(call.text or "Er is niets genoteerd.")
        parts = (short_moment(call.started_at), f"beller: {call.caller}" if call.caller else "", f"door {call.by}")
        self._when.setText(" · ".join(filter(None, parts)))
        caller = call.caller.strip()
        is_known = bool(caller) and bool(find_matches(self._desk.register, caller, limit=1))
        self._line.setText(caller if is_known else "")
        self._search()

    def take_focus(self) -> None:
        """Begin to search."""
        self._line.setFocus()
        self._line.selectAll()

    @property
    def supplier_id(self) -> str:
        """The supplier that is current among those that fit, "" when there is none."""
        hit = self._hits.current()
        return hit.match.supplier_id if hit else ""

    def _search(self) -> None:
        sought = self._line.text()
        found = find_matches(self._desk.register, sought, limit=_LIMIT).shown
        rows = [self._desk.row(match.supplier_id) for match in found]
        hits = [
            Hit(match, known.status if known else None, known.status.label if known else "")
            for match, known in zip(found, rows, strict=True)
        ]
        self._hits.show_lines(hits)
        self._hits.setVisible(bool(hits))
        self._nobody.setVisible(not hits)
        self._nobody.setText("Niemand gevonden." if sought.strip() else "Typ een deel van de naam of het nummer.")
        self.searched.emit()

    def _choose(self) -> None:
        if self.supplier_id:
            self.chosen.emit(self.supplier_id)


class _SearchLine(LineEdit):
    """The arrow keys walk who fits while the focus stays here."""

    walked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk; the rest is typing."""
        if step := _STEPS.get(Qt.Key(event.key())):
            self.walked.emit(step)
        else:
            super().keyPressEvent(event)
