"""The command line: every job without a window.

Texts go to stdout, with `--json` as JSON; messages in Dutch to stderr. Exit 0 done, 1 could not, 2 wrong usage.
"""

import argparse
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from app import bootstrap
from app.base import logs
from app.base.errors import AppError
from app.base.formatting import count, euro, number, short_date
from app.base.paths import PROGRAM, log_folder
from app.base.plain import as_json, plain
from app.domain.rows import LookUpHit
from app.domain.verdict import Status
from app.services import check_register, import_register, undo
from app.services.import_register import CellFault, ImportPlan, Outcome
from app.services.judge_suppliers import Judged, judge_suppliers
from app.services.look_up import look_up
from app.services.plan_letters import LetterPlan, plan_letters
from app.services.show_supplier import Dossier, find_supplier_id, show_supplier
from app.services.write_letters import Written, write_letters

_log = logging.getLogger(__name__)

DONE, COULD_NOT, WRONG_USAGE = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    logs.write_to(log_folder())
    try:
        arguments = _parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or DONE)
    try:
        result: int = arguments.run(arguments)
    except AppError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("Gestopt. Er is niets half opgeslagen.")
    except BrokenPipeError:
        return DONE
    except Exception:  # noqa: BLE001 - the user gets a sentence, the log gets the error
        _log.exception("unexpected error in %s", arguments.command)
        return _fail(
            "Er ging iets mis in het programma zelf. Het register is niet half gewijzigd. "
            f"Stuur het logboek in {log_folder()} naar de beheerder."
        )
    return result


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return COULD_NOT


def _say(message: str) -> None:
    print(message, file=sys.stderr)


def _init(arguments: argparse.Namespace) -> int:
    bootstrap.make_register(arguments.file).close()
    print(f"Leeg register gemaakt: {arguments.file}")
    return DONE


def _demo(arguments: argparse.Namespace) -> int:
    with closing(bootstrap.make_example(arguments.file, today=arguments.on, extra=arguments.suppliers)) as register:
        suppliers = register.suppliers.list_all()
    print(f"Voorbeeldregister gemaakt met {count(len(suppliers), 'leverancier', 'leveranciers')}: {arguments.file}")
    return DONE


def _import(arguments: argparse.Namespace) -> int:
    with closing(bootstrap.open_register(arguments.register, to_write=not arguments.preview)) as register:
        planned = import_register.plan(register, arguments.path, mapping=dict(arguments.map), year=arguments.year)
        if not arguments.preview:
            import_register.commit(register, arguments.path, planned)
    _show(
        arguments,
        lambda: _import_json(planned, not arguments.preview),
        lambda: _import_text(planned, arguments.preview),
    )
    return DONE


def _import_json(planned: ImportPlan, is_committed: bool) -> dict[str, Any]:
    return {
        "sheet": planned.sheet,
        "header_row": planned.header_row,
        "encoding": planned.encoding,
        "delimiter": planned.delimiter,
        "columns": planned.columns,
        "new": planned.new_rows,
        "updated": planned.updated_rows,
        "unchanged": planned.unchanged_rows,
        "maybe": planned.maybe_rows,
        "errors": [_fault(fault) for fault in planned.faults],
        "skipped": _left_out(planned, Outcome.SKIPPED),
        "committed": is_committed,
        "doubts": _left_out(planned, Outcome.MAYBE),
        "warnings": [_fault(fault) for fault in planned.warnings],
        "notes": planned.notes,
        "rows": len(planned.rows),
        "amount_cents": planned.amount_cents,
    }


def _left_out(planned: ImportPlan, outcome: Outcome) -> list[dict[str, Any]]:
    return [{"row": row.row, "why": row.why} for row in planned.rows if row.outcome is outcome]


def _fault(fault: CellFault) -> dict[str, Any]:
    return {"row": fault.row, "column": fault.column, "value": fault.value, "message": fault.message}


def _import_text(planned: ImportPlan, is_preview: bool) -> Iterator[str]:
    where = f"blad {planned.sheet}" if planned.sheet else f"{planned.encoding}, scheidingsteken {planned.delimiter!r}"
    yield f"Gelezen: {where}, koprij {planned.header_row}, {count(len(planned.rows), 'rij', 'rijen')}."
    yield "Kolommen:"
    yield from (f"  {heading}  →  {field or '(niet gebruikt)'}" for heading, field in planned.columns.items())
    yield " · ".join(f"{outcome.label} {number(planned.count(outcome))}" for outcome in Outcome)
    yield from planned.notes
    for outcome in (Outcome.MAYBE, Outcome.SKIPPED):
        rows = _left_out(planned, outcome)
        yield from (f"Rij {row['row']}, {outcome.label}: {row['why']}" for row in rows)
    for title, faults in (("fout", planned.faults), ("let op", planned.warnings)):
        yield from (f"Rij {f.row}, {title}, kolom {f.column}, waarde ‘{f.value}’: {f.message}" for f in faults)
    if is_preview:
        yield "Er is nog niets opgeslagen: dit is een voorbeeld."
    else:
        total = euro(planned.amount_cents, with_cents=True)
        yield f"Opgeslagen, samen {total}. Terugdraaien kan met: tredewijzer undo"


def _judge(arguments: argparse.Namespace) -> int:
    with closing(bootstrap.open_register(arguments.register, to_write=False)) as register:
        judged = judge_suppliers(register, on=arguments.on or register.clock.today())
    _show(arguments, lambda: [_judged_json(item) for item in judged], lambda: _judged_text(judged))
    return DONE


def _judged_json(item: Judged) -> dict[str, Any]:
    verdict = item.verdict
    return {
        "id": verdict.supplier_id,
        "name": verdict.name,
        "kvk": verdict.kvk,
        "status": verdict.status,
        "reason": verdict.reason,
        "required": verdict.required,
        "held": verdict.held,
        "valid_to": verdict.valid_to,
        "amount_cents": verdict.amount_cents,
        "explanation": item.explanation,
        "rule": verdict.rule_code,
        "threshold_cents": verdict.threshold_cents,
        "headroom_cents": verdict.headroom_cents,
        "amount_source": verdict.amount_source,
        "amount_year": verdict.amount_year,
        "certificate_id": verdict.certificate_id,
        "until": verdict.until,
    }


def _judged_text(judged: Sequence[Judged]) -> Iterator[str]:
    for item in judged:
        verdict = item.verdict
        reason = f" — {verdict.reason.label}" if verdict.reason else ""
        yield f"{verdict.name}\n  {verdict.status.label}{reason}\n  {item.explanation}"
    yield ""
    counts = Counter(item.verdict.status for item in judged)
    yield from (f"{number(counts[status]):>8}  {status.label}" for status in Status if counts[status])


def _lookup(arguments: argparse.Namespace) -> int:
    with closing(bootstrap.open_register(arguments.register, to_write=False)) as register:
        hits = look_up(register, arguments.text, on=register.clock.today(), limit=arguments.limit)
    _show(arguments, lambda: [_hit_json(hit) for hit in hits], lambda: map(_hit_text, hits))
    if not hits:
        _say(f"Niets gevonden voor ‘{arguments.text}’. Probeer een deel van de naam, de plaats of het nummer.")
    return DONE


def _hit_json(hit: LookUpHit) -> dict[str, Any]:
    return {
        "id": hit.supplier_id,
        "name": hit.name,
        "kvk": hit.kvk,
        "city": hit.city,
        "phone": hit.phone,
        "status": hit.status,
        "matched": hit.matched,
    }


def _hit_text(hit: LookUpHit) -> str:
    return (
        f"{hit.name} · {hit.city or 'plaats onbekend'} · {hit.phone or 'geen telefoon'} · KvK {hit.kvk or '?'} · "
        f"{hit.status.label} (gevonden op {hit.matched})"
    )


def _show_supplier(arguments: argparse.Namespace) -> int:
    with closing(bootstrap.open_register(arguments.register, to_write=False)) as register:
        dossier = show_supplier(register, find_supplier_id(register, arguments.key), on=register.clock.today())
    _show(arguments, lambda: _dossier_json(dossier), lambda: _dossier_text(dossier))
    return DONE


def _dossier_json(dossier: Dossier) -> dict[str, Any]:
    parts = plain(dossier)
    history = [{**operation, "changes": changes} for operation, changes in parts.pop("history")]
    judgement = _judged_json(dossier.judged)
    del parts["judged"]
    return {**parts.pop("supplier"), "status": judgement["status"], "judgement": judgement, **parts, "history": history}


def _dossier_text(dossier: Dossier) -> Iterator[str]:
    supplier, verdict = dossier.supplier, dossier.judged.verdict
    address = supplier.visiting
    yield supplier.name
    yield f"KvK {supplier.kvk or '?'} · {address.street} {address.house_number} · {address.postcode} {address.city}"
    yield f"{verdict.status.label}: {dossier.judged.explanation}"
    for contract in dossier.contracts:
        yield f"Contract {contract.number} {contract.title} ({contract.pso_basis})"
    for amount in dossier.amounts:
        yield f"Bedrag {amount.year} {amount.kind}: {euro(amount.cents)} ({amount.source})"
    for certificate in dossier.certificates:
        until = short_date(certificate.valid_to) if certificate.valid_to else "onbekend"
        yield f"Certificaat {certificate.number} {certificate.level.label} t/m {until}, {certificate.status.label}"
    for letter in dossier.letters:
        yield f"Brief {letter.kenmerk} {letter.kind} van {short_date(letter.written_on)}"
    for note in dossier.call_notes:
        yield f"Gesprek {note.started_at:%d-%m-%Y}: {note.text}"
    for operation, changes in dossier.history:
        changed = count(len(changes), "wijziging", "wijzigingen")
        yield f"{operation.at:%d-%m-%Y %H:%M} {operation.by}: {operation.label} ({changed})"


def _letters(arguments: argparse.Namespace) -> int:
    with closing(bootstrap.open_register(arguments.register, to_write=True)) as register:
        on = arguments.on or register.clock.today()
        plan = plan_letters(register, on=on)
        written = write_letters(register, plan.proposals, on=on, folder=arguments.out, print_file=arguments.single)
    _show(
        arguments,
        lambda: {
            "written": len(written.letters),
            "files": [str(path) for path in written.files],
            "skipped": [{"id": item.supplier_id, "name": item.name, "why": item.why} for item in plan.skipped],
            "notes": written.notes,
            "single": None if written.print_file is None else str(written.print_file),
        },
        lambda: _letters_text(written, plan),
    )
    return DONE


def _letters_text(written: Written, plan: LetterPlan) -> Iterator[str]:
    yield f"{count(len(written.letters), 'brief', 'brieven')} gemaakt."
    yield from (f"  {path}" for path in written.files)
    if written.print_file:
        yield f"Alles in één bestand: {written.print_file}"
    yield from written.notes
    yield from (f"Overgeslagen: {item.name} — {item.why}" for item in plan.skipped)


def _undo(arguments: argparse.Namespace) -> int:
    with closing(bootstrap.open_register(arguments.register, to_write=True)) as register:
        taken = undo.undo_last(register)
    _show(arguments, lambda: taken, lambda: _undo_text(taken))
    return DONE


def _undo_text(taken: undo.TakenBack) -> Iterator[str]:
    yield f"Ongedaan gemaakt: {taken.label}"
    if taken.kept:
        yield f"{count(taken.kept, 'wijziging', 'wijzigingen')} bleef staan, omdat er later op is verder gewerkt."


def _check(arguments: argparse.Namespace) -> int:
    with closing(bootstrap.open_register(arguments.register, to_write=False)) as register:
        results = check_register.check_register(register)
    _show(
        arguments,
        lambda: [{"what": item.what, "problem": item.problem or None} for item in results],
        lambda: (f"{item.what}: {item.problem or 'in orde'}" for item in results),
    )
    if any(item.problem for item in results):
        _say("Het register is niet in orde. Maak een kopie en zet een reservekopie terug.")
        return COULD_NOT
    return DONE


def _show(arguments: argparse.Namespace, data: Callable[[], Any], lines: Callable[[], Iterator[str] | Any]) -> None:
    if arguments.json:
        print(as_json(data()))
    else:
        for line in lines():
            print(line)


class _Parser(argparse.ArgumentParser):
    """Says in Dutch what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and leave with exit code 2."""
        self.print_usage(sys.stderr)
        _say(f"Zo werkt dit commando niet ({message}). Typ: {self.prog} --help")
        raise SystemExit(WRONG_USAGE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=PROGRAM.lower(), description="Leveranciers, PSO-certificaten en brieven.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDO")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text, description=text)
        found.set_defaults(run=run, json=False)
        return found

    def on_register(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        found = command(name, run, text)
        found.add_argument("--register", type=Path, required=True, metavar="BESTAND", help="het register")
        found.add_argument("--json", action="store_true", help="uitvoer voor andere programma's")
        return found

    made = command("init", _init, "maakt een leeg register")
    made.add_argument("file", type=Path, metavar="BESTAND")
    made = command("demo", _demo, "maakt een voorbeeldregister met verzonnen bedrijven")
    made.add_argument("file", type=Path, metavar="BESTAND")
    made.add_argument("--suppliers", type=_whole, default=0, metavar="N", help="zoveel verzonnen leveranciers erbij")
    made.add_argument("--on", type=_day, metavar="JJJJ-MM-DD", help="de dag die het voorbeeld als vandaag neemt")

    importing = on_register("import", _import, "leest een spreadsheet in")
    importing.add_argument("path", type=Path, metavar="BESTAND")
    importing.add_argument("--preview", action="store_true", help="laat alleen zien wat er zou gebeuren")
    importing.add_argument("--map", action="append", type=_mapping, default=[], metavar="Kolom=veld")
    importing.add_argument("--year", type=_whole, metavar="JAAR", help="het jaar van de bedragen")

    judging = on_register("judge", _judge, "beoordeelt alle leveranciers")
    judging.add_argument("--on", type=_day, metavar="JJJJ-MM-DD", help="de dag van het oordeel")

    looking = on_register("lookup", _lookup, "zoekt een leverancier op naam, plaats, nummer, telefoon of kenmerk")
    looking.add_argument("text", metavar="TEKST")
    looking.add_argument("--limit", type=_whole, default=20, metavar="N")

    on_register("show", _show_supplier, "toont alles van een leverancier").add_argument("key", metavar="NUMMER|KVK")

    writing = on_register("letters", _letters, "maakt brieven voor wie niet voldoet")
    writing.add_argument("--out", type=Path, required=True, metavar="MAP", help="map voor één pdf per leverancier")
    writing.add_argument("--single", type=Path, metavar="BESTAND", help="ook één pdf met alle brieven")
    writing.add_argument("--on", type=_day, metavar="JJJJ-MM-DD", help="de datum van de brief")

    on_register("undo", _undo, "maakt de laatste handeling ongedaan")
    on_register("check", _check, "controleert het register")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"‘{text}’ is geen datum zoals 2026-11-23") from None


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"‘{text}’ is geen geheel getal")
    return int(text)


def _mapping(text: str) -> tuple[str, str | None]:
    heading, sign, field = text.rpartition("=")
    if not sign or not heading:
        raise argparse.ArgumentTypeError(f"‘{text}’ is niet Kolom=veld")
    return heading.strip(), field.strip() or None
