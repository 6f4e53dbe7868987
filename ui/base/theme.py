"""The look: from one set of tokens come palette, style sheet and every painted part.

Colours are of the whole process, as Qt's own palette is, so painted parts ask `current()`.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.base.paths import shipped
from ui.base.style_sheet import style_sheet
from ui.base.tokens import DARK, LIGHT, Tokens

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


_applied = LIGHT


def current() -> Tokens:
    """Return the tokens that the program shows now."""
    return _applied


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


def mono_font(size_px: int = SMALL_PX) -> QFont:
    """Return the system's font in which every character is as wide, for text that is written in lines and columns."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(size_px)
    return made


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
