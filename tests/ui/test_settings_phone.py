"""Who opens links with a number: ticked with the space bar, read back from the system, never remembered."""

import json
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox

from tests.keyboard import Keys
from tests.ui.conftest import Open
from tests.ui.steps import tab_to, words_on
from ui.base import url_scheme
from ui.base.url_scheme_desktop import DesktopSchemes
from ui.main_window import MainWindow
from ui.widgets.check_box import CheckBox

OWN = "Bellers uit de telefooncentrale openen in Tredewijzer (tredewijzer:)"
TEL = "Ook voor tel:-koppelingen"


@pytest.fixture
def schemes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DesktopSchemes:
    """The links of this user, in a folder of the test on every system."""
    found = DesktopSchemes(tmp_path / "share", tmp_path / "config", ("/x/tredewijzer",), refresh=lambda _folder: None)
    monkeypatch.setattr(url_scheme, "of_this_system", lambda: found)
    return found


def ticks(window: MainWindow) -> list[bool]:
    return [tick.isChecked() for tick in window.stack.findChildren(CheckBox) if tick.text() in (OWN, TEL)]


def test_both_are_off_until_ticked_and_each_follows_its_own_tick(
    open_window: Open, example: Path, keys: Keys, schemes: DesktopSchemes
) -> None:
    window = open_window(example)
    keys.press("Ctrl+7")
    assert ticks(window) == [False, False]
    tab_to(keys, OWN, kind=QCheckBox)
    keys.press("Space")
    assert (schemes.is_on("tredewijzer"), schemes.is_on("tel")) == (True, False)
    assert window.notice.words == "Koppelingen met tredewijzer: openen nu Tredewijzer."
    keys.press("Tab", "Space")
    assert (schemes.is_on("tredewijzer"), schemes.is_on("tel")) == (True, True)
    assert window.notice.words == "U kunt Tredewijzer nu kiezen voor tel:, bij de standaard-apps."
    keys.press("Space", "Shift+Tab", "Space")
    assert (schemes.is_on("tredewijzer"), schemes.is_on("tel")) == (False, False)
    assert window.notice.words == "Koppelingen met tredewijzer: openen Tredewijzer niet meer."
    assert ticks(window) == [False, False]
    assert "tredewijzer:" not in json.dumps(window.state._values)


def test_the_ticks_say_what_the_system_says_each_time_they_are_shown(
    open_window: Open, example: Path, keys: Keys, schemes: DesktopSchemes
) -> None:
    schemes.turn_on("tel")
    window = open_window(example)
    keys.press("Ctrl+7")
    assert ticks(window) == [False, True]
    schemes.turn_off("tel")
    schemes.turn_on("tredewijzer")
    keys.press("Ctrl+2", "Ctrl+7")
    assert ticks(window) == [True, False]


def test_a_link_that_another_program_has_stays_there_and_the_tick_goes_out(
    open_window: Open, example: Path, keys: Keys, schemes: DesktopSchemes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_schemes: DesktopSchemes, scheme: str) -> None:
        raise url_scheme.taken(scheme)

    monkeypatch.setattr(DesktopSchemes, "turn_on", refuse)
    window = open_window(example)
    keys.press("Ctrl+7")
    tab_to(keys, OWN, kind=QCheckBox)
    keys.press("Space")
    assert window.notice.words == (
        "Er is niets veranderd: een ander programma heeft tredewijzer: al ingesteld. "
        "Zet dat eerst uit in dat programma."
    )
    assert ticks(window) == [False, False]


def test_a_system_that_lets_nobody_set_this_shows_no_ticks_and_still_the_command(
    open_window: Open, example: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(url_scheme, "of_this_system", lambda: None)
    window = open_window(example)
    keys.press("Ctrl+7")
    assert ticks(window) == []
    assert "kan Tredewijzer geen koppelingen aannemen" in words_on(window.stack)
    keys.press("Ctrl+Shift+B")
    assert QGuiApplication.clipboard().text() == url_scheme.phone_command()


def test_what_a_phone_program_needs_goes_to_the_clipboard_by_a_key(
    open_window: Open, example: Path, keys: Keys, schemes: DesktopSchemes
) -> None:
    window = open_window(example)
    keys.press("Ctrl+7", "Ctrl+Shift+B")
    assert QGuiApplication.clipboard().text() == url_scheme.phone_command()
    assert QGuiApplication.clipboard().text().endswith(" --call %nummer%")
    assert window.notice.words == "De opdracht staat op het klembord."
    keys.press("Ctrl+Shift+K")
    assert QGuiApplication.clipboard().text() == "tredewijzer:call?number=%nummer%"
    assert window.notice.words == "De koppeling staat op het klembord."
