"""What an import must know before the file can be read, asked in the page: the year, or the column of names."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.base.errors import AppError
from app.services.import_register import NoHeadingsError, YearUnknownError
from ui.widgets.layout import CARD_EDGE, column, restyle, row, text
from ui.widgets.quiet_combo import QuietCombo

_MOST_HEADINGS = 200
_YEAR_MESSAGE = "Van welk jaar zijn de bedragen in de kolom ‘{}’? Dat staat niet in het bestand."
_NAME_MESSAGE = "In dit bestand is geen kolom met de naam van de leverancier gevonden."
_YEAR_ADVICE = "Kies het jaar, of gebruik de bedragen niet."
_NAME_ADVICE = "Wijs de kolom met de naam aan. Of zet een koprij boven de tabel en lees het bestand opnieuw (F5)."


class ImportQuestion(QFrame):
    """A problem with the file, and the answer where one helps. Nothing was stored, nothing chosen is lost."""

    year_chosen = Signal(object)
    column_chosen = Signal(str, object)

    def __init__(self, years: Sequence[int]) -> None:
        """`years` are those to choose from."""
        super().__init__()
        self._message, self._advice = text(role="heading", wraps=True), text(wraps=True)
        self._answers = QuietCombo("Antwoord")
        self._answers.setMinimumWidth(220)
        self._answers.setMaximumWidth(420)
        self._use, self._skip = _button("Gebruiken"), _button("Deze bedragen niet gebruiken")
        self._use.clicked.connect(self._answer)
        self._skip.clicked.connect(self._leave_column)
        self._parts = QWidget()
        self._parts.setLayout(row(self._answers, self._use, self._skip, None))
        self.setLayout(column(self._message, self._advice, self._parts, gap=8, edge=CARD_EDGE))
        self._years = list(years)
        self._column = ""
        self._headings: tuple[str, ...] = ()
        self.hide()

    def ask_year(self, error: YearUnknownError, proposal: int) -> None:
        """Ask of which year the amounts are."""
        self._column, self._headings = error.column, ()
        self._say(_YEAR_MESSAGE.format(error.column[:80]), _YEAR_ADVICE, role="note")
        self._offer("Jaar van de bedragen", [str(year) for year in self._years], "Dit jaar gebruiken")
        self._answers.setCurrentIndex(self._years.index(proposal))
        self._skip.show()

    def ask_name(self, error: NoHeadingsError) -> None:
        """Ask which column holds the names of the suppliers."""
        self._column, self._headings = "", tuple(dict.fromkeys(error.headings))[:_MOST_HEADINGS]
        self._say(_NAME_MESSAGE, _NAME_ADVICE, role="note")
        self._offer("Kolom met de naam van de leverancier", list(self._headings), "Dit is de naam")
        self._parts.setVisible(bool(self._headings))
        self._skip.hide()

    def tell(self, error: AppError) -> None:
        """Say what is wrong; the columns below give the way out."""
        self._say(error.message, error.advice, role="problem")
        self._parts.hide()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What can be reached by Tab, in reading order."""
        return self._answers, self._use, self._skip

    def first_control(self) -> QWidget | None:
        """Return what to answer with, None when nothing is asked."""
        return None if self.isHidden() or self._parts.isHidden() else self._answers

    def _say(self, message: str, advice: str, *, role: str) -> None:
        self.setProperty("role", role)
        restyle(self, self._message, self._advice)
        self._message.setText(message)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.show()

    def _offer(self, name: str, answers: list[str], verb: str) -> None:
        self._answers.setAccessibleName(name)
        self._answers.clear()
        self._answers.addItems([answer[:80] for answer in answers])
        self._use.setText(verb)
        self._parts.show()

    def _answer(self) -> None:
        place = self._answers.currentIndex()
        if self._headings:
            self.column_chosen.emit(self._headings[place], "name")
        else:
            self.year_chosen.emit(self._years[place])

    def _leave_column(self) -> None:
        self.column_chosen.emit(self._column, None)


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    # Enter presses it too.
    button.setAutoDefault(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
