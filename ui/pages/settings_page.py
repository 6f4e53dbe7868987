"""What can be set: who writes the letters and how they look, terms, advisor, telephone, light or dark, the register."""

from collections.abc import Mapping
from dataclasses import Field as DataField
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.base.errors import AppError, Cancelled
from app.base.formatting import count
from app.base.places import synced_place
from app.base.settings import fault_of
from app.domain.identifiers import check_kvk, check_postcode
from app.domain.letter import LetterSettings
from app.domain.verdict import Status
from app.services.change_settings import change_settings, get_settings
from app.services.sample_letter import SampleLetter, sample_letter
from ui.base import theme, url_scheme
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.base.tasks import Task
from ui.dialogs import ask
from ui.pages.settings_phone import PhoneCard
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import EDGE, card, column, row, scrolled, text
from ui.widgets.line_edit import LineEdit
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.record_form import Field, Kind, RecordForm
from ui.widgets.sheet_view import SheetView

# The fields of `LetterSettings` per card; what a field is called stands there.
_CARDS = (
    ("Afzender", ("organisation", "team", "phone", "email", "street", "postcode", "city", "kvk")),
    ("Briefhoofd en voet", ("letterhead", "footer", "signatory")),
    ("Envelop", ("window", "offset_right_mm", "offset_down_mm")),
    ("Termijnen en kenmerk", ("reply_days", "certified_months", "kenmerk_prefix")),
)
_CHOICE_WORDS = {"left": "Links", "right": "Rechts", "none": "Geen venster"}
_LONG = {"letterhead"}
_WIDE = {"letterhead", "footer", "window"}
_LOOKS = (
    (theme.Appearance.SYSTEM, "Als het systeem"),
    (theme.Appearance.LIGHT, "Licht"),
    (theme.Appearance.DARK, "Donker"),
)
_SETTINGS = {item.name: item for item in fields(LetterSettings)}
# So many suppliers are tried for the letter that is shown.
_TRIED = 100
_PAUSE_MS = 250
# So much of a line that does not fit on the letter says which line it is.
_SHOWN = 60


class SettingsPage(Page):
    """Cards with fields at the left, the letter as it becomes at the right; Ctrl+S saves all that was typed."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the cards; their values come with `arrive`."""
        super().__init__(desk, navigator, state)
        self._drawing: Task | None = None
        self._save = bind(Act.SAVE, self, self._save_all)
        self._unsaved = text(role="muted")
        self._forms = [RecordForm([_field(name) for name in names]) for _title, names in _CARDS]
        self._advisor = RecordForm(
            [Field("advisor", "Uw naam", hint="De naam waarmee u op deze computer werkt", is_wide=True)]
        )
        self._phone = PhoneCard(self, url_scheme.of_this_system())
        self._sheet = SheetView()
        self._about_sheet = text(role="small", wraps=True)
        self._lost = text(role="warning", wraps=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        sheet = QWidget()
        sheet.setLayout(
            column(text("Zo wordt de brief", "heading"), self._sheet, self._lost, self._about_sheet, edge=0)
        )
        sheet.layout().setStretch(1, 1)  # type: ignore[union-attr]
        cards = scrolled(self._cards(), "Instellingen")
        body = row(cards, sheet, gap=16)
        body.setStretch(0, 5)
        body.setStretch(1, 4)
        head = row(text("Instellingen", "title"), None, self._unsaved, ActionButton(self._save, is_primary=True))
        self.setLayout(column(head, body, gap=12, edge=EDGE))
        for form in self._all_forms():
            form.edited.connect(self._edited)
        desk.changed.connect(self._show_stored)
        # As sharp as it can be at this size.
        self._sheet.resized.connect(self._draw_soon)
        desk.rows_changed.connect(self._draw_soon)

    def arrive(self) -> None:
        """Be shown, with what is stored and the focus on the first field."""
        self._show_stored()
        self._phone.show_state()
        self._forms[0].focus_on()
        self._draw_soon()

    @property
    def holds_typing(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return any(form.is_edited for form in self._all_forms())

    def may_leave(self) -> bool:
        """Ask when something was typed that is not saved yet."""
        if not self.holds_typing:
            return True
        if not ask.may_drop(self):
            return False
        self._show_stored(is_kept=False)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts back what is stored, when the user is sure."""
        if event.key() == Qt.Key.Key_Escape and self.holds_typing:
            if ask.may_put_back(self):
                self._show_stored(is_kept=False)
        else:
            super().keyPressEvent(event)

    # -- building ---------------------------------------------------------------------------------------------------

    def _cards(self) -> QWidget:
        shown: list[QWidget] = []
        if not self.desk.can_write:
            words = "Dit register is alleen te lezen: wat hieronder over de brieven staat, kunt u niet veranderen."
            shown.append(card(text(words, wraps=True), role="note"))
            for form in self._forms:
                form.set_read_only(True)
        shown += [card(text(title, "heading"), form) for (title, _names), form in zip(_CARDS, self._forms, strict=True)]
        shown += [self._advisor_card(), self._phone, self._look_card(), self._register_card()]
        inner = QWidget()
        inner.setLayout(column(*shown, None, gap=12))
        inner.layout().setContentsMargins(0, 0, 12, 0)  # type: ignore[union-attr]
        return inner

    def _advisor_card(self) -> QFrame:
        words = "Met deze naam staan uw wijzigingen in de historie, vanaf de volgende keer dat u een register opent."
        return card(text("Ik", "heading"), self._advisor, text(words, "small", wraps=True))

    def _look_card(self) -> QFrame:
        looks = QuietCombo("Uiterlijk")
        looks.addItems([word for _look, word in _LOOKS])
        chosen = theme.Appearance(self.state.get("appearance", ""))
        looks.setCurrentIndex([look for look, _word in _LOOKS].index(chosen))
        looks.currentIndexChanged.connect(self._change_look)
        return card(text("Uiterlijk", "heading"), looks, text("Verandert meteen.", "small"))

    def _register_card(self) -> QFrame:
        path = LineEdit("Waar het register staat")
        path.setText(str(self.desk.path))
        path.setReadOnly(True)
        path.setCursorPosition(0)
        other = bind(Act.OPEN_REGISTER, self, self.navigator.leave_register, has_keys=False)
        copy = bind(Act.COPY_PATH, self, self._copy_path)
        parts: list[QWidget] = [text("Register", "heading"), path]
        if service := synced_place(self.desk.path):
            words = (
                f"Dit register staat in een map die {service} kopieert. Zulke kopieën kunnen half zijn, en een "
                "register op twee plaatsen raakt door elkaar. Zet het in een gewone map op deze laptop."
            )
            parts.append(card(text(words, wraps=True), role="note"))
        return card(*parts, row(ActionButton(copy), ActionButton(other), None))

    # -- what was typed ---------------------------------------------------------------------------------------------

    def _all_forms(self) -> list[RecordForm]:
        return [*self._forms, self._advisor]

    def _stored(self) -> LetterSettings:
        return get_settings(self.desk.register, LetterSettings)

    def _show_stored(self, *, is_kept: bool = True) -> None:
        """Show what is stored; what was typed stays where it is meant to be kept."""
        stored = self._stored()
        values = {name: getattr(stored, name) for name in _SETTINGS} | {"advisor": self.state.advisor}
        for form in self._all_forms():
            (form.catch_up if is_kept else form.show_values)(values)
        self._edited()

    def _typed(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the settings that were typed, and what is wrong with the others, in Dutch."""
        values: dict[str, Any] = {}
        faults: dict[str, str] = {}
        for form in self._forms:
            faults |= form.problems()
            for name, value in form.values().items():
                item = _SETTINGS[name]
                meant = float(value) if isinstance(item.default, float) and type(value) is int else value
                if fault := fault_of(item, meant):
                    faults[name] = fault
                else:
                    values[name] = meant
        return values, faults

    def _edited(self) -> None:
        values, faults = self._typed()
        notes = _warnings(values) | faults
        for form in self._forms:
            form.warn(notes)
        is_edited = self.holds_typing
        if faults:
            words = count(len(faults), "veld klopt niet", "velden kloppen niet")
        else:
            words = "Nog niet opgeslagen" if is_edited else ""
        self._unsaved.setText(words)
        self._save.setEnabled(is_edited)
        self._draw_soon()

    def _save_all(self) -> None:
        values, faults = self._typed()
        if faults:
            first = next(iter(faults))
            next(form for form in self._forms if first in form.values() or first in form.problems()).focus_on(first)
            notice = Notice(faults[first], Tone.PROBLEM, "Er is niets opgeslagen.")
            self.desk.noticed.emit(notice)
            return
        if self._advisor.is_edited:
            self.state.set("advisor", self._advisor.values()["advisor"])
            self.state.save()
            self._advisor.show_values({"advisor": self.state.advisor})
        new = replace(self._stored(), **values)
        if new == self._stored():
            self._show_stored()
            self.desk.noticed.emit(Notice("Opgeslagen."))
            return
        self.desk.write(
            lambda register, _progress: change_settings(register, new),
            what="Instellingen opslaan",
            owner=self,
            done=lambda _nothing: self.desk.noticed.emit(Notice("Instellingen opgeslagen.", act=Act.UNDO)),
            touched=(),
        )

    def _change_look(self, place: int) -> None:
        look = _LOOKS[place][0]
        self.state.set("appearance", look.value)
        self.state.save()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, look)

    def _copy_path(self) -> None:
        QGuiApplication.clipboard().setText(str(self.desk.path))
        self.desk.noticed.emit(Notice("Het pad van het register staat op het klembord."))

    # -- the letter as it becomes -------------------------------------------------------------------------------------

    def _draw_soon(self) -> None:
        self._pause.start()

    def _draw(self) -> None:
        if not self.isVisible() or not self.desk.is_ready:
            return
        if self._drawing:
            self._drawing.cancel()
        settings = replace(self._stored(), **self._typed()[0])
        on, width = self.desk.clock.today(), self._sheet.page_width_px()
        among = [found.supplier_id for found in self.desk.rows if found.status is Status.NON_COMPLIANT][:_TRIED]
        self._drawing = self.desk.read(
            lambda register, _progress: sample_letter(register, settings, on=on, among=among, width_px=width),
            what="Brief tekenen",
            owner=self,
            done=self._show_sample,
            failed=self._show_no_sample,
        )

    def _show_sample(self, sample: SampleLetter) -> None:
        self._drawing = None
        self._sheet.show_sample(sample)
        if sample.lost:
            lines = count(len(sample.lost), "regel", "regels")
            self._lost.setText(f"Geen plaats op de brief voor {lines}, vanaf: {sample.lost[0][:_SHOWN]}")
        self._lost.setVisible(bool(sample.lost))
        words = "Een brief die nu aan de beurt is, met het venster van de envelop."
        if not sample.page:
            words = "Er is nu geen brief aan de beurt; dit is een schets met het venster en de vouwen."
        self._about_sheet.setText(words)

    def _show_no_sample(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled | AppError):
            self.desk.report(error)


def _field(name: str) -> Field:
    item: DataField[Any] = _SETTINGS[name]
    choices = [(choice, _CHOICE_WORDS[choice]) for choice in item.metadata["choices"]]
    kind = Kind.CHOICE if choices else Kind.NUMBER if isinstance(item.default, int | float) else Kind.LINE
    kind = Kind.LONG if name in _LONG else kind
    return Field(name, item.metadata["description"], kind, choices, is_wide=name in _WIDE)


def _warnings(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what looks wrong but may be saved."""
    email = values.get("email", "")
    found = {
        "email": "Een e-mailadres heeft een @." if email and "@" not in email else None,
        "postcode": check_postcode(values.get("postcode", "")),
        "kvk": check_kvk(values.get("kvk", "")),
        "kenmerk_prefix": None if values.get("kenmerk_prefix") else "Zonder begin is een kenmerk niet te herkennen.",
    }
    return {name: words for name, words in found.items() if words}
