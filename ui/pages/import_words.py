"""What the import says about a file: facts, notes, results and the words on its buttons."""

from datetime import datetime

from app.base.clock import AMSTERDAM
from app.base.formatting import count, euro, join_words, long_date, number, short_date
from app.services.check_import import ImportCheck
from app.services.first_look import FirstLook
from app.services.import_register import Outcome, Question

INTRODUCTION = "Leveranciers, bedragen en certificaten uit een spreadsheet van Financiën of PSO"
NOTHING_NEW = "Alles stond er al. Er is niets veranderd."
CHANGED_SINCE = "Het register was intussen veranderd. Het bestand wordt opnieuw vergeleken; kijk het nog eens na."
TAKEN_BACK = "De laatste keuze is teruggenomen. Er is nog niets opgeslagen."
PASTE_ANEW = "Ga daarheen met Stap terug; daar begint u opnieuw."
NOT_COMPARED = "Gestopt. De rijen zijn nog niet opnieuw vergeleken: dat gebeurt bij de volgende keuze, of met F5."
_NOT_STORED = "Er is nog niets opgeslagen."
_LONGEST_NAME = 40
_LONGEST_NOTES = 700
_FILE, _COLUMNS = 0, 1
ENCODINGS = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16", "cp850": "DOS (cp850)"}
DELIMITERS = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "streep |"}


def facts(check: ImportCheck | None, look: FirstLook | None, *, is_reading: bool) -> str:
    """Return where the table was found and how much stands in it."""
    if check is None and look is not None:
        return f"{_place(look.sheet, look.header_row)} · dit zijn de eerste rijen, de rest wordt nog gelezen …"
    if check is None:
        return "Het bestand wordt gelezen …" if is_reading else ""
    plan = check.preview.plan
    parts = [_place(plan.sheet, plan.header_row), count(len(plan.rows), "rij", "rijen")]
    if plan.new.suppliers:
        # Several rows may be about one supplier.
        parts.append(count(len(plan.new.suppliers), "nieuwe leverancier", "nieuwe leveranciers"))
    if plan.amount_cents:
        parts.append(f"samen {euro(plan.amount_cents)}")
    if is_reading:
        parts.append("wordt opnieuw gelezen …")
    return " · ".join(parts)


def _place(sheet: str | None, header_row: int | None) -> str:
    headings = f"koprij {number(header_row)}" if header_row else "zonder koprij"
    return f"Blad ‘{sheet[:40]}’ · {headings}" if sheet else headings.capitalize()


def notes(check: ImportCheck) -> str:
    """Return how the file was understood."""
    found = list(check.preview.plan.notes)
    batch = check.preview.read_as_in
    if batch:
        day = long_date(batch.imported_at.astimezone(AMSTERDAM).date())
        found.insert(0, f"De kolommen worden gelezen zoals bij ‘{batch.file_name[:60]}’ van {day}.")
    told = " ".join(found)
    return told if len(told) <= _LONGEST_NOTES else f"{told[:_LONGEST_NOTES]}…"


def open_questions(left: int) -> str:
    """Return how many questions are still to be answered."""
    return f"Nog {count(left, 'vraag', 'vragen')} over dit bestand"


def question(asked: Question) -> str:
    """Return a question with the column that it is about."""
    return f"Kolom ‘{asked.column[:60]}’: {asked.text}" if asked.column else asked.text


def pasted_name(now: datetime) -> str:
    """Return what a pasted table is called."""
    local = now.astimezone(AMSTERDAM)
    return f"Geplakt {short_date(local.date())} {local:%H}u{local:%M}"


def rows_forgotten(chosen: int) -> str:
    """Return what happened to choices about the rows of a file that was changed outside."""
    what = count(chosen, "keuze of verbetering", "keuzes en verbeteringen")
    return f"Het bestand is veranderd. {what} per rij {'is' if chosen == 1 else 'zijn'} vervallen: kijk de rijen na."


def may_forget(name: str, chosen: int) -> str:
    """Return what is lost when a file is let go."""
    what = count(chosen, "keuze of verbetering", "keuzes en verbeteringen")
    return f"Bij {short_name(name)} heeft u {what} gemaakt. Die {'is' if chosen == 1 else 'zijn'} nog niet opgeslagen."


def foot(check: ImportCheck | None, *, step: int, can_write: bool, is_writing: bool, left: int, undecided: int) -> str:
    """Return what to know before the next step; `left` questions and `undecided` rows are still open."""
    if is_writing:
        return "Wordt opgeslagen … U kunt intussen verder werken. Stoppen laat niets half achter."
    if not can_write:
        return "Dit register is alleen te lezen: nakijken kan, importeren niet."
    if step == _FILE:
        return ""
    if check is None:
        return _NOT_STORED
    if left:
        where = "." if step == _COLUMNS else " onder Kolommen."
        return f"{_NOT_STORED} Beantwoord eerst nog {count(left, 'vraag', 'vragen')}{where}"
    if step == _COLUMNS:
        return f"{_NOT_STORED} Kies per kolom wat erin staat."
    if undecided:
        return f"{_NOT_STORED} {_left_out_words(undecided)}"
    if not changes_something(check):
        return _nothing_to_do(check)
    return f"{_NOT_STORED} Een import is later in één keer terug te draaien."


def changes_something(check: ImportCheck) -> bool:
    """Whether importing would change the register."""
    plan = check.preview.plan
    return bool(len(plan.new) or len(plan.changed))


def has_left_out(check: ImportCheck) -> bool:
    """Whether rows are left out."""
    plan = check.preview.plan
    return bool(plan.error_rows or plan.maybe_rows or plan.skipped_rows)


def import_verb(check: ImportCheck) -> str:
    """Return what the button says: how many rows go in."""
    plan = check.preview.plan
    if not changes_something(check):
        return "Niets te importeren"
    if not plan.new_rows + plan.updated_rows:
        # The certificates were there; that they still stand on the list was not.
        return f"{_checks(check)} vastleggen"
    return f"{count(plan.new_rows + plan.updated_rows, 'rij', 'rijen')} importeren"


def result(check: ImportCheck) -> str:
    """Return what an import did."""
    plan = check.preview.plan
    counts = (
        (plan.new_rows, Outcome.NEW),
        (plan.updated_rows, Outcome.UPDATED),
        (plan.unchanged_rows, Outcome.UNCHANGED),
    )
    told = join_words([f"{number(rows)} {outcome.label}" for rows, outcome in counts if rows])
    told += f" ({_checks(check)} vastgelegd)" if plan.new.verifications else ""
    return f"{check.preview.file_name[:60]} is geïmporteerd: {told}."


def left_out(check: ImportCheck) -> str:
    """Return which rows an import left; "" when it left none."""
    plan = check.preview.plan
    parts = [
        count(rows, *nouns)
        for rows, nouns in (
            (plan.error_rows, ("foute rij", "foute rijen")),
            (plan.maybe_rows, ("twijfelachtige rij", "twijfelachtige rijen")),
            (plan.skipped_rows, ("overgeslagen rij", "overgeslagen rijen")),
        )
        if rows
    ]
    return f"Niet overgenomen: {join_words(parts)}." if parts else ""


def _left_out_words(undecided: int) -> str:
    verb = "wordt" if undecided == 1 else "worden"
    return f"{count(undecided, 'rij', 'rijen')} zonder keuze {verb} niet overgenomen."


def short_name(name: str) -> str:
    """Return the name of a file as it fits on a button."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _checks(check: ImportCheck) -> str:
    return count(len(check.preview.plan.new.verifications), "controle", "controles")


def _nothing_to_do(check: ImportCheck) -> str:
    if check.preview.plan.unchanged_rows:
        return "Alles wat goed is, stond er al. Er valt niets te importeren."
    return "Er is geen rij die in het register kan. Verbeter het bestand en lees het opnieuw (F5)."
