"""The card of the telephone: which links open this program, and what to fill in in a phone program.

The ticks say what the system says, each time they are shown, and change it at once.
"""

import sys
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from app.base.errors import AppError
from ui.base.actions import Act, bind
from ui.base.notice import Notice
from ui.base.page import Page
from ui.base.url_scheme import UrlSchemes, phone_command, phone_url
from ui.base.wish import OWN_SCHEME, TEL_SCHEME
from ui.widgets.action_button import ActionButton
from ui.widgets.check_box import CheckBox
from ui.widgets.layout import CARD_EDGE, column, row, text
from ui.widgets.line_edit import LineEdit

_WORDS = {
    OWN_SCHEME: "Bellers uit de telefooncentrale openen in Tredewijzer (tredewijzer:)",
    TEL_SCHEME: "Ook voor tel:-koppelingen",
}
_WHO_OPENS_TEL = (
    "Welk programma tel: opent, kiest u zelf bij de standaard-apps van {system}. Is dat Tredewijzer, dan zoekt een "
    "klik op een nummer de beller op, en belt uw belprogramma niet meer."
)
_CAN_CHOOSE = "U kunt Tredewijzer nu kiezen voor tel:, bij de standaard-apps."
_NOT_HERE = "Op deze computer kan Tredewijzer geen koppelingen aannemen. De opdracht hieronder werkt wel."
_HOW = (
    "Vul in uw belprogramma een van deze twee in bij wat er gebeurt als iemand belt. In plaats van %nummer% schrijft u "
    "het woord dat uw belprogramma voor het nummer heeft. De tweede werkt als het eerste vinkje aan staat."
)


class PhoneCard(QFrame):
    """The card. `schemes` is None where the system lets no program set this for itself."""

    def __init__(self, page: Page, schemes: UrlSchemes | None) -> None:
        """Build the parts; the ticks come with `show_state`. The keys work on the whole page."""
        super().__init__()
        self.setProperty("role", "card")
        self._desk, self._schemes = page.desk, schemes
        self._ticks = {scheme: self._make_tick(scheme) for scheme in _WORDS} if schemes else {}
        system = "Windows" if sys.platform == "win32" else "uw systeem"
        about = text(_WHO_OPENS_TEL.format(system=system) if schemes else _NOT_HERE, "small", wraps=True)
        command = bind(Act.COPY_CALL_COMMAND, page, partial(self._copy, "De opdracht", phone_command()))
        url = bind(Act.COPY_CALL_URL, page, partial(self._copy, "De koppeling", phone_url()))
        self.setLayout(
            column(
                text("Telefoon", "heading"),
                *self._ticks.values(),
                about,
                4,
                text(_HOW, "small", wraps=True),
                _to_read("Opdracht bij een oproep", phone_command()),
                _to_read("Koppeling bij een oproep", phone_url()),
                row(ActionButton(command), ActionButton(url), None),
                edge=CARD_EDGE,
            )
        )

    def show_state(self) -> None:
        """Show what the system says now."""
        for scheme, tick in self._ticks.items():
            tick.setChecked(self._schemes is not None and self._schemes.is_on(scheme))

    def _make_tick(self, scheme: str) -> CheckBox:
        tick = CheckBox(_WORDS[scheme])
        # The user's own tick only: showing the state must not write it.
        tick.clicked.connect(lambda is_on: self._switch(scheme, is_on=is_on))
        return tick

    def _switch(self, scheme: str, *, is_on: bool) -> None:
        assert self._schemes is not None
        try:
            (self._schemes.turn_on if is_on else self._schemes.turn_off)(scheme)
        except AppError as error:
            self._desk.report(error)
        else:
            switched_on = _CAN_CHOOSE if scheme == TEL_SCHEME else f"Koppelingen met {scheme}: openen nu Tredewijzer."
            switched_off = f"Koppelingen met {scheme}: openen Tredewijzer niet meer."
            self._desk.noticed.emit(Notice(switched_on if is_on else switched_off))
        self.show_state()

    def _copy(self, what: str, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._desk.noticed.emit(Notice(f"{what} staat op het klembord."))


def _to_read(name: str, words: str) -> LineEdit:
    line = LineEdit(name)
    line.setText(words)
    line.setReadOnly(True)
    line.setCursorPosition(0)
    return line
