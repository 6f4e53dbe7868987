"""How a letter would look with settings that were not saved yet: for the screen where they are typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.letter import LetterKind, LetterSettings
from app.domain.supplier import Language
from app.domain.verdict import Reason
from app.letters.content import LetterContent, compose
from app.letters.picture import Picture, page_picture
from app.letters.render import lost_lines, render_letter
from app.letters.specimen import specimen
from app.letters.template_reader import parse_template
from app.services.letter_paper import load_artwork
from app.services.letter_texts import get_text
from app.services.plan_letters import plan_letters
from app.services.show_letter import envelope_window
from app.services.write_letters import draft_letters
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class SampleLetter:
    """The first page of a letter that is due, else of one to a firm that does not exist (`is_invented`).

    `window` is what the envelope shows, left, top, right and bottom in mm on the sheet; None without a window.
    `lost` are the lines of letterhead and footer that find no place.
    """

    page: Picture
    is_invented: bool
    window: tuple[float, float, float, float] | None
    lost: tuple[str, ...]


def sample_letter(
    register: Register,
    settings: LetterSettings,
    *,
    on: date,
    among: Sequence[str],
    width_px: int,
    chosen: Mapping[str, bytes] | None = None,
) -> SampleLetter:
    """Return the letter to the first of these suppliers to whom one is due on a day, else an example. Writes nothing.

    `chosen` holds files that the settings name and that are not kept yet, by their SHA-256. Raises `AppError` when a
    file that they name is gone.
    """
    due = plan_letters(register, on=on, only=among).proposals[:1] if among else ()
    drafts = draft_letters(register, due, on=on, settings=settings)
    content = drafts[0].content if drafts else _example(register, settings)
    pdf = render_letter(content, settings, artwork=load_artwork(register, settings, chosen=chosen))
    page = page_picture(pdf, 0, width_px=width_px)
    return SampleLetter(page, not drafts, envelope_window(settings), lost_lines(settings))


def _example(register: Register, settings: LetterSettings) -> LetterContent:
    kind, language, reason = LetterKind.REQUEST, Language.DUTCH, Reason.NO_CERTIFICATE
    text = get_text(register, kind, language).source
    return compose(specimen(kind, language, reason=reason, sender=settings), parse_template(text))
