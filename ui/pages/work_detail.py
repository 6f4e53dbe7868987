"""One thing to do, in full: what to do and why, what is asked for it, and what happened and comes."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.base.errors import NotFoundError
from app.base.formatting import long_date
from app.domain.work import WorkItem, WorkKind
from app.services.show_supplier import show_supplier
from app.services.timeline import EntryKind, TimelineEntry, timeline
from ui.base.actions import on_escape
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.pages.work_form import WorkForm
from ui.pages.work_link import WorkLink
from ui.pages.work_words import status_words, when_words
from ui.widgets.chips import StatusChip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import card, column, row, text
from ui.widgets.timeline_list import TimelineList

_WIDTH = 336
_PAUSE_MS = 60
_ALL = 100
_ROOMY = 640
# What was changed or imported says something about amounts only.
_PAPERWORK = {EntryKind.IMPORT, EntryKind.CHANGE}


class WorkDetail(QWidget):
    """The right side of the work list. `left` tells that Esc leads back to the list, `linked` whose call it was."""

    left = Signal()
    linked = Signal(str)

    def __init__(self, desk: Desk, navigator: Navigator, *, link: QAction, new: QAction) -> None:
        """`link` and `new` are for a conversation without a supplier."""
        super().__init__()
        self._desk, self._navigator = desk, navigator
        self._item: WorkItem | None = None
        self._is_asking = False
        self.setFixedWidth(_WIDTH)
        self._name, self._chip = ElidedLabel(role="heading"), StatusChip()
        self._words, self._about = text(wraps=True), text(role="muted", wraps=True)
        self._aside, self._why = text(role="warning", wraps=True), text(role="small", wraps=True)
        self.form = WorkForm(desk)
        self.link = WorkLink(desk, link, new)
        self._timeline = TimelineList()
        self._nothing = text("Er is nog niets gebeurd.", "muted", wraps=True)
        chip_row = row(self._chip, None)
        self._head = card(self._name, chip_row, self._words, self._about, self._aside, self._why, gap=4)
        self._past = card(text("Tijdlijn", "heading"), self._nothing, self._timeline)
        parts = column(self._head, self.form, self.link, self._past, None, gap=12)
        # What is left beneath a form stays empty.
        parts.setStretchFactor(self.link, _ALL)
        parts.setStretchFactor(self._past, _ALL)
        self.setLayout(parts)
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(_PAUSE_MS)
        self._reading.timeout.connect(self._read)
        self._timeline.opened.connect(self._open)
        on_escape(self._timeline, self.left.emit)
        self.form.opened.connect(self._ask)
        self.form.stepped_out.connect(self.left)
        self.link.stepped_out.connect(self.left)
        self.link.chosen.connect(self.linked)

    def show_item(self, item: WorkItem | None) -> None:
        """Show one line of the list; what happened is read when the walking pauses."""
        is_other = self._item is None or item is None or item.key != self._item.key
        self._item = item
        is_loose = item is not None and item.supplier_id is None
        self._head.setVisible(item is not None and not is_loose)
        self.link.setVisible(is_loose)
        self._make_room()
        if item is None:
            return
        self._name.say(item.name)
        self._chip.show_status(item.status, status_words(item))
        self._words.setText(
            item.words if item.aside or item.days_left is None else f"{item.words} ({when_words(item)})"
        )
        self._about.setText(item.about[:1].upper() + item.about[1:])
        self._aside.setVisible(item.aside is not None)
        if item.aside:
            until = long_date(item.aside.until_on)
            self._aside.setText(f"Weggezet t/m {until}: {item.aside.reason} · door {item.aside.by}")
        if is_loose:
            self._read()
            return
        if is_other:
            self._why.setText("")
            self._timeline.show_entries(())
        self._reading.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what happened where there is room for it."""
        super().resizeEvent(event)
        self._make_room()

    def _ask(self, is_asking: bool) -> None:
        self._is_asking = is_asking
        self._make_room()

    def _make_room(self) -> None:
        """In a low window, leave what was read out for what is typed."""
        has_past = self._item is not None and self._item.supplier_id is not None
        is_shown = has_past and (not self._is_asking or self.height() >= _ROOMY)
        self._past.setVisible(is_shown)
        self._why.setVisible(is_shown)

    def _read(self) -> None:
        item = self._item
        if item is None or not self._desk.is_ready:
            return
        try:
            if item.supplier_id is None:
                self.link.show_call(self._desk.register.call_notes.get(item.record_id))
                return
            dossier = show_supplier(self._desk.register, item.supplier_id, on=self._desk.on)
        except NotFoundError:
            # It was taken back by the undo that the list is about to follow.
            return
        self._why.setText(dossier.judged.explanation)
        left_out = set() if item.kind is WorkKind.AMOUNT_UNKNOWN else _PAPERWORK
        entries = [entry for entry in timeline(dossier, on=self._desk.on) if entry.kind not in left_out]
        self._timeline.show_entries(entries)
        self._timeline.setVisible(bool(entries))
        self._nothing.setVisible(not entries)

    def _open(self, entry: TimelineEntry) -> None:
        if entry.kind is EntryKind.LETTER:
            self._navigator.open_letter(entry.record_id)
        elif self._item and self._item.supplier_id:
            self._navigator.open_supplier(self._item.supplier_id, section="overview")
