"""PDFs that were made, looked at again: their pages as pictures.

PDFium does the work. Everything it opens is closed here, in the order it asks for. It can be used by one thread at a
time only, and two workers come here, so all of it happens under one lock.
"""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from app.base.errors import FileError

# Within a file another one is opened, so the same thread may come in twice.
_PDFIUM = threading.RLock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of `width` × `height` pixels: red, green and blue, a byte each, row by row without gaps."""

    width: int
    height: int
    rgb_bytes: bytes


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has; raises `FileError` when it is damaged."""
    with _opened(pdf) as document:
        return len(document)


def page_picture(pdf: bytes, page: int, *, width_px: int) -> Picture:
    """Return a page (0 is the first) on white paper, that many pixels wide; raises `FileError` when it is damaged."""
    import pypdfium2.raw as pdfium

    with _opened(pdf) as document:
        found = document[page]
        # PDFium rounds up to whole pixels; half a pixel less, and it arrives at the width that was asked for.
        bitmap = found.render(
            scale=(width_px - 0.5) / found.get_width(),
            may_draw_forms=False,
            fill_color=(255, 255, 255, 255),
            force_bitmap_format=pdfium.FPDFBitmap_BGR,
            rev_byteorder=True,
        )
        try:
            return Picture(bitmap.width, bitmap.height, _without_gaps(bytes(bitmap.buffer), bitmap))
        finally:
            bitmap.close()
            found.close()


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise FileError("De pdf van een brief is beschadigd.", "Controleer het register.") from error
        with closing(document):
            yield document


def _without_gaps(pixels: bytes, bitmap: Any) -> bytes:
    """Take out the bytes with which PDFium fills each row up to a multiple of four."""
    length = 3 * bitmap.width
    if bitmap.stride == length:
        return pixels
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return b"".join(pixels[start : start + length] for start in starts)
