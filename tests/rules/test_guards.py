"""What tests/conftest.py forbids is caught, in a run of its own over tests that each break one rule."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

OFFENDERS = """
import logging, pathlib, socket, threading, time, warnings

def test_warning_in_the_log():
    logging.getLogger("app.x").warning("boo")

def test_expected_warning(expected_log):
    expected_log("^boo")
    logging.getLogger("app.x").error("boo %s", 1)

def test_expected_warning_that_stays_away(expected_log):
    expected_log("boo")

def test_swallowed_connection():
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except OSError:
        pass

def test_thread():
    threading.Thread(target=time.sleep, args=(4,), daemon=True).start()

def test_python_warning():
    warnings.warn("boo")

def test_home(own_home):
    assert pathlib.Path.home() == own_home
"""
QT_OFFENDER = """
def test_qt_warning(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("boo")

def test_slot(qtbot):
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(50)
"""


def outcomes(folder: Path, tests: str, *arguments: str) -> dict[str, set[str]]:
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    (folder / "tests" / "test_offenders.py").write_text(tests, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )
    found: dict[str, set[str]] = {"PASSED": set(), "FAILED": set(), "ERROR": set()}
    for outcome, name in re.findall(r"^(PASSED|FAILED|ERROR) \S+::test_(\w+)", done.stdout, re.MULTILINE):
        found[outcome].add(name)
    assert any(found.values()), done.stdout + done.stderr
    return found


def test_a_test_that_breaks_a_rule_does_not_pass(tmp_path: Path):
    found = outcomes(tmp_path, OFFENDERS)
    assert found["FAILED"] == {"python_warning"}
    assert found["ERROR"] == {
        "warning_in_the_log",
        "expected_warning_that_stays_away",
        "swallowed_connection",
        "thread",
    }
    assert {"expected_warning", "home"} <= found["PASSED"]


def test_a_warning_of_qt_and_an_error_in_a_slot_do_not_pass(tmp_path: Path):
    pytest.importorskip("pytestqt", reason="pytest-qt is absent")
    found = outcomes(tmp_path, QT_OFFENDER)
    assert found["FAILED"] | found["ERROR"] == {"qt_warning", "slot"}
