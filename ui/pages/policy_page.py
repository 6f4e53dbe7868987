"""The policy: its rules beside its own words, the questions it leaves open, and who need not comply for a while."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabBar, QWidget

from app.base.formatting import count, short_date
from app.base.settings import fault_of
from app.domain.names import sort_key
from app.domain.policy import PolicySettings
from app.services.change_settings import change_settings, get_settings
from app.services.judge_suppliers import current_policy
from app.services.list_respites import ListedRespite, list_respites
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.dialogs import ask
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages.list_export import bind_export
from ui.pages.policy_rules import RuleCards
from ui.widgets.action_button import ActionButton
from ui.widgets.day_edit import DayEdit
from ui.widgets.layout import EDGE, card, column, empty_words, framed, row, scrolled, text
from ui.widgets.record_form import Field, Kind, RecordForm
from ui.widgets.row_table import RowTable

# The fields of `PolicySettings` in groups; what a field asks stands there.
_GROUPS = (
    ("De drempel", ("trede2_has_threshold", "vat_basis", "key_partners_only_2021", "threshold_is_inclusive")),
    ("Welk bedrag telt", ("amount_scope", "amount_order")),
    ("Combinaties en certificaten", ("members", "unverified_counts")),
    ("Termijnen", ("monitored_since", "grace_days", "expiring_days")),
)
# The words of every answer that is chosen.
_ANSWERS: dict[str, tuple[tuple[Any, str], ...]] = {
    "trede2_has_threshold": ((True, "ja, dezelfde drempel"), (False, "nee, Trede 2 bij elk bedrag")),
    "threshold_is_inclusive": ((True, "ja, precies de drempel telt mee"), (False, "nee, pas boven de drempel")),
    "key_partners_only_2021": ((False, "nee, voor alle leveranciers"), (True, "ja, alleen voor ketenpartners")),
    "vat_basis": (("excl.", "excl. btw"), ("incl.", "incl. btw")),
    "amount_scope": (("supplier", "per leverancier"), ("contract", "per contract")),
    "amount_order": (("agreed", "afgesproken"), ("invoiced", "gefactureerd")),
    "members": (("all", "alle leden"), ("lead", "alleen de penvoerder")),
    "unverified_counts": ((True, "ja, telt mee"), (False, "nee, pas na controle")),
}
_SETTINGS = {item.name: item for item in fields(PolicySettings)}
_RULES, _RESPITES = 0, 1
_NOBODY = (
    "Er is geen vrijstelling of uitstel dat op de peildatum loopt of nog komt. U legt die vast bij een leverancier, "
    "onder Afspraken."
)


class PolicyPage(Page):
    """Two tabs: rules with the open questions, and the exemptions and postponements of everyone."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts; what is stored comes with `arrive`."""
        super().__init__(desk, navigator, state)
        self._save = bind(Act.SAVE, self, self._save_answers)
        bind(Act.REFERENCE_DATE, self, lambda: self._day.begin())
        bind(Act.TODAY, self, self._judge_today)
        bind(Act.NEXT_TAB, self, lambda: self._go(_RESPITES))
        bind(Act.PREVIOUS_TAB, self, lambda: self._go(_RULES))
        self._day = DayEdit("Peildatum")
        self._rules = RuleCards(current_policy(desk.register))
        self._form = RecordForm(_form_fields())
        self._unsaved = text(role="muted")
        self._table = RowTable("respites", "Vrijstellingen en uitstel", _columns(self._days_left), _key, state)
        bind_export(
            self._table, desk, self._table, name="Vrijstellingen en uitstel",
            supplier_of=lambda listed: listed.respite.supplier_id,
        )  # fmt: skip
        self._nobody = empty_words(_NOBODY)
        self._tabs = QTabBar()
        self._tabs.setAccessibleName("Onderdelen van het beleid")
        self._tabs.setDrawBase(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.addTab("Regels en open vragen")
        self._tabs.addTab("Vrijstellingen en uitstel")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._rules_tab())
        self._stack.addWidget(framed(self._table, self._nobody))
        head = row(text("Beleid", "title"), 8, self._tabs, None, text("Peildatum", "small"), self._day)
        self.setLayout(column(head, self._stack, gap=12, edge=EDGE))
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self._day.chosen.connect(desk.judge_on)
        self._day.puzzled.connect(lambda words: desk.noticed.emit(Notice(words, Tone.NOTE)))
        self._form.edited.connect(self._edited)
        self._table.opened.connect(
            lambda listed: navigator.open_supplier(listed.respite.supplier_id, section="agreements")
        )
        desk.changed.connect(self._follow)

    def arrive(self) -> None:
        """Be shown as it stands, with the focus where work begins."""
        self._catch_up()
        self._go(self._tabs.currentIndex())

    @property
    def holds_typing(self) -> bool:
        """Whether an answer was changed and not saved."""
        return self._form.is_edited

    def may_leave(self) -> bool:
        """Ask when an answer was changed that is not saved yet."""
        if not self.holds_typing:
            return True
        if not ask.may_drop(self):
            return False
        self._put_back()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts back what is stored, when the user is sure."""
        if event.key() == Qt.Key.Key_Escape and self._form.is_edited:
            if ask.may_put_back(self):
                self._put_back()
        else:
            super().keyPressEvent(event)

    # -- building ---------------------------------------------------------------------------------------------------

    def _rules_tab(self) -> QWidget:
        rules = scrolled(self._rules, "Regels")
        # Nothing in it takes the focus, and it must be read by keyboard too.
        rules.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rules.layout().setContentsMargins(0, 0, 8, 0)  # type: ignore[union-attr]
        body = row(rules, self._questions(), gap=16)
        body.setStretch(0, 4)
        body.setStretch(1, 5)
        tab = QWidget()
        tab.setLayout(body)
        return tab

    def _questions(self) -> QFrame:
        inner = QWidget()
        inner.setLayout(column(self._form, None))
        inner.layout().setContentsMargins(0, 0, 12, 0)  # type: ignore[union-attr]
        words = "Het beleid laat dit open. Uw antwoorden gelden voor iedereen; na het opslaan wordt opnieuw beoordeeld."
        if not self.desk.can_write:
            words = "Het beleid laat dit open. Dit register is alleen te lezen: u kunt de antwoorden niet veranderen."
            self._form.set_read_only(True)
        return card(
            row(text("Open vragen", "heading"), None, self._unsaved, ActionButton(self._save, is_primary=True)),
            text(words, "small", wraps=True),
            scrolled(inner, "Open vragen"),
        )

    def _go(self, tab: int) -> None:
        self._tabs.setCurrentIndex(tab)
        if tab == _RESPITES:
            self._table.setFocus()
        else:
            self._form.focus_on()

    # -- what is stored -----------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        """Show what is stored and judged by now; what was typed and not saved stays."""
        self._day.show_day(self.desk.on)
        self._rules.show_policy(current_policy(self.desk.register), on=self.desk.on)
        stored = get_settings(self.desk.register, PolicySettings)
        self._form.catch_up({name: getattr(stored, name) for name in _SETTINGS})
        self._edited()
        on = self.desk.on
        self.desk.read(
            lambda register, _progress: list_respites(register, on=on),
            what="Vrijstellingen lezen",
            owner=self,
            done=self._show_respites,
        )

    def _put_back(self) -> None:
        stored = get_settings(self.desk.register, PolicySettings)
        self._form.show_values({name: getattr(stored, name) for name in _SETTINGS})
        self._edited()

    def _show_respites(self, found: tuple[ListedRespite, ...]) -> None:
        self._table.show_rows(found)
        self._table.setVisible(bool(found))
        self._nobody.setVisible(not found)
        self._tabs.setTabText(_RESPITES, f"Vrijstellingen en uitstel {len(found)}")

    def _judge_today(self) -> None:
        today = self.desk.clock.today()
        self._day.show_day(today)
        self.desk.judge_on(today)

    def _days_left(self, listed: ListedRespite) -> str:
        on, respite = self.desk.on, listed.respite
        if respite.from_on > on:
            return f"over {(respite.from_on - on).days} d"
        left = (respite.to_on - on).days
        return f"nog {left} d" if left else "laatste dag"

    # -- answers ------------------------------------------------------------------------------------------------------

    def _faults(self) -> dict[str, str]:
        wrong = {name: fault_of(_SETTINGS[name], value) for name, value in self._form.values().items()}
        return self._form.problems() | {name: words for name, words in wrong.items() if words}

    def _edited(self) -> None:
        faults = self._faults()
        self._form.warn(faults)
        if faults:
            words = count(len(faults), "antwoord klopt niet", "antwoorden kloppen niet")
        else:
            words = "Nog niet opgeslagen" if self._form.is_edited else ""
        self._unsaved.setText(words)
        self._save.setEnabled(self._form.is_edited and self.desk.can_write)

    def _save_answers(self) -> None:
        if faults := self._faults():
            name, fault = next(iter(faults.items()))
            self._form.focus_on(name)
            self.desk.noticed.emit(Notice(fault, Tone.PROBLEM, "Er is niets opgeslagen."))
            return
        new = replace(get_settings(self.desk.register, PolicySettings), **self._form.values())
        self.desk.write(
            lambda register, _progress: change_settings(register, new, label="Beleid gewijzigd"),
            what="Beleid opslaan",
            owner=self,
            done=lambda _nothing: self.desk.noticed.emit(
                Notice("Beleid opgeslagen. Iedereen wordt opnieuw beoordeeld.", act=Act.UNDO)
            ),
        )


def _form_fields() -> list[Field]:
    made = []
    for heading, names in _GROUPS:
        made.append(Field(heading, heading, Kind.HEADING))
        for name in names:
            answers = _ANSWERS.get(name, ())
            made.append(
                Field(name, _SETTINGS[name].metadata["description"], Kind.CHOICE if answers else Kind.NUMBER, answers)
            )
    return made


def _key(listed: ListedRespite) -> str:
    return listed.respite.id


def _columns(days_left: Callable[[ListedRespite], str]) -> list[Column]:
    return [
        Column("name", "Leverancier", 260, lambda r: r.name, Cell.STRONG, lambda r: sort_key(r.name)),
        Column("kind", "Soort", 100, lambda r: "Vrijstelling" if r.is_exemption else "Uitstel", Cell.TEXT,
               lambda r: r.is_exemption),
        Column("reason", "Reden", 0, lambda r: r.respite.reason, Cell.TEXT, lambda r: r.respite.reason.casefold()),
        Column("approver", "Goedgekeurd door", 140, lambda r: r.respite.approver, Cell.MUTED,
               lambda r: r.respite.approver.casefold()),
        Column("from_on", "Van", 104, lambda r: short_date(r.respite.from_on), Cell.TEXT, lambda r: r.respite.from_on,
               fact=Fact("date", lambda r: r.respite.from_on)),
        Column("to_on", "T/m", 104, lambda r: short_date(r.respite.to_on), Cell.TEXT, lambda r: r.respite.to_on,
               fact=Fact("date", lambda r: r.respite.to_on)),
        Column("left", "Loopt", 92, days_left, Cell.MUTED, lambda r: r.respite.to_on, yields=True),
    ]  # fmt: skip
