"""What happens to a supplier besides orders and certificates: calls, promises, tasks, exemptions, moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.base.clock import SetClock
from app.base.formatting import NBSP, long_date
from app.domain.journal import CallNote, FollowUp, Promise
from app.domain.policy import Exemption, Postponement
from app.domain.supplier import Supplier
from app.example.cast import Player
from app.example.chronicle import ADVISORS, Chronicle, later
from app.example.days import working_day
from app.example.material import EventKind, Material, Span
from app.example.names import Inventor

_APPROVER = "teamleider Inkoop"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Happening:
    """An event with its dice thrown: day, wall time and advisor; `text` says what, with the date filled in."""

    player: Player
    on: date
    at: tuple[int, int]
    by: str
    until: date
    done_on: date | None
    text: str
    call: str

    @property
    def moment(self) -> datetime:
        """When it was, in UTC."""
        return SetClock.at(self.on, *self.at).moment


class Events:
    """Notes what the case of a supplier says that happened, on days that the dice choose."""

    def __init__(
        self, material: Material, chronicle: Chronicle, *, inventor: Inventor, new_id: Callable[[], str]
    ) -> None:
        """`inventor` gives new addresses and numbers."""
        self._material = material
        self._chronicle = chronicle
        self._inventor = inventor
        self._new_id = new_id
        self._today = chronicle.today
        self._kinds: Mapping[str, Callable[[_Happening], None]] = {
            "call": self._call,
            "promise": self._promise,
            "follow_up": self._follow_up,
            "exemption": self._exemption,
            "postponement": self._postponement,
            "end": self._end,
        }

    def enter(self, player: Player) -> None:
        """Note all of one supplier; a move or a new number is noted by `as_it_came`."""
        chosen = [*player.case.events, *(name for name in player.case.sometimes if player.random.random() < 0.34)]
        for name in chosen:
            event = self._material.events[name]
            if event.kind in self._kinds:
                self._kinds[event.kind](self._happening(player, event))

    def as_it_came(self, player: Player) -> Player:
        """Return the supplier as it was when it came, and note what changed since: name, address, phone."""
        for change in (self._renamed, self._moved, self._phoned):
            player = change(player)
        return player

    def _happening(self, player: Player, event: EventKind) -> _Happening:
        random = player.random
        on = later(working_day(self._day(player, event.on)), than=player.registered_on, today=self._today)
        until = self._day(player, event.until) if event.until else on
        until = until if until < self._today else _next_weekday(until)
        text = random.choice(event.texts) if event.texts else ""
        return _Happening(
            player=player,
            on=on,
            at=(random.randint(9, 16), random.randrange(60)),
            by=random.choice(ADVISORS),
            until=until,
            done_on=working_day(self._day(player, event.done)) if event.done else None,
            text=text.format(until=long_date(until).replace(NBSP, " ")),
            call=random.choice(event.calls) if event.calls else "",
        )

    def _day(self, player: Player, span: Span) -> date:
        return self._today + timedelta(days=player.random.randint(*span))

    def _call(self, found: _Happening) -> None:
        note = self._note_of(found, found.text)
        self._write(found, f"Gesprek met {found.player.name}", [note], kind="call")

    def _promise(self, found: _Happening) -> None:
        promise = Promise(
            id=self._new_id(), supplier_id=found.player.supplier.id, due_on=found.until, what=found.text, by=found.by
        )
        self._write(found, f"Gesprek met {found.player.name}", [promise], kind="call")
        if found.done_on:
            settled = replace(promise, settled_at=SetClock.at(found.done_on, 15, 10).moment)
            label = f"Toezegging van {found.player.name} nagekomen"
            self._chronicle.note(found.done_on, label, at=(15, 10), by=found.by, changed=[settled])

    def _follow_up(self, found: _Happening) -> None:
        task = FollowUp(
            id=self._new_id(), supplier_id=found.player.supplier.id, due_on=found.until, what=found.text, by=found.by
        )
        self._write(found, f"Taak voor {found.player.name}", [task])
        if found.done_on:
            done = replace(task, done_at=SetClock.at(found.done_on, 11, 40).moment)
            self._chronicle.note(
                found.done_on, f"Taak voor {found.player.name} klaar", at=(11, 40), by=found.by, changed=[done]
            )

    def _exemption(self, found: _Happening) -> None:
        exemption = Exemption(
            id=self._new_id(), supplier_id=found.player.supplier.id, reason=found.text, approver=_APPROVER,
            from_on=found.on, to_on=found.until,
        )  # fmt: skip
        self._write(found, f"Vrijstelling van {found.player.name} vastgelegd", [exemption])

    def _postponement(self, found: _Happening) -> None:
        postponement = Postponement(
            id=self._new_id(), supplier_id=found.player.supplier.id, reason=found.text, approver=_APPROVER,
            from_on=found.on, to_on=found.until,
        )  # fmt: skip
        self._write(found, f"Uitstel van {found.player.name} vastgelegd", [postponement])

    def _end(self, found: _Happening) -> None:
        ended = replace(found.player.supplier, archived_at=found.moment)
        self._chronicle.note(found.on, f"{found.player.name} gearchiveerd", at=found.at, by=found.by, changed=[ended])

    def _write(self, found: _Happening, label: str, records: list[object], *, kind: str = "edit") -> None:
        calls = [self._note_of(found, found.call)] if found.call else []
        self._chronicle.note(found.on, label, kind=kind, at=found.at, by=found.by, added=[*records, *calls])

    def _note_of(self, found: _Happening, text: str) -> CallNote:
        minutes = found.player.random.randint(2, 14)
        return CallNote(
            id=self._new_id(),
            supplier_id=found.player.supplier.id,
            started_at=found.moment - timedelta(minutes=minutes),
            ended_at=found.moment,
            caller=found.player.random.choice(self._material.words["roles"]),
            text=text,
            by=found.by,
        )

    def _renamed(self, player: Player) -> Player:
        former = player.known.former if player.known else None
        if former is None:
            return player
        supplier = player.supplier
        before = replace(
            supplier,
            name=former.name,
            former_names=(),
            kvk=supplier.former_kvk[0] if former.kvk else supplier.kvk,
            former_kvk=(),
        )
        on = self._today - timedelta(days=former.days_ago)
        return self._changed(player, before, on, f"Naam van {supplier.name} gewijzigd")

    def _moved(self, player: Player) -> Player:
        on = self._by_chance(player, "move")
        if on is None:
            return player
        before = replace(player.supplier, visiting=self._inventor.address(player.place))
        return self._changed(player, before, on, f"Adres van {player.name} gewijzigd")

    def _phoned(self, player: Player) -> Player:
        on = self._by_chance(player, "new_phone")
        if on is None:
            return player
        before = replace(player.supplier, phone=self._inventor.phone(player.place))
        return self._changed(player, before, on, f"Telefoonnummer van {player.name} gewijzigd")

    def _by_chance(self, player: Player, kind: str) -> date | None:
        for name in player.case.sometimes:
            event = self._material.events[name]
            if event.kind == kind and player.random.random() < 0.34:
                return self._day(player, event.on)
        return None

    def _changed(self, player: Player, before: Supplier, on: date, label: str) -> Player:
        on = later(working_day(on), than=player.registered_on, today=self._today)
        self._chronicle.note(on, label, at=(13, 15), by=ADVISORS[1], changed=[player.supplier])
        return replace(player, supplier=before)


def _next_weekday(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day
