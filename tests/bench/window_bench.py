"""The window: from start to first paint beside a bare one, and from a key to the painted answer beside Qt's own table.

Wall time, because a person waits for it: medians of starts that take turns, and of keys.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app import bootstrap
from tests.bench.timing import Figure

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ui.main_window import MainWindow

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ON = date(2026, 11, 23)
_ROOT = Path(__file__).resolve().parents[2]
_STARTS = 7
_REPAINTS = 25
_CALLS = 10
_SOUGHT = ("bakker", "gebr", "weert", "bouw", "schilders", "roermond", "van den", "0475", "041", "maas")


def measure(folder: Path, suppliers: int) -> list[Figure]:
    """Return the figures for an example register with that many suppliers more."""
    register = folder / f"window-{suppliers}.tredewijzer"
    bootstrap.make_example(register, today=ON, extra=suppliers).close()
    label = f"{suppliers:,} suppliers".replace(",", ".")
    return [*_starts(register, label), *_keys(register, label)]


def _starts(register: Path, label: str) -> list[Figure]:
    bare, ours = [], []
    for _ in range(_STARTS):
        bare.append(_start("bare"))
        ours.append(_start("ours", str(register)))
    beside = _median_of(bare, "painted")
    return [
        Figure(f"start to first paint, {label}", _median_of(ours, "painted"), "bare PySide6 window", beside),
        Figure(f"start to judged rows, {label}", _median_of(ours, "rows"), "bare PySide6 window", beside),
    ]


def _start(*arguments: str) -> dict[str, float]:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.first_paint", *arguments],
        cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    seen = {line.strip(): (time.perf_counter() - began) * 1000 for line in process.stdout}
    process.wait()
    return seen


def _median_of(starts: list[dict[str, float]], what: str) -> float:
    return statistics.median(seen[what] for seen in starts)


def _keys(register: Path, label: str) -> list[Figure]:
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ui.base.actions import Act
    from ui.main import begin, make_window

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setStyleSheet("")
    floor = _repaint_of_qts_own_table(app)
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        window = make_window(app, Path(folder, "venster.json"))
        window.resize(1280, 800)
        window.show()
        window.activateWindow()
        begin(window, register)
        _wait(app, lambda: bool(window.desk and window.desk.has_rows))
        for act, what in ((Act.GO_SUPPLIERS, "filter"), (Act.GO_LOOK_UP, "look-up")):
            window.go(act)
            app.processEvents()
            lines = window.stack.findChildren(QLineEdit)
            line = next(found for found in lines if found.isVisible() and found.accessibleName() != "Peildatum")
            times = _type(app, line)
            for name, value in (("p50", statistics.median(times)), ("p95", statistics.quantiles(times, n=20)[18])):
                title = f"key to painted, {what}, {name}, {label}"
                figures.append(Figure(title, value, "QStandardItemModel repaint", floor))
        figures.append(_calls(app, window, Path(folder), label))
        window.close()
    return figures


def _calls(app: "QApplication", window: "MainWindow", settings: Path, label: str) -> Figure:
    """Return the time from the start of a second program with `--call` to the painted card in the one that runs."""
    from ui.base.single_instance import SingleInstance
    from ui.pages.look_up_page import LookUpPage
    from ui.widgets.search_box import SearchBox

    assert window.desk is not None
    register = window.desk.register
    numbers = [row.phone for row in register.suppliers.list_all("name LIMIT 200") if row.phone][:_CALLS]
    page = window.stack.currentWidget()
    assert isinstance(page, LookUpPage)
    box = page.findChild(SearchBox)
    assert box is not None
    instance = SingleInstance(settings / "tredewijzer")
    instance.is_first()
    instance.wished.connect(lambda wish: window.take_call(wish.call))
    instance.listen()
    environment = os.environ | {"XDG_CONFIG_HOME": str(settings)}
    # A call never takes the box from who types in it, as the bench did a moment ago.
    _wait(app, lambda: not page.holds_typing)
    times, floor = [], []
    for number in numbers:
        floor.append(_run([sys.executable, "-c", "import PySide6.QtNetwork, PySide6.QtWidgets"], environment))
        began = time.perf_counter()
        second = subprocess.Popen([sys.executable, "-m", "ui", "--call", number], cwd=_ROOT, env=environment)
        _wait(app, lambda number=number: box.text() == number)  # type: ignore[misc]
        app.processEvents()
        times.append((time.perf_counter() - began) * 1000)
        _wait(app, lambda second=second: second.poll() is not None)  # type: ignore[misc]
    instance.close()
    title = f"--call in a second start to painted card, p95, {label}"
    return Figure(
        title, statistics.quantiles(times, n=20)[18], "a bare start of Python and Qt", statistics.median(floor)
    )


def _run(command: list[str], environment: dict[str, str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, env=environment, check=True)
    return (time.perf_counter() - began) * 1000


def _type(app: "QApplication", line: "QLineEdit") -> list[float]:
    """Return the milliseconds from each key to the end of what it painted."""
    from PySide6.QtTest import QTest

    line.setFocus()
    times = []
    for text in _SOUGHT:
        line.clear()
        app.processEvents()
        for character in text:
            began = time.perf_counter()
            QTest.keyClicks(line, character)
            app.processEvents()
            times.append((time.perf_counter() - began) * 1000)
    return times


def _repaint_of_qts_own_table(app: "QApplication") -> float:
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QTableView

    model = QStandardItemModel()
    for row in range(50):
        model.appendRow([QStandardItem(f"Leverancier {row} kolom {column}") for column in range(8)])
    view = QTableView()
    view.setModel(model)
    view.verticalHeader().setDefaultSectionSize(24)
    view.verticalHeader().hide()
    view.resize(1280, 800)
    view.show()
    app.processEvents()
    times = []
    for _ in range(_REPAINTS):
        began = time.perf_counter()
        view.viewport().update()
        app.processEvents()
        times.append((time.perf_counter() - began) * 1000)
    view.close()
    return statistics.median(times)


def _wait(app: "QApplication", is_done: Callable[[], bool]) -> None:
    while not is_done():
        app.processEvents()
        time.sleep(0.005)
