"""The test page, measured: whoever holds a ruler against it must find what it says."""

from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.domain.letter import LetterSettings
from app.letters.layout import PAGE_HEIGHT, PT_PER_MM, address_area
from app.letters.render import render_test_page
from app.letters.test_page import SAMPLE_ADDRESS
from tests.unit.letters.examples import FULL_SENDER, one_line, page_glyphs, page_texts
from tests.unit.letters.files import picture, with_files

Line = tuple[float, float, float, float, float]


def lines_of(pdf: bytes) -> list[Line]:
    """Every line: left, top, right and bottom of its middle in mm, and its width in points."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for item in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = (edge / PT_PER_MM for edge in item.get_bounds())
        width = pdfium.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(item.raw, width)
        half = width.value / PT_PER_MM / 2
        found.append((left + half, PAGE_HEIGHT - top + half, right - half, PAGE_HEIGHT - bottom - half, width.value))
    document.close()
    return found


@pytest.mark.parametrize(("window", "left"), [("left", 35), ("right", 105)])
def test_the_window_that_is_set_is_framed_strong_and_holds_the_sample_address(window: str, left: float):
    settings = replace(FULL_SENDER, window=window, offset_right_mm=1.5, offset_down_mm=-1.0)
    pdf = render_test_page(settings)
    strong = [line for line in lines_of(pdf) if line[4] > 0.9]
    edges = (min(line[0] for line in strong), min(line[1] for line in strong), max(line[2] for line in strong),
             max(line[3] for line in strong))  # fmt: skip
    assert edges == pytest.approx((left, 48, left + 70, 79), abs=0.25)
    area = address_area(settings)
    glyphs = page_glyphs(pdf)
    text = "".join(glyph.character for glyph in glyphs)
    address = "".join("".join(SAMPLE_ADDRESS).split())
    for glyph in glyphs[text.index(address) : text.index(address) + len(address)]:
        assert area.left - 0.2 <= glyph.left and glyph.right <= area.right + 0.2
        assert area.top <= glyph.top and glyph.bottom <= area.bottom
    assert "1,5 mm naar rechts en 1 mm omhoog" in one_line(page_texts(pdf)[0])


def test_both_rulers_are_as_long_as_they_say_and_the_folds_where_they_are():
    lines = lines_of(render_test_page(LetterSettings()))
    rulers = [line for line in lines if 0.45 < line[4] < 0.55]
    assert sorted((round(right - left), round(bottom - top)) for left, top, right, bottom, _ in rulers) == [
        (0, 100), (100, 0),
    ]  # fmt: skip
    marks = [top for left, top, right, _bottom, width in lines if right < 11 and width < 0.35]
    assert marks == pytest.approx([107, 158], abs=0.1)


def test_without_a_window_neither_frame_is_strong_and_nobody_looks_through_one():
    pdf = render_test_page(LetterSettings(window="none"))
    assert all(line[4] < 0.9 for line in lines_of(pdf))
    assert "adresregels" not in page_texts(pdf)[0]


def test_nothing_runs_together_and_files_of_ones_own_play_no_part():
    settings, _artwork = with_files(replace(FULL_SENDER, window="right"), logo=picture())
    pdf = render_test_page(settings)
    assert len(page_texts(pdf)) == 1
    glyphs = page_glyphs(pdf)
    assert all(glyph.left > 10 and glyph.right < 200 and glyph.top > 14 and glyph.bottom < 285 for glyph in glyphs)
    boxes = [glyph for glyph in glyphs if glyph.character.isalnum()]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one.right <= other.left + 0.3 or other.right <= one.left + 0.3
            assert apart or one.bottom <= other.top + 0.3 or other.bottom <= one.top + 0.3, (one, other)
