"""What to do today: the largest amount first, to settle, to promise, or to set aside with a reason."""

from collections import Counter

from app.base.formatting import count, euro, long_date, number
from app.domain.names import fold
from app.domain.work import WorkItem, WorkKind
from app.services.set_aside import put_back
from app.services.settle_work import link_call, settle
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.notice import Notice
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.dialogs import ask
from ui.pages.list_export import bind_export
from ui.pages.work_detail import WorkDetail
from ui.pages.work_form import Job
from ui.pages.work_words import ENDINGS, KINDS, WITHIN, amount_heading, chip_of, columns
from ui.widgets.action_button import ActionButton
from ui.widgets.chips import FilterChips
from ui.widgets.layout import EDGE, column, empty_words, framed, row, text
from ui.widgets.line_edit import LineEdit
from ui.widgets.row_table import RowTable

_SECTIONS = {
    WorkKind.PROMISE_DUE: "agreements",
    WorkKind.TASK_DUE: "agreements",
    WorkKind.CAME_BACK: "visiting_street",
    WorkKind.CERTIFICATE_CAME: "certificates",
    WorkKind.EXPIRED: "certificates",
    WorkKind.EXPIRING: "certificates",
    WorkKind.UNVERIFIED: "certificates",
    WorkKind.AMOUNT_UNKNOWN: "contracts",
}
# What is filled in at the supplier to end a line.
_FILLED_IN = {
    WorkKind.CAME_BACK: "visiting_street",
    WorkKind.CERTIFICATE_CAME: "certificate",
    WorkKind.EXPIRED: "certificate",
    WorkKind.EXPIRING: "certificate",
    WorkKind.AMOUNT_UNKNOWN: "amount",
}
_ABOUT_LETTERS = {WorkKind.REPLY_OVERDUE, WorkKind.ANSWERED}
_DONE_AT_ONCE = {WorkKind.PROMISE_DUE, WorkKind.TASK_DUE, WorkKind.ANSWERED, WorkKind.LOOSE_CALL}
_SHOW, _HIDE = "Weggezet tonen", "Terug naar de lijst"


class WorkPage(Page):
    """The list, and beside it the line that is current."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts and bring back the filters of last time."""
        super().__init__(desk, navigator, state)
        self._shows_aside = False
        self._gone: tuple[str, str] | None = None
        self._stand_in: tuple[str, str] | None = None
        self._bind_actions()
        self._filter = LineEdit("Filter de werklijst", hint="Filter (Ctrl+F)", clears=True)
        self._filter.setMinimumWidth(120)
        self._filter.setMaximumWidth(190)
        self._kinds, self._within = FilterChips(KINDS), FilterChips(WITHIN)
        for chip in self._within.chips:
            chip.setAccessibleDescription("Certificaten die binnen zoveel dagen aflopen")
        self._table = RowTable("work", "Werklijst", columns(desk.on.year), lambda item: item.key, state)
        self._export = bind_export(
            self, desk, self._table, name=lambda: self._title.text(), supplier_of=lambda item: item.supplier_id
        )
        self._total, self._order = text(role="muted"), text(role="muted")
        self._empty = empty_words()
        self._detail = WorkDetail(desk, navigator, link=self._link, new=self._new)
        self._title = text("Opvolging", "title")
        body = row(framed(self._table, self._empty), self._detail, gap=16)
        body.setStretch(0, 1)
        parts = column(
            row(self._title, None, ActionButton(self._seen), ActionButton(self._later), ActionButton(self._promise),
                ActionButton(self._settle), ActionButton(self._letters, is_primary=True)),
            row(self._filter, 8, text("Verloopt binnen", "small"), self._within, None, ActionButton(self._aside)),
            row(self._kinds, None, ActionButton(self._put_back)),
            body,
            row(self._total, None, self._order, 8, ActionButton(self._export)),
            gap=12, edge=EDGE,
        )  # fmt: skip
        parts.setStretchFactor(body, 1)
        self.setLayout(parts)
        self._filter.setText(state.get("work.filter", ""))
        chosen = frozenset(state.get("work.kinds", [""]))
        for chips in (self._kinds, self._within):
            chips.choose(chosen)
            chips.changed.connect(self._show_rows)
        self._filter.textChanged.connect(lambda words: self._show_rows(keeps_place=not words))
        self._filter.left_down.connect(self._table.setFocus)
        self._filter.returnPressed.connect(self._table.setFocus)
        self._table.opened.connect(self._open)
        self._table.typed.connect(self._type_on)
        self._table.current_changed.connect(self._show_current)
        self._table.rows_model.checks_changed.connect(self._show_actions)
        self._table.horizontalHeader().sortIndicatorChanged.connect(self._tell_order)
        self._detail.left.connect(self._to_table)
        self._detail.linked.connect(self._link_to)
        self._detail.link.searched.connect(self._show_actions)
        desk.work_changed.connect(self._follow)
        self._tell_order()

    def arrive(self) -> None:
        """Be shown, with the focus on the list; on the filter while nothing is in it."""
        self._show_work()
        self._to_table()

    @property
    def unknown_name(self) -> str:
        """Who called, when nobody knows yet whose conversation it was."""
        item = self._current()
        call = self.desk.register.call_notes.find(item.record_id) if item and item.supplier_id is None else None
        return call.caller if call else ""

    @property
    def holds_typing(self) -> bool:
        """Whether a reason or a promise is typed and not saved."""
        return self._detail.form.is_edited

    def may_leave(self) -> bool:
        """Ask when something typed would be lost."""
        if not self.holds_typing:
            return True
        if not ask.may_drop(self):
            return False
        self._detail.form.forget()
        return True

    # -- rows -------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        if self.isVisible():
            self._show_work()

    def _show_work(self) -> None:
        year = self.desk.on.year
        if self._table.rows_model.columns[1].heading != amount_heading(year):
            self._table.rows_model.set_columns(columns(year))
        asides = len(self.desk.work) - self.desk.open_work
        if not asides:
            self._shows_aside = False
        self._aside.setText(_HIDE if self._shows_aside else f"{_SHOW} ({number(asides)})")
        self._aside.setEnabled(bool(asides))
        self._title.setText("Weggezet" if self._shows_aside else "Opvolging")
        counts = Counter(chip_of(item) for item in self._listed())
        self._kinds.show_counts(counts)
        self._within.show_counts(counts)
        self._detail.form.follow({item.key for item in self.desk.work})
        key = self._table.current_key()
        self._show_rows()
        if self._gone and key == self._stand_in and self._table.rows_model.place_of(self._gone) >= 0:
            # It was taken back, and nobody went elsewhere meanwhile.
            self._table.make_current(self._gone)
            self._gone = None
        elif key and key != self._table.current_key():
            self._gone, self._stand_in = key, self._table.current_key()

    def _listed(self) -> list[WorkItem]:
        return [item for item in self.desk.work if (item.aside is not None) == self._shows_aside]

    def _show_rows(self, *, keeps_place: bool = True) -> None:
        chosen = self._kinds.chosen() | self._within.chosen()
        words = fold(self._filter.text()).split()
        listed = self._listed()
        rows = [
            item
            for item in listed
            if (not chosen or chip_of(item) in chosen) and all(word in item.text for word in words)
        ]
        place, key = self._table.currentIndex().row(), self._table.current_key()
        self._table.show_rows(rows, keeps_place=keeps_place)
        if rows and keeps_place and self._table.current_key() != key:
            # What is done goes, and the next one comes in its place.
            self._table.make_current(self._table.rows_model.key_at(min(max(place, 0), len(rows) - 1)))
        self._show_current(self._current())
        self._tell_total(rows, listed)
        self.state.set("work.filter", self._filter.text())
        self.state.set("work.kinds", sorted(chosen))

    def _tell_total(self, rows: list[WorkItem], listed: list[WorkItem]) -> None:
        amounts = {item.supplier_id: item.cents or 0 for item in rows if item.supplier_id}
        parts = [f"{number(len(rows))} van {number(len(listed))}"] if listed else []
        if amounts:
            whose = count(len(amounts), "leverancier", "leveranciers")
            parts.append(f"{whose}, samen {euro(sum(amounts.values()))} opdrachten")
        self._total.setText(" · ".join(parts))
        self._order.setVisible(bool(listed))
        words = self._why_empty(listed) if not rows else ""
        self._empty.setText(words)
        self._empty.setVisible(bool(words))
        had_focus = self._table.hasFocus()
        comes = self._table.isHidden() and not words and self._filter.hasFocus() and not self._filter.text()
        self._table.setVisible(not words)
        if comes:
            self._table.setFocus()
        self._detail.setVisible(bool(rows) or not self._detail.form.isHidden())
        if words and had_focus:
            # Else the focus would fall out of the page, and its keys with it.
            self._filter.setFocus()

    def _why_empty(self, listed: list[WorkItem]) -> str:
        if not self.desk.has_rows:
            return "De werklijst wordt gemaakt …"
        if listed:
            return "Niets past bij dit filter. Wis de filters met Ctrl+Backspace."
        if not self.desk.rows:
            return (
                "Er staan nog geen leveranciers in dit register. "
                "Importeer een spreadsheet (Ctrl+5) of voeg er een toe (Ctrl+N)."
            )
        ahead = [found for found in self.desk.rows if found.next_on and found.next_on > self.desk.on]
        if not ahead:
            return "Niets te doen."
        first = min(ahead, key=lambda found: (found.next_on, found.sort_name))
        assert first.next_on is not None
        return f"Niets te doen. Wat nu volgt, is op {long_date(first.next_on)}: {first.next_step} ({first.name})."

    def _tell_order(self) -> None:
        model = self._table.rows_model
        if model.sorted_by < 0:
            self._order.setText("Gesorteerd op opdrachten, hoogste eerst")
        else:
            how = "hoogste eerst" if model.is_descending else "laagste eerst"
            self._order.setText(f"Gesorteerd op {model.columns[model.sorted_by].heading.casefold()}, {how}")

    # -- what is chosen ---------------------------------------------------------------------------------------------

    def _current(self) -> WorkItem | None:
        found: WorkItem | None = self._table.current_row()
        return found

    def _targets(self) -> list[WorkItem]:
        """Return the ticked lines, or the current one where none is ticked."""
        current = self._current()
        return self._table.rows_model.checked_rows() or ([current] if current else [])

    def _show_current(self, item: WorkItem | None) -> None:
        self._detail.show_item(item)
        self._show_actions()

    def _show_actions(self) -> None:
        targets, can_write = self._targets(), self.desk.can_write
        of_suppliers = [item for item in targets if item.supplier_id]
        one = targets[0] if len(targets) == 1 else None
        ticked = len(self._table.rows_model.checked)
        for action, act in ((self._seen, Act.SEEN), (self._later, Act.LATER)):
            action.setEnabled(can_write and bool(of_suppliers))
            action.setText(f"{act.spec.text} ({number(ticked)})" if ticked else act.spec.text)
        self._promise.setEnabled(can_write and one is not None and one.supplier_id is not None)
        self._settle.setEnabled(can_write and one is not None)
        self._settle.setVisible(one is None or one.kind in ENDINGS)
        self._settle.setText(ENDINGS.get(one.kind, "") if one else Act.SETTLE.spec.text)
        self._put_back.setEnabled(can_write and any(item.aside for item in targets))
        self._put_back.setVisible(self._shows_aside)
        is_loose = one is not None and one.supplier_id is None
        self._link.setEnabled(can_write and is_loose and bool(self._detail.link.supplier_id))
        self._new.setEnabled(can_write and is_loose)
        self._letters.setEnabled(can_write and bool(of_suppliers))
        self._letters.setText(f"Brieven maken ({number(ticked)})" if ticked else "Brief maken")

    def _to_table(self) -> None:
        (self._filter if self._table.isHidden() else self._table).setFocus()

    # -- actions ----------------------------------------------------------------------------------------------------

    def _bind_actions(self) -> None:
        bind(Act.FILTER, self, self._focus_filter)
        bind(Act.CLEAR_FILTERS, self, self._clear)
        self._seen = bind(Act.SEEN, self, lambda: self._begin(Job.SEEN))
        self._later = bind(Act.LATER, self, lambda: self._begin(Job.LATER))
        self._promise = bind(Act.PROMISE, self, lambda: self._begin(Job.PROMISE))
        self._settle = bind(Act.SETTLE, self, self._settle_current)
        self._letters = bind(Act.LETTERS_FOR, self, self._write_letters)
        self._aside = bind(Act.ASIDE, self, self._switch_aside)
        self._put_back = bind(Act.PUT_BACK, self, self._put_back_targets)
        self._link = bind(Act.LINK, self, lambda: self._link_to(self._detail.link.supplier_id))
        self._new = bind(Act.NEW_SUPPLIER, self, self._begin_supplier, has_keys=False)

    def _focus_filter(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    def _type_on(self, typed: str) -> None:
        """Let what is typed on the table begin or go on in the filter."""
        if typed.strip():
            self._filter.setFocus()
            self._filter.insert(typed)

    def _clear(self) -> None:
        self._filter.clear()
        for chips in (self._kinds, self._within):
            chips.choose(frozenset())
        self._to_table()

    def _open(self, item: WorkItem) -> None:
        if item.supplier_id is None:
            self._detail.link.take_focus()
        elif item.kind in _ABOUT_LETTERS:
            self.navigator.open_letter(item.record_id)
        else:
            self.navigator.open_supplier(item.supplier_id, section=_SECTIONS[item.kind])

    def _begin(self, job: Job) -> None:
        self._detail.form.begin(job, [item for item in self._targets() if item.supplier_id])

    def _settle_current(self) -> None:
        """End it: at once where a word is enough, else at the place where what is missing is filled in."""
        (item,) = self._targets()
        if item.kind is WorkKind.UNVERIFIED:
            self._detail.form.begin(Job.CHECK, [item])
        elif item.kind in _DONE_AT_ONCE:
            self.desk.write(
                lambda register, _progress: settle(register, item),
                what=ENDINGS[item.kind],
                owner=self,
                done=lambda _nothing: self._say(f"{ENDINGS[item.kind]}: {item.name}"),
                touched={item.supplier_id} if item.supplier_id else (),
            )
        elif item.supplier_id:
            self.navigator.open_supplier(item.supplier_id, section=_FILLED_IN[item.kind])

    def _write_letters(self) -> None:
        self.navigator.open_letters([*dict.fromkeys(item.supplier_id for item in self._targets() if item.supplier_id)])

    def _switch_aside(self) -> None:
        self._shows_aside = not self._shows_aside
        self._show_work()
        self._to_table()

    def _put_back_targets(self) -> None:
        items = [item for item in self._targets() if item.aside]
        whose = items[0].name if len(items) == 1 else count(len(items), "regel", "regels")
        self.desk.write(
            lambda register, _progress: put_back(register, items),
            what="Terugzetten",
            owner=self,
            done=lambda _nothing: self._say(f"Weer op de lijst: {whose}"),
            touched={item.supplier_id for item in items if item.supplier_id},
        )

    def _link_to(self, supplier_id: str) -> None:
        item = self._current()
        if item is None or item.supplier_id is not None:
            return
        found = self.desk.row(supplier_id)
        self.desk.write(
            lambda register, _progress: link_call(register, item.record_id, supplier_id=supplier_id),
            what="Koppelen",
            owner=self,
            done=lambda _nothing: self._say(f"Gesprek gekoppeld aan {found.name if found else 'de leverancier'}"),
            touched=(supplier_id,),
        )

    def _begin_supplier(self) -> None:
        self.navigator.new_supplier(self.unknown_name)

    def _say(self, words: str) -> None:
        self.desk.noticed.emit(Notice(words if words.endswith(".") else f"{words}.", act=Act.UNDO))
