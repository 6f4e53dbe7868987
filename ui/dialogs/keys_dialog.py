"""All keys on one page, made from the list of actions."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from ui.base.actions import Act, Group, key_text
from ui.widgets.layout import column, row, scrolled, text

# Keys that no action declares, because the part itself handles them.
_EVERYWHERE = (
    (("Tab", "Shift+Tab"), "Volgend / vorig onderdeel"),
    (("↑", "↓"), "Door een tabel"),
    (("Spatie",), "Regel of vakje aanvinken, chip aan of uit"),
    (("Ctrl+A",), "In een tabel: alles aanvinken"),
    (("Enter",), "Regel openen"),
    (("Esc",), "Zoekvak of filter legen, melding sluiten, invoer terugzetten"),
)


_COLUMNS = 3
_KEYS_WIDTH = 136
_SIZE = QSize(1240, 760)
_EDGES = QSize(80, 64)
# A heading and the space above it are as high as so many lines.
_HEADING = 2

_Lines = Sequence[tuple[Sequence[str], str]]


class KeysDialog(QDialog):
    """The overview; Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        """List every action."""
        super().__init__(parent)
        self.setWindowTitle("Toetsen")
        self.resize(_SIZE.boundedTo(parent.size() - _EDGES))
        groups: list[tuple[str, _Lines]] = [("Overal", _EVERYWHERE)]
        for group in Group:
            acts = [act for act in Act if act.spec.group is group]
            lines = [
                (tuple(dict.fromkeys(map(key_text, act.spec.keys))), act.spec.tip or act.spec.text) for act in acts
            ]
            if lines:
                groups.append((group.value, lines))
        inner = QWidget()
        columns = [column(*(_group(*found) for found in part), None, gap=16) for part in _divided(groups)]
        inner.setLayout(row(*columns, gap=32, edge=16))
        for place in range(len(columns)):
            inner.layout().setStretch(place, 1)  # type: ignore[union-attr]
        area = scrolled(inner, "Toetsen")
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(area, edge=4))


def _divided(groups: Sequence[tuple[str, _Lines]]) -> list[list[tuple[str, _Lines]]]:
    """Return the groups in order over columns that are about as high as each other."""
    heights = [len(lines) + _HEADING for _title, lines in groups]
    each = sum(heights) / _COLUMNS
    parts: list[list[tuple[str, _Lines]]] = [[] for _ in range(_COLUMNS)]
    passed = 0
    for found, height in zip(groups, heights, strict=True):
        parts[min(int((passed + height / 2) / each), _COLUMNS - 1)].append(found)
        passed += height
    return parts


def _group(title: str, lines: _Lines) -> QWidget:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, _KEYS_WIDTH)
    grid.addWidget(text(title, "heading"), 0, 0, 1, 2)
    for place, (keys, what) in enumerate(lines, start=1):
        caps = row(*(text(key, "key") for key in keys), None, gap=4)
        grid.addLayout(column(caps, None), place, 0)
        words = text(what, wraps=True)
        # Its height follows from its width; Qt's own least height is that of the narrowest column.
        words.setMinimumHeight(1)
        grid.addWidget(words, place, 1, Qt.AlignmentFlag.AlignTop)
    return part
