"""Random registers, policies and days for property tests, crowded around the days and amounts where verdicts turn.

A `Register` is plain data: the judge reads it through `facts_of`, a database can store the same rows. It keeps to
what a database demands (periods that do not run backwards, one figure per contract, year and kind, members that are
firms). No supplier is archived.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid5

from hypothesis import strategies as st

from app.domain.certificate import Certificate, CertificateStatus, Level
from app.domain.contract import AmountKind, Contract, YearAmount
from app.domain.policy import EXEMPTION_REASONS, Exemption, PolicySettings, Postponement, Rule
from app.domain.supplier import Member, Supplier, SupplierKind
from app.domain.verdict import MemberFacts, Policy, SupplierFacts
from app.policy.rulebook import load_rules, with_settings

BROCHURE = load_rules(
    (Path(__file__).resolve().parents[1] / "data" / "policy" / "wonen-limburg.toml").read_text(encoding="utf-8")
)
THRESHOLD = 15_000_000

_SPACE = UUID("0b6d2f0e-6f0e-4c0a-9d58-6f7f0e2f4d11")
_NAMES = ("Aelen Groen B.V.", "aelen groen b.v.", "Bos", "Ĳssel Techniek", "Özdemir", "Aelen Groen B.V.")
_KVK = ("12045678", "12045679", "", "00000001")
_DAYS = (
    date(2026, 11, 22), date(2022, 1, 1), date(2021, 12, 31), date(2021, 1, 1), date(2022, 1, 2), date(2021, 1, 2),
    date(2024, 2, 29), date(2023, 12, 31), date(2024, 12, 31), date(2026, 1, 1), date(2025, 6, 30), date(2026, 11, 23),
    date(2027, 1, 1), date(2024, 1, 1), date(2020, 12, 31),
)  # fmt: skip
# Days from the day of judgement: itself, its neighbours, and the terms that settings count with, each ± 1.
_AHEAD = (365, 91, 90, 89, 31, 30, 29, 1, 0)
_BACK = (365, 0, 1, 2, 29, 30, 31, 400)

_LEVELS = (Level.TREDE2, Level.TREDE1, Level.TREDE3, *Level)

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Everything recorded that a verdict may rest on, as rows."""

    suppliers: tuple[Supplier, ...]
    contracts: tuple[Contract, ...] = ()
    amounts: tuple[YearAmount, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    postponements: tuple[Postponement, ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A register with the policy and the day to judge it by."""

    register: Register
    policy: Policy
    on: date

    def facts(self) -> tuple[SupplierFacts, ...]:
        """Return the facts of every supplier."""
        return tuple(facts_of(self.register, supplier.id) for supplier in self.register.suppliers)


def facts_of(register: Register, supplier_id: str) -> SupplierFacts:
    """Gather what a verdict on one supplier may rest on."""
    by_id = {supplier.id: supplier for supplier in register.suppliers}
    supplier = by_id[supplier_id]
    members = [(by_id[m.member_id], m.is_lead) for m in register.members if m.combination_id == supplier_id]
    return SupplierFacts(
        supplier_id=supplier.id,
        name=supplier.name,
        kvk=supplier.kvk,
        kind=supplier.kind,
        is_key_partner=supplier.is_key_partner,
        contracts=tuple(c for c in register.contracts if c.supplier_id == supplier_id),
        amounts=tuple(a for a in register.amounts if a.supplier_id == supplier_id),
        certificates=certificates_about(register, supplier),
        exemptions=tuple(e for e in register.exemptions if e.supplier_id == supplier_id),
        postponements=tuple(p for p in register.postponements if p.supplier_id == supplier_id),
        members=tuple(
            MemberFacts(
                supplier_id=member.id,
                name=member.name,
                kvk=member.kvk,
                is_lead=is_lead,
                certificates=certificates_about(register, member),
            )
            for member, is_lead in members
        ),
    )


def certificates_about(register: Register, supplier: Supplier) -> tuple[Certificate, ...]:
    """Return the certificates recorded under a supplier and those that list its KvK number."""
    return tuple(c for c in register.certificates if c.supplier_id == supplier.id or supplier.kvk in c.covered_kvk)


@st.composite
def policy_settings(draw: st.DrawFn) -> PolicySettings:
    """Answers to the open questions, each the default more often than not."""
    return PolicySettings(
        trede2_has_threshold=_pick(draw, True, True, True, False),
        amount_scope=_pick(draw, "supplier", "supplier", "contract"),
        amount_order=_pick(draw, "agreed", "agreed", "invoiced"),
        key_partners_only_2021=_pick(draw, False, False, True),
        threshold_is_inclusive=_pick(draw, True, True, False),
        members=_pick(draw, "all", "all", "lead"),
        grace_days=_pick(draw, 0, 0, 30, 90),
        expiring_days=_pick(draw, 90, 90, 0, 30),
        unverified_counts=_pick(draw, True, True, True, False),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """The brochure's rules, or now and then other ones, with any answers."""
    rules = BROCHURE if _pick(draw, True, True, True, False) else _other_rules(draw)
    return with_settings(rules, draw(_SETTINGS))


def days() -> st.SearchStrategy[date]:
    """Days on which something turns: around the rules' first days, ends of years, a leap day, an ordinary day."""
    return st.sampled_from(_DAYS)


@st.composite
def registers(draw: st.DrawFn, on: date) -> Register:
    """A register of a few firms and at most two combinations, with records around the day `on`."""
    ids = _Identities(draw(_whole(0, 9)))
    suppliers = _suppliers(draw, ids)
    contracts = [contract for s in suppliers for contract in _contracts(draw, s, on, ids)]
    return Register(
        suppliers=tuple(suppliers),
        contracts=tuple(contracts),
        amounts=tuple(amount for s in suppliers for amount in _amounts(draw, s, contracts, on, ids)),
        certificates=tuple(_certificates(draw, suppliers, on, ids)),
        exemptions=tuple(one for s in suppliers for one in _exemptions(draw, s, on, ids)),
        postponements=tuple(one for s in suppliers for one in _postponements(draw, s, on, ids)),
        members=tuple(member for s in suppliers for member in _members(draw, s, suppliers, ids)),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A register with a policy and a day that belong together."""
    on = draw(days())
    return Case(policy=draw(_POLICIES), on=on, register=draw(registers(on)))


_SETTINGS = policy_settings()
_POLICIES = policies()


@dataclass(slots=True)
class _Identities:
    """Ids that look random, so that the smallest is not always the first, and yet repeat for the same example."""

    salt: int
    count: int = field(default=0)

    def new(self) -> str:
        self.count += 1
        return str(uuid5(_SPACE, f"{self.salt} {self.count}"))


@cache
def _whole(lowest: int, highest: int) -> st.SearchStrategy[int]:
    # Making a strategy costs more than drawing from it.
    return st.integers(lowest, highest)


def _pick(draw: st.DrawFn, *choices: T) -> T:
    """One of the choices, the simplest first; what stands there twice comes twice as often."""
    return choices[draw(_whole(0, len(choices) - 1))]


def _other_rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for code in "badc"[: _pick(draw, 4, 3, 2, 1)]:
        valid_from = _pick(draw, date(2021, 1, 1), date(2021, 1, 1), date(2022, 1, 1), date(2026, 11, 22))
        ends = _pick(draw, None, None, 0, 365) if rules else None
        rules.append(
            Rule(
                id=str(uuid5(_SPACE, code)),
                code=code,
                title=code,
                valid_from=valid_from,
                valid_to=None if ends is None else valid_from + timedelta(days=ends),
                level=_pick(draw, *Level),
                threshold_cents=_pick(draw, THRESHOLD, THRESHOLD + 1, THRESHOLD // 2, None, 0),
                key_partners_only=_pick(draw, *[False] * 4, True),
                is_demand=_pick(draw, *[True] * 5, False),
            )
        )
    return tuple(rules)


def _suppliers(draw: st.DrawFn, ids: _Identities) -> list[Supplier]:
    kinds = [SupplierKind.FIRM] * draw(_whole(1, 3)) + [SupplierKind.COMBINATION] * _pick(draw, 0, 1, 1, 2)
    return [
        Supplier(
            id=ids.new(),
            name=_pick(draw, *_NAMES),
            kind=kind,
            kvk=_pick(draw, *_KVK),
            is_key_partner=_pick(draw, False, True),
        )
        for kind in kinds
    ]


def _members(draw: st.DrawFn, supplier: Supplier, suppliers: list[Supplier], ids: _Identities) -> list[Member]:
    if supplier.kind is not SupplierKind.COMBINATION:
        return []
    firms = [s.id for s in suppliers if s.kind is not SupplierKind.COMBINATION and _pick(draw, True, True, False)]
    return [
        Member(id=ids.new(), combination_id=supplier.id, member_id=firm, is_lead=_pick(draw, False, False, True))
        for firm in firms
    ]


def _contracts(draw: st.DrawFn, supplier: Supplier, on: date, ids: _Identities) -> list[Contract]:
    found = []
    turns = [date(on.year + more, month, day) for more in (0, -1, 1, -2) for month, day in ((1, 1), (12, 31), (7, 1))]
    for _ in range(_pick(draw, 0, 1, 1, 2, 2)):
        starts_on, ends_on = _pick(draw, None, *turns), _pick(draw, None, *turns)
        if starts_on and ends_on:
            starts_on, ends_on = min(starts_on, ends_on), max(starts_on, ends_on)
        total_cents = _total(draw, starts_on, ends_on, on.year)
        found.append(
            Contract(
                id=ids.new(), supplier_id=supplier.id, starts_on=starts_on, ends_on=ends_on, total_cents=total_cents
            )
        )
    return found


def _total(draw: st.DrawFn, starts_on: date | None, ends_on: date | None, year: int) -> int | None:
    """No total, or one whose part of the year lies at the threshold, a cent beside it, or at half a cent."""
    if _pick(draw, False, False, True):
        return None
    share = _cents(draw, lowest=0)
    if starts_on is None or ends_on is None:
        return share
    all_days = (ends_on - starts_on).days + 1
    inside = (min(ends_on, date(year, 12, 31)) - max(starts_on, date(year, 1, 1))).days + 1
    if inside <= 0:
        return share
    return max(0, (2 * share + _pick(draw, 0, 1, -1, 2)) * all_days // (2 * inside))


def _cents(draw: st.DrawFn, lowest: int) -> int:
    half = THRESHOLD // 2
    match _pick(draw, *["turning"] * 3, *["above"] * 4, "any", "negative"):
        case "turning":
            return _pick(draw, THRESHOLD, THRESHOLD - 1, THRESHOLD + 1, THRESHOLD, half, half - 1, half + 1, 0, 1)
        case "above":
            return draw(_whole(THRESHOLD, 9 * THRESHOLD))
        case "negative":
            return max(lowest, _pick(draw, -1, -half))
        case _:
            return draw(_whole(lowest, 2 * THRESHOLD))


def _amounts(
    draw: st.DrawFn, supplier: Supplier, contracts: list[Contract], on: date, ids: _Identities
) -> list[YearAmount]:
    own: list[str | None] = [c.id for c in contracts if c.supplier_id == supplier.id]
    found: dict[tuple[str | None, int, AmountKind], YearAmount] = {}
    for _ in range(_pick(draw, 1, 2, 0, 3, 4)):
        contract_id = _pick(draw, *own, *own, None)
        year = on.year + _pick(draw, 0, 0, 0, 0, -1, -1, -2, 1)
        kind = _pick(draw, AmountKind.AGREED, AmountKind.AGREED, AmountKind.INVOICED)
        found[contract_id, year, kind] = YearAmount(
            id=ids.new(),
            supplier_id=supplier.id,
            contract_id=contract_id,
            year=year,
            kind=kind,
            cents=_cents(draw, lowest=-THRESHOLD),
        )
    return list(found.values())


def _certificates(draw: st.DrawFn, suppliers: list[Supplier], on: date, ids: _Identities) -> list[Certificate]:
    """Certificates of the register's firms and of a holder outside it; some follow on the one before."""
    found: list[Certificate] = []
    for _ in range(draw(_whole(0, 4)) + len(suppliers)):
        before = found[-1] if found else None
        if before is not None and before.valid_to is not None and _pick(draw, False, False, True):
            valid_from = before.valid_to + timedelta(days=_pick(draw, 1, 0, 2))
            found.append(_successor(draw, before, valid_from, ids))
        elif _pick(draw, False, False, False, True):
            found.append(_late_renewal(draw, suppliers, on, ids))
        else:
            found.append(_certificate(draw, suppliers, on, ids))
    return found


def _late_renewal(draw: st.DrawFn, suppliers: list[Supplier], on: date, ids: _Identities) -> Certificate:
    """A certificate that was enough and ended not long ago: what days of grace are about."""
    holder = _pick(draw, *suppliers)
    valid_to = on - timedelta(days=_pick(draw, 1, 29, 30, 31, 90, 91))
    return Certificate(
        id=ids.new(),
        level=_pick(draw, Level.TREDE2, Level.TREDE3, Level.TREDE1),
        supplier_id=holder.id,
        valid_from=valid_to - timedelta(days=365),
        valid_to=valid_to,
        covered_kvk=(holder.kvk,) if holder.kvk else (),
        is_verified=True,
    )


def _successor(draw: st.DrawFn, before: Certificate, valid_from: date, ids: _Identities) -> Certificate:
    return Certificate(
        id=ids.new(),
        level=_pick(draw, *_LEVELS),
        supplier_id=before.supplier_id,
        valid_from=valid_from,
        valid_to=valid_from + timedelta(days=90),
        covered_kvk=before.covered_kvk,
        is_verified=before.is_verified,
    )


def _certificate(draw: st.DrawFn, suppliers: list[Supplier], on: date, ids: _Identities) -> Certificate:
    holder = _pick(draw, *suppliers, *suppliers, None)
    valid_from, valid_to = _period(draw, on)
    status = _pick(draw, *[CertificateStatus.VALID] * 4, *CertificateStatus)
    beside = [day + timedelta(days=more) for day in (on, valid_from, valid_to) for more in (0, -1, 1)]
    own = (holder.kvk,) if holder and holder.kvk else ()
    missing = _pick(draw, "", "", "", "", "", "", "both", "from", "to")
    return Certificate(
        id=ids.new(),
        level=_pick(draw, *_LEVELS),
        supplier_id=holder.id if holder else None,
        holder_name="" if holder else "Maasdal Holding B.V.",
        valid_from=None if missing in {"both", "from"} else valid_from,
        valid_to=None if missing in {"both", "to"} else valid_to,
        status=status,
        status_on=None if status is CertificateStatus.VALID else _pick(draw, None, *beside),
        covered_kvk=_pick(draw, (), own, own, ("12045679",), ("99999999",), (*own, "87654321")),
        is_verified=_pick(draw, True, False),
    )


def _exemptions(draw: st.DrawFn, supplier: Supplier, on: date, ids: _Identities) -> list[Exemption]:
    found = []
    for _ in range(_pick(draw, *[0] * 10, 1, 2)):
        first, last = _period(draw, on)
        reason = _pick(draw, *EXEMPTION_REASONS)
        found.append(
            Exemption(
                id=ids.new(), supplier_id=supplier.id, reason=reason, approver="teamleider", from_on=first, to_on=last
            )
        )
    return found


def _postponements(draw: st.DrawFn, supplier: Supplier, on: date, ids: _Identities) -> list[Postponement]:
    found = []
    for _ in range(_pick(draw, 0, 0, 0, 1, 2, 3)):
        first, last = _period(draw, on)
        reason = _pick(draw, "audit in januari", "plan ingediend")
        found.append(
            Postponement(
                id=ids.new(), supplier_id=supplier.id, reason=reason, approver="teamleider", from_on=first, to_on=last
            )
        )
    return found


def _period(draw: st.DrawFn, on: date) -> tuple[date, date]:
    """A period that mostly holds the day, and otherwise lies beside it."""
    match _pick(draw, "holds", "holds", "holds", "past", "past", "future"):
        case "holds":
            return _shift(on, -_pick(draw, *_BACK)), _shift(on, _pick(draw, *_AHEAD))
        case "past":
            last = _shift(on, -_pick(draw, 1, 2, 29, 30, 31, 89, 90, 91, 400))
            return _shift(last, -_pick(draw, *_BACK)), last
        case _:
            first = _shift(on, _pick(draw, 1, 2, 30, 90, 91, 92))
            return first, _shift(first, _pick(draw, *_AHEAD))


def _shift(day: date, days: int) -> date:
    return day + timedelta(days=days)
