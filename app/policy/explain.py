"""A verdict in one to three Dutch sentences (B1) that an advisor can read out loud.

The first sentence is the answer, then follow the amount and the rule. Days are last days ("t/m"); no sentence says
"vandaag" or "nu", because any day can have been asked.
"""

from datetime import date, timedelta

from app.base.formatting import long_date
from app.domain.certificate import CertificateStatus
from app.domain.policy import PolicySettings
from app.domain.verdict import AmountSource, Policy, Reason, Status, Verdict
from app.policy.phrases import deciding_rule, level_words, money


def explain(verdict: Verdict, *, policy: Policy) -> str:
    """Return why the verdict is what it is; `policy` is the one it was judged by.

    A rule that is no longer in the policy is described by what the verdict kept of it. The supplier's name is left
    to the screen around it.
    """
    parts = {
        Status.COMPLIANT: _met,
        Status.EXPIRING: _met,
        Status.NON_COMPLIANT: _not_met,
        Status.POSTPONED: _not_met,
        Status.EXEMPT: _exempt,
        Status.BELOW_THRESHOLD: _nothing_asked,
        Status.UNKNOWN: _unknown,
    }[verdict.status](verdict, policy)
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def advise(verdict: Verdict, *, is_key_partner: bool, policy: Policy) -> tuple[str, ...]:
    """Return what the policy expects beside its demands and this supplier does not show; never part of the verdict."""
    held_rank = verdict.held.rank if verdict.held else 0
    return tuple(
        f"Het beleid verwacht ook: {rule.title[0].lower()}{rule.title[1:]}."
        for rule in policy.expectations_on(verdict.on)
        if held_rank < rule.level.rank and (is_key_partner or not rule.key_partners_only)
    )


def what_is_needed(verdict: Verdict, *, settings: PolicySettings) -> str:
    """Return what would make a supplier meet the policy, or keep it so; "" when nothing would."""
    level = f"{verdict.required.label if verdict.required else 'van de gevraagde trede'} of hoger"
    match verdict.status:
        case Status.NON_COMPLIANT | Status.POSTPONED:
            if verdict.status is Status.POSTPONED:
                end = ", voordat het uitstel afloopt"
            else:
                end = ", of een vastgelegde vrijstelling of uitstel"
            return f"Wat is nodig: {_missing(verdict, level, settings)}{end}."
        case Status.EXPIRING if verdict.valid_to:
            first = long_date(verdict.valid_to + timedelta(days=1))
            return f"Wat is nodig: een nieuw certificaat {level} dat uiterlijk {first} ingaat."
        case Status.UNKNOWN:
            return f"Wat is nodig: het bedrag van {verdict.on.year}. Vul het in bij Contracten."
        case Status.BELOW_THRESHOLD if verdict.headroom_cents is not None and verdict.headroom_cents > 0:
            return f"Nog {money(verdict.headroom_cents, beside=0)} tot de drempel."
        case Status.COMPLIANT if verdict.is_unverified:
            return "Wat is nodig: een controle van het certificaat."
    return ""


def _missing(verdict: Verdict, level: str, settings: PolicySettings) -> str:
    match verdict.reason:
        case Reason.MEMBER_FAILS:
            who = "de penvoerder" if settings.members == "lead" else "elk lid"
            return f"een certificaat {level} van {who}"
        case Reason.NOT_COVERED if verdict.kvk:
            return f"een certificaat {level} met dit KvK-nummer erop"
        case Reason.NOT_COVERED:
            return f"het KvK-nummer van de leverancier, en een certificaat {level} met dat nummer erop"
        case _:
            return f"een certificaat {level}"


def _met(verdict: Verdict, policy: Policy) -> tuple[str, ...]:
    held = f"de leverancier heeft {level_words(verdict.held)}{_brackets(*_doubts(verdict))} en voldoet"
    if verdict.status is Status.EXPIRING:
        answer = f"{held} nog {_until(verdict.valid_to)}; daarna is een nieuw certificaat nodig"
    else:
        answer = f"{held} {_until(verdict.valid_to)}"
    return answer, *_why(verdict, policy)


def _not_met(verdict: Verdict, policy: Policy) -> tuple[str, ...]:
    answer = _shortfall(verdict, policy.settings)
    if verdict.status is Status.POSTPONED:
        answer += f", maar er is uitstel {_until(verdict.until)}{_ground(verdict)}"
    return answer, *_why(verdict, policy)


def _exempt(verdict: Verdict, policy: Policy) -> tuple[str, ...]:
    answer = f"de leverancier is vrijgesteld {_until(verdict.until)}{_ground(verdict)}"
    return answer, _amount(verdict, policy.settings), _level(verdict, policy.settings)


def _nothing_asked(verdict: Verdict, policy: Policy) -> tuple[str, ...]:
    amount, level = _amount(verdict, policy.settings), _level(verdict, policy.settings)
    if verdict.threshold_cents is None:
        return f"een certificaat is niet nodig: {_no_demand(verdict.on, policy)}", amount, level
    return f"een certificaat is niet nodig: {amount}", f"pas {_rule(verdict, policy)}", level


def _unknown(verdict: Verdict, policy: Policy) -> tuple[str, ...]:
    answer = f"het bedrag van {verdict.on.year} is niet bekend, dus het is niet duidelijk of een certificaat nodig is"
    level = _level(verdict, policy.settings) or _no_certificate(verdict, policy.settings)
    return answer, _rule(verdict, policy), level


def _why(verdict: Verdict, policy: Policy) -> tuple[str, str]:
    """The amount and the rule; an amount says nothing where the rule asks the same of everybody."""
    if verdict.threshold_cents is None:
        return "", _rule(verdict, policy)
    unknown = f"het bedrag van {verdict.on.year} is niet bekend, maar dit niveau is bij elk bedrag genoeg"
    return _amount(verdict, policy.settings) or unknown, _rule(verdict, policy)


def _shortfall(verdict: Verdict, settings: PolicySettings) -> str:
    doubts = _doubts(verdict)
    valid = f"geldig {_until(verdict.valid_to)}"
    match verdict.reason:
        case Reason.EXPIRED:
            return f"het certificaat is verlopen{_brackets(f'laatste dag: {_day(verdict.valid_to)}', *doubts)}"
        case Reason.LEVEL_TOO_LOW:
            return f"de leverancier heeft {level_words(verdict.held)}{_brackets(valid, *doubts)} en dat is te laag"
        case Reason.WITHDRAWN:
            ends = _brackets(_until(verdict.valid_to), *doubts)
            when = f"op {_day(verdict.decided_on)} " if verdict.decided_on else ""
            what = verdict.decision.label if verdict.decision else CertificateStatus.WITHDRAWN.label
            return f"het certificaat{ends} is {when}{what}"
        case Reason.NOT_COVERED if verdict.kvk:
            return f"het KvK-nummer van de leverancier staat niet op het certificaat{_brackets(valid, *doubts)}"
        case Reason.NOT_COVERED:
            return f"zonder KvK-nummer van de leverancier telt het certificaat{_brackets(valid, *doubts)} niet mee"
        case Reason.MEMBER_FAILS if verdict.held is None:
            return f"lid {verdict.failing_member} van deze combinatie voldoet niet{_brackets(*doubts)}"
        case Reason.MEMBER_FAILS:
            level = f"{level_words(verdict.held)}{_brackets(valid, *doubts)}"
            return f"lid {verdict.failing_member} voldoet niet en de combinatie heeft {level}"
        case _:
            return _no_certificate(verdict, settings)


def _no_certificate(verdict: Verdict, settings: PolicySettings) -> str:
    what = "geldig certificaat" if settings.unverified_counts else "certificaat dat geldig en gecontroleerd is"
    return f"de leverancier heeft geen {what}{_brackets(*_doubts(verdict))}"


def _level(verdict: Verdict, settings: PolicySettings) -> str:
    """What the supplier can show, where nothing depends on it; "" when there is nothing to say."""
    if verdict.held is not None:
        held = _brackets(f"geldig {_until(verdict.valid_to)}", *_doubts(verdict))
        return f"de leverancier heeft {level_words(verdict.held)}{held}"
    return _no_certificate(verdict, settings) if verdict.reported else ""


def _doubts(verdict: Verdict) -> tuple[str, ...]:
    """What remains to be proved: a certificate that nobody checked, a higher level that was only told."""
    unverified = ("nog niet gecontroleerd",) if verdict.is_unverified else ()
    held_rank = verdict.held.rank if verdict.held else 0
    if verdict.reported is None or verdict.reported.rank <= held_rank:
        return unverified
    return *unverified, f"gemeld: {verdict.reported.label}, bewijs gevraagd"


def _amount(verdict: Verdict, settings: PolicySettings) -> str:
    """The amount, where it comes from and of which year it is; "" while it is not known."""
    if verdict.amount_cents is None:
        return ""
    beside = verdict.amount_cents if verdict.threshold_cents is None else verdict.threshold_cents
    euros = f"{money(verdict.amount_cents, beside=beside)} {settings.vat_basis} btw"
    year, known_year = verdict.on.year, verdict.amount_year
    if verdict.amount_source in {AmountSource.INVOICED, AmountSource.INVOICED_LAST_YEAR}:
        last_year = verdict.amount_source is AmountSource.INVOICED_LAST_YEAR
        note = _brackets(f"het bedrag van {year} is nog niet bekend") if last_year else ""
        if settings.amount_scope == "contract":
            return f"op de grootste opdracht is in {known_year} {euros} gefactureerd{note}"
        return f"in {known_year} is {euros} gefactureerd{note}"
    notes = {
        AmountSource.PRO_RATA: "verdeeld over de looptijd van het contract",
        AmountSource.LAST_KNOWN: f"met een bedrag van {known_year}; dat van {year} is nog niet bekend",
    }
    note = notes.get(verdict.amount_source or AmountSource.ENTERED, "")
    if settings.amount_scope == "contract":
        return f"de grootste opdracht in {year} is {euros}{_brackets(note)}"
    return f"de opdrachten in {year} zijn samen {euros}{_brackets(note)}"


def _rule(verdict: Verdict, policy: Policy) -> str:
    """What the deciding rule asks; without one, what the threshold named in the verdict is about."""
    rule = deciding_rule(verdict, policy)
    required = verdict.required or (rule.level if rule else None)
    since = f"vanaf {long_date(rule.valid_from)} " if rule else ""
    whom = "voor ketenpartners " if rule and rule.key_partners_only else ""
    if verdict.threshold_cents is None:
        return f"bij elk bedrag is {since}{whom}minimaal {level_words(required)} nodig"
    threshold = money(verdict.threshold_cents)
    from_there = (
        f"{threshold} of meer per jaar" if policy.settings.threshold_is_inclusive else f"meer dan {threshold} per jaar"
    )
    vat = _brackets(f"{policy.settings.vat_basis} btw") if verdict.amount_cents is None else ""
    return f"bij {from_there}{vat} is {since}{whom}minimaal {level_words(required)} nodig"


def _no_demand(on: date, policy: Policy) -> str:
    """Why nothing is asked of this supplier on that day, whatever the amount."""
    if policy.demands_on(on):
        return "de eis geldt alleen voor ketenpartners"
    first_on = min((rule.valid_from for rule in policy.rules if rule.is_demand), default=on)
    if first_on <= on:
        return "er geldt geen eis"
    first = f"de eerste eis geldt pas vanaf {long_date(first_on)}"
    since = policy.settings.monitored_since
    return f"Social Return wordt gevolgd sinds {since}, maar {first}" if on.year >= since else first


def _ground(verdict: Verdict) -> str:
    ground = " ".join(verdict.ground.split()).rstrip(".")
    return f"; reden: {ground}" if ground else ""


def _until(day: date | None) -> str:
    return f"t/m {_day(day)}"


def _day(day: date | None) -> str:
    return "een onbekende datum" if day is None else long_date(day)


def _brackets(*notes: str) -> str:
    kept = [note for note in notes if note]
    return f" ({'; '.join(kept)})" if kept else ""
