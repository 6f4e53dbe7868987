"""What a screen is, and how screens reach each other: through the frame, never by climbing."""

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.base.desk import Desk
    from ui.base.state import WindowState


class Navigator(Protocol):
    """The ways from one screen to another; the frame implements them."""

    def open_supplier(self, supplier_id: str, *, section: str = "") -> None:
        """Show everything about one supplier; `section` names the tab, form or field to begin at."""

    def open_suppliers(self) -> None:
        """Show the table of all suppliers."""

    def open_duplicates(self, supplier_ids: Collection[str] = ()) -> None:
        """Show which suppliers are probably there twice, or two that were chosen."""

    def open_letters(self, supplier_ids: Collection[str]) -> None:
        """Prepare letters for these suppliers."""

    def open_letter(self, letter_id: str) -> None:
        """Show one letter of the archive."""

    def open_import(self, path: Path) -> None:
        """Begin the import of a file."""

    def new_supplier(self, name: str = "") -> None:
        """Begin a new supplier, with what is known of its name."""

    def leave_register(self) -> None:
        """Close the register for another one."""

    def go_back(self) -> None:
        """Show the screen before this one."""


class Page(QWidget):
    """One screen. It may read through the desk's own connection and lets the workers do the rest."""

    def __init__(self, desk: "Desk", navigator: Navigator, state: "WindowState") -> None:
        """Build the parts; data come with `arrive`."""
        super().__init__()
        self.desk = desk
        self.navigator = navigator
        self.state = state

    def arrive(self) -> None:
        """Be shown: bring what is on screen up to date and put the focus where work begins."""

    @property
    def unknown_name(self) -> str:
        """What was typed to find a supplier that is not there: a new one begins with it."""
        return ""

    @property
    def holds_typing(self) -> bool:
        """Whether something typed here is not saved, or somebody types right now: then no other screen comes by itself.

        Where `may_leave` would ask, this is True.
        """
        return False

    def take_back(self) -> bool:
        """Undo what was done last on this screen and is not in the register; returns whether there was such a thing."""
        return False

    def may_leave(self) -> bool:
        """Whether the screen may be left or closed now; asks the user where something would be lost."""
        return True

    def may_close(self) -> bool:
        """Whether the register may be closed now, shown or not; asks the user where work would be stopped."""
        return True
