"""Pages of letters on paper: as a picture for the screen, and to the printer.

A page goes to the printer as it was made and at its own size, because the address must lie behind the window of the
envelope. PDFium draws it; Qt only carries it over.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from app.base.errors import AppError
from app.base.progress import Progress
from app.services.show_letter import PAGE_HEIGHT, PAGE_WIDTH, Picture, page_count, page_picture

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

# Sharper than this no office printer shows; a page in it takes 26 MB.
_FINEST_DPI = 300
_MM_PER_INCH = 25.4


def as_image(picture: Picture) -> QImage:
    """Return a picture as Qt draws it."""
    shown = QImage(picture.rgb_bytes, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    # The image must outlive the bytes that it was made from.
    return shown.copy()


def make_printer() -> "QPrinter":
    """Return a printer set up for letters: A4, the whole sheet, one-sided."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(
        QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    )
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    printer.setDocName("Brieven")
    return printer


def print_letters(printer: "QPrinter", letters: Sequence[Callable[[], bytes]], *, progress: Progress) -> None:
    """Print letters one after the other; each is fetched as a PDF when its turn comes. May run on any thread.

    Where the user asked for two sides, a letter still begins on a sheet of its own. Raises `AppError` when the printer
    takes nothing, `Cancelled` through `progress`: then the job is taken back from the printer.
    """
    from PySide6.QtPrintSupport import QPrinter

    painter = QPainter()
    if not painter.begin(printer):
        raise AppError(
            "De printer neemt de brieven niet aan. Er is niets afgedrukt.",
            "Controleer de printer of bewaar de brieven als één pdf.",
        )
    try:
        is_two_sided = printer.duplex() is not QPrinter.DuplexMode.DuplexNone
        sheets = 0
        for done, fetch in enumerate(letters):
            progress.step(done, len(letters), "Afdrukken")
            pdf = fetch()
            pages = page_count(pdf)
            for page in range(pages + (pages % 2 if is_two_sided else 0)):
                if sheets:
                    _turn(printer)
                sheets += 1
                if page < pages:
                    _draw_page(painter, printer.resolution(), pdf, page)
        progress.step(len(letters), len(letters), "Afdrukken")
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()


def _turn(printer: "QPrinter") -> None:
    if not printer.newPage():
        raise AppError("De printer is gestopt.", "Kijk welke brieven er liggen en druk de andere opnieuw af.")


def _draw_page(painter: QPainter, dpi: int, pdf: bytes, page: int) -> None:
    width_px = round(PAGE_WIDTH / _MM_PER_INCH * min(dpi, _FINEST_DPI))
    sheet = QRectF(0, 0, PAGE_WIDTH / _MM_PER_INCH * dpi, PAGE_HEIGHT / _MM_PER_INCH * dpi)
    painter.drawImage(sheet, as_image(page_picture(pdf, page, width_px=width_px)))
