"""Text of one byte per letter: Windows (cp1252), or DOS (cp850) where the words show it."""

import codecs
import re

# What stands inside words of Dutch, German, French and Spanish.
_LETTERS = frozenset("éèëêáàäâíìïîóòöôúùüûçñÉÈËÊÁÀÄÂÍÌÏÎÓÒÖÔÚÙÜÛÇÑß")
_NOT_ASCII = bytes(range(0x80, 0x100))
_ENOUGH = 2_000_000
_INSIDE_A_WORD = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?=[a-z])|(?<=[A-Z])[\x80-\xff](?=[A-Z])")


def decode_western(data: bytes) -> tuple[str, str]:
    """Return the text and its encoding; bytes that the encoding does not define become control characters.

    DOS only where its reading of the bytes inside words gives more letters that words have, each in the case of the
    letter behind it; not where most bytes stand elsewhere, as in other alphabets.
    """
    some = data[:_ENOUGH]
    dos, windows = (_letters_inside(some, encoding) for encoding in ("cp850", "cp1252"))
    if dos > windows and 3 * dos > len(some) - len(some.translate(None, _NOT_ASCII)):
        return data.decode("cp850"), "cp850"
    return as_windows(data), "cp1252"


def as_windows(data: bytes) -> str:
    """Return bytes read as cp1252."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="tredewijzer.undefined")


def _read_undefined(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("tredewijzer.undefined", _read_undefined)


def _letters_inside(data: bytes, encoding: str) -> int:
    found = 0
    for match in _INSIDE_A_WORD.finditer(data):
        letter = match[0].decode(encoding, errors="replace")
        is_capital = data[match.end() : match.end() + 1].isupper()
        found += letter in _LETTERS and letter.isupper() == is_capital
    return found
