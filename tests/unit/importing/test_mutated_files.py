"""Five hundred spoilt files; `tests/bench/mutated_files.py` makes as many as one likes."""

from collections import Counter
from pathlib import Path

from tests.bench.file_seeds import own_seeds
from tests.bench.mutated_files import CRASHED, PLAN, REFUSED, judge


def test_every_spoilt_file_ends_in_a_plan_or_a_clear_refusal(tmp_path: Path):
    texts, *workbooks = own_seeds()
    # Of texts more than of each kind of workbook, which take a process each.
    seeds = [texts, texts, texts, *workbooks]
    verdicts = [judge(number, seeds, tmp_path / "bestand") for number in range(500)]
    assert not [verdict for verdict in verdicts if verdict.outcome == CRASHED]
    # Most spoil a file, and still leave much of it to be read.
    counts = Counter(verdict.outcome for verdict in verdicts)
    assert min(counts[PLAN], counts[REFUSED]) > 100
