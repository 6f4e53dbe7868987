"""What can be set: who writes the letters and how they look, terms, advisor, telephone, light or dark, the register."""

from dataclasses import fields, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.base.formatting import count
from app.base.places import synced_place
from app.domain.letter import LetterSettings
from app.services.change_settings import get_settings
from app.services.letter_paper import save_settings
from ui.base import theme, url_scheme
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.dialogs import ask
from ui.pages.settings_letters import LetterCards, warnings
from ui.pages.settings_phone import PhoneCard
from ui.pages.settings_sample import SamplePane
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import EDGE, card, column, row, scrolled, text
from ui.widgets.line_edit import LineEdit
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.record_form import Field, RecordForm

_LOOKS = (
    (theme.Appearance.SYSTEM, "Als het systeem"),
    (theme.Appearance.LIGHT, "Licht"),
    (theme.Appearance.DARK, "Donker"),
)


class SettingsPage(Page):
    """Cards with fields at the left, the letter as it becomes at the right; Ctrl+S saves all that was typed."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the cards; their values come with `arrive`."""
        super().__init__(desk, navigator, state)
        self._save = bind(Act.SAVE, self, self._save_all)
        self._unsaved = text(role="muted")
        self._letters = LetterCards(self)
        self._advisor = RecordForm(
            [Field("advisor", "Uw naam", hint="De naam waarmee u op deze computer werkt", is_wide=True)]
        )
        self._phone = PhoneCard(self, url_scheme.of_this_system())
        self._sample = SamplePane(desk, lambda: (self._meant(), self._letters.chosen))
        cards = scrolled(self._cards(), "Instellingen")
        body = row(cards, self._sample, gap=16)
        body.setStretch(0, 5)
        body.setStretch(1, 4)
        head = row(text("Instellingen", "title"), None, self._unsaved, ActionButton(self._save, is_primary=True))
        self.setLayout(column(head, body, gap=12, edge=EDGE))
        self._letters.edited.connect(self._edited)
        self._advisor.edited.connect(self._edited)
        desk.changed.connect(self._show_stored)

    def arrive(self) -> None:
        """Be shown, with what is stored and the focus on the first field."""
        self._show_stored()
        self._phone.show_state()
        self._letters.focus_on()
        self._sample.draw_soon()

    @property
    def holds_typing(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return self._letters.is_edited or self._advisor.is_edited

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
            self._letters.set_read_only(True)
        shown += [self._letters, self._advisor_card(), self._phone, self._look_card(), self._register_card()]
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

    def _stored(self) -> LetterSettings:
        return get_settings(self.desk.register, LetterSettings)

    def _meant(self) -> LetterSettings:
        return replace(self._stored(), **self._letters.typed()[0])

    def _show_stored(self, *, is_kept: bool = True) -> None:
        """Show what is stored; what was typed stays where it is meant to be kept."""
        self._show(self._stored(), is_kept=is_kept)
        (self._advisor.catch_up if is_kept else self._advisor.show_values)({"advisor": self.state.advisor})
        self._edited()

    def _show(self, settings: LetterSettings, *, is_kept: bool = True) -> None:
        values = {item.name: getattr(settings, item.name) for item in fields(settings)}
        self._letters.show_stored(values, is_kept=is_kept)

    def _edited(self) -> None:
        values, faults = self._letters.typed()
        self._letters.warn(warnings(values) | faults)
        is_edited = self.holds_typing
        if faults:
            words = count(len(faults), "veld klopt niet", "velden kloppen niet")
        else:
            words = "Nog niet opgeslagen" if is_edited else ""
        self._unsaved.setText(words)
        self._save.setEnabled(is_edited)
        self._sample.draw_soon()

    def _save_all(self) -> None:
        values, faults = self._letters.typed()
        if faults:
            first = next(iter(faults))
            self._letters.focus_on(first)
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
        chosen = dict(self._letters.chosen)
        self.desk.write(
            lambda register, _progress: save_settings(register, new, chosen=chosen),
            what="Instellingen opslaan",
            owner=self,
            done=lambda _nothing: self._saved(new),
            touched=(),
        )

    def _saved(self, new: LetterSettings) -> None:
        # What was saved is no typing any more, also when an undo was written before this was heard.
        self._show(new)
        self._show_stored()
        self.desk.noticed.emit(Notice("Instellingen opgeslagen.", act=Act.UNDO))

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
