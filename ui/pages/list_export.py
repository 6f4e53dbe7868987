"""A list on screen as a file: the same action and key for every table, off the window's thread."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.base.files import safe_name
from app.base.formatting import count
from app.base.progress import Progress
from app.domain.verdict import Status
from app.services import Register
from app.services.export_table import DERIVED, STATUS_COLOURS, TableColumn, export_list
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.dialogs import ask
from ui.models.row_table_model import Cell, Column, Fact
from ui.widgets.row_table import RowTable

_PIXELS_PER_CHARACTER = 7
_STRETCHED = 36
Noun = tuple[str, str]
_LINES = ("regel", "regels")


def bind_export(
    owner: QWidget,
    desk: Desk,
    table: RowTable,
    *,
    name: str | Callable[[], str],
    whose: Callable[[], str] = lambda: "",
    noun: Noun = _LINES,
    supplier_of: Callable[[Any], str | None] | None = None,
    columns: Sequence[Column] | None = None,
    row_of: Callable[[Any], Any] = lambda row: row,
) -> QAction:
    """Return the action that saves what a table shows, in the order it shows it; off while there is nothing.

    `name` is that of the sheet and, with the day, of the file; `whose` the supplier in the name of the file.
    `supplier_of` gives the key of the supplier that a row is about. Where the table shows its rows in something else,
    `columns` are over what `row_of` gives; None of it is left out.
    """

    def save() -> None:
        called = name if isinstance(name, str) else name()
        shown = columns or table.rows_model.columns
        made = [_file_column(shown[place]) for place in table.shown_order() if shown[place].kind is not Cell.CHECK]
        rows = [found for found in map(row_of, table.rows_model.rows) if found is not None]

        def write(register: Register, path: Path, progress: Progress) -> None:
            export_list(register, rows, made, path, title=called, supplier_of=supplier_of, progress=progress)

        save_list(owner, desk, name=f"{called} {whose()}", told=count(len(rows), *noun), write=write)

    return bind_saving(owner, table, save)


def bind_saving(owner: QWidget, table: RowTable, save: Callable[[], None]) -> QAction:
    """Return the action that saves a list in its own way; off while the table shows nothing."""
    action = bind(Act.EXPORT, owner, save)

    def follow() -> None:
        action.setEnabled(bool(table.rows_model.rows))

    table.rows_model.modelReset.connect(follow)
    follow()
    return action


def save_list(
    owner: QWidget, desk: Desk, *, name: str, told: str, write: Callable[[Register, Path, Progress], object]
) -> None:
    """Ask where to, let the worker write it, and say that it is there; `told` is what was saved."""
    proposal = desk.path.with_name(safe_name(f"{name} {desk.on.isoformat()}", ".xlsx"))
    path = ask.file_to_save(owner, "Exporteren wat u ziet", ask.TABLES, proposal)
    if path is None:
        return
    desk.read(
        lambda register, progress: write(register, path, progress),
        what="Exporteren",
        owner=owner,
        done=lambda _nothing: desk.noticed.emit(Notice(f"{told} opgeslagen in {path.name}.", Tone.DONE)),
    )


def _file_column(column: Column) -> TableColumn[Any]:
    fact = column.fact or Fact("text", column.text)
    heading = column.heading + (DERIVED if fact.is_derived else "")
    width = column.width // _PIXELS_PER_CHARACTER if column.width else _STRETCHED
    return TableColumn(heading, fact.kind, max(width, len(heading) + 2), fact.of, _colours(column))


def _colours(column: Column) -> Callable[[Any], Any] | None:
    value = column.value
    if column.kind is not Cell.STATUS or value is None:
        return None
    return lambda row: STATUS_COLOURS.get(found) if isinstance(found := value(row), Status) else None
