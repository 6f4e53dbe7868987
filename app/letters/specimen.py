"""Letters to firms that do not exist: every case that a text must be able to word, and what an example shows.

A case holds what the policy can really say of it: a supplier whose level is too low has a certificate with an end, a
reminder has a letter before it. What may be absent is absent in a case of its own, so that a text that names it
without asking whether it is there is found out when it is saved.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.certificate import CertificateStatus, Level
from app.domain.letter import LetterFacts, LetterKind, LetterSettings
from app.domain.policy import PolicySettings
from app.domain.supplier import Address, Contact, Language, Salutation
from app.domain.verdict import AmountSource, Reason, Status, Verdict

_ON = date(2026, 11, 23)
_FIRM = "Bouwbedrijf Voorbeeld B.V."
_SENDER = LetterSettings(
    email="inkoopadvies@voorbeeld.example",
    street="Postbus 999",
    postcode="6040 ZZ",
    city="Roermond",
    kvk="00000000",
    signatory="K. de Voorbeeldige",
    enclosure="brochure Social Return",
)
_EARLIER = date(2026, 10, 5)
_FIRST_ON = date(2026, 9, 7)
# Before these there may be no letter at all.
_FIRST = (LetterKind.INFORMATION, LetterKind.REQUEST)
_STATUSES = {
    LetterKind.EXPIRING: Status.EXPIRING,
    LetterKind.CLOSING: Status.COMPLIANT,
    LetterKind.EXEMPTION: Status.EXEMPT,
    LetterKind.POSTPONEMENT: Status.POSTPONED,
}
# What each reason brings along; the rest of a verdict is the same for all.
_WRONG: dict[Reason, Callable[[Verdict], Verdict]] = {
    Reason.NO_CERTIFICATE: lambda verdict: verdict,
    Reason.EXPIRED: lambda verdict: replace(verdict, valid_to=date(2026, 6, 30)),
    Reason.LEVEL_TOO_LOW: lambda verdict: replace(verdict, held=Level.TREDE1, valid_to=date(2027, 8, 31)),
    Reason.WITHDRAWN: lambda verdict: replace(
        verdict, valid_to=date(2027, 3, 31), decision=CertificateStatus.WITHDRAWN, decided_on=date(2026, 6, 1)
    ),
    Reason.NOT_COVERED: lambda verdict: replace(verdict, valid_to=date(2027, 3, 31)),
    Reason.MEMBER_FAILS: lambda verdict: replace(verdict, failing_member="Schilderwerken Proef B.V."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """The facts of a letter to a firm that does not exist; `words` says in Dutch which case it is."""

    words: str
    facts: LetterFacts


def reasons_of(kind: LetterKind) -> tuple[Reason | None, ...]:
    """Return why a letter of this kind is written; None alone for a kind that no reason brings about."""
    if kind is LetterKind.INFORMATION:
        return (Reason.NO_CERTIFICATE,)
    return (None,) if kind in _STATUSES and kind is not LetterKind.POSTPONEMENT else tuple(Reason)


def specimen(
    kind: LetterKind,
    language: Language,
    *,
    reason: Reason | None,
    source: AmountSource = AmountSource.ENTERED,
    sender: LetterSettings = _SENDER,
) -> LetterFacts:
    """Return facts in which everything is known that a letter of this kind and reason can say; the sender is given."""
    comes_after = kind is LetterKind.CLOSING or (kind.asks and kind not in _FIRST)
    is_respite = kind in (LetterKind.POSTPONEMENT, LetterKind.EXEMPTION)
    return LetterFacts(
        kenmerk=f"{sender.kenmerk_prefix}-2026-0148",
        written_on=_ON,
        reply_by=_ON + timedelta(days=sender.reply_days),
        certified_by=date(2027, 5, 24),
        supplier_name=_FIRM,
        address=_address(language),
        contact=Contact(
            id="", supplier_id="", salutation=Salutation.MRS, initials="M.", infix="van", surname="Voorbeeld"
        ),
        verdict=_verdict(kind, reason, source, until=date(2027, 3, 31) if is_respite else None),
        rule_valid_from=None if kind is LetterKind.EXEMPTION else date(2022, 1, 1),
        policy=PolicySettings(),
        sender=sender,
        previous_kenmerk=f"{sender.kenmerk_prefix}-2026-0117" if comes_after else "",
        previous_written_on=_EARLIER if comes_after else None,
        first_kenmerk=f"{sender.kenmerk_prefix}-2026-0092" if comes_after else "",
        first_written_on=_FIRST_ON if comes_after else None,
        contract="RC-2026-14 (Dakonderhoud)" if kind is LetterKind.NOTICE else "",
        their_reference="IB-2026/77",
        language=language,
    )


def specimens(kind: LetterKind, language: Language) -> Iterator[Specimen]:
    """Return every case that a text of this kind must word: reasons × sources of the amount × what may be absent."""
    for reason in reasons_of(kind):
        about = reason.label if reason else kind.label
        for source in AmountSource:
            whole = specimen(kind, language, reason=reason, source=source)
            yield Specimen(words=f"'{about}'", facts=whole)
            for words, vary in _VARIATIONS.items():
                yield Specimen(words=f"'{about}' {words}", facts=vary(whole))


def _verdict(kind: LetterKind, reason: Reason | None, source: AmountSource, *, until: date | None) -> Verdict:
    # Who is exempt is asked nothing, so no rule and no level come with it.
    is_asked = kind is not LetterKind.EXEMPTION
    is_held = reason is None and is_asked
    verdict = Verdict(
        supplier_id="",
        name=_FIRM,
        kvk="12345678",
        on=_ON,
        status=_STATUSES.get(kind, Status.NON_COMPLIANT),
        reason=reason,
        required=Level.TREDE2 if is_asked else None,
        threshold_cents=150_000_00 if is_asked else None,
        held=Level.TREDE2 if is_held else None,
        valid_to=date(2027, 1, 31) if is_held else None,
        amount_cents=412_500_00,
        amount_year=2025 if source in (AmountSource.LAST_KNOWN, AmountSource.INVOICED_LAST_YEAR) else 2026,
        amount_source=source,
        until=until,
        ground="de vestiging in Weert vraagt haar eerste certificaat aan" if until else "",
        reported=Level.BASIS,
    )
    return _WRONG[reason](verdict) if reason else verdict


def _address(language: Language) -> Address:
    if language is Language.DUTCH:
        return Address(street="Industrieweg", house_number="12", postcode="6041 AB", city="Roermond")
    return Address(street="Example Road", house_number="12", postcode="SW1A 9XX", city="London", country="GB")


def _with_verdict(facts: LetterFacts, verdict: Verdict) -> LetterFacts:
    return replace(facts, verdict=verdict)


def _without_amount(facts: LetterFacts) -> LetterFacts:
    # An amount is unknown only to a rule without a threshold; otherwise there would be no verdict.
    return _with_verdict(
        facts,
        replace(facts.verdict, amount_cents=None, amount_year=None, amount_source=None, threshold_cents=None),
    )


def _bare(facts: LetterFacts) -> LetterFacts:
    for words, vary in _VARIATIONS.items():
        if words not in _ADDING:
            facts = vary(facts)
    return facts


_BARE = "zonder wat kan ontbreken"
_PER_CONTRACT = "met de drempel per contract"
_PLANNED = "na een plan"
_INFORMED = "na een eerdere brief"
_COMBINED = "aan een samenwerkingsverband"
# These leave nothing out.
_ADDING = (_BARE, _PER_CONTRACT, _PLANNED, _INFORMED, _COMBINED)
# What may be absent or differ in a letter of any kind, in words after "bij …".
_VARIATIONS: dict[str, Callable[[LetterFacts], LetterFacts]] = {
    "zonder e-mailadres van het team": lambda facts: replace(facts, sender=replace(facts.sender, email="")),
    "zonder naam onder de brief": lambda facts: replace(facts, sender=replace(facts.sender, signatory="")),
    "zonder bijlage": lambda facts: replace(facts, sender=replace(facts.sender, enclosure="")),
    "zonder contactpersoon": lambda facts: replace(facts, contact=None),
    "zonder KvK-nummer": lambda facts: _with_verdict(facts, replace(facts.verdict, kvk="")),
    "zonder drempel": lambda facts: _with_verdict(facts, replace(facts.verdict, threshold_cents=None)),
    "zonder bekend bedrag": _without_amount,
    "zonder gemelde trede": lambda facts: _with_verdict(facts, replace(facts.verdict, reported=None)),
    "zonder datum van het besluit": lambda facts: _with_verdict(facts, replace(facts.verdict, decided_on=None)),
    "zonder kenmerk van de leverancier": lambda facts: replace(facts, their_reference=""),
    _PLANNED: lambda facts: replace(facts, planned_by=date(2026, 11, 2)) if facts.previous_kenmerk else facts,
    _INFORMED: lambda facts: replace(facts, previous_kenmerk="PSO-2026-0117", previous_written_on=_EARLIER),
    _COMBINED: lambda facts: replace(facts, is_combination=True),
    _PER_CONTRACT: lambda facts: replace(facts, policy=replace(facts.policy, amount_scope="contract")),
    _BARE: _bare,
}
