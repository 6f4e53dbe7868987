"""The menu of F10: everything that can be done here, by group, made from the actions that are bound here."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.base.actions import Act, Group, shown_key


def action_menu(parent: QWidget, parts: Iterable[QWidget]) -> QMenu:
    """Return the menu of what these parts can do; of one action bound twice the first."""
    menu = QMenu(parent)
    menu.setAccessibleName("Menu")
    shown: dict[str, QAction] = {}
    for part in parts:
        for action in part.actions():
            if action.isVisible() and action.objectName() in Act.__members__:
                shown.setdefault(action.objectName(), action)
    for group in Group:
        acts = [act for act in Act if act.spec.group is group and act.name in shown and act is not Act.MENU]
        if acts:
            menu.addSection(group.value)
            for act in acts:
                _add(menu, act, shown[act.name])
    return menu


def _add(menu: QMenu, act: Act, action: QAction) -> None:
    """Add what does the same: an action itself would be shown with its key in the words of Qt."""
    entry = menu.addAction(f"{action.text()}\t{shown_key(act)}")
    entry.setObjectName(act.name)
    entry.setToolTip(action.toolTip())
    entry.setEnabled(action.isEnabled())
    entry.setCheckable(action.isCheckable())
    entry.setChecked(action.isChecked())
    entry.triggered.connect(action.trigger)
