"""The shipped fonts: what they hold, and that their script still makes them."""

import importlib.util
import runpy
from pathlib import Path

import pytest

from app.letters.fonts import Face, load

TTFont = pytest.importorskip("fontTools.ttLib").TTFont

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts"
INTER = ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "Inter-Bold.ttf")


@pytest.mark.parametrize("name", INTER)
def test_every_letter_of_the_latin_alphabet_is_there(name: str):
    held = TTFont(FOLDER / name).getBestCmap()
    for character in "ABCabcéëïöüÉÇñßæøåŁłŞşŐőĳĲŵŷ€£§©–—’‘“”„…•·²³½≤≥≈×→←✓□ẞạếỹ":
        assert ord(character) in held, character


@pytest.mark.parametrize("name", INTER)
def test_figures_of_one_width_are_digits_only(name: str):
    font = TTFont(FOLDER / name)
    table, named = font["GSUB"].table, font.getBestCmap()
    places = {
        place
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for place in record.Feature.LookupListIndex
    }
    parts = [part for place in places for part in table.LookupList.Lookup[place].SubTable]
    widened = {glyph for part in parts for glyph in getattr(part, "ExtSubTable", part).mapping}
    assert widened == {named[ord(digit)] for digit in "0123456789"}


def test_the_second_font_adds_greek_and_cyrillic_and_no_latin():
    held = TTFont(FOLDER / "NotoSans-Regular.ttf").getBestCmap()
    assert all(ord(c) in held for c in "ΑαΩωάЖжЯяЄїҐ")
    assert ord("A") not in held


def test_the_fonts_are_small_and_have_their_licence_beside_them():
    files = [*FOLDER.glob("*.ttf")]
    assert sum(path.stat().st_size for path in files) < 700_000
    for licence in ("Inter-OFL.txt", "NotoSans-OFL.txt"):
        assert "SIL OPEN FONT LICENSE" in (FOLDER / licence).read_text(encoding="utf-8")


def test_the_script_makes_the_same_bytes(tmp_path: Path):
    for package in ("fontpkg_inter", "fontpkg_noto_sans"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"{package} is absent")
    script = tmp_path / "make_fonts.py"
    script.write_text((FOLDER / "make_fonts.py").read_text(encoding="utf-8"), encoding="utf-8")
    runpy.run_path(str(script), run_name="__main__")
    for path in FOLDER.glob("*.ttf"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_run_changes_font_only_where_it_must():
    fonts = load()
    assert fonts.runs("Bouw B.V.", Face.REGULAR) == (("Tredewijzer-Regular", "Bouw B.V."),)
    assert fonts.runs("a Жук b", Face.SEMIBOLD) == (
        ("Tredewijzer-SemiBold", "a "),
        ("Tredewijzer-Fallback", "Жук"),
        ("Tredewijzer-SemiBold", " b"),
    )


def test_a_width_is_the_sum_of_its_characters():
    fonts = load()
    text = "Bouw en Жук"
    sum_of_all = sum(fonts.width(character, Face.REGULAR, 10) for character in text)
    assert fonts.width(text, Face.REGULAR, 10) == pytest.approx(sum_of_all)
