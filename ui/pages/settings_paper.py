"""The files on the letters: one's own paper, logo and signature. Chosen here, kept when the settings are saved."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from app.services.letter_paper import ChosenFile, Use, check_artwork, read_file, words_for_kept
from ui.base.actions import Act, bind
from ui.base.notice import Notice
from ui.base.page import Page
from ui.base.svg import is_svg, svg_as_pdf
from ui.dialogs import ask
from ui.widgets.action_button import ActionButton
from ui.widgets.layout import text
from ui.widgets.line_edit import LineEdit

_LABELS = {
    Use.BACKGROUND: "Eigen briefpapier: een pdf van een of twee bladen A4",
    Use.LOGO: "Logo, in plaats van de naam linksboven",
    Use.SIGNATURE: "Handtekening, boven de naam onder de brief",
}
_ACTS = {Use.BACKGROUND: Act.CHOOSE_PAPER, Use.LOGO: Act.CHOOSE_LOGO, Use.SIGNATURE: Act.CHOOSE_SIGNATURE}
_KINDS = {Use.BACKGROUND: ask.PDFS, Use.LOGO: ask.DRAWINGS, Use.SIGNATURE: ask.DRAWINGS}
_NONE = "Niet gekozen"


class ArtworkFields(QWidget):
    """Works as a `RecordForm` does. `edited` tells that a file was chosen or cleared, `chose` which one was chosen."""

    edited = Signal()
    chose = Signal(object)

    def __init__(self, page: Page) -> None:
        """Place the fields; the keys work on the whole page."""
        super().__init__()
        self._desk = page.desk
        self._values = dict.fromkeys(Use, "")
        self._shown = dict(self._values)
        self._chosen: dict[str, tuple[ChosenFile, str]] = {}
        self._lines: dict[Use, LineEdit] = {}
        self._parts: dict[Use, tuple[QWidget, ...]] = {}
        self._notes: dict[Use, QLabel] = {}
        self._actions = [bind(act, page, partial(self._choose, use)) for use, act in _ACTS.items()]
        self._clear = bind(Act.CLEAR_ARTWORK, self, self._clear_where_the_focus_is)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, (use, action) in enumerate(zip(Use, self._actions, strict=True)):
            line = LineEdit(_LABELS[use])
            line.setReadOnly(True)
            line.setObjectName(use.value)
            label = text(_LABELS[use], "small", wraps=True)
            label.setBuddy(line)
            note = text(role="error", wraps=True)
            note.setContentsMargins(0, 0, 0, 4)
            note.hide()
            self._lines[use], self._notes[use] = line, note
            choose, clear = ActionButton(action), ActionButton(self._clear, shows_key=False)
            clear.setAccessibleName(f"{_ACTS[use].spec.text.rstrip('…')} wissen")
            self._parts[use] = line, choose, clear
            grid.addWidget(label, place * 3, 0, 1, 3)
            for column, part in enumerate(self._parts[use]):
                grid.addWidget(part, place * 3 + 1, column)
            grid.addWidget(note, place * 3 + 2, 0, 1, 3)
            grid.setRowMinimumHeight(place * 3 + 2, 6)
        self._tell()

    @property
    def chosen(self) -> Mapping[str, bytes]:
        """The files that were chosen and are not kept yet, by what the settings call them."""
        return {sha256: found.content for sha256, (found, _name) in self._chosen.items()}

    @property
    def is_edited(self) -> bool:
        """Whether another file is chosen than is kept."""
        return self._values != self._shown

    def values(self) -> dict[str, Any]:
        """Return what the settings call the files, "" for none."""
        return {use.value: sha256 for use, sha256 in self._values.items()}

    def problems(self) -> dict[str, str]:
        """Return nothing: a file that cannot be used was never chosen."""
        return {}

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show what is kept, and forget what was chosen."""
        self._values = {use: values[use.value] for use in Use}
        self._shown = dict(self._values)
        self._chosen.clear()
        self._tell()

    def catch_up(self, values: Mapping[str, Any]) -> None:
        """Show what is kept, but leave alone what was chosen here."""
        for use in Use:
            if self._values[use] == self._shown[use]:
                self._values[use] = values[use.value]
            self._shown[use] = values[use.value]
        kept = set(self._shown.values())
        self._chosen = {sha256: found for sha256, found in self._chosen.items() if sha256 not in kept}
        self._tell()

    def warn(self, warnings: Mapping[str, str]) -> None:
        """Show what is wrong under the file."""
        for use, note in self._notes.items():
            words = warnings.get(use.value, "")
            note.setText(words)
            note.setVisible(bool(words))
            self._lines[use].setAccessibleDescription(words)

    def focus_on(self, key: str = "") -> None:
        """Put the focus on a file."""
        self._lines[Use(key) if key else Use.BACKGROUND].setFocus(Qt.FocusReason.TabFocusReason)

    def set_read_only(self, is_fixed: bool) -> None:
        """Let nothing be chosen, or let it again."""
        for action in (*self._actions, self._clear):
            action.setEnabled(not is_fixed)

    # -- choosing ---------------------------------------------------------------------------------------------------

    def _choose(self, use: Use) -> None:
        path = ask.file_to_open(self, _ACTS[use].spec.text.rstrip("…"), _KINDS[use])
        if path is None:
            return
        self._desk.read(
            lambda _register, _progress: _read(path, use),
            what="Bestand lezen",
            owner=self,
            done=partial(self._take, use, path.name),
        )

    def _take(self, use: Use, name: str, found: ChosenFile) -> None:
        self._chosen[found.sha256] = found, name
        self._values[use] = found.sha256
        self._tell()
        self._lines[use].setFocus(Qt.FocusReason.OtherFocusReason)
        self.chose.emit(use)
        self.edited.emit()

    def _clear_where_the_focus_is(self) -> None:
        focused = QApplication.focusWidget()
        use = next((use for use, parts in self._parts.items() if focused in parts), None)
        if use is None:
            self._desk.noticed.emit(Notice("Ga eerst naar het bestand dat weg moet."))
        elif self._values[use]:
            self._values[use] = ""
            self._tell()
            self.edited.emit()

    def _tell(self) -> None:
        for use, line in self._lines.items():
            sha256 = self._values[use]
            if sha256 in self._chosen:
                words = self._chosen[sha256][1]
            elif sha256:
                words = words_for_kept(self._desk.register, sha256)
            else:
                words = _NONE
            line.setText(words)
            line.setCursorPosition(0)


def _read(path: Path, use: Use) -> ChosenFile:
    content = read_file(path)
    # A drawing becomes a page of PDF, which letters can hold; letter paper is one already.
    return check_artwork(svg_as_pdf(content) if use is not Use.BACKGROUND and is_svg(content) else content, use=use)
