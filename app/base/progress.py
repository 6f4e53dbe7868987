"""How long work tells where it is, and learns that it should stop."""

from typing import Protocol

from app.base.errors import Cancelled


class Progress(Protocol):
    """Told now and then how far the work is."""

    def step(self, done: int, total: int, what: str) -> None:
        """Note that `done` of `total` is finished; raises `Cancelled` when the user asked to stop."""


class NoProgress:
    """Nobody is watching."""

    def step(self, done: int, total: int, what: str) -> None:
        """Do nothing."""


class StopAfter:
    """Cancels once a number of steps was seen: how tests press the button."""

    def __init__(self, steps: int) -> None:
        """Cancel at step number `steps` + 1."""
        self.left = steps

    def step(self, done: int, total: int, what: str) -> None:
        """Count down; raises `Cancelled`."""
        if self.left == 0:
            raise Cancelled
        self.left -= 1
