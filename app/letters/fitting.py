"""What goes on the sheet besides the text, made to fit the room it has: letterhead, address, references, footer."""

from dataclasses import dataclass

from app.domain.letter import LetterSettings
from app.letters.content import LetterContent, plain
from app.letters.fonts import Face, Fonts
from app.letters.layout import (
    LEFT,
    NEXT_ROW_BELOW,
    PT_PER_MM,
    REFERENCE_Y,
    RIGHT,
    VALUE_BELOW,
    VALUE_LEADING,
    FittedAddress,
    address_area,
    address_room,
    fit_address,
    has_return_line,
    shorten,
    wrap,
)
from app.letters.typeset import split_wide
from app.letters.wording import wording_of

LABEL_PT = 7.5
VALUE_PT = 9.0
VALUE_SIZES_PT = (VALUE_PT, 8.5, 8.0)
FOOTER_PT = 7.5
RETURN_SIZES_PT = (6.5, 6.0, 5.5)
FOOTER_LINES = 3
VALUE_LINES = 3
_COLUMN_AIR = 4.0
# Size in points, room per line in mm, and how many lines then stay above an address that was shifted up.
LETTERHEAD_SIZES = ((8.5, 4.2, 4), (7.5, 3.6, 5), (7.0, 3.3, 6))
_DOT = "   ·   "


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedLines:
    """Lines as they go on the sheet, and those that found no place; size in points, leading in mm."""

    lines: tuple[str, ...]
    size_pt: float
    leading: float
    lost: tuple[str, ...]


_NOTHING = FittedLines(lines=(), size_pt=FOOTER_PT, leading=0.0, lost=())


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedReference:
    """A label and the lines of its value; the baseline of the label in mm, the value begins `VALUE_BELOW` it."""

    x: float
    y: float
    label: str
    lines: tuple[str, ...]
    size_pt: float


def fitted_address(lines: tuple[str, ...], settings: LetterSettings, fonts: Fonts) -> FittedAddress:
    """Return the address as it goes into the window of these settings."""
    return fit_address(
        lines,
        room=address_room(settings),
        measure=lambda text, size: fonts.width(text, Face.REGULAR, size),
    )


def fitted_return_line(settings: LetterSettings, fonts: Fonts, *, language: str) -> FittedLines:
    """Return the sender on one line over the address, smaller where that makes it fit; nothing where it is not wanted.

    Where it does not fit at all it loses its end.
    """
    if not has_return_line(settings):
        return FittedLines(lines=(), size_pt=RETURN_SIZES_PT[0], leading=0.0, lost=())
    town = f"{settings.postcode} {settings.city}".strip()
    text = plain(f"{wording_of(language).sender}: {settings.street} · {town}")
    room = address_area(settings).width_pt

    def measure(part: str, size: float) -> float:
        return fonts.width(part, Face.REGULAR, size)

    size = next((size for size in RETURN_SIZES_PT if measure(text, size) <= room), RETURN_SIZES_PT[-1])
    line = shorten(text, width_pt=room, size_pt=size, measure=measure)
    return FittedLines(lines=(line,), size_pt=size, leading=0.0, lost=(text,) if line != text else ())


def fitted_letterhead(settings: LetterSettings, fonts: Fonts) -> FittedLines:
    """Return what stands at the top right: the team, the lines of the letterhead, telephone and e-mail.

    Where there is no room for all, the last lines of the letterhead give way to telephone and e-mail. Nothing on paper
    of one's own.
    """
    if not settings.has_drawn_letterhead:
        return _NOTHING
    room = (RIGHT - LEFT) / 2 - 5
    parts = ((settings.team,), settings.letterhead.splitlines(), (settings.phone, settings.email))
    for size, leading, count in LETTERHEAD_SIZES:
        team, more, reach = (
            tuple(
                piece for line in map(plain, lines) if line for piece in wrapped(fonts, line, Face.REGULAR, size, room)
            )
            for lines in parts
        )
        kept = max(count - len(team) - len(reach), 0)
        whole = (*team, *more[:kept], *reach)
        fitted = FittedLines(lines=whole[:count], size_pt=size, leading=leading, lost=(*more[kept:], *whole[count:]))
        if not fitted.lost:
            break
    return fitted


def fitted_footer(settings: LetterSettings, fonts: Fonts) -> FittedLines:
    """Return what stands at the foot: the sender's name and address, the KvK number and the footer's own line.

    Nothing on paper of one's own.
    """
    if not settings.has_drawn_letterhead:
        return _NOTHING
    town = f"{settings.postcode}  {settings.city}".strip() if settings.city else ""
    kvk = f"KvK {settings.kvk}" if settings.kvk else ""
    details = [part for part in (settings.street, town, kvk) if part]
    own = plain(settings.footer)
    lines: list[str] = []
    if details or own:
        text = _DOT.join(part for part in (settings.organisation, *details) if part)
        # The page number stands at the right of the same line.
        room = RIGHT - LEFT - 28
        lines = [_DOT.join(part for part in (text, own) if part)]
        if fonts.width(lines[0], Face.REGULAR, FOOTER_PT) > room * PT_PER_MM:
            # The footer's own line is not torn: where it does not fit behind the rest, it begins beneath it.
            lines = [
                line for part in (text, own) if part for line in wrapped(fonts, part, Face.REGULAR, FOOTER_PT, room)
            ]
    return FittedLines(
        lines=tuple(lines[:FOOTER_LINES]), size_pt=FOOTER_PT, leading=3.6, lost=tuple(lines[FOOTER_LINES:])
    )


def wrapped(fonts: Fonts, text: str, face: Face, size: float, room_mm: float) -> list[str]:
    """Return a text as lines of at most so many mm; a word that is wider is broken."""
    room = room_mm * PT_PER_MM

    def measure(part: str, at: float) -> float:
        return fonts.width(part, face, at)

    lines = wrap(text, width_pt=room, size_pt=size, measure=measure)
    return [part for line in lines for part in split_wide(line, room, lambda t: measure(t, size))]


def placed_references(content: LetterContent, fonts: Fonts) -> tuple[PlacedReference, ...]:
    """Return the references in columns: up to four on one row, more of them on two.

    A value that is too long for its three lines loses its end.
    """
    count = len(content.references)
    columns = 3 if count <= 3 or count in {5, 6} else 4
    column = (RIGHT - LEFT) / columns
    found: list[PlacedReference] = []
    y = REFERENCE_Y
    for start in range(0, count, columns):
        row = [
            _placed(fonts, label, value, x=LEFT + place * column, y=y, room_mm=column - _COLUMN_AIR)
            for place, (label, value) in enumerate(content.references[start : start + columns])
        ]
        found += row
        y = max(value_y(item) for item in row) + NEXT_ROW_BELOW
    return tuple(found)


def value_y(reference: PlacedReference) -> float:
    """Return the baseline of the last line of its value."""
    return reference.y + VALUE_BELOW + (len(reference.lines) - 1) * VALUE_LEADING


def _placed(fonts: Fonts, label: str, value: str, *, x: float, y: float, room_mm: float) -> PlacedReference:
    room = room_mm * PT_PER_MM

    def measure(text: str, size: float) -> float:
        return fonts.width(text, Face.REGULAR, size)

    # A word is set smaller before it is broken, and an address of e-mail is broken where it is read most easily.
    words = value.split(" ")
    size = next((size for size in VALUE_SIZES_PT if all(measure(word, size) <= room for word in words)), VALUE_PT)
    if any(measure(word, size) > room for word in words):
        value = value.replace("@", "@ ")
    lines = wrapped(fonts, value, Face.REGULAR, size, room_mm)
    if len(lines) > VALUE_LINES:
        cut = lines[VALUE_LINES - 1]
        lines[VALUE_LINES - 1 :] = [shorten(cut, width_pt=room, size_pt=size, measure=measure, force=True)]
    return PlacedReference(x=x, y=y, label=label, lines=tuple(lines), size_pt=size)
