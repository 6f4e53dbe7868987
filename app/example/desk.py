"""What lay on the advisors' desk these days: calls that belong to nobody yet, and work that was set aside."""

from datetime import date, timedelta

from app.base.clock import SetClock
from app.domain.journal import Aside, CallNote
from app.example.chronicle import Chronicle
from app.example.days import working_day
from app.example.material import AsideKind, LooseCall, Material
from app.services.set_aside import set_aside
from app.services.work_list import list_work
from app.storage.register import Register

_SORTED_OUT = (16, 40)


class Desk:
    """Plans them in the chronicle; what is set aside is chosen from the work list as it is by then."""

    def __init__(self, material: Material, chronicle: Chronicle, register: Register) -> None:
        """The register is written to when the chronicle is."""
        self._material = material
        self._chronicle = chronicle
        self._register = register

    def enter(self) -> None:
        """Plan everything up to the chronicle's today."""
        for call in self._material.loose_calls:
            self._enter_call(call)
        for place, aside in enumerate(self._material.asides):
            self._enter_aside(aside, place)

    def _enter_call(self, call: LooseCall) -> None:
        on = self._day(call.days_ago)
        begun = SetClock.at(on, *call.at).moment
        note = CallNote(
            id=self._register.new_id(), supplier_id=None, started_at=begun, caller=call.caller, text=call.text,
            ended_at=begun + timedelta(minutes=call.minutes), by="advisor 1",
        )  # fmt: skip
        at = (call.at[0] + 1, call.at[1])
        self._chronicle.note(on, f"Gesprek met {call.caller}", kind="call", at=at, added=[note])

    def _enter_aside(self, aside: AsideKind, place: int) -> None:
        on = self._day(aside.days_ago)
        until = self._chronicle.today + timedelta(days=aside.until)

        def sort_out() -> None:
            found = (item for item in list_work(self._register, on=on) if item.kind == aside.kind and not item.aside)
            chosen = next((item for item in found if item.day is None or item.day != on), None)
            if chosen:
                set_aside(self._register, [chosen], how=Aside(aside.how), reason=aside.reason, until_on=until)

        self._chronicle.do(on, f"set aside {place}", sort_out, at=_SORTED_OUT)

    def _day(self, days_ago: int) -> date:
        return working_day(self._chronicle.today - timedelta(days=days_ago))
