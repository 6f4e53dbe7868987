"""A form over the fields of a record: warns while typing, keeps what was typed, gives back what could be read.

A screen declares its fields once; label, control, accessible name, reading and showing come from that.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.base.formatting import euro, parse_day, parse_euro, short_date
from ui.widgets.check_box import CheckBox
from ui.widgets.layout import restyle, text
from ui.widgets.line_edit import LineEdit
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.text_edit import TextEdit


class Kind(Enum):
    """How a field is typed."""

    LINE = "line"
    LINES = "lines"
    LONG = "long"
    DATE = "date"
    MONEY = "money"
    NUMBER = "number"
    CHOICE = "choice"
    FLAG = "flag"
    HEADING = "heading"


class Field(NamedTuple):
    """One field. `choices` are value and word; `hint` shows while it is empty; `is_wide` takes the whole row."""

    key: str
    label: str
    kind: Kind = Kind.LINE
    choices: Sequence[tuple[Any, str]] = ()
    hint: str = ""
    is_wide: bool = False


class RecordForm(QWidget):
    """The form. `edited` tells that something was typed; `warn` shows what deserves a look."""

    edited = Signal()

    def __init__(self, fields: Sequence[Field], *, columns: int = 2) -> None:
        """Place the fields in that many columns; the tab order is the reading order."""
        super().__init__()
        self._fields = {field.key: field for field in fields if field.kind is not Kind.HEADING}
        self._inputs: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._notes: dict[str, QLabel] = {}
        self._shown: dict[str, Any] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        place = 0
        for field in fields:
            is_wide = field.is_wide or field.kind is Kind.HEADING
            if is_wide and place % columns:
                place += columns - place % columns
            line, column = divmod(place, columns)
            span = columns if is_wide else 1
            if field.kind is Kind.HEADING:
                heading = text(field.label, "heading")
                heading.setContentsMargins(0, 12 if place else 0, 0, 4)
                grid.addWidget(heading, line * 3, column, 1, span)
            else:
                self._place(grid, field, line * 3, column, span)
            place += span
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self._shown = {key: self._typed(key) for key in self._fields}

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show these values; what is not named is emptied."""
        self.blockSignals(True)
        for key, field in self._fields.items():
            self._show(field, values.get(key))
            self._note(key, "")
        self.blockSignals(False)
        self._shown = {key: self._typed(key) for key in self._fields}

    def catch_up(self, values: Mapping[str, Any]) -> None:
        """Show these values, as after a save or an undo, but keep what was typed and says something else."""
        self.blockSignals(True)
        for key, field in self._fields.items():
            typed = self._typed(key)
            is_edited = typed != self._shown.get(key)
            if self._read(key) != values.get(key):
                self._show(field, values.get(key))
                self._shown[key] = self._typed(key)
                if is_edited:
                    self._type(key, typed)
            elif is_edited:
                # Once it is stored, Ctrl+Z is the register's.
                self._type(key, typed)
                self._shown[key] = typed
        self.blockSignals(False)

    def edits(self) -> dict[str, Any]:
        """Return what was typed in the fields that differ from what was shown, as it stands in them."""
        return {key: typed for key in self._fields if (typed := self._typed(key)) != self._shown.get(key)}

    def put_edits(self, edits: Mapping[str, Any]) -> None:
        """Put back what `edits` gave, such as after other values were shown in between."""
        self.blockSignals(True)
        for key, typed in edits.items():
            self._type(key, typed)
        self.blockSignals(False)

    def set_choices(self, key: str, choices: Sequence[tuple[Any, str]]) -> None:
        """Change what can be chosen in a field; what is chosen stays so while it is there."""
        field, combo = self._fields[key], self._inputs[key]
        assert isinstance(combo, QComboBox)
        if tuple(field.choices) == tuple(choices):
            return
        values = [value for value, _word in choices]
        shown, chosen = (
            values.index(value) if (value := field.choices[at][0]) in values else 0
            for at in (self._shown[key], combo.currentIndex())
        )
        self._fields[key] = field._replace(choices=tuple(choices))
        self.blockSignals(True)
        combo.clear()
        combo.addItems([word for _value, word in choices])
        combo.setCurrentIndex(chosen)
        self.blockSignals(False)
        self._shown[key] = shown

    def values(self) -> dict[str, Any]:
        """Return what was typed, as values; a field that cannot be read is left out (see `problems`)."""
        return {key: value for key in self._fields if not isinstance(value := self._read(key), _Unreadable)}

    def problems(self) -> dict[str, str]:
        """Return the fields that cannot be read, with a Dutch sentence."""
        return {key: value.why for key in self._fields if isinstance(value := self._read(key), _Unreadable)}

    @property
    def is_edited(self) -> bool:
        """Whether anything differs from what was shown."""
        return any(self._typed(key) != self._shown.get(key) for key in self._fields)

    def warn(self, warnings: Mapping[str, str]) -> None:
        """Show what deserves a look; what cannot be read comes first."""
        problems = self.problems()
        for key in self._fields:
            self._note(key, problems.get(key) or warnings.get(key, ""), is_error=key in problems)

    def focus_on(self, key: str = "") -> None:
        """Put the focus on a field, on the first one when it is not known."""
        part = self._inputs.get(key) or next(iter(self._inputs.values()))
        part.setFocus(Qt.FocusReason.TabFocusReason)

    def set_read_only(self, is_fixed: bool) -> None:
        """Let nothing be typed, or let it again."""
        for part in self._inputs.values():
            if isinstance(part, QLineEdit | QPlainTextEdit):
                part.setReadOnly(is_fixed)
            else:
                part.setEnabled(not is_fixed)

    def set_shown(self, key: str, *, is_shown: bool) -> None:
        """Show a field or leave it out; its place stays free, so that nothing moves."""
        parts = (self._inputs[key], self._labels.get(key))
        for part in filter(None, parts):
            policy = part.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            part.setSizePolicy(policy)
            part.setVisible(is_shown)

    def control(self, key: str) -> QWidget:
        """Return the control of a field."""
        return self._inputs[key]

    # -- building ---------------------------------------------------------------------------------------------------

    def _place(self, grid: QGridLayout, field: Field, line: int, column: int, span: int) -> None:
        part, tell = self._make(field)
        part.setAccessibleName(field.label)
        part.setObjectName(field.key)
        note = QLabel()
        note.setTextFormat(Qt.TextFormat.PlainText)
        note.setWordWrap(True)
        note.setProperty("role", "warning")
        note.hide()
        if field.kind is not Kind.FLAG:
            label = QLabel(field.label)
            label.setWordWrap(True)
            label.setProperty("role", "small")
            label.setBuddy(part)
            self._labels[field.key] = label
            grid.addWidget(label, line, column, 1, span, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(part, line + 1, column, 1, span)
        grid.addWidget(note, line + 2, column, 1, span, Qt.AlignmentFlag.AlignTop)
        # A field stands nearer to its own label than to the next one.
        grid.setRowMinimumHeight(line + 2, 6)
        self._inputs[field.key], self._notes[field.key] = part, note
        tell(self.edited.emit)

    def _make(self, field: Field) -> tuple[QWidget, Callable[[Callable[[], object]], object]]:
        """Return the control, and how to be told of a change in it."""
        match field.kind:
            case Kind.CHOICE:
                combo = QuietCombo(field.label)
                combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                combo.setMinimumContentsLength(8)
                for _value, word in field.choices:
                    combo.addItem(word)
                return combo, lambda tell: combo.currentIndexChanged.connect(lambda _at: tell())
            case Kind.FLAG:
                flag = CheckBox(field.label)
                return flag, lambda tell: flag.toggled.connect(lambda _on: tell())
            case Kind.LONG:
                long = TextEdit(field.label, hint=field.hint)
                long.setFixedHeight(84)
                return long, lambda tell: long.textChanged.connect(tell)
            case _:
                hint = field.hint or {Kind.DATE: "dag-maand-jaar", Kind.MONEY: "€"}.get(field.kind, "")
                line = LineEdit(field.label, hint=hint)
                return line, lambda tell: line.textChanged.connect(lambda _text: tell())

    def _note(self, key: str, words: str, *, is_error: bool = False) -> None:
        note, part = self._notes[key], self._inputs[key]
        if note.text() == words:
            return
        note.setText(words)
        note.setVisible(bool(words))
        note.setProperty("role", "error" if is_error else "warning")
        part.setProperty("warned", bool(words))
        part.setAccessibleDescription(words)
        restyle(note, part)

    # -- values -----------------------------------------------------------------------------------------------------

    def _show(self, field: Field, value: Any) -> None:
        part = self._inputs[field.key]
        if isinstance(part, CheckBox):
            part.setChecked(bool(value))
        elif isinstance(part, QComboBox):
            values = [choice for choice, _word in field.choices]
            part.setCurrentIndex(values.index(value) if value in values else 0)
        elif isinstance(part, QPlainTextEdit):
            part.setPlainText("" if value is None else str(value))
        elif isinstance(part, QLineEdit):
            part.setText(_as_text(field.kind, value))
            part.setCursorPosition(0)

    def _type(self, key: str, typed: Any) -> None:
        part = self._inputs[key]
        if isinstance(part, CheckBox):
            part.setChecked(typed)
        elif isinstance(part, QComboBox):
            part.setCurrentIndex(typed)
        elif isinstance(part, QPlainTextEdit):
            place = part.textCursor().position()
            part.setPlainText(typed)
            cursor = part.textCursor()
            cursor.setPosition(min(place, len(typed)))
            part.setTextCursor(cursor)
        elif isinstance(part, QLineEdit):
            place = part.cursorPosition()
            part.setText(typed)
            part.setCursorPosition(place)

    def _typed(self, key: str) -> Any:
        part = self._inputs[key]
        if isinstance(part, CheckBox):
            return part.isChecked()
        if isinstance(part, QComboBox):
            return part.currentIndex()
        if isinstance(part, QPlainTextEdit):
            return part.toPlainText()
        assert isinstance(part, QLineEdit)
        return part.text()

    def _read(self, key: str) -> Any:
        field, typed = self._fields[key], self._typed(key)
        if field.kind is Kind.CHOICE:
            return field.choices[typed][0] if field.choices else None
        if field.kind is Kind.FLAG or not isinstance(typed, str):
            return typed
        text = typed.strip()
        if field.kind is Kind.LINES:
            return tuple(part for item in text.split(",") if (part := item.strip()))
        if field.kind in {Kind.LINE, Kind.LONG}:
            return text
        if not text:
            return None
        try:
            return _READERS[field.kind](text)
        except (ValueError, OverflowError):
            return _Unreadable(_EXAMPLES[field.kind])


class _Unreadable(NamedTuple):
    why: str


def _as_text(kind: Kind, value: Any) -> str:
    if value is None:
        return ""
    if kind is Kind.DATE and isinstance(value, date):
        return short_date(value)
    if kind is Kind.MONEY:
        return euro(value, with_cents=bool(value % 100))
    if kind is Kind.LINES:
        return ", ".join(value)
    if kind is Kind.NUMBER:
        return str(value).removesuffix(".0").replace(".", ",")
    return str(value)


def _read_number(text: str) -> float | int:
    number = float(text.replace(",", "."))
    if not math.isfinite(number):
        raise ValueError(text)
    return int(number) if number.is_integer() and "," not in text and "." not in text else number


_READERS: dict[Kind, Callable[[str], Any]] = {Kind.DATE: parse_day, Kind.MONEY: parse_euro, Kind.NUMBER: _read_number}
_EXAMPLES = {
    Kind.DATE: "Dit is geen datum. Schrijf bijvoorbeeld 12-3-2027.",
    Kind.MONEY: "Dit is geen bedrag. Schrijf bijvoorbeeld 412.500 of 412.500,50.",
    Kind.NUMBER: "Dit is geen getal.",
}
