"""A day to type, as Dutch readers write it: read when Enter is pressed or the field is left."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.base.formatting import parse_day, short_date
from ui.widgets.layout import restyle
from ui.widgets.line_edit import LineEdit


class DayEdit(LineEdit):
    """`chosen` tells a day that differs from the one shown.

    What is no day stays, marked, until it is mended or Esc brings the day back; `puzzled` says so.
    """

    chosen = Signal(object)
    puzzled = Signal(str)

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader says."""
        super().__init__(name, hint="dag-maand-jaar")
        self._day = date.min
        self.setFixedWidth(124)
        self.editingFinished.connect(self._read)

    def begin(self) -> None:
        """Take the focus with the whole day chosen, so that typing replaces it."""
        self.setFocus()
        self.selectAll()

    def follow(self, day: date) -> None:
        """Show a day when it is another one than before; what is being typed stays."""
        if day != self._day:
            self.show_day(day)

    def show_day(self, day: date) -> None:
        """Show a day."""
        self._day = day
        self.setText(short_date(day))
        self._mark(warned=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings back the day that is shown everywhere."""
        if event.key() == Qt.Key.Key_Escape and self.text() != short_date(self._day):
            self.show_day(self._day)
        else:
            super().keyPressEvent(event)

    def _read(self) -> None:
        try:
            day = parse_day(self.text())
        except (ValueError, OverflowError):
            self._mark(warned=True)
            self.puzzled.emit(
                f"‘{self.text()[:40]}’ is geen datum. Schrijf bijvoorbeeld 1-1-2027. Esc zet de datum terug."
            )
            return
        self._mark(warned=False)
        if day != self._day:
            self.show_day(day)
            self.chosen.emit(day)

    def _mark(self, *, warned: bool) -> None:
        self.setProperty("warned", warned)
        self.setToolTip("Dit is geen datum. Schrijf bijvoorbeeld 1-1-2027." if warned else "")
        restyle(self)
