"""The letter of the current row, as it will print: drawn by the reading worker, its neighbours ahead of time."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from app.base.errors import AppError, Cancelled
from app.base.formatting import count
from app.domain.letter import LetterSettings
from app.services.show_letter import envelope_window, page_count, page_picture
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.paper import as_image
from ui.base.state import WindowState
from ui.widgets.check_box import CheckBox
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.layout import column, row, text
from ui.widgets.page_view import PageView

if TYPE_CHECKING:
    from app.services import Register

_KEPT = 8
_SETTLED_MS = 60
_NOTES_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Sheets:
    """A letter as a PDF, and what needs a look in it."""

    pdf: bytes
    notes: tuple[str, ...] = ()


def few_notes(notes: Sequence[str]) -> str:
    """Return notes a line each, of many only the first and how many there are more."""
    more = len(notes) - _NOTES_AT_MOST
    lines = [*notes[:_NOTES_AT_MOST], *([f"En nog {count(more, 'melding', 'meldingen')}."] if more > 0 else [])]
    return "\n".join(lines)


class Wanted(NamedTuple):
    """A letter to show. `key` names exactly these pages; `make` runs on the worker and may raise `AppError`."""

    key: Hashable
    make: "Callable[[Register], Sheets]"


@dataclass(slots=True)
class _Known:
    """What is known of a letter: pictures by sheet and width in pixels; `problem` when it cannot be made."""

    sheets: Sheets | None = None
    count: int = 1
    problem: str = ""
    pictures: dict[tuple[int, int], QImage] = field(default_factory=dict)


class PagePreview(QWidget):
    """`left` tells that Esc was pressed on the page. One letter at a time is drawn, so the newest wish never waits."""

    left = Signal()

    def __init__(self, desk: Desk, state: WindowState, owner: QWidget) -> None:
        """`owner` is the part in which the keys of the sheets work."""
        super().__init__()
        self._desk, self._state = desk, state
        self._wanted: Wanted | None = None
        self._neighbours: Sequence[Wanted] = ()
        self._known: OrderedDict[Hashable, _Known] = OrderedDict()
        self._sheet = 0
        self._is_drawing = False
        self._build(owner)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLED_MS)
        self._settling.timeout.connect(self._go_on)
        self.view.resized.connect(self._settling.start)
        self.view.turned.connect(self._turn)
        self.view.left.connect(self.left)
        self._tell()

    def show_letter(self, wanted: Wanted | None, *, caption: str = "", neighbours: Sequence[Wanted] = ()) -> None:
        """Show a letter, None for none; `neighbours` are likely to be asked for next."""
        if wanted is None or self._wanted is None or wanted.key != self._wanted.key:
            self._sheet = 0
        self._wanted, self._neighbours = wanted, neighbours
        self._caption.say(caption)
        self._go_on()

    def show_marks(self) -> None:
        """Draw window and folds as the settings and the boxes say; also after the settings changed."""
        settings = self._desk.register.settings(LetterSettings)
        window = envelope_window(settings)
        self._window_box.setEnabled(window is not None)
        self.view.show_marks(window if self._window_box.isChecked() else None, has_folds=self._folds_box.isChecked())

    # -- parts ------------------------------------------------------------------------------------------------------

    def _build(self, owner: QWidget) -> None:
        self._previous = bind(Act.PREVIOUS_SHEET, owner, lambda: self._turn(-1))
        self._next = bind(Act.NEXT_SHEET, owner, lambda: self._turn(1))
        self.view = PageView()
        self._caption = ElidedLabel(role="muted")
        self._sheets = text(role="small")
        self._back, self._on = QPushButton("←"), QPushButton("→")
        for button, action in ((self._back, self._previous), (self._on, self._next)):
            button.setProperty("kind", "flat")
            button.setAccessibleName(action.text())
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
        self._true_size = self._box("100 %", "letters.true_size", is_on=False)
        self._true_size.setAccessibleName("Ware grootte")
        self._window_box = self._box("Venster", "letters.window", is_on=True)
        self._folds_box = self._box("Vouwlijn", "letters.folds", is_on=False)
        self._words = text(role="muted", wraps=True)
        self._notes = text(role="warning", wraps=True)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.view)
        self.view.setProperty("role", "canvas")
        # The style would draw a frame where the two scroll bars meet.
        self._area.setCornerWidget(QWidget())
        top = row(self._caption, self._true_size, self._window_box, self._folds_box, gap=4)
        top.setStretch(0, 1)
        self.setLayout(
            column(
                top, self._words, self._area, row(None, self._back, self._sheets, self._on, None, gap=4), self._notes,
                gap=4,
            )
        )  # fmt: skip

    def _box(self, words: str, name: str, *, is_on: bool) -> CheckBox:
        box = CheckBox(words)
        box.setChecked(self._state.get(name, is_on))
        box.toggled.connect(lambda on: self._state.set(name, on))
        box.toggled.connect(self._apply_boxes)
        return box

    def _apply_boxes(self) -> None:
        self.view.set_true_size(self._true_size.isChecked())
        self.show_marks()

    def arrive(self) -> None:
        """Be shown: take over what was ticked on another screen with letters."""
        for box, name in (
            (self._true_size, "letters.true_size"),
            (self._window_box, "letters.window"),
            (self._folds_box, "letters.folds"),
        ):
            box.setChecked(self._state.get(name, box.isChecked()))
        self._apply_boxes()

    # -- drawing ----------------------------------------------------------------------------------------------------

    def _go_on(self) -> None:
        """Show what is there, and ask for what is not: first the letter itself, then its neighbours."""
        self._tell()
        if self._is_drawing:
            return
        width = self.view.page_width_px()
        sheets = [(wanted, 0) for wanted in self._neighbours]
        if self._wanted:
            sheets.insert(0, (self._wanted, self._sheet))
        for wanted, sheet in sheets:
            known = self._known.get(wanted.key)
            if known is None or not (known.problem or (sheet, width) in known.pictures):
                self._draw(wanted, sheet, width)
                return

    def _draw(self, wanted: Wanted, sheet: int, width: int) -> None:
        known = self._known.setdefault(wanted.key, _Known())
        self._known.move_to_end(wanted.key)
        while len(self._known) > _KEPT:
            self._known.popitem(last=False)
        made, pages = known.sheets, known.count

        def draw(register: "Register", _progress: Any) -> tuple[Sheets, int, QImage]:
            sheets = made or wanted.make(register)
            picture = as_image(page_picture(sheets.pdf, sheet, width_px=width))
            return sheets, pages if made else page_count(sheets.pdf), picture

        def drawn(found: tuple[Sheets, int, QImage]) -> None:
            known.sheets, known.count, picture = found
            # A page of another size is not asked for again before the window has that size again.
            known.pictures = {place: kept for place, kept in known.pictures.items() if place[1] == width}
            known.pictures[sheet, width] = picture
            self._is_drawing = False
            self._go_on()

        def failed(error: BaseException) -> None:
            self._is_drawing = False
            if isinstance(error, AppError):
                known.problem = f"{error.message} {error.advice}".strip()
            elif not isinstance(error, Cancelled):
                known.problem = "Het voorbeeld kan niet worden getoond."
                self._desk.report(error)
            self._go_on()

        self._is_drawing = True
        self._desk.read(draw, what="Voorbeeld tekenen", owner=self, done=drawn, failed=failed)

    def _turn(self, by: int) -> None:
        known = self._known.get(self._wanted.key) if self._wanted else None
        if known and 0 <= self._sheet + by < known.count:
            self._sheet += by
            self._go_on()

    def _tell(self) -> None:
        """Show the letter as far as it is known now."""
        known = self._known.get(self._wanted.key, _Known()) if self._wanted else _Known()
        picture = known.pictures.get((self._sheet, self.view.page_width_px()))
        if picture or known.problem or not self._wanted:
            self.view.show_page(picture)
        else:
            self.view.await_page()
        self._words.setText(known.problem or ("" if self._wanted else "Kies een brief om hem hier te bekijken."))
        self._words.setVisible(bool(self._words.text()))
        self._notes.setText(few_notes(known.sheets.notes if known.sheets else ()))
        self._notes.setVisible(bool(self._notes.text()))
        has_more = known.count > 1
        self._sheets.setText(f"blad {self._sheet + 1} van {known.count}")
        for part in (self._back, self._sheets, self._on):
            part.setVisible(has_more)
        self._previous.setEnabled(has_more and self._sheet > 0)
        self._next.setEnabled(has_more and self._sheet + 1 < known.count)
        self._back.setEnabled(self._previous.isEnabled())
        self._on.setEnabled(self._next.isEnabled())
