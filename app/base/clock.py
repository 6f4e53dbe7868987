"""The one place that asks what time it is, so that tests and the example register can choose it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells the day in the Netherlands and the moment in UTC."""

    def today(self) -> date:
        """Return the calendar day in the Netherlands."""

    def now(self) -> datetime:
        """Return the moment, in UTC, to the second."""


class SystemClock:
    """The computer's clock."""

    def today(self) -> date:
        """Return today in the Netherlands, whatever the laptop's time zone."""
        return datetime.now(AMSTERDAM).date()

    def now(self) -> datetime:
        """Return this moment in UTC without microseconds."""
        return datetime.now(UTC).replace(microsecond=0)


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is set: for tests, and for an example register with a past."""

    moment: datetime

    @classmethod
    def at(cls, day: date, hour: int = 9, minute: int = 0) -> "SetClock":
        """Make a clock that stands at that wall time in the Netherlands."""
        return cls(datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC))

    def set(self, day: date, hour: int = 9, minute: int = 0) -> None:
        """Move to that wall time in the Netherlands."""
        self.moment = SetClock.at(day, hour, minute).moment

    def today(self) -> date:
        """Return the calendar day in the Netherlands."""
        return self.moment.astimezone(AMSTERDAM).date()

    def now(self) -> datetime:
        """Return the moment in UTC."""
        return self.moment
