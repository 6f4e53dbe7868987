"""Importing a spreadsheet, beside a bare upsert of the same rows into the same logged tables."""

import csv
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from app import bootstrap
from app.base.clock import SetClock
from app.services import import_register
from app.services.import_register import Choices
from tests.bench.timing import Figure, median_ms

CLOCK = SetClock.at(date(2026, 11, 23))
_HEADINGS = "Crediteurnr;Naam;KvK-nummer;Adres;Postcode;Plaats;Telefoon;Opdrachten 2026 excl. btw".split(";")
REPLACE = Choices(answers={"repeat:": "replace"})
_UPSERT_SUPPLIER = """
INSERT INTO supplier (id, own_number, name, kvk, visiting_street, visiting_house_number, visiting_postcode,
  visiting_city, phone, kind, trade_names, former_names, former_kvk, branch_number, btw_id, category, is_key_partner,
  visiting_country, postal_street, postal_house_number, postal_postcode, postal_city, postal_country, phones, email,
  note)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'firm', '[]', '[]', '[]', '', '', '', 0, '', '', '', '', '', '', '[]', '', '')
ON CONFLICT (id) DO UPDATE SET own_number = excluded.own_number, name = excluded.name, kvk = excluded.kvk,
  visiting_street = excluded.visiting_street, visiting_house_number = excluded.visiting_house_number,
  visiting_postcode = excluded.visiting_postcode, visiting_city = excluded.visiting_city, phone = excluded.phone
"""
_UPSERT_AMOUNT = """
INSERT INTO year_amount (id, supplier_id, year, kind, cents, source, as_of)
VALUES (?, ?, 2026, 'agreed', ?, 'alle.csv', '2026-11-23')
ON CONFLICT (supplier_id, ifnull(contract_id, ''), year, kind) WHERE archived_at IS NULL
DO UPDATE SET cents = excluded.cents, source = excluded.source
"""


def measure(folder: Path, rows: int) -> list[Figure]:
    """Return the figure for a file of that many suppliers of which the register holds half, with another phone.

    The floor writes the same rows with `executemany`, checks nothing and compares nothing, in one operation: its
    change log and the look-up index are kept as for every write. Both read the file.
    """
    seed, source = make_seed(folder, rows)
    path = folder / "import.tredewijzer"

    def fresh() -> None:
        shutil.copyfile(seed, path)

    def ours() -> None:
        with closing(bootstrap.open_register(path, to_write=True, clock=CLOCK)) as register:
            import_register.commit(register, import_register.preview(register, source, choices=REPLACE))

    def bare() -> None:
        with closing(bootstrap.open_register(path, to_write=True, clock=CLOCK)) as register:
            known = {supplier.kvk: supplier.id for supplier in register.suppliers.list_all()}
            with source.open(encoding="utf-8", newline="") as stream, register.operation("import", "kaal"):
                found = list(csv.reader(stream, delimiter=";"))[1:]
                register._db.conn.executemany(_UPSERT_SUPPLIER, _suppliers(found, known))
                register._db.conn.executemany(_UPSERT_AMOUNT, _amounts(found, known))

    label = f"{rows:,}".replace(",", ".")
    return [
        Figure(f"import of {label} rows (csv), half known", median_ms(ours, rounds=3, before=fresh),
               "bare upsert, same tables, log and index", median_ms(bare, rounds=3, before=fresh))
    ]  # fmt: skip


def make_seed(folder: Path, rows: int) -> tuple[Path, Path]:
    """Return a register with every other supplier of a file, with another phone, and that file."""
    seed = folder / "helft.tredewijzer"
    source, half = _write_files(folder, rows)
    seed.unlink(missing_ok=True)
    with closing(bootstrap.make_register(seed, clock=CLOCK)) as register:
        import_register.commit(register, import_register.preview(register, half))
    return seed, source


def _suppliers(rows: list[list[str]], known: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for own_number, name, kvk, address, postcode, city, phone, _ in rows:
        street, _, number = address.rpartition(" ")
        yield known.get(kvk, kvk), own_number, name, kvk, street, number, postcode, city, phone


def _amounts(rows: list[list[str]], known: dict[str, str]) -> Iterator[tuple[str, str, int]]:
    for row in rows:
        yield f"bedrag-{row[2]}", known.get(row[2], row[2]), int(row[7].replace(",", ""))


def _write_files(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write a file of fictional suppliers, and one of every other of them with another phone."""
    example = folder / "voorbeeld.tredewijzer"
    with closing(bootstrap.make_example(example, today=CLOCK.today(), extra=rows)) as register:
        suppliers = [supplier for supplier in register.suppliers.list_all() if supplier.kvk][:rows]
    lines = [
        [str(100_000 + place), found.name, found.kvk, f"{found.visiting.street} {found.visiting.house_number}",
         found.visiting.postcode, found.visiting.city, found.phone, f"{1000 + place * 7919 % 900_000},50"]
        for place, found in enumerate(suppliers)
    ]  # fmt: skip
    half = [[*line[:6], f"{line[6][:-2]}00", line[7]] for line in lines[::2]]
    found = []
    for name, chosen in (("alle.csv", lines), ("helft.csv", half)):
        found.append(folder / name)
        with found[-1].open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";").writerows([_HEADINGS, *chosen])
    return found[0], found[1]
