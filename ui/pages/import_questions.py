"""What a file leaves open, above its columns: each question with its answers to choose from."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.services.import_register import Question
from ui.pages import import_words as words
from ui.widgets.choice_pills import ChoicePills
from ui.widgets.layout import CARD_EDGE, column, restyle, text


class ImportQuestions(QFrame):
    """The questions that are open, those that were answered here, and those about the whole file."""

    answered = Signal(str, str)

    def __init__(self) -> None:
        """Begin without questions."""
        super().__init__()
        self._lines: dict[str, _QuestionLine] = {}
        self._asked: dict[str, None] = {}
        self._title = text(role="heading")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for place in range(2):
            self._grid.setColumnStretch(place, 1)
        self.setLayout(column(self._title, self._grid, gap=8, edge=CARD_EDGE))
        self.hide()

    def clear(self) -> None:
        """Forget the file of before."""
        self._asked = {}
        self.show_questions((), {})

    def show_questions(self, questions: Sequence[Question], answers: Mapping[str, str]) -> None:
        """Show them with the answers of the user; the control with the focus keeps it."""
        # Once asked it stays where it is, so that nothing jumps under the keys.
        self._asked.update((found.key, None) for found in questions if found.is_open or not found.column)
        by_key = {found.key: found for found in questions}
        shown = [by_key[key] for key in self._asked if key in by_key]
        gone = [key for key, line in self._lines.items() if key not in by_key or not line.fits(by_key[key])]
        for key in gone:
            self._lines.pop(key).remove()
        for place, question in enumerate(shown):
            line = self._lines.get(question.key)
            if line is None:
                line = self._lines[question.key] = _QuestionLine(question, self)
                line.pills.chosen.connect(lambda value, key=question.key: self._answer(key, value))
                self._grid.addWidget(line.words, place, 0)
                self._grid.addWidget(line.pills, place, 1)
            line.show_question(question, answers.get(question.key))
        self._tell()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What can be reached by Tab, in reading order."""
        return tuple(control for line in self._lines.values() for control in line.pills.controls)

    def first_control(self) -> QWidget | None:
        """Return where the first open question is answered, None when all are."""
        return next((line.control() for line in self._lines.values() if line.is_open), None)

    def _answer(self, key: str, value: str) -> None:
        self._lines[key].is_open = False
        self._tell()
        self.answered.emit(key, value)

    def _tell(self) -> None:
        left = sum(line.is_open for line in self._lines.values())
        self._title.setText(words.open_questions(left) if left else "Uw antwoorden over dit bestand")
        self.setProperty("role", "note" if left else "card")
        restyle(self, *self.findChildren(QWidget))
        self.setVisible(bool(self._lines))


class _QuestionLine(QObject):
    """One question. It lives as long as its answers."""

    def __init__(self, question: Question, parent: QWidget) -> None:
        self.pills = ChoicePills(words.question(question), [(found.value, found.label) for found in question.options])
        self.pills.setParent(parent)
        super().__init__(self.pills)
        self._options = question.options
        self.is_open = question.is_open
        self._proposal = question.answer
        self.words = text(words.question(question), wraps=True)

    def show_question(self, question: Question, answer: str | None) -> None:
        self.is_open = question.is_open and answer is None
        self._proposal = question.answer
        self.pills.choose(answer or (None if question.is_open else question.answer))

    def fits(self, question: Question) -> bool:
        """Whether it still asks the same; another cell may be the example by now."""
        return self._options == question.options and self.words.text() == words.question(question)

    def control(self) -> QWidget:
        return self.pills.control(self._proposal)

    def remove(self) -> None:
        self.words.deleteLater()
        self.pills.deleteLater()
