"""Is the register whole? The file, the letters, the index and the change log."""

from dataclasses import dataclass

from app.storage.register import Register


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One line per thing that was checked; `problem` is empty when it is right."""

    what: str
    problem: str = ""


def check_register(register: Register) -> tuple[CheckResult, ...]:
    """Check everything that the program promises about a register; changes nothing."""
    damaged = register.letters.damaged()
    index = register.look_up.differences()
    tables = register.unlogged_tables()
    return (
        CheckResult("Bestand", "; ".join(register.integrity_problems())),
        CheckResult("Brieven", f"De pdf klopt niet meer van: {', '.join(damaged)}" if damaged else ""),
        CheckResult("Zoeklijst", f"{index} leveranciers staan er niet goed in" if index else ""),
        CheckResult("Geschiedenis", f"Niet volledig voor: {', '.join(tables)}" if tables else ""),
    )
