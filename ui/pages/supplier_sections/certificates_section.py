"""Certificaten: what is held, of whom it is, until when, and who checked it."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.base.formatting import count, short_date
from app.domain.certificate import Certificate, CertificateStatus, Verification
from app.services.show_supplier import Dossier
from ui.base.desk import Desk
from ui.base.page import Navigator
from ui.base.state import WindowState
from ui.models.row_table_model import Cell, Column, Fact
from ui.pages.supplier_sections.nouns import CERTIFICATE, VERIFICATION
from ui.pages.supplier_sections.record_list import RecordList
from ui.pages.supplier_sections.record_pane import RecordPane
from ui.pages.supplier_sections.section import ListSection
from ui.widgets.layout import column, row

_TWO_ROWS = 176


class CertificatesSection(ListSection):
    """All certificates on top; beneath them the chosen one, with its checks beside it."""

    def __init__(self, desk: Desk, navigator: Navigator, state: WindowState) -> None:
        """Build both lists."""
        super().__init__(desk, navigator, state)
        self._holders: dict[str, str] = {}
        self._checks: tuple[Verification, ...] = ()
        certificate = RecordPane(desk, [CERTIFICATE], columns=3, fixed=self._why_fixed)
        check = RecordPane(desk, [VERIFICATION])
        self._list = RecordList(
            "supplier.certificates", "Certificaten", self._columns(), certificate, state,
            adds="Certificaat toevoegen",
            empty="Nog geen certificaten. Ook wat u aan de telefoon hoort, kunt u hier vastleggen.",
        )  # fmt: skip
        checks = [
            Column("on", "Gecontroleerd op", 140, lambda r: short_date(r.checked_on), Cell.STRONG,
                   lambda r: r.checked_on, fact=Fact("date", lambda r: r.checked_on)),
            Column("by", "Door", 110, lambda r: r.checked_by),
            Column("how", "Hoe", 0, lambda r: r.method, Cell.MUTED),
        ]  # fmt: skip
        self._check_list = RecordList(
            "supplier.checks", "Controles", checks, check, state, adds="Controle vastleggen",
            empty="Dit certificaat is nog niet gecontroleerd.",
        )  # fmt: skip
        both = column(self._check_list, check, gap=12)
        both.setStretch(0, 1)
        self._beside = QWidget()
        self._beside.setLayout(both)
        beneath = row(certificate, self._beside, gap=16)
        beneath.setStretch(0, 3)
        beneath.setStretch(1, 2)
        self._beneath = QWidget()
        self._beneath.setLayout(beneath)
        layout = column(self._list, self._beneath, gap=12)
        layout.setStretch(0, 2)
        layout.setStretch(1, 4)
        self._list.setMinimumHeight(_TWO_ROWS)
        self.setLayout(layout)
        self._has(self._list, self._check_list)
        self._list.chosen.connect(self._show_checks)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show the certificates, the newest first."""
        self._holders = dict(dossier.other_holders)
        self._checks = dossier.verifications
        newest = sorted(dossier.certificates, key=lambda c: c.valid_from or date.max, reverse=True)
        self._list.show_records(dossier.supplier.id, newest)
        self._show_checks(self._list.current_record())

    def _show_checks(self, certificate: Certificate | None) -> None:
        self._beside.setVisible(certificate is not None)
        self._beneath.setVisible(self._list.pane.key is not None)
        if certificate is None:
            self._check_list.show_records("", ())
            return
        found = [check for check in self._checks if check.certificate_id == certificate.id]
        self._check_list.show_records(certificate.id, sorted(found, key=lambda c: c.checked_on, reverse=True))

    def _why_fixed(self, certificate: Certificate) -> str:
        holder = self._holders.get(certificate.id)
        if holder is None:
            return ""
        return f"Dit certificaat staat op naam van {holder or 'een onbekende houder'}. Wijzig het daar."

    def _columns(self) -> list[Column]:
        return [
            Column("level", "Trede", 150, _level_words, Cell.LEVEL, lambda r: r.level.rank, lambda r: r.level),
            Column("number", "Nummer", 150, lambda r: r.number or "—"),
            Column("from", "Geldig van", 116, lambda r: short_date(r.valid_from) if r.valid_from else "—", Cell.TEXT,
                   lambda r: r.valid_from or date.min, fact=Fact("date", lambda r: r.valid_from)),
            Column("to", "T/m", 116, lambda r: short_date(r.valid_to) if r.valid_to else "—", Cell.TEXT,
                   lambda r: r.valid_to or date.min, fact=Fact("date", lambda r: r.valid_to)),
            Column("state", "Stand", 200, lambda r: standing(r, self.desk.on).capitalize(), Cell.STRONG),
            Column("checked", "Controle", 140, lambda r: "Gecontroleerd" if r.is_verified else "Nog niet", Cell.MUTED),
            Column("covers", "Geldt voor", 132, _covered, Cell.MUTED, yields=True),
            Column("holder", "Op naam van", 0, lambda r: self._holders.get(r.id, "Deze leverancier"), Cell.MUTED),
        ]  # fmt: skip


def standing(certificate: Certificate, on: date) -> str:
    """Return how a certificate stands on a day."""
    if certificate.is_reported:
        return "gemeld, bewijs gevraagd"
    if certificate.status is not CertificateStatus.VALID:
        since = f" op {short_date(certificate.status_on)}" if certificate.status_on else ""
        return f"{certificate.status.label}{since}"
    assert certificate.valid_from and certificate.valid_to
    if on < certificate.valid_from:
        return "nog niet ingegaan"
    return "verlopen" if certificate.valid_to < on else "geldig"


def _level_words(certificate: Certificate) -> str:
    return f"{certificate.level.label}{' · 30+' if certificate.is_plus30 else ''}"


def _covered(certificate: Certificate) -> str:
    return count(len(certificate.covered_kvk), "KvK-nummer", "KvK-nummers") if certificate.covered_kvk else "Houder"
