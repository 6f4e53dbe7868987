"""Python's collector of cycles, kept quiet while very many records are made and held."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting(*, is_held: bool = False) -> Iterator[None]:
    """Do not look for cycles meanwhile: every new record would have all of them walked again, and none is garbage.

    For whole files on a worker, no longer than seconds. What has no cycle is let go as always. `is_held` tells that the
    records stay: until `collect_again` they are not walked either, because that holds up the window for a second.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if is_held:
                gc.freeze()
            gc.enable()


def collect_again() -> None:
    """Look for cycles among everything again, once the records that were held are let go."""
    gc.unfreeze()
