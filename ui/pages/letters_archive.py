"""The archive: every letter that was ever made, found again, and the answers to them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.base.formatting import count
from app.domain.letter import LetterState
from app.services.letter_archive import ArchivedLetter, list_letters
from app.services.letter_replies import find_letter
from ui.base.actions import Act, bind, shown_key
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.pages.letters_kept import Fetch, KeptPanel
from ui.pages.letters_reply import ReplyForm
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import column, row, text
from ui.widgets.line_edit import LineEdit

_SEARCH_HINT = "Kenmerk, naam, soort of stand…  (Ctrl+F)"
_SHOWN_AT_MOST = 40


class ArchivePanel(KeptPanel):
    """Every letter that was ever made, searched by kenmerk, name, kind, state or answer.

    While an answer is to be logged, Enter in the search opens the form for the one letter that fits.
    """

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Begin without words."""
        super().__init__(desk, navigator, state, name="letters.archive", title="Archief van brieven")
        self._awaited = ""
        self._answers = False
        self.search = LineEdit("Zoek een brief", hint=_SEARCH_HINT, clears=True)
        self._current: ArchivedLetter | None = None
        self._ask = text(role="muted", wraps=True)
        self._ask.hide()
        self.form = ReplyForm(desk, navigator)
        head = QWidget()
        head.setLayout(column(self._ask, row(self.search, self.total, ActionButton(self.export), gap=12)))
        self.add_head(head)
        bind(Act.FILTER, self, self._to_search)
        self.search.textChanged.connect(self.load)
        self.search.left_down.connect(self.table.setFocus)
        self.search.emptied.connect(self._end_asking)
        self.table.typed.connect(self._type_on)
        self.search.returnPressed.connect(self._enter)
        self.add_foot(self.form)
        self.answered.connect(self._begin_reply)
        self.form.stepped_out.connect(self.table.setFocus)

    def arrive(self) -> None:
        """Be shown, to look for a letter."""
        self._end_asking()
        super().arrive()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that the search had no use for ends the asking for a kenmerk."""
        if event.key() == Qt.Key.Key_Escape and self._answers:
            self._end_asking()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def show_letter(self, letter_id: str) -> None:
        """Go to one letter."""
        self._awaited = letter_id
        self.search.clear()
        self.load()

    def ask_kenmerk(self, current: ArchivedLetter | None) -> None:
        """Begin an answer by typing the kenmerk of its letter; Enter without one means `current`."""
        self._answers, self._current = True, current
        meant = f" Alleen Enter kiest {current.letter.kenmerk} ({current.supplier_name})." if current else ""
        self._ask.setText(f"Typ het kenmerk dat op het antwoord staat en druk op Enter.{meant}")
        self._ask.show()
        if current:
            self._awaited = current.letter.id
        self.search.clear()
        self.load()
        self.search.setFocus()

    def log_reply_to(self, found: ArchivedLetter) -> None:
        """Show a letter and open the form for the answer to it."""
        self.show_letter(found.letter.id)
        self._begin_reply(found)

    def fetch(self) -> Fetch:
        """Return what reads the letters with these words, newest first."""
        words = self.search.text()
        return lambda register: list_letters(register, text=words)

    def show_found(self, found: Sequence[ArchivedLetter]) -> None:
        """Show them, at the letter that was asked for."""
        super().show_found(found)
        if self._awaited:
            self.table.make_current(self._awaited)
            self._awaited = ""

    def empty_words(self) -> str:
        """Return what to do when nothing was found."""
        if self._loading:
            return "De brieven worden opgehaald …"
        if self.search.text().strip():
            return "Geen brief past bij deze woorden. Esc maakt het zoekveld leeg."
        return f"Er zijn nog geen brieven gemaakt. Zet ze klaar met {shown_key(Act.NEW_ROUND)}."

    # -- answers ----------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        if self._answers:
            self._find_answered()
        else:
            self.table.setFocus()

    def _find_answered(self) -> None:
        words, register = self.search.text(), self.desk.register
        if not words.strip():
            if self._current:
                self._begin_reply(self._current)
            return
        letter = find_letter(register, words)
        fitting = list_letters(register, text=letter.kenmerk if letter else words)
        if letter:
            fitting = tuple(item for item in fitting if item.letter.id == letter.id)
        if len(fitting) == 1:
            # The kenmerk in full, for what was typed may fit others too, or none by itself.
            self.search.setText(fitting[0].letter.kenmerk)
            self._begin_reply(fitting[0])
            return
        shown, how = words.strip()[:_SHOWN_AT_MOST], shown_key(Act.LOG_REPLY)
        said, advice = f"Geen brief past bij ‘{shown}’.", "Kijk het kenmerk nog eens na."
        if fitting:
            said = f"{count(len(fitting), 'brief past', 'brieven passen')} bij ‘{shown}’."
            advice = f"Typ het hele kenmerk, of kies een brief met ↓ en druk op {how} en Enter."
        self.desk.noticed.emit(Notice(said, Tone.NOTE, advice))

    def _begin_reply(self, found: ArchivedLetter) -> None:
        if found.state is LetterState.WITHDRAWN:
            advice = "Kijk welke brief de leverancier heeft gekregen."
            self.desk.noticed.emit(Notice(f"Brief {found.letter.kenmerk} is ingetrokken.", Tone.PROBLEM, advice))
            return
        self._end_asking()
        self.form.begin(found)

    def _end_asking(self) -> None:
        self._answers = False
        self._ask.hide()

    def _type_on(self, text: str) -> None:
        """Let a kenmerk that is typed on the table begin in the search."""
        if text.strip():
            self.search.setFocus()
            self.search.insert(text)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
