"""The certificates of the example: chains of two years each, what became of them, and who checked them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from app.domain.certificate import Certificate, CertificateStatus, Level, Verification
from app.example.cast import Player
from app.example.chronicle import ADVISORS, Chronicle, later
from app.example.days import FIRST_DAY, month_end, month_start, working_day
from app.example.material import CertificateCase, Material

_METHODS = ("overzicht op PSO-NL", "overzicht op PSO-NL", "kopie van het certificaat", "telefonisch")
_BASIS_SINCE = date(2023, 4, 1)
"""Before that day nobody could hold Basistrede (domain.md §1.2)."""
_TERM = 24
_SIGNS = {Level.ASPIRANT: "A", Level.BASIS: "B", Level.TREDE1: "T1", Level.TREDE2: "T2", Level.TREDE3: "T3"}
_ENDED = {"withdrawn": CertificateStatus.WITHDRAWN, "suspended": CertificateStatus.SUSPENDED}


class Certificates:
    """Enters the certificates of every supplier, as its case says."""

    def __init__(
        self, material: Material, chronicle: Chronicle, *, new_id: Callable[[], str], new_kvk: Callable[[], str]
    ) -> None:
        """`new_kvk` gives the numbers of holdings and groups that are no suppliers."""
        self._material = material
        self._chronicle = chronicle
        self._new_id = new_id
        self._new_kvk = new_kvk
        self._today = chronicle.today
        self._given = 2_000

    def enter(self, player: Player) -> None:
        """Enter all of one supplier."""
        case = player.case.certificate
        if case is None:
            return
        level = Level(player.random.choice(case.levels))
        if case.fate == "reported":
            self._report(player, level)
            return
        ends = player.random.randint(*case.ends)
        last = self._enter(player, case, level, ends)
        if case.fate in _ENDED:
            self._end(player, last, _ENDED[case.fate])
        elif case.fate == "upgraded":
            self._upgrade(player, last, ends)
        elif case.fate == "renewed":
            self._renew(player, last, ends)
        if not case.is_first and case.fate != "upgraded":
            self._enter_earlier(player, case, last.level, ends)

    def enter_outsiders(self, random: Random) -> None:
        """Enter the certificates whose holder is not in the register."""
        for outsider in self._material.outsiders:
            certificate = replace(
                self._made(Level(outsider.level), outsider.ends, random),
                holder_name=outsider.holder,
                covered_kvk=(self._new_kvk(), self._new_kvk()),
            )
            self._note(certificate, FIRST_DAY, random, is_checked=False)

    def _enter(self, player: Player, case: CertificateCase, level: Level, ends: int) -> Certificate:
        certificate = self._held(player, case.holder, self._made(level, ends, player.random))
        certificate = replace(certificate, is_plus30=case.plus30)
        self._note(certificate, player.registered_on, player.random, is_checked=case.checked)
        return certificate

    def _enter_earlier(self, player: Player, case: CertificateCase, level: Level, ends: int) -> None:
        """What the supplier held before: the same or one lower, back to where it came to us."""
        while player.random.random() < 0.8 and level is not Level.ASPIRANT:
            ends -= _TERM
            if month_end(self._today, ends) < player.registered_on:
                return
            level = Level.of_rank(max(1, level.rank - (player.random.random() < 0.4)))
            earlier = self._held(player, case.holder, self._made(level, ends, player.random))
            self._note(earlier, player.registered_on, player.random, is_checked=True)
            level = earlier.level

    def _made(self, level: Level, ends: int, random: Random) -> Certificate:
        """A certificate of two years that ends in that month: they begin on the first of a month (domain.md §1.6)."""
        valid_from = month_start(self._today, ends - _TERM + 1)
        if level is Level.BASIS and valid_from < _BASIS_SINCE:
            level = Level.ASPIRANT
        self._given += random.randint(1, 9)
        return Certificate(
            id=self._new_id(),
            level=level,
            number=f"PSO-{_SIGNS[level]}-{self._given}",
            issuer=random.choice(self._material.words["issuers"]),
            valid_from=valid_from,
            valid_to=month_end(self._today, ends),
        )

    def _held(self, player: Player, holder: str, certificate: Certificate) -> Certificate:
        supplier = player.supplier
        if holder == "group":
            name = f"{player.name.removesuffix(' B.V.')} Groep"
            return replace(certificate, holder_name=name, covered_kvk=(self._new_kvk(), supplier.kvk))
        own = replace(certificate, supplier_id=supplier.id)
        if holder == "holding":
            return replace(own, covered_kvk=(self._new_kvk(),), note="Op naam van de holding")
        # A number that the firm had before stands on its papers too.
        covered = tuple(filter(None, (supplier.kvk, *supplier.former_kvk)))
        return replace(own, covered_kvk=covered if player.random.random() < 0.85 else ())

    def _note(self, certificate: Certificate, since: date, random: Random, *, is_checked: bool) -> None:
        """Enter it on the list of its month, or on the first list after the supplier came."""
        valid_from = certificate.valid_from or self._today
        month = max(valid_from, month_start(since, 1))
        known_on = working_day(min(month.replace(day=20), self._today - timedelta(days=1)))
        label = f"pso-lijst {known_on.year}-{known_on.month:02d}.xlsx"
        self._chronicle.note_import(known_on, label, at=(8, 55), added=[certificate])
        if is_checked:
            self._check(certificate, known_on, random)

    def _check(self, certificate: Certificate, on: date, random: Random) -> None:
        by = ADVISORS[1]
        check = Verification(
            id=self._new_id(),
            certificate_id=certificate.id,
            checked_on=on,
            checked_by=by,
            method=random.choice(_METHODS),
        )
        self._chronicle.note(on, "Certificaten gecontroleerd", at=(14, 20), by=by, added=[check])

    def _report(self, player: Player, level: Level) -> None:
        on = working_day(self._today - timedelta(days=player.random.randint(20, 55)))
        told = Certificate(
            id=self._new_id(), level=level, supplier_id=player.supplier.id, note="Gemeld, bewijs gevraagd"
        )
        self._chronicle.note(on, f"Gemelde trede van {player.name} vastgelegd", at=(11, 25), added=[told])

    def _end(self, player: Player, certificate: Certificate, status: CertificateStatus) -> None:
        # Lately, so that no letter of an earlier round speaks of it.
        on = working_day(self._today - timedelta(days=player.random.randint(10, 24)))
        ended = replace(certificate, status=status, status_on=on)
        label = f"Certificaat van {player.name}: {status.label}"
        self._chronicle.note(on, label, at=(10, 45), by=ADVISORS[1], changed=[ended])

    def _upgrade(self, player: Player, certificate: Certificate, ends: int) -> None:
        """A lower level that still ran was replaced by this one."""
        lower = Level.of_rank(certificate.level.rank - 1)
        before = self._held(player, "own", self._made(lower, ends - 10, player.random))
        self._note(before, player.registered_on, player.random, is_checked=True)
        on = later(
            working_day(self._today - timedelta(days=9)), than=certificate.valid_from or self._today, today=self._today
        )
        replaced = replace(before, status=CertificateStatus.REPLACED, status_on=certificate.valid_from)
        label = f"Certificaat van {player.name}: {replaced.status.label}"
        self._chronicle.note(on, label, at=(10, 45), changed=[replaced])

    def _renew(self, player: Player, certificate: Certificate, ends: int) -> None:
        """The successor is known before this one ends."""
        successor = self._held(player, "own", self._made(certificate.level, ends + _TERM, player.random))
        self._note(successor, player.registered_on, player.random, is_checked=True)
