"""Progress of what runs off the window's thread: shown after 300 ms, with a Stop that really stops."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton

from ui.base.actions import Act, shown_key

if TYPE_CHECKING:
    from ui.base.desk import Desk
    from ui.base.tasks import Task

_PATIENCE_MS = 300


class ProgressStrip(QFrame):
    """One line for the job that runs."""

    def __init__(self) -> None:
        """Begin unseen."""
        super().__init__()
        self.setProperty("role", "card")
        self._label = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Voortgang")
        self._stop = QPushButton("Stoppen")
        self._stop.setAutoDefault(True)
        self._stop.setToolTip(f"{Act.STOP.spec.tip} ({shown_key(Act.STOP)})")
        self._stop.setAccessibleName("Stoppen")
        self._stop.clicked.connect(self.stop)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.addWidget(self._label)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._stop)
        self._tasks: list[Task] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PATIENCE_MS)
        self._timer.timeout.connect(self.show)
        self.hide()

    def follow(self, desk: "Desk") -> None:
        """Show the jobs of a register."""
        desk.task_started.connect(self._begin)
        desk.task_progressed.connect(self._step)
        desk.task_ended.connect(self._end)

    def _begin(self, task: "Task") -> None:
        if task.is_cancelled.is_set():
            # It ended before this was delivered, as when the register is closed.
            return
        self._tasks.append(task)
        self._stop.setEnabled(True)
        if len(self._tasks) == 1:
            self._label.setText(f"{task.what} …")
            self._bar.setRange(0, 0)
            self._timer.start()

    def _step(self, task: "Task", done: int, total: int, what: str) -> None:
        if self._tasks and task is self._tasks[-1]:
            self._label.setText(f"{what or task.what} …")
            self._bar.setRange(0, max(0, total))
            self._bar.setValue(done)

    def _end(self, task: "Task") -> None:
        # A job that was stopped before it began was never announced.
        if task in self._tasks:
            self._tasks.remove(task)
        if not self._tasks:
            self._timer.stop()
            self.hide()

    def stop(self) -> None:
        """Ask what runs to stop; it leaves nothing half done."""
        for task in self._tasks:
            task.cancel()
        self._stop.setEnabled(False)
        self._label.setText("Stoppen …")
