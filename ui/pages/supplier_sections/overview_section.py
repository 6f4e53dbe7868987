"""Overzicht: why this verdict, what was asked and held over the years, what is ordered, and all that happened."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.services.ladder import ladder
from app.services.show_supplier import Dossier
from app.services.timeline import EntryKind, TimelineEntry, timeline
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.pages.supplier_sections.drafts import NEW
from ui.pages.supplier_sections.nouns import CALL_NOTE
from ui.pages.supplier_sections.orders_card import OrdersCard
from ui.pages.supplier_sections.record_pane import RecordPane
from ui.pages.supplier_sections.section import Section
from ui.pages.supplier_sections.verdict_card import VerdictCard
from ui.widgets.action_button import ActionButton
from ui.widgets.ladder_chart import LadderChart
from ui.widgets.layout import card, column, row, scrolled, text
from ui.widgets.timeline_list import TimelineList

# Higher, the chart says no more.
_CHART_CARD = 340
_NOTHING_ASKED = "Er wordt niets gevraagd, en er zijn geen certificaten."
_NOT_KNOWN = "Zonder bedrag is niet bekend wat er wordt gevraagd. Er zijn geen certificaten."
_TABS = {
    EntryKind.CERTIFICATE: "certificates",
    EntryKind.PROMISE: "agreements",
    EntryKind.FOLLOW_UP: "agreements",
    EntryKind.EXEMPTION: "agreements",
    EntryKind.POSTPONEMENT: "agreements",
    EntryKind.IMPORT: "changes",
    EntryKind.SET_ASIDE: "changes",
    EntryKind.CHANGE: "changes",
}


class OverviewSection(Section):
    """Three cards at the left, the timeline with its notes at the right."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the cards."""
        super().__init__(desk, navigator, state)
        self._dossier: Dossier | None = None
        self._note_action = bind(Act.NOTE, self, lambda: self.wants.emit("overview", "note"))
        self._verdict, self._orders = VerdictCard(), OrdersCard()
        self._chart, self._years = LadderChart(), text(role="small")
        self._chart.setMinimumHeight(190)
        self._no_ladder = text(role="muted", wraps=True)
        self._timeline = TimelineList()
        self._timeline.opened.connect(self._open)
        self._nothing = text("Er is nog niets gebeurd met deze leverancier.", "muted", wraps=True)
        self._note = RecordPane(desk, [CALL_NOTE], columns=1, ends="Notitie verwijderen")
        chart_card = card(row(text("Behaald en vereist", "heading"), None, self._years), self._chart, self._no_ladder)
        chart_card.setMaximumHeight(_CHART_CARD)
        left = QWidget()
        self._cards = column(self._verdict, chart_card, self._orders, gap=12)
        self._cards.setStretch(2, 1)
        left.setLayout(self._cards)
        head = row(text("Tijdlijn", "heading"), None, ActionButton(self._note_action))
        right = column(self._note, card(head, self._nothing, self._timeline), gap=12)
        right.setStretch(1, 1)
        layout = row(scrolled(left, "Overzicht"), right, gap=16)
        layout.setStretch(0, 7)
        layout.setStretch(1, 5)
        self.setLayout(layout)
        self._has(self._note)
        self._note.stepped_out.disconnect(self.stepped_out)
        self._note.stepped_out.connect(self.take_focus)
        self._note.saved.connect(self._close_note)
        self._note.dropped.connect(self._leave)
        self._steps_out(self._timeline)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the whole of it."""
        self._dossier = dossier
        supplier_id, on = dossier.supplier.id, self.desk.on
        self._verdict.show_verdict(dossier.judged)
        years = ladder(self.desk.register, supplier_id, on=on)
        self._chart.show_ladder(years, on=on)
        has_any = bool(years.held) or any(step.level for step in years.required)
        self._chart.setVisible(has_any)
        self._no_ladder.setVisible(not has_any)
        is_known = all(step.is_known for step in years.required)
        self._no_ladder.setText(_NOTHING_ASKED if is_known else _NOT_KNOWN)
        self._cards.setStretch(1, 3 if has_any else 0)
        self._years.setText(f"{years.first_year} – {years.last_year}")
        self._orders.show_orders(dossier, year=on.year)
        entries = timeline(dossier, on=on)
        self._timeline.show_entries(entries)
        self._timeline.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        self._note_action.setEnabled(self.desk.can_write)
        self._note.keep_only(supplier_id, [note.id for note in dossier.call_notes])
        if self._note.key is not None:
            self._show_note(self._note.key)

    def take_focus(self, key: str = "") -> None:
        """Begin with the timeline, or with a note."""
        if key == "note":
            self.begin_note()
        elif self._timeline.isVisible():
            self._timeline.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.stepped_out.emit()

    def restore(self) -> bool:
        """Put back what was typed in a note, and close it."""
        if self._note.key is None:
            return False
        self._note.restore()
        self._note.show_record(None, None, owner=self._note.owner)
        return True

    def begin_note(self) -> None:
        """Begin a note, or go on with the one that was begun."""
        self._show_note(NEW)
        self._note.take_focus("text")

    def _show_note(self, key: str) -> None:
        if self._dossier is None:
            return
        note = next((found for found in self._dossier.call_notes if found.id == key), None)
        is_new = self._note.key != key
        self._note.show_record(
            key if note or key == NEW else None,
            note,
            owner=self._dossier.supplier.id,
            title="Gesprek" if note else "Notitie van dit gesprek",
            beside={"started_at": self.desk.clock.now()} if note is None and is_new else None,
        )

    def _close_note(self, _before: str, _key: str) -> None:
        if not self._note.form.is_edited:
            self._note.show_record(None, None, owner=self._note.owner)
            self.take_focus()

    def _open(self, entry: TimelineEntry) -> None:
        if entry.kind is EntryKind.LETTER:
            self.navigator.open_letter(entry.record_id)
        elif entry.kind is EntryKind.CALL:
            self._show_note(entry.record_id)
            self._note.take_focus("text")
        else:
            self.wants.emit(_TABS[entry.kind], entry.record_id)
