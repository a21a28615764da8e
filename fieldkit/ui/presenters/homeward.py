"""What the screens of the way home decide: what waits, what may be written, what came.

1. Headquarters sees per post what waits; whatever is chosen is sealed for that laptop alone.
2. At the post what came is looked at first; what is inside is shown, then a person accepts.
3. Words for kinds and states stand here once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.languages.marking import mark
from fieldkit.services import confidential, homeward, report
from fieldkit.storage import queries_home
from fieldkit.ui.presenters.category_names import category_name

if TYPE_CHECKING:
    from fieldkit.domain.ports import Progress
    from fieldkit.headquarters.outbox import Waiting
    from fieldkit.services.homeward import Brought, SentHome, TakenIn
    from fieldkit.services.vault import OpenVault
    from fieldkit.storage.queries_home import ReferralRow

STATES: Mapping[str, str] = {
    "acknowledged": mark("They know of it"),
    "served": mark("The person was helped"),
    "not served": mark("The person was not helped"),
    "declined": mark("The person did not want it"),
}
"""What became of a referral, in words (English sources)."""

KINDS: Mapping[str, str] = {
    "task.given": mark("Tasks"),
    "referral.result": mark("Results of referrals"),
    "message.sent": mark("Messages"),
}
STATEMENTS: Mapping[str, str] = {
    "receipt": mark("Receipts"),
    "erasure": mark("Erasures"),
    "succession": mark("New keys of headquarters"),
    "trust list": mark("Lists of trusted laptops"),
    "": mark("Of a newer version of the program"),
}
DAYS = (0, 1, 3, 7)
"""In how many days a task is due; 0 for no day."""


class SendBack:
    """At headquarters: what waits for each post."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.waiting: tuple[Waiting, ...] = homeward.waiting(vault)
        self.chosen: tuple[str, ...] = tuple(
            one.device.certificate.device for one in self.waiting if one.total
        )
        self.sent: tuple[SentHome, ...] = ()

    def case_of(self, number: str) -> str:
        """The case with this number; empty when headquarters holds none."""
        wanted = number.strip().upper()
        return next((one.case for one in report.cases(self.vault) if one.number == wanted), "")

    def send(self, folder: Path, progress: Progress) -> tuple[SentHome, ...]:
        """Write the files for the chosen posts. Raises as `services.homeward.send_back`."""
        return homeward.send_back(self.vault, self.chosen, folder, progress)


class WriteHome:
    """At headquarters: something for the post that wrote a case."""

    def __init__(self, vault: OpenVault, case: str, tag: str) -> None:
        self.vault, self.case = vault, case
        self._tag = tag
        found = next((one for one in report.cases(vault) if one.case == case), None)
        self.number = found.number if found else ""
        self.post = found.post if found else ""

    def name(self, category: str) -> str:
        """A category in plain words; empty for help with a need, and for what this person may not be shown."""
        shown = bool(category) and confidential.may_see(self.vault, category)
        return category_name(self.vault.codebook, category, self._tag) if shown else ""

    @property
    def referrals(self) -> tuple[ReferralRow, ...]:
        """The referrals of the case, those that were declined left out."""
        rows = queries_home.referrals(self.vault.database, self.case)
        return tuple(one for one in rows if not one.declined)

    def last_state(self, referral: str) -> str:
        """What was told of a referral last, in words (English source); empty for nothing."""
        told = [one for one in homeward.results(self.vault, self.case) if one.referral == referral]
        return STATES.get(told[-1].state, "") if told else ""

    def result(self, referral: str, state: str, text: str) -> None:
        """Tell what became of a referral. Raises HeadquartersFault."""
        homeward.tell_result(self.vault, self.case, referral, state, text)

    def task(self, text: str, days: int) -> None:
        """Ask the post to do something. Raises HeadquartersFault."""
        due = self.vault.world.today() + timedelta(days=days) if days else None
        homeward.give_task(self.vault, text, case=self.case, due=due.isoformat() if due else "")

    def message(self, text: str) -> None:
        """Tell the post something. Raises HeadquartersFault."""
        homeward.send_message(self.vault, self.case, text)


class TakeIn:
    """At a post: one file from headquarters, verified, before anything is kept."""

    def __init__(self, vault: OpenVault, path: Path) -> None:
        self.vault, self.path = vault, path
        self.brought: Brought | None = None
        self.taken: TakenIn | None = None

    def look(self) -> Brought:
        """Verify it; nothing is changed. Raises as `services.homeward.look`."""
        return homeward.look(self.vault, self.path)

    @property
    def can_accept(self) -> bool:
        """Whether taking it in is possible."""
        return self.brought is not None and self.brought.missing is None and self.taken is None

    def accept(self, progress: Progress) -> TakenIn:
        """Take it in. Raises as `services.homeward.take_in`."""
        return homeward.take_in(self.vault, self.path, progress)
