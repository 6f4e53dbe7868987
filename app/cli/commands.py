"""What each command does: open the register, call a verb, show the result."""

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from app import bootstrap
from app.base.errors import FileError
from app.base.formatting import count
from app.base.plain import as_json
from app.cli import json_output, text_output
from app.services import Register, check_register, import_register, undo
from app.services.judge_suppliers import judge_suppliers
from app.services.look_up import look_up
from app.services.mail_drafts import MailDrafts, save_mail_drafts
from app.services.plan_letters import plan_letters
from app.services.show_supplier import find_supplier_id, show_supplier
from app.services.work_list import list_work
from app.services.write_letters import Written, write_letters

DONE, COULD_NOT, WRONG_USAGE = 0, 1, 2


def run_init(arguments: argparse.Namespace) -> int:
    """Make an empty register."""
    bootstrap.make_register(arguments.file).close()
    print(f"Leeg register gemaakt: {arguments.file}")
    return DONE


def run_demo(arguments: argparse.Namespace) -> int:
    """Make an example register."""
    with closing(bootstrap.make_example(arguments.file, today=arguments.on, extra=arguments.suppliers)) as register:
        suppliers = register.suppliers.list_all()
    print(f"Voorbeeldregister gemaakt met {count(len(suppliers), 'leverancier', 'leveranciers')}: {arguments.file}")
    return DONE


def run_import(arguments: argparse.Namespace) -> int:
    """Read a spreadsheet; with `--preview` write nothing."""
    with bootstrap.opened(arguments.register, to_write=not arguments.preview) as register:
        choices = import_register.Choices(
            sheet=arguments.sheet,
            mapping=dict(arguments.map),
            year=arguments.year,
            answers=dict(arguments.answer),
        )
        previewed = import_register.preview(register, arguments.path, choices=choices)
        is_open = any(question.is_open for question in previewed.plan.questions)
        is_preview = arguments.preview or is_open
        has_changed = not is_preview and import_register.commit(register, previewed)
    _show(
        arguments,
        lambda: json_output.imported(previewed.plan, is_committed=not is_preview),
        lambda: text_output.imported(previewed.plan, is_preview=is_preview, has_changed=has_changed),
    )
    if is_open and not arguments.preview:
        _say("Er is niets opgeslagen. Beantwoord eerst de vragen over dit bestand met --answer.")
        return COULD_NOT
    return DONE


def run_judge(arguments: argparse.Namespace) -> int:
    """Judge every supplier."""
    with bootstrap.opened(arguments.register, to_write=False) as register:
        judged = judge_suppliers(register, on=arguments.on or register.clock.today())
    _show(arguments, lambda: [json_output.judged(item) for item in judged], lambda: text_output.judged(judged))
    return DONE


def run_lookup(arguments: argparse.Namespace) -> int:
    """Find suppliers by whatever a caller says."""
    with bootstrap.opened(arguments.register, to_write=False) as register:
        hits = look_up(register, arguments.text, on=register.clock.today(), limit=arguments.limit)
    _show(arguments, lambda: [json_output.hit(hit) for hit in hits], lambda: map(text_output.hit, hits))
    if not hits:
        _say(f"Niets gevonden voor ‘{arguments.text}’. Probeer een deel van de naam, de plaats of het nummer.")
    return DONE


def run_show(arguments: argparse.Namespace) -> int:
    """Show everything about one supplier."""
    with bootstrap.opened(arguments.register, to_write=False) as register:
        found = show_supplier(register, find_supplier_id(register, arguments.key), on=register.clock.today())
    _show(arguments, lambda: json_output.dossier(found), lambda: text_output.dossier(found))
    return DONE


def run_work(arguments: argparse.Namespace) -> int:
    """List what there is to do."""
    with bootstrap.opened(arguments.register, to_write=False) as register:
        items = list_work(register, on=arguments.on or register.clock.today())
    _show(arguments, lambda: [json_output.work(item) for item in items], lambda: text_output.work(items))
    return DONE


def run_letters(arguments: argparse.Namespace) -> int:
    """Write the letters that are due."""
    with bootstrap.opened(arguments.register, to_write=True) as register:
        on = arguments.on or register.clock.today()
        plan = plan_letters(register, on=on)
        due = tuple(found for found in plan.due if found.starts_ticked)
        written = write_letters(register, due, on=on, folder=arguments.out, print_file=arguments.single)
        mails = _save_mails(register, written, arguments.mail) if arguments.mail else None
    _show(
        arguments, lambda: json_output.letters(written, plan, mails), lambda: text_output.letters(written, plan, mails)
    )
    return DONE


def _save_mails(register: Register, written: Written, folder: Path) -> MailDrafts:
    try:
        return save_mail_drafts(register, [letter.id for letter in written.letters], folder)
    except FileError as error:
        raise FileError(
            f"{error.message} De brieven zijn wel gemaakt.",
            "Maak de concepten in het venster, bij Brieven in het archief.",
        ) from error


def run_undo(arguments: argparse.Namespace) -> int:
    """Take back the last operation."""
    with bootstrap.opened(arguments.register, to_write=True) as register:
        taken = undo.undo_last(register)
    _show(arguments, lambda: taken, lambda: text_output.taken_back(taken))
    return DONE


def run_check(arguments: argparse.Namespace) -> int:
    """Check the register."""
    with bootstrap.opened(arguments.register, to_write=False) as register:
        results = check_register.check_register(register)
    _show(
        arguments,
        lambda: [{"what": item.what, "problem": item.problem or None} for item in results],
        lambda: text_output.checked(results),
    )
    if any(item.problem for item in results):
        _say("Het register is niet in orde. Maak een kopie en zet een reservekopie terug.")
        return COULD_NOT
    return DONE


def _show(arguments: argparse.Namespace, data: Callable[[], Any], lines: Callable[[], Iterable[str]]) -> None:
    if arguments.json:
        print(as_json(data()))
        return
    for line in lines():
        print(line)


def _say(message: str) -> None:
    print(message, file=sys.stderr)
