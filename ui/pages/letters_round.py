"""The third step: the letters of one round, to be printed or saved; also on a later day."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.base.formatting import count, long_date
from app.domain.letter import LetterState, RoundTally
from app.services.letter_archive import ArchivedLetter, list_round
from app.services.write_letters import Written
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.pages.letters_kept import Fetch, KeptPanel
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import card, row, text
from ui.widgets.page_preview import few_notes

_IN_TURN = (LetterState.MADE, LetterState.PRINTED)


class RoundPanel(KeptPanel):
    """The letters of a round; those that wait for the printer are ticked, else those that wait for the post."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState, *, begin_anew: QAction) -> None:
        """`begin_anew` leads back to choosing."""
        super().__init__(desk, navigator, state, name="letters.round", title="Brieven van deze ronde")
        self.round_id = ""
        self._is_new = False
        self._words = text(role="heading")
        self._notes = text(wraps=True)
        self._note = card(self._notes, role="note", edge=12)
        head = QWidget()
        head.setLayout(row(self._words, None, self.total, ActionButton(begin_anew)))
        self.add_head(head)
        self.add_head(self._note)

    def show_round(self, written: Written) -> None:
        """Show the letters that were made just now, and what needs a look in them."""
        day = long_date(written.letters[0].written_on)
        self._begin(written.round_id, f"{count(len(written.letters), 'brief', 'brieven')} van {day}", written.notes)

    def reopen(self, tally: RoundTally) -> None:
        """Go on with a round that was put down."""
        self._begin(tally.round.id, tally.round.title, ())

    def _begin(self, round_id: str, words: str, notes: Sequence[str]) -> None:
        self.round_id, self._is_new = round_id, True
        self._words.setText(words)
        self._notes.setText(few_notes(notes))
        self._note.setVisible(bool(notes))
        self.load()

    def fetch(self) -> Fetch:
        """Return what reads the round, in the order of the envelopes."""
        round_id = self.round_id
        return lambda register: list_round(register, round_id)

    def show_found(self, found: Sequence[ArchivedLetter]) -> None:
        """Tick at first what is to be done next."""
        if self._is_new:
            self._is_new = False
            waiting = [[item.letter.id for item in found if item.state is state] for state in _IN_TURN]
            self.table.rows_model.checked = set(next(filter(None, waiting), ()))
        super().show_found(found)

    def empty_words(self) -> str:
        """Return what is said until the round is read."""
        return "De brieven worden opgehaald …"
