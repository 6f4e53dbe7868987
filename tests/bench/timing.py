"""Measuring: processor time, the median of several rounds, and a ratio."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the report: ours beside its floor or peer, in milliseconds of processor time."""

    what: str
    ours_ms: float
    beside: str
    beside_ms: float

    def __str__(self) -> str:
        """The line as printed."""
        ratio = self.ours_ms / self.beside_ms if self.beside_ms else float("nan")
        return f"{self.what:<46}{self.ours_ms:>11.3f} ms{ratio:>10.2f} x  {self.beside} ({self.beside_ms:.3f} ms)"


def median_ms(
    work: Callable[[], object],
    *,
    rounds: int = 5,
    per_round: int = 1,
    before: Callable[[], object] | None = None,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """Return the median time of one call in ms, processor time by default; `per_round` calls are timed together.

    `before` runs before each round and is not timed.
    """
    found = []
    for _ in range(rounds):
        if before:
            before()
        started = clock()
        for _ in range(per_round):
            work()
        found.append((clock() - started) * 1000 / per_round)
    return statistics.median(found)


def with_children() -> float:
    """Return the processor seconds of this process and of those that it started and that ended; a clock."""
    import resource

    return sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
