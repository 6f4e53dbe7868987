"""Parts that find too little room go on in a next line, and none is cut short."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.chips import FilterChips

CHIPS = (("new", "Nieuw"), ("maybe", "Misschien dezelfde"), ("error", "Fout"))


@pytest.mark.parametrize(("room", "lines"), [(600, 1), (300, 2), (100, 3)])
def test_chips_wrap_where_there_is_too_little_room(qtbot: QtBot, room: int, lines: int) -> None:
    chips: FilterChips[str] = FilterChips(CHIPS)
    qtbot.addWidget(chips)
    chips.resize(room, chips.heightForWidth(room))
    chips.show()
    shown: list[QWidget] = list(chips.chips)
    assert len({chip.y() for chip in shown}) == lines
    assert all(chip.width() >= chip.sizeHint().width() for chip in shown)
    assert all(chip.geometry().bottom() < chips.height() for chip in shown)


def test_a_chip_that_is_hidden_leaves_no_gap(qtbot: QtBot) -> None:
    chips: FilterChips[str] = FilterChips(CHIPS)
    qtbot.addWidget(chips)
    chips.chips[1].hide()
    chips.resize(600, 40)
    chips.show()
    assert chips.chips[2].x() == chips.chips[0].geometry().right() + 1 + 4
