"""The panel in which an answer to a letter is logged; what is typed stays until it is saved."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame

from app.base.formatting import long_date
from app.domain.letter import ReplyKind
from app.services.letter_archive import ArchivedLetter
from app.services.letter_replies import log_reply
from ui.base.actions import Act, bind, on_escape
from ui.base.desk import Desk
from ui.base.notice import Notice
from ui.base.page import Navigator
from ui.pages.supplier_sections.drafts import NEW, DraftKey, Drafts
from ui.widgets.action_button import ActionButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import CARD_EDGE, column, row, text
from ui.widgets.record_form import Field, Kind, RecordForm

# The digit chooses it, as in every list of choices.
_KINDS = [(kind, f"{place}  {kind.label}") for place, kind in enumerate(ReplyKind, start=1)]
_FIELDS = (
    Field("kind", "Wat kwam er terug?", Kind.CHOICE, choices=_KINDS),
    Field("received_on", "Ontvangen op", Kind.DATE),
    Field("reference", "Hun kenmerk"),
    Field("promise_due_on", "Certificaat uiterlijk", Kind.DATE),
    Field("note", "Notitie", is_wide=True),
)
_NEXT = {
    ReplyKind.CERTIFICATE: "Na het opslaan vult u het certificaat in.",
    ReplyKind.PLAN: "De dag wordt een toezegging: tot dan gaat er geen brief.",
    ReplyKind.OTHER: "Dit wordt alleen genoteerd.",
    ReplyKind.UNDELIVERABLE: "Na het opslaan verbetert u het adres.",
}


class ReplyForm(QFrame):
    """Open for one letter. `stepped_out` tells that the focus must go on."""

    stepped_out = Signal()

    def __init__(self, desk: Desk, navigator: Navigator) -> None:
        """Begin closed."""
        super().__init__()
        self.setProperty("role", "card")
        self._desk, self._navigator = desk, navigator
        self._about: ArchivedLetter | None = None
        self._drafts = Drafts()
        self._title = ElidedLabel(role="heading")
        self._form = RecordForm(_FIELDS)
        self._next, self._state = text(role="small"), text(role="warning")
        self._save_action = bind(Act.SAVE, self, self.save)
        # Its key withdraws letters here.
        self._drop_action = bind(Act.REMOVE, self, self._drop, has_keys=False)
        self._drop_action.setText("Niet doen")
        on_escape(self, self._step_out)
        self._form.edited.connect(self._show_state)
        save, drop = ActionButton(self._save_action, is_primary=True), ActionButton(self._drop_action, shows_key=False)
        buttons = row(save, drop, self._state, None)
        self.setLayout(column(self._title, self._next, self._form, buttons, edge=CARD_EDGE))
        self.hide()

    def begin(self, about: ArchivedLetter) -> None:
        """Ask what was answered to a letter, with what was typed for it before."""
        if self._about is None or self._about.letter.id != about.letter.id:
            self._stash()
            self._about = about
            today = self._desk.clock.today()
            self._form.show_values({"received_on": today, "promise_due_on": about.letter.certified_by})
            self._form.put_edits(self._drafts.edits(_draft(about)))
        of = long_date(about.letter.written_on)
        self._title.say(f"Antwoord op {about.letter.kenmerk} van {of}: {about.supplier_name}")
        self._show_state()
        self.show()
        self._form.focus_on("kind")

    @property
    def is_edited(self) -> bool:
        """Whether anything typed here is not saved, to whichever letter."""
        shown = _draft(self._about) if self._about else DraftKey("", NEW, "")
        return bool(self._drafts.unsaved(shown, is_edited=self._about is not None and self._form.is_edited))

    def forget(self) -> None:
        """Drop what was typed, after the user said so."""
        self._drafts.clear()
        self._close()

    def _stash(self) -> None:
        if self._about:
            self._drafts.keep(_draft(self._about), self._form.edits())

    def _show_state(self) -> None:
        kind = self._form.values()["kind"]
        is_saving = self._about is not None and self._drafts.is_saving(_draft(self._about))
        self._form.set_shown("promise_due_on", is_shown=kind is ReplyKind.PLAN)
        self._next.setText(_NEXT[kind])
        self._state.setText("● niet opgeslagen" if self._form.is_edited and not is_saving else "")
        self._form.set_read_only(is_saving)
        for action in (self._save_action, self._drop_action):
            action.setEnabled(self._about is not None and not is_saving)

    def _step_out(self) -> None:
        """Let Esc leave what was typed where it is; a form in which nothing was typed goes."""
        if self._form.is_edited:
            self.stepped_out.emit()
        else:
            self._close()

    def _drop(self) -> None:
        if self._about:
            self._drafts.keep(_draft(self._about), {})
        self._close()

    def _close(self) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._about = None
        self._form.show_values({})
        self.hide()
        if had_focus:
            self.stepped_out.emit()

    # -- saving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Log the answer, unless something must be filled or mended first."""
        about, values = self._about, self._form.values()
        if about is None:
            return
        wrong = self._wrong(about, values)
        self._form.warn(wrong)
        if wrong:
            self._form.focus_on(next(field.key for field in _FIELDS if field.key in wrong))
            return
        if values["kind"] is not ReplyKind.PLAN:
            values["promise_due_on"] = None
        if self._desk.write(
            lambda register, _progress: log_reply(register, about.letter.id, **values),
            what="Opslaan",
            owner=self,
            done=lambda _reply: self._saved(about, values["kind"]),
            failed=lambda error: self._failed(about, error),
            touched=[about.supplier_id],
        ):
            self._drafts.begin_saving(_draft(about))
            self._show_state()

    def _wrong(self, about: ArchivedLetter, values: Mapping[str, Any]) -> dict[str, str]:
        """Return what the register would refuse, beneath the field where it is mended."""
        found = self._form.problems()
        is_plan, received_on = values["kind"] is ReplyKind.PLAN, values.get("received_on")
        if not is_plan:
            found.pop("promise_due_on", None)
        if "received_on" not in found:
            if received_on is None:
                found["received_on"] = "Vul de dag in waarop het antwoord kwam."
            elif received_on > self._desk.clock.today():
                found["received_on"] = "Deze dag moet nog komen."
            elif received_on < about.letter.written_on:
                found["received_on"] = f"De brief is van {long_date(about.letter.written_on)}."
        if is_plan and "promise_due_on" not in found:
            due_on = values.get("promise_due_on")
            if due_on is None:
                found["promise_due_on"] = "Vul in wanneer het certificaat er moet zijn."
            elif received_on and due_on < received_on:
                found["promise_due_on"] = "Deze dag ligt voor die van het antwoord."
        return found

    def _saved(self, about: ArchivedLetter, kind: ReplyKind) -> None:
        draft, letter = _draft(about), about.letter
        self._drafts.end_saving(draft)
        self._drafts.keep(draft, {})
        is_here = self._about is not None and self._about.letter.id == letter.id and self.isVisible()
        if self._about is not None and self._about.letter.id == letter.id:
            self._close()
        # Who went elsewhere meanwhile stays there.
        if is_here and (section := self._where_next(about, kind)):
            self._navigator.open_supplier(about.supplier_id, section=section)
        self._desk.noticed.emit(Notice(f"Antwoord op {letter.kenmerk} vastgelegd.", act=Act.UNDO))

    def _where_next(self, about: ArchivedLetter, kind: ReplyKind) -> str:
        """Return the form or field of the supplier that the answer leads to; "" for none."""
        if kind is ReplyKind.CERTIFICATE:
            return "certificate"
        supplier = self._desk.register.suppliers.find(about.supplier_id)
        if kind is not ReplyKind.UNDELIVERABLE or supplier is None:
            return ""
        return "postal_street" if supplier.postal.is_complete else "visiting_street"

    def _failed(self, about: ArchivedLetter, error: BaseException) -> None:
        self._drafts.end_saving(_draft(about))
        self._show_state()
        self._desk.report(error)


def _draft(about: ArchivedLetter) -> DraftKey:
    return DraftKey(about.letter.id, NEW, "reply")
