"""The cards of the letters: who sends them, on what paper, in which envelope, in what order, and their terms."""

from collections.abc import Mapping, Sequence
from dataclasses import Field as DataField
from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.base.files import write_whole
from app.base.progress import Progress
from app.base.settings import fault_of
from app.domain.identifiers import check_kvk, check_postcode
from app.domain.letter import LetterSettings, listed_days
from app.services import Register
from app.services.change_settings import get_settings
from app.services.letter_paper import Use, make_test_page
from ui.base import paper
from ui.base.actions import Act, bind
from ui.base.notice import Notice
from ui.base.page import Page
from ui.dialogs import ask
from ui.pages.settings_paper import ArtworkFields
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import card, column, row, text
from ui.widgets.record_form import Field, Kind, RecordForm

# The fields of `LetterSettings` per card; what a field is called stands there. The files have fields of their own.
_SENDER = ("organisation", "team", "phone", "email", "street", "postcode", "city", "kvk")
_PAPER = ("paper",)
_WORDS = ("letterhead", "footer", "signatory", "enclosure")
_ENVELOPE = ("window", "has_return_line", "offset_right_mm", "offset_down_mm")
_TERMS = (
    "reply_days", "certified_months", "information_days", "notice_days", "recent_days", "begins_with_information",
)  # fmt: skip
_DAYS = ("closed_days", "decree_days")
_ORDER = ("print_order", "kenmerk_prefix")
_CHOICES = {
    "paper": {"plain": "Blanco: briefhoofd en voet erbij", "background": "Eigen pdf", "preprinted": "Voorbedrukt"},
    "window": {"left": "Links", "right": "Rechts", "none": "Geen venster"},
    "print_order": {"postcode": "Op postcode", "name": "Op naam"},
}
_LONG = {"letterhead", "closed_days", "decree_days"}
_WIDE = {"letterhead", "footer", "window", "paper", "has_return_line", "begins_with_information"}
_HINTS = {"closed_days": "8-2-2027 carnaval", "decree_days": "Leeg: de dagen die Tredewijzer kent"}
# So much of a line says which line it is.
_SHOWN = 40
_SETTINGS = {item.name: item for item in fields(LetterSettings)}


Part = RecordForm | ArtworkFields


class LetterCards(QWidget):
    """The cards. `edited` tells that something was typed or chosen."""

    edited = Signal()

    def __init__(self, page: Page) -> None:
        """Build the cards; their values come with `show_stored`."""
        super().__init__()
        self._desk = page.desk
        self._artwork = ArtworkFields(page)
        self._paper = _form(_PAPER)
        # In the order in which they are shown.
        self._parts: dict[str, tuple[Part, ...]] = {
            "Afzender": (_form(_SENDER),),
            "Briefpapier": (self._paper, self._artwork),
            "Briefhoofd en voet": (_form(_WORDS),),
            "Envelop": (_form(_ENVELOPE),),
            "Termijnen": (_form(_TERMS),),
            "Vrije dagen": (_form(_DAYS),),
            "Volgorde en kenmerk": (_form(_ORDER),),
        }
        more: dict[str, QWidget] = {
            "Briefhoofd en voet": text(
                "Op een eigen pdf of voorbedrukt papier drukt Tredewijzer geen briefhoofd, logo en voet.",
                "small",
                wraps=True,
            ),
            "Envelop": self._test_page(page),
            "Vrije dagen": text(
                "Een datum in een brief valt nooit in het weekend of op een feestdag, en ook niet op deze dagen.",
                "small",
                wraps=True,
            ),
        }
        cards = [
            card(text(title, "heading"), *parts, *([more[title]] if title in more else []))
            for title, parts in self._parts.items()
        ]
        self.setLayout(column(*cards, gap=12))
        for part in self._all():
            part.edited.connect(self.edited)
        self._artwork.chose.connect(self._use_background)

    @property
    def is_edited(self) -> bool:
        """Whether anything differs from what is stored."""
        return any(part.is_edited for part in self._all())

    @property
    def chosen(self) -> Mapping[str, bytes]:
        """The files that were chosen and are not kept yet, by their SHA-256."""
        return self._artwork.chosen

    def show_stored(self, values: Mapping[str, Any], *, is_kept: bool) -> None:
        """Show what is stored; what was typed stays where it is meant to be kept."""
        for part in self._all():
            (part.catch_up if is_kept else part.show_values)(values)

    def typed(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the settings that were typed, and what is wrong with the others, in Dutch."""
        values: dict[str, Any] = {}
        faults: dict[str, str] = {}
        for part in self._all():
            faults |= part.problems()
            for name, value in part.values().items():
                item = _SETTINGS[name]
                meant = float(value) if isinstance(item.default, float) and type(value) is int else value
                if fault := fault_of(item, meant):
                    faults[name] = fault
                else:
                    values[name] = meant
        return values, faults | _faults(values)

    def warn(self, notes: Mapping[str, str]) -> None:
        """Show what deserves a look under its field."""
        for part in self._all():
            part.warn(notes)

    def focus_on(self, name: str = "") -> None:
        """Put the focus on a field, on the first one when none is named."""
        parts = (part for part in self._all() if name in part.values() or name in part.problems())
        next(parts, self._all()[0]).focus_on(name)

    def set_read_only(self, is_fixed: bool) -> None:
        """Let nothing be typed, or let it again."""
        for part in self._all():
            part.set_read_only(is_fixed)

    def _all(self) -> list[Part]:
        return [part for parts in self._parts.values() for part in parts]

    def _use_background(self, use: Use) -> None:
        """Whoever chooses letter paper means to use it."""
        paper_field = self._paper.control("paper")
        assert isinstance(paper_field, QComboBox)
        if use is Use.BACKGROUND:
            paper_field.setCurrentIndex(list(_CHOICES["paper"]).index("background"))

    # -- the test page ------------------------------------------------------------------------------------------------

    def _test_page(self, page: Page) -> QWidget:
        buttons = QWidget()
        to_print = bind(Act.PRINT_TEST_PAGE, page, self._print_test_page)
        to_save = bind(Act.SAVE_TEST_PAGE, page, self._save_test_page)
        buttons.setLayout(row(ActionButton(to_print), ActionButton(to_save), None))
        return buttons

    def _print_test_page(self) -> None:
        printer = ask.printer(self, "Testpagina afdrukken")
        if printer is None:
            return
        settings = self._meant()

        def run(_register: Register, progress: Progress) -> None:
            paper.print_letters(printer, [lambda: make_test_page(settings)], progress=progress)

        self._desk.read(
            run,
            what="Testpagina afdrukken",
            owner=self,
            done=lambda _: self._desk.noticed.emit(Notice("Testpagina naar de printer gestuurd.")),
        )

    def _save_test_page(self) -> None:
        proposal = self._desk.path.with_name("testpagina.pdf")
        path = ask.file_to_save(self, "Testpagina opslaan", ask.PDFS, proposal)
        if path is None:
            return
        settings = self._meant()
        self._desk.read(
            lambda _register, _progress: write_whole(path, make_test_page(settings)),
            what="Testpagina maken",
            owner=self,
            done=lambda _: self._desk.noticed.emit(Notice(f"Testpagina opgeslagen in {path.name}.")),
        )

    def _meant(self) -> LetterSettings:
        """Return the settings with what was typed: an offset is tried before it is saved."""
        return replace(get_settings(self._desk.register, LetterSettings), **self.typed()[0])


def warnings(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what looks wrong but may be saved."""
    email = values.get("email", "")
    found = {
        "email": "Een e-mailadres heeft een @." if email and "@" not in email else None,
        "postcode": check_postcode(values.get("postcode", "")),
        "kvk": check_kvk(values.get("kvk", "")),
        "kenmerk_prefix": None if values.get("kenmerk_prefix") else "Zonder begin is een kenmerk niet te herkennen.",
    }
    return {name: words for name, words in found.items() if words}


def _faults(values: Mapping[str, Any]) -> dict[str, str]:
    """Return what cannot be saved, for a reason that no single setting knows."""
    found = {name: _day_fault(values[name]) for name in _DAYS if name in values}
    if values.get("paper") == "background" and not values.get("background"):
        found["background"] = "Kies hier uw eigen briefpapier, of kies ander papier."
    return {name: words for name, words in found.items() if words}


def _day_fault(typed: str) -> str:
    wrong = next((line for line, day in listed_days(typed) if day is None), "")
    if not wrong:
        return ""
    shown = wrong if len(wrong) <= _SHOWN else f"{wrong[:_SHOWN]}…"
    return f"‘{shown}’ begint niet met een datum. Schrijf een dag per regel, zoals 27-12-2027."


def _form(names: Sequence[str]) -> RecordForm:
    return RecordForm([_field(name) for name in names])


def _field(name: str) -> Field:
    item: DataField[Any] = _SETTINGS[name]
    choices = list(_CHOICES.get(name, {}).items())
    kind = Kind.LONG if name in _LONG else Kind.LINE
    if choices:
        kind = Kind.CHOICE
    elif isinstance(item.default, bool):
        kind = Kind.FLAG
    elif isinstance(item.default, int | float):
        kind = Kind.NUMBER
    return Field(name, item.metadata["description"], kind, choices, hint=_HINTS.get(name, ""), is_wide=name in _WIDE)
