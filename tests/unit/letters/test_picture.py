"""Letters as pictures, and several letters as one file."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.base.errors import FileError
from app.domain.letter import LetterSettings
from app.letters.picture import Picture, page_count, page_picture
from app.letters.render import render_letter
from tests.unit.letters.examples import letter

PDF = render_letter(letter(), LetterSettings())
WHITE = b"\xff\xff\xff"


def row(picture: Picture, number: int) -> bytes:
    length = 3 * picture.width
    return picture.rgb_bytes[number * length : (number + 1) * length]


# PDFium fills rows up to a multiple of four bytes: these widths have every kind of gap.
@pytest.mark.parametrize("width", [400, 401, 402, 403])
def test_a_page_is_a_picture_of_the_width_that_was_asked_for(width: int) -> None:
    picture = page_picture(PDF, 0, width_px=width)
    assert picture.width == width
    assert picture.height == pytest.approx(width * 297 / 210, abs=1)
    assert len(picture.rgb_bytes) == 3 * picture.width * picture.height
    assert {row(picture, number) for number in range(10)} == {WHITE * width}


def test_a_letter_is_seen_where_it_is_printed() -> None:
    picture = page_picture(PDF, 0, width_px=840)
    inked = [number for number in range(picture.height) if row(picture, number) != WHITE * 840]
    # Four pixels to a mm: the letterhead begins 16 mm down, and the fold mark lies at 107 mm.
    assert 60 <= inked[0] <= 68
    mark = row(picture, 428)[3 * 24 : 3 * 40] + row(picture, 427)[3 * 24 : 3 * 40]
    assert mark != WHITE * 32


def test_red_comes_before_blue() -> None:
    picture = page_picture(coloured_page(200, 30, 0), 0, width_px=20)
    assert picture.rgb_bytes[:3] == bytes((200, 30, 0))


def coloured_page(*rgb: int) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(100, 100))
    canvas.setFillColorRGB(*(part / 255 for part in rgb))
    canvas.rect(-1, -1, 102, 102, fill=1, stroke=0)
    canvas.save()
    return stream.getvalue()


def test_a_damaged_letter_is_said_to_be_damaged() -> None:
    for use in (page_count, lambda pdf: page_picture(pdf, 0, width_px=10)):
        with pytest.raises(FileError, match="beschadigd"):
            use(b"%PDF-1.4 broken")


def test_several_threads_may_look_at_letters_at_once() -> None:
    pdfs = [render_letter(letter(), LetterSettings(window=window)) for window in ("left", "right", "none")]
    alone = [page_picture(pdf, 0, width_px=300) for pdf in pdfs]
    with ThreadPoolExecutor(6) as threads:
        seen = list(threads.map(lambda place: page_picture(pdfs[place % 3], 0, width_px=300), range(60)))
    assert seen == [alone[place % 3] for place in range(60)]
