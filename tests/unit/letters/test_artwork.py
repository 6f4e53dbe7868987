"""Files of one's own in a letter: only what is seen of them goes along, and what cannot be used is said in Dutch."""

import io
import logging
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from app.base.errors import AppError
from app.base.progress import NoProgress
from app.letters.artwork import MOST_BYTES, Paper, Use, read_artwork
from app.letters.picture import Picture, page_picture
from app.letters.render import plain_print_file, render_artwork, render_letter, render_print_file
from tests.unit.letters.examples import FULL_SENDER, letter
from tests.unit.letters.files import (
    busy_paper,
    endless_paper,
    huge_picture,
    letter_paper,
    locked_paper,
    picture,
    turned,
    with_files,
)

PAPER = letter_paper()


def drawn(content: bytes, use: Use) -> bytes:
    return render_artwork(read_artwork(content, use=use))


def difference(one: Picture, other: Picture) -> float:
    """The part of two pictures that differs by more than the edge of a line, from their tops as far as both reach."""
    shared = min(len(one.rgb_bytes), len(other.rgb_bytes))
    pairs = zip(one.rgb_bytes[:shared], other.rgb_bytes[:shared], strict=True)
    return sum(abs(a - b) > 60 for a, b in pairs) / shared


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
@pytest.mark.parametrize(("origin", "bleed"), [((0.0, 0.0), 0.0), ((30.0, 42.43), 0.0), ((0.0, 0.0), 8.5)])
def test_a_page_looks_as_its_own_file_does_however_it_was_turned(
    degrees: int, origin: tuple[float, float], bleed: float
):
    content = turned(PAPER, degrees, origin=origin, bleed=bleed)
    # The file itself, cut where its edges say.
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    writer.pages[0].cropbox = writer.pages[0].mediabox = writer.pages[0].trimbox
    stream = io.BytesIO()
    writer.write(stream)
    found = page_picture(stream.getvalue(), 0, width_px=400)
    # A page that lies fills the sheet from its top.
    shown = page_picture(drawn(content, Use.LOGO), 0, width_px=400)
    assert shown.height >= found.height - 1
    assert difference(shown, found) < 0.01


def test_of_a_pdf_nothing_goes_along_but_what_is_seen():
    settings, artwork = with_files(FULL_SENDER, background=busy_paper())
    pdf = render_letter(letter(), replace(settings, paper="background"), artwork=artwork)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    everything = "".join(repr(reader.get_object(number)) for number in range(1, len(reader.xref[0]) + 1))
    words = (
        "JavaScript /JS /URI /Launch '/AA' /OpenAction /EmbeddedFile /Annot /Names /Ref elders /Metadata Kwaad kwaad"
    )
    for word in (*words.split(), "Geheime", "voorbeeld.example/"):
        assert word not in everything, word
    assert "Stichting Voorbeeldpapier, blad 1" in reader.pages[0].extract_text()


@pytest.mark.parametrize(
    ("content", "use", "words"),
    [
        (locked_paper(), Use.BACKGROUND, "beveiligd met een wachtwoord"),
        (letter_paper(3), Use.BACKGROUND, "heeft 3 bladzijden. Kies een pdf van een of 2"),
        (letter_paper(2), Use.LOGO, "heeft 2 bladzijden. Kies een pdf van één"),
        (letter_paper(1, size=(419.5, 595.3)), Use.BACKGROUND, "geen staand A4"),
        (letter_paper(1, size=(841.89, 595.276)), Use.BACKGROUND, "geen staand A4"),
        (letter_paper(1)[:700], Use.BACKGROUND, "beschadigd"),
        (letter_paper(1).replace(b"/Pages", b"/Pagez"), Use.BACKGROUND, "beschadigd"),
        (b"%PDF-1.7\n" + b"%%EOF", Use.BACKGROUND, "beschadigd"),
        (endless_paper(), Use.BACKGROUND, "(beschadigd|te zwaar)"),
        (picture(), Use.BACKGROUND, "Briefpapier is een pdf"),
        (b"GIF89a" + bytes(40), Use.LOGO, "geen pdf, png, jpg of svg"),
        (b"", Use.SIGNATURE, "geen pdf, png, jpg of svg"),
        (b"%PDF-" + bytes(MOST_BYTES), Use.LOGO, "hoogstens 5 MB"),
        (picture()[:200], Use.LOGO, "beschadigd"),
        (picture("JPEG")[:400], Use.SIGNATURE, "beschadigd"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), Use.LOGO, "beschadigd"),
        (huge_picture(), Use.LOGO, "te veel beeldpunten"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_words(content: bytes, use: Use, words: str):
    with pytest.raises(AppError, match=words) as refused:
        read_artwork(content, use=use)
    assert refused.value.advice


def test_a_file_with_a_bad_spot_anywhere_is_drawn_or_refused_and_nothing_else(caplog: pytest.LogCaptureFixture):
    whole = turned(PAPER, 0)
    with caplog.at_level(logging.WARNING):
        for place in range(0, len(whole), 61):
            try:
                drawn(whole[:place] + b"\x7f<<" + whole[place + 3 :], Use.BACKGROUND)
            except AppError:
                continue
    assert caplog.records == []


@pytest.mark.parametrize(
    "kind", ["PNG RGB", "PNG RGBA", "PNG P", "PNG 1", "PNG I;16", "JPEG RGB", "JPEG L", "JPEG CMYK"]
)
def test_a_picture_of_any_kind_keeps_its_shape_and_its_dark_side(kind: str):
    form, mode = kind.split()
    [drawable] = read_artwork(picture(form, mode=mode), use=Use.LOGO)
    assert drawable.width / drawable.height == pytest.approx(3, rel=0.01)
    shown = page_picture(render_artwork([drawable]), 0, width_px=90)
    dark, light = (sum(shown.rgb_bytes[3 * (90 * 10 + x) : 3 * (90 * 10 + x) + 3]) for x in (20, 70))
    assert dark < 3 * 90 and light > 3 * 230


def test_a_photo_lies_as_the_camera_held_it():
    stream = io.BytesIO()
    lying = Image.open(io.BytesIO(picture("JPEG", size=(300, 100))))
    exif = Image.Exif()
    exif[0x0112] = 6
    lying.save(stream, "JPEG", exif=exif)
    [drawable] = read_artwork(stream.getvalue(), use=Use.LOGO)
    assert (drawable.width < drawable.height) and b"Exif" not in render_artwork([drawable])


def test_a_large_picture_makes_no_large_letter():
    settings, artwork = with_files(FULL_SENDER, logo=picture(size=(4000, 1000)), signature=picture("JPEG"))
    plain = len(render_letter(letter(), FULL_SENDER))
    assert len(render_letter(letter(), settings, artwork=artwork)) < plain + 40_000


def test_a_file_of_many_letters_holds_the_artwork_once():
    settings, artwork = with_files(FULL_SENDER, logo=picture(), signature=picture("JPEG"))
    pdf = render_print_file([letter()] * 3, settings, artwork=artwork)
    assert len(re.findall(rb"/Subtype /Image", pdf)) == 2
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        assert len(list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))) == 2
    document.close()


def test_the_same_letter_with_artwork_gives_the_same_bytes_and_no_tool_finds_a_fault(tmp_path: Path):
    settings, artwork = with_files(
        replace(FULL_SENDER, paper="background"), background=PAPER, logo=picture(mode="RGBA"), signature=picture("JPEG")
    )
    pdf = render_letter(letter(), settings, artwork=artwork)
    read_artwork.cache_clear()
    assert render_letter(letter(), settings, artwork=artwork) == pdf
    qpdf = shutil.which("qpdf")
    if qpdf is None:
        pytest.skip("qpdf is absent")
    for name, content in (("brief", pdf), ("stapel", render_print_file([letter()] * 2, settings, artwork=artwork))):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(content)
        checked = subprocess.run([qpdf, "--check", path], capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr


def test_both_ways_of_drawing_show_the_same():
    settings, artwork = with_files(
        replace(FULL_SENDER, paper="background"), background=PAPER, signature=picture(mode="RGBA")
    )
    fast = render_letter(letter(), settings, artwork=artwork)
    plain = plain_print_file([letter()], settings, artwork=artwork, progress=NoProgress())
    assert fast != plain
    assert difference(page_picture(fast, 0, width_px=600), page_picture(plain, 0, width_px=600)) < 0.0005


def test_settings_that_name_a_file_cannot_be_drawn_without_it():
    settings, _artwork = with_files(FULL_SENDER, logo=picture())
    with pytest.raises(AssertionError, match="logo"):
        Paper(settings)


def test_without_artwork_no_reader_of_files_is_loaded():
    code = (
        "import sys; from app.letters.render import render_letter;"
        "from tests.unit.letters.examples import FULL_SENDER, letter; render_letter(letter(), FULL_SENDER);"
        "print('pypdf' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
