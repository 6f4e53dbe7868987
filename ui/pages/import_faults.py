"""Saving the rows that an import leaves out, to mend the source with."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.base.formatting import count
from app.services.check_import import ImportCheck
from app.services.export_faults import export_faults
from ui.base.desk import Desk
from ui.base.notice import Notice, Tone
from ui.base.state import WindowState
from ui.dialogs import ask


def save_faults(owner: QWidget, desk: Desk, state: WindowState, check: ImportCheck) -> None:
    """Ask where to, let the worker write it, and say how many rows it holds."""
    plan, name = check.preview.plan, Path(check.preview.file_name).stem
    folder = Path(state.get("import.folder", "") or desk.path.parent)
    path = ask.file_to_save(owner, "Fouten opslaan", ask.TABLES, folder / f"{name} - niet overgenomen.xlsx")
    if path is None:
        return
    desk.read(
        lambda _register, progress: export_faults(plan, path, progress=progress),
        what="Fouten opslaan",
        owner=owner,
        done=lambda rows: desk.noticed.emit(
            Notice(f"{count(rows, 'rij', 'rijen')} opgeslagen in {path.name}.", Tone.DONE)
        ),
    )
