"""The words of the example, read from `data/demo`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.base.paths import shipped

# What TOML gives for two whole numbers: the lowest and the highest, both included.
Span = Sequence[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A town with its postcode digits and area code; `country` empty for the Netherlands."""

    name: str
    postcode: int
    area: str
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """A category of suppliers: how their names are built, what their contracts are called, how common they are."""

    category: str
    share: int
    patterns: Sequence[str]
    contracts: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """An older name of a firm, and how long ago it changed; `kvk`: its KvK number changed too."""

    name: str
    kvk: bool
    days_ago: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFirm:
    """A firm that somebody thought up, with what is particular about it. `euros`: ordered this year, excl. btw."""

    name: str
    category: str
    place: str
    case: str
    euros: float
    shape: str = ""
    key_partner: bool = False
    trade_names: Sequence[str] = ()
    former: Former | None = None
    extra_phones: int = 0
    postbox: bool = False
    address: bool = True
    kvk: bool = True
    literal_contact: str = ""
    members: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outsider:
    """A certificate of a firm that is no supplier. `ends`: in which month, counted from now."""

    holder: str
    level: str
    ends: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCase:
    """The certificate that decides a case: possible levels, months in which it ends, and what became of it.

    `fate`: withdrawn, suspended, renewed, upgraded or reported. `holder`: own, holding (which does not list the
    firm) or group (which does, and is no supplier). `is_first`: there was none before.
    """

    levels: Sequence[str]
    ends: Span = (0, 0)
    checked: bool = True
    plus30: bool = False
    fate: str = ""
    holder: str = "own"
    is_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyCase:
    """What came back to the last letter."""

    kind: str
    days_ago: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """How suppliers of one sort fare; see the head of `cases.toml`."""

    name: str
    count: int = 0
    kind: str = "firm"
    band: str = "small"
    shapes: Sequence[str] = ("totals",)
    certificate: CertificateCase | None = None
    events: Sequence[str] = ()
    sometimes: Sequence[str] = ()
    rounds: Sequence[str] = ()
    reply: ReplyCase | None = None
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """Something that can happen; see the head of `events.toml`. Spans are days from today."""

    kind: str
    on: Span
    until: Span = ()
    done: Span = ()
    texts: Sequence[str] = ()
    calls: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """A round of letters of the last months."""

    code: str
    days_ago: int
    limit: int | None = None
    is_mistake: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyRounds:
    """The rounds before that: one a year, with a reminder."""

    days_ago: int
    limit: int
    remind_days_ago: int
    remind_limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideKind:
    """Something on the work list that was set aside; see the head of `work.toml`."""

    kind: str
    how: str
    days_ago: int
    until: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseCall:
    """A conversation without a supplier; `at` is its wall time."""

    days_ago: int
    at: Span
    minutes: int
    caller: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that the example is made of. `words` are the lists of names.toml; money in euros."""

    words: Mapping[str, Sequence[str]]
    places: Sequence[Place]
    trades: Sequence[Trade]
    firms: Sequence[KnownFirm]
    outsiders: Sequence[Outsider]
    bands: Mapping[str, Span]
    cases: Sequence[Case]
    events: Mapping[str, EventKind]
    rounds: Sequence[RoundPlan]
    yearly: YearlyRounds
    asides: Sequence[AsideKind]
    loose_calls: Sequence[LooseCall]


@cache
def material() -> Material:
    """Return the shipped words; read once."""
    files = ("names", "firms", "cases", "events", "rounds", "work")
    names, firms, cases, events, rounds, work = map(_read, files)
    return Material(
        words={key: value for key, value in names.items() if key not in {"places", "trades"}},
        places=[Place(**row) for row in names["places"]],
        trades=[Trade(**row) for row in names["trades"]],
        firms=[KnownFirm(**_with(row, "former", Former)) for row in firms["firms"]],
        outsiders=[Outsider(**row) for row in firms["outsiders"]],
        bands=cases["bands"],
        cases=[Case(**_with(_with(row, "certificate", CertificateCase), "reply", ReplyCase)) for row in cases["cases"]],
        events={name: EventKind(**row) for name, row in events["events"].items()},
        rounds=[RoundPlan(**row) for row in rounds["rounds"]],
        yearly=YearlyRounds(**rounds["yearly"]),
        asides=[AsideKind(**row) for row in work["asides"]],
        loose_calls=[LooseCall(**row) for row in work["loose_calls"]],
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(shipped("data", "demo", f"{name}.toml").read_text(encoding="utf-8"))


def _with(row: dict[str, Any], key: str, kind: type) -> dict[str, Any]:
    return {**row, key: kind(**row[key])} if key in row else row
