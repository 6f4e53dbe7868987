"""What an advisor says on the phone about a verdict: one to four spoken Dutch sentences (B1, "u"), and the next step.

Written for the ear: "tot en met" in full, one fact to a sentence, a question or a promise at the end. Asked about
another day than today it speaks of that day, and leaves out what has to be done, because that is about today.
Source of the rules: the brochure's sentences in `data/policy`; what is asked next, domain.md §6.5 and §8.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from app.base.formatting import long_date
from app.domain.certificate import Certificate, CertificateStatus, Level
from app.domain.journal import Promise
from app.domain.letter import STAGES, Letter, LetterKind
from app.domain.verdict import GRACE_GROUND, AmountSource, Policy, Reason, Status, Verdict
from app.policy.phrases import deciding_rule, level_words, money

_REMINDERS = frozenset(STAGES[STAGES.index(LetterKind.REMINDER) :])


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealings:
    """What runs between the supplier and us: the letter that waits for an answer, the open promise, what is on its way.

    `coming` is the certificate that begins soon and leaves nothing to ask (`due_letters.coming_certificate`).
    """

    letter: Letter | None = None
    promise: Promise | None = None
    coming: Certificate | None = None


def say(verdict: Verdict, *, policy: Policy, today: date, dealings: Dealings) -> str:
    """Return what to say to the supplier; `policy` is the one that the verdict was judged by."""
    speech = _Speech(verdict, policy, today, dealings)
    return " ".join(f"{part[0].upper()}{part[1:]}" for part in speech.sentences() if part)


@dataclass(frozen=True, slots=True)
class _Tense:
    """The verbs of a sentence about a day that has passed, or about any other day."""

    have: str = "heeft"
    we_have: str = "hebben"
    be: str = "bent"
    it_is: str = "is"
    they_are: str = "zijn"
    comply: str = "voldoet"
    ask: str = "vragen"


_NOW = _Tense()
_THEN = _Tense("had", "hadden", "was", "was", "waren", "voldeed", "vroegen")


class _Speech:
    """The sentences about one verdict."""

    def __init__(self, verdict: Verdict, policy: Policy, today: date, dealings: Dealings) -> None:
        self.verdict, self.policy, self.today, self.dealings = verdict, policy, today, dealings
        self.rule = deciding_rule(verdict, policy)
        self.is_today = verdict.on == today
        self.is_past = verdict.on < today
        self.tense = _THEN if self.is_past else _NOW
        required = verdict.required or (self.rule.level if self.rule else None)
        self.required = required.label if required else "een certificaat"

    def sentences(self) -> tuple[str, ...]:
        parts = {
            Status.COMPLIANT: self._compliant,
            Status.EXPIRING: self._expiring,
            Status.NON_COMPLIANT: self._non_compliant,
            Status.POSTPONED: self._postponed,
            Status.EXEMPT: self._exempt,
            Status.BELOW_THRESHOLD: self._below_threshold,
            Status.UNKNOWN: self._unknown,
        }[self.verdict.status]()
        if self.is_today:
            return parts
        day = long_date(self.verdict.on)
        return (f"dit gold op {day}." if self.is_past else f"dit geldt op {day}, met wat wij nu weten."), *parts

    # -- per status ---------------------------------------------------------------------------------------------------

    def _compliant(self) -> tuple[str, ...]:
        verdict = self.verdict
        parts = self._held(), f"daarmee {self.tense.comply} u aan ons beleid, {_until(verdict.valid_to)}."
        if not self.is_today:
            return parts
        if verdict.is_unverified:
            return *parts, "wij willen uw certificaat nog controleren.", "wilt u ons een kopie sturen?"
        return *parts, *(self._told() or (self._nothing_to_do(),))

    def _expiring(self) -> tuple[str, ...]:
        last, need = self.verdict.valid_to, "daarna is een nieuw certificaat nodig"
        parts = self._held(), f"daarmee {self.tense.comply} u nog {_until(last)} aan ons beleid."
        if self.is_today and self.verdict.is_unverified and not self._promised():
            ask = f"{need}: heeft u de audit al gepland?", "wilt u ons ook een kopie van uw certificaat sturen?"
            return *parts, *ask
        first = long_date(last + timedelta(days=1)) if last else "daarna"
        until = f"{need}, dat uiterlijk {first} ingaat."
        if not self.is_today:
            return *parts, until
        return *parts, until, self._promised() or "heeft u de audit al gepland?"

    def _non_compliant(self) -> tuple[str, ...]:
        shortfall, told = self._shortfall(), self._told() if self.is_today else ()
        if told and self._would_do(self.verdict.reported):
            if self._is_known_by_word():
                return shortfall, self._amount(), self._rule(), "wilt u ons een kopie van uw certificaat sturen?"
            return shortfall, self._rule(), *told
        return shortfall, self._amount(), self._rule(), self._next_step() if self.is_today else ""

    def _postponed(self) -> tuple[str, ...]:
        verdict, tense = self.verdict, self.tense
        if verdict.ground == GRACE_GROUND:
            respite = f"na die dag geldt nog uitstel, {_until(verdict.until)}."
        else:
            respite = f"u {tense.have} van ons uitstel {_until(verdict.until)}."
        then = f"daarna {tense.ask} wij minimaal {self.required}."
        if not self.is_today:
            return self._shortfall(), respite, then
        if self._coming():
            return self._shortfall(), respite, self._coming()
        if self._is_known_by_word() and self._would_do(verdict.reported):
            return self._shortfall(), respite, then, "wilt u ons een kopie van uw certificaat sturen?"
        return self._shortfall(), respite, then, self._promised()

    def _exempt(self) -> tuple[str, ...]:
        tense = self.tense
        parts = (
            f"u {tense.be} door ons vrijgesteld, {_until(self.verdict.until)}.",
            f"zo lang {tense.ask} wij geen PSO-certificaat van u.",
        )
        return *parts, self._thanks()

    def _below_threshold(self) -> tuple[str, ...]:
        verdict, tense = self.verdict, self.tense
        when = "nu" if self.is_today else "toen" if self.is_past else "dan"
        answer = f"wij {tense.ask} {when} geen PSO-certificaat van u."
        if verdict.threshold_cents is None:
            return answer, self._no_demand(), self._thanks()
        first = f"pas {self._from_there(verdict.threshold_cents)} per jaar {tense.ask} wij minimaal {self.required}."
        return answer, self._amount(), first, self._thanks()

    def _unknown(self) -> tuple[str, ...]:
        year = "dit jaar" if self.is_today else f"in {self.verdict.on.year}"
        unknown = f"wij weten nog niet hoe groot uw opdrachten {year} {self.tense.they_are}."
        held = self._held_until() if self.verdict.held else self._no_certificate()
        if not self.is_today:
            step = ""
        elif self._is_known_by_word():
            step = "wilt u ons een kopie van uw certificaat sturen?"
        else:
            step = "wij zoeken het bedrag op en bellen u terug."
        return unknown, self._rule(), held, step

    # -- what the supplier has ----------------------------------------------------------------------------------------

    def _held(self) -> str:
        return f"u {self.tense.have} {level_words(self.verdict.held)}."

    def _held_until(self) -> str:
        return f"u {self.tense.have} {level_words(self.verdict.held)}, geldig {_until(self.verdict.valid_to)}."

    def _shortfall(self) -> str:
        verdict, tense = self.verdict, self.tense
        match verdict.reason:
            case Reason.EXPIRED:
                return f"uw certificaat {tense.it_is} verlopen: het was geldig {_until(verdict.valid_to)}."
            case Reason.LEVEL_TOO_LOW:
                return self._held_until()
            case Reason.WITHDRAWN:
                when = f"op {long_date(verdict.decided_on)} " if verdict.decided_on else ""
                what = (verdict.decision or CertificateStatus.WITHDRAWN).label
                return f"uw certificaat {tense.it_is} {when}{what} en {'telde' if self.is_past else 'telt'} niet meer."
            case Reason.NOT_COVERED if verdict.kvk:
                stands = "stond" if self.is_past else "staat"
                return f"uw KvK-nummer {verdict.kvk} {stands} niet op het certificaat dat wij kennen."
            case Reason.NOT_COVERED:
                return "wij kennen uw KvK-nummer niet, en daarom telt uw certificaat nog niet mee."
            case Reason.MEMBER_FAILS:
                answer = f"in uw combinatie {tense.comply} {verdict.failing_member} niet aan ons beleid"
                own = f", en de combinatie zelf {tense.have} {level_words(verdict.held)}" if verdict.held else ""
                return f"{answer}{own}."
            case _:
                return self._no_certificate()

    def _no_certificate(self) -> str:
        if self._is_known_by_word() and not self.is_past:
            told = level_words(self.verdict.reported)
            return f"u heeft ons {told} gemeld, maar wij hebben uw certificaat nog niet gezien."
        checked = "" if self.policy.settings.unverified_counts else f" dat gecontroleerd {self.tense.it_is}"
        return f"wij {self.tense.we_have} van u geen geldig PSO-certificaat{checked}."

    def _is_known_by_word(self) -> bool:
        """Whether a level that was told is all there is."""
        verdict = self.verdict
        return verdict.reported is not None and verdict.held is None and verdict.reason in {None, Reason.NO_CERTIFICATE}

    def _told(self) -> tuple[str, ...]:
        """What was told and goes beyond what is held, with the question for proof."""
        told, held = self.verdict.reported, self.verdict.held
        if told is None or told.rank <= (held.rank if held else 0):
            return ()
        return f"u heeft ons {level_words(told)} gemeld.", "wilt u ons een kopie van dat certificaat sturen?"

    def _would_do(self, told: Level | None) -> bool:
        required = self.verdict.required
        return told is not None and required is not None and told.rank >= required.rank

    def _thanks(self) -> str:
        if not self.is_today:
            return ""
        if self.verdict.held:
            return f"dat u toch {level_words(self.verdict.held)} heeft, waarderen wij."
        return self._nothing_to_do()

    def _nothing_to_do(self) -> str:
        return "u hoeft nu niets te doen."

    # -- what we ask --------------------------------------------------------------------------------------------------

    def _amount(self) -> str:
        """The amount and the year it is of; "" while it is not known or does not matter."""
        verdict, settings = self.verdict, self.policy.settings
        if verdict.amount_cents is None or verdict.threshold_cents is None:
            return ""
        vat = "zonder btw" if settings.vat_basis == "excl." else "met btw"
        euros = f"{money(verdict.amount_cents, beside=verdict.threshold_cents)} {vat}"
        asked, known = verdict.on.year, verdict.amount_year
        year = "dit jaar" if self.is_today and known == asked else f"in {known}"
        later = ""
        if known != asked:
            later = f"; het bedrag van {'dit jaar' if self.is_today else asked} kennen wij nog niet"
        is_over = self.is_past or known != asked
        per_contract = settings.amount_scope == "contract"
        if verdict.amount_source in {AmountSource.INVOICED, AmountSource.INVOICED_LAST_YEAR}:
            order = "voor uw grootste opdracht " if per_contract else ""
            return f"u heeft ons {order}{year} {euros} gefactureerd{later}."
        if per_contract:
            return f"uw grootste opdracht bij ons {'was' if is_over else 'is'} {year} {euros}{later}."
        if verdict.amount_source is AmountSource.LAST_KNOWN:
            return f"uw lopende opdrachten bij ons waren {year} samen {euros}{later}."
        spread = ", verdeeld over de looptijd" if verdict.amount_source is AmountSource.PRO_RATA else ""
        return f"uw opdrachten bij ons {'waren' if is_over else 'zijn'} {year} samen {euros}{spread}{later}."

    def _rule(self) -> str:
        ask, rule = self.tense.ask, self.rule
        since = f" sinds {long_date(rule.valid_from)}" if rule and not self.is_past else ""
        partners = rule is not None and rule.key_partners_only
        if self.verdict.threshold_cents is None:
            whom = "alle ketenpartners" if partners else "elke leverancier"
            return f"wij {ask}{since} van {whom} minimaal {self.required}."
        where = self._from_there(self.verdict.threshold_cents)
        if partners:
            return f"van ketenpartners {ask} wij {where} per jaar{since} minimaal {self.required}."
        return f"{where} per jaar {ask} wij{since} minimaal {self.required}."

    def _from_there(self, threshold_cents: int) -> str:
        word = "vanaf" if self.policy.settings.threshold_is_inclusive else "boven"
        return f"{word} {money(threshold_cents)}"

    def _no_demand(self) -> str:
        if self.policy.demands_on(self.verdict.on):
            return f"dat {self.tense.ask} wij alleen van ketenpartners."
        first_on = min((rule.valid_from for rule in self.policy.rules if rule.is_demand), default=date.min)
        return f"onze eerste eis geldt vanaf {long_date(first_on)}." if first_on > self.verdict.on else ""

    # -- what is to be done -------------------------------------------------------------------------------------------

    def _next_step(self) -> str:
        """What runs comes before what could be asked anew."""
        return self._coming() or self._promised() or self._written() or self._question()

    def _coming(self) -> str:
        coming = self.dealings.coming
        if coming is None or coming.valid_from is None:
            return ""
        begins = long_date(coming.valid_from)
        return f"uw certificaat {coming.level.label} gaat in op {begins}; u hoeft nu niets te doen."

    def _promised(self) -> str:
        promise = self.dealings.promise
        if promise is None:
            return ""
        what = _quoted(promise.what)
        if promise.due_on >= self.today:
            return f"wij wachten {_until(promise.due_on)} op wat u heeft toegezegd: {what}."
        return f"hoe staat het met wat u uiterlijk {long_date(promise.due_on)} zou doen: {what}?"

    def _written(self) -> str:
        letter = self.dealings.letter
        if letter is None:
            return ""
        kind = letter.kind.noun if letter.kind in _REMINDERS else "brief"
        which = f"onze {kind} van {long_date(letter.written_on)}, kenmerk {letter.kenmerk}"
        if letter.reply_by >= self.today:
            return f"op {which}, horen wij uiterlijk {long_date(letter.reply_by)} graag uw plan."
        return f"wij wachten nog op uw antwoord op {which}: wanneer komt dat?"

    def _question(self) -> str:
        verdict = self.verdict
        match verdict.reason:
            case Reason.EXPIRED:
                return "heeft u een nieuw certificaat, of is de audit al gepland?"
            case Reason.WITHDRAWN if verdict.decision is CertificateStatus.REPLACED:
                return "wilt u ons een kopie van het nieuwe certificaat sturen?"
            case Reason.NOT_COVERED if verdict.kvk:
                return "heeft u een certificaat waar dat nummer op staat?"
            case Reason.NOT_COVERED:
                return "wat is uw KvK-nummer?"
            case Reason.MEMBER_FAILS:
                return f"wanneer kan dat bedrijf {self.required} hebben?"
        return f"wanneer kunt u {self.required} hebben?"


def _quoted(words: str) -> str:
    """Return what somebody typed as the end of a sentence: on one line, without its own stop."""
    return " ".join(words.split()).rstrip(".!?")


def _until(day: date | None) -> str:
    return f"tot en met {long_date(day)}" if day else "tot een dag die wij niet kennen"
