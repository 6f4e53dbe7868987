"""The work list, used by keys: what is done goes, what is set aside comes back, and nothing typed is lost."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app import bootstrap
from app.base.clock import SetClock
from app.domain.certificate import Certificate, Level, Verification
from app.domain.contract import AmountKind, YearAmount
from app.domain.journal import Aside
from app.domain.supplier import Supplier
from app.domain.work import WorkItem, WorkKind
from app.services import record
from tests.keyboard import Keys
from tests.ui.conftest import TODAY, Open
from tests.ui.steps import press_when_asked, tab_to, tab_to_field, words_on
from ui.base.actions import Act
from ui.base.desk import Desk
from ui.main_window import MainWindow
from ui.pages.letters_page import LettersPage
from ui.pages.supplier_page import SupplierPage
from ui.pages.work_page import WorkPage
from ui.widgets.rail import WIDTH, RailButton
from ui.widgets.row_table import RowTable

PATIENCE = 10_000


def page_of(window: MainWindow) -> WorkPage:
    page = window.stack.currentWidget()
    assert isinstance(page, WorkPage)
    return page


def table_of(window: MainWindow) -> RowTable:
    table = page_of(window).findChild(RowTable)
    assert isinstance(table, RowTable)
    return table


def shown(window: MainWindow) -> list[WorkItem]:
    return list(table_of(window).rows_model.rows)


def current(window: MainWindow) -> WorkItem:
    found = table_of(window).current_row()
    assert isinstance(found, WorkItem)
    return found


def desk_of(window: MainWindow) -> Desk:
    assert window.desk is not None
    return window.desk


def badge(window: MainWindow) -> str:
    return next(
        button for button in window.rail.findChildren(RailButton) if "Opvolging" in button.text()
    ).accessibleName()


def go_to(window: MainWindow, keys: Keys, chip: str) -> WorkItem:
    """Show only the lines of one chip, and stand on the first."""
    keys.press("Ctrl+3", "Ctrl+Backspace")
    tab_to(keys, chip, is_exact=False)
    keys.press("Space")
    while QApplication.focusWidget() is not table_of(window):
        keys.press("Tab")
    return current(window)


def fill(keys: Keys, **fields: str) -> None:
    for key, words in fields.items():
        tab_to_field(keys, key)
        keys.press("Ctrl+A")
        keys.type(words)


def settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not desk_of(window).is_busy, timeout=PATIENCE)


def pressing(window: MainWindow) -> int:
    """How many lines cannot wait: late, due, expired or of nobody; not what is coming, unknown or unchecked."""
    late = {
        WorkKind.REPLY_OVERDUE, WorkKind.PROMISE_DUE, WorkKind.TASK_DUE, WorkKind.EXPIRED, WorkKind.LOOSE_CALL,
        WorkKind.CAME_BACK, WorkKind.CERTIFICATE_CAME, WorkKind.ANSWERED,
    }  # fmt: skip
    return sum(item.kind in late and not item.aside for item in desk_of(window).work)


def test_the_badge_counts_what_presses_and_the_list_begins_with_the_largest_amount(
    open_window: Open, keys: Keys, example: Path
):
    window = open_window(example)
    open_work = [item for item in desk_of(window).work if not item.aside]
    assert 1 < pressing(window) < len(open_work)
    assert badge(window) == f"Opvolging, {pressing(window)} dingen die vandaag aandacht vragen"
    button = next(one for one in window.rail.findChildren(RailButton) if one.accessibleName() == badge(window))
    assert button.toolTip().startswith(f"{pressing(window)} dingen die vandaag aandacht vragen\n")
    keys.press("Ctrl+3")
    assert QApplication.focusWidget() is table_of(window)
    assert shown(window) == open_work
    cents = [item.cents for item in open_work if item.cents is not None]
    assert cents == sorted(cents, reverse=True)
    assert [item.cents for item in open_work][: len(cents)] == cents


def test_chips_and_words_filter_and_are_remembered(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    go_to(window, keys, "30 dagen")
    assert {(item.kind, item.within) for item in shown(window)} == {(WorkKind.EXPIRING, 30)}
    keys.press("Ctrl+F", "Shift+Tab")
    tab_to(keys, "Geen reactie", is_exact=False)
    keys.press("Space")
    kinds = {item.kind for item in shown(window)}
    assert kinds == {WorkKind.EXPIRING, WorkKind.REPLY_OVERDUE}
    window.close()
    again = open_window(example)
    keys.press("Ctrl+3")
    assert {item.kind for item in shown(again)} == kinds
    while QApplication.focusWidget() is not table_of(again):
        keys.press("Tab")
    keys.type("maasdal")
    assert {item.name for item in shown(again)} == {"Bouwbedrijf Maasdal B.V."}
    keys.press("Ctrl+A")
    keys.type("xyzxyz")
    assert "Niets past bij dit filter" in words_on(page_of(again))
    keys.press("Ctrl+Backspace")
    assert len(shown(again)) == desk_of(again).open_work
    assert QApplication.focusWidget() is table_of(again)


def test_seen_asks_why_and_until_when_and_one_undo_brings_all_of_it_back(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    go_to(window, keys, "60 dagen")
    before, pressed = desk_of(window).open_work, badge(window)
    chosen = [item.key for item in shown(window)[:3]]
    keys.press("Space", "Down", "Space", "Down", "Space", "Ctrl+G", "Ctrl+S")
    assert "Schrijf op waarom." in words_on(page_of(window))
    fill(keys, reason="hercertificering loopt", until_on="22-11-2026")
    keys.press("Ctrl+S")
    assert "Deze dag is al voorbij. Kies 23-11-2026 of later." in words_on(page_of(window))
    fill(keys, until_on="12 mei 2027")
    keys.press("Ctrl+Return")
    qtbot.waitUntil(lambda: desk_of(window).open_work == before - 3, timeout=PATIENCE)
    assert not {item.key for item in shown(window)} & set(chosen)
    assert badge(window) == pressed, "what expires within 60 days does not press"
    asides = [item.aside for item in desk_of(window).work if item.key in chosen]
    assert {(aside.how, aside.reason, aside.until_on) for aside in asides if aside} == {
        (Aside.SEEN, "hercertificering loopt", date(2027, 5, 12))
    }  # fmt: skip
    qtbot.waitUntil(lambda: "Gezien vastgelegd: 3 regels." in window.notice.words)
    assert QApplication.focusWidget() is table_of(window)
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk_of(window).open_work == before, timeout=PATIENCE)


def test_seen_proposes_no_day_beyond_the_one_it_is_about(open_window: Open, keys: Keys, example: Path):
    window = open_window(example)
    for chip, wanted in (("30 dagen", None), ("180 dagen", "21-02-2027"), ("Geen reactie", "21-02-2027")):
        item = go_to(window, keys, chip)
        keys.press("Ctrl+G")
        field = tab_to_field(keys, "until_on")
        own = f"{item.day:%d-%m-%Y}" if item.day else ""
        assert field.property("text") == (wanted or own)
        keys.press("Escape")


def test_what_is_undone_is_current_again_and_a_cleared_filter_leaves_the_line_in_view(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    task = go_to(window, keys, "Taak")
    keys.press("Ctrl+Backspace")
    table = table_of(window)
    assert current(window).key == task.key
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())
    keys.press("Ctrl+H")
    qtbot.waitUntil(lambda: task.key not in {item.key for item in shown(window)}, timeout=PATIENCE)
    assert current(window).key != task.key
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: task.key in {item.key for item in shown(window)}, timeout=PATIENCE)
    assert current(window).key == task.key
    last = shown(window)[-1]
    keys.press("Ctrl+F")
    keys.type(last.name)
    table.make_current(last.key)
    assert current(window).key == last.key
    keys.press("Ctrl+Backspace")
    assert len(shown(window)) == desk_of(window).open_work
    assert current(window).key == last.key
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("gesprek leverancier", WorkKind.LOOSE_CALL), ("geen reactie", WorkKind.REPLY_OVERDUE),
        ("60 dagen", WorkKind.EXPIRING), ("controle", WorkKind.UNVERIFIED), ("taak", WorkKind.TASK_DUE),
        ("bedrag onbekend", WorkKind.AMOUNT_UNKNOWN),
    ],
)  # fmt: skip
def test_the_words_of_a_chip_find_its_lines_in_the_filter(
    open_window: Open, keys: Keys, example: Path, typed: str, kind: WorkKind
):
    window = open_window(example)
    keys.press("Ctrl+3", "Ctrl+F")
    keys.type(typed)
    wanted = {item.key for item in desk_of(window).work if item.kind is kind and not item.aside}
    if kind is WorkKind.EXPIRING:
        wanted = {item.key for item in desk_of(window).work if item.within == 60 and not item.aside}
    assert wanted and wanted <= {item.key for item in shown(window)}


def test_what_was_set_aside_is_shown_and_put_back(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    keys.press("Ctrl+3")
    before = desk_of(window).open_work
    keys.press("Ctrl+Shift+W")
    asides = shown(window)
    assert asides and all(item.aside for item in asides)
    keys.press("Ctrl+A", "Ctrl+R")
    qtbot.waitUntil(lambda: desk_of(window).open_work == before + len(asides), timeout=PATIENCE)
    assert len(shown(window)) == before + len(asides), "with nothing set aside, the list is shown again"
    keys.press("Ctrl+Z")
    qtbot.waitUntil(lambda: desk_of(window).open_work == before, timeout=PATIENCE)


def test_later_comes_back_when_its_day_is_over(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    late = go_to(window, keys, "Geen reactie")
    keys.press("Ctrl+L")
    keys.type("belt zelf terug")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: late.key not in {item.key for item in shown(window)}, timeout=PATIENCE)
    desk = desk_of(window)
    row = desk.row(late.supplier_id or "")
    assert row and (row.next_step, row.next_on) == ("Weggezet t/m 30 nov: belt zelf terug", date(2026, 11, 30))
    assert isinstance(desk.clock, SetClock)
    desk.clock.set(TODAY + timedelta(days=8))
    desk.follow_the_clock()
    qtbot.waitUntil(lambda: late.key in {item.key for item in shown(window)}, timeout=PATIENCE)


def test_a_promise_silences_the_late_answer_and_is_settled_when_it_is_due(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    late = go_to(window, keys, "Geen reactie")
    keys.press("Ctrl+T")
    fill(keys, what="audit", due_on="24-11-2026")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: late.key not in {item.key for item in shown(window)}, timeout=PATIENCE)
    row = desk_of(window).row(late.supplier_id or "")
    assert row and row.next_step == "Toezegging t/m 24 nov: audit"
    desk_of(window).judge_on(TODAY + timedelta(days=2))
    settle(qtbot, window)
    keys.press("Ctrl+Backspace")
    due = next(item for item in shown(window) if item.about.startswith("audit · "))
    assert (due.kind, due.days_left) == (WorkKind.PROMISE_DUE, -1)
    table_of(window).make_current(due.key)
    keys.press("Ctrl+H")
    qtbot.waitUntil(lambda: due.key not in {item.key for item in shown(window)}, timeout=PATIENCE)
    assert late.key in {item.key for item in shown(window)}, "the letter was never answered"


def test_a_task_is_done_and_a_certificate_is_checked(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    task, before = go_to(window, keys, "Taak"), pressing(window)
    keys.press("Ctrl+H")
    qtbot.waitUntil(lambda: task.key not in {item.key for item in desk_of(window).work}, timeout=PATIENCE)
    assert badge(window) == f"Opvolging, {before - 1} dingen die vandaag aandacht vragen"
    check = go_to(window, keys, "Controle")
    keys.press("Ctrl+H")
    fill(keys, method="overzicht op PSO-NL")
    keys.press("Ctrl+S")
    qtbot.waitUntil(lambda: check.key not in {item.key for item in desk_of(window).work}, timeout=PATIENCE)
    made = desk_of(window).register.verifications.list_where("certificate_id", check.record_id)
    assert [(one.checked_on, one.method) for one in made] == [(TODAY, "overzicht op PSO-NL")]


def test_the_button_says_what_it_does_for_the_line_and_begins_it(open_window: Open, keys: Keys, example: Path):
    window = open_window(example)
    keys.press("Ctrl+3")
    said: dict[WorkKind, str] = {}
    for item in shown(window):
        table_of(window).make_current(item.key)
        action = window.bound_actions()[Act.SETTLE]
        said.setdefault(item.kind, action.text() if action.isVisible() else "")
    assert said == {
        WorkKind.REPLY_OVERDUE: "",
        WorkKind.CAME_BACK: "Adres invullen",
        WorkKind.CERTIFICATE_CAME: "Certificaat invoeren",
        WorkKind.ANSWERED: "Antwoord afgehandeld",
        WorkKind.PROMISE_DUE: "Nagekomen",
        WorkKind.TASK_DUE: "Taak klaar",
        WorkKind.EXPIRED: "Certificaat invoeren",
        WorkKind.EXPIRING: "Certificaat invoeren",
        WorkKind.AMOUNT_UNKNOWN: "Bedrag invullen",
        WorkKind.UNVERIFIED: "Controle vastleggen",
        WorkKind.LOOSE_CALL: "Geen leverancier nodig",
    }
    for chip, field in (("Verlopen", "level"), ("Bedrag", "year")):
        go_to(window, keys, chip)
        keys.press("Ctrl+H")
        assert isinstance(window.stack.currentWidget(), SupplierPage)
        focused = QApplication.focusWidget()
        assert focused is not None and focused.objectName() == field


def test_enter_opens_what_it_is_about_and_letters_are_for_the_ticked(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    late = go_to(window, keys, "Geen reactie")
    keys.press("Return")
    settle(qtbot, window)
    assert isinstance(window.stack.currentWidget(), LettersPage)
    kenmerk = desk_of(window).register.letters.get(late.record_id).kenmerk
    assert kenmerk in words_on(window.stack)
    amount = go_to(window, keys, "Bedrag")
    keys.press("Return")
    page = window.stack.currentWidget()
    assert isinstance(page, SupplierPage)
    step = next(row.next_step for row in desk_of(window).rows if row.supplier_id == amount.supplier_id)
    assert step in words_on(page), "the head tells the next step"
    go_to(window, keys, "Geen reactie")
    keys.press("Ctrl+A")
    ticked = {item.supplier_id for item in shown(window)}
    assert window.bound_actions()[Act.LETTERS_FOR].text()
    keys.press("Ctrl+B")
    settle(qtbot, window)
    assert isinstance(window.stack.currentWidget(), LettersPage)
    assert f"{len(ticked)} " in words_on(window.stack)


def test_a_conversation_of_nobody_is_linked_to_who_is_found(open_window: Open, keys: Keys, qtbot: QtBot, example: Path):
    window = open_window(example)
    call = go_to(window, keys, "Gesprek")
    actions = window.bound_actions()
    assert not actions[Act.SEEN].isEnabled() and not actions[Act.PROMISE].isEnabled()
    keys.press("Return", "Ctrl+A")
    keys.type("xyzxyz")
    assert not actions[Act.LINK].isEnabled(), "nobody is found to link it to"
    keys.press("Ctrl+A")
    keys.type("maasdal")
    assert actions[Act.LINK].isEnabled()
    keys.press("Down", "Up", "Return")
    qtbot.waitUntil(lambda: call.key not in {item.key for item in desk_of(window).work}, timeout=PATIENCE)
    linked = desk_of(window).register.call_notes.get(call.record_id)
    row = desk_of(window).row(linked.supplier_id or "")
    assert row and row.name == "Bouwbedrijf Maasdal B.V."
    qtbot.waitUntil(lambda: "Gesprek gekoppeld aan Bouwbedrijf Maasdal B.V." in window.notice.words)
    other = go_to(window, keys, "Gesprek")
    keys.press("Ctrl+H")
    qtbot.waitUntil(lambda: other.key not in {item.key for item in desk_of(window).work}, timeout=PATIENCE)
    assert desk_of(window).register.call_notes.list_where("supplier_id", None)


def test_a_new_supplier_begins_with_the_name_of_who_called(open_window: Open, keys: Keys, example: Path):
    open_window(example)
    keys.press("Ctrl+3", "Ctrl+F")
    keys.type("in oprichting")
    keys.press("Down", "Ctrl+N")
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.text() == "Schildersbedrijf in oprichting"
    keys.press("Ctrl+A", "Backspace")


def test_what_was_typed_waits_by_line_and_is_asked_for_before_it_is_lost(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    keys.press("Ctrl+3", "Ctrl+G")
    keys.type("eerste reden")
    keys.press("Escape")
    assert QApplication.focusWidget() is table_of(window)
    keys.press("Down", "Ctrl+G")
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.text() == ""
    keys.press("Escape", "Up", "Ctrl+G")
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.text() == "eerste reden"
    asked = press_when_asked(window, keys, "Escape")
    keys.press("Ctrl+2")
    qtbot.waitUntil(lambda: bool(asked))
    assert isinstance(window.stack.currentWidget(), WorkPage)
    keys.press("Ctrl+Delete")
    assert QApplication.focusWidget() is table_of(window)
    keys.press("Ctrl+2")
    assert not isinstance(window.stack.currentWidget(), WorkPage)


def test_a_form_goes_with_its_line_and_what_was_typed_returns_with_it(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(example)
    desk = desk_of(window)
    task = go_to(window, keys, "Taak")
    keys.press("Ctrl+L")
    keys.type("volgende week")
    desk.judge_on(TODAY - timedelta(days=300))
    qtbot.waitUntil(lambda: "staat niet meer op de lijst" in window.notice.words, timeout=PATIENCE)
    desk.judge_on(TODAY)
    qtbot.waitUntil(lambda: task.key in {item.key for item in shown(window)}, timeout=PATIENCE)
    table_of(window).setFocus()
    table_of(window).make_current(task.key)
    keys.press("Ctrl+L")
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit) and focused.text() == "volgende week"
    keys.press("Ctrl+Delete")


@pytest.mark.parametrize("has_supplier", [False, True])
def test_an_empty_list_says_what_comes_next(open_window: Open, keys: Keys, tmp_path: Path, has_supplier: bool):
    path = tmp_path / "leeg.tredewijzer"
    register = bootstrap.make_register(path, clock=SetClock.at(TODAY))
    if has_supplier:
        record.add(
            register,
            Supplier(id="s", name="Maasdal B.V."),
            YearAmount(id="b", supplier_id="s", year=2026, kind=AmountKind.AGREED, cents=20_000_000),
            Certificate(id="c", supplier_id="s", level=Level.TREDE2, valid_from=TODAY, valid_to=date(2027, 12, 31)),
            Verification(id="v", certificate_id="c", checked_on=TODAY, checked_by="a", method="kopie"),
        )
    register.close()
    window = open_window(path)
    assert badge(window) == "Opvolging"
    keys.press("Ctrl+3")
    words = words_on(page_of(window)).replace("\xa0", " ")
    if has_supplier:
        assert "Niets te doen. Wat nu volgt, is op 4 juli 2027: Opnieuw vragen vanaf 4 jul (Maasdal B.V.)." in words
    else:
        assert "Importeer een spreadsheet (Ctrl+5) of voeg er een toe (Ctrl+N)." in words
    assert QApplication.focusWidget() is not None


def test_nothing_can_be_done_in_a_register_that_is_only_read(
    open_window: Open, keys: Keys, qtbot: QtBot, example: Path
):
    window = open_window(None)
    window.open_register(example, to_write=False)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.has_rows, timeout=PATIENCE)
    keys.press("Ctrl+3")
    actions = window.bound_actions()
    acts = (Act.SEEN, Act.LATER, Act.PROMISE, Act.SETTLE, Act.PUT_BACK, Act.LINK)
    assert [act for act in acts if actions[act].isEnabled()] == []


def test_the_words_of_a_supplier_are_never_markup(open_window: Open, keys: Keys, tmp_path: Path):
    path = tmp_path / "kwaad.tredewijzer"
    register = bootstrap.make_register(path, clock=SetClock.at(TODAY))
    record.add(register, Supplier(id="s", name="<h1>Groot</h1> " + "w" * 300))
    register.close()
    window = open_window(path)
    keys.press("Ctrl+3")
    assert current(window).kind is WorkKind.AMOUNT_UNKNOWN
    page = page_of(window)
    assert page.minimumSizeHint().width() <= 1280 - WIDTH
    assert all("<h1>" not in label.toolTip() for label in page.findChildren(QLabel))
