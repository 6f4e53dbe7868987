"""The form of one record at a time, with what was typed in every other one kept until it is saved or put back.

What is typed is a draft: it lives here by record, survives choosing another record and every change of the register,
and goes only when it is saved, or put back by the user.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.base.actions import Act, bind, on_escape
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.pages.supplier_sections.drafts import NEW, DraftKey, Drafts, without
from ui.pages.supplier_sections.form_stack import FormStack
from ui.pages.supplier_sections.noun import Noun
from ui.widgets.action_button import ActionButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import CARD_EDGE, column, row, text
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.record_form import RecordForm

_PAUSE_MS = 300
Fixed = Callable[[Any], str]


class RecordPane(QFrame):
    """The form. `changed` tells that a draft began or ended, `saved` the key of what was written and the one before,
    `dropped` that a record that was begun is not to be made, `stepped_out` that Esc left it with the text kept.
    """

    changed = Signal()
    saved = Signal(str, str)
    dropped = Signal()
    stepped_out = Signal()

    def __init__(
        self, desk: Desk, nouns: Sequence[Noun], *, columns: int = 2, ends: str = "", fixed: Fixed | None = None
    ) -> None:
        """`ends` is what the button that ends a record says; `fixed` tells why a record cannot be changed here."""
        super().__init__()
        self.setProperty("role", "card")
        self.desk = desk
        self._forms = FormStack(nouns, columns=columns)
        self._nouns = {noun.title: noun for noun in nouns}
        self._fixed = fixed
        self._key: str | None = None
        self._record: Any = None
        self._owner = ""
        self._beside: Mapping[str, Any] = {}
        self._noun = nouns[0]
        self._drafts = Drafts()
        self._was_edited = False
        self.save_action = bind(Act.SAVE, self, self.save)
        self.end_action = bind(Act.REMOVE, self, self.end)
        if ends:
            self.end_action.setText(ends)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._warn)
        on_escape(self, self.stepped_out.emit)
        self._build()

    def _build(self) -> None:
        self._title = ElidedLabel(role="heading")
        self._state = text(role="warning")
        self._hint = text(role="small", wraps=True)
        self._which = QuietCombo("Soort")
        self._which.addItems(list(self._nouns))
        self._which.currentTextChanged.connect(self._change_noun)
        self._forms.edited.connect(self._edited)
        self._which_row = QWidget()
        self._which_row.setLayout(row(text("Soort", "small"), self._which, None))
        buttons = row(ActionButton(self.save_action, is_primary=True), ActionButton(self.end_action), self._state, None)
        head = row(self._title)
        # Fields that scroll end here.
        line = QFrame()
        line.setProperty("role", "line")
        parts = column(head, self._hint, self._which_row, self._forms, line, 0, buttons, None, gap=8, edge=CARD_EDGE)
        # What the fields do not need stays empty beneath the buttons.
        parts.setStretchFactor(self._forms, 1)
        parts.setStretch(parts.count() - 1, 0)
        self.setLayout(parts)
        self._show_state()

    # -- what is shown ----------------------------------------------------------------------------------------------

    @property
    def form(self) -> RecordForm:
        """The form that is shown."""
        return self._forms.form_of(self._noun)

    @property
    def key(self) -> str | None:
        """The record that is shown: its key, `NEW`, or None when there is none."""
        return self._key

    @property
    def owner(self) -> str:
        """What the record that is shown belongs to."""
        return self._owner

    def show_record(
        self, key: str | None, record: Any, *, owner: str, title: str = "", beside: Mapping[str, Any] | None = None
    ) -> None:
        """Show a record (None with the key `NEW` for one to be made), with what was typed in it before.

        The same record again catches up with what the register holds by now. `beside` are values of a new record that
        are not typed.
        """
        noun = next((one for one in self._nouns.values() if record is not None and isinstance(record, one.kind)), None)
        noun = noun or (self._nouns[self._which.currentText()] if key == NEW else self._noun)
        is_same = (key, noun, owner) == (self._key, self._noun, self._owner)
        if not is_same:
            self._stash()
        self._key, self._record, self._owner, self._noun = key, record, owner, noun
        self._beside = beside if beside is not None else self._beside if is_same else {}
        self._title.say(title or (f"{noun.title} toevoegen" if key == NEW else noun.title))
        self._forms.show_form(noun)
        values = self._stored_values()
        if is_same:
            self.form.catch_up(values)
        else:
            self.form.show_values(values)
            self.form.put_edits(self._drafts.edits(self._draft))
            if self.form.is_edited:
                self._timer.start()
        why = self._fixed(record) if self._fixed and record is not None else ""
        self.form.set_read_only(bool(why) or not self.desk.can_write)
        self._hint.setText(why or noun.hint)
        self._hint.setVisible(bool(why or noun.hint))
        self._show_state()

    def take_focus(self, key: str = "") -> None:
        """Put the focus where typing begins; on a field when it is named."""
        if self._which_row.isVisible() and not key:
            self._which.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.form.focus_on(key)

    def has_field(self, key: str) -> bool:
        """Whether the form that is shown has this field."""
        return key in self._noun.keys

    # -- drafts -----------------------------------------------------------------------------------------------------

    @property
    def is_edited(self) -> bool:
        """Whether anything typed here is not saved, in whichever record."""
        return bool(self._unsaved())

    def edited_keys(self) -> frozenset[str]:
        """Return the records of this owner with something typed that is not saved."""
        return frozenset(draft.record for draft in self._unsaved() if draft.owner == self._owner)

    def has_draft(self, owner: str, key: str) -> bool:
        """Whether something typed in that record is not saved."""
        return any((draft.owner, draft.record) == (owner, key) for draft in self._unsaved())

    def restore(self) -> bool:
        """Put back what is stored of the record that is shown; False when nothing was typed."""
        if self._key is None or not self.form.is_edited:
            return False
        self._drafts.keep(self._draft, {})
        self.form.show_values(self._stored_values())
        self._show_state()
        self.desk.noticed.emit(Notice("Invoer teruggezet.", Tone.NOTE))
        return True

    def forget(self) -> None:
        """Drop every draft, after the user said so, or for another supplier."""
        self._drafts.clear()
        self._key, self._record = None, None
        self.form.show_values({})
        self._show_state()

    def keep_only(self, owner: str, keys: Sequence[str]) -> None:
        """Drop the drafts of an owner's records that are no more, and say so."""
        is_gone = owner == self._owner and self._key not in (*keys, NEW, None)
        was_shown = is_gone and self.form.is_edited and not self._drafts.is_saving(self._draft)
        if was_shown:
            self.form.show_values({})
        if self._drafts.drop_gone(owner, keys) or was_shown:
            self.desk.noticed.emit(Notice("Waar u aan werkte, staat niet meer in het register.", Tone.NOTE))

    @property
    def _draft(self) -> DraftKey:
        return DraftKey(self._owner, self._key or NEW, self._noun.title)

    def _unsaved(self) -> set[DraftKey]:
        return self._drafts.unsaved(self._draft, is_edited=self.form.is_edited)

    def _stash(self) -> None:
        if self._key is not None:
            self._drafts.keep(self._draft, self.form.edits())

    def _stored_values(self) -> dict[str, Any]:
        if self._record is not None:
            return self._noun.values_of(self._record)
        return self._noun.beginning(self.desk.clock.today()) if self._key == NEW else {}

    def _change_noun(self) -> None:
        if self._key == NEW:
            self.show_record(NEW, None, owner=self._owner)

    def _edited(self) -> None:
        self._timer.start()
        self._show_state()

    def _show_state(self) -> None:
        is_shown, is_edited = self._key is not None, self._draft in self._unsaved()
        is_fixed = bool(self._fixed and self._record is not None and self._fixed(self._record))
        self.setVisible(is_shown)
        self._which_row.setVisible(self._key == NEW and len(self._nouns) > 1)
        self._state.setText("● niet opgeslagen" if is_edited else "")
        self.save_action.setEnabled(self.desk.can_write and is_shown and not is_fixed)
        self.end_action.setEnabled(self.desk.can_write and is_shown and not is_fixed)
        if self.is_edited != self._was_edited or not is_edited:
            self._was_edited = self.is_edited
            self.changed.emit()

    def _warn(self) -> None:
        if self._key is None or not self.form.is_edited:
            return
        found = self._noun.warnings(
            self.desk.register, self._record, {**self._beside, **self.form.values()}, owner=self._owner
        )
        self._forms.warn(self._noun, found)

    # -- what is done -----------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Write what was typed, unless something cannot be read or must still be filled."""
        if self._key is None or self._drafts.is_saving(self._draft):
            return
        form, noun, record, owner, draft = self.form, self._noun, self._record, self._owner, self._draft
        if record is not None and not form.is_edited:
            self.desk.noticed.emit(Notice("Er is niets veranderd.", Tone.NOTE))
            return
        values = {**self._beside, **form.values()}
        wrong = noun.missing(values) | form.problems()
        if wrong:
            self._forms.warn(noun, wrong)
            form.focus_on(next(key for key in noun.keys if key in wrong))
            return
        sent = form.edits()
        if self.desk.write(
            lambda register, _progress: noun.save(register, record, values, edited=frozenset(sent), owner=owner),
            what="Opslaan",
            owner=self,
            done=lambda key: self._saved(draft, sent, key),
            failed=lambda error: self._failed(draft, error),
            touched=None if noun.concerns_all else (owner,),
        ):
            self._drafts.begin_saving(draft)

    def end(self) -> None:
        """End the record that is shown, which stays in the history; or drop one that was only begun."""
        if self._record is None:
            self.restore()
            self.dropped.emit()
            return
        noun, record, owner = self._noun, self._record, self._owner
        self.desk.write(
            lambda register, _progress: noun.end(register, record, owner=owner),
            what="Verwijderen",
            owner=self,
            done=lambda _nothing: self.desk.noticed.emit(Notice(f"{noun.title} {noun.ended}.", act=Act.UNDO)),
            touched=None if noun.concerns_all else (owner,),
        )

    def _saved(self, draft: DraftKey, sent: Mapping[str, Any], key: str) -> None:
        """What was typed since goes on being a draft."""
        self._drafts.end_saving(draft)
        if draft == self._draft:
            rest = without(self.form.edits(), sent)
            self.form.show_values(self._stored_values())
            self.form.put_edits(rest)
        else:
            self._drafts.keep(draft, without(self._drafts.edits(draft), sent))
        self._show_state()
        self.saved.emit(draft.record, key)
        self.desk.noticed.emit(Notice(f"{draft.form} opgeslagen.", act=Act.UNDO))

    def _failed(self, draft: DraftKey, error: BaseException) -> None:
        self._drafts.end_saving(draft)
        self._show_state()
        self.desk.report(error)
