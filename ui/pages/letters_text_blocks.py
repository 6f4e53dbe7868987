"""The pieces of a letter text that may be left out, as boxes to tick."""

from collections.abc import Mapping
from functools import partial
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.widgets.check_box import CheckBox

_COLUMNS = 2
# So much of a name fits twice beside each other in a small window.
_SHOWN = 24


class TextBlocks(QWidget):
    """`wanted` tells that a block was ticked or unticked: its name, and whether it is wanted."""

    wanted = Signal(str, bool)

    def __init__(self) -> None:
        """Begin without blocks, hidden."""
        super().__init__()
        self._boxes: dict[str, CheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(0)
        self.hide()

    def show_blocks(self, blocks: Mapping[str, bool] | None, *, can_change: bool) -> None:
        """Show the blocks of a text; None leaves those of before, of a text that cannot be read right now."""
        if blocks is not None and list(blocks) != list(self._boxes):
            self._rebuild(blocks)
        for name, box in self._boxes.items():
            box.setEnabled(can_change and blocks is not None)
            box.blockSignals(True)
            box.setChecked(bool(blocks[name]) if blocks is not None else box.isChecked())
            box.blockSignals(False)

    def _rebuild(self, blocks: Mapping[str, bool]) -> None:
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.deleteLater()
        self._boxes = {}
        for place, name in enumerate(blocks):
            shown = name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…"
            # An office may write anything here: no key of a menu, no markup.
            box = CheckBox(shown.replace("&", "&&"))
            box.setAccessibleName(f"Blok: {name}")
            box.setToolTip(f"<qt>{escape(name)}</qt>")
            box.toggled.connect(partial(self.wanted.emit, name))
            self._boxes[name] = box
            self._grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
        self.setVisible(bool(blocks))
