"""How the work list reads: its chips, its columns, and how late something is."""

from datetime import date

from app.base.formatting import day_month, euro
from app.domain.names import fold, sort_key
from app.domain.verdict import Status
from app.domain.work import TERMS, WorkItem, WorkKind
from ui.models.row_table_model import Cell, Column, Fact

# In the order of what is most pressing.
KINDS = (
    (WorkKind.REPLY_OVERDUE.value, "Geen reactie"),
    ("post", "Post"),
    (WorkKind.PROMISE_DUE.value, "Toezegging"),
    (WorkKind.TASK_DUE.value, "Taak"),
    (WorkKind.EXPIRED.value, "Verlopen"),
    (WorkKind.AMOUNT_UNKNOWN.value, "Bedrag"),
    (WorkKind.UNVERIFIED.value, "Controle"),
    (WorkKind.LOOSE_CALL.value, "Gesprek"),
)
# What the button that ends a line says; a letter without an answer is followed by the next one, which has its own.
ENDINGS = {
    WorkKind.PROMISE_DUE: "Nagekomen",
    WorkKind.TASK_DUE: "Taak klaar",
    WorkKind.CAME_BACK: "Adres invullen",
    WorkKind.CERTIFICATE_CAME: "Certificaat invoeren",
    WorkKind.ANSWERED: "Antwoord afgehandeld",
    WorkKind.EXPIRED: "Certificaat invoeren",
    WorkKind.EXPIRING: "Certificaat invoeren",
    WorkKind.AMOUNT_UNKNOWN: "Bedrag invullen",
    WorkKind.UNVERIFIED: "Controle vastleggen",
    WorkKind.LOOSE_CALL: "Geen leverancier nodig",
}
_POST = {WorkKind.CAME_BACK, WorkKind.CERTIFICATE_CAME, WorkKind.ANSWERED}
WITHIN = tuple((f"within_{term}", f"{term} dagen") for term in TERMS)


_SINCE = {WorkKind.EXPIRED: "verlopen", WorkKind.LOOSE_CALL: "geleden"}


def chip_of(item: WorkItem) -> str:
    """Return the chip that an item belongs to: its kind, what came in the post, or the term in which it expires."""
    if item.kind in _POST:
        return "post"
    return f"within_{item.within}" if item.within else item.kind.value


def when_words(item: WorkItem) -> str:
    """Return how late it is or how long it still has; until when, of what was set aside."""
    if item.aside:
        return f"t/m {day_month(item.aside.until_on)}"
    if item.days_left is None:
        return "—"
    if item.days_left == 0:
        return "vandaag"
    if item.days_left > 0:
        return f"nog {item.days_left} d"
    since = "geleden" if item.kind in _POST else _SINCE.get(item.kind, "te laat")
    return f"{-item.days_left} d {since}"


def status_words(item: WorkItem) -> str:
    """Return what the chip of its supplier says."""
    if item.status is None:
        return ""
    return item.reason.label if item.status is Status.NON_COMPLIANT and item.reason else item.status.label


def columns(year: int) -> list[Column]:
    """Return the columns of the list; what it is about gives way first."""
    return [
        Column("tick", "✓", 32, lambda _item: "", Cell.CHECK),
        Column("amount", amount_heading(year), 120, _amount_words, Cell.NUMBER,
               lambda i: -1 if i.cents is None else i.cents, fact=Fact("money", lambda i: i.cents, is_derived=True)),
        Column("name", "Leverancier", 0, lambda i: i.name, Cell.STRONG, lambda i: sort_key(i.name), least=200,
               fact=Fact("text", lambda i: i.name if i.supplier_id else "")),
        Column("todo", "Wat te doen", 188, _todo, Cell.TEXT, lambda i: fold(i.words)),
        Column("when", "Wanneer", 100, when_words, Cell.TEXT, lambda i: i.day or date.max,
               fact=Fact("date", lambda i: i.aside.until_on if i.aside else i.day)),
        Column("status", "Status", 164, status_words, Cell.STATUS, status_words, lambda i: i.status, yields=True),
        Column("about", "Waarover", 190, lambda i: i.about, Cell.MUTED, lambda i: fold(i.about), yields=True,
               fact=Fact("text", _about)),
    ]  # fmt: skip


def amount_heading(year: int) -> str:
    """Return the heading of the amounts, by which the page knows whether the year is still right."""
    return f"Opdrachten {year}"


def _about(item: WorkItem) -> str:
    """In a file who called is no supplier."""
    return item.about if item.supplier_id else f"{item.name}: {item.about}"


def _todo(item: WorkItem) -> str:
    return item.aside.reason if item.aside else item.words


def _amount_words(item: WorkItem) -> str:
    return "onbekend" if item.cents is None else euro(item.cents)
