"""The first screen: the example, an empty register, an import, or a register of before."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.base.errors import AppError
from ui.dialogs import ask
from ui.widgets.layout import card, column, row, text

_SUFFIX = ".tredewijzer"


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
        self._problem = text(wraps=True)
        self._advice = text(wraps=True)
        self._read_only = QPushButton("Alleen lezen")
        self._read_only.setToolTip("Het register bekijken zonder iets te veranderen")
        self._refused: Path | None = None
        self._read_only.clicked.connect(lambda: self._refused and self.wanted_reading.emit(self._refused))
        self._problem_card = card(self._problem, self._advice, row(self._read_only, None), role="problem")
        self._problem_card.hide()
        self._example = _Choice(
            "Voorbeeld bekijken",
            "Een register met verzonnen bedrijven en een verleden. Om te proberen.",
            self._make_example,
        )
        self._empty = _Choice(
            "Leeg register", "Begin zelf. Een register is één bestand op deze laptop.", self._make_empty
        )
        self._import = _Choice(
            "Spreadsheet importeren", "Een nieuw register met de leveranciers uit Excel of csv.", self._make_from_file
        )
        self._open = QPushButton("Bestaand register openen…")
        self._open.clicked.connect(self._choose)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        inner = QWidget()
        inner.setMaximumWidth(860)
        inner.setLayout(
            column(
                text("Welkom bij Tredewijzer", "title"),
                text(
                    "Wie zijn onze leveranciers, welk PSO-certificaat hebben zij, en wie voldoet niet aan het beleid? "
                    "Alles blijft op deze laptop.", "muted", wraps=True,
                ),
                8, self._problem_card,
                row(self._example, self._empty, self._import, gap=12),
                16, text("Eerder geopend", "heading"), self._recent, row(self._open, None), None,
            )
        )  # fmt: skip
        self.setLayout(row(None, inner, None, edge=40))

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Show the registers of before, newest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if part := item.widget():
                part.deleteLater()
        for path in paths:
            button = QPushButton(f"{path.stem}   ·   {path.parent}")
            button.setProperty("kind", "flat")
            button.setStyleSheet("text-align: left")
            button.setAccessibleName(f"Register {path.stem} openen")
            button.clicked.connect(lambda _checked=False, found=path: self.chosen.emit(found))
            self._recent.addWidget(button)
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
        self._example.button.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _choose(self) -> None:
        if path := ask.file_to_open(self, "Register openen", ask.REGISTERS, folder=self._folder):
            self.chosen.emit(path)


class _Choice(QFrame):
    """One of the choices: what it is, and a button."""

    def __init__(self, title: str, words: str, run: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.button = QPushButton(title)
        self.button.setProperty("kind", "primary")
        self.button.setAccessibleDescription(words)
        self.button.clicked.connect(run)
        self.setLayout(column(text(words, wraps=True), None, self.button, gap=12, edge=16))
        self.setMinimumHeight(130)
