"""Turns between the threads of the program."""

import time
from typing import Any

_A_MOMENT = 0.0002
_BIT = 1000


def give_way() -> None:
    """Let another thread go on, the window first of all; for loops on a worker that make many short calls.

    Each row that SQLite gives lets go of the interpreter and takes it back before whoever waits for it has woken, so
    that nobody else gets a turn for as long as rows come. Only a moment of rest gives one.
    """
    time.sleep(_A_MOMENT)


def let_go(held: list[Any]) -> None:
    """Empty a list bit by bit: very many records at once would keep the interpreter for a tenth of a second."""
    while held:
        del held[-_BIT:]
