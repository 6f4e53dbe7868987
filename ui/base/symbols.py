"""The marks of a status and other small drawings, as paths: the same on every system, in any colour.

A status is always colour, mark and word together (ux, "One look").
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from app.domain.certificate import Level
from app.domain.verdict import Status

_RUNGS = 3


def draw_status(painter: QPainter, status: Status, box: QRectF, ink: QColor) -> None:
    """Draw the mark of a status into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink, box.width() * 0.16)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_MARKS[status](box))
    painter.restore()


def draw_rungs(painter: QPainter, level: Level | None, box: QRectF, full: QColor, empty: QColor) -> None:
    """Draw the ladder as three bars, filled up to the level; Aspirant and Basistrede fill none."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    filled = max(0, level.rank - 2) if level else 0
    width = box.width() / (_RUNGS * 1.3)
    for rung in range(_RUNGS):
        height = box.height() * (0.45 + 0.275 * rung)
        left = box.left() + rung * width * 1.3
        painter.setBrush(full if rung < filled else empty)
        painter.drawRoundedRect(QRectF(left, box.bottom() - height, width, height), 1, 1)
    painter.restore()


def draw_check_box(painter: QPainter, box: QRectF, *, is_checked: bool, ink: QColor, ground: QColor) -> None:
    """Draw a box to tick."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1.3))
    painter.setBrush(ink if is_checked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 3, 3)
    if is_checked:
        pen = QPen(ground, 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_check(box.adjusted(2, 2, -2, -2)))
    painter.restore()


def _check(box: QRectF) -> QPainterPath:
    return _line(box, (0.1, 0.55), (0.4, 0.85), (0.92, 0.18))


def _cross(box: QRectF) -> QPainterPath:
    path = _line(box, (0.15, 0.15), (0.85, 0.85))
    path.addPath(_line(box, (0.85, 0.15), (0.15, 0.85)))
    return path


def _exclamation(box: QRectF) -> QPainterPath:
    path = _line(box, (0.5, 0.05), (0.5, 0.6))
    path.addPath(_line(box, (0.5, 0.93), (0.5, 0.94)))
    return path


def _hourglass(box: QRectF) -> QPainterPath:
    return _line(box, (0.18, 0.05), (0.82, 0.05), (0.18, 0.95), (0.82, 0.95), (0.18, 0.05))


def _diamond(box: QRectF) -> QPainterPath:
    return _line(box, (0.5, 0.02), (0.95, 0.5), (0.5, 0.98), (0.05, 0.5), (0.5, 0.02))


def _circle(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(box.adjusted(1, 1, -1, -1))
    return path


def _question(box: QRectF) -> QPainterPath:
    path = QPainterPath(_at(box, 0.22, 0.28))
    path.cubicTo(_at(box, 0.22, -0.08), _at(box, 0.85, -0.08), _at(box, 0.8, 0.32))
    path.cubicTo(_at(box, 0.76, 0.5), _at(box, 0.5, 0.48), _at(box, 0.5, 0.66))
    path.addPath(_line(box, (0.5, 0.93), (0.5, 0.94)))
    return path


_MARKS = {
    Status.COMPLIANT: _check,
    Status.EXPIRING: _exclamation,
    Status.NON_COMPLIANT: _cross,
    Status.POSTPONED: _hourglass,
    Status.EXEMPT: _diamond,
    Status.BELOW_THRESHOLD: _circle,
    Status.UNKNOWN: _question,
}


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


def _line(box: QRectF, *points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(_at(box, *points[0]))
    for point in points[1:]:
        path.lineTo(_at(box, *point))
    return path
