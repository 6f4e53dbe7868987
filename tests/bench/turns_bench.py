"""What the window's thread notices of a large import on a worker: how long it waits for its turn, and for look-up.

Wall time, because a person waits for it.
"""

import shutil
import statistics
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app import bootstrap
from app.base.progress import NoProgress
from app.services.check_import import ImportCheck, check_import
from app.services.import_register import commit
from app.services.look_up import find_matches
from app.services.read_spreadsheet import read_file
from tests.bench.import_bench import CLOCK, REPLACE, make_seed
from tests.bench.timing import Figure

_TICK = 0.001
_SHOWN = 20
_COUNTING_SECONDS = 5.0
_SOUGHT = ("bakker", "gebr", "weert", "bouw", "roermond", "0475", "maas")


def measure(folder: Path, rows: int) -> list[Figure]:
    """Return the longest wait during check and import of that many rows, and the slowest look-up of twenty."""
    folder = folder / "beurten"
    folder.mkdir()
    seed, source = make_seed(folder, rows)
    path = folder / "import.tredewijzer"
    shutil.copyfile(seed, path)

    def work() -> None:
        with closing(bootstrap.open_register(path, to_write=True, clock=CLOCK)) as register:
            checks.append(check_import(register, read_file(source), choices=REPLACE, progress=NoProgress()))
            commit(register, checks[0].preview)

    def count_on() -> None:
        end, found = time.monotonic() + _COUNTING_SECONDS, {}
        while time.monotonic() < end:
            for number in range(1000):
                found[number] = str(number)

    checks: list[ImportCheck] = []
    with closing(bootstrap.open_register(path, to_write=False, clock=CLOCK)) as register:
        waits, answers = _beside(work, lambda text: find_matches(register, text, limit=_SHOWN))
        floor, alone = _beside(count_on, lambda text: find_matches(register, text, limit=_SHOWN))
    label = f"{rows:,} rows".replace(",", ".")
    return [
        Figure(f"longest wait of the window, import of {label}", max(waits), "a thread that only counts", max(floor)),
        Figure(f"look-up meanwhile, p95, {label}", _p95(answers), "a thread that only counts", _p95(alone)),
    ]


def _beside(work: Callable[[], None], look_up: Callable[[str], object]) -> tuple[list[float], list[float]]:
    """Return how many ms this thread waited after each tick while a thread works, and how long look-ups took."""
    thread = threading.Thread(target=work, name="worker")
    waits, answers = [], []
    thread.start()
    while thread.is_alive():
        for text in _SOUGHT:
            for _ in range(20):
                began = time.perf_counter()
                time.sleep(_TICK)
                waits.append((time.perf_counter() - began - _TICK) * 1000)
            began = time.perf_counter()
            look_up(text)
            answers.append((time.perf_counter() - began) * 1000)
    thread.join()
    return waits, answers


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]
