"""One start of a window, for `window_bench`: prints a line at the first paint and one when the rows are there.

python -m tests.bench.first_paint bare|ours [REGISTER]
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def bare() -> None:
    """Show Qt's own window with one label, with the names loaded that any window with a table uses."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt  # noqa: F401
    from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTableView, QVBoxLayout, QWidget  # noqa: F401

    app = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    QVBoxLayout(window).addWidget(QLabel("x"))
    window.show()
    while not window.windowHandle().isExposed():
        app.processEvents()
    window.repaint()
    app.processEvents()
    print("painted", flush=True)


def ours(register: Path) -> None:
    """Show the program's window as `ui.main.run_window` does, and let it open a register."""
    from ui.main import begin, start

    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder, "venster.json")
        state.write_text('{"screen": "GO_SUPPLIERS"}', encoding="utf-8")
        started = start(register, state)
        assert started is not None
        app, window, instance = started
        while not window.windowHandle().isExposed():
            app.processEvents()
        window.repaint()
        app.processEvents()
        print("painted", flush=True)
        begin(window, register)
        while not (window.desk and window.desk.has_rows):
            app.processEvents()
        app.processEvents()
        print("rows", flush=True)
        window.close()
        instance.close()


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]))
