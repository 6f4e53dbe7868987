"""The second step of an import: what is asked, what every column of the file is used for, and how it was read."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.base.formatting import count
from app.services.first_look import FirstLook
from app.services.import_register import NoHeadingsError, PreviewColumn, Question, YearUnknownError
from ui.pages import import_words as words
from ui.pages.import_column_row import ColumnRow, field_model
from ui.pages.import_draft import ImportDraft
from ui.pages.import_question import ImportQuestion
from ui.pages.import_questions import ImportQuestions
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import card, column, row, scrolled, text
from ui.widgets.quiet_combo import QuietCombo

_FROM_FILE = "Zoals in het bestand"
_AMOUNTS = frozenset({"amount", "invoiced"})
_MOST_COLUMNS = 200
_EDGE = 8


class ColumnsStep(QWidget):
    """The questions, and the columns one beneath the other, each with a list to choose from."""

    chosen = Signal(str, object)
    year_chosen = Signal(object)
    sheet_chosen = Signal(str)
    encoding_chosen = Signal(str)
    delimiter_chosen = Signal(str)
    answered = Signal(str, str)

    def __init__(self, this_year: int) -> None:
        """`this_year` is the year that is proposed where the file does not tell one."""
        super().__init__()
        self._fields = field_model(self)
        self._rows: dict[str, ColumnRow] = {}
        self._this_year = this_year
        self._years = [this_year + 2 - place for place in range(25)]
        self._question = ImportQuestion(self._years)
        self._question.year_chosen.connect(self.year_chosen)
        self._question.column_chosen.connect(self.chosen)
        self._questions = ImportQuestions()
        self._questions.answered.connect(self.answered)
        self._sheet = QuietCombo("Blad")
        self._sheet.textActivated.connect(self.sheet_chosen)
        self._sheet_part = _labelled("Blad", self._sheet)
        self._encoding, self._delimiter = QuietCombo("Codering"), QuietCombo("Scheidingsteken")
        self._encoding.activated.connect(lambda place: self.encoding_chosen.emit(self._encoding.itemData(place)))
        self._delimiter.activated.connect(lambda place: self.delimiter_chosen.emit(self._delimiter.itemData(place)))
        self._text_part = QWidget()
        self._text_part.setLayout(
            row(_labelled("Codering", self._encoding), _labelled("Scheidingsteken", self._delimiter), gap=16)
        )
        self._year = QuietCombo("Bedragen zijn van")
        self._year.addItems([_FROM_FILE, *map(str, self._years)])
        self._year.activated.connect(self._tell_year)
        self._year_part = _labelled("Bedragen zijn van", self._year)
        self._head_controls = (self._sheet, self._encoding, self._delimiter, self._year)
        self._title = ElidedLabel("Klopt elke kolom?", "heading")
        self._more = text(role="muted", wraps=True)
        self._area = scrolled(QWidget(), "Kolommen van het bestand")
        self._card = card(self._area, gap=0, edge=_EDGE)
        head = row(self._title, self._sheet_part, self._text_part, self._year_part, gap=16)
        head.setStretch(0, 1)
        layout = column(
            self._question,
            self._questions,
            head,
            self._card,
            self._more,
            None,
            gap=12,
        )
        layout.setStretchFactor(self._card, 100)
        self.setLayout(layout)
        self.clear()

    def clear(self) -> None:
        """Forget the file of before."""
        self._build(())
        self._question.hide()
        self._questions.clear()
        self._show_sheets((), "")
        self._show_text(None)
        self._show_body(is_shown=False)

    def show_look(self, look: FirstLook) -> None:
        """Show the columns as the first rows have them; what is to be asked the whole file tells."""
        self._question.hide()
        self._show_columns(look.columns, ())
        self._order_tabs()
        self._show_body(is_shown=True)

    def show_draft(self, draft: ImportDraft) -> None:
        """Show what was made of the file; the control with the focus keeps it."""
        assert draft.check is not None
        plan, columns = draft.check.preview.plan, draft.check.preview.columns
        self._question.hide()
        self._questions.show_questions(plan.questions, draft.choices.answers)
        self._show_sheets(draft.sheets, plan.sheet or "")
        self._show_text(draft.text_reading)
        self._show_columns(columns, plan.questions)
        self._order_tabs()
        self._show_body(is_shown=True)
        self._year_part.setVisible(any(found.field in _AMOUNTS for found in columns))
        year = draft.choices.year
        self._year.setCurrentIndex(self._years.index(year) + 1 if year in self._years else 0)

    def show_problem(self, draft: ImportDraft) -> None:
        """Say why the file cannot be read like this; the choices stay as they are."""
        error = draft.problem
        if isinstance(error, YearUnknownError):
            self._question.ask_year(error, self._this_year)
        elif isinstance(error, NoHeadingsError):
            self._question.ask_name(error)
        elif error is not None:
            self._question.tell(error)
        sheets = draft.sheets
        read = draft.check.preview.plan.sheet if draft.check else None
        self._show_sheets(sheets, draft.choices.sheet or read or next(iter(sheets), ""))
        self._show_text(draft.text_reading)
        if not draft.shows_sheet:
            self._questions.clear()
            self._show_body(is_shown=False)

    def focus_first(self) -> bool:
        """Put the focus where work begins; returns whether there is such a place."""
        first = (
            self._question.first_control()
            or self._questions.first_control()
            or next((made.combo for made in self._rows.values() if self._card.isVisible()), None)
        )
        if first:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    def _show_body(self, *, is_shown: bool) -> None:
        for part in (self._title, self._card):
            part.setVisible(is_shown)
        if not is_shown:
            self._year_part.hide()
            self._more.hide()

    def _show_sheets(self, sheets: Sequence[str], shown: str) -> None:
        if [self._sheet.itemText(place) for place in range(self._sheet.count())] != list(sheets):
            self._sheet.clear()
            self._sheet.addItems(list(sheets))
        self._sheet.setCurrentIndex(self._sheet.findText(shown))
        self._sheet_part.setVisible(len(sheets) > 1)

    def _show_text(self, reading: tuple[str, str] | None) -> None:
        self._text_part.setVisible(reading is not None)
        for combo, offered, shown in zip(
            (self._encoding, self._delimiter), (words.ENCODINGS, words.DELIMITERS), reading or ("", ""), strict=True
        ):
            combo.clear()
            for value, label in offered.items():
                combo.addItem(label, value)
            if shown and combo.findData(shown) < 0:
                combo.addItem(shown, shown)
            combo.setCurrentIndex(combo.findData(shown))

    def _show_columns(self, columns: Sequence[PreviewColumn], questions: Sequence[Question]) -> None:
        shown = [found for place, found in enumerate(columns) if place < _MOST_COLUMNS or found.field]
        if [found.heading for found in shown] != list(self._rows):
            self._build(shown)
        asked = {found.column: found for found in questions if found.column}
        for found in shown:
            self._rows[found.heading].show_column(found, asked.get(found.heading))
        rest = len(columns) - len(shown)
        self._more.setText(f"Niet getoond: nog {count(rest, 'kolom', 'kolommen')} zonder gebruik." if rest else "")
        self._more.setVisible(bool(rest))
        if inner := self._area.widget():
            # No higher than a few columns need.
            self._card.setMaximumHeight(inner.sizeHint().height() + 2 * _EDGE + 2)

    def _build(self, columns: Sequence[PreviewColumn]) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, (heading, stretch) in enumerate(
            (("Kolom in bestand", 3), ("Wordt", 0), ("Voorbeelden", 4), ("Gelezen als", 4))
        ):
            grid.addWidget(text(heading, "small"), 0, place)
            grid.setColumnStretch(place, stretch)
        self._rows = {}
        for place, found in enumerate(columns):
            made = self._rows[found.heading] = ColumnRow(found, self._fields)
            made.used.connect(self.chosen)
            made.answered.connect(self.answered)
            line = QFrame()
            line.setProperty("role", "line")
            grid.addWidget(line, 2 * place + 1, 0, 1, 4)
            for at, part in enumerate((made.heading, made.combo, made.examples, made.reading)):
                grid.addWidget(part, 2 * place + 2, at)
        grid.setRowStretch(2 * len(columns) + 2, 1)
        inner.setProperty("role", "canvas")
        self._area.setWidget(inner)

    def _order_tabs(self) -> None:
        """Let Tab follow the reading order: what is made later comes last in Qt's own."""
        columns = (control for made in self._rows.values() for control in (made.combo, made.otherwise))
        before: QWidget = self._question
        for control in (*self._question.controls, *self._questions.controls, *self._head_controls, *columns):
            QWidget.setTabOrder(before, control)
            before = control

    def _tell_year(self, place: int) -> None:
        self.year_chosen.emit(self._years[place - 1] if place else None)


def _labelled(label: str, control: QWidget) -> QWidget:
    part = QWidget()
    part.setLayout(row(text(label, "small"), control))
    return part
