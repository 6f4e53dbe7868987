"""The arrows between the rooms, as import-linter reads them from pyproject.toml."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# What the window may enter.
DOORS = {"app.base", "app.domain", "app.services"}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"]
    return subprocess.run(
        [*command, "--no-logo", "--no-cache"],
        cwd=folder,
        # The copy that is judged must be found before the installed project.
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )


def copy_of_the_code(folder: Path) -> Path:
    for package in ("app", "ui"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_imports_keep_to_the_arrows():
    judged = lint_imports(ROOT)
    assert judged.returncode == 0, judged.stdout + judged.stderr


def test_every_room_of_the_core_is_a_door_or_closed_to_the_window():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    closed = next(contract["forbidden_modules"] for contract in settings["contracts"] if contract["id"] == "doors")
    parts = [path for path in (ROOT / "app").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    rooms = {f"app.{path.stem}" for path in parts} - {"app.__init__"}
    assert rooms == DOORS | set(closed)


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("app/base/clock.py", "import app.domain", "Inside app, imports point to the base"),
        ("app/policy/__init__.py", "import app.storage", "Inside app, imports point to the base"),
        ("app/letters/__init__.py", "import app.importing", "Inside app, imports point to the base"),
        ("app/guesses.py", "", "Inside app, imports point to the base"),
        ("app/services/__init__.py", "from PySide6.QtCore import QObject", "The core knows no window"),
        ("app/cli.py", "def f():\n    import ui.main", "The core knows no window"),
        ("ui/helpers.py", "", "Inside ui, imports point to the base"),
        ("ui/base/__init__.py", "import app.storage", "The window enters the core by services, domain and base"),
        ("ui/base/__init__.py", "import app.bootstrap", "The window enters the core by services, domain and base"),
        ("app/services/__init__.py", "import sqlite3", "Only app.storage speaks to SQLite"),
        ("app/domain/__init__.py", "from sqlite_utils import Database", "Only app.storage speaks to SQLite"),
        ("ui/main.py", "from reportlab.pdfgen import canvas", "Only app.letters and app.reports draw PDF"),
        ("app/storage/__init__.py", "import python_calamine", "Only app.importing reads spreadsheets"),
        ("app/services/__init__.py", "import pypdf", "Only app.letters reads PDF and pictures"),
        ("ui/base/__init__.py", "from PIL import Image", "Only app.letters reads PDF and pictures"),
        ("app/services/__init__.py", "from xlsxwriter import Workbook", "Only app.reports writes spreadsheets"),
    ],
)
def test_an_import_against_the_arrows_is_caught(tmp_path: Path, file: str, line: str, contract: str):
    code = copy_of_the_code(tmp_path)
    target = code / file
    target.parent.mkdir(exist_ok=True)
    before = target.read_text(encoding="utf-8") if target.exists() else '"""New."""\n'
    target.write_text(f"{before}\n{line}\n", encoding="utf-8")
    judged = lint_imports(code)
    assert judged.returncode != 0, judged.stdout
    assert f"{contract} BROKEN" in judged.stdout, judged.stdout + judged.stderr
