"""The second step of an import: what every column of the file is used for, and how it was read."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.base.errors import AppError
from app.base.formatting import count
from app.services.import_register import (
    NoHeadingsError,
    PreviewColumn,
    YearUnknownError,
    import_fields,
)
from ui.base import theme
from ui.pages.import_question import ImportQuestion
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import card, column, restyle, row, scrolled, text
from ui.widgets.quiet_combo import QuietCombo

_UNUSED = "Niet gebruiken"
_FROM_FILE = "Zoals in het bestand"
_AMOUNTS = frozenset({"amount", "invoiced"})
_MOST_COLUMNS = 200
_EDGE = 8
_FIELD = Qt.ItemDataRole.UserRole


class ColumnsStep(QWidget):
    """The columns, one beneath the other, each with a list to choose from."""

    chosen = Signal(str, object)
    year_chosen = Signal(object)

    def __init__(self, this_year: int) -> None:
        """`this_year` is the year that is proposed where the file does not tell one."""
        super().__init__()
        self._fields = _field_model(self)
        self._rows: dict[str, _ColumnRow] = {}
        self._this_year = this_year
        self._years = [this_year + 2 - place for place in range(25)]
        self._question = ImportQuestion(self._years)
        self._question.year_chosen.connect(self.year_chosen)
        self._question.column_chosen.connect(self.chosen)
        self._year = QuietCombo("Bedragen zijn van")
        self._year.addItems([_FROM_FILE, *map(str, self._years)])
        self._year.activated.connect(self._tell_year)
        self._year_part = QWidget()
        self._year_part.setLayout(row(text("Bedragen zijn van", "small"), self._year))
        self._more = text(role="muted", wraps=True)
        self._inner = QWidget()
        self._area = scrolled(self._inner, "Kolommen van het bestand")
        self._card = card(self._area, gap=0, edge=_EDGE)
        self._body = QWidget()
        self._body.setLayout(
            column(
                row(text("Kijk of elke kolom goed wordt gelezen", "heading"), None, self._year_part),
                self._card,
                self._more,
                None,
                gap=12,
            )
        )
        self._body.layout().setStretchFactor(self._card, 100)  # type: ignore[union-attr]
        layout = column(self._question, self._body, None, gap=12)
        layout.setStretch(1, 100)
        self.setLayout(layout)
        self.clear()

    def clear(self) -> None:
        """Forget the file of before."""
        self._build(())
        self._question.hide()
        self._body.hide()

    def show_columns(self, columns: Sequence[PreviewColumn], *, year: int | None) -> None:
        """Show what was made of the columns; the control with the focus keeps it."""
        self._question.hide()
        shown = [found for place, found in enumerate(columns) if place < _MOST_COLUMNS or found.field]
        if [found.heading for found in shown] != list(self._rows):
            self._build(shown)
        for found in shown:
            self._rows[found.heading].show_column(found)
        rest = len(columns) - len(shown)
        self._more.setText(f"Niet getoond: nog {count(rest, 'kolom', 'kolommen')} zonder gebruik." if rest else "")
        self._more.setVisible(bool(rest))
        self._year_part.setVisible(any(found.field in _AMOUNTS for found in columns))
        self._year.setCurrentIndex(self._years.index(year) + 1 if year in self._years else 0)
        self._body.show()

    def show_problem(self, error: AppError) -> None:
        """Say why the file cannot be read like this; the choices stay as they are."""
        if isinstance(error, YearUnknownError):
            self._question.ask_year(error, self._this_year)
        elif isinstance(error, NoHeadingsError):
            self._question.ask_name(error)
        else:
            self._question.tell(error)

    def focus_first(self) -> bool:
        """Put the focus where work begins; returns whether there is such a place."""
        first = self._question.first_control() or next((made.combo for made in self._rows.values()), None)
        if first:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    def _build(self, columns: Sequence[PreviewColumn]) -> None:
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for place, (words, stretch) in enumerate(
            (("Kolom in bestand", 3), ("Wordt", 0), ("Voorbeelden", 4), ("Gelezen als", 4))
        ):
            grid.addWidget(text(words, "small"), 0, place)
            grid.setColumnStretch(place, stretch)
        self._rows = {}
        for place, found in enumerate(columns):
            made = self._rows[found.heading] = _ColumnRow(found, self._fields, self)
            line = QFrame()
            line.setProperty("role", "line")
            grid.addWidget(line, 2 * place + 1, 0, 1, 4)
            for at, part in enumerate((made.heading, made.combo, made.examples, made.read_as)):
                grid.addWidget(part, 2 * place + 2, at)
        grid.setRowStretch(2 * len(columns) + 2, 1)
        inner.setProperty("role", "canvas")
        self._area.setWidget(inner)
        # What is made later comes last in Qt's own order; the reading order is year, then columns, then the buttons.
        before: QWidget = self._year
        for made in self._rows.values():
            QWidget.setTabOrder(before, made.combo)
            before = made.combo
        # No higher than a few columns need.
        self._card.setMaximumHeight(inner.sizeHint().height() + 2 * _EDGE + 2)

    def _tell_year(self, place: int) -> None:
        self.year_chosen.emit(self._years[place - 1] if place else None)


class _ColumnRow(QObject):
    """The parts of one column. It lives as long as its list to choose from."""

    def __init__(self, found: PreviewColumn, fields: QStandardItemModel, step: ColumnsStep) -> None:
        self.combo = QuietCombo(f"Kolom {found.heading[:80]} wordt")
        super().__init__(self.combo)
        self._step = step
        self._name = found.heading
        self._fields = fields
        self.heading = ElidedLabel(found.heading)
        self.heading.setFont(theme.font(is_strong=True))
        self.combo.setModel(fields)
        self.combo.setFixedWidth(250)
        self.combo.setMaxVisibleItems(20)
        self.examples = ElidedLabel(role="muted")
        self.read_as = ElidedLabel()
        self.combo.activated.connect(self._tell)

    def show_column(self, found: PreviewColumn) -> None:
        places = range(self._fields.rowCount())
        self.combo.setCurrentIndex(
            next(place for place in places if self._fields.item(place).data(_FIELD) == (found.field or ""))
        )
        examples = _joined(dict.fromkeys(found.examples))
        self.examples.say(examples)
        words, role = _read_words(found)
        self.read_as.say(words)
        self.read_as.setProperty("role", role)
        restyle(self.read_as)
        self.combo.setAccessibleDescription(f"Voorbeelden: {examples}. Gelezen als: {words}.")

    def _tell(self, place: int) -> None:
        self._step.chosen.emit(self._name, self._fields.item(place).data(_FIELD) or None)


def _field_model(parent: QObject) -> QStandardItemModel:
    """Return the list of every column: one model, because a file may have a hundred of them."""
    model = QStandardItemModel(parent)
    unused = QStandardItem(_UNUSED)
    unused.setData("", _FIELD)
    model.appendRow(unused)
    group = ""
    for field in import_fields():
        if field.group != group:
            group = field.group
            head = QStandardItem(group)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setFont(theme.font(theme.SMALL_PX, is_strong=True))
            model.appendRow(head)
        item = QStandardItem(field.label)
        item.setData(field.name, _FIELD)
        model.appendRow(item)
    return model


def _joined(values: Iterable[str]) -> str:
    return " · ".join(value if len(value) <= 60 else f"{value[:60]}…" for value in values)


def _read_words(found: PreviewColumn) -> tuple[str, str]:
    """Return how the first cells were read, and the role of that text."""
    if not found.field or not found.examples:
        return "", ""
    if not found.read_as:
        return ("niet nodig: het jaar is bekend" if found.field == "date" else "niet gelezen"), "muted"
    if found.read_as == found.examples:
        return "zoals het er staat", "muted"
    words = _joined(dict.fromkeys(value or "niet begrepen" for value in found.read_as))
    return (f"{found.year}: {words}" if found.year else words), "" if all(found.read_as) else "warning"
