"""A form that was filled in on paper and is keyed in later, with its own day and interviewer (R-204).

1. Day, interviewer and place are asked before anything is typed; the day is not in the future.
2. The entry carries both moments: when it was written down on paper, and when it was keyed in (the entry's `at`).
3. Whatever counts days or hours from the talk counts from the day on the paper.
4. The hour is often not known: noon stands for it in the form's own fields, and the record says so.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from fieldkit.domain.ports import Clock, JsonObject
from fieldkit.services.errors import DeskFault

_NOON = time(12)
EARLIEST = date(2000, 1, 1)
"""Older days are slips of the keyboard."""


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What stands on the head of the paper. `hour` is HH:MM, or empty when nobody wrote it down."""

    day: str
    interviewer: str
    place: str
    hour: str = ""
    interpreter: str = ""
    number: str = ""

    def moment(self, clock: Clock) -> datetime:
        """The moment of the talk in the post's zone (rule 4)."""
        at = time.fromisoformat(self.hour) if self.hour else _NOON
        return datetime.combine(date.fromisoformat(self.day), at, tzinfo=clock.now().tzinfo)

    def spelled(self) -> str:
        """As it is kept in a draft's log."""
        return json.dumps(asdict(self), sort_keys=True)

    def fields(self) -> JsonObject:
        """As it stands in the entry of the finished interview; all of it stays here."""
        return dict(asdict(self))

    def travels(self) -> JsonObject:
        """What of it may go to headquarters: when, and who led the talk."""
        return {"day": self.day, "hour": self.hour, "interviewer": self.interviewer}


def read(spelled: str) -> OnPaper:
    """What `spelled` wrote."""
    return OnPaper(**json.loads(spelled))


def of_payload(payload: Mapping[str, object]) -> OnPaper | None:
    """What a finished interview says of its paper; None for one that was led on this laptop."""
    said = payload.get("on_paper")
    if not isinstance(said, Mapping):
        return None
    known = {name: str(said[name]) for name in OnPaper.__slots__ if name in said}
    return OnPaper(**{"day": "", "interviewer": "", "place": "", **known})


def day_of(payload: Mapping[str, object], written: str) -> str:
    """The day of the talk: the paper's, else the day on which the entry was written (`written`, ISO)."""
    paper = of_payload(payload)
    return paper.day if paper is not None and paper.day else written[:10]


def moment_of(payload: Mapping[str, object], written: str) -> str:
    """The moment of the talk (rule 3): the paper's in the zone of the entry, else the entry's own (ISO)."""
    paper = of_payload(payload)
    if paper is None or not paper.day:
        return written
    zone = datetime.fromisoformat(written).tzinfo
    at = time.fromisoformat(paper.hour) if paper.hour else _NOON
    return datetime.combine(date.fromisoformat(paper.day), at, tzinfo=zone).isoformat(timespec="seconds")


def is_day(text: str) -> bool:
    """Whether a text is a day as everything here compares and counts it: a year, a month and a day that exist, as
    `2026-03-02`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_hour(text: str) -> bool:
    try:
        return time.fromisoformat(text).strftime("%H:%M") == text
    except ValueError:
        return False


def check(paper: OnPaper, today: date) -> None:
    """Raise DeskFault `paper.no_day`, `paper.no_hour`, `paper.future`, `paper.too_old`, `paper.no_interviewer`,
    `paper.no_place` (rule 1)."""
    if not is_day(paper.day):
        raise DeskFault("paper.no_day")
    if paper.hour and not _is_hour(paper.hour):
        raise DeskFault("paper.no_hour")
    day = date.fromisoformat(paper.day)
    if day > today:
        raise DeskFault("paper.future")
    if day < EARLIEST:
        raise DeskFault("paper.too_old", year=EARLIEST.year)
    if not paper.interviewer.strip():
        raise DeskFault("paper.no_interviewer")
    if not paper.place.strip():
        raise DeskFault("paper.no_place")
