"""What callers ask, on the phone screen: typed in a word, read out loud, with this supplier's own facts in it."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.base.formatting import long_date
from app.domain.question import NormTable
from app.services.phone_card import PhoneCard
from app.services.questions import Answer, answer_questions
from ui.base import theme
from ui.base.actions import Act, bind
from ui.widgets.action_button import ActionButton
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import card, column, row, scrolled, text
from ui.widgets.line_edit import LineEdit
from ui.widgets.norm_view import NormView
from ui.widgets.question_list import QuestionList

_SPOKEN_PX = 16
_LIST_WIDTH = 248
_SHOWN = 60
_NO_MODIFIERS = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_COPY_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_SCROLLS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class QuestionsPanel(QFrame):
    """A filter, the questions that fit, and the answer to the one that is current.

    The focus stays in the filter: the arrows walk, Enter or Ctrl+Shift+C copies, Esc empties and then leaves. These
    keys are the panel's own while it has the focus, whatever the page around it does with them.
    """

    closed = Signal()
    copied = Signal(str)

    def __init__(self) -> None:
        """Begin empty; `show_for` brings the answers."""
        super().__init__()
        self.setProperty("role", "card")
        self._card: PhoneCard | None = None
        self._on: date | None = None
        self._day = ""
        self._filter = LineEdit("Vraag van de beller", hint="Vraag van de beller…", clears=True)
        self._list = QuestionList("Vragen")
        self._nothing = text(role="muted", wraps=True)
        self._about = ElidedLabel(role="small")
        self._answer = text(wraps=True)
        self._answer.setFont(theme.font(_SPOKEN_PX))
        self._caution = text(role="warning", wraps=True)
        self._source = text(role="small", wraps=True)
        self._norms = NormView()
        self._edition = text(role="small", wraps=True)
        self._norm_parts = QWidget()
        self._norm_parts.setLayout(
            column(text("Normen in procenten (indicatief)", "heading"), self._edition, self._norms, gap=4)
        )
        self._copying = bind(Act.COPY_SENTENCE, self, self._copy, has_keys=False)
        self._copying.setText("Antwoord kopiëren")
        self._copying.setToolTip("Het antwoord naar het klembord (Enter of Ctrl+Shift+C)")
        self._copy_button = ActionButton(self._copying)
        self._copy_button.setProperty("kind", "flat")
        self._filled = QWidget()
        self._area = scrolled(self._answer_side(), "Antwoord")
        self._lay_out()
        self._filter.textChanged.connect(lambda _text: self._search())
        self._filter.left_down.connect(lambda: self._list.walk(1))
        self._list.current_changed.connect(self._show)

    @property
    def answer_text(self) -> str:
        """What is to be read out loud, "" when nothing is shown."""
        current = self._list.current()
        return current.text if current else ""

    def show_for(self, card: PhoneCard | None, *, on: date, today: date) -> None:
        """Fill the answers with the facts of a supplier on a day, None for the general ones.

        The question stays the same. Another day than today is named above the answer.
        """
        self._card, self._on = card, on
        self._day = "" if on == today else f" · op {long_date(on)}"
        current = self._list.current()
        self._search(current=current.key if current else "")

    def begin(self) -> None:
        """Put the focus in the filter; what is typed takes the place of what stood there."""
        self._filter.setFocus()
        self._filter.selectAll()

    # -- building -----------------------------------------------------------------------------------------------------

    def _answer_side(self) -> QWidget:
        note = card(self._about, self._answer, role="note", gap=4, edge=12)
        self._filled.setLayout(column(note, self._caution, self._norm_parts, self._source, None, gap=8))
        side = QWidget()
        side.setLayout(column(self._filled, self._nothing, None, gap=0))
        side.layout().setContentsMargins(0, 0, 8, 0)  # type: ignore[union-attr]
        return side

    def _lay_out(self) -> None:
        line = QFrame()
        line.setProperty("role", "line")
        leave = text("Esc", "key")
        head = row(self._filter, self._copy_button, leave, text("terug", "small"))
        head.setAlignment(leave, Qt.AlignmentFlag.AlignVCenter)
        body = row(self._list, self._area, gap=16)
        self._list.setFixedWidth(_LIST_WIDTH)
        body.setStretch(1, 1)
        parts = column(head, line, body, gap=12, edge=12)
        parts.setStretch(2, 1)
        self.setLayout(parts)

    # -- showing ------------------------------------------------------------------------------------------------------

    def _search(self, *, current: str = "") -> None:
        if self._on is None:
            return
        sought = self._filter.text()
        self._list.show_answers(answer_questions(self._card, sought, on=self._on), sought, current=current)

    def _show(self, answer: Answer | None) -> None:
        # Without a question its place is free for the words that say so.
        self._list.setVisible(answer is not None)
        self._filled.setVisible(answer is not None)
        self._nothing.setVisible(answer is None)
        self._copying.setEnabled(answer is not None)
        if answer is None:
            sought = " ".join(self._filter.text()[: 2 * _SHOWN].split())[:_SHOWN]
            self._nothing.setText(
                f"Geen vraag gevonden met “{sought}”. Probeer een ander woord, of druk op Esc voor alle vragen."
            )
            return
        is_own = answer.is_own and self._card is not None
        self._about.say(f"Voor {self._card.supplier.name}{self._day}" if is_own and self._card else "Algemeen antwoord")
        self._answer.setText(answer.text)
        self._caution.setText(f"Eerst controleren: {answer.caution}")
        self._caution.setVisible(bool(answer.caution))
        self._source.setText(f"Bron: {answer.source}")
        self._show_norms(answer)
        self._area.verticalScrollBar().setValue(0)

    def _show_norms(self, answer: Answer) -> None:
        norms: NormTable | None = answer.norms
        self._norm_parts.setVisible(norms is not None)
        if norms is not None:
            self._edition.setText(f"{norms.edition}.")
            self._norms.show_norms(norms.rows, answer.norm_level)

    def _copy(self) -> None:
        if words := self.answer_text:
            self.copied.emit(words)

    # -- keys ---------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the panel from the shortcuts of the page around it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, scroll, copy, leave; the filter keeps what it needs to itself."""
        key = Qt.Key(event.key())
        if not _is_own(event):
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._list.walk(_STEPS[key])
        elif key in _SCROLLS:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.value() + _SCROLLS[key] * bar.pageStep())
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            self._copy()


def _is_own(event: QKeyEvent) -> bool:
    key, held = Qt.Key(event.key()), event.modifiers()
    if key == Qt.Key.Key_C:
        return held == _COPY_KEYS
    is_plain = held in _NO_MODIFIERS
    return is_plain and (
        key in _STEPS or key in _SCROLLS or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
    )
