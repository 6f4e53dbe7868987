"""Letters that were made, as one file for the printer."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader

from app.base.errors import AppError, FileError
from app.domain.letter import LetterSettings
from app.letters.joining import joined
from app.letters.picture import page_count, page_picture
from app.letters.render import render_letter, render_print_file
from tests.unit.letters.examples import MAASDAL, letter, page_texts

PDFS = [render_letter(letter(replace(MAASDAL, kenmerk=f"PSO-2026-{n:04d}")), LetterSettings()) for n in (2, 1, 3)]


def test_letters_go_into_one_file_in_their_order_and_are_printed_on_one_side() -> None:
    whole = joined(PDFS)
    assert page_texts(whole) == [text for pdf in PDFS for text in page_texts(pdf)]
    assert [page_picture(whole, page, width_px=400) for page in range(3)] == [
        page_picture(pdf, 0, width_px=400) for pdf in PDFS
    ]
    document = pypdfium2.PdfDocument(whole)
    assert pdfium.FPDF_VIEWERREF_GetDuplex(document) == pdfium.Simplex
    assert not pdfium.FPDF_VIEWERREF_GetPrintScaling(document)
    assert document.get_metadata_value("Title") == "3 brieven"
    document.close()
    assert PdfReader(io.BytesIO(whole)).trailer["/Root"]["/Lang"] == "nl-NL"  # type: ignore[index]


def test_the_same_letters_give_the_same_bytes_with_their_fonts_in_it_once() -> None:
    assert joined(PDFS) == joined(PDFS)
    assert len(joined(PDFS * 20)) < len(PDFS[0]) + 60 * 5_000


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(tmp_path: Path) -> None:
    (tmp_path / "brieven.pdf").write_bytes(joined(PDFS))
    done = subprocess.run(["qpdf", "--check", tmp_path / "brieven.pdf"], capture_output=True, text=True, check=False)
    assert (done.returncode, "WARNING" in done.stdout + done.stderr) == (0, False)


def test_pages_of_a_longer_letter_stay_together() -> None:
    longer = render_print_file([letter(), letter()], LetterSettings())
    assert page_count(joined([longer, PDFS[0]])) == 3


def test_without_a_letter_there_is_no_file() -> None:
    with pytest.raises(AppError, match="geen brieven"):
        joined([])


def test_a_damaged_letter_is_said_to_be_damaged() -> None:
    with pytest.raises(FileError, match="beschadigd"):
        joined([PDFS[0], b"%PDF-1.4 broken"])
