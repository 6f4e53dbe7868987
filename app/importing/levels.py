"""PSO levels, statuses and yes-or-no as people write them (domain.md §1.2)."""

import re
from dataclasses import dataclass

from app.domain.certificate import CertificateStatus, Level
from app.domain.names import fold

_PLUS = re.compile(r"30\s?\+|30[\s-]?plus|plus[\s-]?30|\babw\b")
_NOISE = re.compile(r"\b(pso|trede|niveau|level|status|certificaat|gecertificeerd|prestatieladder)\b|[^a-z0-9 ]")
_NONE = frozenset({"", "geen", "nee", "no", "none", "nvt", "n v t", "0", "niet", "nog niet", "geen pso", "onbekend"})
_ROMAN = {"i": "1", "ii": "2", "iii": "3"}
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
    """Read "Trede 3", "PSO-2", "2", "TREDE1", "PSO 30+", "aspirant-status", "Basis" or "geen".

    PSO 30+ alone means Trede 3: it is only given to who qualifies for that (domain.md §1.2). Raises ValueError.
    """
    folded = fold(text)
    plus = bool(_PLUS.search(folded))
    rest = re.sub(r"(?<=[a-z])(?=\d)", " ", _PLUS.sub(" ", folded)).replace("-", " ").replace("_", " ")
    rest = " ".join(_NOISE.sub(" ", rest).split())
    if "aspirant" in rest:
        return WrittenLevel(Level.ASPIRANT, plus)
    if rest in {"basis", "basistrede"}:
        return WrittenLevel(Level.BASIS, plus)
    rest = _ROMAN.get(rest, rest)
    if rest in {"1", "2", "3"}:
        return WrittenLevel(Level(f"TREDE{rest}"), plus)
    if plus and rest in {"", "en", "ja"}:
        return WrittenLevel(Level.TREDE3, plus)
    if rest in _NONE and folded.strip("- ") != "pso":
        return WrittenLevel(None)
    raise ValueError(f"'{text}' is geen trede.")


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
