"""The keyboard of tests and pictures: what is pressed goes to whatever has the focus, as on a desk."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


class Keys:
    """Sends key events only; no test calls a widget's methods to do what a person does."""

    def press(self, *keys: str) -> None:
        """Press keys such as `Ctrl+F`, `Down` or `Return`, one after the other."""
        for key in keys:
            combination = QKeySequence.fromString(key)[0]  # type: ignore[index]  # the stubs forget it
            QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
            QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type text in any alphabet, a character at a time.

        QTest's own `keyClicks` aborts the process at an é, so each character is an event with its text.
        """
        for character in text:
            target = self._target()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                QCoreApplication.sendEvent(target, event)
            QApplication.processEvents()

    def paste(self, text: str) -> None:
        """Put a whole text in at once."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QCoreApplication.sendEvent(self._target(), event)
        QApplication.processEvents()

    def _target(self) -> QWidget:
        # Asked of the program and not of the window: what hangs on the wrapper of a dialog dies with that wrapper.
        if QApplication.activeWindow() is None:
            _manage_windows()
        candidates = (QApplication.activePopupWidget(), QApplication.focusWidget(), QApplication.activeModalWidget())
        found: QWidget | None = next((part for part in candidates if part is not None), QApplication.activeWindow())
        assert found is not None, "no window is active"
        return found


def _manage_windows() -> None:
    """Give the window the keyboard back after a dialog, as every desktop does and the offscreen platform does not."""
    for window in QApplication.topLevelWidgets():
        if window.isWindow() and window.isVisible():
            window.activateWindow()
    QApplication.processEvents()
