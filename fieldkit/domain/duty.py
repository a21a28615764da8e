"""Who is on duty when: shifts of a week, and the order in which numbers are called (R-084, `protection.md` 6).

1. A shift is days of the week and two times of the clock; one that ends at or before it begins goes on into the
   next day. The same time twice is a whole day.
2. Called first is whoever is on duty now, then whoever comes on duty next, then everybody else. A list that is
   empty or out of date never hides a number.
3. A shift with a last day is over after it; one that began on that day goes on until its end.

Everything here is a pure law: the moment is handed in, in the zone of the post.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

WEEK = 7
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""As they are kept; Monday is 0, as in ISO 8601."""
_LOOKED_AHEAD = WEEK + 1


@dataclass(frozen=True, slots=True)
class Shift:
    """`service` of the directory on `days` from `begins` to `ends`, until the day `until` (None: no end)."""

    id: str
    service: str
    days: tuple[int, ...]
    begins: time
    ends: time
    until: date | None = None

    def on(self, day: date) -> tuple[datetime, datetime] | None:
        """From when to when on the shift that begins on this day, on the clock there; None when there is none."""
        if day.weekday() not in self.days or (self.until is not None and day > self.until):
            return None
        over_night = timedelta(days=1) if self.ends <= self.begins else timedelta()
        return datetime.combine(day, self.begins), datetime.combine(day, self.ends) + over_night


@dataclass(frozen=True, slots=True)
class OnDuty:
    """When a service is on duty, next or now: `begins` and `ends` on the clock there."""

    service: str
    begins: datetime
    ends: datetime

    def is_now(self, now: datetime) -> bool:
        """Whether it is on duty at this moment."""
        return self.begins <= now.replace(tzinfo=None) < self.ends


def coming(shifts: Iterable[Shift], now: datetime) -> tuple[OnDuty, ...]:
    """For each service its duty now, else its next one, in the order of calling (rule 2)."""
    here = now.replace(tzinfo=None)
    days = [here.date() + timedelta(days=ahead) for ahead in range(-1, _LOOKED_AHEAD)]
    held = [
        OnDuty(shift.service, *times)
        for shift in shifts
        for day in days
        if (times := shift.on(day)) is not None and times[1] > here
    ]
    first: dict[str, OnDuty] = {}
    for one in sorted(held, key=lambda duty: (duty.begins, duty.ends, duty.service)):
        first.setdefault(one.service, one)
    return tuple(sorted(first.values(), key=lambda duty: (not duty.is_now(now), duty.begins, duty.service)))
