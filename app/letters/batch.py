"""A round of letters: their order and their file names."""

from app.base.files import safe_name
from app.domain.identifiers import check_postcode, clean_postcode
from app.domain.names import fold
from app.letters.content import is_dutch


def file_name(kenmerk: str, supplier_name: str) -> str:
    """Return the name of a letter's file: `PSO-2026-0148 Bouwbedrijf Maasdal.pdf`, safe on every system."""
    return safe_name(f"{kenmerk} {supplier_name}", ".pdf")


def envelope_order(postcode: str, name: str, *, country: str = "") -> tuple[int, str, str]:
    """Return the sort key of a letter in the pile: Dutch postcodes rising, then names; the rest after them.

    So the pile goes into the envelopes in one order, and two letters to one firm lie together.
    """
    cleaned = clean_postcode(postcode)
    if cleaned and is_dutch(country) and check_postcode(cleaned) is None:
        return 0, cleaned, fold(name)
    return 1, f"{fold(country)} {fold(cleaned)}", fold(name)
