"""The marks of a status and other small drawings, as paths: the same on every system, in any colour.

A status is always colour, mark and word together (ux, "One look").
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_RUNGS = 3


def draw_status(painter: QPainter, status: str, box: QRectF, ink: QColor) -> None:
    """Draw the mark of a status, or of an outcome of an import, into a square box."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink, box.width() * 0.16)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_MARKS[status](box))
    painter.restore()


def draw_rungs(painter: QPainter, filled: int, box: QRectF, full: QColor, empty: QColor) -> None:
    """Draw the ladder as three bars, the first ones filled: Trede 1 fills one, Aspirant and Basistrede none."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
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


def _plus(box: QRectF) -> QPainterPath:
    path = _line(box, (0.5, 0.08), (0.5, 0.92))
    path.addPath(_dash(box))
    return path


def _dash(box: QRectF) -> QPainterPath:
    return _line(box, (0.08, 0.5), (0.92, 0.5))


def _equals(box: QRectF) -> QPainterPath:
    path = _line(box, (0.1, 0.3), (0.9, 0.3))
    path.addPath(_line(box, (0.1, 0.7), (0.9, 0.7)))
    return path


def _turn(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.arcMoveTo(box, 60)
    path.arcTo(box, 60, 290)
    path.addPath(_line(box, (0.45, 0.02), (0.78, 0.06), (0.7, 0.4)))
    return path


_MARKS = {
    "COMPLIANT": _check,
    "EXPIRING": _exclamation,
    "NON_COMPLIANT": _cross,
    "POSTPONED": _hourglass,
    "EXEMPT": _diamond,
    "BELOW_THRESHOLD": _circle,
    "UNKNOWN": _question,
    "new": _plus,
    "updated": _turn,
    "unchanged": _equals,
    "maybe": _question,
    "error": _cross,
    "skipped": _dash,
    "warned": _exclamation,
    "absent": _circle,
    "reply_overdue": _exclamation,
    "post": _exclamation,
    "promise_due": _hourglass,
    "task_due": _check,
    "expired": _cross,
    "amount_unknown": _question,
    "unverified": _circle,
    "loose_call": _question,
    "within_30": _exclamation,
    "within_60": _exclamation,
    "within_90": _exclamation,
    "within_180": _circle,
}


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


def _line(box: QRectF, *points: tuple[float, float]) -> QPainterPath:
    path = QPainterPath(_at(box, *points[0]))
    for point in points[1:]:
        path.lineTo(_at(box, *point))
    return path
