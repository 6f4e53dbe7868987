"""The table of all suppliers as a file that comes back unchanged, or with what was changed in it.

What follows from the rest of the register says so in its heading, and an import leaves it alone; the other columns,
and the register number that tells which supplier a row is, are read back.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.base.formatting import short_date
from app.base.progress import Progress
from app.domain.rows import SupplierRow
from app.reports.table import ReportTable
from app.services.export_table import (
    DERIVED,
    NUMBERS,
    REGISTER_ID,
    STATUS_COLOURS,
    Cell,
    Kind,
    Listed,
    TableColumn,
    about_row,
    about_supplier,
    list_suppliers_of,
    write_table,
)
from app.storage.register import Register


def export_suppliers(
    register: Register,
    rows: Sequence[SupplierRow],
    path: Path,
    *,
    on: date,
    shown: Collection[str] = (),
    progress: Progress | None = None,
) -> None:
    """Write rows as they were judged on a day to an .xlsx or .csv file, whole or not at all.

    `shown` are the columns of the screen in its order, by their keys; those left out follow. Raises `FileError` and
    `Cancelled`.
    """
    columns = _columns(on)
    order = [*(key for key in shown if key in columns), *(key for key in columns if key not in shown)]
    table = ReportTable(
        title=f"Leveranciers {short_date(on)}",
        columns=(*(column for key in order for column in columns[key]), *_BESIDE),
        rows=list_suppliers_of(register, rows, lambda row: row.supplier_id),
        length=len(rows),
        held=1,
    )
    write_table(table, path, progress)


def _columns(on: date) -> dict[str, tuple[TableColumn[Listed], ...]]:
    """Return the columns of a file by that of the screen which they stand for."""

    def derived(heading: str, kind: Kind, width: int, of: Callable[[SupplierRow], Cell]) -> TableColumn[Listed]:
        return about_row(TableColumn(heading + DERIVED, kind, width, of))

    status = derived("Status", "text", 20, lambda row: row.status.label)
    return {
        "name": (about_supplier("Leverancier", "name", 36),),
        "city": (about_supplier("Plaats", "city", 18),),
        "status": (
            replace(status, colours=lambda listed: STATUS_COLOURS[listed.row.status]),
            derived("Reden", "text", 28, lambda row: row.reason.label if row.reason else ""),
        ),
        "required": (derived("Vereist", "text", 12, lambda row: row.required.label if row.required else ""),),
        "held": (derived("Heeft", "text", 20, _held),),
        "valid_to": (derived("Geldig t/m", "date", 13, lambda row: row.valid_to),),
        "amount": (
            derived(f"Opdrachten {on.year} excl. btw", "money", 18, lambda row: row.amount_cents),
            # Where nothing is known of this year yet, the amount of an earlier one counts.
            derived("Bedrag is van", "number", 12, lambda row: row.amount_year),
        ),
        "next": (derived("Volgende stap", "text", 40, lambda row: row.next_step),),
    }


def _held(row: SupplierRow) -> str:
    held = row.held.label if row.held else ""
    return f"{held} (niet gecontroleerd)" if held and row.is_unverified else held


_BESIDE = (
    *NUMBERS,
    about_supplier("Categorie", "category", 20),
    about_supplier("Ketenpartner", "key_partner", 13),
    about_supplier("Btw-nummer", "btw_id", 17),
    about_supplier("Straat", "street", 26),
    about_supplier("Huisnummer", "house_number", 12),
    about_supplier("Postcode", "postcode", 10),
    about_supplier("Land", "country", 12),
    about_supplier("Postadres straat", "postal_street", 22),
    about_supplier("Postadres huisnummer", "postal_house_number", 12),
    about_supplier("Postadres postcode", "postal_postcode", 10),
    about_supplier("Postadres plaats", "postal_city", 18),
    about_supplier("Telefoon", "phone", 26),
    about_supplier("E-mail", "email", 30),
    REGISTER_ID,
)
