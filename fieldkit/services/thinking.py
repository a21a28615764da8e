"""Time to think before a return by choice (R-130, K-28).

1. A wish is what the person answered in a talk ("not sure" is a wish), or said at the desk. Help goes on meanwhile.
2. How many days it lasts is content (`content.limits`); where nobody set a number, it lasts until the person says
   that they want no more of it. It counts from the newest wish.
3. A word that ends it ends the wishes that were known when it was said, and no other (journal rule 5); it says how
   it was said. A later talk in which the person wants no time ends those before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fieldkit.content.limits import Days, Limit
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.locks import WISHED_TIME
from fieldkit.services import limits
from fieldkit.services.case_file import CASE, FINISHED, KEPT, CaseFile, Said, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.keyed_in import moment_of
from fieldkit.services.vault import OpenVault
from fieldkit.storage.kinds_measures import THOUGHT

WISHES, NO_WISH = frozenset({"yes", "perhaps"}), "no"


@dataclass(frozen=True, slots=True)
class Thinking:
    """A time to think that stands: from which day on, how many days somebody set and who, and until which day; None
    where nobody set a number."""

    since: date
    limit: Days | None

    @property
    def until(self) -> date | None:
        """The first day on which it is over; None where only the person ends it (rule 2)."""
        return self.since + timedelta(days=self.limit.days) if self.limit is not None else None


def wished(vault: OpenVault, file: CaseFile) -> Thinking | None:
    """The time to think that is not over; None where nobody wished any, or it is."""
    days = [day for _, day in _open_wishes(file)]
    if not days:
        return None
    found = Thinking(max(days), limits.of(vault, Limit.THINK))
    over = found.until is not None and found.until <= vault.world.today()
    return None if over else found


def is_under_way(vault: OpenVault, file: CaseFile) -> bool:
    """Whether somebody thinks: asked before any plan of a return by choice."""
    return wished(vault, file) is not None


def wish(vault: OpenVault, case: str) -> None:
    """Keep that the person wishes time to think. Raises PersonFault `access.not_allowed`, `case.unknown`."""
    vault.demand(Action.RECORD_MEASURE)
    read_case(vault.journal, case)
    _write(vault, case, wants=True, reason="", told=())


def end(vault: OpenVault, case: str, how: str) -> None:
    """Keep that the person wants no more time, and how they said it (rule 3).

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `measure.reason_missing`.
    """
    vault.demand(Action.RECORD_MEASURE)
    known = tuple(name for name, _ in _open_wishes(read_case(vault.journal, case)))
    if not how.strip():
        raise DeskFault("measure.reason_missing")
    _write(vault, case, wants=False, reason=how.strip(), told=known)


def _open_wishes(file: CaseFile) -> tuple[tuple[str, date], ...]:
    """The wishes that nothing ended: the entry and its day (rule 3)."""
    ended = {name for said in file.of_kind(THOUGHT) for name in said.payload["told"]}
    found: list[tuple[str, date]] = []
    for said, wants, day in _said(file):
        if wants:
            found.append((said.identity, day))
        elif said.entry.kind != THOUGHT:
            found.clear()  # a later talk
    return tuple(one for one in found if one[0] not in ended)


def _said(file: CaseFile) -> Iterator[tuple[Said, bool, date]]:
    """Everything that was said about time to think: whether it was wished, and on which day."""
    talks = {said.payload["instance_id"]: said for said in file.of_kind(FINISHED)}
    for said in file.standing(FINISHED, KEPT, THOUGHT):
        if said.entry.kind == THOUGHT:
            yield said, said.payload["wants"] is True, date.fromisoformat(said.entry.at[:10])
            continue
        answers = set(said.payload["facts"].get(WISHED_TIME, ()))
        if answers & {*WISHES, NO_WISH}:
            talk = talks.get(said.payload["instance_id"], said)
            moment = moment_of(talk.payload, talk.entry.at)
            yield said, bool(answers & WISHES), date.fromisoformat(moment[:10])


def _write(vault: OpenVault, case: str, *, wants: bool, reason: str, told: tuple[str, ...]) -> None:
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, case),
        kind=THOUGHT,
        payload={"wants": wants, "reason": reason, "told": [*told]},
    )
