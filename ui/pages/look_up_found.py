"""The left side of the phone screen: how many were found, who, and what to do when nobody was."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QWidget

from ui.pages.look_up_hits import shortened
from ui.widgets.action_button import ActionButton
from ui.widgets.hit_list import Hit, HitList
from ui.widgets.layout import column, frame_sides, row, text

_WIDTH = 388
_ALL = 100


class FoundPane(QFrame):
    """A heading, the list, and beneath it what can be typed."""

    def __init__(self, past: QAction, unknown: Sequence[QAction], *, help_words: str) -> None:
        """`past` stands in the heading; `unknown` is what can be done for somebody who is not found."""
        super().__init__()
        self.list = HitList("Gevonden leveranciers")
        self._count = text(role="small")
        self._nobody, self._nobody_words = QWidget(), text(role="muted", wraps=True)
        self._help = text(help_words, role="small", wraps=True)
        self._help.setContentsMargins(14, 12, 14, 12)
        line = QFrame()
        line.setProperty("role", "line")
        button = ActionButton(past)
        button.setProperty("kind", "flat")
        head = row(self._count, None, button)
        head.setContentsMargins(14, 2, 4, 2)
        nobody = column(self._nobody_words, *(row(ActionButton(action), None) for action in unknown), gap=12)
        nobody.setContentsMargins(14, 16, 14, 16)
        self._nobody.setLayout(nobody)
        whole = column(head, line, self.list, self._nobody, None, self._help, gap=0)
        whole.setStretch(2, _ALL)
        self.setProperty("role", "card")
        self.setLayout(whole)
        frame_sides(self)
        self.setFixedWidth(_WIDTH)

    def show_hits(self, hits: Sequence[Hit], words: str, sought: str, *, current: str = "") -> None:
        """Show who was found for what was typed, and go to the one with that key; `words` is the heading."""
        if self._count.text() != words:
            self._count.setText(words)
        typed = " ".join(sought.split())
        is_unknown = bool(typed) and not hits
        if is_unknown:
            self._nobody_words.setText(
                f"Niemand gevonden met “{shortened(typed)}”. Probeer een korter stuk, een andere schrijfwijze of "
                "het telefoonnummer."
            )
        for part, is_on in (
            (self._nobody, is_unknown),
            (self.list, bool(hits)),
            # Without a supplier to show, the card says it.
            (self._help, bool(hits) and not typed),
        ):
            if part.isHidden() == is_on:
                part.setVisible(is_on)
        self.list.show_lines(hits, current=current)
