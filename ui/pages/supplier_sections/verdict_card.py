"""The card "Waarom dit oordeel?": the verdict in sentences, and what would mend it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from app.services.judge_suppliers import Judged
from ui.widgets.layout import CARD_EDGE, column, text


class VerdictCard(QFrame):
    """Text that can be read out loud."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty("role", "card")
        self._why, self._needed = text(wraps=True), text(role="muted", wraps=True)
        for label in (self._why, self._needed):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            # Its height follows from its width; Qt's own least height is that of the narrowest column.
            label.setMinimumHeight(1)
        self.setLayout(column(text("Waarom dit oordeel?", "heading"), self._why, self._needed, edge=CARD_EDGE))

    def show_verdict(self, judged: Judged) -> None:
        """Show why, what is needed, and what is expected beside it."""
        self._why.setText(judged.explanation)
        parts = [judged.needed, *judged.advice]
        self._needed.setText("\n".join(filter(None, parts)))
        self._needed.setVisible(any(parts))
