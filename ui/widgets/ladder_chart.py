"""The chart "Behaald en vereist": what the policy asks over the years, and which certificates stood beside it."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.base.formatting import short_date
from app.domain.certificate import Level
from app.services.ladder import Ladder, Step
from ui.base import theme

_ROWS = (None, Level.ASPIRANT, Level.BASIS, Level.TREDE1, Level.TREDE2, Level.TREDE3)
_LEFT = 66
_TOP = 22
_BOTTOM = 24
# So little room for a year takes every second one only.
_SHORT_YEAR = 22


class LadderChart(QWidget):
    """Draws a `Ladder`; its words are also its accessible description."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._ladder: Ladder | None = None
        self._on = date.min
        self.setAccessibleName("Behaald en vereist")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(150)

    def show_ladder(self, ladder: Ladder | None, *, on: date) -> None:
        """Show what was asked and held, with a line at the reference date."""
        self._ladder, self._on = ladder, on
        words = []
        if ladder:
            words = [f"vanaf {short_date(step.from_on)} vereist: {_asked(step)}" for step in ladder.required]
            words += [f"{bar.label}: {short_date(bar.from_on)} t/m {short_date(bar.to_on)}" for bar in ladder.held]
        self.setAccessibleDescription("; ".join(words))
        self.setToolTip("\n".join(words))
        self.update()

    def sizeHint(self) -> QSize:
        """Return a size at which the years can be read."""
        return QSize(460, 190)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grid, certificates, demand and the reference date."""
        if self._ladder is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(11))
        self._draw_grid(painter, self._ladder)
        self._draw_held(painter, self._ladder)
        self._draw_required(painter, self._ladder)
        self._draw_today(painter)

    def _draw_grid(self, painter: QPainter, ladder: Ladder) -> None:
        tokens = theme.current()
        for level in _ROWS:
            y = self._y(level)
            painter.setPen(QColor(tokens.line))
            painter.drawLine(QPointF(_LEFT, y), QPointF(self.width() - 4, y))
            painter.setPen(QColor(tokens.muted))
            word = {None: "Geen", Level.ASPIRANT: "Aspirant", Level.BASIS: "Basis"}.get(level) or (
                level or Level.BASIS
            ).label
            painter.drawText(QRectF(0, y - 9, _LEFT - 8, 18), int(Qt.AlignmentFlag.AlignVCenter), word)
        years = range(ladder.first_year, ladder.last_year + 1)
        room = (self.width() - 4 - _LEFT) / max(1, len(years))
        is_short = room < 34
        for year in years[:: 2 if room < _SHORT_YEAR else 1]:
            x = self._x(date(year, 1, 1))
            box = QRectF(x + 2, self.height() - _BOTTOM + 4, 2 * room, 18)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), f"’{year % 100:02d}" if is_short else str(year))

    def _draw_held(self, painter: QPainter, ladder: Ladder) -> None:
        tokens = theme.current()
        ground = QColor(tokens.accent)
        ground.setAlphaF(0.28)
        for bar in ladder.held:
            left, right = self._x(bar.from_on), self._x(bar.to_on + timedelta(days=1))
            box = QRectF(left, self._y(bar.level), max(2.0, right - left), self._y(None) - self._y(bar.level))
            painter.fillRect(box, ground)
            painter.fillRect(QRectF(box.left(), box.top() - 1.5, box.width(), 3), QColor(tokens.accent))
            if box.width() > 60 and box.height() > 18:
                painter.setPen(QColor(tokens.text))
                room = int(box.width()) - 10
                metrics = painter.fontMetrics()
                # The level without its number says more than half a number.
                words = bar.label if metrics.horizontalAdvance(bar.label) <= room else bar.level.label
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
                painter.drawText(box.adjusted(6, 5, -4, 0), int(Qt.AlignmentFlag.AlignTop), words)

    def _draw_required(self, painter: QPainter, ladder: Ladder) -> None:
        ink = QColor(theme.current().error.fore)
        pen = QPen(ink, 1.6, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        longest, named = 0.0, QPointF()
        line: list[QPointF] = []
        for place, step in enumerate(ladder.required):
            if not step.is_known:
                painter.drawPolyline(QPolygonF(line))
                line = []
                continue
            start = self._x(max(step.from_on, date(ladder.first_year, 1, 1)))
            is_last = place + 1 == len(ladder.required)
            end = float(self.width() - 4) if is_last else self._x(ladder.required[place + 1].from_on)
            y = self._y(step.level)
            line += [QPointF(start, y), QPointF(end, y)]
            if step.level and end - start > longest:
                longest, named = end - start, QPointF(start + 6, y - 5)
        painter.drawPolyline(QPolygonF(line))
        if longest:
            painter.setPen(ink)
            painter.drawText(named, "vereist")

    def _draw_today(self, painter: QPainter) -> None:
        x = self._x(self._on)
        painter.setPen(QColor(theme.current().text))
        painter.drawLine(QPointF(x, _TOP - 4), QPointF(x, self.height() - _BOTTOM))
        box = QRectF(min(max(x - 40, _LEFT), self.width() - 84), 0, 80, 16)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), "peildatum")

    def _x(self, day: date) -> float:
        assert self._ladder is not None
        first = date(self._ladder.first_year, 1, 1).toordinal()
        last = date(self._ladder.last_year + 1, 1, 1).toordinal()
        place = min(max(day.toordinal(), first), last)
        return _LEFT + (place - first) / (last - first) * (self.width() - 4 - _LEFT)

    def _y(self, level: Level | None) -> float:
        rows = len(_ROWS) - 1
        rank = _ROWS.index(level)
        return self.height() - _BOTTOM - rank / rows * (self.height() - _BOTTOM - _TOP - 4)


def _asked(step: Step) -> str:
    if not step.is_known:
        return "onbekend, want het bedrag is niet bekend"
    return step.level.label if step.level else "niets"
