"""A caller who cannot be shown yet: while no register is open, or the screen holds on to what was typed."""

import math
import time

from ui.base.actions import Act, shown_key
from ui.base.notice import Notice, Tone

# After that long nobody is on the line any more, and Ctrl+K is to look up somebody else.
_WAITS_S = 600


class WaitingCall:
    """One number at most; a later call takes its place. It gets old, but not while no register is open."""

    def __init__(self) -> None:
        """Nobody calls."""
        self._number = ""
        self._since = 0.0

    def keep(self, number: str) -> None:
        """Let a caller wait; "" changes nothing."""
        if number:
            self._number, self._since = number, time.monotonic()

    def find(self) -> str:
        """Return the number that waits, "" for none."""
        return self._number if time.monotonic() - self._since < _WAITS_S else ""

    def take(self) -> str:
        """Return the number that waits, "" for none; it waits no longer."""
        number, self._number = self.find(), ""
        return number

    def notice(self, *, is_open: bool, name: str = "") -> Notice | None:
        """Return what to say of who waits, None when nobody does; `is_open` tells whether a register is.

        `name` is the supplier's, "" when the register does not know who it is.
        """
        if not self.find():
            return None
        if name:
            advice = f"{shown_key(Act.GO_LOOK_UP)} toont deze leverancier."
            return Notice(f"Er belt: {name} ({self._number}).", Tone.WAITING, advice, Act.GO_LOOK_UP)
        if is_open:
            advice, act = f"{shown_key(Act.GO_LOOK_UP)} toont wie.", Act.GO_LOOK_UP
        else:
            advice, act = "Open een register om te zien wie.", None
            self._since = math.inf
        return Notice(f"Er belt iemand: {self._number}.", Tone.WAITING, advice, act)
