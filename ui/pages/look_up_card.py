"""The card of one supplier on the phone screen: who it is, what to say and why, and the note of the call."""

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from app.domain.names import full_name
from app.domain.rows import SupplierRow
from app.services.phone_card import PhoneCard
from ui.pages.look_up_facts import (
    MAIN_FACTS,
    chip_words,
    main_facts,
    nearest_facts,
    next_step,
    people_facts,
    running_facts,
)
from ui.pages.look_up_note import AgreedPanel, NotePanel
from ui.widgets.action_button import ActionButton
from ui.widgets.chips import StatusChip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.fact_list import FactList
from ui.widgets.ladder_chart import LadderChart
from ui.widgets.layout import column, row, text
from ui.widgets.spoken_text import SpokenText

_LOWEST_CHART = 110
_LOW = 640
_NO_LIMIT = 16_777_215


class CardActions(NamedTuple):
    """What can be done with the supplier of the card and the call with it."""

    open: QAction
    letter: QAction
    copy: QAction
    questions: QAction
    dial: QAction
    finish: QAction
    agree: QAction


class LookUpCard(QFrame):
    """Built once; another supplier changes texts and nothing else. `dialled` tells a number that was clicked on."""

    dialled = Signal(str)

    def __init__(self, actions: CardActions, note: NotePanel, agreed: AgreedPanel) -> None:
        """Begin empty; `note` and `agreed` share one place above the buttons."""
        super().__init__()
        self.setProperty("role", "card")
        self._name = ElidedLabel(role="title")
        self._below = ElidedLabel(role="muted")
        self._chip = StatusChip()
        self._spoken = SpokenText()
        self._advice = text(role="small", wraps=True)
        self._facts = FactList("Gegevens", lines=MAIN_FACTS)
        self._people, self._running = FactList("Contacten en brieven", lines=None), FactList("Wat loopt", lines=None)
        # Where the screen is low, the people stand beneath a lower chart.
        self._is_low: bool | None = None
        self._beside = FactList("Contacten en afspraken", lines=None)
        self._chart = LadderChart()
        self._chart.setMinimumHeight(_LOWEST_CHART)
        self._empty_words = text(role="muted", wraps=True)
        self._empty = QWidget()
        self._empty.setLayout(column(text("Wie is dit?", "title"), self._empty_words, None))
        self._note, self._agreed = note, agreed
        # Not in a stack: that would keep as much room for the one as for the other.
        agreed.hide()
        for facts in (self._facts, self._people, self._beside):
            facts.dialled.connect(self.dialled)
        self._filled = QWidget()
        self._filled.setLayout(self._lay_out(actions))
        finish, agree = ActionButton(actions.finish, is_primary=True), ActionButton(actions.agree)
        buttons = row(finish, agree, ActionButton(actions.letter), ActionButton(actions.open), None)
        whole = column(self._filled, self._empty, note, agreed, buttons, gap=8, edge=16)
        whole.setStretch(0, 1)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.show_nobody("")

    def _lay_out(self, actions: CardActions) -> QBoxLayout:
        copy, questions = ActionButton(actions.copy), ActionButton(actions.questions)
        dial = ActionButton(actions.dial)
        for button in (copy, questions, dial):
            button.setProperty("kind", "slim")
        said = QFrame()
        said.setProperty("role", "note")
        head = row(text("Zeg aan de telefoon", "small"), None, dial, questions, copy, gap=4)
        said.setLayout(column(head, self._spoken, self._advice, gap=2, edge=12))
        said.layout().setContentsMargins(12, 4, 4, 10)  # type: ignore[union-attr]
        right = column(self._chart, self._beside, gap=4)
        right.setStretch(1, 1)
        facts = row(self._facts, right, gap=16)
        facts.setStretch(0, 3)
        facts.setStretch(1, 2)
        more = row(self._people, self._running, gap=24)
        for place in range(2):
            more.setStretch(place, 1)
        first_line = row(self._name, self._chip, gap=16)
        first_line.setStretch(0, 1)
        whole = column(first_line, self._below, 2, said, 2, facts, more, gap=4)
        whole.setStretchFactor(more, 1)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the people where there is room for them."""
        super().resizeEvent(event)
        is_low = self.height() < _LOW
        if is_low != self._is_low:
            self._is_low = is_low
            self._note.be_low(is_low)
            self._beside.setVisible(is_low)
            self._chart.setMaximumHeight(_LOWEST_CHART if is_low else _NO_LIMIT)
            for part in (self._people, self._running):
                part.setVisible(not is_low)

    @property
    def spoken(self) -> str:
        """What can be said, "" when nobody is shown."""
        return "" if self._filled.isHidden() else self._spoken.words

    def show_agreed(self) -> None:
        """Show what was agreed, in the place of the note."""
        self._note.hide()
        self._agreed.show()

    def show_note(self) -> None:
        """Show the note again."""
        self._agreed.hide()
        self._note.show()

    def show_nobody(self, words: str) -> None:
        """Show nobody, and say what to do."""
        self._filled.hide()
        self._empty_words.setText(words)
        self._empty.show()

    def show_card(self, found: PhoneCard, line: SupplierRow | None, *, on: date) -> None:
        """Show a supplier as judged on a day; `line` is its line in the table, None while nobody is judged."""
        supplier, verdict = found.supplier, found.judged.verdict
        self._name.say(supplier.name)
        parts = (
            "beëindigd" if supplier.is_archived else "",
            supplier.visiting.city or supplier.postal.city,
            f"KvK {supplier.kvk}" if supplier.kvk else "geen KvK-nummer",
            f"contact: {full_name(found.contact)}" if found.contact and full_name(found.contact) else "",
            "ketenpartner" if supplier.is_key_partner else "",
        )
        self._below.say(" · ".join(filter(None, parts)))
        self._chip.show_status(verdict.status, chip_words(verdict))
        self._spoken.say(found.spoken)
        advice = " ".join(found.judged.advice)
        if advice != self._advice.text():
            self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._facts.show_facts(main_facts(found, next_step(line), on))
        self._people.show_facts(people_facts(found))
        self._running.show_facts(running_facts(found, on))
        self._beside.show_facts(nearest_facts(found))
        self._chart.show_ladder(found.ladder, on=on)
        self._empty.hide()
        self._filled.show()
