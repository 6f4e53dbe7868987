"""Texts that a spreadsheet program would run when it reads them from a text file, made harmless and read back exactly.

CWE-1236 and OWASP ASVS 1.2.10: what begins with = + - @, tab or an end of line, also behind spaces, quotes and NUL, and
in full width. A text that begins with a guard already gets one more, so that taking one away gives it back.
"""

import re

_RUNS = re.compile("['\"\\s\0]*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where it could be run, any other as it is."""
    return f"'{text}" if _RUNS.match(text) else text


def unguarded(text: str) -> str:
    """Return the text that `guarded` was given."""
    return text[1:] if text.startswith("'") and _RUNS.match(text, 1) else text
