"""A spreadsheet as Finance sends it, about the firms of the example register: known, changed, new, doubtful, faulty."""

from collections.abc import Sequence
from pathlib import Path

from app.domain.supplier import Supplier

HEADINGS = (
    "Crediteurnr",
    "Naam crediteur",
    "KVK",
    "PC+Plaats",
    "Telefoon",
    "Omzet excl. btw 2026",
    "Contract tm",
    "Inkoopgroep",
)
NEW = ("Nieuwkomer Daktuin B.V.", "Proefkeuken Montage", "Verzonnen Vloeren V.O.F.", "Testbaan Grondwerken B.V.")
# So often a firm has no number and a name with a slip in it.
_MISSPELT = 17


def write_spreadsheet(path: Path, suppliers: Sequence[Supplier]) -> None:
    """Write it; `suppliers` are those of the register."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Export")
        sheet.write(0, 0, "Crediteuren 2026")
        sheet.write(1, 0, "Afdeling Financiën, stand 20-11-2026")
        sheet.write_row(3, 0, HEADINGS)
        row = 4
        for place, supplier in enumerate(suppliers[:120]):
            known = supplier if place % 9 else None
            address = supplier.visiting
            is_misspelt = place % _MISSPELT == 3
            values = [
                "" if is_misspelt else supplier.own_number,
                _misspelt(supplier.name) if is_misspelt else supplier.name if place % 7 else supplier.name.upper(),
                known.kvk if known and not is_misspelt else "",
                f"{address.postcode} {address.city}",
                "" if is_misspelt else supplier.phone,
                21_000 + place * 3_517.5 if place % 40 else "n.t.b. door inkoop",
                f"01-{place % 12 + 1:02d}-2027",
                supplier.category,
            ]
            sheet.write_row(row, 0, values)
            row += 1
        for place, name in enumerate(NEW):
            values = [
                88_000 + place,
                name,
                f"0099990{place}",
                "6041 AB Roermond",
                "0475-550010",
                64_000 * place,
                "01-03-2027",
                "Bouw",
            ]
            sheet.write_row(row, 0, values)
            row += 1
        sheet.write_row(row, 0, ["", "Totaal", "", "", "", 1_000_000, "", ""])


def _misspelt(name: str) -> str:
    return name.replace("B.V.", "").strip().replace("e", "ee", 1)
