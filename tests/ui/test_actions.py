"""Every action is declared once, works somewhere, and its key means one thing at a time."""

from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.keyboard import Keys
from tests.ui.conftest import Open
from ui.base.actions import Act
from ui.main_window import MainWindow

SCREENS = (
    Act.GO_LOOK_UP, Act.GO_SUPPLIERS, Act.GO_WORK, Act.GO_LETTERS, Act.GO_IMPORT, Act.GO_POLICY, Act.GO_SETTINGS,
)  # fmt: skip


@pytest.fixture
def walked(qtbot: QtBot, open_window: Open, example: Path, keys: Keys) -> MainWindow:
    """A window of which every screen was shown once."""
    window = open_window(example)
    assert window.desk is not None
    for act in SCREENS:
        window.go(act)
    window.open_duplicates()
    window.open_supplier(window.desk.rows[0].supplier_id)
    for _ in range(12):
        # A tab is built when it is first shown.
        keys.press("Ctrl+PgDown")
    qtbot.waitUntil(lambda: window.desk is not None and not window.desk.is_busy)
    return window


def actions_of(window: MainWindow) -> list[QAction]:
    return [action for action in window.findChildren(QAction) if action.objectName() in Act.__members__]


def owner_of(action: QAction) -> QWidget:
    owner = action.parent()
    assert isinstance(owner, QWidget)
    return owner


def test_every_action_is_bound_somewhere(walked: MainWindow) -> None:
    bound = {action.objectName() for action in actions_of(walked)}
    assert sorted(set(Act.__members__) - bound) == []


def test_no_key_means_two_things_where_the_focus_can_be(walked: MainWindow) -> None:
    by_key: dict[str, list[QAction]] = defaultdict(list)
    for action in actions_of(walked):
        for key in action.shortcuts():
            by_key[key.toString(QKeySequence.SequenceFormat.PortableText)].append(action)
    clashes = [
        f"{key}: {one.objectName()} and {other.objectName()}"
        for key, actions in by_key.items()
        for place, one in enumerate(actions)
        for other in actions[place + 1 :]
        if _meet(one, other)
    ]
    assert clashes == []


def _meet(one: QAction, other: QAction) -> bool:
    """Whether both can be asked at once: by the same part, by one inside the other, or by the whole window."""
    if Qt.ShortcutContext.WindowShortcut in (one.shortcutContext(), other.shortcutContext()):
        return True
    first, second = owner_of(one), owner_of(other)
    return first is second or first.isAncestorOf(second) or second.isAncestorOf(first)


def test_the_declared_keys_are_keys_and_the_words_are_there() -> None:
    for act in Act:
        assert act.spec.text
        assert act.spec.keys
        for key in act.spec.keys:
            assert not QKeySequence.fromString(key).isEmpty(), f"{act.name}: {key}"
