"""Which of a supplier's phone numbers to call."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


def choose_number(parent: QWidget, numbers: Sequence[tuple[str, str]]) -> str:
    """Return the only number, else ask which; "" when none was chosen. Each number stands beside whose it is."""
    if len(numbers) == 1:
        return numbers[0][0]
    chosen: list[str] = []
    menu = QMenu(parent)
    for number, who in numbers:
        # Qt would take a single & for a key.
        choice = QAction(f"{number}   {who}".replace("&", "&&"), menu)
        choice.triggered.connect(lambda _on=False, number=number: chosen.append(number))
        menu.addAction(choice)
    if numbers:
        menu.exec(parent.mapToGlobal(parent.rect().center()))
    menu.deleteLater()
    return chosen[0] if chosen else ""
