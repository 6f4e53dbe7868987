"""What the window remembers costs nothing but the memory when it is rubbish."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.keyboard import Keys
from tests.ui.conftest import Open
from ui.base import theme
from ui.base.state import WindowState

NAMES = ("recent", "window", "appearance", "advisor", "screen", "suppliers.widths", "suppliers.order", "suppliers.sort",
         "suppliers.filter", "suppliers.statuses")  # fmt: skip
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_files = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    _values.map(lambda value: json.dumps(value).encode()),
    st.dictionaries(st.sampled_from(NAMES), _values).map(lambda value: json.dumps(value).encode()),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_files)
def test_whatever_the_file_holds_every_value_has_the_type_that_is_asked_for(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "venster.json"
    path.write_bytes(content)
    state = WindowState(path)
    assert all(isinstance(found, Path) for found in state.recent_registers())
    assert type(state.get("screen", "X")) is str
    assert all(type(item) is int for item in state.get("window", [1, 2]))
    assert all(type(item) is int for item in state.get("suppliers.widths", {"": 0}).values())
    assert theme.Appearance(state.get("appearance", "")) in theme.Appearance
    assert len(state.advisor) <= 80
    assert state.advisor == " ".join(state.advisor.split())
    state.add_recent(tmp_path / "inkoop.tredewijzer")
    state.set("screen", "GO_SETTINGS")
    state.save()
    again = WindowState(path)
    assert again.get("screen", "") == "GO_SETTINGS"
    assert again.recent_registers() == state.recent_registers()
    assert again.recent_registers()[0] == tmp_path / "inkoop.tredewijzer"


def _deep(path: Path) -> None:
    path.write_text("[" * 100_000, encoding="utf-8")


def _deep_inside(path: Path) -> None:
    path.write_text('{"recent": ' + "[" * 500 + "]" * 500 + "}", encoding="utf-8")


def _huge(path: Path) -> None:
    text = {"advisor": "x" * 5_000_000, "recent": ["y" * 1_000_000] * 5, "window": [10**400, -(10**400), 0]}
    path.write_text(json.dumps(text), encoding="utf-8")


def _folder(path: Path) -> None:
    path.mkdir()


def _unreadable(path: Path) -> None:
    path.symlink_to(path)


def _wrong_types(path: Path) -> None:
    text = {name: {"a": 1} for name in NAMES} | {"window": ["breed"], "suppliers.widths": {"name": "breed"}}
    path.write_text(json.dumps(text), encoding="utf-8")


def _numbers(path: Path) -> None:
    path.write_text('{"window": [-5, 99999999999, 0, 4], "suppliers.widths": {"name": -3}}', encoding="utf-8")


def _half_characters(path: Path) -> None:
    half = "\ud800"
    names = ("advisor", "appearance", "screen", "suppliers.filter", "import.folder", "suppliers.sort")
    text: dict[str, Any] = dict.fromkeys(names, half)
    text |= {"look_up.recent": [half, "a\0b"], "suppliers.statuses": [half], "suppliers.order": [half]}
    path.write_text(json.dumps(text), encoding="utf-8")


@pytest.mark.parametrize(
    "spoil", [_deep, _deep_inside, _huge, _folder, _unreadable, _wrong_types, _numbers, _half_characters]
)
def test_the_window_opens_whatever_lies_where_its_memory_should_be(
    qtbot: QtBot, open_window: Open, keys: Keys, example: Path, tmp_path: Path, spoil: Any
) -> None:
    path = tmp_path / "settings" / "venster.json"
    path.parent.mkdir()
    spoil(path)
    window = open_window(example)
    room = window.screen().availableGeometry()
    assert 1100 <= window.width() <= max(room.width(), 1100)
    assert 640 <= window.height() <= max(room.height(), 640)
    keys.press("Ctrl+1", "Ctrl+2", "Ctrl+5", "Ctrl+7")
    window.state.set("screen", "GO_SETTINGS")
    assert window.close()


def test_a_window_that_was_left_off_the_screen_comes_back_on_it(open_window: Open, tmp_path: Path) -> None:
    path = tmp_path / "settings" / "venster.json"
    path.parent.mkdir()
    path.write_text('{"window": [9000, 9000, 0]}', encoding="utf-8")
    window = open_window(None)
    assert window.screen().availableGeometry().intersects(window.frameGeometry())
    assert window.minimumSize().width() <= window.width() < 9000


def test_what_cannot_be_written_is_forgotten_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("in the way", encoding="utf-8")
    state = WindowState(tmp_path / "settings" / "venster.json")
    state.set("screen", "GO_LETTERS")
    state.save()
    assert state.get("screen", "") == "GO_LETTERS"
