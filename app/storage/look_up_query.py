"""What was typed, taken apart as it is looked for."""

import re
from typing import NamedTuple

from app.domain.names import is_filler, written_out
from app.storage.look_up_text import PHONE, TOP_DOMAINS, has_digit, national, plain_words

_LONGEST = 200
_MOST_WORDS = 12
_FEWEST_DIGITS = 3
# As people and phone programs write it: perhaps a word in front (tel: T.), perhaps a server behind.
_PHONE = re.compile(r"\s*([A-Za-z]{1,4}[:.]\s*)?([+\d\s().\-/]+)(@.*)?")
_SITE = re.compile(r"\S*\w{3}\.\w+")
_NO_DIGIT = re.compile(r"[^0-9]+")


class Meant(NamedTuple):
    """One word as typed, and the beginnings that it may be in the register."""

    word: str
    begins: tuple[str, ...]


class Sought:
    """A text as it is looked for.

    `words` are to be found all; `wholes` is all that was typed without spaces, as a name may begin. When it is a whole
    number, `exact` is that number and `phones` are the phone numbers that it can be as they are compared; `mailbox` is
    what stands before an @.
    """

    def __init__(self, text: str) -> None:
        """Take apart what was typed; too much of it is left out."""
        self.text = text[:_LONGEST].strip()
        phone = _PHONE.fullmatch(self.text)
        number = _NO_DIGIT.sub("", "".join(plain_words(phone[2]))) if phone else ""
        is_phone = len(number) >= _FEWEST_DIGITS
        box, _, domain = ("", "", number) if is_phone else self.text.rpartition("@")
        written = plain_words(domain)
        if len(written) > 1 and _is_site(domain, written[-1]):
            written = written[:-1]
        telling = tuple(word for word in written if not is_filler(word)) or written
        self.mailbox = "".join(plain_words(box))
        self.whole = "".join(written)
        self.wholes = tuple(dict.fromkeys((self.whole, "".join(telling), "".join(map(written_out, telling)))))
        # Digits with signs between them are one number, and its notation says how it is compared.
        key = national(self.text) if is_phone else ""
        self.words = tuple(_meant(word, key) for word in dict.fromkeys(telling[:_MOST_WORDS]))
        self.exact = "" if self.mailbox or not has_digit(self.whole) else self.whole
        self.phones: tuple[str, ...] = ()
        if self.exact and len(self.words) == 1:
            begins = self.words[0].begins
            self.phones = tuple(begin[1:] for begin in begins if begin[0] == PHONE)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.words and not self.mailbox


def _meant(word: str, key: str) -> Meant:
    begins = [word]
    full = written_out(word)
    if not full.startswith(word):
        begins.append(full)
    if key := key or (national(word) if word.isdigit() else ""):
        begins.append(PHONE + key)
    return Meant(word, tuple(begins))


def _is_site(text: str, last: str) -> bool:
    """Whether a text without spaces ends in a point and (the beginning of) what addresses end in."""
    return bool(_SITE.fullmatch(text.strip())) and any(top.startswith(last) for top in TOP_DOMAINS)
