"""Calling a number out of the program, by whatever this computer has for `tel:`."""

import re

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from ui.base.wish import TEL_SCHEME, find_number

_INLAND = re.compile(r"\(\s*0\s*\)")
# So many digits are a whole number; what stands behind a slash is then another one.
_FEWEST_DIGITS = 9
# A country and the longest number in one (E.164), with the 00 before it.
_MOST_DIGITS = 17


def dial(number: str) -> bool:
    """Let the computer's phone program call; False for what is no number, and where nothing takes `tel:`.

    `number` is as written in the register; what `find_number` does not take is not called. Of two behind each other
    the first is called. Of `+31 (0)475` the bracketed zero is for callers within the country and goes.
    """
    first = number.partition("/")[0]
    is_whole = sum(character.isdigit() for character in first) >= _FEWEST_DIGITS
    found = find_number(first if is_whole else number)
    if found is None:
        return False
    if found.lstrip("( ").startswith(("+", "00")):
        found = _INLAND.sub("", found)
    if sum(character.isdigit() for character in found) > _MOST_DIGITS:
        return False
    return QDesktopServices.openUrl(QUrl(f"{TEL_SCHEME}:{''.join(c for c in found if c in '+0123456789')}"))
