"""Make the static, trimmed fonts of this folder from the variable fonts of the two font packages.

    python resources/fonts/make_fonts.py

Two families serve the screen and the letters alike. Inter carries all Latin text; Noto Sans carries what the trimmed
Inter lacks: Greek, Cyrillic and combining marks. ReportLab and Qt take static TrueType fonts only, so every weight is
cut from the variable font (fontTools' instancer), trimmed to the characters named below and stripped of hints.
The outcome is the same byte for byte on every run: time stamps are taken from the source fonts.
Needs fonttools, fontpkg-inter and fontpkg-noto-sans (the development environment has them).
"""

import importlib.util
import shutil
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).resolve().parent

# Of Inter: every Latin letter and what a letter, a list or a button needs besides.
LATIN = (
    range(0x0020, 0x0250),  # ASCII, Latin-1, Latin Extended-A and -B
    range(0x02B0, 0x0300),  # modifier letters
    range(0x0300, 0x0370),  # combining marks
    range(0x1E00, 0x1F00),  # Latin Extended Additional
    range(0x2000, 0x2070),  # spaces, dashes, quotation marks
    range(0x2070, 0x20A0),  # raised and lowered digits
    range(0x20A0, 0x20D0),  # currencies
    range(0x2100, 0x2150),  # number sign, trade mark and the like
    range(0x2190, 0x2194),  # ← ↑ → ↓
    (0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x221E),  # minus, about, unequal, at most, at least, infinite
    (0x25A0, 0x25A1, 0x25B2, 0x25B6, 0x25BC, 0x25C0, 0x25CF, 0x25CB, 0x2713, 0x2717),  # ■ □ ▲ ▶ ▼ ◀ ● ○ ✓ ✗
)
# Of Noto Sans, as far as Inter lacks it.
OTHER = (
    range(0x0250, 0x02B0),  # phonetic letters, which some languages write with
    range(0x0300, 0x0370),  # combining marks
    range(0x0370, 0x0400),  # Greek
    range(0x0400, 0x0530),  # Cyrillic
    range(0x1F00, 0x2000),  # Greek with its old accents
    range(0x2000, 0x2070),
    range(0x20A0, 0x20D0),
    range(0x2100, 0x2150),
    range(0x2C60, 0x2C80),  # Latin Extended-C
    range(0xA720, 0xA800),  # Latin Extended-D
)
# What a program that shapes text (Qt) uses; ReportLab reads only outlines and widths.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "case"]


def main() -> None:
    """Write every font of this folder, and the licences beside them."""
    inter, noto = package("fontpkg_inter"), package("fontpkg_noto_sans")
    latin: set[int] = set()
    for name, weight in (("Regular", 400), ("SemiBold", 600), ("Bold", 700)):
        font = TTFont(inter / "files" / "Inter[opsz,wght].ttf", recalcTimestamp=False)
        latin = make(font, HERE / f"Inter-{name}.ttf", axes={"opsz": 14, "wght": weight}, wanted=LATIN)
    font = TTFont(noto / "files" / "NotoSans[wdth,wght].ttf", recalcTimestamp=False)
    make(font, HERE / "NotoSans-Regular.ttf", axes={"wdth": 100, "wght": 400}, wanted=OTHER, lacking=latin)
    shutil.copyfile(inter / "LICENSE", HERE / "Inter-OFL.txt")
    shutil.copyfile(noto / "LICENSE", HERE / "NotoSans-OFL.txt")


def package(name: str) -> Path:
    """Return the folder of a font package; nothing of it is run."""
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        raise SystemExit(f"The package {name.replace('_', '-')} is absent: install the development environment.")
    return Path(found.origin).parent


def make(
    font: TTFont,
    target: Path,
    *,
    axes: dict[str, float],
    wanted: Iterable[Iterable[int]],
    lacking: set[int] | None = None,
) -> set[int]:
    """Write one static font with the wanted characters, without those in `lacking`; return what it holds."""
    static = instantiateVariableFont(font, axes, inplace=True, updateFontNames=True)
    held = {code for code in static.getBestCmap() if unicodedata.category(chr(code)) != "Cn"}
    codes = {code for block in wanted for code in block} & held
    if lacking:
        # Accents stay in both, so that a Greek letter and the accent on it come from one font.
        codes -= {code for code in lacking if not unicodedata.combining(chr(code))}
        codes |= {0x20, 0xA0}
    _only_digits(static)
    options = Options(
        hinting=False, layout_features=FEATURES, name_IDs=[*range(7), 13, 14, 16, 17], notdef_outline=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(static)
    for table in ("STAT", "MVAR", "DSIG", "meta"):
        if table in static:
            del static[table]
    static.save(target, reorderTables=True)
    return codes


def _only_digits(font: TTFont) -> None:
    """Let figures of one width be digits only: a hyphen as wide as a digit tears dates and names apart."""
    table = font["GSUB"].table
    digits = {font.getBestCmap()[code] for code in range(0x30, 0x3A)}
    lookups = {
        place
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for place in record.Feature.LookupListIndex
    }
    for subtable in (part for place in lookups for part in table.LookupList.Lookup[place].SubTable):
        single = getattr(subtable, "ExtSubTable", subtable)
        single.mapping = {name: wide for name, wide in single.mapping.items() if name in digits}


if __name__ == "__main__":
    main()
