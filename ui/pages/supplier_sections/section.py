"""What a tab of the supplier page is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from app.services.show_supplier import Dossier
from ui.base.actions import on_escape
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.pages.supplier_sections.record_list import RecordList
from ui.pages.supplier_sections.record_pane import RecordPane
from ui.widgets.layout import row


class Section(QWidget):
    """One tab. `changed` tells that a draft in it began or ended, `stepped_out` that Esc leads back to the tabs,
    `wants` that another tab is to be shown: its name and the record to go to.
    """

    changed = Signal()
    stepped_out = Signal()
    wants = Signal(str, str)

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts; data come with `show_dossier`."""
        super().__init__()
        self.desk = desk
        self.navigator = navigator
        self.state = state
        self._panes: Sequence[RecordPane] = ()
        self._lists: Sequence[RecordList] = ()

    def show_dossier(self, dossier: Dossier) -> None:
        """Show a supplier, or catch up with it: drafts and the focus stay."""
        raise NotImplementedError

    def take_focus(self, key: str = "") -> None:
        """Put the focus where work begins; at a record or field when it is named."""
        raise NotImplementedError

    def begin(self) -> None:
        """Begin a record where this tab is opened for that from elsewhere."""
        self._lists[0].add()

    def edit(self) -> bool:
        """Begin to type in what is chosen; False when there is nothing to type here."""
        if not self._lists:
            return False
        focus = QApplication.focusWidget()
        inside = (one for one in self._lists if focus and (one.isAncestorOf(focus) or one.pane.isAncestorOf(focus)))
        next(inside, self._lists[0]).edit()
        return True

    def restore(self) -> bool:
        """Put back what is stored of what is shown; False when nothing was typed."""
        return any(pane.restore() for pane in self._panes)

    @property
    def is_edited(self) -> bool:
        """Whether something typed here is not saved."""
        return any(pane.is_edited for pane in self._panes)

    def forget(self) -> None:
        """Drop what was typed."""
        for pane in self._panes:
            pane.forget()
        for one in self._lists:
            one.forget()

    def tab_actions(self) -> list[QAction]:
        """Return what can be done while the focus is on the tabs: with the first part of this one."""
        if not self._panes:
            return []
        pane = self._panes[0]
        adds = [one.add_action for one in self._lists if one.pane is pane]
        return [*adds, pane.save_action, pane.end_action]

    def _has(self, *parts: RecordList | RecordPane) -> None:
        """Follow the lists and panes of this tab."""
        self._lists = [part for part in parts if isinstance(part, RecordList)]
        self._panes = [part.pane if isinstance(part, RecordList) else part for part in parts]
        for one in self._lists:
            one.stepped_out.connect(self.stepped_out)
        for pane in self._panes:
            pane.changed.connect(self.changed)
            if pane not in [one.pane for one in self._lists]:
                pane.stepped_out.connect(self.stepped_out)

    def _steps_out(self, part: QWidget) -> None:
        """Let Esc in a part put back what was typed, and else lead back to the tabs."""
        on_escape(part, self._leave)

    def _leave(self) -> None:
        if not self.restore():
            self.stepped_out.emit()


class ListSection(Section):
    """A tab that is about one list; mostly with the chosen record at its right (`_lay_out`)."""

    _list: RecordList

    def take_focus(self, key: str = "") -> None:
        """Begin in the list."""
        if key:
            self._list.make_current(key)
        self._list.take_focus()

    def _lay_out(self, records: RecordList) -> None:
        """Place the list and its pane, three to two."""
        self._list = records
        layout = row(records, records.pane, gap=16)
        layout.setStretch(0, 3)
        layout.setStretch(1, 2)
        self.setLayout(layout)
        self._has(records)
