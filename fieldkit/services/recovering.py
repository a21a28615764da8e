"""Time to rest and recover that an authority gave somebody: no step back while it lasts (R-074).

1. It is a paper of the kind `recovery_time` (`permits`). It may be written down without a last day.
2. It lasts until its last day is over. Without one it lasts as many days as the country set (`content.limits`),
   from its first day or the day on which it was written down; where no country set any, until rule 3.
3. It ends earlier when the person says that they want no more of it, and how they said it is written down; or
   when another person than the one who wrote it down says that it was a mistake, and why. That its paper was lost,
   or that there is one of another kind now, ends nothing; where no last day was known, the newer paper says it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fieldkit.content.limits import Limit
from fieldkit.domain.locks import RECOVERY_TIME
from fieldkit.domain.ports import JsonObject
from fieldkit.services import limits
from fieldkit.services.case_file import CaseFile, Said
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.kinds_papers import PERMIT, PERMIT_ENDED

NOT_WANTED, MISTAKE, RENEWED = "not_needed", "mistake", "renewed"
"""Reasons of `permits.Over` that rule 3 reads."""


@dataclass(frozen=True, slots=True)
class Recovering:
    """A time that lasts: `until` is its last day, None where only the person ends it (rule 2)."""

    since: date
    until: date | None


def under_way(vault: OpenVault, file: CaseFile) -> Recovering | None:
    """The time that lasts longest of those that last today; None where none does."""
    today = vault.world.today()
    found = [one for one in _times(vault, file) if one.until is None or one.until >= today]
    return max(found, key=lambda one: (one.until is None, one.until or one.since), default=None)


def demand_may_end(vault: OpenVault, kept: Said, because: str, reason: str) -> None:
    """Raise DeskFault `measure.reason_missing` or `permit.second_person` unless rule 3 lets a time end so."""
    if kept.payload["kind"] != RECOVERY_TIME or because not in (NOT_WANTED, MISTAKE):
        return
    if not reason.strip():
        raise DeskFault("measure.reason_missing")
    if because == MISTAKE and kept.entry.actor == vault.person.id:
        raise DeskFault("permit.second_person")


def _times(vault: OpenVault, file: CaseFile) -> Iterator[Recovering]:
    ended: dict[str, set[str]] = {}
    for said in file.of_kind(PERMIT_ENDED):
        ended.setdefault(said.payload["permit"], set()).add(str(said.payload["because"]))
    held = [said for said in file.of_kind(PERMIT) if said.payload["kind"] == RECOVERY_TIME]
    renewed = {said.payload.get("renews") for said in held}
    for said in held:
        told, over = said.payload, ended.get(said.payload["permit"], set())
        newer = not told["until"] and told["permit"] in renewed
        if not over & {NOT_WANTED, MISTAKE} and not newer:
            since = date.fromisoformat(told["since"] or said.entry.at[:10])
            yield Recovering(since, _last_day(vault, told, since))


def _last_day(vault: OpenVault, told: JsonObject, since: date) -> date | None:
    if told["until"]:
        return date.fromisoformat(str(told["until"]))
    limit = limits.of(vault, Limit.RECOVER)
    return since + timedelta(days=limit.days - 1) if limit is not None else None
