"""The menu of F10: everything that can be done here, by group, made from the actions that are bound here."""

from collections.abc import Iterable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui.base.actions import Act, Group


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
                menu.addAction(shown[act.name])
    return menu
