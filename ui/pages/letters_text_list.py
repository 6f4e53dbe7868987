"""The list of letter texts: which letter, in which language, and whose words they are."""

from app.base.clock import AMSTERDAM
from app.base.formatting import short_date
from app.domain.letter import LetterKind
from app.domain.supplier import Language
from app.services.letter_texts import ListedText, TextVersion
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.widgets.row_table import RowTable

TextKey = tuple[LetterKind, Language]


class TextList(RowTable):
    """A row per kind and language; `typed_in` are the texts in which something is not saved yet."""

    def __init__(self, state: WindowState) -> None:
        """Begin without rows."""
        self.typed_in: set[TextKey] = set()
        columns = [
            Column("kind", "Brief", 0, lambda found: found.kind.label, Cell.STRONG, least=150),
            Column("language", "Taal", 44, lambda found: found.language.value.upper(), Cell.MUTED),
            Column("state", "Tekst", 104, self._state_words),
        ]
        super().__init__("letters.texts", "Teksten van brieven", columns, key_of, state)

    def _state_words(self, found: ListedText) -> str:
        if key_of(found) in self.typed_in:
            return "Niet bewaard"
        if found.has_newer:
            return "Nieuwe tekst"
        return "Eigen tekst" if found.version.is_own else "Programma"


def key_of(found: ListedText) -> TextKey:
    """Return what names a text."""
    return found.kind, found.language


def about_version(version: TextVersion) -> str:
    """Return since when a version is there, who put it there, and whose words it holds."""
    whose = "eigen tekst" if version.is_own else "tekst van het programma"
    return f"{short_date(version.saved_at.astimezone(AMSTERDAM).date())}, {version.saved_by}: {whose}"
