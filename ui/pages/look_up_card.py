"""The card of one supplier on the phone screen: who it is, why it does (not) comply, and what was said and sent."""

from datetime import date
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QWidget

from app.base.clock import AMSTERDAM
from app.base.formatting import count, euro, long_date, short_date
from app.domain.certificate import Level
from app.domain.contract import YearAmount
from app.domain.journal import FollowUp, Promise
from app.domain.names import full_name
from app.domain.policy import Exemption, Postponement, Respite
from app.domain.rows import SupplierRow
from app.domain.verdict import AmountSource, Reason, Status, Verdict
from app.services.phone_card import PhoneCard, last_day
from ui.base import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.chips import StatusChip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.ladder_chart import LadderChart
from ui.widgets.layout import column, row, text

_FACTS = 8
_SPOKEN_PX = 16
_NOTHING = "—"
_NOT_KNOWN = "Nog onbekend"
_AMOUNTS = {
    AmountSource.ENTERED: "afgesproken",
    AmountSource.PRO_RATA: "naar looptijd van het contract",
    AmountSource.LAST_KNOWN: "bedrag van {year}",
    AmountSource.INVOICED: "gefactureerd",
    AmountSource.INVOICED_LAST_YEAR: "gefactureerd in {year}",
}
_AGREED = {Exemption: "Vrijstelling", Postponement: "Uitstel", Promise: "Toezegging", FollowUp: "Taak"}
# What a narrow chip says.
_SHORT = {Reason.NOT_COVERED: "KvK niet op certificaat", Reason.MEMBER_FAILS: "Lid voldoet niet"}


class CardActions(NamedTuple):
    """What can be done with the supplier of the card."""

    open: QAction
    letter: QAction
    copy: QAction


class LookUpCard(QFrame):
    """Built once; another supplier changes texts and nothing else."""

    def __init__(self, actions: CardActions) -> None:
        """Begin empty."""
        super().__init__()
        self.setProperty("role", "card")
        self._name = ElidedLabel(role="title")
        self._below = ElidedLabel(role="muted")
        self._chip = StatusChip()
        self._why = text(wraps=True)
        self._why.setFont(theme.font(_SPOKEN_PX))
        self._advice = text(role="small", wraps=True)
        self._facts = FactList("Gegevens", lines=_FACTS)
        self._people, self._running = FactList("Contacten en brieven", lines=None), FactList("Wat loopt", lines=None)
        self._chart = LadderChart()
        self._empty_words = text(role="muted", wraps=True)
        self._empty = QWidget()
        self._empty.setLayout(column(text("Wie is dit?", "title"), self._empty_words, None))
        copy = ActionButton(actions.copy)
        copy.setProperty("kind", "flat")
        note = QFrame()
        note.setProperty("role", "note")
        note.setLayout(column(row(text("Waarom", "small"), None, copy), self._why, self._advice, gap=4, edge=12))
        facts = row(self._facts, self._chart, gap=16)
        facts.setStretch(0, 3)
        facts.setStretch(1, 2)
        more = row(self._people, self._running, gap=24)
        for place in range(2):
            more.setStretch(place, 1)
        first_line = row(self._name, self._chip, gap=16)
        first_line.setStretch(0, 1)
        head = column(first_line, self._below, gap=2)
        self._filled = QWidget()
        self._filled.setLayout(
            column(
                head, 4, note, 4, facts, 4, more,
                row(ActionButton(actions.open, is_primary=True), ActionButton(actions.letter), None),
            )
        )  # fmt: skip
        self._filled.layout().setStretchFactor(more, 1)  # type: ignore[union-attr]
        self.setLayout(column(self._filled, self._empty, gap=0, edge=16))
        self.show_nothing("")

    @property
    def explanation(self) -> str:
        """What is said on the card, "" when nobody is shown."""
        return "" if self._filled.isHidden() else self._why.text()

    def show_nothing(self, words: str) -> None:
        """Show nobody, and say what to do."""
        self._filled.hide()
        self._empty_words.setText(words)
        self._empty.show()

    def show_card(self, found: PhoneCard, *, on: date) -> None:
        """Show a supplier as judged on a day."""
        supplier, verdict = found.supplier, found.judged.verdict
        self._name.say(supplier.name)
        parts = (
            supplier.visiting.city or supplier.postal.city,
            f"KvK {supplier.kvk}" if supplier.kvk else "geen KvK-nummer",
            f"contact: {full_name(found.contact)}" if found.contact and full_name(found.contact) else "",
            "ketenpartner" if supplier.is_key_partner else "",
        )
        self._below.say(" · ".join(filter(None, parts)))
        self._chip.show_status(verdict.status, _chip_words(verdict))
        self._why.setText(found.judged.explanation)
        advice = " ".join(found.judged.advice)
        if advice != self._advice.text():
            self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self._facts.show_facts(_facts(found, on))
        self._people.show_facts([*_contacts(found), *_older_letters(found)])
        self._running.show_facts([*_agreements(found), *_orders(found, on)])
        self._chart.show_ladder(found.ladder, on=on)
        self._empty.hide()
        self._filled.show()


def status_words(row: SupplierRow | Verdict, *, on: date) -> str:
    """Return what a narrow chip says of a status: the reason, or how long it still lasts."""
    if row.status is Status.NON_COMPLIANT and row.reason:
        return _SHORT.get(row.reason, row.reason.label)
    if row.status is Status.EXPIRING and row.valid_to:
        return f"Verloopt over {(row.valid_to - on).days} d"
    return row.status.label


def _chip_words(verdict: Verdict) -> str:
    if verdict.reason is None:
        return verdict.status.label
    reason = _SHORT.get(verdict.reason, verdict.reason.label)
    return f"{verdict.status.label} — {reason if reason.startswith('KvK') else f'{reason[0].lower()}{reason[1:]}'}"


def _facts(found: PhoneCard, on: date) -> list[Fact]:
    verdict, letter = found.judged.verdict, found.letter
    return [
        Fact(
            "Vereist",
            _level(verdict.required, _NOT_KNOWN if verdict.status is Status.UNKNOWN else "Niets"),
            _required_note(found),
        ),
        Fact("Heeft", _level(verdict.held, "Geen"), _held_note(verdict)),
        Fact(
            f"Opdrachten {on.year}",
            "Onbekend" if verdict.amount_cents is None else euro(verdict.amount_cents),
            _amount_note(verdict),
        ),
        _source(found.figure),
        Fact("Laatste brief", letter.kind.capitalize(), f"{short_date(letter.written_on)} · {letter.kenmerk}")
        if letter
        else Fact("Laatste brief", _NOTHING),
        Fact("Reageren t/m", short_date(letter.reply_by), _days_left(letter.reply_by, on))
        if letter
        else Fact("Reageren t/m", _NOTHING),
        _call(found),
        _phone(found),
    ]


def _level(level: Level | None, nothing: str) -> str:
    return level.label if level else nothing


def _required_note(found: PhoneCard) -> str:
    threshold = found.judged.verdict.threshold_cents
    if threshold is not None:
        return f"vanaf {euro(threshold)}"
    return f"sinds {long_date(found.rule.valid_from)}" if found.rule else ""


def _held_note(verdict: Verdict) -> str:
    parts = []
    if verdict.held and verdict.valid_to:
        parts.append(f"t/m {short_date(verdict.valid_to)}")
    elif verdict.reason is Reason.EXPIRED and verdict.valid_to:
        parts.append(f"verlopen, laatste dag {short_date(verdict.valid_to)}")
    if verdict.is_unverified:
        parts.append("niet gecontroleerd")
    if verdict.reported and verdict.reported != verdict.held:
        parts.append(f"gemeld: {verdict.reported.label}")
    return " · ".join(parts)


def _amount_note(verdict: Verdict) -> str:
    if verdict.amount_source is None:
        return ""
    kind = _AMOUNTS[verdict.amount_source].format(year=verdict.amount_year)
    below = verdict.headroom_cents or 0
    return f"{kind} · nog {euro(below)} tot de drempel" if below > 0 else kind


def _source(figure: YearAmount | None) -> Fact:
    if figure is None:
        return Fact("Bron", _NOTHING)
    age = short_date(figure.as_of) if figure.as_of else ""
    return Fact("Bron", "", " · ".join(filter(None, (age, figure.source))) or "niet genoteerd")


def _days_left(day: date, on: date) -> str:
    left = (day - on).days
    if left == 0:
        return "laatste dag"
    return f"nog {count(left, 'dag', 'dagen')}" if left > 0 else f"{count(-left, 'dag', 'dagen')} te laat"


def _call(found: PhoneCard) -> Fact:
    if not found.call:
        return Fact("Laatste gesprek", _NOTHING)
    day = found.call.started_at.astimezone(AMSTERDAM).date()
    said = " ".join(found.call.text.split())
    return Fact("Laatste gesprek", short_date(day), f"‘{said}’" if said else "")


def _phone(found: PhoneCard) -> Fact:
    first, *others = [*filter(None, (found.supplier.phone, *found.supplier.phones)), ""]
    return Fact("Telefoon", first or _NOTHING, " · ".join(filter(None, others)))


def _contacts(found: PhoneCard) -> list[Fact]:
    return _section(
        "Contacten",
        [
            Fact(full_name(person), person.phone, " · ".join(filter(None, (person.role, person.email))) or _NOTHING)
            for person in found.contacts
            if full_name(person)
        ],
    )


def _older_letters(found: PhoneCard) -> list[Fact]:
    return _section(
        "Eerdere brieven",
        [Fact(short_date(letter.written_on), letter.kind.capitalize(), letter.kenmerk) for letter in found.letters[1:]],
    )


def _agreements(found: PhoneCard) -> list[Fact]:
    return _section(
        "Afspraken",
        [
            Fact(
                _AGREED[type(agreed)],
                f"t/m {short_date(last_day(agreed))}",
                agreed.reason if isinstance(agreed, Respite) else agreed.what,
            )
            for agreed in found.agreements
        ],
    )


def _orders(found: PhoneCard, on: date) -> list[Fact]:
    return _section(
        f"Contracten {on.year}",
        [
            Fact(
                contract.title or contract.number or "Zonder naam",
                "" if cents is None else euro(cents),
                f"t/m {short_date(contract.ends_on)}" if contract.ends_on else "doorlopend",
            )
            for contract, cents in found.orders
        ],
    )


def _section(heading: str, facts: list[Fact]) -> list[Fact]:
    return [Fact(heading), *facts] if facts else []
