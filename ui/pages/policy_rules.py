"""The rules of the policy, each beside the policy's own words and what it asks of whom."""

from datetime import date

from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.base.formatting import euro, short_date
from app.domain.policy import Rule
from app.domain.verdict import Policy
from ui.widgets.fact_list import Fact, FactList
from ui.widgets.layout import card, column, text


class RuleCards(QWidget):
    """A card per rule: the demands, the newest first, then what is only expected."""

    def __init__(self, policy: Policy) -> None:
        """Build the cards; how they stand comes with `show_policy`."""
        super().__init__()
        rules = sorted(policy.rules, key=lambda rule: (not rule.is_demand, -rule.valid_from.toordinal(), rule.code))
        self._facts = {rule.code: FactList(rule.title, lines=4) for rule in rules}
        self.setLayout(column(*map(self._card, rules), None, gap=12))

    def show_policy(self, policy: Policy, *, on: date) -> None:
        """Show what each rule asks with the answers as they are, and which one is in force on a day."""
        for rule in policy.rules:
            if facts := self._facts.get(rule.code):
                facts.show_facts(_facts(rule, policy, on))

    def _card(self, rule: Rule) -> QFrame:
        return card(
            text(rule.title, "heading"),
            self._facts[rule.code],
            _wrapped(f"“{rule.quote}”"),
            _wrapped(rule.source, "small"),
        )


def _wrapped(words: str, role: str = "") -> QLabel:
    label = text(words, role, wraps=True)
    # As high as its lines are at the width that it gets, so that three cards need not scroll.
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return label


def _facts(rule: Rule, policy: Policy, on: date) -> list[Fact]:
    since = f"vanaf {short_date(rule.valid_from)}"
    if rule.valid_to:
        since += f" t/m {short_date(rule.valid_to)}"
    threshold = Fact("Drempel", "Geen", "bij elk bedrag")
    if rule.threshold_cents is not None:
        beyond = "of meer" if policy.settings.threshold_is_inclusive else "of minder is vrij"
        threshold = Fact("Drempel", euro(rule.threshold_cents), f"{beyond}, per jaar {policy.settings.vat_basis} btw")
    return [
        _standing(rule, policy, on),
        Fact("Vraagt", rule.level.label, "of hoger"),
        threshold,
        Fact("Voor wie", "Ketenpartners" if rule.key_partners_only else "Alle leveranciers", since),
    ]


def _standing(rule: Rule, policy: Policy, on: date) -> Fact:
    day = f"op {short_date(on)}"
    if not rule.is_in_force(on):
        return Fact("Stand", "Geldt nog niet" if on < rule.valid_from else "Geldt niet meer", day)
    if not rule.is_demand:
        return Fact("Stand", "Verwachting", "advies naast de status")
    strictest = policy.demands_on(on)[0]
    if strictest.code == rule.code:
        return Fact("Stand", "Geldt en beslist", day)
    return Fact("Stand", "Geldt", "een strengere eis gaat voor")
