"""Importing a spreadsheet, beside writing the same rows into the same logged tables without reading or checking."""

from datetime import date
from pathlib import Path

from app import bootstrap
from app.base.clock import SetClock
from app.domain.contract import AmountKind, YearAmount
from app.domain.supplier import Address, Supplier
from app.services import Register, import_register
from tests.bench.timing import Figure, median_ms

CLOCK = SetClock.at(date(2026, 11, 23))


def measure(folder: Path, rows: int) -> list[Figure]:
    """Return the figure for a file of that many new suppliers."""
    source = folder / f"crediteuren-{rows}.csv"
    lines = [
        f"{40000 + n};Firma {n} Proef B.V.;{n:08d};Dijk {n};6041 AB;Roermond;0475-{n:06d};{n},50" for n in range(rows)
    ]
    heading = "Crediteurnr;Naam;KvK-nummer;Adres;Postcode;Plaats;Telefoon;Opdrachten 2026"
    source.write_text("\n".join([heading, *lines]), encoding="utf-8")

    def ours() -> None:
        register = _fresh(folder)
        import_register.commit(register, import_register.preview(register, source))
        register.close()

    def bare() -> None:
        register = _fresh(folder)
        with register.operation("import", "kaal"):
            register.suppliers.add_all(
                Supplier(id=f"s{n}", name=f"Firma {n} Proef B.V.", kvk=f"{n:08d}", phone=f"0475-{n:06d}",
                         visiting=Address(street="Dijk", house_number=str(n), postcode="6041 AB", city="Roermond"))
                for n in range(rows)
            )  # fmt: skip
            register.amounts.add_all(
                YearAmount(id=f"a{n}", supplier_id=f"s{n}", year=2026, kind=AmountKind.AGREED, cents=n)
                for n in range(rows)
            )
        register.close()

    label = f"{rows:,}".replace(",", ".")
    return [
        Figure(f"import of {label} rows (csv)", median_ms(ours, rounds=3), "bare writes, same tables and log",
               median_ms(bare, rounds=3))
    ]  # fmt: skip


def _fresh(folder: Path) -> Register:
    path = folder / "import.tredewijzer"
    path.unlink(missing_ok=True)
    return bootstrap.make_register(path, clock=CLOCK)
