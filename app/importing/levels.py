"""PSO levels, statuses and yes-or-no as people write them (domain.md §1.2)."""

import re
from dataclasses import dataclass

from app.domain.certificate import CertificateStatus, Level
from app.domain.names import fold

_PLUS = re.compile(r"(?:\+\s*)?(?:(?:plus[\s-]?)?(?<!\d)30\s?\+|(?<!\d)30[\s-]?plus\b|\bplus[\s-]?30\b|\babw\b)")
# "3+" may mean with PSO 30+ or better than 3.
_TOKEN = re.compile(r"[a-z]+|[0-9]+|(?<=[0-9])\+")
# Words that stand beside a level and change nothing; "t" and "e" are those of "T2" and "2e trede".
_NOISE = frozenset(
    "pso trede tredes niveau prestatieniveau level status certificaat certificaten gecertificeerd keurmerk "
    "prestatieladder socialer ondernemen en met t e".split()
)
_LEVELS = {
    word: level
    for level, line in {
        Level.ASPIRANT: "aspirant aspirantstatus",
        Level.BASIS: "basis basistrede",
        Level.TREDE1: "1 i een",
        Level.TREDE2: "2 ii twee",
        Level.TREDE3: "3 iii drie",
    }.items()
    for word in line.split()
}
_NONE = frozenset({"geen", "nee", "no", "none", "nvt", "n v", "0", "niet", "nog niet", "onbekend"})
_STATUSES = {
    CertificateStatus.VALID: "geldig valid actief active lopend verlopen expired vervallen",
    CertificateStatus.WITHDRAWN: "ingetrokken withdrawn beeindigd revoked",
    CertificateStatus.SUSPENDED: "opgeschort geschorst suspended",
    CertificateStatus.REPLACED: "vervangen replaced",
}
_EXPIRED = frozenset({"verlopen", "expired", "vervallen"})
_STATUS = {word: status for status, line in _STATUSES.items() for word in line.split()}
_YES = frozenset("ja yes j y x 1 true waar v ✓ ✔".split())
_NO = frozenset("nee no n 0 false onwaar".split())


@dataclass(frozen=True, slots=True)
class WrittenLevel:
    """A level as it was written; `level` None means that the text says there is none."""

    level: Level | None
    is_plus30: bool = False


def parse_level(text: str) -> WrittenLevel:
    """Read "Trede 3", "PSO-2", "2", "TREDE1", "T2", "PSO 30+", "Trede 3|30+", "aspirant-status", "Basis" or "geen".

    PSO 30+ alone means Trede 3: it is only given to who qualifies for that (domain.md §1.2). What says more than a
    level, or several, is not guessed. Raises ValueError.
    """
    folded = fold(text)
    is_plus30 = bool(_PLUS.search(folded))
    found = _TOKEN.findall(_PLUS.sub(" ", folded))
    telling = [word for word in found if word not in _NOISE]
    levels = {_LEVELS[word] for word in telling if word in _LEVELS}
    if len(levels) == 1 and all(word in _LEVELS for word in telling):
        return WrittenLevel(levels.pop(), is_plus30)
    if is_plus30 and not telling:
        return WrittenLevel(Level.TREDE3, is_plus30)
    if " ".join(telling) in _NONE or not (found or is_plus30):
        return WrittenLevel(None)
    raise ValueError(f"In '{text}' staat meer dan een trede." if levels else f"'{text}' is geen trede.")


def parse_status(text: str) -> CertificateStatus:
    """Read the status of a certificate; "verlopen" is valid with an end in the past. Raises ValueError."""
    status = _STATUS.get(fold(text))
    if status is None:
        raise ValueError(f"'{text}' is geen status van een certificaat.")
    return status


def says_expired(text: str) -> bool:
    """Whether a status says that the end of a certificate lies in the past."""
    return fold(text) in _EXPIRED


def parse_yes_no(text: str) -> bool:
    """Read ja/nee, yes/no, x, 1 or 0. Raises ValueError."""
    folded = fold(text)
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise ValueError(f"'{text}' is geen ja of nee.")
