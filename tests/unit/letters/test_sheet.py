"""Where things are on the sheet, measured in the PDF that came out."""

import ctypes
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.domain.letter import LetterSettings
from app.letters.content import Block, LetterContent, Paragraph
from app.letters.layout import PAGE_HEIGHT, PT_PER_MM
from app.letters.render import lost_lines, render_letter, shortened_lines
from tests.unit.letters.examples import (
    FULL_SENDER,
    MAASDAL,
    TIENBUNDER,
    Glyph,
    letter,
    one_line,
    page_glyphs,
    page_texts,
)

LONG_NAME = "Aannemersbedrijf en Onderhoudsmaatschappij Gebroeders van der Voorbeeld Zuid-Nederland B.V."


def in_window(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters between letterhead and reference line."""
    return [glyph for glyph in glyphs if 38 < glyph.top < 92]


def text_of(glyphs: list[Glyph]) -> str:
    return "".join(glyph.character for glyph in glyphs)


def squeezed(lines: tuple[str, ...]) -> str:
    return "".join("".join(line.split()) for line in lines)


def with_name(name: str) -> LetterContent:
    return letter(replace(TIENBUNDER, supplier_name=name))


@pytest.mark.parametrize(("window", "left", "right"), [("left", 35, 105), ("right", 105, 175), ("none", 35, 105)])
@pytest.mark.parametrize("name", ["Bouwbedrijf Maasdal B.V.", LONG_NAME, "W" * 60, "Een twee " * 40, "Q" * 300])
def test_every_address_line_is_inside_the_window(window: str, left: float, right: float, name: str):
    content = with_name(name)
    address = in_window(page_glyphs(render_letter(content, LetterSettings(window=window))))
    assert address
    for glyph in address:
        assert left - 0.2 <= glyph.left and glyph.right <= right + 0.2, glyph
        assert glyph.top >= 48 and glyph.bottom <= 79, glyph


@pytest.mark.parametrize("name", ["Bouwbedrijf Maasdal B.V.", LONG_NAME])
def test_the_address_stands_whole_and_in_the_middle_of_the_window(name: str):
    content = with_name(name)
    address = in_window(page_glyphs(render_letter(content, LetterSettings())))
    assert text_of(address) == squeezed(content.address_lines)
    middle = (min(glyph.top for glyph in address) + max(glyph.bottom for glyph in address)) / 2
    assert middle == pytest.approx(63.5, abs=0.8)


def test_a_name_that_fits_nowhere_is_shortened_and_reported():
    content = with_name("Q" * 300)
    assert shortened_lines(content, LetterSettings()) == ("Q" * 300,)
    address = text_of(in_window(page_glyphs(render_letter(content, LetterSettings()))))
    assert "Q…" in address
    assert address.endswith("t.a.v.mevrouwM.vanVoorbeeldNokweg7a6101XZECHT")
    assert shortened_lines(with_name(LONG_NAME), LetterSettings()) == ()


def test_a_name_of_forty_words_gives_way_to_street_and_town():
    content = with_name("Een twee " * 40)
    address = text_of(in_window(page_glyphs(render_letter(content, LetterSettings()))))
    assert address.endswith("…t.a.v.mevrouwM.vanVoorbeeldNokweg7a6101XZECHT")
    assert len(shortened_lines(content, LetterSettings())) == 1


def test_the_address_moves_as_far_as_the_user_shifts_it():
    before = in_window(page_glyphs(render_letter(letter(), LetterSettings())))
    moved = LetterSettings(offset_right_mm=2.5, offset_down_mm=-1.5)
    after = in_window(page_glyphs(render_letter(letter(), moved)))
    assert after[0].left - before[0].left == pytest.approx(2.5, abs=0.01)
    assert after[0].top - before[0].top == pytest.approx(-1.5, abs=0.01)


@pytest.mark.parametrize("shift", [-500.0, 500.0])
def test_no_shift_takes_the_address_off_the_sheet(shift: float):
    settings = LetterSettings(offset_right_mm=shift, offset_down_mm=shift, window="right")
    glyphs = page_glyphs(render_letter(with_name(LONG_NAME), settings))
    assert all(glyph.left > 8 and glyph.right < 202 for glyph in glyphs)
    lines = sorted({round(glyph.bottom, 1) for glyph in glyphs if glyph.top < 92})
    assert lines[-1] < 95


@pytest.mark.parametrize("sender", [LetterSettings(), FULL_SENDER])
def test_nothing_is_outside_the_margins(sender: LetterSettings):
    for glyph in page_glyphs(render_letter(letter(), sender)):
        assert glyph.left >= 34.8 and glyph.right <= 185.2, glyph
        assert glyph.top >= 14 and glyph.bottom <= 285, glyph


def test_references_stand_on_their_line_and_the_footer_on_its_own():
    glyphs = page_glyphs(render_letter(letter(), FULL_SENDER))
    text = text_of(glyphs)
    assert glyphs[text.index("Datum")].bottom == pytest.approx(98, abs=0.3)
    assert glyphs[text.rindex("WonenLimburg·")].bottom == pytest.approx(275, abs=0.3)


def test_a_sender_without_details_has_no_footer():
    glyphs = page_glyphs(render_letter(letter(), LetterSettings()))
    assert all(glyph.bottom < 270 for glyph in glyphs)


def test_the_folds_are_marked_in_the_outer_margin():
    document = pypdfium2.PdfDocument(render_letter(letter(), LetterSettings()))
    marks = []
    for item in document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        bounds = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(item.raw, *map(ctypes.byref, bounds))
        left, bottom, right, top = (value.value / PT_PER_MM for value in bounds)
        marks.append((left, PAGE_HEIGHT - (top + bottom) / 2, right))
    document.close()
    assert [round(y, 1) for _, y, _ in marks] == [107.0, 158.0]
    assert all(left > 5 and right < 11 for left, _, right in marks)


def long_letter(paragraphs: int) -> LetterContent:
    more = Block(
        heading="Nog iets", paragraphs=tuple(Paragraph(text="Dit is een zin. " * 12) for _ in range(paragraphs))
    )
    content = letter()
    return replace(content, blocks=(*content.blocks, more))


def test_a_long_letter_goes_on_with_its_page_number():
    first, second = page_texts(render_letter(long_letter(4), LetterSettings()))
    assert "Pagina 1 van 2" in first and "Pagina 2 van 2" in second
    assert "Geachte" in first and "Geachte" not in second
    assert "23 november 2026 · PSO-2026-0148" in one_line(second)


@pytest.mark.parametrize("paragraphs", range(1, 14))
def test_a_signature_never_stands_alone_and_no_heading_ends_a_page(paragraphs: int):
    pages = page_texts(render_letter(long_letter(paragraphs), FULL_SENDER))
    *body, closing = pages[-1].partition("Met vriendelijke groet,")[::2]
    assert "Wonen Limburg" in closing
    last_body = body[0].splitlines()
    assert len([line for line in last_body if "Dit is een zin." in line]) >= 2
    for page in pages[:-1]:
        lines = [line for line in page.splitlines() if "Pagina" not in line and "Postbus 999" not in line]
        assert lines[-1].strip() not in {"Nog iets", "Vragen?"}


def test_a_word_wider_than_the_sheet_is_broken_and_not_lost():
    content = letter()
    wide = Block(heading="", paragraphs=(Paragraph(text="W" * 200),))
    pdf = render_letter(replace(content, blocks=(wide,)), LetterSettings())
    assert "".join(page_texts(pdf)[0].split()).count("W" * 200) == 1
    assert all(glyph.right <= 185.2 for glyph in page_glyphs(pdf))


def test_a_long_sender_stays_in_the_letterhead():
    sender = LetterSettings(
        organisation="Woningstichting Samen Wonen In Het Midden Van Ergens",
        team="Afdeling Inkoop, Advies en Contracten " * 2,
    )
    facts = replace(MAASDAL, sender=sender)
    pdf = render_letter(letter(facts), sender)
    for glyph in page_glyphs(pdf):
        assert glyph.left >= 34.8 and glyph.right <= 185.2, glyph
    assert not [glyph for glyph in page_glyphs(pdf) if 36 < glyph.bottom < 48]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_lines_of_the_letterhead_stand_under_the_team_and_clear_of_the_address(count: int):
    extra = [f"Afdeling nummer {number}" for number in range(1, count + 1)]
    sender = replace(FULL_SENDER, letterhead="\n".join(extra) + "\n\n", window="right", offset_down_mm=-12.0)
    pdf = render_letter(letter(), sender)
    head = f"{sender.team} {' '.join(extra)} {sender.phone} {sender.email}"
    assert head in one_line(page_texts(pdf)[0])
    glyphs = page_glyphs(pdf)
    assert not [glyph for glyph in glyphs if 36 < glyph.bottom < 37]
    assert all(glyph.top >= 14 and glyph.left >= 34.8 and glyph.right <= 185.2 for glyph in glyphs)
    assert lost_lines(sender) == ()


def test_a_letterhead_without_room_loses_its_last_lines_and_it_is_said_which():
    sender = replace(FULL_SENDER, letterhead="\n".join(f"Regel {number}" for number in range(1, 9)))
    text = one_line(page_texts(render_letter(letter(), sender))[0])
    assert f"Regel 3 {sender.phone} {sender.email}" in text
    assert lost_lines(sender) == ("Regel 4", "Regel 5", "Regel 6", "Regel 7", "Regel 8")


def test_the_footer_ends_with_its_own_line_also_when_that_is_all():
    short = replace(FULL_SENDER, footer="IBAN")
    assert "KvK 00000000 · IBAN" in one_line(page_texts(render_letter(letter(), short))[0])
    # What does not fit behind the rest begins beneath it, whole.
    longer = replace(FULL_SENDER, footer="Bank 00\nVoorbeeld met een lange naam")
    assert "KvK 00000000\nBank 00 Voorbeeld met een lange naam" in page_texts(render_letter(letter(), longer))[
        0
    ].replace("\r", "")
    alone = LetterSettings(footer="Inschrijving 1")
    glyphs = page_glyphs(render_letter(letter(), alone))
    assert text_of([glyph for glyph in glyphs if glyph.top > 270]) == "WonenLimburg·Inschrijving1"


def test_a_footer_without_room_loses_its_end_and_says_so():
    sender = replace(FULL_SENDER, footer="Lange voet " * 60)
    assert all(glyph.bottom <= 285 for glyph in page_glyphs(render_letter(letter(), sender)))
    assert lost_lines(sender) and all("Lange voet" in line for line in lost_lines(sender))


def test_without_a_window_mark_the_sheet_is_a4():
    document = pypdfium2.PdfDocument(render_letter(letter(), LetterSettings(window="none")))
    width, height = document[0].get_size()
    document.close()
    assert (width / PT_PER_MM, height / PT_PER_MM) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
