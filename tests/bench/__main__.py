"""Runs every bench and prints one line a figure."""

import platform
import tempfile
from pathlib import Path

from tests.bench import (
    export_bench,
    import_bench,
    letters_bench,
    look_up_bench,
    reading_bench,
    register_bench,
    turns_bench,
    window_bench,
)


def main() -> None:
    """Measure and print."""
    print(f"{platform.system()} {platform.machine()}, Python {platform.python_version()}")
    print("medians of processor time; of the window, wall time")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for measure in (
            lambda: register_bench.measure(folder, 10_000),
            lambda: register_bench.measure(folder, 100_000),
            lambda: look_up_bench.measure_quality(folder, 5_000),
            lambda: reading_bench.measure(folder),
            lambda: import_bench.measure(folder, 100_000),
            lambda: turns_bench.measure(folder, 100_000),
            lambda: export_bench.measure(folder, 100_000),
            lambda: letters_bench.measure(folder),
            lambda: window_bench.measure(folder, 10_000),
            lambda: window_bench.measure(folder, 100_000),
        ):
            print(*measure(), sep="\n", flush=True)


if __name__ == "__main__":
    main()
