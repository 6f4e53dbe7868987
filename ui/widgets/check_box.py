"""A box to tick with its words, drawn as the boxes of a table are."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QStylePainter

from ui.base import symbols, theme

_BOX = 14


class CheckBox(QCheckBox):
    """Fusion's own box has square corners and other colours."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge of the focus, the box and the words."""
        tokens = theme.current()
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        style = self.style()
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(tokens.accent))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        place = style.subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        box = QRectF(place.center().x() - _BOX / 2 + 1, place.center().y() - _BOX / 2 + 1, _BOX, _BOX)
        ink = QColor(tokens.accent if self.isEnabled() else tokens.muted)
        symbols.draw_check_box(painter, box, is_checked=self.isChecked(), ink=ink, ground=QColor(tokens.on_accent))
        option.rect = style.subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        painter.drawControl(QStyle.ControlElement.CE_CheckBoxLabel, option)
