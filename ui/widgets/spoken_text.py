"""Sentences to say out loud, large, with the facts in them in bold so that the eye finds them."""

import re
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.base import theme

_PX = 16
# A level or a day is not torn over two lines.
_TORN = re.compile(r"(?<=Trede) (?=\d)|(?<=[a-z]) (?=\d{4}\b)")
# Days, amounts, levels and the kenmerk of a letter.
_FACTS = re.compile(
    r"(\d{1,2}\u00a0[a-z]+\u00a0\d{4}|€\u00a0-?[\d.]*\d(?:,\d\d)?|Trede\u00a0\d|Aspirant-status|Basistrede"
    r"|(?<=kenmerk )[^\s,:]+)"
)


class SpokenText(QLabel):
    """The sentences; what a supplier wrote is escaped, never markup."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setFont(theme.font(_PX))
        self.words = ""

    def say(self, words: str) -> None:
        """Show these sentences."""
        if words != self.words:
            self.words = words
            unbroken = _TORN.sub("\u00a0", words)
            self.setText(_FACTS.sub(r"<b>\1</b>", escape(unbroken, quote=False)))
            self.setAccessibleName(words)
