"""How a letter would look with settings that were not saved yet: for the screen where they are typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.letter import LetterSettings
from app.letters.picture import Picture, page_picture
from app.letters.render import lost_lines, render_letter
from app.services.plan_letters import plan_letters
from app.services.show_letter import envelope_window
from app.services.write_letters import draft_letters
from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class SampleLetter:
    """The first page of a letter that is due; `page` is None when none is.

    `window` is what the envelope shows, left, top, right and bottom in mm on the sheet; None without a window.
    `lost` are the lines of letterhead and footer that find no place.
    """

    page: Picture | None
    window: tuple[float, float, float, float] | None
    lost: tuple[str, ...]


def sample_letter(
    register: Register, settings: LetterSettings, *, on: date, among: Sequence[str], width_px: int
) -> SampleLetter:
    """Return the letter to the first of these suppliers to whom one is due on a day. Writes nothing."""
    due = plan_letters(register, on=on, only=among).proposals[:1] if among else ()
    page = None
    for draft in draft_letters(register, due, on=on, settings=settings):
        page = page_picture(render_letter(draft.content, settings), 0, width_px=width_px)
    return SampleLetter(page, envelope_window(settings), lost_lines(settings))
