"""Random registers, policies and days for property tests, crowded around the days and amounts where verdicts turn.

A `Register` is plain data: the judge reads it through `facts_of`, a database can store the same rows. It keeps to
what a database demands (periods that do not run backwards, one figure per contract, year and kind, members that are
firms). No supplier is archived.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
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


def policy_settings() -> st.SearchStrategy[PolicySettings]:
    """Answers to the open questions, each the default more often than not."""
    return st.builds(
        PolicySettings,
        trede2_has_threshold=_mostly(True, False),
        amount_scope=_mostly("supplier", "contract"),
        amount_order=_mostly("agreed", "invoiced"),
        key_partners_only_2021=_mostly(False, True),
        threshold_is_inclusive=_mostly(True, False),
        members=_mostly("all", "lead"),
        grace_days=_mostly(0, 30, 90),
        expiring_days=_mostly(90, 0, 30),
        unverified_counts=_mostly(True, False),
    )


def policies() -> st.SearchStrategy[Policy]:
    """The brochure's rules, or now and then other ones, with any answers."""
    return st.builds(with_settings, _mostly(st.just(BROCHURE), _other_rules()).flatmap(lambda s: s), policy_settings())


def days() -> st.SearchStrategy[date]:
    """Days on which something turns: around the rules' first days, ends of years, a leap day, an ordinary day."""
    return st.sampled_from(_DAYS)


@st.composite
def registers(draw: st.DrawFn, on: date) -> Register:
    """A register of a few firms and at most two combinations, with records around the day `on`."""
    new_id = _identities(draw(st.integers(0, 3)))
    suppliers = draw(_suppliers(new_id))
    contracts = tuple(c for s in suppliers for c in draw(_contracts(s, on, new_id)))
    return Register(
        suppliers=suppliers,
        contracts=contracts,
        amounts=tuple(a for s in suppliers for a in draw(_amounts(s, contracts, on, new_id))),
        certificates=draw(_certificates(suppliers, on, new_id)),
        exemptions=tuple(e for s in suppliers for e in draw(_exemptions(s, on, new_id))),
        postponements=tuple(p for s in suppliers for p in draw(_postponements(s, on, new_id))),
        members=tuple(m for s in suppliers for m in draw(_members(s, suppliers, new_id))),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A register with a policy and a day that belong together."""
    on = draw(days())
    return Case(policy=draw(policies()), on=on, register=draw(registers(on)))


def _mostly(usual: T, *others: T) -> st.SearchStrategy[T]:
    return st.sampled_from([usual] * (len(others) + 1) + [*others])


def _identities(salt: int) -> Callable[[str], str]:
    """Ids that look random, so that the smallest is not always the first, and yet repeat for the same example."""
    counts: dict[str, int] = {}

    def new_id(kind: str) -> str:
        counts[kind] = counts.get(kind, 0) + 1
        return str(uuid5(_SPACE, f"{salt} {kind} {counts[kind]}"))

    return new_id


@st.composite
def _other_rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    rules = []
    for code in draw(st.permutations("abcd"))[: draw(st.integers(1, 4))]:
        valid_from = draw(st.sampled_from([date(2021, 1, 1), date(2022, 1, 1), date(2026, 11, 22)]))
        ends = draw(_mostly(None, 0, 365))
        rules.append(
            Rule(
                id=str(uuid5(_SPACE, code)),
                code=code,
                title=code,
                valid_from=valid_from,
                valid_to=None if ends is None else valid_from + timedelta(days=ends),
                level=draw(st.sampled_from(Level)),
                threshold_cents=draw(st.sampled_from([THRESHOLD, THRESHOLD + 1, THRESHOLD // 2, None, 0])),
                key_partners_only=draw(_mostly(False, False, False, True)),
                is_demand=draw(_mostly(True, True, False)),
            )
        )
    return tuple(rules)


@st.composite
def _suppliers(draw: st.DrawFn, new_id: Callable[[str], str]) -> tuple[Supplier, ...]:
    kinds = [SupplierKind.FIRM] * draw(st.integers(1, 3)) + [SupplierKind.COMBINATION] * draw(_mostly(0, 1, 2))
    return tuple(
        Supplier(
            id=new_id("supplier"),
            name=draw(st.sampled_from(_NAMES)),
            kind=kind,
            kvk=draw(st.sampled_from(_KVK)),
            is_key_partner=draw(st.booleans()),
        )
        for kind in kinds
    )


@st.composite
def _members(
    draw: st.DrawFn, supplier: Supplier, suppliers: tuple[Supplier, ...], new_id: Callable[[str], str]
) -> list[Member]:
    if supplier.kind is not SupplierKind.COMBINATION:
        return []
    firms = [s.id for s in suppliers if s.kind is not SupplierKind.COMBINATION]
    chosen = draw(st.lists(st.sampled_from(firms), unique=True))
    return [
        Member(id=new_id("member"), combination_id=supplier.id, member_id=firm, is_lead=draw(_mostly(False, True)))
        for firm in chosen
    ]


@st.composite
def _contracts(draw: st.DrawFn, supplier: Supplier, on: date, new_id: Callable[[str], str]) -> list[Contract]:
    found = []
    for _ in range(draw(_mostly(0, 1, 2))):
        starts_on = draw(st.none() | _around_the_year(on.year))
        ends_on = draw(st.none() | _around_the_year(on.year))
        if starts_on and ends_on:
            starts_on, ends_on = min(starts_on, ends_on), max(starts_on, ends_on)
        found.append(
            Contract(
                id=new_id("contract"),
                supplier_id=supplier.id,
                starts_on=starts_on,
                ends_on=ends_on,
                total_cents=draw(_totals(starts_on, ends_on, on.year)),
            )
        )
    return found


def _around_the_year(year: int) -> st.SearchStrategy[date]:
    ends = [date(year + more, month, day) for more in (0, -1, 1, -2) for month, day in ((1, 1), (12, 31), (7, 1))]
    return st.sampled_from(ends)


@st.composite
def _totals(draw: st.DrawFn, starts_on: date | None, ends_on: date | None, year: int) -> int | None:
    """No total, or one whose part of the year lies at the threshold, a cent beside it, or at half a cent."""
    if draw(_mostly(False, True)):
        return None
    share = draw(_cents(lowest=0))
    if starts_on is None or ends_on is None:
        return share
    all_days = (ends_on - starts_on).days + 1
    inside = (min(ends_on, date(year, 12, 31)) - max(starts_on, date(year, 1, 1))).days + 1
    if inside <= 0:
        return share
    halves = draw(st.sampled_from([0, 1, -1, 2]))
    return max(0, (2 * share + halves) * all_days // (2 * inside))


def _cents(lowest: int) -> st.SearchStrategy[int]:
    half = THRESHOLD // 2
    turning = [THRESHOLD, THRESHOLD - 1, THRESHOLD + 1, half, half - 1, half + 1, 2 * THRESHOLD, THRESHOLD, 0, 1]
    negative = [-1, -half] if lowest < 0 else []
    above = st.integers(THRESHOLD, 9 * THRESHOLD)
    return st.sampled_from(turning + negative) | above | st.integers(lowest, 2 * THRESHOLD) | above


@st.composite
def _amounts(
    draw: st.DrawFn, supplier: Supplier, contracts: tuple[Contract, ...], on: date, new_id: Callable[[str], str]
) -> list[YearAmount]:
    own: list[str | None] = [c.id for c in contracts if c.supplier_id == supplier.id]
    found: dict[tuple[str | None, int, AmountKind], YearAmount] = {}
    for _ in range(draw(st.sampled_from([1, 2, 0, 3, 4]))):
        contract_id = draw(st.sampled_from([*own, *own, None]))
        year = on.year + draw(st.sampled_from([0, 0, 0, 0, -1, -1, -2, 1]))
        kind = draw(_mostly(AmountKind.AGREED, AmountKind.INVOICED))
        found[contract_id, year, kind] = YearAmount(
            id=new_id("amount"),
            supplier_id=supplier.id,
            contract_id=contract_id,
            year=year,
            kind=kind,
            cents=draw(_cents(lowest=-THRESHOLD)),
        )
    return list(found.values())


@st.composite
def _certificates(
    draw: st.DrawFn, suppliers: tuple[Supplier, ...], on: date, new_id: Callable[[str], str]
) -> tuple[Certificate, ...]:
    """Certificates of the register's firms and of a holder outside it; some follow on the one before."""
    found: list[Certificate] = []
    for _ in range(draw(st.integers(0, 4)) + len(suppliers)):
        before = found[-1] if found else None
        if before is not None and before.valid_to is not None and draw(_mostly(False, True)):
            valid_from = before.valid_to + timedelta(days=draw(st.sampled_from([1, 0, 2])))
            found.append(_successor(before, valid_from, draw(st.sampled_from(Level)), new_id))
        else:
            found.append(draw(_certificate(suppliers, on, new_id)))
    return tuple(found)


def _successor(before: Certificate, valid_from: date, level: Level, new_id: Callable[[str], str]) -> Certificate:
    return Certificate(
        id=new_id("certificate"),
        level=level,
        supplier_id=before.supplier_id,
        valid_from=valid_from,
        valid_to=valid_from + timedelta(days=90),
        covered_kvk=before.covered_kvk,
        is_verified=before.is_verified,
    )


@st.composite
def _certificate(
    draw: st.DrawFn, suppliers: tuple[Supplier, ...], on: date, new_id: Callable[[str], str]
) -> Certificate:
    holder = draw(st.sampled_from([*suppliers, *suppliers, None]))
    valid_from, valid_to = draw(_period(on))
    status = draw(st.sampled_from([*[CertificateStatus.VALID] * 6, *CertificateStatus]))
    has_ended = status is not CertificateStatus.VALID
    own = [holder.kvk] if holder and holder.kvk else []
    covered = draw(st.sampled_from([[], own, own, ["12045679"], ["99999999"], [*own, "87654321"]]))
    missing = draw(st.sampled_from(["", "", "", "", "", "", "both", "from", "to"]))
    return Certificate(
        id=new_id("certificate"),
        level=draw(st.sampled_from([Level.TREDE2, Level.TREDE1, Level.TREDE3, *Level])),
        supplier_id=holder.id if holder else None,
        holder_name="" if holder else "Maasdal Holding B.V.",
        valid_from=None if missing in {"both", "from"} else valid_from,
        valid_to=None if missing in {"both", "to"} else valid_to,
        status=status,
        status_on=draw(st.none() | st.sampled_from(_beside(on, valid_from, valid_to))) if has_ended else None,
        covered_kvk=tuple(covered),
        is_verified=draw(st.booleans()),
    )


@st.composite
def _period(draw: st.DrawFn, on: date) -> tuple[date, date]:
    """A period that mostly holds the day, and otherwise lies beside it."""
    match draw(_mostly("holds", "past", "past", "future")):
        case "holds":
            first = on - timedelta(days=draw(st.sampled_from(_BACK)))
            last = on + timedelta(days=draw(st.sampled_from(_AHEAD)))
        case "past":
            last = on - timedelta(days=draw(st.sampled_from([1, 2, 29, 30, 31, 89, 90, 91, 400])))
            first = last - timedelta(days=draw(st.sampled_from(_BACK)))
        case _:
            first = on + timedelta(days=draw(st.sampled_from([1, 2, 30, 90, 91, 92])))
            last = first + timedelta(days=draw(st.sampled_from(_AHEAD)))
    return first, last


@st.composite
def _periods(draw: st.DrawFn, on: date, *counts: int) -> list[tuple[date, date]]:
    return [draw(_period(on)) for _ in range(draw(st.sampled_from(counts)))]


def _beside(*given: date) -> list[date]:
    return [day + timedelta(days=more) for day in given for more in (0, -1, 1)]


@st.composite
def _exemptions(draw: st.DrawFn, supplier: Supplier, on: date, new_id: Callable[[str], str]) -> list[Exemption]:
    return [
        Exemption(
            id=new_id("exemption"),
            supplier_id=supplier.id,
            reason=draw(st.sampled_from(EXEMPTION_REASONS)),
            approver="teamleider",
            from_on=first,
            to_on=last,
        )
        for first, last in draw(_periods(on, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2))
    ]


@st.composite
def _postponements(draw: st.DrawFn, supplier: Supplier, on: date, new_id: Callable[[str], str]) -> list[Postponement]:
    return [
        Postponement(
            id=new_id("postponement"),
            supplier_id=supplier.id,
            reason=draw(st.sampled_from(["audit in januari", "plan ingediend"])),
            approver="teamleider",
            from_on=first,
            to_on=last,
        )
        for first, last in draw(_periods(on, 0, 0, 1, 2))
    ]
