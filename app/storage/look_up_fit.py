"""Which of a supplier's texts fits what was typed, and what to mark in it."""

from collections.abc import Iterable, Mapping, Sequence

from app.storage.look_up_query import Sought
from app.storage.look_up_text import BETWEEN, PHONE, WHOLE, Entry, has_digit

_NOTHING = Entry("name", "", "")


def fitting(entries: Iterable[Entry], sought: Sought, *, is_exact: bool) -> Entry:
    """Return the entry of which most was typed, the first where it makes no difference.

    Words that begin count for more than what stands inside one; `is_exact`: a whole number fits.
    """
    best, most = _NOTHING, -1.0
    full = float(sum(len(word.word) for word in sought.words) + len(sought.mailbox))
    for entry in entries:
        if is_exact:
            if entry.field in WHOLE and entry.whole in (sought.phones if entry.field == "phone" else (sought.exact,)):
                return entry
            continue
        fit = _fit(entry, sought)
        if fit > most:
            best, most = entry, fit
            if fit >= full:
                break
    return best


def _fit(entry: Entry, sought: Sought) -> float:
    runs, fit = entry.runs, 0.0
    for word, begins in sought.words:
        for begin in begins:
            if f" {begin}" in runs:
                fit += len(word)
                break
        else:
            if any(begin.lstrip(PHONE) in runs for begin in begins) or (not has_digit(word) and word in entry.joined):
                fit += len(word) * 0.5
    if sought.mailbox and f" @{sought.mailbox}" in runs:
        fit += len(sought.mailbox)
    if fit < len(sought.whole) and sought.whole in entry.joined:
        fit = max(fit, len(sought.whole) * 0.75)
    return fit


def corrected(compared: str, sought: Sought, slips: Sequence[Mapping[str, int]]) -> str:
    """Return what was typed with the words for which the supplier was found: those in its texts with fewest errors."""
    texts = f"{compared} ".replace(BETWEEN, " ")
    words = []
    for (word, begins), found in zip(sought.words, slips, strict=True):
        if not any(f" {begin}" in texts for begin in begins):
            word = min((other for other in found if f" {other} " in texts), key=found.__getitem__, default=word)
        words.append(word)
    return " ".join(words)
