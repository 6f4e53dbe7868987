"""A spreadsheet into the register: first a preview that writes nothing, then one transaction."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.base.clock import AMSTERDAM
from app.base.collecting import without_collecting
from app.base.errors import AppError
from app.base.plain import as_json
from app.base.progress import NoProgress, Progress
from app.domain.identifiers import own_key
from app.domain.journal import ImportBatch
from app.domain.names import company_key
from app.domain.supplier import Supplier
from app.importing.asking import Asked, Option, Question
from app.importing.choices import Choices, Decision, Doubt, ImportOptions, Past
from app.importing.field_labels import IMPORT_FIELDS, ImportField
from app.importing.holders import holder_of
from app.importing.outcome import (
    Absent,
    CellFault,
    ColumnSample,
    ImportPlan,
    NoHeadingsError,
    Outcome,
    Resemblance,
    YearUnknownError,
)
from app.importing.plan import list_headings, plan_import
from app.services.read_spreadsheet import ENCODINGS, ReadFile, read_file, read_pasted
from app.storage.register import Register

__all__ = [
    "ENCODINGS",
    "Absent",
    "Asked",
    "CellFault",
    "Choices",
    "Decision",
    "Doubt",
    "ImportField",
    "ImportPlan",
    "NoHeadingsError",
    "Option",
    "Outcome",
    "OutdatedPreviewError",
    "Preview",
    "PreviewColumn",
    "Question",
    "ReadFile",
    "Resemblance",
    "YearUnknownError",
    "commit",
    "import_fields",
    "preview",
    "read_file",
    "read_pasted",
]

_NOTHING_CHOSEN = Choices()
_KINDS = ("suppliers", "contacts", "contracts", "amounts", "certificates", "verifications")
_STEP = 500


class OutdatedPreviewError(AppError):
    """The register was changed since the preview was made; make it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewColumn:
    """One column of the file: what it is used for, and its first cells as written and as they were read.

    `field` None: not used; `label` is then empty. `read_as` is empty when the column is not read, and holds "" for a
    cell that was not understood. `year` is the year of its amounts, None where it differs per row. `is_sure` is False
    where the heading by itself does not tell what the column is.
    """

    heading: str
    field: str | None
    label: str
    year: int | None
    examples: tuple[str, ...]
    read_as: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What importing a file would do to the register as it was then.

    `newest_change` is the last change that the plan knows of, `read_as_in` the earlier import whose columns and answers
    were followed where the user chose nothing else (`choices`).
    """

    file: ReadFile
    plan: ImportPlan
    newest_change: int
    read_as_in: ImportBatch | None = None
    choices: Choices = _NOTHING_CHOSEN

    @property
    def file_name(self) -> str:
        """The name of the file."""
        return self.file.name

    @property
    def columns(self) -> tuple[PreviewColumn, ...]:
        """The columns of the file, from left to right."""
        return tuple(map(preview_column, self.plan.samples))


def import_fields() -> tuple[ImportField, ...]:
    """Return everything that a column may be used for, in the order of a list to choose from."""
    return IMPORT_FIELDS


def preview(
    register: Register,
    file: ReadFile | Path,
    *,
    choices: Choices = _NOTHING_CHOSEN,
    progress: Progress | None = None,
) -> Preview:
    """Return what importing a file would do; writes nothing.

    Raises `AppError` (`YearUnknownError` and `NoHeadingsError` where a choice helps) and `Cancelled`.
    """
    progress = progress or NoProgress()
    if isinstance(file, Path):
        file = read_file(file, progress=progress)
    newest_change = register.newest_change()
    options, before = import_options(register, file, choices)
    with without_collecting():
        found = plan_import(
            file.tables, register=register.records(), options=options, new_id=register.new_id, progress=progress
        )
    return Preview(file, found, newest_change, before, choices)


def import_options(register: Register, file: ReadFile, choices: Choices) -> tuple[ImportOptions, ImportBatch | None]:
    """Return the circumstances of an import, and the earlier one that it follows where nothing else is chosen.

    Raises `AppError` where the choices do not fit the file.
    """
    batches = register.import_batches.list_all("imported_at DESC, rowid DESC")
    headings = set(list_headings(file.tables, choices))
    alike = [batch for batch in batches if headings and set(json.loads(batch.columns)) == headings]
    options = ImportOptions(
        choices=_as_before(alike[0], choices) if alike else choices,
        today=register.clock.today(),
        source=file.name,
        by=register.by,
        past=Past(
            sources=frozenset(batch.file_name for batch in alike),
            digests=frozenset(batch.digest for batch in batches if batch.digest),
            listed=_last_listed(register, alike),
        ),
    )
    return options, alike[0] if alike else None


def _last_listed(register: Register, alike: Sequence[ImportBatch]) -> frozenset[str]:
    """Return the certificates that were checked on the last list of this layout, all of its day together."""
    days = [batch.imported_at.astimezone(AMSTERDAM).date() for batch in alike]
    same_day = [batch for batch, day in zip(alike, days, strict=True) if day == days[0]]
    added = [register.history.find_adding(batch.id) for batch in same_day]
    checks = {key for one in added if one for key in register.history.list_added(one.id, "verification")}
    return frozenset(one.certificate_id for one in register.verifications.list_all() if one.id in checks)


def _as_before(batch: ImportBatch, choices: Choices) -> Choices:
    """Return what was chosen for a file of this layout, and on top of it what is chosen now."""
    chosen = {field for field in choices.mapping.values() if field}
    known = {field.name for field in IMPORT_FIELDS}
    mapping = {
        heading: field
        for heading, field in json.loads(batch.columns).items()
        if field not in chosen and (field is None or field in known)
    }
    return replace(
        choices,
        mapping={**mapping, **choices.mapping},
        answers={**json.loads(batch.choices), **choices.answers},
    )


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
    with without_collecting(), register.operation("import", f"Import van {previewed.file_name}"):
        _write(register, found, progress)
        _give_holders(register, (*found.new.suppliers, *found.changed.suppliers))
        register.import_batches.add(
            ImportBatch(
                id=register.new_id(),
                file_name=previewed.file_name,
                sheet=found.sheet,
                row_count=len(found.rows),
                sha256=previewed.file.sha256,
                columns=as_json(found.columns),
                choices=as_json(_remembered(previewed)),
                digest=found.digest,
                imported_at=register.clock.now(),
                imported_by=register.by,
            )
        )
        progress.step(1, 1, "Opslaan")
    return True


def _remembered(previewed: Preview) -> dict[str, str]:
    """Return the answers that hold for the next file of this layout; what was not asked was not answered.

    Whether it replaces or adds is said of each file: a month may come after a year that looks the same.
    """
    answered = (question for question in previewed.plan.questions if not question.is_open)
    return {question.key: question.answer for question in answered if question.asked is not Asked.REPEAT}


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


def preview_column(sample: ColumnSample) -> PreviewColumn:
    """Return a column as it is shown."""
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
        is_sure=sample.is_sure,
    )


def _give_holders(register: Register, arrived: tuple[Supplier, ...]) -> None:
    """Tie certificates that came before their holder to the suppliers that now bear a number on them.

    A name ties nothing, nor does our number behind another name: it would clear a firm that only bears the same one.
    """
    waiting = register.certificates.list_without_holder()
    if not waiting or not arrived:
        return
    by_own = {own_key(supplier.own_number): supplier for supplier in arrived if supplier.own_number}
    by_kvk = {supplier.kvk: supplier for supplier in arrived if supplier.kvk}
    held = []
    for certificate in waiting:
        numbered = [by_kvk[kvk] for kvk in certificate.covered_kvk if kvk in by_kvk]
        named = [one for one in numbered if company_key(one.name) == company_key(certificate.holder_name)]
        own = by_own.get(own_key(certificate.holder_number)) if certificate.holder_number else None
        own = own if own and holder_of(own).may_hold(certificate) else None
        holder = next((one for one in (own, *named, *numbered) if one), None)
        if holder:
            held.append(replace(certificate, supplier_id=holder.id))
    register.certificates.save_all(held)
