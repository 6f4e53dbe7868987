"""The letter as it becomes: drawn again while its settings are typed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.base.errors import AppError, Cancelled
from app.base.formatting import count
from app.domain.letter import LetterSettings
from app.domain.verdict import Status
from app.services.sample_letter import SampleLetter, sample_letter
from ui.base.desk import Desk
from ui.base.tasks import Task
from ui.widgets.layout import column, text
from ui.widgets.sheet_view import SheetView

# So many suppliers are tried for the letter that is shown.
_TRIED = 100
_PAUSE_MS = 250
# So much of a line that does not fit on the letter says which line it is.
_SHOWN = 60

# The settings as typed, and the files that they name and that are not kept yet.
Typed = tuple[LetterSettings, Mapping[str, bytes]]


class SamplePane(QWidget):
    """A letter that is due now, or a sketch of one; it waits until the typing pauses."""

    def __init__(self, desk: Desk, typed: Callable[[], Typed]) -> None:
        """`typed` is asked when a letter is drawn."""
        super().__init__()
        self._desk, self._typed = desk, typed
        self._drawing: Task | None = None
        self._sheet = SheetView()
        self._about = text(role="small", wraps=True)
        self._lost = text(role="warning", wraps=True)
        self._lost.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self.setLayout(column(text("Zo wordt de brief", "heading"), self._sheet, self._lost, self._about, edge=0))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]
        # As sharp as it can be at this size.
        self._sheet.resized.connect(self.draw_soon)
        desk.rows_changed.connect(self.draw_soon)

    def draw_soon(self) -> None:
        """Draw the letter anew, once nothing happens for a moment."""
        self._pause.start()

    def _draw(self) -> None:
        if not self.isVisible() or not self._desk.is_ready:
            return
        if self._drawing:
            self._drawing.cancel()
        settings, chosen = self._typed()
        on, width = self._desk.clock.today(), self._sheet.page_width_px()
        among = [found.supplier_id for found in self._desk.rows if found.status is Status.NON_COMPLIANT][:_TRIED]
        self._drawing = self._desk.read(
            lambda register, _progress: sample_letter(
                register, settings, on=on, among=among, width_px=width, chosen=chosen
            ),
            what="Brief tekenen",
            owner=self,
            done=self._show,
            failed=self._show_none,
        )

    def _show(self, sample: SampleLetter) -> None:
        self._drawing = None
        self._sheet.show_sample(sample)
        if sample.lost:
            lines = count(len(sample.lost), "regel", "regels")
            self._lost.setText(f"Geen plaats op de brief voor {lines}, vanaf: {sample.lost[0][:_SHOWN]}")
        self._lost.setVisible(bool(sample.lost))
        words = "Een brief die nu aan de beurt is, met het venster van de envelop."
        if sample.is_invented:
            words = "Er is nu geen brief aan de beurt; dit is een brief aan een verzonnen leverancier."
        self._about.setText(words)

    def _show_none(self, error: BaseException) -> None:
        if isinstance(error, AppError):
            self._lost.setText(f"{error.message} {error.advice}".strip())
            self._lost.show()
        elif not isinstance(error, Cancelled):
            self._desk.report(error)
