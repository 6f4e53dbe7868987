"""One column of a file on its way in: what it is used for, its first cells, how these were read, and how else."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from app.services.import_register import Option, PreviewColumn, Question, import_fields
from ui.base import theme
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import column, restyle
from ui.widgets.quiet_combo import QuietCombo

_UNUSED = "Niet gebruiken"
_FIELD = Qt.ItemDataRole.UserRole


class ColumnRow(QObject):
    """The parts of one column. It lives as long as its list to choose from."""

    used = Signal(str, object)
    answered = Signal(str, str)

    def __init__(self, found: PreviewColumn, fields: QStandardItemModel) -> None:
        """`fields` is the list of all uses (`field_model`)."""
        self.combo = QuietCombo(f"Kolom {found.heading[:80]} wordt")
        super().__init__(self.combo)
        self._name = found.heading
        self._fields = fields
        self._options: Sequence[Option] = ()
        self._key = ""
        self.heading = ElidedLabel(found.heading)
        self.heading.setFont(theme.font(is_strong=True))
        self.combo.setModel(fields)
        self.combo.setFixedWidth(250)
        self.combo.setMaxVisibleItems(20)
        self.examples = ElidedLabel(role="muted")
        self._read_as = ElidedLabel()
        self.otherwise = QuietCombo(f"Kolom {found.heading[:80]} lezen als")
        self.otherwise.hide()
        self.reading = QWidget()
        self.reading.setLayout(column(self._read_as, self.otherwise, gap=4))
        self.combo.activated.connect(self._tell_use)
        self.otherwise.activated.connect(self._tell_answer)

    def show_column(self, found: PreviewColumn, question: Question | None) -> None:
        """Show what was made of the column; `question` is there where its cells can be read in two ways."""
        places = range(self._fields.rowCount())
        self.combo.setCurrentIndex(
            next(place for place in places if self._fields.item(place).data(_FIELD) == (found.field or ""))
        )
        examples = _joined(dict.fromkeys(found.examples))
        self.examples.say(examples)
        words, role = _read_words(found)
        self._read_as.say(words)
        self._read_as.setProperty("role", role)
        restyle(self._read_as)
        self.combo.setAccessibleDescription(f"Voorbeelden: {examples}. Gelezen als: {words}.")
        self._offer(question)

    def _offer(self, question: Question | None) -> None:
        """Offer the other reading; while the question is open it stands above the columns."""
        self.otherwise.setVisible(question is not None and not question.is_open)
        if question is None:
            return
        self._key = question.key
        if question.options != self._options:
            self._options = question.options
            self.otherwise.clear()
            self.otherwise.addItems([found.label for found in question.options])
        self.otherwise.setCurrentIndex([found.value for found in question.options].index(question.answer))

    def _tell_use(self, place: int) -> None:
        self.used.emit(self._name, self._fields.item(place).data(_FIELD) or None)

    def _tell_answer(self, place: int) -> None:
        self.answered.emit(self._key, self._options[place].value)


def field_model(parent: QObject) -> QStandardItemModel:
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
    """Return how the first cells were read, and the role of that text; first of all a use that is not certain."""
    words, role = _read_cells(found)
    return (words, role) if found.is_sure or not found.field else (f"let op, niet zeker: {words}", "warning")


def _read_cells(found: PreviewColumn) -> tuple[str, str]:
    if not found.field or not found.examples:
        return "", ""
    if not found.read_as:
        return ("niet nodig: het jaar is bekend" if found.field == "date" else "niet gelezen"), "muted"
    if found.read_as == found.examples:
        return "zoals het er staat", "muted"
    words = _joined(dict.fromkeys(value or "niet begrepen" for value in found.read_as))
    return (f"{found.year}: {words}" if found.year else words), "" if all(found.read_as) else "warning"
