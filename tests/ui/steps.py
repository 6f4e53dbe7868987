"""Steps that the tests of several screens share: what a person does with keys, and what is to be read."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMessageBox, QWidget

from tests.keyboard import Keys

W = TypeVar("W", bound=QWidget)
D = TypeVar("D", bound=QDialog)

_MOST_TABS = 80
_LOOK_MS = 20


def tab_to(keys: Keys, name: str, *, kind: type[W] = QWidget, is_exact: bool = True) -> W:  # type: ignore[assignment]
    """Press Tab until the control of that name has the focus; without `is_exact` the name only begins so."""
    for _ in range(_MOST_TABS):
        found = QApplication.focusWidget()
        if isinstance(found, kind):
            called = found.accessibleName() or found.property("text") or ""
            if called == name or (not is_exact and called.startswith(name)):
                return found
        keys.press("Tab")
    pytest.fail(f"Tab never reached {name}")


def tab_to_field(keys: Keys, key: str) -> QWidget:
    """Press Tab until the field of a form with that key has the focus."""
    for _ in range(_MOST_TABS):
        found = QApplication.focusWidget()
        if found is not None and found.objectName() == key:
            return found
        keys.press("Tab")
    pytest.fail(f"Tab never reached {key}")


def part(parent: QWidget | None, kind: type[W], name: str = "") -> W:
    """Return a part of the screen, by its kind and the name it is remembered by."""
    found = parent.findChild(kind, name) if parent else None
    assert isinstance(found, kind)
    return found


def words_on(place: QWidget) -> str:
    """Return every label that is to be seen, one after the other."""
    return " ".join(label.text() for label in place.findChildren(QLabel) if label.isVisible())


def when_asked(window: QWidget, kind: type[D], then: Callable[[D], object]) -> Callable[[], bool]:
    """Do something in the dialog of that kind as soon as it has the keyboard; returns whether that was done."""
    done: list[bool] = []

    def look() -> None:
        dialog, focused = QApplication.activeModalWidget(), QApplication.focusWidget()
        if isinstance(dialog, kind) and focused is not None and dialog.isAncestorOf(focused):
            timer.stop()
            then(dialog)
            done.append(True)
            # As the window manager does, which is absent here.
            window.activateWindow()

    timer = QTimer(window)
    timer.setInterval(_LOOK_MS)
    timer.timeout.connect(look)
    timer.start()
    return lambda: bool(done)


def type_path_when_asked(window: QWidget, keys: Keys, path: Path) -> None:
    """Type a path into the file dialog that the next key opens."""

    def answer(_dialog: QFileDialog) -> None:
        keys.press("Ctrl+A")
        keys.type(str(path))
        keys.press("Return")

    when_asked(window, QFileDialog, answer)


def press_when_asked(window: QWidget, keys: Keys, *pressed: str) -> list[str]:
    """Press keys in the question that comes; the list returned holds its words once it came."""
    asked: list[str] = []

    def answer(box: QMessageBox) -> None:
        asked.append(box.text())
        keys.press(*pressed)

    when_asked(window, QMessageBox, answer)
    return asked
