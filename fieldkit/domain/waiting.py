"""Who waits at the desk, and for how long (R-004, R-019, `protection.md` 7).

1. Whoever arrived waits until they are screened *and* referred, or until a person says why they wait no more.
2. An emergency comes first; then who waits longest. Nothing else orders the queue: no category, no nationality, no
   score (`protection.md` 16, K-15, K-23).
3. An emergency stands until somebody says that it was dealt with.
4. A limit is content or the administrator's choice; without one nobody "waits too long", and that is said.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CASE, HOUSEHOLD, GROUP = "case", "household", "group"
"""What waits: a person, several of one household who are not entered one by one yet; and what brought them."""


class Flag(StrEnum):
    """An emergency (R-004)."""

    FIRST_AID = "first_aid"
    LABOUR = "labour"
    RESCUED = "rescued"
    CHILD_ALONE = "child_alone"
    AFRAID_HERE = "afraid_here"


FLAG_OF_FACT = {
    "urgent_medical": Flag.FIRST_AID,
    "urgent_labour": Flag.LABOUR,
    "urgent_child_alone": Flag.CHILD_ALONE,
    "urgent_safety": Flag.AFRAID_HERE,
    "rescued_at_sea": Flag.RESCUED,
}
"""Answers that raise a flag when they are yes or perhaps: a doubt counts as a sign."""
RAISING = frozenset({"yes", "perhaps"})

SCREENING_FORMS = frozenset({"screening", "child_first", "child_registration"})
"""Forms after which somebody is screened. The arrival page is none: everybody stays "not screened yet" (R-012)."""


class Step(StrEnum):
    """What happened to somebody on the way from arrival to referral."""

    ARRIVED = "arrived"
    SCREENED = "screened"
    REFERRED = "referred"
    ENDED = "ended"
    AGAIN = "again"


class Because(StrEnum):
    """Why somebody waits no more without a referral."""

    HELPED = "helped"
    LEFT = "left"
    ELSEWHERE = "elsewhere"
    ENTERED = "entered"
    MISTAKE = "mistake"


class Limit(StrEnum):
    """Between which two steps a limit counts."""

    EMERGENCY = "emergency"
    SCREENING = "screening"
    REFERRAL = "referral"


AT_ONCE = timedelta(minutes=10)
"""What "at once" allows: nobody is there before they can walk across the yard."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How long somebody waits for the next step, against its limit in hours (None: nobody set one)."""

    step: Limit
    since: datetime
    limit: int | None

    def minutes(self, now: datetime) -> int:
        """Whole minutes; 0 where a clock was turned back meanwhile."""
        return max(0, int((now - self.since) / timedelta(minutes=1)))

    def is_too_long(self, now: datetime) -> bool:
        """Whether the limit has passed."""
        return self.limit is not None and now - self.since > (timedelta(hours=self.limit) or AT_ONCE)
