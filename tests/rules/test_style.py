"""Ruff and mypy over the whole project, as pyproject.toml sets them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "check",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)],
    ids=" ".join,
)
def test_the_code_keeps_to_the_style(check: tuple[str, ...]):
    judged = subprocess.run(
        [sys.executable, "-m", *check],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert judged.returncode == 0, judged.stdout + judged.stderr
