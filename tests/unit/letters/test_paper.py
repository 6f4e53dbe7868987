"""One's own paper, logo and signature, the line of the sender and the references: measured in the PDF that came out."""

from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from app.domain.letter import LetterSettings
from app.domain.supplier import Language
from app.letters.artwork import NO_ARTWORK, Artwork, Use, read_artwork
from app.letters.content import Block, LetterContent, Paragraph
from app.letters.layout import PAGE_HEIGHT, PT_PER_MM, address_area
from app.letters.picture import page_picture
from app.letters.render import lost_lines, render_artwork, render_letter
from tests.unit.letters.examples import FULL_SENDER, MAASDAL, Glyph, letter, one_line, page_glyphs, page_texts
from tests.unit.letters.files import letter_paper, picture, with_files

SIX_LINES = (
    "Élan Voorbeeldbedrijf B.V.",
    "Afdeling Ontwikkeling",
    "t.a.v. mevrouw M. van Voorbeeld",
    "Straatweg 12",
    "1000  BRUSSEL",
    "BELGIË",
)
OWN = replace(FULL_SENDER, paper="background")
PREPRINTED = replace(FULL_SENDER, paper="preprinted")
SIGNED = letter(replace(MAASDAL, sender=FULL_SENDER))


def longer(content: LetterContent, paragraphs: int) -> LetterContent:
    more = tuple(Paragraph(text="Dit is een zin. " * 12) for _ in range(paragraphs))
    return replace(content, blocks=(*content.blocks, Block(heading="Nog iets", paragraphs=more)))


def pictures_on(pdf: bytes, number: int) -> list[tuple[float, float, float, float]]:
    """The pictures of a page: left, top, right and bottom in mm from its top left corner, those in parts too."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for item in document[number].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=1):
        left, bottom, right, top = (edge / PT_PER_MM for edge in item.get_bounds())
        found.append((left, PAGE_HEIGHT - top, right, PAGE_HEIGHT - bottom))
    document.close()
    return found


def text_at(glyphs: list[Glyph], text: str) -> list[Glyph]:
    """The characters of the first place that says this."""
    start = "".join(glyph.character for glyph in glyphs).index("".join(text.split()))
    return glyphs[start : start + len("".join(text.split()))]


# -- the window -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("window", "left", "right"), [("left", 35, 105), ("right", 105, 175)])
@pytest.mark.parametrize("lines", [1, 3, 6])
def test_sender_and_address_are_both_inside_the_window_and_do_not_touch(
    window: str, left: float, right: float, lines: int
):
    content = replace(letter(), address_lines=SIX_LINES[:lines])
    shown = [
        glyph
        for glyph in page_glyphs(render_letter(content, replace(FULL_SENDER, window=window)))
        if 38 < glyph.top < 92
    ]
    for glyph in shown:
        assert left - 0.2 <= glyph.left and glyph.right <= right + 0.2, glyph
        assert glyph.top >= 48 and glyph.bottom <= 79, glyph
    sender = "Afzender:Postbus999·6040ZZRoermond"
    assert "".join(glyph.character for glyph in shown) == sender + "".join("".join(SIX_LINES[:lines]).split())
    assert max(g.bottom for g in shown[: len(sender)]) + 1 < min(g.top for g in shown[len(sender) :])


@pytest.mark.parametrize("window", ["left", "right", "none"])
@pytest.mark.parametrize("shift", [-500.0, -3.5, 0.0, 2.0, 500.0])
@pytest.mark.parametrize("has_return_line", [True, False])
def test_the_address_stays_in_its_area_however_far_it_is_shifted(window: str, shift: float, has_return_line: bool):
    settings = replace(
        FULL_SENDER, window=window, offset_right_mm=shift, offset_down_mm=shift, has_return_line=has_return_line
    )
    area = address_area(settings)
    pdf = render_letter(replace(letter(), address_lines=SIX_LINES), settings)
    glyphs = page_glyphs(pdf)
    for line in SIX_LINES:
        for glyph in text_at(glyphs, line):
            assert area.left - 0.2 <= glyph.left and glyph.right <= area.right + 0.2, glyph
            assert area.top <= glyph.top and glyph.bottom <= area.bottom, glyph
    assert ("Afzender:" in one_line(page_texts(pdf)[0])) == (has_return_line and window != "none")


@pytest.mark.parametrize("sender", [replace(FULL_SENDER, street=""), replace(FULL_SENDER, city="")])
def test_a_sender_without_an_address_has_no_line_in_the_window(sender: LetterSettings):
    assert "Afzender" not in page_texts(render_letter(letter(), sender))[0]


def test_a_sender_that_does_not_fit_the_window_loses_its_end_and_it_is_said():
    sender = replace(FULL_SENDER, street="Straat van het zeer lange voorbeeld " * 4)
    glyphs = page_glyphs(render_letter(letter(), sender))
    assert all(glyph.right <= 105.2 for glyph in glyphs if 48 < glyph.top < 52)
    assert any(line.startswith("Afzender: Straat") for line in lost_lines(sender))


# -- references -----------------------------------------------------------------------------------------------------


def test_empty_references_are_left_out_and_the_rest_stands_in_two_rows():
    facts = replace(
        MAASDAL,
        sender=replace(PREPRINTED, enclosure="brochure Social Return"),
        their_reference="INK 26/77",
        contract="RC-14 (Onderhoud voorbeeldwoningen)",
    )
    assert letter().references == (
        ("Datum", "23\xa0november 2026"),
        ("Ons kenmerk", "PSO-2026-0148"),
        ("Behandeld door", "Team Inkoopadvies"),
    )
    content = letter(facts)
    assert [label for label, _ in content.references] == [
        "Datum", "Ons kenmerk", "Uw kenmerk", "Contract", "Behandeld door", "Telefoon", "E-mail", "Bijlage",
    ]  # fmt: skip
    glyphs = page_glyphs(render_letter(content, facts.sender))
    rows = {round(text_at(glyphs, label)[0].bottom) for label in ("Datum", "Ons kenmerk", "Contract")}
    assert rows == {98}
    second = text_at(glyphs, "Behandeld door")
    # The first fold goes between the rows, where no value takes two lines.
    assert min(glyph.top for glyph in second) > 107
    assert text_at(glyphs, "Onderwerp")[0].top > max(glyph.bottom for glyph in text_at(glyphs, "voorbeeld.example")) + 3


@pytest.mark.parametrize("count", range(1, 9))
def test_no_reference_runs_into_the_next_one_or_into_the_subject(count: int):
    values = ("W" * 60, "inkoopadvies@voorbeeld-met-een-lange-naam.example", "Een twee drie vier vijf " * 9, "kort")
    references = tuple((f"Label {number}", values[number % 4]) for number in range(count))
    content = replace(letter(), references=references)
    glyphs = page_glyphs(render_letter(content, LetterSettings()))
    starts = [text_at(glyphs, f"Label {number}")[0] for number in range(count)]
    subject = text_at(glyphs, "Onderwerp")[0]
    values_of = [glyph for glyph in glyphs if 99 < glyph.top < subject.top - 2]
    assert all(glyph.bottom < subject.top - 3 for glyph in values_of if glyph.right < 180)
    columns = sorted({round(start.left, 1) for start in starts})
    for glyph in values_of:
        column = max(left for left in columns if left <= glyph.left + 0.5)
        end = next((left for left in columns if left > column), 185.2)
        assert glyph.right < end, glyph


def test_an_english_letter_has_english_labels():
    content = letter(replace(MAASDAL, language=Language.ENGLISH, their_reference="A1", sender=PREPRINTED))
    assert content.references[0] == ("Date", "23\xa0November 2026")
    assert [label for label, _ in content.references[1:]] == [
        "Our reference", "Your reference", "Handled by", "Telephone", "E-mail",
    ]  # fmt: skip
    pdf = render_letter(longer(replace(content, language="en-GB"), 6), FULL_SENDER)
    first, second = (one_line(text) for text in page_texts(pdf))
    assert "Sender: Postbus 999" in first and "Subject " in first and "Page 1 of 2" in first
    assert "Page 2 of 2" in second


# -- paper ----------------------------------------------------------------------------------------------------------


def test_ones_own_paper_lies_under_the_letter_and_takes_the_place_of_letterhead_and_footer():
    settings, artwork = with_files(OWN, background=letter_paper())
    content = longer(letter(replace(MAASDAL, sender=settings)), 6)
    pdf = render_letter(content, settings, artwork=artwork)
    first, second = (one_line(text) for text in page_texts(pdf))
    assert "blad 1" in first and "blad 2" in second
    assert "KvK 00000000" not in first + second
    assert "Telefoon" in first and "088-385 0800" in first
    assert "Pagina" not in first and "Pagina 2 van 2" in second and "PSO-2026-0148" in second
    own = render_artwork(read_artwork(letter_paper(), use=Use.BACKGROUND))
    for page in (0, 1):
        made, found = (page_picture(file, page, width_px=210) for file in (pdf, own))
        band = 3 * 210 * 18
        assert made.rgb_bytes[:band] == found.rgb_bytes[:band]


def test_paper_of_one_page_lies_under_the_first_page_only():
    settings, artwork = with_files(OWN, background=letter_paper(1))
    pages = page_texts(render_letter(longer(letter(), 6), settings, artwork=artwork))
    assert ["Voorbeeldpapier" in page for page in pages] == [True, False]


def test_on_printed_paper_only_the_letter_itself_is_drawn():
    content = longer(letter(replace(MAASDAL, sender=PREPRINTED)), 6)
    settings, artwork = with_files(PREPRINTED, logo=picture())
    pdf = render_letter(content, settings, artwork=artwork)
    glyphs = page_glyphs(pdf)
    assert min(glyph.top for glyph in glyphs) > 48 and max(glyph.bottom for glyph in glyphs) < 270
    document = pypdfium2.PdfDocument(pdf)
    marks = list(document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3))
    document.close()
    # The rule under the line of the sender, and no marks of folds.
    assert len(marks) == 1
    assert "Pagina 2 van 2" in page_texts(pdf)[1]
    assert lost_lines(replace(PREPRINTED, letterhead="regel\n" * 20)) == ()


def test_paper_that_was_never_chosen_leaves_letterhead_and_footer_as_they_were():
    content = letter(replace(MAASDAL, sender=OWN))
    assert render_letter(content, OWN) == render_letter(SIGNED, FULL_SENDER)


# -- logo and signature ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "width", "height"), [((1200, 300), 60, 15), ((300, 300), 18, 18), ((100, 400), 4.5, 18)]
)
def test_a_logo_takes_the_place_of_the_name_and_keeps_its_shape(size: tuple[int, int], width: float, height: float):
    settings, artwork = with_files(replace(FULL_SENDER, offset_down_mm=-12.0), logo=picture(size=size))
    pdf = render_letter(letter(), settings, artwork=artwork)
    assert not one_line(page_texts(pdf)[0]).startswith("Wonen Limburg")
    document = pypdfium2.PdfDocument(pdf)
    [item] = document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    left, bottom, right, top = (edge / PT_PER_MM for edge in item.get_bounds())
    document.close()
    assert (left, PAGE_HEIGHT - top) == (pytest.approx(35, abs=0.1), pytest.approx(14, abs=0.1))
    assert (right - left, top - bottom) == (pytest.approx(width, abs=0.1), pytest.approx(height, abs=0.1))


@pytest.mark.parametrize("paragraphs", range(0, 12))
def test_the_signature_stands_between_greeting_and_name_on_the_page_of_both(paragraphs: int):
    settings, artwork = with_files(FULL_SENDER, signature=picture("JPEG", size=(900, 300)))
    content = longer(SIGNED, paragraphs) if paragraphs else SIGNED
    pdf = render_letter(content, settings, artwork=artwork)
    pages = page_texts(pdf)
    assert [pictures_on(pdf, number) for number in range(len(pages) - 1)] == [[]] * (len(pages) - 1)
    [(left, top, right, bottom)] = pictures_on(pdf, len(pages) - 1)
    assert (left, right - left, bottom - top) == pytest.approx((35, 48, 16), abs=0.1)
    glyphs = page_glyphs(pdf, len(pages) - 1)
    assert max(glyph.bottom for glyph in text_at(glyphs, "Met vriendelijke groet,")) < top
    assert bottom < min(glyph.top for glyph in text_at(glyphs, FULL_SENDER.signatory))
    assert max(glyph.bottom for glyph in text_at(glyphs, f"{FULL_SENDER.signatory} Team Inkoopadvies")) < 270
    body = pages[-1].partition("Met vriendelijke groet,")[0]
    assert len(pages) == 1 or body.count("Dit is een zin.") >= 2


def test_room_for_a_signature_is_made_only_where_there_is_one():
    low, artwork = with_files(FULL_SENDER, signature=picture("JPEG", size=(900, 90)))

    def gap(settings: LetterSettings, artwork: Artwork = NO_ARTWORK) -> float:
        glyphs = page_glyphs(render_letter(SIGNED, settings, artwork=artwork))
        return text_at(glyphs, FULL_SENDER.signatory)[0].top - text_at(glyphs, "Met vriendelijke")[0].top

    assert gap(low, artwork) < gap(FULL_SENDER)
