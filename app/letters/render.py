"""Drawing letters as PDF: the same letter gives the same bytes, and all fonts are inside.

Names and texts are drawn as they are: no markup is read, so nothing typed in a name can change a letter or open a
file. Nearly every letter is put together from what all letters of a sender share (`app.letters.assembly`); one with a
character that is not among its common ones is drawn by ReportLab alone, and so is the print file that holds it.
ReportLab keeps the tables of a font it cuts a subset of, so one letter is drawn at a time: the page beside a list is
drawn on another thread than the letters of a round.
"""

import io
import threading
from collections.abc import Iterable, Sequence

from app.base.errors import AppError
from app.base.progress import NoProgress, Progress
from app.domain.letter import LetterSettings
from app.domain.supplier import Language
from app.letters.artwork import NO_ARTWORK, Artwork, Paper
from app.letters.assembly import AssemblyPen, UncommonCharacter
from app.letters.content import LetterContent
from app.letters.drawable import Drawable
from app.letters.fitting import fitted_address, fitted_footer, fitted_letterhead, fitted_return_line
from app.letters.fonts import load
from app.letters.layout import PAGE_HEIGHT, PAGE_WIDTH
from app.letters.pen import CanvasPen, new_canvas
from app.letters.sheet import Sheet
from app.letters.test_page import TITLE, draw_test_page

_REPORTLAB = threading.Lock()


def render_letter(content: LetterContent, settings: LetterSettings, *, artwork: Artwork = NO_ARTWORK) -> bytes:
    """Return one letter as a PDF file; `artwork` holds the files that the settings name."""
    return render_print_file([content], settings, artwork=artwork)


def render_print_file(
    contents: Sequence[LetterContent],
    settings: LetterSettings,
    *,
    artwork: Artwork = NO_ARTWORK,
    progress: Progress | None = None,
) -> bytes:
    """Return letters in that order as one PDF file for the printer; each begins on a page of its own.

    The file asks for one-sided printing: two suppliers must not share a sheet. Raises `AppError` when there is no
    letter, and `Cancelled` through `progress`; nothing is kept then. `progress` begins anew when a letter far down
    turns out to hold a character that makes ReportLab draw the file.
    """
    if not contents:
        raise AppError("Er zijn geen brieven om af te drukken.")
    watching = progress or NoProgress()
    with _REPORTLAB:
        paper = Paper(settings, artwork)
        try:
            return _assembled(contents, paper, watching)
        except UncommonCharacter:
            return plain_print_file(contents, settings, artwork=artwork, progress=watching)


def plain_print_file(
    contents: Sequence[LetterContent], settings: LetterSettings, *, artwork: Artwork = NO_ARTWORK, progress: Progress
) -> bytes:
    """Return the same file drawn by ReportLab alone, many times slower: what the fast one is held to.

    Only for one thread at a time. Raises `Cancelled` through `progress`.
    """
    fonts, stream = load(), io.BytesIO()
    canvas = new_canvas(stream, title=_title(contents), author=settings.organisation, language=contents[0].language)
    _draw(contents, Sheet(CanvasPen(canvas, fonts), fonts, Paper(settings, artwork)), progress)
    canvas.save()
    return stream.getvalue()


def _assembled(contents: Sequence[LetterContent], paper: Paper, watching: Progress) -> bytes:
    fonts, settings = load(), paper.settings
    pen = AssemblyPen(fonts)
    _draw(contents, Sheet(pen, fonts, paper), watching)
    # The settings name the files of the paper by their contents.
    return pen.file(
        sender=settings, title=_title(contents), author=settings.organisation, language=contents[0].language
    )


def _draw(contents: Sequence[LetterContent], sheet: Sheet, watching: Progress) -> None:
    for done, content in enumerate(contents):
        watching.step(done, len(contents), content.title)
        sheet.letter(content)
    watching.step(len(contents), len(contents), "")


def _title(contents: Sequence[LetterContent]) -> str:
    return contents[0].title if len(contents) == 1 else f"{len(contents)} brieven"


def render_artwork(pages: Sequence[Drawable]) -> bytes:
    """Return pages that show nothing but these, as a PDF file: what a letter will hold, to be tried."""
    with _REPORTLAB:
        fonts, stream = load(), io.BytesIO()
        canvas = new_canvas(stream, title="", author="", language=Language.DUTCH.tag)
        pen = CanvasPen(canvas, fonts)
        for drawable in pages:
            pen.show(drawable, 0, 0, *drawable.fitted(PAGE_WIDTH, PAGE_HEIGHT))
            pen.end_page()
        canvas.save()
        return stream.getvalue()


def render_test_page(settings: LetterSettings) -> bytes:
    """Return the sheet by which printer and envelope are tried, as a PDF file."""
    with _REPORTLAB:
        fonts, stream = load(), io.BytesIO()
        canvas = new_canvas(stream, title=TITLE, author=settings.organisation, language=Language.DUTCH.tag)
        draw_test_page(CanvasPen(canvas, fonts), fonts, settings)
        canvas.save()
        return stream.getvalue()


def missing_characters(content: LetterContent) -> set[str]:
    """Return the characters of a letter that no font has: each is drawn as a box, and somebody should know."""
    fonts = load()
    return {character for text in _texts(content) for character in fonts.missing(text)}


def shortened_lines(content: LetterContent, settings: LetterSettings) -> tuple[str, ...]:
    """Return the address lines that do not fit the window and lost their end, whole."""
    return fitted_address(content.address_lines, settings, load()).shortened


def lost_lines(settings: LetterSettings) -> tuple[str, ...]:
    """Return the lines of letterhead, sender and footer for which every letter of these settings lacks the room."""
    fonts = load()
    sender = fitted_return_line(settings, fonts, language=Language.DUTCH.tag)
    return fitted_letterhead(settings, fonts).lost + sender.lost + fitted_footer(settings, fonts).lost


def _texts(content: LetterContent) -> Iterable[str]:
    yield from (*content.address_lines, content.subject, content.salutation, *content.closing)
    yield from (text for reference in content.references for text in reference)
    for block in content.blocks:
        yield block.heading
        yield from (paragraph.text for paragraph in block.paragraphs)
