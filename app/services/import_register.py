"""A spreadsheet into the register: first a preview that writes nothing, then one transaction."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from app.base.errors import AppError, FileError
from app.base.plain import as_json
from app.base.progress import NoProgress, Progress
from app.domain.certificate import Certificate
from app.domain.journal import ImportBatch
from app.domain.names import company_key
from app.domain.supplier import Supplier
from app.importing.field_labels import IMPORT_FIELDS, ImportField
from app.importing.outcome import (
    CellFault,
    ColumnSample,
    ImportOptions,
    ImportPlan,
    NoHeadingsError,
    Outcome,
    YearUnknownError,
)
from app.importing.plan import plan_import
from app.importing.readers import read_tables
from app.storage.register import Register

__all__ = [
    "CellFault",
    "ImportField",
    "ImportPlan",
    "NoHeadingsError",
    "Outcome",
    "OutdatedPreviewError",
    "Preview",
    "PreviewColumn",
    "YearUnknownError",
    "commit",
    "import_fields",
    "preview",
]

_KINDS = ("suppliers", "contacts", "contracts", "amounts", "certificates")
_STEP = 500


class OutdatedPreviewError(AppError):
    """The register was changed since the preview was made; make it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewColumn:
    """One column of the file: what it is used for, and its first cells as written and as they were read.

    `field` None: not used; `label` is then empty. `read_as` is empty when the column is not read, and holds "" for a
    cell that was not understood. `year` is the year of its amounts, None where it differs per row.
    """

    heading: str
    field: str | None
    label: str
    year: int | None
    examples: tuple[str, ...]
    read_as: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do to the register as it was then.

    `newest_change` is the last change that the plan knows of, `sha256` the checksum of the file that was read.
    """

    file_name: str
    plan: ImportPlan
    sha256: str
    newest_change: int

    @property
    def columns(self) -> tuple[PreviewColumn, ...]:
        """The columns of the file, from left to right."""
        return tuple(map(_preview_column, self.plan.samples))


def import_fields() -> tuple[ImportField, ...]:
    """Return everything that a column may be used for, in the order of a list to choose from."""
    return IMPORT_FIELDS


def preview(
    register: Register,
    path: Path,
    *,
    mapping: Mapping[str, str | None] | None = None,
    year: int | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Return what importing a file would do; writes nothing.

    `mapping` is heading → field of `import_fields`, or None for "do not use"; `year` that of the amounts. Raises
    `AppError` (`YearUnknownError` and `NoHeadingsError` where a choice helps) and `Cancelled`.
    """
    progress = progress or NoProgress()
    name = path.name.encode("utf-8", "replace").decode()
    options = ImportOptions(mapping=mapping or {}, year=year, today=register.clock.today(), source=name)
    newest_change = register.newest_change()
    tables = read_tables(path, progress)
    sha256 = _checksum(path)
    found = plan_import(tables, register=register.records(), options=options, new_id=register.new_id, progress=progress)
    return Preview(name, found, sha256, newest_change)


def commit(register: Register, previewed: Preview, *, progress: Progress | None = None) -> bool:
    """Write what was previewed in one transaction, as one step of undo; returns whether anything changed.

    Raises `OutdatedPreviewError` when the register was changed since the preview, `RegisterError` and `Cancelled`;
    then nothing is written.
    """
    progress = progress or NoProgress()
    found = previewed.plan
    if not len(found.new) and not len(found.changed):
        return False
    if register.newest_change() != previewed.newest_change:
        raise OutdatedPreviewError(
            "Het register is veranderd nadat het voorbeeld van deze import is gemaakt. Er is niets geïmporteerd.",
            "Maak het voorbeeld opnieuw.",
        )
    with register.operation("import", f"Import van {previewed.file_name}"):
        _write(register, found, progress)
        _give_holders(register, (*found.new.suppliers, *found.changed.suppliers))
        register.import_batches.add(
            ImportBatch(
                id=register.new_id(),
                file_name=previewed.file_name,
                sheet=found.sheet,
                row_count=len(found.rows),
                sha256=previewed.sha256,
                columns=as_json(found.columns),
                imported_at=register.clock.now(),
                imported_by=register.by,
            )
        )
        progress.step(1, 1, "Opslaan")
    return True


def _write(register: Register, found: ImportPlan, progress: Progress) -> None:
    total = len(found.new) + len(found.changed)
    done = 0
    for kind in _KINDS:
        repository = getattr(register, kind)
        for records, write in ((found.new, repository.add_all), (found.changed, repository.save_all)):
            of_kind = getattr(records, kind)
            for start in range(0, len(of_kind), _STEP):
                progress.step(done, total, "Opslaan")
                write(of_kind[start : start + _STEP])
                done += len(of_kind[start : start + _STEP])


def _preview_column(sample: ColumnSample) -> PreviewColumn:
    label = next((field.label for field in IMPORT_FIELDS if field.name == sample.field), "")
    if sample.year is not None:
        # "Opdrachten afgesproken" of a year.
        first, _, rest = label.partition(" ")
        label = f"{first} {sample.year} {rest}"
    return PreviewColumn(
        heading=sample.heading,
        field=sample.field,
        label=label,
        year=sample.year,
        examples=sample.written,
        read_as=sample.read_as,
    )


def _give_holders(register: Register, arrived: tuple[Supplier, ...]) -> None:
    """Tie certificates that came before their holder to the suppliers that now bear the number or name on them."""
    waiting = register.certificates.list_without_holder()
    if not waiting or not arrived:
        return
    arrivals = _Arrivals(
        by_kvk={supplier.kvk: supplier for supplier in arrived if supplier.kvk},
        by_own_number={supplier.own_number.casefold(): supplier for supplier in arrived if supplier.own_number},
        by_name={company_key(supplier.name): supplier for supplier in arrived},
    )
    for certificate in waiting:
        holder = arrivals.holder_of(certificate)
        if holder:
            register.certificates.save(replace(certificate, supplier_id=holder.id))


@dataclass(frozen=True, slots=True)
class _Arrivals:
    by_kvk: Mapping[str, Supplier]
    by_own_number: Mapping[str, Supplier]
    by_name: Mapping[str, Supplier]

    def holder_of(self, certificate: Certificate) -> Supplier | None:
        named = self.by_name.get(company_key(certificate.holder_name)) if certificate.holder_name else None
        numbered = self.by_own_number.get(certificate.holder_number.casefold())
        if numbered or not certificate.covered_kvk:
            return numbered or named
        listed = [self.by_kvk[kvk] for kvk in certificate.covered_kvk if kvk in self.by_kvk]
        return named if named in listed else next(iter(listed), None)


def _checksum(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise FileError(f"Het bestand {path} kan niet meer worden gelezen.", "Kijk of het er nog staat.") from error
