"""The timeline: no entry runs into the next one, whatever wraps."""

from datetime import date, timedelta
from itertools import pairwise

from pytestqt.qtbot import QtBot

from app.services.timeline import EntryKind, TimelineEntry
from ui.widgets.timeline_list import TimelineList

WORDS = "Gesprek waarin is gezegd dat de hercertificering loopt en dat het bewijs volgt "


def _entry(at: int) -> TimelineEntry:
    return TimelineEntry(
        day=date(2026, 11, 20) - timedelta(days=at),
        kind=EntryKind.CALL,
        title=WORDS[: 12 + 3 * at],
        detail=WORDS[: 9 + 2 * at],
        record_id=str(at),
    )


def test_every_entry_has_the_room_that_its_words_need_also_when_the_scroll_bar_comes(qtbot: QtBot) -> None:
    shown = TimelineList()
    qtbot.addWidget(shown)
    shown.show()
    for width in (304, 330, 610):
        shown.resize(width, 400)
        for number in (3, 24):
            shown.show_entries([_entry(at) for at in range(number)])
            # A view measures its rows a moment after it was resized.
            qtbot.wait(200)
            boxes = [shown.visualRect(shown.model().index(at, 0)) for at in range(number)]
            assert all(upper.bottom() < lower.top() for upper, lower in pairwise(boxes))
            assert shown.verticalScrollBar().isVisible() == (number > 3)
