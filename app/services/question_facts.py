"""What an answer may say of one supplier, and of a size that a caller names: the fields and the situations."""

from collections.abc import Iterator
from datetime import date, timedelta

from app.base.formatting import euro, long_date
from app.domain.certificate import Level
from app.domain.contract import Contract, PsoBasis
from app.domain.journal import Promise
from app.domain.question import NORM_LEVELS, Blank, NormTable, Situation
from app.domain.supplier import SupplierKind
from app.domain.verdict import AmountSource, Status, Verdict
from app.services.phone_card import PhoneCard

_LONGEST = 160
_MEETING = frozenset({Status.COMPLIANT, Status.EXPIRING})
_LACKING = frozenset({Status.NON_COMPLIANT, Status.POSTPONED})
_AMOUNT_KINDS = {
    AmountSource.ENTERED: "afgesproken voor {}",
    AmountSource.PRO_RATA: "verdeeld over de looptijd van uw contract",
    AmountSource.LAST_KNOWN: "het bedrag van {}",
    AmountSource.INVOICED: "gefactureerd in {}",
    AmountSource.INVOICED_LAST_YEAR: "gefactureerd in {}",
}
# What callers hear about without a demand of their own: the level of the policy since 2022.
_USUAL_LEVEL = Level.TREDE2


def facts_of(card: PhoneCard, *, on: date) -> dict[Blank, str]:
    """Return every field that has a value for the supplier of the card, as it is read out loud."""
    found = {**_of_verdict(card), **_of_amount(card.judged.verdict), **_of_agreements(card), **_of_letter(card, on)}
    return {blank: value for blank, value in found.items() if value}


def situations_of(card: PhoneCard, *, on: date) -> frozenset[str]:
    """Return everything that holds of the supplier of the card on that day."""
    verdict = card.judged.verdict
    reason = {verdict.reason} if verdict.reason else set()
    return frozenset({verdict.status, *reason, *_holding(card, on)})


def norm_facts(norms: NormTable, size: int | None, *, required: Level | None) -> dict[Blank, str]:
    """Return the fields about the norms for a level, beside a size when one is named."""
    level = norm_level(required)
    found = {Blank.NORM_LEVEL: level.label}
    rows = norms.near(size) if size is not None else ()
    if size is not None:
        found[Blank.SIZE] = str(size)
    for row, name, value in zip(
        rows, (Blank.NORM_SIZE, Blank.UPPER_SIZE), (Blank.NORM, Blank.UPPER_NORM), strict=False
    ):
        found |= {name: str(row.size), value: row.percent(level)}
    return found


def norm_situations(norms: NormTable, size: int) -> frozenset[str]:
    """Return where a size stands in the table."""
    rows = norms.near(size)
    if not rows:
        return frozenset({Situation.TOO_SMALL})
    if rows[-1].is_last and len(rows) == 1:
        return frozenset({Situation.LAST_NORM})
    return frozenset({Situation.ON_NORM if len(rows) == 1 else Situation.BETWEEN_NORMS})


def norm_level(required: Level | None) -> Level:
    """Return the level whose norm is told: the required one, where it has a norm."""
    return required if required in NORM_LEVELS else _USUAL_LEVEL


def _of_verdict(card: PhoneCard) -> dict[Blank, str]:
    verdict = card.judged.verdict
    return {
        Blank.YEAR: str(verdict.on.year),
        Blank.REQUIRED: _level(verdict.required),
        Blank.SINCE: _day(card.rule.valid_from if card.rule else None),
        Blank.HELD: _level(verdict.held),
        Blank.LAST_DAY: _day(verdict.valid_to),
        Blank.DAY_AFTER: _day(_day_after(verdict.valid_to)),
        Blank.DECISION: verdict.decision.label if verdict.decision else "",
        Blank.REPORTED: _level(verdict.reported),
        Blank.KVK: _line(card.supplier.kvk),
        Blank.MEMBER: _line(verdict.failing_member),
        Blank.RESPITE_END: _day(verdict.until),
        Blank.GROUND: _line(verdict.ground).rstrip("."),
        Blank.EXPECTATION: " ".join(card.judged.advice),
    }


def _of_amount(verdict: Verdict) -> dict[Blank, str]:
    amount, threshold, below = verdict.amount_cents, verdict.threshold_cents, verdict.headroom_cents
    kind = _AMOUNT_KINDS[verdict.amount_source].format(verdict.amount_year) if verdict.amount_source else ""
    # Rounding would hide on which side of the threshold the amount lies.
    is_near = below is not None and 0 < abs(below) < 100
    return {
        Blank.AMOUNT: "" if amount is None else euro(amount, with_cents=is_near),
        Blank.AMOUNT_KIND: kind,
        Blank.THRESHOLD: "" if threshold is None else euro(threshold, with_cents=threshold % 100 != 0),
        Blank.HEADROOM: euro(below, with_cents=is_near) if below is not None and below > 0 else "",
    }


def _of_agreements(card: PhoneCard) -> dict[Blank, str]:
    promise = _promise(card)
    demanding = [contract for contract in _running(card) if contract.pso_basis is PsoBasis.CONTRACT]
    return {
        Blank.PROMISE: _line(promise.what).rstrip(".") if promise else "",
        Blank.PROMISE_END: _day(promise.due_on if promise else None),
        Blank.CONTRACT: _contract(demanding[0]) if demanding else "",
    }


def _of_letter(card: PhoneCard, on: date) -> dict[Blank, str]:
    letter = card.letter
    if letter is None:
        return {}
    return {
        Blank.LETTER: letter.kind.noun,
        Blank.LETTER_DATE: _day(letter.written_on),
        Blank.KENMERK: letter.kenmerk,
        Blank.REPLY_BY: _day(letter.reply_by),
        Blank.CERTIFIED_BY: _day(letter.certified_by if letter.certified_by >= on else None),
    }


def _holding(card: PhoneCard, on: date) -> Iterator[Situation]:
    """What holds of the supplier besides status and reason."""
    verdict, certificate, letter, promise = card.judged.verdict, card.certificate, card.letter, _promise(card)
    running = _running(card)
    has_demand = any(contract.pso_basis is PsoBasis.CONTRACT for contract in running)
    lists = certificate.covered_kvk if certificate else ()
    holds = {
        Situation.MEETS: verdict.status in _MEETING,
        Situation.FALLS_SHORT: verdict.status in _LACKING,
        Situation.HAS_DEMAND: verdict.required is not None,
        Situation.UNVERIFIED: verdict.is_unverified,
        Situation.HOLDS_ASPIRANT: verdict.held is Level.ASPIRANT,
        Situation.HOLDS_BASIS: verdict.held is Level.BASIS,
        Situation.SOLE_TRADER: card.supplier.kind is SupplierKind.SOLE_TRADER,
        Situation.KVK_LISTED: bool(card.supplier.kvk) and card.supplier.kvk in lists,
        Situation.KVK_OPEN: certificate is not None and not lists,
        Situation.IN_CONTRACT: has_demand,
        Situation.IN_POLICY: bool(running) and not has_demand,
        Situation.HAS_PROMISE: promise is not None,
        Situation.PROMISE_PAST: promise is not None and promise.due_on < on,
        Situation.LETTER_POSTED: letter is not None and letter.posted_at is not None,
        Situation.LETTER_WAITING: letter is not None and letter.posted_at is None,
        Situation.NO_LETTER: letter is None,
        Situation.REPLY_PAST: letter is not None and letter.reply_by < on,
    }
    return (situation for situation, is_so in holds.items() if is_so)


def _running(card: PhoneCard) -> list[Contract]:
    """The contracts that run on the day of the verdict, the largest first."""
    on = card.judged.verdict.on
    return [
        contract for contract, _cents in card.orders if (contract.starts_on or on) <= on <= (contract.ends_on or on)
    ]


def _promise(card: PhoneCard) -> Promise | None:
    return next((agreed for agreed in card.agreements if isinstance(agreed, Promise) and agreed.what.strip()), None)


def _contract(contract: Contract) -> str:
    title, number = _line(contract.title), _line(contract.number)
    if not title:
        return number or "met ons"
    return f"‘{title}’ ({number})" if number else f"‘{title}’"


def _level(level: Level | None) -> str:
    if level is None:
        return ""
    return f"de {level.label}" if level in {Level.ASPIRANT, Level.BASIS} else level.label


def _day(day: date | None) -> str:
    return "" if day is None else long_date(day)


def _day_after(day: date | None) -> date | None:
    return None if day is None or day == date.max else day + timedelta(days=1)


def _line(words: str) -> str:
    """What somebody typed, as part of a spoken line."""
    line = " ".join(words[: 2 * _LONGEST].split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
