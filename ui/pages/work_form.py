"""The panel in which something on the work list is set aside, promised or checked; what is typed stays until saved."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame

from app.base.formatting import count, short_date
from app.domain.journal import Aside
from app.domain.work import WorkItem
from app.services import Register
from app.services.set_aside import set_aside
from app.services.settle_work import promise
from ui.base.actions import Act, bind, on_escape
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.pages.supplier_sections.drafts import NEW, DraftKey, Drafts
from ui.pages.supplier_sections.nouns import VERIFICATION
from ui.widgets.action_button import ActionButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import CARD_EDGE, column, row, text
from ui.widgets.record_form import Field, Kind, RecordForm

_REASON = Field("reason", "Waarom kan dit wachten?", is_wide=True)
_UNTIL = Field("until_on", "Van de lijst t/m", Kind.DATE, is_wide=True)
_NEEDS = {"reason": "Schrijf op waarom.", "until_on": "Vul de laatste dag in."}
_SEEN_DAYS, _LATER_DAYS, _PROMISE_DAYS = 90, 7, 30


class _Spec(NamedTuple):
    """What a job asks, what it begins with in days from today, and what it does with the answer."""

    title: str
    hint: str
    fields: Sequence[Field]
    needed: Mapping[str, str]
    days: Mapping[str, int]
    do: Callable[[Register, Sequence[WorkItem], Mapping[str, Any]], object]
    concerns_all: bool = False


def _set_aside(how: Aside, register: Register, items: Sequence[WorkItem], values: Mapping[str, Any]) -> None:
    set_aside(register, items, how=how, reason=values["reason"], until_on=values["until_on"])


def _promise(register: Register, items: Sequence[WorkItem], values: Mapping[str, Any]) -> None:
    promise(register, items[0], what=values["what"], due_on=values["due_on"])


def _check(register: Register, items: Sequence[WorkItem], values: Mapping[str, Any]) -> None:
    VERIFICATION.save(register, None, values, edited=values.keys(), owner=items[0].record_id)


class Job(Enum):
    """What the panel can be open for."""

    SEEN = _Spec(
        "Gezien", "Komt terug als er iets verandert, of na de laatste dag.", (_REASON, _UNTIL), _NEEDS,
        {"until_on": _SEEN_DAYS}, partial(_set_aside, Aside.SEEN),
    )  # fmt: skip
    LATER = _Spec(
        "Later", "Komt terug na de laatste dag.", (_REASON, _UNTIL), _NEEDS, {"until_on": _LATER_DAYS},
        partial(_set_aside, Aside.LATER),
    )  # fmt: skip
    PROMISE = _Spec(
        "Toezegging", "Tot die dag komt er geen herinnering.",
        (Field("what", "Wat is toegezegd?", is_wide=True), Field("due_on", "Uiterlijk op", Kind.DATE, is_wide=True)),
        {"what": "Vul in wat is toegezegd.", "due_on": "Vul de dag in."}, {"due_on": _PROMISE_DAYS}, _promise,
    )  # fmt: skip
    CHECK = _Spec(
        "Controle", "Wie het certificaat heeft gecontroleerd, en hoe.",
        [field for field in VERIFICATION.fields if field.key in VERIFICATION.needed], VERIFICATION.needed,
        {"checked_on": 0},
        _check, concerns_all=True,
    )  # fmt: skip

    @property
    def spec(self) -> _Spec:
        """What is declared."""
        found: _Spec = self.value
        return found


# Days that lie ahead; a check was made today or before.
_AHEAD = ("until_on", "due_on")


class WorkForm(QFrame):
    """Open for one job and some items. `opened` tells whether it is, `stepped_out` that the focus must go on."""

    opened = Signal(bool)
    stepped_out = Signal()

    def __init__(self, desk: Desk) -> None:
        """Begin closed."""
        super().__init__()
        self.setProperty("role", "card")
        self._desk = desk
        self._job = Job.SEEN
        self._keys: frozenset[tuple[str, str]] = frozenset()
        self._drafts = Drafts()
        self._title, self._hint = ElidedLabel(role="heading"), text(role="small", wraps=True)
        self._state = text(role="warning")
        self._forms = {job: RecordForm(job.spec.fields, columns=1) for job in Job}
        self._save_action = bind(Act.SAVE, self, self.save)
        self._drop_action = bind(Act.REMOVE, self, self._drop)
        self._drop_action.setText("Niet doen")
        on_escape(self, self._step_out)
        for form in self._forms.values():
            form.edited.connect(self._show_state)
            form.hide()
        buttons = row(ActionButton(self._save_action, is_primary=True), ActionButton(self._drop_action), None)
        self.setLayout(column(self._title, self._hint, *self._forms.values(), self._state, buttons, edge=CARD_EDGE))
        self.hide()

    # -- what it is open for ----------------------------------------------------------------------------------------

    def begin(self, job: Job, items: Sequence[WorkItem]) -> None:
        """Ask what the job needs for these items, with what was typed for them before."""
        keys = frozenset(item.key for item in items)
        if (job, keys) != (self._job, self._keys):
            self._stash()
            self._forms[self._job].hide()
            self._job, self._keys = job, keys
            self._form.show_values(self._proposed(items))
            self._form.put_edits(self._drafts.edits(self._draft))
        whose = items[0].name if len({item.supplier_id for item in items}) == 1 else ""
        self._title.say(f"{job.spec.title}: {whose or count(len(items), 'regel', 'regels')}")
        self._hint.setText(job.spec.hint)
        self._form.show()
        self._show_state()
        self.opened.emit(True)
        self.show()
        self._form.focus_on(job.spec.fields[0].key)

    def follow(self, keys: Collection[tuple[str, str]]) -> None:
        """Go when nothing of what it is open for is on the list any more; what was typed waits for its return."""
        if not self._keys or self._drafts.is_saving(self._draft) or not self._keys.isdisjoint(keys):
            return
        if self._form.is_edited:
            words = "Waar u aan werkte, staat niet meer op de lijst. Wat u typte, blijft bewaard tot u weggaat."
            self._desk.noticed.emit(Notice(words, Tone.NOTE))
        self._stash()
        self._close()

    @property
    def is_edited(self) -> bool:
        """Whether anything typed here is not saved, for whichever items."""
        return bool(self._drafts.unsaved(self._draft, is_edited=bool(self._keys) and self._form.is_edited))

    def forget(self) -> None:
        """Drop what was typed, after the user said so."""
        self._drafts.clear()
        self._close()

    @property
    def _form(self) -> RecordForm:
        return self._forms[self._job]

    @property
    def _draft(self) -> DraftKey:
        return DraftKey(repr(sorted(self._keys)), NEW, self._job.name)

    def _proposed(self, items: Sequence[WorkItem]) -> dict[str, date]:
        """Return the days to begin with: what is seen comes back when its own day is over, if that is sooner."""
        today = self._today()
        days = {key: today + timedelta(days=ahead) for key, ahead in self._job.spec.days.items()}
        if self._job is Job.SEEN:
            coming = min((item.day for item in items if item.day and item.day >= today), default=date.max)
            days["until_on"] = min(days["until_on"], max(coming, today + timedelta(days=1)))
        return days

    def _today(self) -> date:
        # On another reference date, days count from there; not before today, because those are over.
        return max(self._desk.clock.today(), self._desk.on)

    def _stash(self) -> None:
        if self._keys:
            self._drafts.keep(self._draft, self._form.edits())

    def _show_state(self) -> None:
        is_saving = self._drafts.is_saving(self._draft)
        self._state.setText("● niet opgeslagen" if self._form.is_edited and not is_saving else "")
        self._state.setVisible(bool(self._state.text()))
        self._form.set_read_only(is_saving)
        for action in (self._save_action, self._drop_action):
            action.setEnabled(bool(self._keys) and not is_saving)

    def _step_out(self) -> None:
        """Let Esc leave what was typed where it is; a form in which nothing was typed goes."""
        if self._form.is_edited:
            self.stepped_out.emit()
        else:
            self._close()

    def _drop(self) -> None:
        self._drafts.keep(self._draft, {})
        self._close()

    def _close(self) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self._keys = frozenset()
        self._form.show_values({})
        self._form.hide()
        self.hide()
        self.opened.emit(False)
        if had_focus:
            self.stepped_out.emit()

    # -- saving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Do the job for those items that are still on the list, unless something must be filled or mended first."""
        spec, values = self._job.spec, self._form.values()
        wrong = {key: words for key, words in spec.needed.items() if not values.get(key)} | self._form.problems()
        for key in _AHEAD:
            if key not in wrong and values.get(key) and values[key] < self._desk.clock.today():
                wrong[key] = f"Deze dag is al voorbij. Kies {short_date(self._desk.clock.today())} of later."
        self._form.warn(wrong)
        if wrong:
            self._form.focus_on(next(field.key for field in spec.fields if field.key in wrong))
            return
        items = [item for item in self._desk.work if item.key in self._keys]
        draft = self._draft
        if self._desk.write(
            lambda register, _progress: spec.do(register, items, values),
            what="Opslaan",
            owner=self,
            done=lambda _nothing: self._saved(draft, items),
            failed=lambda error: self._failed(draft, error),
            touched=None if spec.concerns_all else {item.supplier_id for item in items if item.supplier_id},
        ):
            self._drafts.begin_saving(draft)
            self._show_state()

    def _saved(self, draft: DraftKey, items: Sequence[WorkItem]) -> None:
        self._drafts.end_saving(draft)
        self._drafts.keep(draft, {})
        if draft == self._draft:
            self._close()
        title = Job[draft.form].spec.title
        whose = items[0].name if len(items) == 1 else count(len(items), "regel", "regels")
        self._desk.noticed.emit(Notice(f"{title} vastgelegd: {whose.removesuffix('.')}.", act=Act.UNDO))

    def _failed(self, draft: DraftKey, error: BaseException) -> None:
        self._drafts.end_saving(draft)
        self._show_state()
        self._desk.report(error)
