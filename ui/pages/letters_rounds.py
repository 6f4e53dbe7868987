"""Every round of letters with how far it is; Enter goes on with one, also on a later day."""

from operator import attrgetter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.base.formatting import count, number, short_moment
from app.domain.letter import RoundTally
from app.services.letter_archive import list_round
from app.services.letter_rounds import list_rounds, post_round, withdraw_round
from ui.base.actions import Act, bind, shown_key
from ui.base.desk import Desk
from ui.base.notice import Notice
from ui.base.state import WindowState
from ui.base.tasks import Task, Work
from ui.dialogs import ask
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages.letters_output import touched
from ui.pages.list_export import bind_export
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import column, empty_words, framed, row, text
from ui.widgets.row_table import RowTable


class RoundsPanel(QWidget):
    """The list, read anew by `catch_up`. `opened` gives the round to go on with, `told` that the list was read."""

    opened = Signal(object)
    told = Signal()

    def __init__(self, desk: Desk, state: WindowState) -> None:
        """Begin without rounds; they are read by `arrive` or `catch_up`."""
        super().__init__()
        self._desk = desk
        self._loading: Task | None = None
        self._found: tuple[RoundTally, ...] = ()
        self._is_stale = True
        self._posted = bind(Act.MARK_POSTED, self, self._post)
        self._withdraw = bind(Act.WITHDRAW, self, self._take_back)
        self.table = RowTable("letters.rounds", "Rondes", _COLUMNS, lambda found: found.round.id, state)
        self._export = bind_export(self, desk, self.table, name="Rondes", noun=("ronde", "rondes"))
        self._empty = empty_words()
        hint = text("Enter opent een ronde om verder te gaan.", "small")
        buttons = row(ActionButton(self._posted), ActionButton(self._withdraw), ActionButton(self._export), None, hint)
        self.setLayout(column(framed(self.table, self._empty), buttons, gap=12))
        self.table.opened.connect(self.opened)
        self.table.current_changed.connect(lambda _row: self._tell())
        desk.changed.connect(self._mark_stale)
        self._tell()

    def arrive(self) -> None:
        """Be shown: bring the list up to date and put the focus on it."""
        self.catch_up()
        self.table.setFocus()

    def catch_up(self) -> None:
        """Read the rounds when something changed since."""
        if not self._is_stale:
            return
        if self._loading:
            self._loading.cancel()
        self._is_stale = False
        self._loading = loading = self._desk.read(
            lambda register, _progress: list_rounds(register),
            what="Rondes zoeken",
            owner=self,
            done=lambda found: self._show(found, loading),
        )

    def unfinished(self) -> RoundTally | None:
        """Return the newest round of which letters wait for the post, None when there is none."""
        first = next(iter(self._found), None)
        return first if first and first.is_unfinished else None

    def _show(self, found: tuple[RoundTally, ...], loading: Task) -> None:
        if loading is self._loading:
            self._loading = None
            known = {item.round.id for item in self._found}
            self._found = found
            # A round that was put down since is what one comes for.
            is_new = any(item.is_unfinished and item.round.id not in known for item in found[:1])
            self.table.show_rows(found, keeps_place=not is_new)
            self._tell()
            self.told.emit()

    def _mark_stale(self) -> None:
        self._is_stale = True

    def _tell(self) -> None:
        current: RoundTally | None = self.table.current_row()
        self._posted.setEnabled(current is not None and current.is_unfinished)
        self._withdraw.setEnabled(current is not None and current.standing > 0 and not current.posted)
        self._empty.setText(f"Er zijn nog geen rondes. Zet brieven klaar met {shown_key(Act.NEW_ROUND)}.")
        self._empty.setVisible(not self._found)
        self.table.setVisible(bool(self._found))

    # -- with a whole round -----------------------------------------------------------------------------------------

    def _post(self) -> None:
        current: RoundTally = self.table.current_row()
        waiting = count(current.standing - current.posted, "brief", "brieven")
        question = f"{waiting} van deze ronde vastleggen als gepost? Dat kan niet ongedaan worden gemaakt."
        if not self._desk.can_write or ask.confirm(self, "Gepost", question, verb="Ja, gepost"):
            notice = Notice(f"{waiting} vastgelegd als gepost.")
            self._change(current, lambda register, _: post_round(register, current.round.id), notice)

    def _take_back(self) -> None:
        current: RoundTally = self.table.current_row()
        notice = Notice(f"{count(current.standing, 'brief', 'brieven')} ingetrokken.", act=Act.UNDO)
        self._change(current, lambda register, _: withdraw_round(register, current.round.id), notice)

    def _change(self, tally: RoundTally, work: Work, notice: Notice) -> None:
        suppliers = {item.supplier_id for item in list_round(self._desk.register, tally.round.id)}
        self._desk.write(
            work,
            what="Ronde vastleggen",
            owner=self,
            done=lambda _: self._desk.noticed.emit(notice),
            touched=touched(list(suppliers)),
        )


def state_words(tally: RoundTally) -> str:
    """Return how far a round is: `8 afgedrukt, niet gepost`."""
    if not tally.standing:
        return "Ingetrokken"
    if not tally.is_unfinished:
        return "Gepost"
    if tally.posted:
        return f"{number(tally.standing - tally.posted)} nog niet gepost"
    if not tally.printed:
        return "Nog niet afgedrukt"
    if tally.printed < tally.standing:
        return f"{number(tally.printed)} afgedrukt, niet gepost"
    return "Afgedrukt, niet gepost"


def _figure(value: int) -> str:
    return number(value) if value else "—"


def _counted(key: str, heading: str, width: int) -> Column:
    of = attrgetter(key)
    return Column(key, heading, width, lambda r: _figure(of(r)), Cell.NUMBER, of, fact=Fact("number", of))


_COLUMNS = (
    Column("title", "Ronde", 0, lambda r: r.round.title, Cell.STRONG, lambda r: r.round.made_at, least=240),
    Column("state", "Stand", 190, state_words, Cell.TEXT, state_words),
    _counted("letters", "Brieven", 76),
    _counted("printed", "Afgedrukt", 88),
    _counted("posted", "Gepost", 72),
    _counted("answered", "Beantwoord", 100),
    _counted("withdrawn", "Ingetrokken", 104),
    Column("made_at", "Gemaakt", 156, lambda r: short_moment(r.round.made_at), Cell.TEXT, lambda r: r.round.made_at,
           yields=True, fact=Fact("date", lambda r: r.round.made_at)),
    Column("by", "Gemaakt door", 128, lambda r: r.round.made_by, Cell.MUTED, lambda r: r.round.made_by, yields=True),
)  # fmt: skip
