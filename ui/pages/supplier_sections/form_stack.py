"""The forms of a pane, one for each kind of record, of which one is shown; each scrolls where there is no room."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QWidget

from ui.pages.supplier_sections.noun import Noun
from ui.widgets.layout import CARD_EDGE, column, scrolled
from ui.widgets.record_form import RecordForm


class FormStack(QStackedWidget):
    """As high as the form that is shown needs, so that the buttons stand right beneath it."""

    edited = Signal()

    def __init__(self, nouns: Sequence[Noun], *, columns: int) -> None:
        """Build the forms."""
        super().__init__()
        self._forms = {noun.title: RecordForm(noun.fields, columns=columns) for noun in nouns}
        self._areas: dict[str, QScrollArea] = {}
        for title, form in self._forms.items():
            inner = QWidget()
            inner.setLayout(column(form, None))
            self._areas[title] = scrolled(inner, title)
            self.addWidget(self._areas[title])
            form.edited.connect(self.edited)

    def form_of(self, noun: Noun) -> RecordForm:
        """Return the form of one kind of record."""
        return self._forms[noun.title]

    def show_form(self, noun: Noun) -> None:
        """Show the form of one kind of record."""
        self.setCurrentWidget(self._areas[noun.title])
        self._fit(self.form_of(noun))

    def warn(self, noun: Noun, warnings: Mapping[str, str]) -> None:
        """Say what deserves a look, beneath its fields."""
        self.form_of(noun).warn(warnings)
        self._fit(self.form_of(noun))

    def _fit(self, form: RecordForm) -> None:
        self.setMaximumHeight(form.sizeHint().height() + CARD_EDGE)
