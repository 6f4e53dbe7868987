"""The third step: the letters that were made just now, to be printed or saved."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.base.formatting import count, long_date
from app.services.letter_archive import ArchivedLetter, list_letters
from app.services.write_letters import Written
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.pages.letters_kept import Fetch, KeptPanel
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import card, row, text
from ui.widgets.page_preview import few_notes


class RoundPanel(KeptPanel):
    """The letters that were made just now, all ticked."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState, *, begin_anew: QAction) -> None:
        """`begin_anew` leads back to choosing."""
        super().__init__(desk, navigator, state, name="letters.round", title="Brieven van deze ronde")
        self._round_id = ""
        self._is_new = False
        self._words = text(role="heading")
        self._notes = text(wraps=True)
        self._note = card(self._notes, role="note", edge=12)
        head = QWidget()
        head.setLayout(row(self._words, None, self.total, ActionButton(begin_anew)))
        self.add_head(head)
        self.add_head(self._note)

    def show_round(self, written: Written) -> None:
        """Show the letters of a round, and what needs a look in them."""
        self._round_id, self._is_new = written.round_id, True
        day = written.letters[0].written_on
        self._words.setText(f"{count(len(written.letters), 'brief', 'brieven')} van {long_date(day)}")
        self._notes.setText(few_notes(written.notes))
        self._note.setVisible(bool(written.notes))
        self.load()

    def fetch(self) -> Fetch:
        """Return what reads the round, in the order of the envelopes."""
        round_id = self._round_id
        return lambda register: [item for item in reversed(list_letters(register)) if item.letter.round_id == round_id]

    def show_found(self, found: Sequence[ArchivedLetter]) -> None:
        """Tick them all at first."""
        if self._is_new:
            self._is_new = False
            self.table.rows_model.checked = {item.letter.id for item in found}
        super().show_found(found)

    def empty_words(self) -> str:
        """Return what is said until the round is read."""
        return "De brieven worden opgehaald …"
