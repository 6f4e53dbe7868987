"""All suppliers with their status on a day: filter, sort, tick, export, write to."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QTimer

from app.base.formatting import count, euro, number, short_date
from app.domain.certificate import Level
from app.domain.names import fold
from app.domain.rows import SupplierRow
from app.domain.verdict import Status
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column
from ui.pages.list_export import bind_saving, save_list
from ui.widgets.action_button import ActionButton
from ui.widgets.chips import FilterChips
from ui.widgets.day_edit import DayEdit
from ui.widgets.layout import EDGE, column, empty_words, framed, row, text
from ui.widgets.line_edit import LineEdit
from ui.widgets.row_table import RowTable

# In the order of what needs doing; the words are those of many suppliers.
_CHIPS = (
    (Status.NON_COMPLIANT, "Voldoet niet"),
    (Status.EXPIRING, "Verloopt"),
    (Status.UNKNOWN, "Onbekend"),
    (Status.POSTPONED, "Uitstel"),
    (Status.COMPLIANT, "Voldoet"),
    (Status.EXEMPT, "Vrijgesteld"),
    (Status.BELOW_THRESHOLD, "Onder drempel"),
)
_URGENCY = {status: place for place, (status, _words) in enumerate(_CHIPS)}
_DISTANT = date.max
# So many can be merged.
_TWO = 2
# What a narrow column says of a level.
_SHORT = {None: "Geen", Level.ASPIRANT: "Aspirant", Level.BASIS: "Basis"}


class _Filtered(NamedTuple):
    """What was filtered last, and what was left. `texts` are those of `rows`: apart, they are searched far quicker."""

    source: list[SupplierRow]
    statuses: frozenset[Status]
    text: str
    rows: list[SupplierRow]
    texts: list[str]


class SuppliersPage(Page):
    """The table of the register."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts and bring back the filters of last time."""
        super().__init__(desk, navigator, state)
        self._before = _Filtered([], frozenset(), "", [], [])
        self._bind_actions()
        self._filter = LineEdit("Filter leveranciers", hint="Filter (Ctrl+F)", clears=True)
        # It gives way to the chips, whose counts may be long.
        self._filter.setMinimumWidth(120)
        self._filter.setMaximumWidth(190)
        self._chips = FilterChips(_CHIPS)
        self._day = DayEdit("Peildatum")
        self._table = RowTable("suppliers", "Leveranciers", _columns(desk.on.year), lambda r: r.supplier_id, state)
        self._export = bind_saving(self, self._table, self._save_table)
        self._total = text(role="muted")
        # Adding up 100,000 amounts is for when the typing pauses.
        self._adding = QTimer(self)
        self._adding.setSingleShot(True)
        self._adding.setInterval(150)
        self._adding.timeout.connect(self._add_up)
        self._order = text(role="muted")
        self._empty = empty_words()
        self._letters = ActionButton(self._letters_for, is_primary=True)
        self.setLayout(
            column(
                row(text("Leveranciers", "title"), None, text("Peildatum", "small"), self._day, 8,
                    ActionButton(self._new), ActionButton(self._duplicates, shows_key=False),
                    ActionButton(self._export), self._letters),
                row(self._filter, self._chips),
                framed(self._table, self._empty),
                row(self._total, None, self._order),
                gap=12, edge=EDGE,
            )
        )  # fmt: skip
        self._filter.setText(state.get("suppliers.filter", ""))
        names = state.get("suppliers.statuses", [""])
        self._chips.choose(frozenset(status for status in Status if status.value in names))
        self._filter.textChanged.connect(self._show_rows)
        self._filter.left_down.connect(self._table.setFocus)
        self._filter.returnPressed.connect(self._table.setFocus)
        self._chips.changed.connect(self._show_rows)
        self._day.chosen.connect(desk.judge_on)
        self._day.puzzled.connect(lambda words: desk.noticed.emit(Notice(words, Tone.NOTE)))
        desk.changed.connect(lambda: self._day.follow(desk.on))
        self._table.opened.connect(lambda shown: navigator.open_supplier(shown.supplier_id))
        self._table.typed.connect(self._type_on)
        self._table.rows_model.checks_changed.connect(self._count_ticks)
        self._table.horizontalHeader().sortIndicatorChanged.connect(self._tell_order)
        desk.rows_changed.connect(self._rows_changed)
        self._day.show_day(desk.on)
        self._rows_changed()
        self._tell_order()

    def arrive(self) -> None:
        """Be shown, with the focus on the table; on the filter while there are no rows."""
        (self._filter if self._table.isHidden() else self._table).setFocus()

    # -- rows -------------------------------------------------------------------------------------------------------

    def _rows_changed(self) -> None:
        year = self.desk.on.year
        if self._table.rows_model.columns[-2].heading != _amount_heading(year):
            self._table.rows_model.set_columns(_columns(year))
        counts = Counter(found.status for found in self.desk.rows)
        self._chips.show_counts(counts)
        self._show_rows()

    def _show_rows(self) -> None:
        statuses = self._chips.chosen()
        rows = self._filtered(fold(self._filter.text()), statuses)
        self._table.show_rows(rows, keeps_place=not self._filter.hasFocus())
        self._tell_total(rows)
        self.state.set("suppliers.filter", self._filter.text())
        self.state.set("suppliers.statuses", [status.value for status in statuses])
        self._count_ticks()

    def _filtered(self, text: str, statuses: frozenset[Status]) -> list[SupplierRow]:
        """Return the rows with one of the statuses and every word; while words grow, only what was left is asked."""
        before = self._before
        rows, texts = before.rows, before.texts
        if before.source is not self.desk.rows or before.statuses != statuses or not text.startswith(before.text):
            rows = self.desk.rows
            if statuses:
                rows = [found for found in rows if found.status in statuses]
            texts = [found.text for found in rows]
        for word in text.split():
            kept = [place for place, known in enumerate(texts) if word in known]
            if len(kept) < len(rows):
                rows, texts = [rows[place] for place in kept], [texts[place] for place in kept]
        self._before = _Filtered(self.desk.rows, statuses, text, rows, texts)
        return rows

    def _tell_total(self, rows: list[SupplierRow]) -> None:
        everyone = self.desk.rows
        self._total.setText(f"{number(len(rows))} van {number(len(everyone))}")
        self._adding.start()
        words = ""
        if not self.desk.has_rows:
            words = "Leveranciers worden beoordeeld …"
        elif not everyone:
            words = (
                "Er staan nog geen leveranciers in dit register. "
                "Importeer een spreadsheet (Ctrl+5) of voeg er een toe (Ctrl+N)."
            )
        elif not rows:
            words = "Geen leverancier past bij dit filter. Wis de filters met Ctrl+Backspace."
        self._empty.setText(words)
        self._empty.setVisible(bool(words))
        had_focus = self._table.hasFocus()
        self._table.setVisible(not words)
        if words and had_focus:
            # Else the focus would fall out of the page, and its keys with it.
            self._filter.setFocus()

    def _add_up(self) -> None:
        rows = self._table.rows_model.rows
        known = sum(found.amount_cents or 0 for found in rows)
        self._total.setText(
            f"{number(len(rows))} van {number(len(self.desk.rows))}"
            f" · samen {euro(known)} opdrachten in {self.desk.on.year}"
        )

    def _count_ticks(self) -> None:
        ticked = len(self._table.rows_model.checked)
        words = f"Brieven voor {count(ticked, 'aangevinkte', 'aangevinkte')}" if ticked else "Brieven maken"
        self._letters_for.setText(words)
        self._letters_for.setEnabled(self.desk.can_write and bool(self._table.rows_model.rows))
        self._duplicates.setText("2 samenvoegen…" if ticked == _TWO else Act.DUPLICATES.spec.text)

    def _tell_order(self) -> None:
        model = self._table.rows_model
        if model.sorted_by < 0:
            self._order.setText("Gesorteerd op naam")
        else:
            how = "hoogste eerst" if model.is_descending else "laagste eerst"
            self._order.setText(f"Gesorteerd op {model.columns[model.sorted_by].heading.casefold()}, {how}")

    # -- actions ----------------------------------------------------------------------------------------------------

    def _bind_actions(self) -> None:
        self._new = bind(Act.NEW_SUPPLIER, self, self.navigator.new_supplier, has_keys=False)
        bind(Act.FILTER, self, self._focus_filter)
        bind(Act.REFERENCE_DATE, self, lambda: self._day.begin())
        bind(Act.TODAY, self, self._judge_today)
        bind(Act.CLEAR_FILTERS, self, self._clear)
        self._duplicates = bind(Act.DUPLICATES, self, self._open_duplicates)
        self._letters_for = bind(Act.LETTERS_FOR, self, self._write_letters)

    def _focus_filter(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    def _judge_today(self) -> None:
        today = self.desk.clock.today()
        self._day.show_day(today)
        self.desk.judge_on(today)

    def _type_on(self, text: str) -> None:
        """Let what is typed on the table begin or go on in the filter."""
        if text.strip():
            self._filter.setFocus()
            self._filter.insert(text)

    def _clear(self) -> None:
        self._filter.clear()
        self._chips.choose(frozenset())
        self._table.setFocus()

    def _open_duplicates(self) -> None:
        ticked = [found.supplier_id for found in self._table.rows_model.checked_rows()]
        self.navigator.open_duplicates(ticked if len(ticked) == _TWO else ())

    def _write_letters(self) -> None:
        ticked = [found.supplier_id for found in self._table.rows_model.checked_rows()]
        self.navigator.open_letters(ticked or [found.supplier_id for found in self._table.rows_model.rows])

    def _save_table(self) -> None:
        from app.services.export_suppliers import export_suppliers

        model, on = self._table.rows_model, self.desk.on
        rows, shown = list(model.rows), [model.columns[place].key for place in self._table.shown_order()]
        save_list(
            self,
            self.desk,
            name="Leveranciers",
            told=count(len(rows), "leverancier", "leveranciers"),
            write=lambda register, path, progress: export_suppliers(
                register, rows, path, on=on, shown=shown, progress=progress
            ),
        )


def _amount_heading(year: int) -> str:
    return f"Opdrachten {year}"


def _columns(year: int) -> list[Column]:
    return [
        Column("tick", "✓", 32, lambda _row: "", Cell.CHECK),
        Column("name", "Leverancier", 0, lambda r: r.name, Cell.STRONG, lambda r: r.sort_name, least=232),
        Column("city", "Plaats", 98, lambda r: r.city, Cell.MUTED, lambda r: fold(r.city), yields=True),
        Column("status", "Status", 178, _status_words, Cell.STATUS, _by_urgency, lambda r: r.status),
        Column("required", "Vereist", 97, lambda r: r.required.label if r.required else "", Cell.LEVEL,
               lambda r: r.required.rank if r.required else 0, lambda r: r.required, yields=True),
        Column("held", "Heeft", 98, lambda r: _SHORT.get(r.held) or r.held.label, Cell.LEVEL,
               lambda r: r.held.rank if r.held else 0, lambda r: r.held),
        Column("valid_to", "Geldig t/m", 104, lambda r: short_date(r.valid_to) if r.valid_to else "—", Cell.TEXT,
               lambda r: r.valid_to or _DISTANT),
        Column("amount", _amount_heading(year), 120, _amount_words, Cell.NUMBER, lambda r: _amount_or(r, -1)),
        Column("next", "Volgende stap", 194, lambda r: r.next_step, Cell.TEXT, lambda r: r.next_on or _DISTANT),
    ]  # fmt: skip


def _status_words(found: SupplierRow) -> str:
    return found.reason.label if found.status is Status.NON_COMPLIANT and found.reason else found.status.label


def _by_urgency(found: SupplierRow) -> tuple[int, int]:
    return _URGENCY[found.status], -_amount_or(found, 0)


def _amount_or(found: SupplierRow, absent: int) -> int:
    return absent if found.amount_cents is None else found.amount_cents


def _amount_words(found: SupplierRow) -> str:
    return "onbekend" if found.amount_cents is None else euro(found.amount_cents)
