"""The commands and their arguments."""

import argparse
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NoReturn

from app.base.paths import PROGRAM
from app.cli import commands
from app.cli.dutch import speak_dutch

_LAST_YEAR = 2200


class _Parser(argparse.ArgumentParser):
    """Says in Dutch what is wrong with a command."""

    def error(self, message: str) -> NoReturn:
        """Print the usage and leave with exit code 2."""
        self.print_usage(sys.stderr)
        print(f"Zo werkt dit commando niet ({message}). Typ: {self.prog} --help", file=sys.stderr)
        raise SystemExit(commands.WRONG_USAGE)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser; each command sets `run` to its function in `commands`."""
    speak_dutch()
    parser = _Parser(prog=PROGRAM.lower(), description="Leveranciers, PSO-certificaten en brieven.")
    names = parser.add_subparsers(dest="command", required=True, metavar="COMMANDO")

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        found = names.add_parser(name, help=text, description=text)
        found.set_defaults(run=run, json=False)
        return found

    def on_register(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        found = command(name, run, text)
        found.add_argument("--register", type=Path, required=True, metavar="BESTAND", help="het register")
        found.add_argument("--json", action="store_true", help="uitvoer voor andere programma's")
        return found

    made = command("init", commands.run_init, "maakt een leeg register")
    made.add_argument("file", type=Path, metavar="BESTAND")
    made = command("demo", commands.run_demo, "maakt een voorbeeldregister met verzonnen bedrijven")
    made.add_argument("file", type=Path, metavar="BESTAND")
    made.add_argument("--suppliers", type=_whole, default=0, metavar="N", help="zoveel verzonnen leveranciers erbij")
    made.add_argument("--on", type=_day, metavar="JJJJ-MM-DD", help="de dag die het voorbeeld als vandaag neemt")

    importing = on_register("import", commands.run_import, "leest een spreadsheet in")
    importing.add_argument("path", type=Path, metavar="BESTAND")
    importing.add_argument("--preview", action="store_true", help="laat alleen zien wat er zou gebeuren")
    importing.add_argument("--map", action="append", type=_mapping, default=[], metavar="Kolom=veld")
    importing.add_argument("--year", type=_whole, metavar="JAAR", help="het jaar van de bedragen")
    importing.add_argument("--sheet", metavar="BLAD", help="het blad van de werkmap")
    importing.add_argument(
        "--answer",
        action="append",
        type=_answer,
        default=[],
        metavar="VRAAG=ANTWOORD",
        help="uit het voorbeeld",
    )

    judging = on_register("judge", commands.run_judge, "beoordeelt alle leveranciers")
    judging.add_argument("--on", type=_day, metavar="JJJJ-MM-DD", help="de dag van het oordeel")

    looking = on_register(
        "lookup", commands.run_lookup, "zoekt een leverancier op naam, plaats, nummer, telefoon of kenmerk"
    )
    looking.add_argument("text", metavar="TEKST")
    looking.add_argument("--limit", type=_at_least_one, default=20, metavar="N")

    on_register("show", commands.run_show, "toont alles van een leverancier").add_argument("key", metavar="NUMMER|KVK")

    working = on_register("work", commands.run_work, "toont wat er te doen is, het grootste bedrag eerst")
    working.add_argument("--on", type=_day, metavar="JJJJ-MM-DD", help="de dag waarvan u de lijst wilt zien")

    writing = on_register("letters", commands.run_letters, "maakt brieven voor wie niet voldoet")
    writing.add_argument("--out", type=Path, required=True, metavar="MAP", help="map voor één pdf per leverancier")
    writing.add_argument("--single", type=Path, metavar="BESTAND", help="ook één pdf met alle brieven")
    writing.add_argument("--mail", type=Path, metavar="MAP", help="ook een e-mailconcept per brief, in deze map")
    writing.add_argument("--on", type=_day, metavar="JJJJ-MM-DD", help="de datum van de brief")

    on_register("undo", commands.run_undo, "maakt de laatste handeling ongedaan")
    on_register("check", commands.run_check, "controleert het register")
    return parser


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"‘{text}’ is geen datum zoals 2026-11-23") from None
    if day.year > _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"‘{text}’ ligt na het jaar {_LAST_YEAR}")
    return day


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"‘{text}’ is geen geheel getal")
    return int(text)


def _at_least_one(text: str) -> int:
    if _whole(text) == 0:
        raise argparse.ArgumentTypeError("het moet er minstens 1 zijn")
    return _whole(text)


def _answer(text: str) -> tuple[str, str]:
    question, sign, answer = text.rpartition("=")
    if not sign or ":" not in question:
        raise argparse.ArgumentTypeError(f"‘{text}’ is niet VRAAG=ANTWOORD, zoals vat:=21")
    return question, answer


def _mapping(text: str) -> tuple[str, str | None]:
    heading, sign, field = text.rpartition("=")
    if not sign or not heading:
        raise argparse.ArgumentTypeError(f"‘{text}’ is niet Kolom=veld")
    return heading.strip(), field.strip() or None
