"""One supplier, read and changed by keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.domain.certificate import Level
from app.domain.supplier import Supplier
from app.domain.verdict import Status
from app.services import Register
from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import tab_to, words_on
from ui.dialogs import ask
from ui.main_window import MainWindow
from ui.pages.supplier_page import SupplierPage
from ui.pages.suppliers_page import SuppliersPage
from ui.widgets.chips import StatusChip
from ui.widgets.ladder_chart import LadderChart
from ui.widgets.row_table import RowTable

MAASDAL = "Bouwbedrijf Maasdal B.V."
COMBINATION = "Combinatie Maasdal - Kiezelbunder"
COVERED = "Hazelpad Techniek B.V."


def show(window: MainWindow, name: str, section: str = "") -> SupplierPage:
    assert window.desk is not None
    window.open_supplier(next(row.supplier_id for row in window.desk.rows if row.name == name), section=section)
    QApplication.processEvents()
    page = window.stack.currentWidget()
    assert isinstance(page, SupplierPage)
    return page


def register_of(window: MainWindow) -> Register:
    assert window.desk is not None
    return window.desk.register


def supplier(window: MainWindow, name: str) -> Supplier:
    return next(found for found in register_of(window).suppliers.list_all() if found.name == name)


def table(page: SupplierPage, title: str) -> RowTable:
    return next(found for found in page.findChildren(RowTable) if found.accessibleName() == title)


def cells(page: SupplierPage, title: str) -> list[list[str]]:
    model = table(page, title).rows_model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def tabs(page: SupplierPage) -> list[str]:
    bar = page.findChild(QTabBar)
    assert isinstance(bar, QTabBar)
    return [bar.tabText(place) for place in range(bar.count())]


def replace_with(keys: Keys, name: str, text: str) -> None:
    """Go to a field by Tab and type something else."""
    tab_to(keys, name)
    keys.press("Ctrl+A", "Delete")
    keys.type(text)


def save(window: MainWindow, keys: Keys, qtbot: QtBot) -> None:
    keys.press("Ctrl+S")
    idle(window, qtbot)


def idle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until nothing is written or judged any more."""
    desk = window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: not desk.is_busy, timeout=10_000)
    QApplication.processEvents()


def test_the_overview_says_why_what_is_needed_and_what_was_ordered(open_window: Open, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL)
    words = words_on(page)
    assert page.findChildren(StatusChip)[0].accessibleName() == "Voldoet niet — trede te laag"
    assert "Wat is nodig: een certificaat Trede 2 of hoger, of een vastgelegde vrijstelling of uitstel." in words
    assert "Samen afgesproken" in words
    assert "€\u00a0412.500" in words
    assert tabs(page)[:5] == ["Overzicht", "Gegevens", "Contacten 2", "Contracten 5", "Certificaten 2"]


def test_the_chart_draws_no_demand_where_the_amount_is_not_known(open_window: Open, example: Path):
    window = open_window(example)
    assert window.desk is not None
    unknown = next(row for row in window.desk.rows if row.status is Status.UNKNOWN)
    page = show(window, unknown.name)
    told = page.findChildren(LadderChart)[0].accessibleDescription()
    assert "vereist: onbekend, want het bedrag is niet bekend" in told
    assert "Wat is nodig: het bedrag van 2026. Vul het in bij Contracten." in words_on(page)


def test_keys_walk_the_tabs_and_lead_back_out(open_window: Open, keys: Keys, example: Path):
    window = open_window(example)
    keys.press("Ctrl+2", "Home", "Return")
    page = window.stack.currentWidget()
    assert isinstance(page, SupplierPage)
    bar = page.findChild(QTabBar)
    assert isinstance(bar, QTabBar)
    keys.press("Ctrl+PgDown", "Ctrl+PgDown")
    assert bar.tabText(bar.currentIndex()).startswith("Contacten")
    keys.press("Ctrl+PgUp", "Ctrl+PgUp", "Escape", "Escape")
    assert isinstance(window.stack.currentWidget(), SuppliersPage)


def test_a_new_supplier_needs_only_its_name_and_can_be_taken_back(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    keys.press("Ctrl+N")
    keys.type("Café Zonder Haast")
    keys.press("Return")
    idle(window, qtbot)
    made = supplier(window, "Café Zonder Haast")
    page = window.stack.currentWidget()
    assert isinstance(page, SupplierPage)
    assert "Café Zonder Haast" in words_on(page)
    assert window.notice.words.startswith("Café Zonder Haast staat in het register.")
    keys.press("Ctrl+Z")
    idle(window, qtbot)
    assert register_of(window).suppliers.find(made.id) is None
    assert isinstance(window.stack.currentWidget(), SuppliersPage)


def test_a_new_supplier_takes_what_the_caller_says_and_warns_of_its_like(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    keys.press("Ctrl+N")
    keys.type("bouwbedrijf maasdal bv")
    qtbot.waitUntil(lambda: f"Lijkt op {MAASDAL} (Roermond)" in words_on(window), timeout=3_000)
    for text in ("0495-12 34 56", "Jan van den Heuvel", "Weert", "12 34 56 78"):
        keys.press("Tab")
        keys.type(text)
    save(window, keys, qtbot)
    made = supplier(window, "bouwbedrijf maasdal bv")
    assert (made.kvk, made.visiting.city, made.phone) == ("12345678", "Weert", "0495-12 34 56")
    (person,) = register_of(window).contacts.list_where("supplier_id", made.id)
    assert (person.first_name, person.infix, person.surname) == ("Jan", "van den", "Heuvel")


def test_a_contact_is_changed_saved_and_taken_back(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL, "contacts")
    before = cells(page, "Contactpersonen")[0]
    keys.press("F2")
    replace_with(keys, "Functie", "directeur")
    assert "● Contacten 2" in tabs(page)
    assert "● niet opgeslagen" in words_on(page)
    save(window, keys, qtbot)
    assert cells(page, "Contactpersonen")[0][2] == "directeur"
    assert "Contacten 2" in tabs(page)
    assert QApplication.focusWidget() is not None
    keys.press("Ctrl+Z")
    idle(window, qtbot)
    assert cells(page, "Contactpersonen")[0] == before


def test_a_draft_outlives_another_row_and_other_work_until_it_is_put_back(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    page = show(window, MAASDAL, "contacts")
    keys.press("F2")
    replace_with(keys, "Functie", "directeur")
    keys.press("Escape", "Down", "Ctrl+Shift+N")
    replace_with(keys, "Achternaam", "Nieuweling")
    save(window, keys, qtbot)
    assert cells(page, "Contactpersonen")[0][0].startswith("● ")
    assert "● Contacten 3" in tabs(page)
    keys.press("Home", "Up", "Up", "Up")
    role = page.findChild(QLineEdit, "role")
    assert isinstance(role, QLineEdit)
    assert role.text() == "directeur"
    keys.press("Escape")
    assert role.text() != "directeur"
    assert "Contacten 3" in tabs(page)
    assert "directeur" not in [row[2] for row in cells(page, "Contactpersonen")]


def test_what_cannot_be_read_stays_as_typed_with_a_message(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL, "contracts")
    keys.press("F2")
    replace_with(keys, "T/m", "31 februari 2027")
    save(window, keys, qtbot)
    assert "Dit is geen datum. Schrijf bijvoorbeeld 12-3-2027." in words_on(page)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    assert focused.text() == "31 februari 2027"
    replace_with(keys, "T/m", "1-1-2019")
    qtbot.waitUntil(lambda: "Het contract eindigt voordat het begint." in words_on(page), timeout=3_000)
    replace_with(keys, "T/m", "31 december 2028")
    save(window, keys, qtbot)
    assert "t/m 31-12-2028" in cells(page, "Contracten")[0]


def test_agreed_and_invoiced_of_a_year_are_one_operation(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL, "contracts")
    tab_to(keys, "Bedragen per jaar, excl. btw")
    before = cells(page, "Bedragen per jaar, excl. btw")
    keys.press("Ctrl+Shift+N")
    replace_with(keys, "Jaar", "2027")
    replace_with(keys, "Afgesproken excl. btw", "412.500")
    replace_with(keys, "Gefactureerd excl. btw", "1.234,56")
    save(window, keys, qtbot)
    assert cells(page, "Bedragen per jaar, excl. btw")[0] == ["2027", "—", "€\u00a0412.500", "€\u00a01.235"]
    found = register_of(window).amounts.list_where("supplier_id", supplier(window, MAASDAL).id)
    made = [one for one in found if one.year == 2027]
    assert sorted(one.cents for one in made) == [123_456, 41_250_000]
    keys.press("Ctrl+Z")
    idle(window, qtbot)
    assert cells(page, "Bedragen per jaar, excl. btw") == before


def test_a_level_that_was_only_told_waits_for_proof(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL, "certificates")
    keys.press("Ctrl+Shift+N")
    save(window, keys, qtbot)
    assert "Kies de trede." in words_on(page)
    tab_to(keys, "Trede")
    keys.press("End")
    save(window, keys, qtbot)
    assert "Gemeld, bewijs gevraagd" in str(cells(page, "Certificaten"))
    owner = supplier(window, MAASDAL)
    told = [one for one in register_of(window).certificates.list_where("supplier_id", owner.id) if one.is_reported]
    assert [one.level for one in told] == [Level.TREDE3]


def test_a_check_is_recorded_with_who_and_how(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL, "certificates")
    tab_to(keys, "Controles")
    keys.press("Ctrl+Shift+N")
    replace_with(keys, "Hoe", "gebeld met de instelling")
    save(window, keys, qtbot)
    checked = cells(page, "Controles")[0]
    assert checked[0] == "23-11-2026"
    assert checked[1] != ""
    assert checked[2] == "gebeld met de instelling"


def test_the_certificate_of_another_holder_is_marked_and_fixed_here(open_window: Open, keys: Keys, example: Path):
    window = open_window(example)
    page = show(window, COVERED, "certificates")
    assert "Hazelpad Techniek Groep" in cells(page, "Certificaten")[0]
    assert "Dit certificaat staat op naam van Hazelpad Techniek Groep. Wijzig het daar." in words_on(page)
    number = page.findChild(QLineEdit, "number")
    assert isinstance(number, QLineEdit)
    assert number.isReadOnly()


def test_a_promise_and_an_exemption_stand_in_one_list(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, COVERED, "agreements")
    keys.press("Ctrl+Shift+N", "Tab")
    keys.type("stuurt het plan")
    replace_with(keys, "Uiterlijk op", "1-2-2027")
    save(window, keys, qtbot)
    keys.press("Ctrl+Shift+N", "End", "Tab", "End", "Tab")
    keys.type("één jaar te gast")
    replace_with(keys, "T/m", "31-12-2027")
    replace_with(keys, "Goedgekeurd door", "de directie")
    save(window, keys, qtbot)
    assert [row[:2] for row in cells(page, "Afspraken")] == [
        ["Vrijstelling", "één jaar te gast"],
        ["Toezegging", "stuurt het plan"],
    ]
    assert "Afspraken 2" in tabs(page)
    keys.press("Ctrl+Delete")
    idle(window, qtbot)
    assert [row[0] for row in cells(page, "Afspraken")] == ["Toezegging"]


def test_a_member_is_found_by_what_is_typed(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, COMBINATION, "details")
    tab_to(keys, "Leden")
    keys.press("Ctrl+Shift+N")
    keys.type(supplier(window, COVERED).kvk)
    qtbot.waitUntil(lambda: f"Dit wordt {COVERED}" in words_on(page), timeout=3_000)
    save(window, keys, qtbot)
    assert COVERED in [row[0] for row in cells(page, "Leden")]


def test_both_addresses_are_typed_in_place(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL, "kvk")
    keys.press("Ctrl+A")
    keys.type("123")
    qtbot.waitUntil(lambda: "Een KvK-nummer heeft 8 cijfers." in words_on(page), timeout=3_000)
    keys.press("Escape", "Escape", "F2")
    field = page.findChild(QLineEdit, "postal_city")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    keys.press("Ctrl+A")
    keys.type("Heel")
    save(window, keys, qtbot)
    changed = supplier(window, MAASDAL)
    assert changed.postal.city == "Heel"
    assert changed.kvk != "123"


def test_a_note_is_kept_with_the_caller_and_read_again(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL, "letters")
    keys.press("Ctrl+M")
    keys.type("Audit is gepland in januari. ")
    keys.paste("x" * 100_000)
    keys.press("Tab")
    keys.type("mevrouw Janssen")
    save(window, keys, qtbot)
    notes = register_of(window).call_notes.list_where("supplier_id", supplier(window, MAASDAL).id, "started_at")
    assert notes[-1].text.startswith("Audit is gepland")
    assert notes[-1].caller == "mevrouw Janssen"
    keys.press("Home")
    keys.press("Down")
    assert "Notitie van dit gesprek" not in words_on(page)


def test_a_chosen_change_is_shown_and_taken_back(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    page = show(window, MAASDAL, "details")
    replace_with(keys, "Crediteurnummer", "777")
    save(window, keys, qtbot)
    show(window, MAASDAL, "note")
    keys.type("later werk")
    save(window, keys, qtbot)
    show(window, MAASDAL, "changes")
    keys.press("Down")
    assert ["Eigen nummer", "40001", "777"] in cells(page, "Oud en nieuw")
    keys.press("Ctrl+Shift+U")
    idle(window, qtbot)
    assert supplier(window, MAASDAL).own_number == "40001"
    assert window.notice.words.startswith("Ongedaan gemaakt: Leverancier gewijzigd")


def test_leaving_asks_before_anything_typed_is_lost(
    open_window: Open, keys: Keys, example: Path, monkeypatch: pytest.MonkeyPatch
):
    window = open_window(example)
    page = show(window, MAASDAL, "details")
    keys.type("x")
    asked: list[str] = []
    answers = iter([False, True])

    def confirm(_parent: QWidget, _title: str, question: str, *, verb: str, keep: str = "Terug") -> bool:
        asked.append(question)
        return next(answers)

    monkeypatch.setattr(ask, "confirm", confirm)
    keys.press("Ctrl+2")
    assert window.stack.currentWidget() is page
    assert "● Gegevens" in tabs(page)
    keys.press("Ctrl+2")
    assert isinstance(window.stack.currentWidget(), SuppliersPage)
    assert asked == ["Er staat invoer die niet is opgeslagen (Gegevens). Weggooien?"] * 2


def test_a_supplier_that_ends_leads_to_the_others(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    show(window, MAASDAL, "details")
    keys.press("Escape", "Ctrl+Delete")
    idle(window, qtbot)
    assert isinstance(window.stack.currentWidget(), SuppliersPage)
    assert window.desk is not None
    assert MAASDAL not in [row.name for row in window.desk.rows]
    keys.press("Ctrl+Z")
    idle(window, qtbot)
    assert supplier(window, MAASDAL).archived_at is None


def test_every_control_of_every_tab_has_a_name(open_window: Open, keys: Keys, example: Path):
    window = open_window(example)
    page = show(window, COMBINATION)
    nameless = []
    for _ in tabs(page):
        for part in page.findChildren(QWidget):
            if part.isVisible() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and not part.accessibleName():
                is_inner = isinstance(part.parent(), QAbstractScrollArea)
                nameless += [] if is_inner else [f"{type(part).__name__} {part.objectName()}"]
        keys.press("Ctrl+PgDown")
    assert nameless == []
