"""A day to type, as Dutch readers write it: read when Enter is pressed or the field is left."""

from datetime import date

from PySide6.QtCore import Signal

from app.base.formatting import parse_day, short_date
from ui.widgets.layout import restyle
from ui.widgets.line_edit import LineEdit


class DayEdit(LineEdit):
    """`chosen` tells a day that differs from the one shown; what is no day stays, marked, until it is mended."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        """`name` is what a screen reader says."""
        super().__init__(name, hint="dag-maand-jaar")
        self._day = date.min
        self.setFixedWidth(124)
        self.editingFinished.connect(self._read)

    def show_day(self, day: date) -> None:
        """Show a day."""
        self._day = day
        self.setText(short_date(day))
        self._mark(warned=False)

    def _read(self) -> None:
        try:
            day = parse_day(self.text())
        except (ValueError, OverflowError):
            self._mark(warned=True)
            return
        self._mark(warned=False)
        if day != self._day:
            self.show_day(day)
            self.chosen.emit(day)

    def _mark(self, *, warned: bool) -> None:
        self.setProperty("warned", warned)
        self.setToolTip("Dit is geen datum. Schrijf bijvoorbeeld 1-1-2027." if warned else "")
        restyle(self)
