"""Mutated files: none of them may break the program, hang it or take the machine's memory.

    python -m tests.bench.mutated_files --files 20000 [--jobs 2] [--first 0]
    python -m tests.bench.mutated_files --one 1234        again, with its outcome, and the file in the temporary folder

Every number is one file, made from a seed by chance that the number decides: a file of every format made by
`file_seeds`, or one of ../shared/data/import-torture where that lies beside the checkout (without it a number means
another file). Each is read and planned against a small register. A plan and a clear refusal are good; any other error,
the death of this process, more than five seconds, and a reader beyond 300 MB are not, and are named by their numbers.
"""

import argparse
import faulthandler
import itertools
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.base.errors import AppError
from app.base.progress import NoProgress
from app.domain.contract import AmountKind, YearAmount
from app.domain.rows import Records
from app.domain.supplier import Address, Supplier
from app.importing.choices import Choices, ImportOptions
from app.importing.plan import plan_import
from app.importing.readers import read_first_rows, read_tables
from tests.bench.file_seeds import Seed, found_seeds, own_seeds
from tests.bench.mutations import mutate

PLAN, REFUSED, CRASHED = "plan", "refused", "crashed"
SLOW_SECONDS, STUCK_SECONDS = 5.0, 60.0
MOST_MEMORY_MB = 300

TORTURE = Path(__file__).resolve().parents[3] / "shared" / "data" / "import-torture"
REGISTER = Records(
    suppliers=tuple(
        Supplier(id=f"s{n}", name=f"Café {n} Proef B.V.", kvk=f"{n + 10:08d}", own_number=str(40000 + n),
                 visiting=Address(street="Dijk", house_number=str(n), postcode="6041 AB", city="Roermond"))
        for n in range(8)
    ),
    amounts=tuple(
        YearAmount(id=f"a{n}", supplier_id=f"s{n}", year=2026, kind=AmountKind.AGREED, cents=n * 100) for n in range(8)
    ),
)  # fmt: skip


class Verdict(NamedTuple):
    """What became of one file; `words` is the refusal or where the error came from."""

    number: int
    seed: str
    outcome: str
    words: str
    seconds: float


def all_seeds() -> list[list[Seed]]:
    """Return the seeds that are made here, and those that were found in the wild where they lie beside the checkout."""
    return [pool for pool in (*own_seeds(), found_seeds(TORTURE)) if pool]


def judge(number: int, seeds: Sequence[Sequence[Seed]], path: Path) -> Verdict:
    """Make the file with that number at `path`, read it and plan its import."""
    name, data = mutate(random.Random(number), seeds)
    path.write_bytes(data)
    begun = time.perf_counter()
    outcome, words = PLAN, ""
    try:
        if number % 4 == 0:
            read_first_rows(path, NoProgress())
        plan_import(
            read_tables(path, NoProgress()),
            register=REGISTER,
            options=ImportOptions(choices=Choices(year=2026), today=date(2026, 11, 23), source=name),
            new_id=map("id-{}".format, itertools.count()).__next__,
            progress=NoProgress(),
        )
    except AppError as error:
        outcome, words = (REFUSED, str(error)) if error.advice else (CRASHED, f"no advice: {error}")
    except Exception as error:  # noqa: BLE001 - this is what is looked for
        frame = traceback.extract_tb(error.__traceback__)[-1]
        outcome, words = CRASHED, f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno})"
    return Verdict(number, name, outcome, words[:300], time.perf_counter() - begun)


def main() -> int:
    """Judge the files that were asked for and return how many were not treated well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--one", type=int)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one is not None:
        path = Path(tempfile.gettempdir(), f"mutated-{asked.one}")
        print(judge(asked.one, all_seeds(), path), path, sep="\n")
        return 0
    if asked.worker:
        _work(range(asked.first, asked.first + asked.files))
        return 0
    found = _Count()
    share = -(-asked.files // asked.jobs)
    last = asked.first + asked.files
    spans = [range(first, min(first + share, last)) for first in range(asked.first, last, share)]
    threads = [threading.Thread(target=_supervise, args=(span, found)) for span in spans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(found)
    return min(len(found.bad), 100)


def _work(numbers: range) -> None:
    """Judge these and say each verdict as a line of JSON, with the most memory that was taken so far.

    That of a reader, or of this process, which starts it: the system does not tell them apart.
    """
    import resource

    seeds = all_seeds()
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            faulthandler.dump_traceback_later(STUCK_SECONDS, exit=True)
            verdict = judge(number, seeds, Path(folder, "bestand"))
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            print(json.dumps([*verdict, memory]), flush=True)
        faulthandler.cancel_dump_traceback_later()


class _Count:
    """What was found so far; several threads add to it."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.bad: list[str] = []
        self.slowest = 0.0
        self.most_memory = 0
        self._lock = threading.Lock()

    def add(self, verdict: Verdict, memory: int) -> None:
        with self._lock:
            self.outcomes[verdict.outcome] += 1
            self.slowest = max(self.slowest, verdict.seconds)
            self.most_memory = max(self.most_memory, memory)
            if verdict.outcome == REFUSED:
                self.refusals[verdict.words[:60]] += 1
            if verdict.outcome == CRASHED or verdict.seconds > SLOW_SECONDS:
                self.blame(f"{verdict.number} {verdict.seed}: {verdict.words} ({verdict.seconds:.1f} s)")

    def blame(self, text: str) -> None:
        self.bad.append(text)
        print("BAD", text, flush=True)

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {outcome}" for outcome, count in sorted(self.outcomes.items()))
        words = "\n".join(f"{count:>7} {text}" for text, count in self.refusals.most_common(30))
        return (
            f"{self.outcomes.total()} files: {counts}; {len(self.bad)} bad\n"
            f"slowest {self.slowest:.2f} s; most memory {self.most_memory} MB\n{words}"
        )


def _supervise(numbers: range, found: _Count) -> None:
    """Have a span judged by another process, and begin again behind a file at which that process died."""
    at = numbers.start
    while at < numbers.stop:
        command = [sys.executable, "-m", "tests.bench.mutated_files", "--worker"]
        command += ["--first", str(at), "--files", str(numbers.stop - at)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
            assert worker.stdout is not None
            for line in worker.stdout:
                *verdict, memory = json.loads(line)
                found.add(Verdict(*verdict), memory)
                at = verdict[0] + 1
        if worker.returncode != 0:
            found.blame(f"{at}: the process died or was stuck ({worker.returncode})")
            at += 1
    if found.most_memory > MOST_MEMORY_MB:
        found.blame(f"a reader took {found.most_memory} MB")


if __name__ == "__main__":
    sys.exit(main())
