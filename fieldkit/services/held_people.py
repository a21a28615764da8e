"""The register of people who are held: where, since when, why, who looked at it, whom they could speak to (R-125).

1. Every time that somebody was held, as it was written down (`measures`), stands in it until its end was written
   down: also when it went past a lock, in a closed case, and of somebody who told nothing.
2. What is written down here is never refused because of the case (`protection.md` 5): only a day that cannot be
   is.
3. Children stand first, with their alert; in doubt the person is a child (`protection.md` 9). Nothing that is
   sealed is read for it.
4. Where somebody is held, and whom they could speak to, stays at the post. Ground, who answers for it, looks at it
   and the end may travel with the person's yes to headquarters (`travel`).
5. A ground that is written anew takes the place of those that were on the screen; where two people wrote different
   ones, both stand and both are shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldkit.domain import holding
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.holding import Held, Place, Review, Visit
from fieldkit.domain.locks import What
from fieldkit.domain.outcome import Verdict
from fieldkit.domain.ports import JsonObject
from fieldkit.services import measures
from fieldkit.services.case_file import CASE, FINISHED, CaseFile, Said, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.keyed_in import is_day, moment_of
from fieldkit.services.origins import may_be_child
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_days
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_measures import DESCRIBED, HAPPENED, PLACED, RELEASED, REVIEWED, VISITED
from fieldkit.storage.queries_days import HeldRow

GROUNDS, REVIEWS, VISITORS, ENDS = "held_grounds", "held_reviews", "held_visitors", "held_ends"
"""Lists of the codebook."""
MOST_HELD, MOST_ENDED = 500, 100
MOST_TEXT = 120

TALK = "detained"
"""The form of the talk with somebody who is held: how it is there is told in it, to whoever may read that."""
_PLACE, _GROUND, _ACCESS = "held_place", "held_ground", "held_access"
"""Codebook names in which a talk says it."""


@dataclass(frozen=True, slots=True)
class Register:
    """Who is held, children first; who was, the newest end first; how many that is in all."""

    held: tuple[Held, ...]
    ended: tuple[Held, ...]


def register(vault: OpenVault) -> Register:
    """The register of this post. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.SEE_HELD)
    now = (_held(vault, row) for row in queries_days.held_now(vault.database, MOST_HELD))
    before = (_held(vault, row) for row in queries_days.held_before(vault.database, MOST_ENDED))
    return Register(holding.in_order(now), tuple(before))


def of_case(vault: OpenVault, case: str) -> tuple[Held, ...]:
    """The times that one person is or was held, those that go on first. Raises PersonFault `access.not_allowed`,
    `case.unknown`."""
    vault.demand(Action.SEE_HELD)
    file = read_case(vault.journal, case)
    found = [_read(vault, file, said) for said in _times(file)]
    return tuple(sorted(found, key=lambda one: (bool(one.until), one.since)))


# --- writing down -----------------------------------------------------------------------------------------


def describe(vault: OpenVault, case: str, measure: str, ground: str, body: str) -> None:
    """Keep why somebody is held, and which body answers for it; either may be empty (rule 5).

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `held.unknown`, `held.choice`.
    """
    vault.demand(Action.RECORD_MEASURE)
    file = _file_of(vault, case, measure)
    if ground:
        _demand_choice(vault, GROUNDS, ground)
    stand = [said.identity for said in file.standing(DESCRIBED) if said.payload["measure"] == measure]
    told: JsonObject = {"measure": measure, "ground": ground, "body": body.strip()[:MOST_TEXT]}
    vault.journal.append_many(vault.person.id, [Change(subject(CASE, case), DESCRIBED, told, tuple(stand))])


def place(vault: OpenVault, case: str, measure: str, day: str, where: str) -> None:
    """Keep where somebody is held from a day on. Raises as `review`."""
    vault.demand(Action.RECORD_MEASURE)
    if not where.strip():
        raise DeskFault("held.choice")
    _write(vault, case, PLACED, measure, day, {"place": where.strip()[:MOST_TEXT]})


def review(vault: OpenVault, case: str, measure: str, day: str, by: str, result: str) -> None:
    """Keep that somebody looked at whether it may go on.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `held.unknown`, `held.day`, `held.choice`.
    """
    vault.demand(Action.RECORD_MEASURE)
    _demand_choice(vault, REVIEWS, result)
    _write(vault, case, REVIEWED, measure, day, {"by": by.strip()[:MOST_TEXT], "result": result})


def visit(vault: OpenVault, case: str, measure: str, day: str, whom: str, *, given: bool) -> None:
    """Keep whether the person could speak to somebody. Raises as `review`."""
    vault.demand(Action.RECORD_MEASURE)
    _demand_choice(vault, VISITORS, whom)
    _write(vault, case, VISITED, measure, day, {"whom": whom, "given": given})


def end(vault: OpenVault, case: str, measure: str, day: str, how: str) -> None:
    """Keep that the person is not held any more. Raises as `review`."""
    vault.demand(Action.RECORD_MEASURE)
    _demand_choice(vault, ENDS, how)
    _write(vault, case, RELEASED, measure, day, {"how": how})


def of_interview(vault: OpenVault, case: str, told: Mapping[str, Sequence[str]]) -> None:
    """Keep what a talk says of how somebody is held, beside the detention that it told of
    (`measures.of_interview`): whoever leads it need not write it down a second time."""
    file = read_case(vault.journal, case)
    open_ones = [one for one in (_read(vault, file, said) for said in _times(file)) if not one.until]
    if "yes" not in told.get(measures.HELD_NOW, ()) or not open_ones:
        return
    one = open_ones[-1]
    day = vault.world.today().isoformat()
    changes = [*_told_ground(one, told), *_told_place(one, told, day), *_told_access(vault, one, told, day)]
    about = subject(CASE, case)
    vault.journal.append_many(vault.person.id, [Change(about, kind, payload) for kind, payload in changes])


def _told_ground(one: Held, told: Mapping[str, Sequence[str]]) -> list[tuple[str, JsonObject]]:
    grounds = [ground for ground in told.get(_GROUND, ()) if ground not in one.grounds]
    return [(DESCRIBED, {"measure": one.measure, "ground": ground, "body": ""}) for ground in grounds]


def _told_place(one: Held, told: Mapping[str, Sequence[str]], day: str) -> list[tuple[str, JsonObject]]:
    known = {held.place for held in one.places}
    places = [name.strip()[:MOST_TEXT] for name in told.get(_PLACE, ()) if name.strip()]
    new = [name for name in places if name not in known]
    return [(PLACED, {"measure": one.measure, "day": day, "place": name}) for name in new]


def _told_access(
    vault: OpenVault, one: Held, told: Mapping[str, Sequence[str]], day: str
) -> list[tuple[str, JsonObject]]:
    offered = _names(vault, VISITORS)
    known = {held.whom for held in one.visits if held.given}
    named = " ".join(told.get(_ACCESS, ())).split()
    return [
        (VISITED, {"measure": one.measure, "day": day, "whom": whom, "given": True})
        for whom in named
        if whom in offered - known
    ]


def _write(vault: OpenVault, case: str, kind: str, measure: str, day: str, told: JsonObject) -> None:
    file = _file_of(vault, case, measure)
    since = next(str(said.payload["day"]) for said in _times(file) if said.payload["measure"] == measure)
    if not is_day(day) or not since <= day <= vault.world.today().isoformat():
        raise DeskFault("held.day")
    payload: JsonObject = {"measure": measure, "day": day, **told}
    vault.journal.append(actor=vault.person.id, subject=subject(CASE, case), kind=kind, payload=payload)


def _file_of(vault: OpenVault, case: str, measure: str) -> CaseFile:
    file = read_case(vault.journal, case)
    if measure not in {said.payload["measure"] for said in _times(file)}:
        raise DeskFault("held.unknown")
    return file


def _demand_choice(vault: OpenVault, name: str, value: str) -> None:
    if value not in _names(vault, name):
        raise DeskFault("held.choice")


def _names(vault: OpenVault, name: str) -> frozenset[str]:
    return frozenset(choice.name for choice in vault.codebook.lists.get(name, ()))


def read(vault: OpenVault, row: HeldRow) -> Held:
    """One time that somebody is held, as far as it is known at this desk. Raises PersonFault `case.unknown`."""
    return _held(vault, row)


# --- reading ----------------------------------------------------------------------------------------------


def _held(vault: OpenVault, row: HeldRow) -> Held:
    file = read_case(vault.journal, row.case)
    said = next(said for said in _times(file) if said.payload["measure"] == row.measure)
    return _read(vault, file, said)


def _times(file: CaseFile) -> list[Said]:
    """The entries that say that the person was held, in the order of their days."""
    found = [said for said in file.of_kind(HAPPENED) if said.payload["what"] == What.DETENTION]
    return sorted(found, key=lambda said: str(said.payload["day"]))


def _read(vault: OpenVault, file: CaseFile, said: Said) -> Held:
    measure, since = str(said.payload["measure"]), str(said.payload["day"])
    described = _of(file.standing(DESCRIBED), measure)
    ended = sorted((str(one["day"]), str(one["how"])) for one in _of(file.of_kind(RELEASED), measure))
    until, how = ended[0] if ended else ("", "")
    bodies = (said.payload["by"], *(one["body"] for one in described))
    return Held(
        file.id,
        file.number,
        measure,
        since,
        until,
        holding.days_between(since, until, vault.world.today()),
        _may_be_child(file),
        bool(said.payload["shut"]),
        _told(one["ground"] for one in described),
        _told(bodies),
        tuple(Place(one["day"], one["place"]) for one in _of(file.of_kind(PLACED), measure)),
        tuple(Review(one["day"], one["by"], one["result"]) for one in _of(file.of_kind(REVIEWED), measure)),
        tuple(Visit(one["day"], one["whom"], one["given"]) for one in _of(file.of_kind(VISITED), measure)),
        str(said.payload["tried"]),
        how,
        _talked(file, since),
    )


def _of(said: Iterable[Said], measure: str) -> list[dict[str, Any]]:
    return [one.payload for one in said if one.payload["measure"] == measure]


def _told(values: Iterable[str]) -> tuple[str, ...]:
    """What was told, each once; nothing where nobody told anything."""
    return tuple(dict.fromkeys(value for value in values if value))


def _talked(file: CaseFile, since: str) -> str:
    """The day of the newest talk since it began; empty where none was led."""
    days = [
        moment_of(said.payload, said.entry.at)[:10]
        for said in file.standing(FINISHED)
        if said.payload["form"] == TALK
    ]
    return max((day for day in days if day >= since), default="")


def _may_be_child(file: CaseFile) -> bool:
    """By the open answers and what rules said; nothing sealed is read for it (rule 3)."""
    said = {
        one.payload["category"]
        for one in file.of_kind("outcome.suggested")
        if one.payload["verdict"] == Verdict.YES
    }
    categories = (said | set(file.confirmed()) | set(file.for_review())) - measures.taken_away(file)
    return may_be_child(file.answers(), frozenset(categories))
