"""The look: one set of tokens, light and dark, from which palette, style sheet and every painted part are made.

Source of the light tokens: the house style (ux, "Design tokens"). A test holds every pair of text and ground to
WCAG AA. Colours are of the whole process, as Qt's own palette is, so painted parts ask `current()`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.base.paths import shipped
from ui.base.style_sheet import style_sheet

FAMILY = "Inter"
BODY_PX = 14
SMALL_PX = 12


class Appearance(StrEnum):
    """What the user chose: light, dark, or as the system is. Any other text means the last."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"

    @classmethod
    def _missing_(cls, value: object) -> "Appearance":
        return cls.SYSTEM


class Pair(NamedTuple):
    """A text colour and its ground."""

    fore: str
    back: str


class Tokens(NamedTuple):
    """Every colour of the program, as #RRGGBB.

    `statuses` by the value of a `Status`, which as text is its own key: the nouns are not loaded before the first
    paint.
    """

    is_dark: bool
    surface: str
    page: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    hover: str
    selected: str
    marked: str
    rail: str
    rail_text: str
    rail_muted: str
    rail_line: str
    rail_active: str
    note: Pair
    warning: Pair
    error: Pair
    good: Pair
    statuses: Mapping[str, Pair]


LIGHT = Tokens(
    is_dark=False,
    surface="#FFFFFF",
    page="#F5F7F6",
    line="#DDE4E2",
    text="#1D2A2E",
    muted="#5E6C70",
    accent="#0F7F78",
    on_accent="#FFFFFF",
    hover="#EEF3F2",
    selected="#E2F0EF",
    marked="#FFE69C",
    rail="#15323A",
    rail_text="#F4FAFA",
    rail_muted="#9DB2B6",
    rail_line="#28454D",
    rail_active="#0F7F78",
    note=Pair("#3A3320", "#FFF8E1"),
    warning=Pair("#805600", "#FFF1CC"),
    error=Pair("#A4211A", "#FCE5E3"),
    good=Pair("#17703F", "#E2F3E9"),
    statuses={
        "COMPLIANT": Pair("#17703F", "#E2F3E9"),
        "EXPIRING": Pair("#805600", "#FFF1CC"),
        "NON_COMPLIANT": Pair("#A4211A", "#FCE5E3"),
        "POSTPONED": Pair("#805600", "#FFF1CC"),
        "EXEMPT": Pair("#6A4AA3", "#F0E9FB"),
        "BELOW_THRESHOLD": Pair("#55646A", "#ECF0EF"),
        "UNKNOWN": Pair("#40509E", "#E6EAFB"),
    },
)

DARK = Tokens(
    is_dark=True,
    surface="#1B2629",
    page="#131B1E",
    line="#334246",
    text="#E6EDEC",
    muted="#A3B1B4",
    accent="#2FA79E",
    on_accent="#06201E",
    hover="#243236",
    selected="#1F3F3E",
    marked="#6B5510",
    rail="#0E2329",
    rail_text="#E4EEEF",
    rail_muted="#93A8AC",
    rail_line="#243E45",
    rail_active="#11756F",
    note=Pair("#F2E6C2", "#33301F"),
    warning=Pair("#F3C969", "#3D3212"),
    error=Pair("#FFA9A2", "#4A2321"),
    good=Pair("#86DBA9", "#17392A"),
    statuses={
        "COMPLIANT": Pair("#86DBA9", "#17392A"),
        "EXPIRING": Pair("#F3C969", "#3D3212"),
        "NON_COMPLIANT": Pair("#FFA9A2", "#4A2321"),
        "POSTPONED": Pair("#F3C969", "#3D3212"),
        "EXEMPT": Pair("#CDB6F5", "#35294D"),
        "BELOW_THRESHOLD": Pair("#B4C1C4", "#2B373A"),
        "UNKNOWN": Pair("#B5C1FA", "#2A3257"),
    },
)

# What is no status but means as much, in chips: the outcomes of an import.
_LENT = {
    "new": "COMPLIANT",
    "updated": "UNKNOWN",
    "unchanged": "BELOW_THRESHOLD",
    "maybe": "EXPIRING",
    "error": "NON_COMPLIANT",
    "skipped": "BELOW_THRESHOLD",
    "warned": "EXPIRING",
}

_applied = LIGHT


def current() -> Tokens:
    """Return the tokens that the program shows now."""
    return _applied


def chips() -> dict[str, Pair]:
    """Return the colours of everything that a chip can say, by its value."""
    statuses = _applied.statuses
    return {**statuses, **{name: statuses[status] for name, status in _LENT.items()}}


def apply(app: QApplication, appearance: Appearance) -> None:
    """Give the whole program its look; parts that are on screen are drawn anew."""
    global _applied
    hints, scheme = app.styleHints(), Qt.ColorScheme
    # The frame of the window and the dialogs of the system follow too.
    hints.setColorScheme({Appearance.LIGHT: scheme.Light, Appearance.DARK: scheme.Dark}.get(appearance, scheme.Unknown))
    wants_dark = appearance is Appearance.DARK or (
        appearance is Appearance.SYSTEM and hints.colorScheme() is scheme.Dark
    )
    _applied = DARK if wants_dark else LIGHT
    app.setPalette(_palette(_applied))
    # Fusion draws the edge of a box to tick in a shade of the ground, which cannot be seen in the dark.
    marks = _palette(_applied)
    marks.setColor(QPalette.ColorRole.Window, QColor(_applied.muted).lighter(140))
    app.setPalette(marks, "QCheckBox")  # type: ignore[arg-type]  # the stubs ask for bytes, Qt refuses them
    app.setStyleSheet(style_sheet(_applied))


def load_fonts(app: QApplication) -> None:
    """Bundle the letters' own fonts into the program, so that it looks the same on every laptop."""
    for name in ("Inter-Regular", "Inter-SemiBold", "Inter-Bold", "NotoSans-Regular"):
        QFontDatabase.addApplicationFont(str(shipped("resources", "fonts", f"{name}.ttf")))
    app.setFont(font())


def font(size_px: int = BODY_PX, *, is_strong: bool = False, is_tabular: bool = False) -> QFont:
    """Return the program's font; `is_tabular` gives every digit the same width, for columns."""
    made = QFont([FAMILY, "Noto Sans"])
    made.setPixelSize(size_px)
    if is_strong:
        made.setWeight(QFont.Weight.DemiBold)
    if is_tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def colour(code: str) -> QColor:
    """Return a token as Qt draws it."""
    return QColor(code)


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for where, code in (
        (role.Window, tokens.page), (role.WindowText, tokens.text),
        (role.Base, tokens.surface), (role.AlternateBase, tokens.page), (role.Text, tokens.text),
        (role.PlaceholderText, tokens.muted), (role.Button, tokens.surface), (role.ButtonText, tokens.text),
        (role.Highlight, tokens.selected), (role.HighlightedText, tokens.text), (role.Link, tokens.accent),
        (role.ToolTipBase, tokens.text), (role.ToolTipText, tokens.surface), (role.Mid, tokens.line),
        (role.Accent, tokens.accent),
    ):  # fmt: skip
        palette.setColor(where, QColor(code))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.muted))
    return palette
