"""What a start of the program asks: a register to open, a caller to look up, or both.

A phone program and a link in any web page can begin the program with words of their own, so the words of a call are
data and nothing else: everything after `--call` is the number, and a text that is no number is left out. It never
becomes a path, an option or a command. No Qt here: this is read before the first paint.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

OPTION = "--call"
OWN_SCHEME, TEL_SCHEME = "tredewijzer", "tel"

_LONGEST = 32
# Three digits are an extension, which a register can hold. Fewer fit everyone; more than twenty is no number.
_DIGITS = range(3, 21)
_NUMBER = re.compile(r"[( ]*\+?[( ]*[0-9][0-9 ().\-/]*")
_OWN_URL = re.compile(rf"(?i:{OWN_SCHEME}:(?://)?call/?\?number=)(.*)", re.DOTALL)
_TEL_URL = re.compile(rf"(?i:{TEL_SCHEME}:(?://)?)([^;]*)(?:;.*)?", re.DOTALL)
# A drive has one letter. A file with such a name can be given as ./name.
_ANY_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
# The plus for a space of web forms; at the beginning it is the plus of a country.
_FORM_SPACE = re.compile(r"(?<=[0-9)])\+")


class Wish(NamedTuple):
    """`path` is absolute; `call` is a number as it was written, "" for none; `is_faulty` when a call was left out."""

    path: Path | None = None
    call: str = ""
    is_faulty: bool = False


def find_number(text: str) -> str | None:
    """Return a phone number as it is written, without spaces around it; None when it is anything else.

    At most 32 characters, of which 3 to 20 digits, with a plus before them and `( ) . - /` and spaces between. A hidden
    caller, "anonymous" or "", is no number, nor is an extension of one or two digits.
    """
    number = text.strip(" ")
    if len(number) > _LONGEST or not _NUMBER.fullmatch(number):
        return None
    return number if sum(character.isdigit() for character in number) in _DIGITS else None


def find_call(text: str) -> str | None:
    """Return the number of a caller as a phone program gives it; None when it is anything else.

    A plain number, `tredewijzer:call?number=…` with that one parameter, or `tel:…` (RFC 3966), of which the parameters
    after `;` are dropped. Both may have `//` after the scheme and be percent-encoded, once.
    """
    text = text.strip(" ")
    if found := _OWN_URL.fullmatch(text):
        return find_number(_decoded(_FORM_SPACE.sub(" ", found[1])))
    if found := _TEL_URL.fullmatch(text):
        return find_number(_decoded(found[1]))
    return find_number(text)


def read_arguments(arguments: Sequence[str]) -> Wish | None:
    """Return what the arguments of a start ask of the window; None when they are not for the window.

    `[FILE] [--call NUMBER]`, or a URL. A number that a phone program did not put in quotes arrives in pieces, so all
    that follows is taken together, and refused together.
    """
    if not arguments:
        return Wish()
    first, *rest = arguments
    if _ANY_SCHEME.match(first):
        return _wish(None, arguments)
    if (call := _after_option(arguments)) is not None:
        return _wish(None, call)
    path = Path(first).absolute()
    if not rest:
        return Wish(path)
    call = _after_option(rest)
    return None if call is None else _wish(path, call)


def _after_option(arguments: Sequence[str]) -> Sequence[str] | None:
    name, equals, value = arguments[0].partition("=")
    if name != OPTION:
        return None
    return [value, *arguments[1:]] if equals else arguments[1:]


def _wish(path: Path | None, words: Sequence[str]) -> Wish:
    call = find_call(" ".join(words))
    return Wish(path, call or "", is_faulty=call is None)


def _decoded(text: str) -> str:
    return _ENCODED.sub(lambda code: chr(int(code[1], 16)), text)
