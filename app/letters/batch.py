"""A round of letters: their order, their file names, and all of them at once."""

from collections.abc import Sequence

from app.base.files import safe_name
from app.base.progress import NoProgress, Progress
from app.domain.identifiers import check_postcode, clean_postcode
from app.domain.letter import LetterSettings
from app.domain.names import fold
from app.domain.supplier import Address
from app.letters.content import LetterContent
from app.letters.render import render_letter


def file_name(kenmerk: str, supplier_name: str) -> str:
    """Return the name of a letter's file: `PSO-2026-0148 Bouwbedrijf Maasdal.pdf`, safe on every system."""
    return safe_name(f"{kenmerk} {supplier_name}", ".pdf")


def envelope_order(address: Address, name: str) -> tuple[int, str, str]:
    """Return the sort key of a letter in the pile: Dutch postcodes rising, then names; the rest after them.

    So the pile goes into the envelopes in one order, and two letters to one firm lie together.
    """
    postcode = clean_postcode(address.postcode)
    is_dutch = bool(postcode) and check_postcode(postcode, address.country) is None and postcode[:1].isdigit()
    if is_dutch and address.country.casefold() in {"", "nl", "nederland"}:
        return 0, postcode, fold(name)
    return 1, fold(address.country), f"{fold(postcode)} {fold(name)}"


def render_batch(
    contents: Sequence[LetterContent], settings: LetterSettings, *, progress: Progress | None = None
) -> tuple[bytes, ...]:
    """Return every letter as a PDF file of its own, in the order given.

    Raises `Cancelled` through `progress`, which is told before each letter and at the end; nothing is kept then.
    """
    watching = progress or NoProgress()
    made: list[bytes] = []
    for content in contents:
        watching.step(len(made), len(contents), content.title)
        made.append(render_letter(content, settings))
    watching.step(len(made), len(contents), "")
    return tuple(made)
