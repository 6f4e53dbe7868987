"""What the program says to the user without a dialog."""

from enum import StrEnum
from typing import NamedTuple

from ui.base.actions import Act


class Tone(StrEnum):
    """How a notice is meant."""

    DONE = "done"
    NOTE = "note"
    PROBLEM = "problem"


class Notice(NamedTuple):
    """One line for the user: what happened, what to do now, and the action that does it."""

    text: str
    tone: Tone = Tone.DONE
    advice: str = ""
    act: Act | None = None
