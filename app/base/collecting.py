"""Python's collector of cycles, kept quiet while very many records are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Do not look for cycles meanwhile: every new record would have all of them walked again, and none is garbage.

    For whole files on a worker, no longer than seconds. What has no cycle is let go as always.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
