"""What the program says to the user without a dialog."""

from enum import StrEnum
from typing import NamedTuple

from ui.base.actions import Act


class Tone(StrEnum):
    """How a notice is meant; one that is waiting stays until it was read, as a problem does."""

    DONE = "done"
    NOTE = "note"
    WAITING = "waiting"
    PROBLEM = "problem"


class Notice(NamedTuple):
    """One line for the user: what happened, what to do now, and the action that does it."""

    text: str
    tone: Tone = Tone.DONE
    advice: str = ""
    act: Act | None = None


def sentence(words: str) -> str:
    """Return words with one full stop, also after `B.V.`."""
    return words if words.endswith(".") else f"{words}."
