"""What people read on the command line, in Dutch: one line after another."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from app.base.formatting import count, euro, number, short_date
from app.cli import json_output
from app.domain.rows import LookUpHit
from app.domain.verdict import Status
from app.domain.work import WorkItem, WorkKind
from app.services.check_register import CheckResult
from app.services.import_register import ImportPlan, Outcome, Question
from app.services.judge_suppliers import Judged
from app.services.mail_drafts import MailDrafts
from app.services.proposals import LetterPlan
from app.services.show_supplier import Dossier
from app.services.undo import TakenBack
from app.services.write_letters import Written


def imported(planned: ImportPlan, *, is_preview: bool, has_changed: bool) -> Iterator[str]:
    """Yield what an import did, or would do."""
    table = planned.table
    where = f"blad {table.sheet}" if table.sheet else f"{table.encoding}, scheidingsteken {table.delimiter!r}"
    headings = f"koprij {planned.header_row}" if planned.header_row else "zonder koprij"
    yield f"Gelezen: {where}, {headings}, {count(len(planned.rows), 'rij', 'rijen')}."
    yield "Kolommen:"
    yield from (f"  {heading}  →  {field or '(niet gebruikt)'}" for heading, field in planned.columns.items())
    yield " · ".join(f"{outcome.label} {number(planned.count(outcome))}" for outcome in Outcome)
    yield from planned.notes
    yield from map(_asked, (question for question in planned.questions if question.is_open))
    for outcome in (Outcome.MAYBE, Outcome.SKIPPED):
        rows = json_output.left_out(planned, outcome)
        yield from (f"Rij {row['row']}, {outcome.label}: {row['why']}" for row in rows)
    for title, faults in (("fout", planned.faults), ("let op", planned.warnings)):
        yield from (f"Rij {f.row}, {title}, kolom {f.column}, waarde ‘{f.value}’: {f.message}" for f in faults)
    yield from (f"Niet meer in het bestand: {found.name}, {found.what}" for found in planned.absent)
    if is_preview:
        yield "Er is nog niets opgeslagen: dit is een voorbeeld."
    elif has_changed:
        total = euro(planned.amount_cents, with_cents=True)
        yield f"Opgeslagen, samen {total}. Terugdraaien kan met: tredewijzer undo"
    else:
        yield "Er is niets veranderd: alles wat te lezen was, stond al in het register."


def _asked(question: Question) -> str:
    answers = ", ".join(f"{option.value} ({option.label})" for option in question.options)
    return f"Vraag {question.key} {question.text} Nu gevolgd: {question.answer}. Kies met --answer uit: {answers}."


def judged(found: Sequence[Judged]) -> Iterator[str]:
    """Yield every verdict, an empty line, and the number of each status."""
    for item in found:
        verdict = item.verdict
        reason = f" — {verdict.reason.label}" if verdict.reason else ""
        yield f"{verdict.name}\n  {verdict.status.label}{reason}\n  {item.explanation}"
    yield ""
    counts = Counter(item.verdict.status for item in found)
    yield from (f"{number(counts[status]):>8}  {status.label}" for status in Status if counts[status])


def hit(hit: LookUpHit) -> str:
    """Return one supplier that a look-up found."""
    match = hit.match
    return (
        f"{match.name} · {match.city or 'plaats onbekend'} · {match.phone or 'geen telefoon'} · "
        f"KvK {match.kvk or '?'} · {hit.status.label if hit.status else 'beëindigd'} "
        f"(gevonden op {match.matched}: {match.matched_text})"
    )


def work(items: Sequence[WorkItem]) -> Iterator[str]:
    """Yield what is open, an empty line, and how much of each kind; what was set aside is only counted."""
    found = [item for item in items if not item.aside]
    for item in found:
        cents = "bedrag onbekend" if item.cents is None else euro(item.cents)
        day = f" · {short_date(item.day)}" if item.day else ""
        about = f" — {item.about}" if item.about else ""
        yield f"{item.name} · {cents}{day}\n  {item.words}{about}"
    if found:
        yield ""
    counts = Counter(item.kind for item in found)
    yield from (f"{number(counts[kind]):>8}  {kind.label}" for kind in WorkKind if counts[kind])
    if aside := len(items) - len(found):
        yield f"{number(aside):>8}  Weggezet"
    if not found:
        yield "Niets te doen."


def dossier(found: Dossier) -> Iterator[str]:
    """Yield everything about one supplier."""
    supplier, verdict = found.supplier, found.judged.verdict
    address = supplier.visiting
    yield supplier.name
    yield f"KvK {supplier.kvk or '?'} · {address.street} {address.house_number} · {address.postcode} {address.city}"
    yield f"{verdict.status.label}: {found.judged.explanation}"
    yield from found.judged.advice
    for contract in found.contracts:
        yield f"Contract {contract.number} {contract.title} ({contract.pso_basis})"
    for amount in found.amounts:
        yield f"Bedrag {amount.year} {amount.kind.label}: {euro(amount.cents)} ({amount.source})"
    for certificate in found.certificates:
        until = short_date(certificate.valid_to) if certificate.valid_to else "onbekend"
        yield f"Certificaat {certificate.number} {certificate.level.label} t/m {until}, {certificate.status.label}"
    for letter in found.letters:
        yield f"Brief {letter.kenmerk} {letter.kind} van {short_date(letter.written_on)}"
    for note in found.call_notes:
        yield f"Gesprek {note.started_at:%d-%m-%Y}: {note.text}"
    for operation, changes in found.history:
        changed = count(len(changes), "wijziging", "wijzigingen")
        yield f"{operation.at:%d-%m-%Y %H:%M} {operation.by}: {operation.label} ({changed})"


def letters(written: Written, plan: LetterPlan, mails: MailDrafts | None) -> Iterator[str]:
    """Yield the letters that were made and who got none; `mails` when drafts of e-mails were asked for."""
    yield f"{count(len(written.letters), 'brief', 'brieven')} gemaakt."
    yield from (f"  {path}" for path in written.files)
    if written.print_file:
        yield f"Alles in één bestand: {written.print_file}"
    if mails:
        yield f"{count(len(mails.files), 'e-mailconcept', 'e-mailconcepten')} gemaakt."
        yield from (f"Geen bruikbaar e-mailadres: {name}" for _key, name in mails.without_address)
    yield from written.notes
    yield from (f"Overgeslagen: {item.name} — {item.why}" for item in plan.skipped)


def taken_back(taken: TakenBack) -> Iterator[str]:
    """Yield what was taken back and what was not."""
    yield f"Ongedaan gemaakt: {taken.label}"
    if taken.kept:
        what = "1 gegeven bleef" if len(taken.kept) == 1 else f"{number(len(taken.kept))} gegevens bleven"
        yield f"{what} staan, omdat er later op is voortgebouwd, bijvoorbeeld met een brief:"
        yield from (f"  {': '.join(filter(None, (found.name, found.what)))}" for found in taken.kept)


def checked(results: Iterable[CheckResult]) -> Iterator[str]:
    """Yield one line per thing that was checked."""
    return (f"{item.what}: {item.problem or 'in orde'}" for item in results)
