"""Who is due a letter, of which kind, and who is not and why."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from app.base.formatting import count, short_date
from app.domain.journal import Promise
from app.domain.letter import STAGES, LetterKind, LetterSettings, ReplyKind, SentLetter
from app.domain.names import sort_key
from app.domain.policy import Respite
from app.domain.verdict import Policy, Reason, Status, Verdict
from app.letters.batch import envelope_order
from app.letters.content import language_of
from app.policy.due_letters import Asked, find_about, unsettled
from app.services.coming_certificates import ComingCertificates
from app.services.correspondence import Correspondence, by_supplier
from app.services.find_work import letter_cause
from app.services.judge_suppliers import current_policy, judge_supplier
from app.services.proposals import Because, LetterPlan, Proposal, Skipped, notice_warnings, reply_day
from app.storage.register import Register

_DUE = frozenset({Status.NON_COMPLIANT, Status.POSTPONED, Status.EXEMPT})
# So many suppliers are judged sooner one by one than by judging the whole register.
_FEW = 100


def plan_letters(register: Register, *, on: date, only: Collection[str] | None = None) -> LetterPlan:
    """Return which letters are due on a day.

    Left out, with the reason: no address, an answer that may still come or that nobody looked at, a promise that still
    runs, a certificate that is known and begins soon, a postponement or exemption (domain.md §6.5, §9 lesson d), and
    what was set aside on the work list. A confirmation, a warning that a certificate ends and a letter of thanks are
    offered once.
    `only` are the suppliers that were chosen: then nothing is a mere offer, and also those that need no letter are
    named, with the reason. Raises `NotFoundError` when one of them does not exist.
    """
    policy = current_policy(register)
    settings = register.settings(LetterSettings)
    planner = _Planner(register, on, settings, is_for_everyone=only is None)
    proposals: list[Proposal] = []
    skipped: list[Skipped] = []
    judged: set[str] = set()
    for verdict in _verdicts(register, policy, on, only):
        judged.add(verdict.supplier_id)
        found = planner.decide(verdict)
        if isinstance(found, Proposal):
            proposals.append(found)
        elif only is not None or verdict.status in _DUE or found.because == "address":
            skipped.append(found)
    skipped += _ended(register, (supplier_id for supplier_id in only or () if supplier_id not in judged))
    proposals.sort(key=_by_name if settings.print_order == "name" else _envelope_key)
    return LetterPlan(tuple(proposals), tuple(sorted(skipped, key=lambda item: item.name.casefold())))


class _Planner:
    """What the letters of a day go by: gathered once, asked per verdict."""

    def __init__(self, register: Register, on: date, settings: LetterSettings, *, is_for_everyone: bool) -> None:
        self.register, self.on, self.settings = register, on, settings
        self.is_for_everyone = is_for_everyone
        self.correspondence = Correspondence(register, on=on)
        self.promises: Mapping[str, Promise] = {
            promise.supplier_id: promise
            for promise in register.promises.list_all("due_on")
            if promise.settled_at is None and promise.due_on >= on
        }
        self.coming = ComingCertificates(register, on=on)
        self.asides = {(aside.supplier_id, aside.cause): aside for aside in register.set_asides.list_standing(on)}
        self.postponements = by_supplier(register.postponements.list_all())
        self.exemptions = by_supplier(register.exemptions.list_all())
        self.reply_days = {kind: reply_day(kind, on=on, settings=settings) for kind in LetterKind}

    def decide(self, verdict: Verdict) -> Proposal | Skipped:
        match verdict.status:
            case Status.NON_COMPLIANT:
                return self._asking(verdict)
            case Status.POSTPONED:
                return self._confirming(verdict, LetterKind.POSTPONEMENT, self.postponements)
            case Status.EXEMPT:
                return self._confirming(verdict, LetterKind.EXEMPTION, self.exemptions)
            case Status.EXPIRING:
                return self._warning(verdict)
            case Status.COMPLIANT:
                return self._closing(verdict)
        return _needless(verdict)

    def _asking(self, verdict: Verdict) -> Proposal | Skipped:
        asked = self.correspondence.asked(verdict)
        if held := self._promised(verdict) or self._answering(verdict, asked) or self._coming_or_aside(verdict, asked):
            return held
        kind = asked.next_kind
        if kind is None:
            assert asked.last is not None
            words = f"Antwoordde niet op {asked.last.kind.noun} {asked.last.kenmerk}: neem contact op."
            return _skip(verdict, words, "talk")
        can_inform = verdict.reason is Reason.NO_CERTIFICATE
        if not asked.letters and can_inform and self.settings.begins_with_information:
            kind = LetterKind.INFORMATION
        last = LetterKind.REQUEST if kind is LetterKind.INFORMATION else kind
        kinds = STAGES[0 if can_inform else 1 : STAGES.index(last) + 1]
        return self._propose(verdict, kind, kinds=kinds, asked=asked.letters)

    def _promised(self, verdict: Verdict) -> Skipped | None:
        promise = self.promises.get(verdict.supplier_id)
        if promise is None:
            return None
        return _skip(verdict, f"Toezegging t/m {short_date(promise.due_on)}: {promise.what}.", "promise")

    def _answering(self, verdict: Verdict, asked: Asked) -> Skipped | None:
        if asked.came_back:
            return _came_back(verdict, asked.came_back)
        if (answered := asked.answered) and answered.replied_on:
            is_certificate = answered.reply is ReplyKind.CERTIFICATE
            what = "leg het certificaat vast" if is_certificate else "handel het antwoord af in Opvolging"
            words = f"Antwoordde op {short_date(answered.replied_on)} op brief {answered.kenmerk}: {what}."
            return _skip(verdict, words, "certificate" if is_certificate else "reply")
        if asked.newest and asked.until and asked.waits_on(self.on):
            until = short_date(asked.until)
            words = f"Kreeg al brief {asked.newest.kenmerk}; de leverancier mag antwoorden t/m {until}."
            return _skip(verdict, words, "answer")
        return None

    def _coming_or_aside(self, verdict: Verdict, asked: Asked) -> Skipped | None:
        coming = self.coming.find(verdict)
        if coming and coming.valid_from:
            return _skip(verdict, f"{coming.level.label} gaat in op {short_date(coming.valid_from)}.", "coming")
        return self._aside(verdict, letter_cause(verdict, asked.last.id if asked.last else None))

    def _aside(self, verdict: Verdict, cause: str) -> Skipped | None:
        aside = self.asides.get((verdict.supplier_id, cause))
        if aside is None:
            return None
        return _skip(verdict, f"Weggezet t/m {short_date(aside.until_on)}: {aside.reason}.", "aside")

    def _confirming(
        self, verdict: Verdict, kind: LetterKind, respites: Mapping[str, Sequence[Respite]]
    ) -> Proposal | Skipped:
        running = (respite for respite in respites.get(verdict.supplier_id, ()) if respite.holds_on(self.on))
        respite = next((found for found in running if found.to_on == verdict.until), None)
        until = f" t/m {short_date(verdict.until)}" if verdict.until else ""
        skipped = _skip(verdict, f"{verdict.status.label}{until}: {verdict.ground}.", "respite")
        sent = self._was_sent(verdict, kind, respite.id) if respite else None
        if sent and sent.came_back:
            return _came_back(verdict, sent)
        # A confirmation keeps the last day that it names as its own; one of another day told something else.
        if respite is None or (sent and sent.reply_by == respite.to_on):
            return skipped
        return self._propose(verdict, kind, about=respite.id, otherwise=skipped)

    def _warning(self, verdict: Verdict) -> Proposal | Skipped:
        about = verdict.certificate_id or ""
        if sent := self._was_sent(verdict, LetterKind.EXPIRING, about):
            if sent.came_back:
                return _came_back(verdict, sent)
            return _skip(verdict, f"Kreeg al brief {sent.kenmerk} over het einde van het certificaat.", "answer")
        held = self._promised(verdict) or self._aside(verdict, f"certificate:{about}")
        return held or self._propose(verdict, LetterKind.EXPIRING, about=about, otherwise=_needless(verdict))

    def _closing(self, verdict: Verdict) -> Proposal | Skipped:
        settled = unsettled(self.correspondence.letters_of(verdict.supplier_id), on=self.on)
        if settled is None:
            return _needless(verdict)
        about = verdict.certificate_id or ""
        return self._propose(verdict, LetterKind.CLOSING, asked=(settled,), about=about, otherwise=_needless(verdict))

    def _was_sent(self, verdict: Verdict, kind: LetterKind, about: str) -> SentLetter | None:
        return find_about(self.correspondence.letters_of(verdict.supplier_id), kind, about)

    def _propose(
        self,
        verdict: Verdict,
        kind: LetterKind,
        *,
        kinds: tuple[LetterKind, ...] = (),
        asked: tuple[SentLetter, ...] = (),
        about: str = "",
        otherwise: Skipped | None = None,
    ) -> Proposal | Skipped:
        """Return the proposal; without an address what is said `otherwise` of a courtesy, else that it is missing."""
        supplier = self.register.suppliers.get(verdict.supplier_id)
        if not supplier.letter_address.is_complete:
            return otherwise or _skip(verdict, "Geen adres: vul een straat of postbus en een plaats in.", "address")
        return Proposal(
            verdict=verdict,
            supplier=supplier,
            kind=kind,
            kinds=kinds or (kind,),
            asked=asked,
            about=about,
            language=language_of(supplier),
            reply_by=self.reply_days[kind],
            warnings=tuple(self._warnings(verdict, kind)),
            is_offer=self.is_for_everyone and not kind.asks,
            is_unsure=kind.asks and bool(asked) and not asked[-1].is_posted,
        )

    def _warnings(self, verdict: Verdict, kind: LetterKind) -> Iterator[str]:
        letters = self.correspondence.letters_of(verdict.supplier_id)
        newest = next((letter for letter in letters if letter.written_on <= self.on), None)
        days = (self.on - newest.written_on).days if newest else 0
        if newest and days <= self.settings.recent_days:
            ago = f"{count(days, 'dag', 'dagen')} geleden" if days else "vandaag"
            yield f"Kreeg {ago} al een brief: {newest.kind.noun} {newest.kenmerk}."
        if newest and kind.asks and newest.kind.asks and not newest.is_posted:
            yield f"Brief {newest.kenmerk} is niet als gepost vastgelegd. Is die wel weggegaan?"
        yield from notice_warnings(kind, self.settings)
        if kind is LetterKind.CLOSING and newest and newest.kind is LetterKind.NOTICE:
            yield "Hiermee is een ingebrekestelling afgehandeld. Laat deze brief juridisch toetsen."


def _verdicts(register: Register, policy: Policy, on: date, only: Collection[str] | None) -> Iterator[Verdict]:
    if only is not None and len(only) <= _FEW:
        for supplier_id in dict.fromkeys(only):
            if not register.suppliers.get(supplier_id).is_archived:
                yield judge_supplier(register, supplier_id, on=on, policy=policy).verdict
        return
    wanted = None if only is None else set(only)
    for verdict in register.verdicts.judge_all(policy=policy, on=on):
        if wanted is None or verdict.supplier_id in wanted:
            yield verdict


def _ended(register: Register, supplier_ids: Iterable[str]) -> Iterator[Skipped]:
    for supplier_id in dict.fromkeys(supplier_ids):
        name = register.suppliers.get(supplier_id).name
        yield Skipped(supplier_id, name, "Deze leverancier is beëindigd: er is geen brief nodig.", "ended")


def _needless(verdict: Verdict) -> Skipped:
    if verdict.status is Status.UNKNOWN:
        return _skip(verdict, "Bedrag onbekend: vul eerst het bedrag in.", "amount")
    if verdict.status is Status.BELOW_THRESHOLD:
        return _skip(verdict, "Onder de drempel: er is geen brief nodig.", "needless")
    until = f" t/m {short_date(verdict.valid_to)}" if verdict.valid_to else ""
    return _skip(verdict, f"Voldoet{until}: er is geen brief nodig.", "needless")


def _came_back(verdict: Verdict, letter: SentLetter) -> Skipped:
    return _skip(verdict, f"Brief {letter.kenmerk} kwam onbestelbaar terug: kijk het adres na.", "address")


def _skip(verdict: Verdict, why: str, because: Because) -> Skipped:
    return Skipped(verdict.supplier_id, verdict.name, why, because)


def _envelope_key(proposal: Proposal) -> tuple[int, str, str]:
    address = proposal.supplier.letter_address
    return envelope_order(address.postcode, proposal.supplier.name, country=address.country)


def _by_name(proposal: Proposal) -> tuple[str, str]:
    return sort_key(proposal.supplier.name), proposal.supplier.id
