"""The archive: every letter that was ever made, found by its kenmerk or its supplier."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.letter_archive import ArchivedLetter, list_letters
from ui.base.actions import Act, bind, shown_key
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.pages.letters_kept import Fetch, KeptPanel
from ui.widgets.layout import row
from ui.widgets.line_edit import LineEdit


class ArchivePanel(KeptPanel):
    """Every letter that was ever made, searched by kenmerk or name."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Begin without words."""
        super().__init__(desk, navigator, state, name="letters.archive", title="Archief van brieven")
        self._awaited = ""
        self.search = LineEdit("Zoek een brief", hint="Kenmerk of naam…  (Ctrl+F)", clears=True)
        head = QWidget()
        head.setLayout(row(self.search, self.total, gap=12))
        self.add_head(head)
        bind(Act.FILTER, self, self._to_search)
        self.search.textChanged.connect(self.load)
        self.search.left_down.connect(self.table.setFocus)
        self.table.typed.connect(self._type_on)
        self.search.returnPressed.connect(self.table.setFocus)

    def show_letter(self, letter_id: str) -> None:
        """Go to one letter."""
        self._awaited = letter_id
        self.search.clear()
        self.load()

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

    def _type_on(self, text: str) -> None:
        """Let a kenmerk that is typed on the table begin in the search."""
        if text.strip():
            self.search.setFocus()
            self.search.insert(text)

    def _to_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
