"""Brieven: every letter to a supplier."""

from app.base.formatting import day_month, short_date
from app.domain.letter import Letter
from app.services.show_supplier import Dossier
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages.letters_reply_words import reply_day, reply_day_words
from ui.pages.list_export import bind_export
from ui.pages.supplier_sections.section import Section
from ui.widgets.layout import column, empty_words, framed, table_head, text
from ui.widgets.row_table import RowTable


def _certified_words(letter: Letter) -> str:
    """Return the last day to hold the certificate; "" for a letter that asks for none."""
    return short_date(letter.certified_by) if letter.kind.asks else ""


_COLUMNS = [
    Column("on", "Datum", 116, lambda r: short_date(r.written_on), Cell.TEXT, lambda r: r.written_on,
           fact=Fact("date", lambda r: r.written_on)),
    Column("kenmerk", "Kenmerk", 160, lambda r: r.kenmerk, Cell.STRONG, lambda r: r.kenmerk),
    Column("kind", "Soort", 0, lambda r: r.kind.label),
    Column("reply", "Reageren t/m", 116, reply_day_words, Cell.TEXT, lambda r: r.reply_by,
           fact=Fact("date", reply_day)),
    Column("certified", "Certificaat t/m", 126, _certified_words, Cell.TEXT, lambda r: r.certified_by,
           fact=Fact("date", lambda r: r.certified_by if r.kind.asks else None)),
    Column("by", "Gemaakt door", 150, lambda r: r.made_by, Cell.MUTED, yields=True),
    Column("state", "Stand", 104, lambda r: r.state.value.capitalize()),
]  # fmt: skip


class LettersSection(Section):
    """The newest first; Enter shows the letter as it was made."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the table."""
        super().__init__(desk, navigator, state)
        self._answers: dict[str, str] = {}
        self._supplier = ""
        answer = Column("answer", "Antwoord", 190, lambda r: self._answers.get(r.id, ""))
        self._table = RowTable("supplier.letters", "Brieven", [*_COLUMNS, answer], lambda r: r.id, state)
        self._table.opened.connect(lambda letter: navigator.open_letter(letter.id))
        bind_export(
            self._table, desk, self._table, name="Brieven", whose=lambda: self._supplier, noun=("brief", "brieven")
        )
        self._empty = empty_words("Nog geen brieven aan deze leverancier. Maak er een met Ctrl+B.")
        self._hint = text("Enter opent de brief zoals hij is gemaakt.", "small")
        head = table_head(text("Brieven", "heading"), None, self._hint)
        self.setLayout(column(framed(head, self._table, self._empty)))
        self._steps_out(self._table)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the letters."""
        self._supplier = dossier.supplier.name
        letters = dossier.letters[::-1]
        self._answers = {
            reply.letter_id: f"{reply.kind.label}, {day_month(reply.received_on)}"
            for reply in sorted(dossier.replies, key=lambda reply: reply.received_on)
        }
        self._table.show_rows(letters)
        for part, is_seen in ((self._table, bool(letters)), (self._hint, bool(letters)), (self._empty, not letters)):
            part.setVisible(is_seen)

    def take_focus(self, key: str = "") -> None:
        """Begin in the table."""
        if key:
            self._table.make_current(key)
        if self._table.isVisible():
            self._table.setFocus()
        else:
            self.stepped_out.emit()
