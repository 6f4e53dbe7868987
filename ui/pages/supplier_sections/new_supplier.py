"""A new supplier during a call: the name, and what else the caller says; the rest can wait."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.domain.identifiers import is_kvk, is_phone_number
from app.domain.supplier import Address, Contact, Supplier
from app.services import Register, record
from ui.base.actions import Act, bind, on_escape
from ui.base.desk import Desk
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import CARD_EDGE, column, row, text
from ui.widgets.line_edit import LineEdit
from ui.widgets.record_form import Field, RecordForm

# In the order in which a caller says it.
_FIELDS = (
    Field("name", "Naam", is_wide=True),
    Field("phone", "Telefoon"),
    Field("contact", "Contactpersoon", hint="voor- en achternaam"),
    Field("city", "Plaats"),
    Field("kvk", "KvK-nummer", hint="8 cijfers"),
)
_PAUSE_MS = 250
_WIDTH = 640
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class NewSupplier(QWidget):
    """The form. `saved` tells the key and the name of the supplier that was made, `left` that Esc was pressed."""

    saved = Signal(str, str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        """Build the form."""
        super().__init__()
        self._desk = desk
        self._is_saving = False
        self._form = RecordForm(_FIELDS)
        save = bind(Act.SAVE, self, self._save)
        self._save_action = save
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._warn)
        self._form.edited.connect(self._timer.start)
        on_escape(self, self.left.emit)
        body = QFrame()
        body.setProperty("role", "card")
        body.setMaximumWidth(_WIDTH)
        hint = text("Alleen de naam is nodig; Enter slaat op. De rest kan later.", "muted", wraps=True)
        buttons = row(ActionButton(save, is_primary=True), text("Esc: terug", "small"), None, gap=12)
        body.setLayout(column(hint, self._form, buttons, gap=12, edge=CARD_EDGE))
        across = row(body, None)
        across.setStretch(0, _WIDTH)
        self.setLayout(column(text("Nieuwe leverancier", "title"), across, None, gap=12))

    @property
    def is_edited(self) -> bool:
        """Whether something typed is not saved."""
        return self._form.is_edited and not self._is_saving

    def begin(self, name: str) -> None:
        """Begin with what a caller said first: a name, or a number; what was typed before and not saved is dropped."""
        self._form.show_values({})
        self._form.put_edits({"phone" if is_phone_number(name) else "kvk" if is_kvk(name) else "name": name})
        self._save_action.setEnabled(self._desk.can_write)
        self._form.focus_on("name")
        field = self._form.control("name")
        assert isinstance(field, LineEdit)
        field.end(False)
        if name:
            self._warn()

    def forget(self) -> None:
        """Drop what was typed."""
        self._form.show_values({})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field saves."""
        if event.key() in _ENTER:
            self._save()
        else:
            super().keyPressEvent(event)

    def _warn(self) -> None:
        values = self._form.values()
        if values["name"]:
            supplier = _supplier(values, "")
            warnings = record.warnings(self._desk.register, supplier)
            self._form.warn({key.replace("visiting_", ""): words for key, words in warnings.items()})

    def _save(self) -> None:
        values = self._form.values()
        if not values["name"]:
            self._form.warn({"name": "Een leverancier heeft een naam nodig."})
            self._form.focus_on("name")
            return
        if self._is_saving:
            return
        self._is_saving = bool(
            self._desk.write(
                lambda register, _progress: _add(register, values),
                what="Opslaan",
                owner=self,
                done=self._saved,
                failed=self._failed,
            )
        )

    def _saved(self, made: Supplier) -> None:
        self._is_saving = False
        self.forget()
        self.saved.emit(made.id, made.name)

    def _failed(self, error: BaseException) -> None:
        self._is_saving = False
        self._desk.report(error)


def _supplier(values: dict[str, Any], key: str) -> Supplier:
    return Supplier(
        id=key, name=values["name"], kvk=values["kvk"], phone=values["phone"], visiting=Address(city=values["city"])
    )


def _add(register: Register, values: dict[str, Any]) -> Supplier:
    made = _supplier(values, register.new_id())
    person = _contact(values["contact"], made.id, register.new_id())
    record.add(register, made, *([person] if person else []))
    return made


def _contact(name: str, supplier_id: str, key: str) -> Contact | None:
    """Take a name apart as it is spoken: `Jan van den Berg`, `J.P. Smeets`, `Smeets`."""
    words = name.split()
    if not words:
        return None
    first = words.pop(0) if len(words) > 1 else ""
    infix: list[str] = []
    while len(words) > 1 and words[0][0].islower():
        infix.append(words.pop(0))
    return Contact(
        id=key,
        supplier_id=supplier_id,
        initials=first if "." in first else "",
        first_name="" if "." in first else first,
        infix=" ".join(infix),
        surname=" ".join(words),
        is_primary=True,
    )
