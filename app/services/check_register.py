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
    problems = register.integrity_problems()
    if problems:
        # What lies in a damaged file cannot be trusted to be read.
        return (CheckResult("Bestand", "; ".join(problems)),)
    damaged = register.letters.damaged()
    has_paper = not register.documents.damaged()
    missing = register.letters.missing_numbers()
    index = register.look_up.differences()
    tables = register.unlogged_tables()
    return (
        CheckResult("Bestand"),
        CheckResult("Brieven", f"De pdf klopt niet meer van: {', '.join(damaged)}" if damaged else ""),
        CheckResult("Briefpapier", "" if has_paper else "Briefpapier, logo of handtekening is beschadigd"),
        CheckResult("Briefnummers", f"Er is geen brief met kenmerk: {', '.join(missing)}" if missing else ""),
        CheckResult("Zoeklijst", f"Op {index} plaatsen anders dan het register" if index else ""),
        CheckResult("Geschiedenis", f"Niet volledig voor: {', '.join(tables)}" if tables else ""),
    )
