"""The yearly round by keyboard alone: an empty start, a spreadsheet, who does not comply, letters, and the phone."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.verdict import Status
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import tab_to, type_path_when_asked, words_on
from ui.main_window import MainWindow
from ui.widgets.row_table import RowTable

CREDITORS = """\
Crediteurnr;Naam crediteur;KvK-nummer;Adres;Postcode;Plaats;Telefoon;Opdrachten 2026 excl. btw
40012;Bouwbedrijf Maasdal B.V.;01234567;Industrieweg 12;6041 AB;Roermond;;412.500,00
40013;Dakwerken Tienbunder;01234568;;;Echt;0475 90 15 00;187.500,00
40014;Drukkerij Van Zetwerk;01234570;Loodstraat 9;6085 CC;Horn;;149.999,99
40015;Café Één & Zn;01234571;Kwaststraat 1;6001 AA;Weert;;210.000,00
"""


def test_from_an_empty_start_to_letters_in_the_archive_and_the_phone(
    open_window: Open, keys: Keys, qtbot: QtBot, tmp_path: Path
):
    source = tmp_path / "crediteuren 2026.csv"
    source.write_bytes(CREDITORS.encode("cp1252"))
    window = play(open_window, keys, qtbot, source, tmp_path / "inkoop.tredewijzer", year="")
    desk = window.desk
    assert desk is not None
    letters = desk.register.letters.list_all("kenmerk")
    assert [letter.kenmerk for letter in letters] == ["PSO-2026-0001"]
    assert desk.register.letters.get_pdf(letters[0].id).startswith(b"%PDF-")


def test_the_same_with_a_real_file_of_thousands_of_lines(
    open_window: Open, keys: Keys, qtbot: QtBot, tmp_path: Path, shared_data: Path
):
    source = next((shared_data / "spend-uk").glob("gateshead*.csv"))
    play(open_window, keys, qtbot, source, tmp_path / "gateshead.tredewijzer", year="2026")


def play(open_window: Open, keys: Keys, qtbot: QtBot, source: Path, register: Path, *, year: str) -> MainWindow:
    """Play the round; every step is key events, every check is what a person would see."""
    window = open_window(None)

    tab_to(keys, "Leeg beginnen")
    type_path_when_asked(window, keys, register)
    keys.press("Return")
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=15_000)
    desk = window.desk
    assert desk is not None

    def at_rest() -> None:
        """Wait as a person does: until the screen has stood still for a moment."""
        quiet = 0
        while quiet < 10:
            qtbot.wait(50)
            quiet = 0 if desk.is_busy else quiet + 1

    keys.press("Ctrl+5")
    type_path_when_asked(window, keys, source)
    keys.press("Ctrl+L")
    at_rest()
    if year:
        tab_to(keys, "Bedragen zijn van")
        keys.type(year)
        at_rest()
        tab_to(keys, "exclusief btw")
        keys.press("Space")
        at_rest()
    keys.press("Ctrl+Return")
    at_rest()
    assert "Er is nog niets opgeslagen" in seen(window)
    assert desk.register.suppliers.list_all() == ()
    keys.press("Ctrl+Return")
    at_rest()
    assert desk.rows

    keys.press("Ctrl+2")
    tab_to(keys, "Voldoet niet", is_exact=False)
    keys.press("Space")
    tab_to(keys, "Leveranciers", kind=RowTable)
    keys.press("Home", "Return")
    at_rest()
    mend_address(keys, at_rest)
    first = next(row for row in desk.rows if row.status is Status.NON_COMPLIANT)
    assert first.next_step == "Brief klaarzetten"

    keys.press("Ctrl+2", "Home", "Space", "Ctrl+B")
    at_rest()
    keys.press("Ctrl+Return")
    at_rest()
    kenmerk = desk.register.letters.list_all("kenmerk")[0].kenmerk
    keys.press("Ctrl+Shift+A", "Ctrl+F")
    keys.type(kenmerk)
    at_rest()
    assert kenmerk in seen(window)

    keys.press("Ctrl+K")
    keys.type("+31 475 550010")
    at_rest()
    assert first.name in seen(window)
    assert "Reageren t/m" in seen(window)
    return window


def mend_address(keys: Keys, at_rest: Callable[[], None]) -> None:
    """Fill in what the letter needs and the number of the caller, on the page of a supplier."""
    keys.press("F2")
    for name, text in (
        ("Telefoon", "0475-55 00 10"),
        ("Straat", "Dorpsstraat"),
        ("Huisnummer", "12"),
        ("Plaats", "Één"),
    ):
        tab_to(keys, name)
        keys.press("Ctrl+A")
        keys.type(text)
    keys.press("Ctrl+S")
    at_rest()


def seen(window: MainWindow) -> str:
    """Return what can be read on the screen: labels, cells, and what painted parts say to a screen reader."""
    parts = [part for part in window.stack.findChildren(QWidget) if part.isVisible()]
    words = [words_on(window.stack), *(part.accessibleDescription() for part in parts)]
    for table in (part for part in parts if isinstance(part, RowTable)):
        model = table.rows_model
        words += [column.text(row) for row in model.rows for column in model.columns]
    return " ".join(words)
