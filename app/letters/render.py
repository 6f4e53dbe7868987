"""Drawing letters as PDF with ReportLab's canvas: the same letter gives the same bytes, and all fonts are inside.

Names and texts are drawn as they are: no markup is read, so nothing typed in a name can change a letter or open a
file. ReportLab keeps the tables of a font it cuts a subset of, so one letter is drawn at a time: the page beside a list
is drawn on another thread than the letters of a round.
"""

import io
import threading
from collections.abc import Iterable, Sequence

from app.base.errors import AppError
from app.base.progress import NoProgress, Progress
from app.domain.letter import LetterSettings
from app.letters.content import LetterContent
from app.letters.fonts import Face, load
from app.letters.layout import PAGE_HEIGHT, PAGE_WIDTH, PT_PER_MM
from app.letters.sheet import Sheet, fitted_address, fitted_footer, fitted_letterhead

_REPORTLAB = threading.Lock()


def render_letter(content: LetterContent, settings: LetterSettings) -> bytes:
    """Return one letter as a PDF file."""
    return render_print_file([content], settings)


def render_print_file(
    contents: Sequence[LetterContent], settings: LetterSettings, *, progress: Progress | None = None
) -> bytes:
    """Return letters in that order as one PDF file for the printer; each begins on a page of its own.

    The file asks for one-sided printing: two suppliers must not share a sheet. Raises `AppError` when there is no
    letter, and `Cancelled` through `progress`; nothing is kept then.
    """
    if not contents:
        raise AppError("Er zijn geen brieven om af te drukken.")
    watching = progress or NoProgress()
    with _REPORTLAB:
        return _drawn(contents, settings, watching)


def _drawn(contents: Sequence[LetterContent], settings: LetterSettings, watching: Progress) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    fonts = load()
    stream = io.BytesIO()
    # ReportLab would also name its own Helvetica, which it does not put into the file.
    canvas = Canvas(
        stream,
        pagesize=(PAGE_WIDTH * PT_PER_MM, PAGE_HEIGHT * PT_PER_MM),
        pageCompression=1,
        invariant=1,
        initialFontName=Face.REGULAR.value,  # type: ignore[arg-type]  # the stubs take it for a number
        lang=contents[0].language,
    )
    canvas.setTitle(contents[0].title if len(contents) == 1 else f"{len(contents)} brieven")
    canvas.setAuthor(settings.organisation)
    canvas.setCreator("Tredewijzer")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("Duplex", "Simplex")
    canvas.setViewerPreference("PrintScaling", "None")
    sheet = Sheet(canvas, fonts, settings)
    for done, content in enumerate(contents):
        watching.step(done, len(contents), content.title)
        sheet.letter(content)
    watching.step(len(contents), len(contents), "")
    canvas.save()
    return stream.getvalue()


def missing_characters(content: LetterContent) -> set[str]:
    """Return the characters of a letter that no font has: each is drawn as a box, and somebody should know."""
    fonts = load()
    return {character for text in _texts(content) for character in fonts.missing(text)}


def shortened_lines(content: LetterContent, settings: LetterSettings) -> tuple[str, ...]:
    """Return the address lines that do not fit the window and lost their end, whole."""
    return fitted_address(content, settings, load()).shortened


def lost_lines(settings: LetterSettings) -> tuple[str, ...]:
    """Return the lines of letterhead and footer for which every letter of these settings lacks the room."""
    fonts = load()
    return fitted_letterhead(settings, fonts).lost + fitted_footer(settings, fonts).lost


def _texts(content: LetterContent) -> Iterable[str]:
    yield from (*content.address_lines, content.subject, content.salutation, *content.closing)
    yield from (text for reference in content.references for text in reference)
    for block in content.blocks:
        yield block.heading
        yield from (paragraph.text for paragraph in block.paragraphs)
