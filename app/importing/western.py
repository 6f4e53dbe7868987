"""Text of one byte per letter: Windows (cp1252), or DOS (cp850) where the words show it."""

import re

# What stands inside words of Dutch, German, French and Spanish.
_LETTERS = frozenset("éèëêáàäâíìïîóòöôúùüûçñÉÈËÊÁÀÄÂÍÌÏÎÓÒÖÔÚÙÜÛÇÑß")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_INSIDE_A_WORD = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?=[a-z])|(?<=[A-Z])[\x80-\xff](?=[A-Z])")


def decode_western(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding; bytes that the encoding does not define become control characters.

    DOS only where its reading of the bytes inside words gives more letters that words have, each in the case of the
    letter behind it; not where most bytes stand elsewhere, as in other alphabets.
    """
    dos, windows = (_letters_inside(data, encoding) for encoding in ("cp850", "cp1252"))
    if dos > windows and 3 * dos > len(_NOT_ASCII.findall(data)):
        return data.decode("cp850"), "cp850"
    return as_windows(data), "cp1252"


def as_windows(data: bytes) -> str:
    """Return bytes read as cp1252."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in data)


def _letters_inside(data: bytes, encoding: str) -> int:
    found = 0
    for match in _INSIDE_A_WORD.finditer(data):
        letter = match[0].decode(encoding, errors="replace")
        is_capital = data[match.end() : match.end() + 1].isupper()
        found += letter in _LETTERS and letter.isupper() == is_capital
    return found
