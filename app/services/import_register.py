"""A spreadsheet into the register: first a plan that writes nothing, then one transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from app.base.errors import FileError
from app.base.plain import as_json
from app.base.progress import NoProgress, Progress
from app.domain.certificate import Certificate
from app.domain.journal import ImportBatch
from app.domain.names import company_key
from app.domain.supplier import Supplier
from app.importing.outcome import CellFault, ImportOptions, ImportPlan, Outcome
from app.importing.plan import plan_import
from app.importing.readers import read_tables
from app.storage.register import Register

__all__ = ["CellFault", "ImportPlan", "Outcome", "commit", "plan"]


def plan(
    register: Register,
    path: Path,
    *,
    mapping: Mapping[str, str | None] | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> ImportPlan:
    """Return what importing a file would do. Writes nothing; raises `AppError`, `Cancelled`."""
    progress = progress or NoProgress()
    options = ImportOptions(mapping=mapping or {}, year=year, today=register.clock.today(), source=path.name)
    tables = read_tables(path, progress)
    return plan_import(tables, register=register.records(), options=options, new_id=register.new_id, progress=progress)


def commit(register: Register, path: Path, planned: ImportPlan) -> bool:
    """Write a plan in one transaction, as one step of undo; returns whether anything changed.

    Raises `RegisterError`; the register is then as it was.
    """
    if not len(planned.new) and not len(planned.changed):
        return False
    with register.operation("import", f"Import van {path.name}"):
        for kind in ("suppliers", "contacts", "contracts", "amounts", "certificates"):
            getattr(register, kind).add_all(getattr(planned.new, kind))
            getattr(register, kind).save_all(getattr(planned.changed, kind))
        _give_holders(register, planned.new.suppliers)
        register.import_batches.add(
            ImportBatch(
                id=register.new_id(),
                file_name=path.name,
                sheet=planned.sheet,
                row_count=len(planned.rows),
                sha256=_checksum(path),
                columns=as_json(planned.columns),
                imported_at=register.clock.now(),
                imported_by=register.by,
            )
        )
    return True


def _give_holders(register: Register, arrived: tuple[Supplier, ...]) -> None:
    waiting = register.certificates.list_without_holder()
    if not waiting or not arrived:
        return
    by_kvk = {supplier.kvk: supplier for supplier in arrived if supplier.kvk}
    by_name = {company_key(supplier.name): supplier for supplier in arrived}
    for certificate in waiting:
        holder = _holder(certificate, by_kvk, by_name)
        if holder:
            register.certificates.save(replace(certificate, supplier_id=holder.id))


def _holder(
    certificate: Certificate, by_kvk: Mapping[str, Supplier], by_name: Mapping[str, Supplier]
) -> Supplier | None:
    named = by_name.get(company_key(certificate.holder_name))
    if not certificate.covered_kvk:
        return named
    listed = [by_kvk[kvk] for kvk in certificate.covered_kvk if kvk in by_kvk]
    return named if named in listed else next(iter(listed), None)


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FileError(f"Het bestand {path} kan niet meer worden gelezen.", "Kijk of het er nog staat.") from error
