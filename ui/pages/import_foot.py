"""The bottom of an import: what to know before the next step, and the buttons that lead there."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from ui.pages import import_words as words
from ui.pages.import_draft import ImportDraft
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import row, text

_FILE, _COLUMNS = 0, 1


class ImportFoot(QWidget):
    """A line of words and the buttons of the step. It decides whether the next step can be taken."""

    def __init__(self, back: QAction, faults: QAction, next_step: QAction) -> None:
        """`next_step` says what it does at each step."""
        super().__init__()
        self._next = next_step
        self._words = text(role="muted", wraps=True)
        self.primary = ActionButton(next_step, is_primary=True)
        line = row(self._words, ActionButton(back), ActionButton(faults), self.primary)
        line.setStretch(0, 1)
        self.setLayout(line)

    def show_draft(self, draft: ImportDraft, step: int, *, is_done: bool, can_write: bool, undecided: int) -> None:
        """Show where a file is; `is_done`: one was stored; `undecided` rows wait for a decision."""
        self._show_next(draft, step, is_done=is_done, can_write=can_write)
        self._words.setText(
            words.foot(
                draft.check,
                step=step,
                can_write=can_write,
                is_writing=draft.is_storing,
                left=draft.open_questions,
                undecided=undecided,
            )
        )
        self.setVisible(step != _FILE or self._next.isVisible() or bool(self._words.text()))

    def _show_next(self, draft: ImportDraft, step: int, *, is_done: bool, can_write: bool) -> None:
        check = draft.check
        is_shown = is_enabled = True
        if step == _FILE:
            is_shown = is_done or check is not None
            verb = "Naar de leveranciers" if is_done else f"Verder met {words.short_name(draft.name)}"
        elif step == _COLUMNS:
            is_enabled = (draft.is_ready or draft.is_reading) and not draft.open_questions
            verb = "Verder naar nakijken"
        else:
            can_import = bool(check and words.changes_something(check) and can_write)
            is_enabled = can_import and draft.is_ready and not draft.is_storing and not draft.open_questions
            verb = words.import_verb(check) if check else "Importeren"
        self._next.setText(verb)
        self._next.setVisible(is_shown)
        self._next.setEnabled(is_shown and is_enabled)
