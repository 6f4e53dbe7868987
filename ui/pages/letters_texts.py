"""The texts of the letters: read, changed and checked beside the letter that they give."""

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError, Cancelled
from app.domain.letter import LetterSettings
from app.domain.verdict import Reason
from app.services import Register
from app.services.letter_texts import (
    FIELDS,
    ListedText,
    TemplateError,
    TextLook,
    TextVersion,
    list_texts,
    look_at_text,
    preview_text,
    reasons_of,
    restore_shipped,
    save_text,
    set_block,
    text_versions,
)
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.state import WindowState
from ui.base.tasks import Task
from ui.dialogs import ask
from ui.pages.letters_text_blocks import TextBlocks
from ui.pages.letters_text_list import TextKey, TextList, about_version, key_of
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import card, column, framed, row, text
from ui.widgets.page_preview import PagePreview, Sheets, Wanted
from ui.widgets.quiet_combo import QuietCombo
from ui.widgets.source_edit import SourceEdit

_PAUSE_MS = 250
_LIST_WIDTH = 300
_READ_ONLY = "Dit register is alleen te lezen: u kunt de teksten bekijken, niet veranderen."


class TextsPanel(QWidget):
    """The list at the left, the text in the middle, the letter at the right.

    What is typed in a text stays while another one is looked at, until it is saved or put back.
    """

    def __init__(self, desk: Desk, state: WindowState) -> None:
        """Build the parts; the texts come with `arrive`."""
        super().__init__()
        self._desk = desk
        self._typed: dict[TextKey, str] = {}
        self._versions: tuple[TextVersion, ...] = ()
        self._reasons: tuple[Reason | None, ...] = ()
        self._fault: TemplateError | None = None
        self._looking: Task | None = None
        self._save = bind(Act.SAVE, self, self._save_text)
        self._fields = bind(Act.MERGE_FIELDS, self, lambda: self._editor.offer_all_fields())
        self._to_fault = bind(Act.GO_TO_FAULT, self, self._go_to_fault)
        self._restore = bind(Act.RESTORE_TEXT, self, self._restore_text)
        self._list = TextList(state)
        self._editor = SourceEdit("Tekst van de brief", FIELDS)
        self._blocks = TextBlocks()
        self._history = QuietCombo("Versie van de tekst")
        self._reason = QuietCombo("Voorbeeld bij")
        self._preview = PagePreview(desk, state, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._build()
        self._list.current_changed.connect(self._show_text)
        self._list.opened.connect(lambda _row: self._editor.setFocus())
        self._editor.typed.connect(self._text_typed)
        self._blocks.wanted.connect(self._put_block)
        self._history.activated.connect(self._show_version)
        self._reason.currentIndexChanged.connect(self._draw)
        self._preview.left.connect(self._editor.setFocus)
        desk.changed.connect(self._register_changed)

    def arrive(self) -> None:
        """Be shown, with the focus on the list."""
        self._preview.arrive()
        self._list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the list up to date, also when the tabs are walked by keys."""
        super().showEvent(event)
        self._load()

    @property
    def holds_typing(self) -> bool:
        """Whether something was typed in any text that is not saved yet."""
        return bool(self._typed)

    def may_leave(self) -> bool:
        """Ask when something was typed that is not saved yet."""
        if not self.holds_typing:
            return True
        if not ask.may_drop(self):
            return False
        self._typed.clear()
        self._load()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts back the stored text, when the user is sure; from an unchanged one it goes to the list."""
        current = self._current()
        if event.key() != Qt.Key.Key_Escape or current is None:
            super().keyPressEvent(event)
        elif key_of(current) in self._typed:
            if ask.may_put_back(self):
                del self._typed[key_of(current)]
                self._show_text(current)
        elif not self._list.hasFocus():
            self._list.setFocus()
        else:
            super().keyPressEvent(event)

    # -- building -----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        can_write = self._desk.can_write
        self._newer = text("Het programma heeft een nieuwere tekst dan deze.", "warning", wraps=True)
        self._fault_words = text(role="error", wraps=True)
        self._fault_words.setAlignment(Qt.AlignmentFlag.AlignTop)
        # The text must not move under the fingers when a fault comes and goes.
        self._fault_words.setMinimumHeight(2 * self._fault_words.fontMetrics().lineSpacing())
        self._editor.setReadOnly(not can_write)
        if not can_write:
            # The text can still be walked, selected and copied by keys.
            keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
            self._editor.setTextInteractionFlags(keyboard | Qt.TextInteractionFlag.TextSelectableByMouse)
        note = card(text(_READ_ONLY, wraps=True), role="note", edge=12)
        note.setVisible(not can_write)
        for combo in (self._history, self._reason):
            combo.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)
        head = row(self._history, ActionButton(self._restore))
        head.setStretch(0, 1)
        save = ActionButton(self._save, is_primary=True)
        foot = row(save, ActionButton(self._fields), ActionButton(self._to_fault), None)
        middle = column(note, head, self._newer, self._blocks, self._editor, self._fault_words, foot)
        middle.setStretchFactor(self._editor, 1)
        self._reason_row = QWidget()
        reason = row(text("Voorbeeld bij", "muted"), self._reason)
        reason.setStretch(1, 1)
        self._reason_row.setLayout(reason)
        right = column(self._reason_row, self._preview)
        right.setStretch(1, 1)
        texts = framed(self._list)
        texts.setFixedWidth(_LIST_WIDTH)
        parts = row(texts, middle, right, gap=16)
        parts.setStretch(1, 5)
        parts.setStretch(2, 4)
        self.setLayout(parts)

    # -- which text ---------------------------------------------------------------------------------------------------

    def _current(self) -> ListedText | None:
        found: ListedText | None = self._list.current_row()
        return found

    def _register_changed(self) -> None:
        if self.isVisible():
            self._load()
            self._preview.show_marks()

    def _load(self) -> None:
        """Show the texts as they are stored; what was typed and not saved stays."""
        found = list_texts(self._desk.register)
        stored = {key_of(item): item.version.text.source for item in found}
        self._typed = {key: words for key, words in self._typed.items() if stored.get(key, words) != words}
        self._list.typed_in = set(self._typed)
        self._list.show_rows(found)

    def _show_text(self, found: ListedText | None) -> None:
        if found is None:
            return
        key = key_of(found)
        self._versions = text_versions(self._desk.register, *key)
        self._newer.setVisible(found.has_newer)
        self._history.clear()
        for place, version in enumerate(self._versions):
            self._history.addItem(f"{'Sinds' if place == 0 else 'Van'} {about_version(version)}")
        self._history.setEnabled(len(self._versions) > 1)
        self._offer_reasons(reasons_of(found.kind))
        if self._typed.get(key) != self._editor.toPlainText():
            self._editor.show_text(self._typed.get(key, found.version.text.source))
        self._tell()
        self._look()

    def _offer_reasons(self, reasons: tuple[Reason | None, ...]) -> None:
        """Offer the cases of this kind of letter; the one that was chosen stays where it can."""
        if reasons != self._reasons:
            self._reasons = reasons
            self._reason.blockSignals(True)
            self._reason.clear()
            self._reason.addItems([reason.label if reason else "" for reason in reasons])
            self._reason.blockSignals(False)
        self._reason_row.setVisible(len(reasons) > 1)

    def _show_version(self, place: int) -> None:
        """Put an earlier version into the editor, to be read and, when it is saved, to be used again."""
        self._editor.change_text(self._versions[place].text.source)
        self._editor.setFocus()

    # -- what was typed -----------------------------------------------------------------------------------------------

    def _text_typed(self) -> None:
        current = self._current()
        if current is None:
            return
        key, words = key_of(current), self._editor.toPlainText()
        if words == current.version.text.source:
            self._typed.pop(key, None)
        else:
            self._typed[key] = words
        self._tell()
        self._pause.start()

    def _put_block(self, name: str, is_on: bool) -> None:
        try:
            self._editor.change_text(set_block(self._editor.toPlainText(), name, is_on=is_on))
        except TemplateError as error:
            self._desk.report(error)

    def _save_text(self) -> None:
        current = self._current()
        if current is None or key_of(current) not in self._typed:
            return
        key = key_of(current)
        words = self._typed[key]

        def saved(_text: object) -> None:
            self._desk.noticed.emit(Notice("Tekst opgeslagen. Hij staat in de volgende brieven.", act=Act.UNDO))

        def refused(error: BaseException) -> None:
            if not isinstance(error, TemplateError):
                self._desk.report(error)
                return
            self._desk.noticed.emit(Notice(error.message, Tone.PROBLEM, f"{error.advice} Er is niets opgeslagen."))
            if self._current() == current:
                self._show_fault(error)
                self._go_to_fault()

        self._desk.write(
            lambda register, _progress: save_text(register, *key, source=words),
            what="Tekst opslaan",
            owner=self,
            done=saved,
            failed=refused,
            touched=(),
        )

    def _restore_text(self) -> None:
        current = self._current()
        if current is None or (key_of(current) in self._typed and not ask.may_put_back(self)):
            return
        key = key_of(current)
        self._typed.pop(key, None)

        def restored(_text: object) -> None:
            self._desk.noticed.emit(Notice("De tekst van het programma is terug.", act=Act.UNDO))

        self._desk.write(
            lambda register, _progress: restore_shipped(register, *key),
            what="Tekst terugzetten",
            owner=self,
            done=restored,
            touched=(),
        )

    # -- what it is worth ---------------------------------------------------------------------------------------------

    def _look(self) -> None:
        current = self._current()
        if current is None:
            return
        if self._looking:
            self._looking.cancel()
        words, key = self._editor.toPlainText(), key_of(current)
        self._looking = self._desk.read(
            lambda _register, _progress: look_at_text(words, *key),
            what="Tekst nakijken",
            owner=self,
            done=partial(self._show_look, words),
            failed=self._not_looked,
        )

    def _show_look(self, words: str, look: TextLook) -> None:
        self._looking = None
        if words != self._editor.toPlainText():
            return
        self._blocks.show_blocks(look.blocks, can_change=self._desk.can_write)
        self._show_fault(look.fault)
        self._draw()

    def _not_looked(self, error: BaseException) -> None:
        if not isinstance(error, Cancelled | AppError):
            self._desk.report(error)

    def _show_fault(self, fault: TemplateError | None) -> None:
        self._fault = fault
        self._fault_words.setText(f"{fault.message} {fault.advice}".strip() if fault else "")
        self._to_fault.setEnabled(fault is not None and fault.line > 0)
        self._editor.mark_fault(fault.line if fault else 0)

    def _go_to_fault(self) -> None:
        if self._fault and self._fault.line:
            self._editor.go_to(self._fault.line, self._fault.column)

    def _draw(self) -> None:
        """Show the letter; a text with a fault leaves the last one that could be made."""
        current = self._current()
        if current is None or self._fault:
            return
        words, key = self._editor.toPlainText(), key_of(current)
        reason = self._reasons[self._reason.currentIndex()]
        settings = self._desk.register.settings(LetterSettings)

        def make(register: Register) -> Sheets:
            shown = preview_text(register, words, *key, reason=reason, settings=settings)
            return Sheets(shown.pdf, shown.notes)

        self._preview.show_letter(Wanted((words, key, reason, settings), make), caption="Verzonnen leverancier")

    def _tell(self) -> None:
        """Say how things stand: in the list, and in what can be done."""
        current = self._current()
        is_typed = current is not None and key_of(current) in self._typed
        if self._list.typed_in != set(self._typed):
            self._list.typed_in = set(self._typed)
            self._list.viewport().update()
        can_write = self._desk.can_write
        self._save.setEnabled(is_typed and can_write)
        self._fields.setEnabled(can_write)
        can_restore = current is not None and (current.version.is_own or current.has_newer)
        self._restore.setEnabled(can_restore and can_write)
