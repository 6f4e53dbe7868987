"""Asking the user: which file, which folder, and yes or no where something would be lost.

The only place that opens Qt's own dialogs; they speak Dutch through Qt's translation.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

SPREADSHEETS = "Spreadsheets (*.xlsx *.xlsm *.xlsb *.xls *.ods *.csv *.txt *.tsv);;Alle bestanden (*)"
REGISTERS = "Registers (*.tredewijzer);;Alle bestanden (*)"
TABLES = "Excel (*.xlsx);;Csv (*.csv)"
PDFS = "Pdf (*.pdf)"
DRAWINGS = "Plaatjes (*.svg *.pdf *.png *.jpg *.jpeg)"


def file_to_open(parent: QWidget, title: str, kinds: str, *, folder: Path | None = None) -> Path | None:
    """Ask which file to open; None when the user thought better of it."""
    dialog = QFileDialog(parent, title, str(folder or ""), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _chosen(dialog)


def file_to_save(parent: QWidget, title: str, kinds: str, proposal: Path) -> Path | None:
    """Ask where to save; Qt asks before it replaces a file. The name follows the kind that is chosen."""
    dialog = QFileDialog(parent, title, str(proposal.parent), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(proposal.name)
    # The dialog has to know it: what is added afterwards would replace a file unasked.
    dialog.setDefaultSuffix(_ending(kinds))

    def follow(kind: str) -> None:
        dialog.setDefaultSuffix(_ending(kind))
        typed = next(map(Path, dialog.selectedFiles()), proposal)
        if _ending(kind) and typed.suffix in map(_ending, kinds.split(";;")):
            dialog.selectFile(typed.with_suffix(_ending(kind)).name)

    dialog.filterSelected.connect(follow)
    return _chosen(dialog)


def _ending(kind: str) -> str:
    """Return the first ending of a kind of file, such as `.xlsx`; "" where it has none."""
    return kind.partition("(*")[2].partition(")")[0].partition(" ")[0]


def folder(parent: QWidget, title: str, proposal: Path | None = None) -> Path | None:
    """Ask for a folder."""
    dialog = QFileDialog(parent, title, str(proposal or ""))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _chosen(dialog)


def _chosen(dialog: QFileDialog) -> Path | None:
    """Ask for one path; Qt's own Dutch lacks the two words above and below the list."""
    label = QFileDialog.DialogLabel
    dialog.setLabelText(label.LookIn, "Zoeken &in:")
    dialog.setLabelText(label.FileType, "Bestands&type:")
    found = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(found[0]) if found else None


def printer(parent: QWidget, title: str) -> "QPrinter | None":
    """Ask for a printer and how to print; returns it set up for letters. Which letters is chosen before."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    from ui.base.paper import make_printer

    chosen = make_printer()
    dialog = QPrintDialog(chosen, parent)
    dialog.setWindowTitle(title)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
    is_sure = bool(dialog.exec())
    dialog.deleteLater()
    return chosen if is_sure else None


def may_drop(parent: QWidget) -> bool:
    """Ask before a screen is left on which something was typed that is not saved."""
    words = "Wat u heeft ingevuld, is nog niet opgeslagen. Wilt u weggaan zonder op te slaan?"
    return confirm(parent, "Niet opgeslagen", words, verb="Weggaan zonder opslaan")


def may_put_back(parent: QWidget) -> bool:
    """Ask before what was typed makes place for what is stored."""
    words = "Wat u heeft ingevuld, wordt vervangen door wat was opgeslagen."
    return confirm(parent, "Invoer terugzetten", words, verb="Terugzetten", keep="Verder werken")


def confirm(parent: QWidget, title: str, question: str, *, verb: str, keep: str = "Terug") -> bool:
    """Ask before something would be lost. `verb` says what the button does; the safe answer is the default."""
    box = QMessageBox(QMessageBox.Icon.Question, title, question, parent=parent)
    go = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(keep, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    is_sure = box.clickedButton() is go
    box.deleteLater()
    return is_sure
