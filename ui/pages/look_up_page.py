"""The phone screen: half a name or number, and it is there who calls, what to say, and where to note what is said."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QWidget

from app.base.errors import NotFoundError
from app.base.formatting import short_moment
from app.services.judge_suppliers import judge_supplier
from app.services.look_up import find_caller
from app.services.phone_card import PhoneCard, phone_card
from ui.base.actions import Act, bind, shown_key
from ui.base.desk import Desk
from ui.base.dial import dial
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.pages.look_up_call import CallDesk, Subject
from ui.pages.look_up_card import CardActions, LookUpCard
from ui.pages.look_up_facts import numbers_of, status_words
from ui.pages.look_up_found import FoundPane
from ui.pages.look_up_hits import (
    RecentSuppliers,
    draft_hits,
    found_lines,
    match_hits,
    opened_lines,
    past_lines,
)
from ui.pages.look_up_numbers import choose_number
from ui.pages.look_up_questions import QuestionsPanel
from ui.widgets.hit_list import Hit
from ui.widgets.layout import EDGE, column, row
from ui.widgets.search_box import SearchBox

_LIMIT = 20
_HINT = "Naam, plaats, KvK, telefoon, contactpersoon…"
_ASIDE = "naam · plaats · KvK · telefoon · contactpersoon"
_CAN_TYPE = (
    "Typ een deel van een naam, plaats of postcode, een contactpersoon, een KvK-nummer, een telefoonnummer hoe u het "
    "ook schrijft, of het kenmerk van een brief. Meer woorden mag ook: naam en plaats."
)
_READS_ONLY = "Dit register is alleen te lezen: een notitie kan hier niet worden bewaard."
_LONGEST_CALLER = 200
_CAN_NOTE = "U kunt wel al een notitie maken; die blijft bewaard, ook als de beller onbekend is."


class LookUpPage(Page):
    """One box, the suppliers that fit, and the card of the one that is current with the note of the call."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts; the suppliers opened last come with `arrive`."""
        super().__init__(desk, navigator, state)
        self._shown: Hit | None = None
        self._card_of: PhoneCard | None = None
        self._shows_past = False
        self._recent = RecentSuppliers(state)
        self._was_noting = False
        # Several things change at once when something is written; the screen follows them in one go.
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.timeout.connect(self._follow)
        self._box = SearchBox("Zoek een leverancier", hint=_HINT, aside=_ASIDE)
        self._bind_actions()
        self._call = CallDesk(desk, self)
        self._pane = FoundPane(self._past, [self._new, self._new_call], help_words=_CAN_TYPE)
        self._list = self._pane.list
        self._card = LookUpCard(
            CardActions(
                self._open, self._letter, self._copy, self._questions, self._dial, self._call.finish_action,
                self._call.agree_action,
            ),
            self._call.note,
            self._call.agreed,
        )  # fmt: skip
        self._judging = QTimer(self)
        self._judging.setInterval(0)
        self._judging.timeout.connect(self._judge_next)
        self._answers = QuestionsPanel()
        self._found = QWidget()
        found = row(self._pane, self._card, gap=16)
        found.setStretch(1, 1)
        self._found.setLayout(found)
        # Not in a stack: that would ask for the height that the card would like, where it needs less.
        self._answers.hide()
        parts = column(self._box, self._found, self._answers, gap=16, edge=EDGE)
        for place in (1, 2):
            parts.setStretch(place, 1)
        self.setLayout(parts)
        QWidget.setTabOrder(self._box, self._call.note.edit)
        self._connect()

    def arrive(self) -> None:
        """Be shown: the box has the focus, and what is typed takes the place of what stood there."""
        self._follow()
        self._box.setFocus()
        self._box.selectAll()

    def take_call(self, number: str) -> None:
        """Show who calls from a number, and begin a note of that call; one that is open stays open.

        The focus goes to the note when it is clear who calls, else to the box, to look further.
        """
        self._call.keep_now()
        self._shows_past = False
        self._show_answers(False)
        self._box.setText(number)
        caller = find_caller(self.desk.register, number)
        only = caller.supplier_id if caller else ""
        self._call.ring(only, number)
        self._search(current=only)
        if only:
            self._call.note.edit.setFocus()
        else:
            self._box.setFocus()
            self._box.selectAll()

    @property
    def holds_typing(self) -> bool:
        """Whether somebody types right now, from whom nothing may take the keyboard."""
        return self._call.is_typing

    def may_close(self) -> bool:
        """Write what was typed; ask when that did not succeed."""
        return self._call.may_close(self)

    @property
    def unknown_name(self) -> str:
        """What was typed and nobody bears."""
        return "" if self._list.lines() else self._sought

    @property
    def _sought(self) -> str:
        return " ".join(self._box.text().split())[:_LONGEST_CALLER]

    def hideEvent(self, event: QHideEvent) -> None:
        """Write what was typed before another screen is shown."""
        super().hideEvent(event)
        self._call.keep_now()

    # -- parts --------------------------------------------------------------------------------------------------------

    def _bind_actions(self) -> None:
        # In the box only: elsewhere Enter is a new line, or a button's.
        self._open = bind(Act.OPEN, self._box, self._open_shown)
        self._letter = bind(Act.LETTER, self, self._write_letter)
        self._letter.setText("Brief")
        self._copy = bind(Act.COPY_SENTENCE, self, self._copy_sentence)
        self._questions = bind(Act.QUESTIONS, self, self._show_questions)
        self._dial = bind(Act.DIAL, self, self._choose_number)
        self._past = bind(Act.LAST_CALLS, self, self._show_past)
        self._new = bind(Act.NEW_SUPPLIER, self, lambda: self.navigator.new_supplier(self.unknown_name), has_keys=False)
        self._new.setText("Nieuwe leverancier")
        self._new_call = bind(Act.NEW_CALL, self, self._begin_unknown)
        for action in (self._new, self._new_call):
            action.setEnabled(self.desk.can_write)

    def _connect(self) -> None:
        self._box.textChanged.connect(self._typed)
        self._box.textEdited.connect(lambda _text: self._call.note_typing())
        self._box.walked.connect(self._list.walk)
        self._list.current_changed.connect(self._show_hit)
        self._list.chosen.connect(lambda _hit: self._open_shown())
        self._card.dialled.connect(self._dial_number)
        self._answers.closed.connect(self._close_questions)
        self._answers.copied.connect(self._copy_answer)
        self._call.stepped_out.connect(self._go_to_box)
        self._call.asked.connect(self._ask_agreed)
        self._call.answered.connect(self._card.show_note)
        self._call.wanted.connect(self._show_draft)
        self._call.changed.connect(self._following.start)
        self.desk.rows_changed.connect(self._following.start)
        self.desk.changed.connect(self._following.start)

    # -- suppliers ----------------------------------------------------------------------------------------------------

    def _typed(self, _text: str) -> None:
        self._shows_past = False
        self._search()

    def _search(self, *, current: str = "") -> None:
        """Show who fits what is typed, and go to the one with that key, else to the first."""
        hits, words = self._hits_now()
        self._shown = None
        self._pane.show_hits(hits, words, "" if self._shows_past else self._box.text(), current=current)
        self._judge_shown(hits)

    def _follow(self) -> None:
        """Show anew what may have changed; who is on the card stays there, also when the list lost them."""
        if not self.isVisible():
            return
        shown = self._shown
        hits, words = self._hits_now()
        if shown is None and not self._call.subject.draft_id:
            self._search()
            return
        found = next((hit for hit in hits if shown and hit.key == shown.key), None)
        if shown and not found and (supplier_id := shown.match.supplier_id):
            found = next((hit for hit in hits if hit.match.supplier_id == supplier_id), None)
        if shown and not found:
            found = self._hit_of(shown)
            if found is None:
                # A note of somebody unknown that was closed.
                self._search()
                return
            hits = [found, *hits]
        self._list.blockSignals(True)
        sought = "" if self._shows_past else self._box.text()
        self._pane.show_hits(hits, words, sought, current=found.key if found else "")
        self._list.blockSignals(False)
        self._shown = found
        self._show_card(found)
        self._call.follow()
        self._judge_shown(hits)

    def _hits_now(self) -> tuple[list[Hit], str]:
        """Return who fits, and how many they are in words."""
        if self._shows_past:
            return past_lines(self.desk, limit=_LIMIT)
        if self._sought:
            return found_lines(self.desk, self._box.text(), limit=_LIMIT)
        return opened_lines(self.desk, self._call.drafts, self._recent.keys())

    def _hit_of(self, shown: Hit) -> Hit | None:
        """Return the line of who is on the card and fits no more, as it is now; None when nobody is left."""
        draft = self._call.find(shown.draft_id)
        found = draft_hits(self.desk, (draft,)) if draft else match_hits(self.desk, [shown.match.supplier_id])
        return found[0] if found else shown if shown.match.supplier_id else None

    def _judge_shown(self, hits: Sequence[Hit]) -> None:
        if not self.desk.has_rows and hits:
            self._judging.start()

    def _judge_next(self) -> None:
        """While not everyone is judged yet: one of those shown at a time, between the keys."""
        hits = list(self._list.lines())
        place = next((at for at, hit in enumerate(hits) if hit.status is None and hit.match.supplier_id), None)
        if place is None or self.desk.has_rows or not self.desk.is_ready:
            self._judging.stop()
            return
        try:
            verdict = judge_supplier(self.desk.register, hits[place].match.supplier_id, on=self.desk.on).verdict
        except NotFoundError:
            self._judging.stop()
            return
        hits[place] = hits[place]._replace(status=verdict.status, words=status_words(verdict, on=self.desk.on))
        self._list.replace(hits)

    def _show_hit(self, hit: Hit | None) -> None:
        """Show who was chosen, by typing or by walking."""
        if hit is not None and hit == self._shown:
            return
        self._shown = hit
        self._show_card(hit)
        if hit is None:
            self._call.show_for(Subject(caller=self._sought))
        else:
            caller = "" if hit.match.supplier_id else hit.match.name
            self._call.show_for(Subject(hit.match.supplier_id, hit.match.name, caller, hit.draft_id))

    def _show_card(self, hit: Hit | None) -> None:
        self._card_of = None
        if hit is not None and hit.match.supplier_id:
            try:
                self._card_of = phone_card(self.desk.register, hit.match.supplier_id, on=self.desk.on)
            except NotFoundError:
                self._card.show_nobody("Deze leverancier is er niet meer.")
        elif hit is not None and (note := self.desk.register.call_notes.find(hit.note_id)):
            words = f"Gesprek van {short_moment(note.started_at)} met {hit.match.name}. {note.text or 'Geen notitie.'}"
            self._card.show_nobody(f"{words}\n\nKoppelen kan in Opvolging ({shown_key(Act.GO_WORK)}).")
        elif hit is not None:
            self._card.show_nobody(f"{hit.match.name}. {_CAN_TYPE}")
        elif self._sought:
            self._card.show_nobody(_CAN_NOTE if self.desk.can_write else _READS_ONLY)
        else:
            self._card.show_nobody(_no_suppliers() if self.desk.has_rows and not self.desk.rows else _CAN_TYPE)
        if self._answers.isVisible():
            self._answers.show_for(self._card_of, on=self.desk.on, today=self.desk.clock.today())
        if self._card_of and hit:
            self._card.show_card(self._card_of, self.desk.row(hit.match.supplier_id), on=self.desk.on)
        has_card = self._card_of is not None
        for action in (self._open, self._copy):
            action.setEnabled(has_card)
        self._dial.setEnabled(self._card_of is not None and bool(numbers_of(self._card_of)))
        self._letter.setEnabled(has_card and self.desk.can_write)

    # -- conversations ------------------------------------------------------------------------------------------------

    def _show_past(self) -> None:
        """Show the last conversations, or what was shown before them."""
        self._shows_past = not self._shows_past
        self._search()
        self._box.setFocus()

    def _show_draft(self, draft_id: str) -> None:
        """Show a note that is open, whatever was searched."""
        self._shows_past = False
        self._show_answers(False)
        self._box.blockSignals(True)
        self._box.clear()
        self._box.blockSignals(False)
        self._search(current=draft_id)
        self._call.note.edit.setFocus()

    def _begin_unknown(self) -> None:
        """Go to the note of somebody who is not found."""
        if self._list.lines():
            self._call.begin_unknown(self._sought)
        else:
            self._call.note.edit.setFocus()

    def _ask_agreed(self) -> None:
        self._show_answers(False)
        self._card.show_agreed()

    # -- actions ------------------------------------------------------------------------------------------------------

    def _open_shown(self) -> None:
        """Open the supplier, or the letter whose kenmerk was typed."""
        if self._card_of and self._shown:
            match = self._shown.match
            self._recent.add(match.supplier_id)
            if match.letter_id:
                self.navigator.open_letter(match.letter_id)
            else:
                self.navigator.open_supplier(match.supplier_id)

    def _write_letter(self) -> None:
        if self._shown:
            self.navigator.open_letters([self._shown.match.supplier_id])

    def _copy_sentence(self) -> None:
        if words := self._card.spoken:
            QGuiApplication.clipboard().setText(words)
            self.desk.noticed.emit(Notice("Wat u kunt zeggen, staat op het klembord."))

    def _show_questions(self) -> None:
        """Show what callers ask in the place of the suppliers, or those again."""
        if self._answers.isVisible():
            self._close_questions()
            return
        self._call.keep_now()
        was_noting = self._call.note.edit.hasFocus()
        self._answers.show_for(self._card_of, on=self.desk.on, today=self.desk.clock.today())
        self._show_answers(True)
        self._answers.begin()
        self._was_noting = was_noting

    def _go_to_box(self) -> None:
        self._box.settle()
        self._box.setFocus()

    def _show_answers(self, is_on: bool, /) -> None:
        self._found.setVisible(not is_on)
        self._answers.setVisible(is_on)

    def _close_questions(self) -> None:
        self._show_answers(False)
        (self._call.note.edit if self._was_noting else self._box).setFocus()

    def _copy_answer(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self.desk.noticed.emit(Notice("Het antwoord staat op het klembord."))

    def _choose_number(self) -> None:
        if number := choose_number(self._card, numbers_of(self._card_of) if self._card_of else []):
            self._dial_number(number)

    def _dial_number(self, number: str) -> None:
        if not dial(number):
            QGuiApplication.clipboard().setText(number)
            advice = "Er is geen programma dat belt; het nummer staat op het klembord."
            self.desk.noticed.emit(Notice(f"{number} is niet gebeld.", Tone.NOTE, advice))


def _no_suppliers() -> str:
    way = shown_key(Act.GO_IMPORT)
    return f"Er staan nog geen leveranciers in dit register. Importeer een spreadsheet ({way}) of voeg er een toe."
