"""What `--json` prints: the shapes that scripts rely on."""

from typing import Any

from app.base.plain import plain
from app.domain.rows import LookUpHit
from app.domain.work import WorkItem
from app.services.import_register import CellFault, ImportPlan, Outcome
from app.services.judge_suppliers import Judged
from app.services.mail_drafts import MailDrafts
from app.services.proposals import LetterPlan
from app.services.show_supplier import Dossier
from app.services.write_letters import Written


def imported(planned: ImportPlan, *, is_committed: bool) -> dict[str, Any]:
    """Return what an import did, or would do."""
    return {
        "sheet": planned.sheet,
        "header_row": planned.header_row,
        "encoding": planned.table.encoding,
        "delimiter": planned.table.delimiter,
        "columns": planned.columns,
        "new": planned.new_rows,
        "updated": planned.updated_rows,
        "unchanged": planned.unchanged_rows,
        "maybe": planned.maybe_rows,
        "errors": [_fault(fault) for fault in planned.faults],
        "skipped": left_out(planned, Outcome.SKIPPED),
        "committed": is_committed,
        "doubts": left_out(planned, Outcome.MAYBE),
        "warnings": [_fault(fault) for fault in planned.warnings],
        "notes": planned.notes,
        "questions": [
            {
                "key": found.key,
                "question": found.text,
                "answer": found.answer,
                "is_open": found.is_open,
                "options": {option.value: option.label for option in found.options},
            }
            for found in planned.questions
        ],
        "absent": [
            {"supplier_id": found.supplier_id, "name": found.name, "what": found.what} for found in planned.absent
        ],
        "rows": len(planned.rows),
        "amount_cents": planned.amount_cents,
    }


def left_out(planned: ImportPlan, outcome: Outcome) -> list[dict[str, Any]]:
    """Return the rows with that outcome, and why."""
    return [{"row": row.row, "why": row.why} for row in planned.rows if row.outcome is outcome]


def _fault(fault: CellFault) -> dict[str, Any]:
    return {"row": fault.row, "column": fault.column, "value": fault.value, "message": fault.message}


def judged(item: Judged) -> dict[str, Any]:
    """Return one verdict with its explanation."""
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


def hit(hit: LookUpHit) -> dict[str, Any]:
    """Return one supplier that a look-up found."""
    match = hit.match
    return {
        "id": match.supplier_id,
        "name": match.name,
        "kvk": match.kvk,
        "city": match.city,
        "phone": match.phone,
        "status": hit.status,
        "is_ended": match.is_ended,
        "matched": match.matched,
        "matched_text": match.matched_text,
        "letter_id": match.letter_id or None,
    }


def work(item: WorkItem) -> dict[str, Any]:
    """Return one line of the work list; `set_aside` is null while it is open."""
    aside = item.aside and {"how": item.aside.how, "reason": item.aside.reason, "until": item.aside.until_on}
    return {
        "supplier_id": item.supplier_id,
        "name": item.name,
        "kind": item.kind,
        "within_days": item.within,
        "day": item.day,
        "days_left": item.days_left,
        "what": item.words,
        "about": item.about,
        "amount_cents": item.cents,
        "status": item.status,
        "cause": item.cause,
        "set_aside": aside,
    }


def dossier(found: Dossier) -> dict[str, Any]:
    """Return everything about one supplier."""
    parts = plain(found)
    history = [{**operation, "changes": changes} for operation, changes in parts.pop("history")]
    judgement = judged(found.judged) | {"advice": found.judged.advice}
    del parts["judged"]
    return {**parts.pop("supplier"), "status": judgement["status"], "judgement": judgement, **parts, "history": history}


def letters(written: Written, plan: LetterPlan, mails: MailDrafts | None) -> dict[str, Any]:
    """Return the letters that were made and who got none; `mails` when drafts of e-mails were asked for."""
    return {
        "written": len(written.letters),
        "files": [str(path) for path in written.files],
        "skipped": [{"id": item.supplier_id, "name": item.name, "why": item.why} for item in plan.skipped],
        "notes": written.notes,
        "single": None if written.print_file is None else str(written.print_file),
        "mails": [str(path) for path in mails.files] if mails else [],
        "without_email": [{"id": key, "name": name} for key, name in mails.without_address] if mails else [],
    }
