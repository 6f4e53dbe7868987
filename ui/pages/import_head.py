"""The top of an import: which file, where its table was found, how it was understood, and where the user is."""

from PySide6.QtWidgets import QWidget

from ui.pages import import_words as words
from ui.pages.import_draft import ImportDraft
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import column, row, text
from ui.widgets.step_pills import StepPills


class ImportHead(QWidget):
    """Title, facts, steps and notes."""

    def __init__(self) -> None:
        """Begin at the first step."""
        super().__init__()
        self._title = ElidedLabel("Importeren", "title")
        self._facts = ElidedLabel(role="muted")
        self._pills = StepPills(("Bestand", "Kolommen", "Nakijken"))
        self._notes = text(role="small", wraps=True)
        line = row(column(self._title, self._facts, gap=4), self._pills, gap=16)
        line.setStretch(0, 1)
        self.setLayout(column(line, self._notes, gap=4))

    def show_draft(self, draft: ImportDraft, step: int) -> None:
        """Show a file at a step; at the first one there is none yet."""
        in_file = step == 0
        self._pills.show_step(step)
        self._title.say(f"Importeren — {draft.name}" if draft.name and not in_file else "Importeren")
        facts = words.facts(draft.check, draft.look, is_reading=draft.is_reading)
        self._facts.say(words.INTRODUCTION if in_file else facts)
        notes = words.notes(draft.check) if draft.check and not in_file else ""
        self._notes.setText(notes)
        self._notes.setVisible(bool(notes))
