"""The phone screen: half a name or number, and it is there who calls, whether the firm complies, and why (not)."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from app.base.errors import NotFoundError
from app.domain.rows import LookUpMatch
from app.services.judge_suppliers import judge_supplier
from app.services.look_up import find_matches, list_matches
from app.services.phone_card import phone_card
from ui.base.actions import Act, bind
from ui.base.desk import Desk
from ui.base.notice import Notice
from ui.base.page import Navigator, Page
from ui.base.state import WindowState
from ui.pages.look_up_card import CardActions, LookUpCard, status_words
from ui.widgets.action_button import ActionButton
from ui.widgets.hit_list import Hit, HitList
from ui.widgets.layout import EDGE, column, framed, row, text
from ui.widgets.search_box import SearchBox

_LIMIT = 20
_LIST_WIDTH = 388
_ALL = 100
_RECENT = "look_up.recent"
_HINT = "Naam, plaats, KvK, telefoon, contactpersoon…"
_ASIDE = "naam · plaats · KvK · telefoon · contactpersoon"
_CAN_TYPE = (
    "Typ een deel van een naam, plaats of postcode, een contactpersoon, een KvK-nummer, een telefoonnummer hoe u het "
    "ook schrijft, of het kenmerk van een brief. Meer woorden mag ook: naam en plaats."
)
_NO_SUPPLIERS = "Er staan nog geen leveranciers in dit register. Importeer een spreadsheet (Ctrl+4) of voeg er een toe."


class LookUpPage(Page):
    """One box, the suppliers that fit, and the card of the one that is current."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build the parts; the suppliers opened last come with `arrive`."""
        super().__init__(desk, navigator, state)
        self._bind_actions()
        self._shown = ""
        self._box = SearchBox("Zoek een leverancier", hint=_HINT, aside=_ASIDE)
        self._list = HitList("Gevonden leveranciers")
        self._count = text(role="small")
        self._nobody = QWidget()
        self._nobody_words = text(role="muted", wraps=True)
        self._help = text(_CAN_TYPE, role="small", wraps=True)
        self._help.setContentsMargins(14, 12, 14, 12)
        self._new_button = ActionButton(self._new)
        self._card = LookUpCard(CardActions(self._open, self._letter, self._copy))
        self._judging = QTimer(self)
        self._judging.setInterval(0)
        self._judging.timeout.connect(self._judge_next)
        body = row(self._left_side(), self._card, gap=16)
        body.setStretch(1, 1)
        parts = column(self._box, body, gap=16, edge=EDGE)
        parts.setStretch(1, 1)
        self.setLayout(parts)
        self._box.textChanged.connect(lambda _text: self._search())
        self._box.walked.connect(self._list.walk)
        self._list.current_changed.connect(self._show_card)
        self._list.chosen.connect(lambda _hit: self._open_supplier())
        desk.rows_changed.connect(self._refresh)
        desk.changed.connect(self._refresh)

    def arrive(self) -> None:
        """Be shown: the box has the focus, and what is typed takes the place of what stood there."""
        self._search(current=self._forget_card())
        self._box.setFocus()
        self._box.selectAll()

    @property
    def unknown_name(self) -> str:
        """What was typed and nobody bears."""
        return "" if self._list.hits() else " ".join(self._box.text().split())

    def _left_side(self) -> QFrame:
        line = QFrame()
        line.setProperty("role", "line")
        head = column(self._count)
        head.setContentsMargins(14, 8, 14, 12)
        nobody = column(self._nobody_words, row(self._new_button, None), gap=12)
        nobody.setContentsMargins(14, 16, 14, 16)
        self._nobody.setLayout(nobody)
        side = framed(head, line, self._list, self._nobody, None, self._help)
        side.setFixedWidth(_LIST_WIDTH)
        side.layout().setStretch(2, _ALL)  # type: ignore[union-attr]
        return side

    # -- suppliers --------------------------------------------------------------------------------------------------

    def _search(self, *, current: str = "") -> None:
        sought = self._box.text()
        is_asked = bool(sought.strip())
        register = self.desk.register
        matches = find_matches(register, sought, limit=_LIMIT) if is_asked else list_matches(register, self._recent())
        self._tell(" ".join(sought.split()), found=len(matches))
        hits = [self._hit(match) for match in matches]
        self._list.show_hits(hits, sought, current=current)
        if not self.desk.has_rows and hits:
            self._judging.start()

    def _refresh(self) -> None:
        """Show anew what may have changed; who was current stays so."""
        if self.isVisible():
            self._search(current=self._forget_card())

    def _forget_card(self) -> str:
        """Let the card be read anew; returns whose it was."""
        shown, self._shown = self._shown, ""
        return shown

    def _hit(self, match: LookUpMatch) -> Hit:
        found = self.desk.row(match.supplier_id)
        if found is None:
            return Hit(match, None, "")
        return Hit(match, found.status, status_words(found, on=self.desk.on))

    def _judge_next(self) -> None:
        """While not everyone is judged yet: one of those shown at a time, between the keys."""
        hits = list(self._list.hits())
        place = next((place for place, hit in enumerate(hits) if hit.status is None), None)
        if place is None or self.desk.has_rows or not self.desk.is_ready:
            self._judging.stop()
            return
        match = hits[place].match
        try:
            verdict = judge_supplier(self.desk.register, match.supplier_id, on=self.desk.on).verdict
        except NotFoundError:
            self._judging.stop()
            return
        hits[place] = Hit(match, verdict.status, status_words(verdict, on=self.desk.on))
        self._list.replace(hits)

    def _show_card(self, hit: Hit | None) -> None:
        supplier_id = hit.match.supplier_id if hit else ""
        for action in (self._open, self._copy):
            action.setEnabled(hit is not None)
        self._letter.setEnabled(hit is not None and self.desk.can_write)
        if hit is None:
            self._shown = ""
            self._card.show_nothing(_NO_SUPPLIERS if self.desk.has_rows and not self.desk.rows else _CAN_TYPE)
            return
        if supplier_id == self._shown:
            return
        self._shown = supplier_id
        try:
            found = phone_card(self.desk.register, supplier_id, on=self.desk.on)
        except NotFoundError:
            self._card.show_nothing("Deze leverancier is er niet meer.")
            return
        self._card.show_card(found, on=self.desk.on)

    def _tell(self, sought: str, *, found: int) -> None:
        if not sought:
            words = "Laatst geopend" if found else "Nog niemand geopend"
        else:
            words = f"De {_LIMIT} beste; typ verder voor minder" if found == _LIMIT else f"{found} gevonden"
        self._count.setText(words)
        is_unknown = bool(sought) and not found
        if is_unknown:
            self._nobody_words.setText(
                f"Niemand gevonden met “{_shortened(sought, 60)}”. Probeer een korter stuk, een andere schrijfwijze of "
                "het telefoonnummer."
            )
        if self._nobody.isHidden() == is_unknown:
            self._nobody.setVisible(is_unknown)
        if self._list.isHidden() == bool(found):
            self._list.setVisible(bool(found))
        # Without a supplier to show, the card says it.
        has_help = bool(found) and not sought
        if self._help.isHidden() == has_help:
            self._help.setVisible(has_help)

    # -- actions ----------------------------------------------------------------------------------------------------

    def _bind_actions(self) -> None:
        self._open = bind(Act.OPEN, self, self._open_supplier)
        self._letter = bind(Act.LETTER, self, self._write_letter)
        self._copy = bind(Act.COPY_SENTENCE, self, self._copy_sentence)
        self._new = bind(Act.NEW_SUPPLIER, self, lambda: self.navigator.new_supplier(self.unknown_name), has_keys=False)
        self._new.setText("Nieuwe leverancier")

    def _open_supplier(self) -> None:
        if self._shown:
            self._remember(self._shown)
            self.navigator.open_supplier(self._shown)

    def _write_letter(self) -> None:
        if self._shown:
            self.navigator.open_letters([self._shown])

    def _copy_sentence(self) -> None:
        if words := self._card.explanation:
            QGuiApplication.clipboard().setText(words)
            self.desk.noticed.emit(Notice("De uitleg staat op het klembord."))

    # -- opened before ----------------------------------------------------------------------------------------------

    def _recent(self) -> list[str]:
        # Keys are plain; what is not was never one and could not be looked for.
        return [key for key in self.state.get(_RECENT, [""]) if key and key.isascii()][:_LIMIT]

    def _remember(self, supplier_id: str) -> None:
        kept = [key for key in self._recent() if key != supplier_id]
        self.state.set(_RECENT, [supplier_id, *kept][:_LIMIT])


def _shortened(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"
