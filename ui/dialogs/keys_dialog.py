"""All keys on one page, made from the list of actions."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from ui.base import theme
from ui.base.actions import Act, Group, key_text
from ui.widgets.layout import column, row, scrolled, text

# Keys that no action declares, because the part itself handles them.
_EVERYWHERE = (
    ("Tab / Shift+Tab", "Volgend / vorig onderdeel"),
    ("↑ ↓ PgUp PgDn", "Door een tabel"),
    ("Spatie", "Regel of vakje aanvinken, chip aan of uit"),
    ("Ctrl+A", "In een tabel: alles aanvinken"),
    ("Enter", "Regel openen"),
    ("Esc", "Zoekvak of filter legen, melding sluiten, invoer terugzetten"),
)


class KeysDialog(QDialog):
    """The overview; Esc closes it."""

    def __init__(self, parent: QWidget, used: frozenset[Act]) -> None:
        """`used` are the actions that this program has on its screens."""
        super().__init__(parent)
        self.setWindowTitle("Toetsen")
        self.resize(860, 620)
        groups = [self._group("Overal", list(_EVERYWHERE))]
        for group in Group:
            acts = [act for act in Act if act.spec.group is group and act in used]
            if acts:
                lines = [
                    (" of ".join(dict.fromkeys(map(key_text, act.spec.keys))), act.spec.tip or act.spec.text)
                    for act in acts
                ]
                groups.append(self._group(group.value, lines))
        half = (len(groups) + 1) // 2
        inner = QWidget()
        inner.setLayout(
            row(column(*groups[:half], None, gap=16), column(*groups[half:], None, gap=16), gap=32, edge=16)
        )
        area = scrolled(inner, "Toetsen")
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(area))

    def _group(self, title: str, lines: list[tuple[str, str]]) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(text(title, "heading"), 0, 0, 1, 2)
        for place, (keys, what) in enumerate(lines, start=1):
            key = QLabel(keys)
            key.setFont(theme.font(theme.SMALL_PX, is_strong=True))
            key.setMinimumWidth(150)
            key.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(key, place, 0)
            grid.addWidget(text(what, wraps=True), place, 1)
        return part
