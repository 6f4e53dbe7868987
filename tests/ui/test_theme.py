"""Every text can be read on every ground that it stands on, in light and dark: WCAG 2.2 AA."""

import re
from collections import Counter
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.verdict import Status
from app.services.export_table import STATUS_COLOURS
from ui.base import theme, tokens
from ui.base.actions import Act, bind
from ui.base.style_sheet import style_sheet
from ui.widgets.action_button import ActionButton

TEXT = 4.5
# Marks and edges that carry meaning, and the words of what is off, which WCAG excepts (1.4.11, 1.4.3).
GRAPHIC = 3.0
LOOKS = pytest.mark.parametrize("look", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])


@dataclass(frozen=True)
class On:
    """Names of tokens: an ink, and the grounds on which it stands somewhere in the program."""

    ink: str
    grounds: str
    least: float = TEXT


PLACES = (
    On("text", "surface page hover selected marked"),
    On("muted", "surface page hover selected"),
    On("accent", "surface page"),
    On("on_accent", "accent"),
    On("surface", "text"),
    On("rail_text", "rail rail_line rail_active"),
    On("rail_muted", "rail rail_line"),
    # The word on a main button that is off; the marks of level and tick; the border of what has the focus.
    On("muted", "line", GRAPHIC),
    On("accent", "surface page hover selected", GRAPHIC),
)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(code: str) -> float:
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.478, abs=0.001)


@LOOKS
def test_every_text_can_be_read_on_its_ground(look: tokens.Tokens) -> None:
    faint = [
        f"{place.ink} on {ground}: {found:.2f}"
        for place in PLACES
        for ground in place.grounds.split()
        if (found := contrast(getattr(look, place.ink), getattr(look, ground))) < place.least
    ]
    assert faint == []


@LOOKS
def test_every_pair_can_be_read_also_where_its_word_stands_on_a_card(look: tokens.Tokens) -> None:
    pairs = {"note": look.note, "warning": look.warning, "error": look.error, "good": look.good, **look.statuses}
    faint = [
        f"{name} on {ground}: {found:.2f}"
        for name, pair in pairs.items()
        for ground in (pair.back, look.surface, look.page)
        if (found := contrast(pair.fore, ground)) < TEXT
    ]
    assert faint == []


@LOOKS
def test_every_status_has_its_colours(look: tokens.Tokens) -> None:
    assert set(look.statuses) == {status.value for status in Status}


def test_a_status_has_the_same_colours_in_an_exported_table_as_in_the_light_look() -> None:
    assert {status: tuple(pair) for status, pair in STATUS_COLOURS.items()} == {
        Status(status): tuple(pair) for status, pair in tokens.LIGHT.statuses.items()
    }


@pytest.mark.parametrize("kind", ["", "flat", "slim", "primary"])
@pytest.mark.parametrize("look", [theme.Appearance.LIGHT, theme.Appearance.DARK])
def test_the_key_on_a_button_can_be_read(qapp: QApplication, qtbot: QtBot, look: theme.Appearance, kind: str) -> None:
    """Painted eight times as large, so that the strokes of these small words have their full colour."""
    theme.apply(qapp, look)
    host = QWidget()
    qtbot.addWidget(host)
    action = bind(Act.SAVE, host, lambda: None)
    action.setText("")
    button = ActionButton(action, is_primary=kind == "primary")
    button.setProperty("kind", kind or None)
    button.setParent(host)
    button.resize(button.sizeHint())
    picture = QImage(button.size() * 8, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(8)
    picture.fill(QColor(theme.current().surface))
    button.render(picture)
    middle = range(picture.height() // 2 - 24, picture.height() // 2 + 24)
    inner = range(picture.width() // 2 - 120, picture.width() // 2 + 120)
    colours = Counter(picture.pixelColor(x, y).name() for y in middle for x in inner)
    ((ground, _times),) = colours.most_common(1)
    theme.apply(qapp, theme.Appearance.SYSTEM)
    assert max(contrast(ground, colour) for colour in colours) >= TEXT


@LOOKS
def test_the_style_sheet_has_no_colour_of_its_own(look: tokens.Tokens) -> None:
    used = set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", style_sheet(look)))
    known = {value for value in look if isinstance(value, str)}
    known |= {code for value in look if isinstance(value, tokens.Pair) for code in value}
    assert used <= known


def test_text_that_nobody_knows_means_as_the_system_is() -> None:
    assert theme.Appearance("donkerder") is theme.Appearance.SYSTEM
    assert theme.Appearance("dark") is theme.Appearance.DARK


def test_a_look_is_on_screen_at_once_and_can_be_taken_back(qapp: QApplication) -> None:
    label = QLabel("x")
    label.setAutoFillBackground(True)
    label.resize(20, 20)
    for look, wanted in ((theme.Appearance.DARK, tokens.DARK), (theme.Appearance.LIGHT, tokens.LIGHT)):
        theme.apply(qapp, look)
        assert theme.current() is wanted
        assert label.grab().toImage().pixelColor(19, 19).name().upper() == wanted.page
    theme.apply(qapp, theme.Appearance.SYSTEM)
    is_dark = qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark
    assert theme.current() is (tokens.DARK if is_dark else tokens.LIGHT)
