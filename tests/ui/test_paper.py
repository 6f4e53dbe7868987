"""Letters on the printer: each page as it was made, at its own size, and no two letters on one sheet."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from app.base.errors import AppError, Cancelled
from app.base.progress import NoProgress, StopAfter
from app.services.show_letter import page_count, page_picture
from ui.base.paper import as_image, make_printer, print_letters

pytestmark = pytest.mark.usefixtures("qapp")
# In points.
MM = 72 / 25.4


def letter(path: Path, pages: int) -> bytes:
    """A PDF with a black bar in the window of the envelope, and beneath it as many bars as its page number."""
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(210 * MM, 297 * MM), invariant=1)
    for page in range(pages):
        canvas.rect(35 * MM, (297 - 79) * MM, 70 * MM, 31 * MM, fill=1)
        for bar in range(page + 1):
            canvas.rect(35 * MM, (100 - 10 * bar) * MM, 120 * MM, 4 * MM, fill=1)
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


def pdf_printer(path: Path) -> QPrinter:
    """A printer whose paper is a PDF file."""
    printer = make_printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def fetches(letters: list[bytes]) -> list[Callable[[], bytes]]:
    return [partial(bytes, pdf) for pdf in letters]


def edges(pdf: bytes, page: int) -> tuple[list[int], list[int]]:
    """Where ink begins and ends, in mm: along a line through the window across the sheet, and along one down."""
    image = as_image(page_picture(pdf, page, width_px=2100))
    across = [image.pixelColor(x, 600).lightness() < 128 for x in range(2100)]
    down = [image.pixelColor(600, y).lightness() < 128 for y in range(2960)]
    return changes(across), changes(down)


def changes(line: list[bool]) -> list[int]:
    return [round(place / 10) for place in range(1, len(line)) if line[place] is not line[place - 1]]


def test_pages_arrive_where_they_were_drawn_on_a4(tmp_path: Path):
    pdfs = [letter(tmp_path / "a.pdf", 1), letter(tmp_path / "b.pdf", 2)]
    print_letters(pdf_printer(tmp_path / "printer.pdf"), fetches(pdfs), progress=NoProgress())
    printed = (tmp_path / "printer.pdf").read_bytes()
    assert page_count(printed) == 3
    found = [edges(printed, page) for page in range(3)]
    assert found == [edges(pdfs[0], 0), edges(pdfs[1], 0), edges(pdfs[1], 1)]
    assert [across for across, _down in found] == [[35, 105]] * 3
    assert [down for _across, down in found] == [[48, 79, 193, 197], [48, 79, 193, 197], [48, 79, 193, 197, 203, 207]]


def test_on_two_sides_a_letter_still_begins_on_a_sheet_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pdfs = [letter(tmp_path / f"{pages}.pdf", pages) for pages in (1, 2, 3)]
    printer = pdf_printer(tmp_path / "printer.pdf")
    # A PDF file has no sides; a real printer remembers what the user asked for.
    monkeypatch.setattr(printer, "duplex", lambda: QPrinter.DuplexMode.DuplexLongSide)
    print_letters(printer, fetches(pdfs), progress=NoProgress())
    printed = (tmp_path / "printer.pdf").read_bytes()
    has_ink = [edges(printed, page)[0] != [] for page in range(page_count(printed))]
    assert has_ink == [True, False, True, True, True, True, True, False]


def test_a_job_that_is_stopped_is_taken_back_and_fetches_no_more_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    pdf = letter(tmp_path / "a.pdf", 1)
    fetched: list[int] = []
    aborted: list[int] = []
    printer = pdf_printer(tmp_path / "printer.pdf")
    monkeypatch.setattr(printer, "abort", lambda: aborted.append(len(fetched)))

    def fetch() -> bytes:
        fetched.append(1)
        return pdf

    with pytest.raises(Cancelled):
        print_letters(printer, [fetch] * 5, progress=StopAfter(2))
    assert aborted == [2]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told_in_words(tmp_path: Path):
    with pytest.raises(AppError, match="De printer neemt de brieven niet aan"):
        print_letters(pdf_printer(tmp_path / "nergens" / "printer.pdf"), fetches([b""]), progress=NoProgress())
