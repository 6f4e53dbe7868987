"""An unexpected error: said calmly, with a report that can be copied and holds no data of suppliers."""

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget

from app.base.logs import without_words
from app.base.paths import log_folder
from ui.widgets.layout import column, row, text


def report_of(error: BaseException) -> str:
    """Return where an error came from, on which system; never its words, which may hold a name."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}, Qt {qVersion()}"
    return f"Tredewijzer op {system}\n\n{without_words(error)}"


class CrashDialog(QDialog):
    """Shows the report; the register stays open."""

    def __init__(self, parent: QWidget | None, error: BaseException) -> None:
        """Make the report of this error."""
        super().__init__(parent)
        self.setWindowTitle("Er ging iets mis in het programma")
        self.resize(680, 420)
        self._report = QPlainTextEdit(report_of(error))
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName("Verslag van de fout")
        copy = QPushButton("Verslag kopiëren")
        copy.clicked.connect(self._copy)
        close = QPushButton("Verder werken")
        close.setProperty("kind", "primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        words = (
            "Dit is een fout in het programma, niet van u. Het register is nog open en is niet half gewijzigd: "
            "wat was opgeslagen, is opgeslagen. Stuur het verslag hieronder naar de beheerder. Er staan geen "
            "gegevens van leveranciers in."
        )
        where = text(f"Het logboek staat in {log_folder()}", "small", wraps=True)
        self.setLayout(column(text(words, wraps=True), self._report, where, row(None, copy, close), gap=12, edge=20))
        close.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())
