"""The first screen: the example, an empty register, an import, or a register of before."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.base.errors import AppError
from app.base.files import is_file
from ui.base.actions import Act, bind
from ui.dialogs import ask
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import card, column, row, scrolled, text

_SUFFIX = ".tredewijzer"
_WIDEST = 860


class WelcomePage(QWidget):
    """Three choices and the recent registers; a problem with a register is said here, with what can be done."""

    chosen = Signal(Path)
    wanted_empty = Signal(Path)
    wanted_example = Signal(Path)
    wanted_import = Signal(Path, Path)
    wanted_reading = Signal(Path)

    def __init__(self, folder: Path) -> None:
        """`folder` is where new registers are proposed."""
        super().__init__()
        self._folder = folder
        self._refused: Path | None = None
        self._problem = text(wraps=True)
        self._advice = text(wraps=True)
        self._read_only = QPushButton("Alleen lezen")
        self._read_only.setAutoDefault(True)
        self._read_only.setToolTip("Het register bekijken zonder iets te veranderen")
        self._read_only.clicked.connect(lambda: self._refused and self.wanted_reading.emit(self._refused))
        self._problem_card = card(self._problem, self._advice, row(self._read_only, None), role="problem")
        self._problem_card.hide()
        self._choices = (
            _Choice(
                "Voorbeeld bekijken",
                "Een register met verzonnen bedrijven en hun verleden. Om te proberen.",
                "Voorbeeld maken…",
                self._make_example,
            ),
            _Choice(
                "Leeg beginnen",
                "Een leeg register, waarin u zelf leveranciers zet. Het is één bestand op deze laptop.",
                "Leeg register maken…",
                self._make_empty,
            ),
            _Choice(
                "Spreadsheet importeren",
                "Een nieuw register met de leveranciers uit een bestand van Excel of csv.",
                "Bestand kiezen…",
                self._make_from_file,
            ),
        )
        open_other = bind(Act.OPEN_REGISTER, self, self.choose_register, has_keys=False)
        open_other.setText("Bestaand register openen…")
        self._open = ActionButton(open_other)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        inner = QWidget()
        inner.setMaximumWidth(_WIDEST)
        inner.setLayout(
            column(
                text("Welkom bij Tredewijzer", "title"),
                text(
                    "Wie zijn onze leveranciers, welk PSO-certificaat hebben zij, en wie voldoet niet aan het beleid? "
                    "Alles blijft op deze laptop.", "muted", wraps=True,
                ),
                8, self._problem_card, row(*self._choices, gap=12),
                16, text("Eerder geopend", "heading"), self._recent, row(self._open, None), None,
            )
        )  # fmt: skip
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        middle = QWidget()
        middle.setLayout(row(None, inner, None, edge=40))
        middle.layout().setStretch(1, 1000)  # type: ignore[union-attr]
        self.setLayout(column(scrolled(middle, "Welkom")))

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show the registers of before, newest first; one that is gone is named, but cannot be opened."""
        while (item := self._recent.takeAt(0)) is not None:
            if part := item.widget():
                part.deleteLater()
        before: QWidget = self._choices[-1].button
        for path in paths:
            button = _Recent(path, self.chosen.emit)
            self._recent.addWidget(button)
            self.setTabOrder(before, button)
            before = button
        self.setTabOrder(before, self._open)
        if not paths:
            self._recent.addWidget(text("Nog geen registers.", "muted"))

    def show_problem(self, path: Path, error: AppError, *, can_read: bool) -> None:
        """Say why a register did not open, and what can be done."""
        self._refused = path
        self._problem.setText(error.message)
        self._advice.setText(error.advice)
        self._read_only.setVisible(can_read)
        self._problem_card.show()
        (self._read_only if can_read else self._open).setFocus(Qt.FocusReason.OtherFocusReason)

    def arrive(self) -> None:
        """Be shown, with the focus on the first choice."""
        self._problem_card.hide()
        self._choices[0].button.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_register(self) -> None:
        """Ask which register to open."""
        if path := ask.file_to_open(self, "Register openen", ask.REGISTERS, folder=self._folder):
            self.chosen.emit(path)

    def _make_example(self) -> None:
        if path := self._new_path("voorbeeld"):
            self.wanted_example.emit(path)

    def _make_empty(self) -> None:
        if path := self._new_path("inkoop"):
            self.wanted_empty.emit(path)

    def _make_from_file(self) -> None:
        source = ask.file_to_open(self, "Spreadsheet kiezen", ask.SPREADSHEETS)
        if source and (path := self._new_path("inkoop")):
            self.wanted_import.emit(path, source)

    def _new_path(self, name: str) -> Path | None:
        names = (f"{name}{extra}{_SUFFIX}" for extra in ("", *(f"-{n}" for n in range(2, 1000))))
        proposal = next(self._folder / found for found in names if not (self._folder / found).exists())
        return ask.file_to_save(self, "Waar komt het register?", ask.REGISTERS, proposal)


class _Choice(QFrame):
    """One of the choices: what it is called, what it is, and a button."""

    def __init__(self, title: str, words: str, verb: str, run: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.button = QPushButton(verb)
        self.button.setProperty("kind", "primary")
        self.button.setAutoDefault(True)
        self.button.setAccessibleName(title)
        self.button.setAccessibleDescription(words)
        self.button.clicked.connect(run)
        about = text(words, "muted", wraps=True)
        self.setLayout(column(text(title, "heading"), about, None, self.button, gap=8, edge=16))
        # All three are as wide as each other, whatever stands in them.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(168)


class _Recent(QPushButton):
    """A register of before: its name, its folder, and whether it is still there."""

    def __init__(self, path: Path, choose: Callable[[Path], None]) -> None:
        super().__init__()
        is_there = is_file(path)
        self.setProperty("kind", "flat")
        self.setAutoDefault(True)
        self.setEnabled(is_there)
        self.setAccessibleName(f"Register {path.stem} {'openen' if is_there else 'bestaat niet meer'}")
        self.setToolTip(str(path))
        self.clicked.connect(lambda: choose(path))
        name = text(path.stem if is_there else f"{path.stem} — bestaat niet meer", "" if is_there else "muted")
        place = text(str(path.parent), "small")
        for label in (name, place):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setLayout(column(name, place, gap=2, edge=8))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return room for both lines, which the button does not know of."""
        return self.layout().sizeHint()  # type: ignore[union-attr]
