"""Draws every screen in two sizes, light and dark: `python -m tests.pictures DIR`."""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app import bootstrap
from app.base.clock import SetClock
from app.domain.contract import AmountKind, YearAmount
from app.domain.supplier import Supplier
from app.services import Register, record
from tests.keyboard import Keys
from tests.pictures.spreadsheet import write_spreadsheet
from ui.main import begin, make_window
from ui.main_window import MainWindow
from ui.pages.import_page import ImportPage
from ui.widgets.chips import FilterChip
from ui.widgets.row_table import RowTable

TODAY = date(2026, 11, 23)
SIZES = ((1440, 900), (1280, 720))
LOOKS = ("light", "dark")
_PATIENCE = 30.0


class Photographer:
    """Goes through one window by keys and keeps a picture of each screen."""

    def __init__(
        self, app: QApplication, folder: Path, register: Path, spreadsheet: Path, size: tuple[int, int], look: str
    ):
        """Open the window on the register."""
        self.app, self.folder, self.spreadsheet = app, folder, spreadsheet
        self.ending = f"{size[0]}x{size[1]}-{look}.png"
        self.keys = Keys()
        self._state = tempfile.TemporaryDirectory()
        state = Path(self._state.name, "venster.json")
        state.write_text(f'{{"appearance": "{look}", "screen": "GO_SUPPLIERS"}}', encoding="utf-8")
        self.window: MainWindow = make_window(app, state, clock=SetClock.at(TODAY, 10, 30))
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        begin(self.window, None)
        self.settle()
        self.keep("welkom")
        self.window.open_register(register)
        self.until(lambda: bool(self.window.desk and self.window.desk.has_rows))

    def walk(self) -> None:
        """Show and keep every screen."""
        press, type_ = self.keys.press, self.keys.type
        press("Ctrl+K")
        type_("0475")
        self.keep("opzoeken")
        press("Tab")
        type_("audit op 12 mei, zij bellen terug")
        self.until(self.has_open_note)
        self.keep("opzoeken-notitie")
        press("Ctrl+Return")
        self.until(lambda: not self.has_open_note())
        self.keep("opzoeken-afspraak")
        press("Escape", "F3")
        self.keep("opzoeken-vragen")
        type_("medewerkers")
        self.keep("opzoeken-normen")
        press("Escape", "Escape", "Ctrl+H")
        self.keep("opzoeken-gesprekken")
        type_("0477 99 88 77")
        press("Tab")
        type_("vraagt welke trede nodig is")
        self.until(self.has_open_note)
        self.keep("opzoeken-onbekend")
        press("Ctrl+Return")
        self.until(lambda: not self.has_open_note())
        self.settle()
        press("Ctrl+2", "Ctrl+F")
        type_("bouw")
        press("Down", "Space", "Down", "Down", "Space", "Down")
        self.keep("leveranciers-gefilterd")
        press("Ctrl+Backspace")
        self.keep("leveranciers")
        press("Ctrl+A", "Ctrl+A", "Ctrl+Shift+D")
        self.settle()
        press("Return", "Down", "Space")
        self.keep("leveranciers-dubbel")
        press("Ctrl+K")
        type_("maasdal")
        press("Return")
        self.keep("leverancier")
        for name in ("gegevens", "contacten", "contracten", "certificaten", "afspraken", "brieven", "wijzigingen"):
            press("Ctrl+PgDown")
            self.keep(f"leverancier-{name}")
        press("Ctrl+N")
        type_("Nieuwkomer Proef B.V.")
        self.keep("leverancier-nieuw")
        for _ in "Nieuwkomer Proef B.V.":
            press("Backspace")
        press("Ctrl+3")
        self.keep("opvolging")
        press("Ctrl+G")
        type_("hercertificering loopt")
        self.keep("opvolging-gezien")
        press("Ctrl+Delete", "Ctrl+Shift+W")
        self.keep("opvolging-weggezet")
        press("Ctrl+Shift+W", "Ctrl+F")
        type_("moedermaatschappij")
        press("Down", "Return")
        type_("bouw")
        self.keep("opvolging-gesprek")
        press("Ctrl+Backspace")
        press("Ctrl+4")
        self.keep("brieven")
        press("Ctrl+Shift+O")
        self.keep("brieven-overgeslagen")
        press("Ctrl+Shift+A")
        self.keep("brieven-archief")
        press("Ctrl+I", "Return")
        self.keep("brieven-antwoord")
        press("Escape", "Ctrl+Shift+D")
        self.keep("brieven-rondes")
        press("Ctrl+Shift+T", "Return", "Ctrl+End", "Up", "Up", "End")
        type_(" {")
        self.keep("brieven-teksten-velden")
        press("Escape", "Backspace", "Backspace", "Escape")
        self.keep("brieven-teksten")
        press("Ctrl+6")
        self.keep("beleid")
        press("Ctrl+PgDown")
        self.keep("beleid-uitstel")
        press("Ctrl+7")
        # The letter there is drawn once more when its words have taken their room.
        self.settle()
        self.keep("instellingen")
        press("Ctrl+5")
        self.keep("importeren")
        self.window.open_import(self.spreadsheet)
        self.keep("importeren-kolommen")
        self.answer_questions()
        press("Ctrl+Return")
        self.settle()
        self.keep("importeren-nakijken")
        self.show_only("Misschien dezelfde")
        press("D", "Down", "N", "Down")
        self.settle()
        self.keep("importeren-twijfel")
        self.show_only("Misschien dezelfde")
        self.show_only("Fout")
        press("F2")
        self.keep("importeren-fout")
        QTimer.singleShot(300, self.window, self._keep_keys)
        press("Ctrl+/")

    def has_open_note(self) -> bool:
        """Whether a note is on disk that is not closed."""
        return bool(self.window.desk and self.window.desk.register.call_drafts.list_all())

    def answer_questions(self) -> None:
        """Take the first answer to every question about the file."""
        page = self.window.stack.currentWidget()
        assert isinstance(page, ImportPage)
        while page._draft.open_questions:
            self.keys.press("Space", "Tab")
        self.settle()

    def show_only(self, words: str) -> None:
        """Set or release a filter of the rows of the file, and go to the rows."""
        chip = next(chip for chip in self.window.findChildren(FilterChip) if chip.text().startswith(words))
        table = self.window.findChild(RowTable, "import.rows")
        assert isinstance(table, RowTable)
        chip.setFocus()
        self.keys.press("Space")
        table.setFocus()

    def close(self) -> None:
        """Close the window."""
        self.window.close()
        self.window.deleteLater()
        self._state.cleanup()

    def keep(self, name: str, part: QWidget | None = None) -> None:
        """Keep what is seen now."""
        self.settle()
        (part or self.window).grab().save(str(self.folder / f"{name}-{self.ending}"))

    def settle(self) -> None:
        """Let the workers finish and the window paint."""
        self.until(lambda: self.window.desk is None or not self.window.desk.is_busy)
        until = time.monotonic() + 0.35
        self.until(lambda: time.monotonic() > until)
        self.until(lambda: self.window.desk is None or not self.window.desk.is_busy)

    def until(self, is_done: Callable[[], bool]) -> None:
        """Wait; a picture that cannot be made ends the run."""
        patience = time.monotonic() + _PATIENCE
        while not is_done():
            if time.monotonic() > patience:
                sys.exit("The window did not come to rest.")
            self.app.processEvents()
            time.sleep(0.005)

    def _keep_keys(self) -> None:
        self.keep("toetsen", QApplication.activeModalWidget())
        self.keys.press("Escape")


def double(register: Register, suppliers: Sequence[Supplier]) -> None:
    """Record suppliers once more, as another department might have: under another own number and name."""
    for place, found in enumerate(suppliers):
        twin = replace(found, id=f"twin {place}", kvk=found.kvk if place % 2 else "", own_number=f"9900{place}",
                       name=found.name.replace("ij", "y"), email=f"info{place}@dubbel.example")  # fmt: skip
        figure = YearAmount(id=f"figure {place}", supplier_id=twin.id, year=TODAY.year, kind=AmountKind.AGREED,
                            cents=1250000, source="crediteuren wonen.xlsx")  # fmt: skip
        record.add(register, twin, figure, label="Leverancier toegevoegd")


def main(folder: Path) -> None:
    """Draw every picture into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        register, spreadsheet = Path(name, "inkoop-2026.tredewijzer"), Path(name, "crediteuren 2026.xlsx")
        made = bootstrap.make_example(register, today=TODAY)
        suppliers = made.suppliers.list_all("name")
        write_spreadsheet(spreadsheet, suppliers)
        double(made, suppliers[::60])
        made.close()
        for size in SIZES:
            for look in LOOKS:
                photographer = Photographer(app, folder, register, spreadsheet, size, look)
                photographer.walk()
                photographer.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
