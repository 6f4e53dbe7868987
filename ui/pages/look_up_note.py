"""The note of a call, and what was agreed in it: two panels in one place, both for the keyboard."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.base.formatting import find_coming_day, parse_coming_day, short_date
from app.services.calls import Agreed
from ui.base.actions import on_escape
from ui.widgets.action_button import ActionButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import GAP, column, restyle, row, text
from ui.widgets.line_edit import LineEdit
from ui.widgets.text_edit import TextEdit

_NOTE_HEIGHTS = (56, 88)
_DAY_WIDTH = 132
_LONGEST_NOTE = 20_000
_LONGEST_WHAT = 120
_HINT = "Wat is er afgesproken? Dag, tijd en uw naam worden vanzelf vastgelegd."


class NoteEdit(TextEdit):
    """The text of a note; `left` tells that the focus went elsewhere."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell it."""
        super().focusOutEvent(event)
        self.left.emit()


class NotePanel(QWidget):
    """A note being typed, and how safe it is. `typed` tells the text after each key, `stepped_out` of Esc."""

    typed = Signal(str)
    left = Signal()
    stepped_out = Signal()

    def __init__(self, next_call: QAction, link: QAction) -> None:
        """The two actions stand at the right of the heading when there is a use for them."""
        super().__init__()
        self.edit = NoteEdit("Gespreksnotitie", hint=_HINT)
        self.edit.setMinimumHeight(_NOTE_HEIGHTS[0])
        self.edit.setMaximumHeight(_NOTE_HEIGHTS[1])
        self._heading = ElidedLabel(role="heading")
        self._state = text(role="small")
        self._is_full = False
        head = row(self._heading, self._state, ActionButton(link), ActionButton(next_call))
        head.setStretch(0, 1)
        whole = column(head, self.edit, gap=4)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.edit.textChanged.connect(self._tell)
        self.edit.left.connect(self.left)
        on_escape(self.edit, self.stepped_out.emit)

    def be_low(self, is_low: bool, /) -> None:
        """Take no more room than needed where the screen is low."""
        self.edit.setMaximumHeight(_NOTE_HEIGHTS[0 if is_low else 1])

    def show_note(self, heading: str, words: str, *, can_write: bool) -> None:
        """Show a note in the place of the one before; the cursor stands behind it."""
        self._heading.say(heading)
        self.edit.setReadOnly(not can_write)
        self.edit.setPlaceholderText(_HINT if can_write else "")
        if words != self.edit.toPlainText():
            self.edit.blockSignals(True)
            self.edit.setPlainText(words)
            self.edit.blockSignals(False)
            cursor = self.edit.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            self.edit.setTextCursor(cursor)

    def show_state(self, words: str, *, is_problem: bool) -> None:
        """Say how safe it is; that it is full comes first, until the next key."""
        if self._is_full:
            words, is_problem = "De notitie is vol; de rest is weggelaten", True
        if self._state.text() != words:
            self._state.setText(words)
        role = "error" if is_problem else "small"
        if self._state.property("role") != role:
            self._state.setProperty("role", role)
            restyle(self._state)

    def _tell(self) -> None:
        words = self.edit.toPlainText()
        self._is_full = len(words) > _LONGEST_NOTE
        if self._is_full:
            self.show_note(self._heading.text(), words[:_LONGEST_NOTE], can_write=True)
        self.typed.emit(words[:_LONGEST_NOTE])


class _Fields(NamedTuple):
    """A day, and what is agreed for it."""

    day: LineEdit
    what: LineEdit


class AgreedPanel(QWidget):
    """A task for us and a promise of the supplier, each with its day. `typed` tells a key, `stepped_out` Esc."""

    typed = Signal()
    stepped_out = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        """`today` tells from which day on a day without a year is meant."""
        super().__init__()
        self._today = today
        self._heading = ElidedLabel(role="heading")
        self._follow_up = _fields("Opvolgen op", "Wat moet u doen?")
        self._promise = _fields("Toezegging t/m", "Wat doet de leverancier?")
        self._fault = text(role="error", wraps=True)
        self._offer = ElidedLabel(role="small")
        self._offered: tuple[str, str] | None = None
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        for place, (name, fields) in enumerate((("Opvolgen op", self._follow_up), ("Toezegging t/m", self._promise))):
            grid.addWidget(text(name, "muted"), place, 0)
            grid.addWidget(fields.day, place, 1)
            grid.addWidget(fields.what, place, 2)
        self.setLayout(column(self._heading, grid, self._offer, self._fault, gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        on_escape(self, self.stepped_out.emit)
        for field in self._all:
            field.textEdited.connect(lambda _text: self.typed.emit())

    @property
    def _all(self) -> tuple[LineEdit, ...]:
        return (*self._follow_up, *self._promise)

    def begin(self, heading: str, note: str, *, kept: tuple[str, ...] | None, key: str) -> None:
        """Begin with what was typed before, else empty; the focus goes to the first day.

        A promise that the note seems to speak of is offered; `key` takes it over.
        """
        self._heading.say(heading)
        for field, words in zip(self._all, kept or [""] * len(self._all), strict=True):
            field.setText(words)
            self._mark(field, warned=False)
        self._fault.hide()
        self._offered = None if kept and any(kept) else self._find_promise(note)
        self._offer.setVisible(self._offered is not None)
        if self._offered:
            self._offer.say(f"Toezegging t/m {self._offered[0]}: {self._offered[1]}? {key} neemt dit over.")
        self._follow_up.day.setFocus()

    @property
    def has_offer(self) -> bool:
        """Whether a promise is offered."""
        return self._offered is not None

    def take_offer(self) -> None:
        """Fill in the promise that is offered."""
        if self._offered:
            for field, words in zip(self._promise, self._offered, strict=True):
                field.setText(words)
            self._offered = None
            self._offer.hide()
            self._promise.what.setFocus()
            self.typed.emit()

    def typed_words(self) -> tuple[str, ...]:
        """Return what stands in the fields, for `begin`."""
        return tuple(field.text() for field in self._all)

    def _find_promise(self, note: str) -> tuple[str, str] | None:
        for line in note.splitlines():
            if day := find_coming_day(line, self._today()):
                return short_date(day), " ".join(line.split())[:_LONGEST_WHAT]
        return None

    def answer(self) -> tuple[Agreed | None, Agreed | None] | None:
        """Return the task and the promise as typed; None when one of them cannot be read: then it says why."""
        faults: list[str] = []
        found = [self._read(fields, faults) for fields in (self._follow_up, self._promise)]
        self._fault.setText(" ".join(dict.fromkeys(faults)))
        self._fault.setVisible(bool(faults))
        return None if faults else (found[0], found[1])

    def _read(self, fields: _Fields, faults: list[str]) -> Agreed | None:
        typed, what = fields.day.text().strip(), " ".join(fields.what.text().split())
        for field in fields:
            self._mark(field, warned=False)
        if not typed and not what:
            return None
        try:
            day = parse_coming_day(typed, self._today())
        except (ValueError, OverflowError):
            self._refuse(fields.day, faults, "Schrijf de dag bijvoorbeeld als 12 mei of 12-5-2027.")
            return None
        if day < self._today():
            self._refuse(fields.day, faults, "Kies een dag die nog komt.")
            return None
        if not what:
            self._refuse(fields.what, faults, "Schrijf erbij wat er is afgesproken.")
            return None
        return Agreed(due_on=day, what=what)

    def _refuse(self, field: LineEdit, faults: list[str], words: str) -> None:
        if not faults:
            field.setFocus()
        self._mark(field, warned=True)
        faults.append(words)

    def _mark(self, field: LineEdit, *, warned: bool) -> None:
        if bool(field.property("warned")) != warned:
            field.setProperty("warned", warned)
            restyle(field)


def _fields(name: str, question: str) -> _Fields:
    day = LineEdit(name, hint="bijv. 12 mei")
    day.setFixedWidth(_DAY_WIDTH)
    return _Fields(day, LineEdit(question, hint=question))
