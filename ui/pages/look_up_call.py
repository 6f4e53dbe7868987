"""The call of the phone screen: which note belongs to who is shown, and how a call begins and ends."""

import time
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.base.clock import AMSTERDAM
from app.domain.journal import UNKNOWN_CALLER, CallDraft
from app.services import calls
from ui.base.actions import Act, bind, shown_key
from ui.base.desk import Desk
from ui.base.notice import Notice, sentence
from ui.dialogs import ask
from ui.pages.look_up_calls import OpenCalls
from ui.pages.look_up_note import AgreedPanel, NotePanel

# A call that rang so long ago goes with nobody any more.
_RINGS_S = 600
# Who typed so short ago is still typing: nothing may take the keyboard away.
_TYPING_S = 1.5
_READ_ONLY = "Alleen lezen: een notitie kan hier niet worden bewaard"


class Subject(NamedTuple):
    """Who is on the card: a supplier, or somebody unknown of whom `caller` is what was typed or said."""

    supplier_id: str = ""
    name: str = ""
    caller: str = ""
    draft_id: str = ""


class CallDesk(QObject):
    """Between the notes that are open and the panel in which one of them is typed.

    `asked` tells a heading and a note when it is time to ask what was agreed, `answered` that this was done or left;
    `wanted` which note must be shown; `changed` that there are more or fewer notes; `stepped_out` that Esc was pressed.
    """

    asked = Signal()
    answered = Signal()
    wanted = Signal(str)
    changed = Signal()
    stepped_out = Signal()

    def __init__(self, desk: Desk, page: QWidget) -> None:
        """Bind the actions to the page."""
        super().__init__(page)
        self._desk = desk
        self._calls = OpenCalls(desk, self)
        self._subject = Subject()
        # The call that rang and of which nothing was noted yet: it goes with whoever is shown.
        self._ringing, self._rang_at = "", 0.0
        self._typed_at = 0.0
        self._is_asking = self._is_recording = False
        self._half_typed: dict[str, tuple[str, ...]] = {}
        # Which notes were put with a supplier here: that can be taken back as long as they are open.
        self._linked: set[str] = set()
        self.finish_action = bind(Act.FINISH_CALL, page, self._finish)
        self.agree_action = bind(Act.AGREE, page, self._agree)
        self._next = bind(Act.NEXT_CALL, page, self._go_on)
        self._link = bind(Act.LINK_CALL, page, self._link_unknown)
        self.note = NotePanel(self._next, self._link)
        self.agreed = AgreedPanel(desk.clock.today)
        self.note.typed.connect(self._type)
        self.note.left.connect(self._calls.keep_now)
        self.note.stepped_out.connect(self._step_out)
        self.agreed.typed.connect(self.note_typing)
        self.agreed.stepped_out.connect(self._leave_asking)
        self._calls.kept.connect(self._show_state)
        self._calls.changed.connect(self.changed)
        if desk.can_write:
            # Those of before: undo brings back only what was finished since.
            desk.keep(
                lambda register, _progress: calls.drop_finished(register),
                what="Opruimen",
                owner=self,
                done=lambda _nothing: None,
                failed=desk.report,
            )

    @property
    def drafts(self) -> tuple[CallDraft, ...]:
        """The notes that are open, the newest first."""
        return self._calls.drafts

    def find(self, draft_id: str) -> CallDraft | None:
        """Return one of them."""
        return self._calls.find(draft_id)

    @property
    def subject(self) -> Subject:
        """Who is on the card, with the note that is shown."""
        return self._subject

    @property
    def is_typing(self) -> bool:
        """Whether somebody types here right now."""
        return time.monotonic() - self._typed_at < _TYPING_S

    def keep_now(self) -> None:
        """Write what was typed."""
        self._calls.keep_now()

    def may_close(self, parent: QWidget) -> bool:
        """Write everything; ask when that did not succeed, or when an agreement is half typed."""
        if problem := self._calls.settle():
            words = f"De notitie is niet bewaard. {problem}"
            return ask.confirm(parent, "Notitie niet bewaard", words, verb="Toch sluiten")
        return not (self._is_asking and any(self.agreed.typed_words())) or ask.may_drop(parent)

    # -- who is shown -------------------------------------------------------------------------------------------------

    def show_for(self, subject: Subject) -> None:
        """Show the note that belongs to who was chosen; a note that says nothing is not kept for it."""
        before = self._subject.draft_id
        draft = self._draft_for(subject)
        if self._is_asking and subject.supplier_id != self._subject.supplier_id:
            self._keep_half_typed()
            self._end_asking(to_box=False)
        self._subject = subject._replace(draft_id=draft.id if draft else "")
        if before and before != self._subject.draft_id:
            self._calls.keep_now()
            if (left := self._calls.find(before)) and not left.is_call:
                self._calls.drop(before)
        self._show_note()

    def follow(self) -> None:
        """Show anew what may have changed of the note that is shown; it stays the same one as long as it is there."""
        if not self._calls.find(self._subject.draft_id):
            draft = self._draft_for(self._subject._replace(draft_id=""))
            self._subject = self._subject._replace(draft_id=draft.id if draft else "")
        self._show_note()

    def ring(self, supplier_id: str, number: str) -> None:
        """Begin a call from a number; of a supplier when only one has that number.

        The call before it, of which nothing was noted, is recorded as it is.
        """
        if not self._desk.can_write:
            return
        self._keep_half_typed()
        self._end_asking(to_box=False)
        for draft in self._calls.drafts:
            if draft.is_call and not draft.text.strip():
                self._calls.finish(draft.id, done=lambda: None, refused=lambda: None)
        begun = self._calls.begin(supplier_id or None, caller=number, is_call=True)
        self._ringing, self._rang_at = ("", 0.0) if supplier_id else (begun.id, time.monotonic())
        self._subject = Subject(supplier_id, draft_id=begun.id)

    def begin_unknown(self, caller: str) -> None:
        """Begin a note about somebody who is not found."""
        if self._desk.can_write:
            self.wanted.emit(self._calls.begin(None, caller=caller).id)

    def _draft_for(self, subject: Subject) -> CallDraft | None:
        if subject.draft_id and (found := self._calls.find(subject.draft_id)):
            return found
        own = self._calls.find_for(subject.supplier_id) if subject.supplier_id else None
        ringing = self._calls.find(self._ringing)
        if ringing and not own and time.monotonic() - self._rang_at < _RINGS_S:
            return ringing
        if subject.supplier_id:
            return own
        return self._calls.find_unknown(subject.caller) if subject.caller else None

    def _show_note(self) -> None:
        draft = self._calls.find(self._subject.draft_id)
        can_type = self._desk.can_write and not self._calls.is_finishing(self._subject.draft_id)
        self.note.show_note(_heading(draft), draft.text if draft else "", can_write=can_type)
        self._show_state()

    def _show_state(self) -> None:
        draft_id = self._subject.draft_id
        draft = self._calls.find(draft_id)
        can_write = self._desk.can_write
        state = self._calls.state(draft_id) if can_write else _READ_ONLY
        self.note.show_state(state, is_problem=self._calls.is_unsafe(draft_id))
        others = [found for found in self._calls.drafts if found.id != draft_id]
        _switch(self._next, is_on=bool(others))
        if others:
            self._next.setText(f"Open notities ({len(others)})")
        is_linked = draft_id in self._linked
        self._link.setText("Notitie losmaken" if is_linked else Act.LINK_CALL.spec.text)
        can_link = bool(self._unknown()) and bool(self._subject.supplier_id) and draft is None
        _switch(self._link, is_on=can_write and (is_linked or can_link))
        is_worth_it = draft is not None and (draft.is_call or bool(draft.text.strip()))
        is_free = not self._is_recording and not self._calls.is_finishing(draft_id)
        self.finish_action.setEnabled(can_write and is_free and (self._is_asking or is_worth_it))
        can_agree = self.agreed.has_offer if self._is_asking else bool(self._subject.supplier_id)
        self.agree_action.setEnabled(can_write and can_agree)

    def _unknown(self) -> CallDraft | None:
        """Return the note of nobody known that could belong to who is shown."""
        found = self._calls.find_unknown()
        return found if found and found.id != self._subject.draft_id else None

    # -- typing -------------------------------------------------------------------------------------------------------

    def note_typing(self) -> None:
        """Know that somebody types here, in the box too."""
        self._typed_at = time.monotonic()

    def _type(self, words: str) -> None:
        self.note_typing()
        subject = self._subject
        if not subject.draft_id:
            if words.strip():
                begun = self._calls.begin(subject.supplier_id or None, caller=subject.caller, text=words)
                self._subject = subject._replace(draft_id=begun.id)
                self._show_state()
            return
        self._calls.type(subject.draft_id, words)
        if subject.draft_id == self._ringing:
            self._take_ringing()

    def _take_ringing(self) -> None:
        """Let the call that rang be with who is shown, from now on."""
        self._ringing = ""
        if self._subject.supplier_id:
            self._calls.link(self._subject.draft_id, self._subject.supplier_id)

    def _step_out(self) -> None:
        """Leave the note; one of a call that rang and of which nothing was noted is thrown away."""
        self._calls.drop(self._subject.draft_id)
        self.stepped_out.emit()

    def _link_unknown(self) -> None:
        """Put the note of somebody unknown with who is shown, or take that back."""
        subject, unknown = self._subject, self._unknown()
        if subject.draft_id in self._linked:
            self._linked.discard(subject.draft_id)
            self._calls.link(subject.draft_id, None)
            self.wanted.emit(subject.draft_id)
        elif unknown and subject.supplier_id:
            self._linked.add(unknown.id)
            self._calls.link(unknown.id, subject.supplier_id)
            self._subject = subject._replace(draft_id=unknown.id)
            self._show_note()
            whose = f"De notitie van {unknown.caller or UNKNOWN_CALLER.lower()}"
            advice = f"{shown_key(Act.LINK_CALL)} maakt haar weer los."
            self._desk.noticed.emit(Notice(sentence(f"{whose} staat nu bij {subject.name}"), advice=advice))

    def _go_on(self) -> None:
        """Go to the note after the one that is shown, round and round."""
        keys = [draft.id for draft in self._calls.drafts]
        if keys:
            place = keys.index(self._subject.draft_id) + 1 if self._subject.draft_id in keys else 0
            self.wanted.emit(keys[place % len(keys)])

    # -- the end of a call --------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        if self._is_asking:
            self._record_agreed()
            return
        if self._subject.draft_id == self._ringing:
            self._take_ringing()
        subject, draft = self._subject, self._calls.find(self._subject.draft_id)
        if draft is None:
            return
        # The supplier on the card may be gone by now, as after an undo.
        is_with_supplier = draft.supplier_id is not None

        def done() -> None:
            if is_with_supplier:
                words, advice = f"Gesprek met {subject.name} vastgelegd.", ""
            else:
                words = "Gesprek zonder leverancier vastgelegd."
                advice = f"Het staat in Opvolging ({shown_key(Act.GO_WORK)})."
            self._desk.noticed.emit(Notice(words, advice=advice, act=Act.UNDO))
            if self._subject.draft_id not in {"", subject.draft_id}:
                # Another call is being noted by now.
                return
            if is_with_supplier and draft.supplier_id == self._subject.supplier_id:
                self.follow()
                self._ask("Vastgelegd. Is er iets afgesproken? Esc: nee", draft.text)
            elif not is_with_supplier:
                self.stepped_out.emit()

        self._calls.finish(subject.draft_id, done=done, refused=self.follow)
        self._show_note()

    def _agree(self) -> None:
        """Ask what is agreed, or take over what is offered."""
        if self._is_asking:
            self.agreed.take_offer()
            self._show_state()
        else:
            self._ask(f"Afspraak met {self._subject.name}")

    def _ask(self, heading: str, note: str | None = None) -> None:
        kept = self._half_typed.pop(self._subject.supplier_id, None)
        self._is_asking = True
        self.finish_action.setText("Vastleggen")
        self._show_state()
        self.asked.emit()
        words = self.note.edit.toPlainText() if note is None else note
        self.agreed.begin(heading, words, kept=kept, key=shown_key(Act.AGREE))
        self._show_state()

    def _record_agreed(self) -> None:
        answer = self.agreed.answer()
        if answer is None or self._is_recording:
            return
        follow_up, promise = answer
        if not follow_up and not promise:
            self._end_asking(forgets=True)
            return
        supplier_id, name = self._subject.supplier_id, self._subject.name
        self._is_recording = True
        self._show_state()

        def done() -> None:
            self._is_recording = False
            self._half_typed.pop(supplier_id, None)
            self._desk.noticed.emit(Notice(f"De afspraak met {name} is vastgelegd.", act=Act.UNDO))
            if supplier_id == self._subject.supplier_id:
                self._end_asking(forgets=True)
            self._show_state()

        def refused() -> None:
            self._is_recording = False
            self._show_state()

        self._calls.agree(supplier_id, follow_up, promise, done=done, refused=refused)

    def _keep_half_typed(self) -> None:
        """Keep what was typed of an agreement with who is shown, for when it is asked again."""
        if self._is_asking and not self._is_recording:
            words = self.agreed.typed_words()
            if any(words):
                self._half_typed[self._subject.supplier_id] = words

    def _leave_asking(self) -> None:
        """Step out of what is asked; what was typed is there when it is asked again."""
        self._keep_half_typed()
        self._end_asking()

    def _end_asking(self, *, to_box: bool = True, forgets: bool = False) -> None:
        if not self._is_asking:
            return
        if forgets:
            self._half_typed.pop(self._subject.supplier_id, None)
        self._is_asking = False
        self.finish_action.setText(Act.FINISH_CALL.spec.text)
        self._show_state()
        self.answered.emit()
        if to_box:
            self.stepped_out.emit()


def _switch(action: QAction, *, is_on: bool) -> None:
    if action.isVisible() != is_on:
        action.setVisible(is_on)
    if action.isEnabled() != is_on:
        action.setEnabled(is_on)


def _heading(draft: CallDraft | None) -> str:
    if draft is None or not draft.is_call:
        return "Gespreksnotitie" + (f" · {draft.caller}" if draft and draft.caller else "")
    return f"Gesprek sinds {draft.started_at.astimezone(AMSTERDAM):%H:%M} · {draft.caller}"
