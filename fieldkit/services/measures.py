"""Detention, penalty, refusal of entry, return, contact with a consulate: what is planned, and what happened.

The locks are a pure law (`domain.locks`). Here the case is read for them, and they are kept.

1. A plan is kept only while no lock is shut. Where a second person opens one, the plan waits for that person,
   also for ever; until then there is none (`protection.md` 5).
2. What happened is kept at once, by whoever hears of it, in a closed case too, which then stands open again.
   Every lock that it went past is named in it; then headquarters is told that such a thing happened at this
   post, without saying to whom.
3. A plan of yesterday is no plan when a lock is shut today: it is shown as stopped, and no paper is made of it.
   A second person's yes is a yes to what was known until then: one more talk, or one more category, and it is asked
   again.
4. What child protection has before a child is returned, only child protection says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fieldkit.domain import locks
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.locks import (
    FREE_WISH,
    GATE,
    OPENED_BY_A_SECOND_PERSON,
    Check,
    Lock,
    Shut,
    Standing,
    What,
)
from fieldkit.domain.outcome import COMMON_CORE, SCREEN_AGAIN, Verdict
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.services import confidential, consulates, recovering, refer, sealed, thinking
from fieldkit.services.case_file import CASE, FINISHED, CaseFile, Said, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.keyed_in import is_day
from fieldkit.services.origins import may_be_child, origins, was_a_child_elsewhere
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_papers
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_measures import (
    ASKED,
    CHECKED,
    DROPPED,
    HAPPENED,
    MEASURE,
    PLANNED,
    RELEASED,
    TOLD,
)
from fieldkit.storage.queries_papers import AlertRow

HAPPENED_IN, HAPPENED_ON, HAPPENED_BY = "gate_done", "gate_done_on", "gate_done_office"
"""Codebook names in which an interview says what happened, on which day, and by whom."""
HELD_NOW, HELD_SINCE = "held_now", "held_since"
"""The same of somebody who is held as the talk is led."""
HAPPENED_AS: Mapping[str, What] = {
    "held": What.DETENTION,
    "returned": What.RETURN,
    "transferred": What.RETURN,
    "refused": What.REFUSAL,
}

TOLD_FOR = timedelta(days=60)
"""So long what a post told stands on headquarters' first screen; its list has all of it."""

CODES: Mapping[Lock, str] = {
    Lock.FEAR: "lock.fear",
    Lock.NOT_PUNISHED: "lock.not_punished",
    Lock.CHILD_HELD: "lock.child_held",
    Lock.CHILD_RETURN: "lock.child_return",
    Lock.BEFORE_REMOVAL: "lock.before_removal",
    Lock.COUNTRY: "lock.country",
    Lock.CHOICE_TALK: "lock.choice_talk",
    Lock.FREE_CHOICE: "lock.free_choice",
    Lock.TIME_TO_THINK: "lock.time_to_think",
    Lock.RECOVERING: "lock.recovering",
}
"""The sentence that shows a rule where it stops something."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened. `day` is ISO; `by` who did it, a function; `tried` what was tried instead; both may
    be empty."""

    what: What
    day: str
    by: str = ""
    tried: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """A happening as it was kept, with the locks it went past: with any, it is an alert. `more`: also past one that
    only a newer version knows."""

    measure: str
    told: Happening
    past: tuple[Lock, ...]
    more: bool = False

    @property
    def is_alert(self) -> bool:
        """Whether somebody has to look at it now."""
        return bool(self.past) or self.more


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that was kept, and the locks that are shut today: with any, it is stopped (rule 3)."""

    measure: str
    what: What
    country: str
    reason: str
    day: str
    shut: tuple[Shut, ...]
    agreed_to: bool = False

    @property
    def is_stopped(self) -> bool:
        """Whether nothing may be done of it today."""
        return bool(self.shut)


# --- what stops what --------------------------------------------------------------------------------------


def standing(vault: OpenVault, case: str, country: str = "") -> Standing:
    """What is known of a case for the locks. Raises PersonFault `case.unknown`."""
    file = sealed.case_file(vault, case)
    answers = sealed.answers(vault, file)
    found = {one.category: one.verdict for one in refer.suggestions(vault, case)}
    yes = {category for category, verdict in found.items() if verdict is Verdict.YES}
    categories = frozenset((yes | set(file.confirmed()) | set(file.for_review())) - taken_away(file))
    categories |= confidential.may_stand(file)
    return Standing(
        categories,
        frozenset(category for category, verdict in found.items() if verdict is Verdict.CANNOT_TELL),
        may_be_child(answers, categories) or was_a_child_elsewhere(vault, file),
        _checks(file),
        {name: answers.said(name) for name in GATE},
        {name: answers.said(name) for name in FREE_WISH},
        bool(country) and origins(vault, case, answers).may_go_to(country),
        bool(country) and case in vault.queries.agreed(consulates.recipient(country)),
        thinking.is_under_way(vault, file),
        recovering.under_way(vault, file) is not None,
    )


def taken_away(file: CaseFile) -> frozenset[str]:
    """The categories that were closed because they never were, or are not wished any more. One that was closed
    because help was given goes on protecting; that a talk had to be led again is over when somebody closed it after
    another talk was led: nobody ends it by a word (R-037)."""
    closed = file.closed_categories().items()
    return frozenset(
        name
        for name, said in closed
        if (_led_again(file) if name == SCREEN_AGAIN else said.payload["because"] in locks.TAKES_AWAY)
    )


def _led_again(file: CaseFile) -> bool:
    """Whether a talk was led after it was said that one has to be: the same one again, or the first screening."""
    again = next((place for place, said in enumerate(file.history) if _points_to(said) == SCREEN_AGAIN), 0)
    before, later = (
        [said.payload for said in part if said.entry.kind == FINISHED and not said.payload.get("corrects")]
        for part in (file.history[:again], file.history[again:])
    )
    wanted = {COMMON_CORE, *(one["form"] for one in before[-1:])}
    return any(one["form"] in wanted for one in later)


def shut(vault: OpenVault, case: str, what: What, country: str = "") -> tuple[Shut, ...]:
    """The locks that stop `what` today; none when nothing stops it."""
    return locks.shut(what, standing(vault, case, country))


# --- planning ---------------------------------------------------------------------------------------------


def plan(vault: OpenVault, case: str, what: What, reason: str, country: str = "") -> bool:
    """Keep a plan; whether it stands now (False: it waits for a second person, rule 1). `country` is that of a
    consulate.

    Raises PersonFault `access.not_allowed`; DeskFault `measure.reason_missing`, `measure.country`, `case.closed`,
    or the code of the first lock that nobody can open here.
    """
    vault.demand(Action.PLAN_MEASURE)
    refer.demand_open(read_case(vault.journal, case))
    if country:
        consulates.demand_country(vault, country)
    if not reason.strip():
        raise DeskFault("measure.reason_missing")
    stopped = shut(vault, case, what, country)
    demand_none_but(stopped, OPENED_BY_A_SECOND_PERSON)
    told: JsonObject = {
        "what": what.value,
        "country": country,
        "reason": reason.strip(),
        "shut": [one.lock.value for one in stopped],
        "talks": _talks(vault, case),
    }
    if stopped:
        _write(vault, case, ASKED, {**told, "proposal": new_id(vault.world.randomness)})
        return False
    _write(vault, case, PLANNED, {**told, "measure": new_id(vault.world.randomness)})
    return True


def agreed_plan(vault: OpenVault, case: str, asked: Mapping[str, Any], told: JsonObject) -> Change:
    """The plan that a second person agrees to, as it is written then: the locks are looked at again.

    Raises the code of a lock that was shut since, and that nobody can open here.
    """
    what = What(str(asked["what"]))
    demand_none_but(shut(vault, case, what, str(asked["country"])), OPENED_BY_A_SECOND_PERSON)
    kept = {name: asked[name] for name in ("what", "country", "shut")}
    asked_for = {"asked_because": asked["reason"], "measure": new_id(vault.world.randomness)}
    seen: JsonObject = {"talks": _talks(vault, case)}
    return Change(subject(CASE, case), PLANNED, {**kept, **asked_for, **seen, **told})


def _talks(vault: OpenVault, case: str) -> list[JsonValue]:
    """The interviews that stand in a case: what whoever agrees could know."""
    return [*sorted(str(one["instance_id"]) for one in sealed.case_file(vault, case).submissions())]


def drop(vault: OpenVault, case: str, measure: str, reason: str) -> None:
    """Give a plan up. Raises DeskFault `measure.reason_missing`, `measure.unknown`."""
    vault.demand(Action.PLAN_MEASURE)
    if not reason.strip():
        raise DeskFault("measure.reason_missing")
    if measure not in {one.measure for one in plans(vault, case)}:
        raise DeskFault("measure.unknown")
    _write(vault, case, DROPPED, {"measure": measure, "reason": reason.strip()})


def plans(vault: OpenVault, case: str) -> tuple[Plan, ...]:
    """The plans that nobody gave up, the oldest first, with what stops them today (rule 3)."""
    file = read_case(vault.journal, case)
    gone = {said.payload["measure"] for said in file.of_kind(DROPPED)}
    held = [said for said in _known(file, PLANNED) if said.payload["measure"] not in gone]
    return tuple(_plan(vault, case, said) for said in held)


def demand_standing(vault: OpenVault, case: str, measure: str) -> Plan:
    """The plan, when nothing stops it today: asked before any paper of it.

    Raises DeskFault `measure.unknown`, or the code of the first lock that stops it.
    """
    found = next((one for one in plans(vault, case) if one.measure == measure), None)
    if found is None:
        raise DeskFault("measure.unknown")
    demand_none_but(found.shut, frozenset())
    return found


def demand_none_but(stopped: tuple[Shut, ...], opened: frozenset[Lock]) -> None:
    """Raise the code of the first lock that is shut and is none of `opened`."""
    for one in stopped:
        if one.lock not in opened:
            raise DeskFault(CODES[one.lock], count=len(one.missing))


def _plan(vault: OpenVault, case: str, said: Said) -> Plan:
    told = said.payload
    what, country = What(told["what"]), str(told["country"])
    agreed = frozenset(Lock(name) for name in told["shut"] if name in set(Lock))
    if told.get("talks") != _talks(vault, case) or _found_since(read_case(vault.journal, case), said):
        agreed = frozenset()  # the yes was to what was known before (rule 3)
    stopped = tuple(one for one in shut(vault, case, what, country) if one.lock not in agreed)
    reason = str(told.get("asked_because") or told["reason"])
    return Plan(told["measure"], what, country, reason, said.entry.at[:10], stopped, bool(agreed))


def _found_since(file: CaseFile, planned: Said) -> bool:
    """Whether a category that nobody had suggested or chosen yet was found after a plan."""
    place = [one.identity for one in file.history].index(planned.identity)
    known = {"", *(_points_to(one) for one in file.history[:place])}
    return any(_points_to(one) not in known for one in file.history[place:])


def _points_to(said: Said) -> str:
    """The category that an entry suggests, confirms or leaves for review; empty for any other."""
    if said.entry.kind == "outcome.suggested" and said.payload["verdict"] != Verdict.YES:
        return ""
    pointing = said.entry.kind in ("outcome.suggested", "outcome.confirmed", "outcome.not_confirmed")
    return str(said.payload["category"]) if pointing else ""


# --- what happened ----------------------------------------------------------------------------------------


def record_happened(vault: OpenVault, case: str, happening: Happening, country: str = "") -> Happened:
    """Keep what happened (rule 2). Nothing stops this. Raises PersonFault `access.not_allowed`, `case.unknown`;
    DeskFault `measure.day` when the day is none or lies ahead."""
    vault.demand(Action.RECORD_MEASURE)
    if not is_day(happening.day) or happening.day > vault.world.today().isoformat():
        raise DeskFault("measure.day")
    past = tuple(one.lock for one in shut(vault, case, happening.what, country))
    measure = new_id(vault.world.randomness)
    names: list[JsonValue] = [lock.value for lock in past]
    common: JsonObject = {"what": happening.what.value, "day": happening.day, "shut": names}
    own = {"measure": measure, "by": happening.by.strip(), "tried": happening.tried.strip()}
    changes = [Change(subject(CASE, case), HAPPENED, {**common, **own})]
    if past:
        changes.append(Change(subject(MEASURE, new_id(vault.world.randomness)), TOLD, common))
        changes += _opened_again(read_case(vault.journal, case))
    vault.journal.append_many(vault.person.id, changes)
    return Happened(measure, happening, past)


def of_interview(vault: OpenVault, case: str, told: Mapping[str, Sequence[str]]) -> None:
    """Keep what an interview says happened already, in the caller's transaction (rule 2): who leads a talk need not
    write it down a second time."""
    offices = told.get(HAPPENED_BY, ())
    for value in " ".join(told.get(HAPPENED_IN, ())).split():
        if value in HAPPENED_AS:
            day = _day(vault, told.get(HAPPENED_ON, ()))
            _once(vault, case, Happening(HAPPENED_AS[value], day, by=offices[0] if offices else ""))
    since = told.get(HELD_SINCE, ())
    if "yes" in told.get(HELD_NOW, ()) and (since or not _is_held(read_case(vault.journal, case))):
        _once(vault, case, Happening(What.DETENTION, _day(vault, since)))


def _is_held(file: CaseFile) -> bool:
    """Whether it is written down already that the person is held, and not that it ended: who tells no day tells of
    that."""
    ended = {said.payload["measure"] for said in file.of_kind(RELEASED)}
    held = [said.payload for said in file.of_kind(HAPPENED) if said.payload["what"] == What.DETENTION]
    return any(one["measure"] not in ended for one in held)


def _once(vault: OpenVault, case: str, new: Happening) -> None:
    """Keep it unless the same of the same day is kept already: the next talk says it again."""
    if (new.what, new.day) not in {(one.told.what, one.told.day) for one in happened(vault, case)}:
        record_happened(vault, case, new)


def _day(vault: OpenVault, days: Sequence[str]) -> str:
    """The day that was told; today when none was, or none that can be."""
    today = vault.world.today().isoformat()
    return days[0] if days and is_day(days[0]) and days[0] <= today else today


def _opened_again(file: CaseFile) -> list[Change]:
    """Somebody has to look at it: a closed case stands open again (as `closing`, rule 4)."""
    told: JsonObject = {"reason": "", "because": "happened"}
    replaced = tuple(file.state_entries())
    return [Change(subject(CASE, file.id), "case.reopened", told, replaced)] if file.is_closed else []


def happened(vault: OpenVault, case: str) -> tuple[Happened, ...]:
    """What happened to a person, as far as somebody heard of it, the oldest first."""
    return tuple(_happened(said) for said in _known(read_case(vault.journal, case), HAPPENED))


def alerts(vault: OpenVault, case: str) -> tuple[Happened, ...]:
    """What happened past a lock."""
    return tuple(one for one in happened(vault, case) if one.is_alert)


def alerted_cases(vault: OpenVault) -> tuple[str, ...]:
    """The open cases in which something happened past a lock: each stands until somebody who looked at it closes
    the case."""
    held = sorted(queries_papers.alerted_cases(vault.database))
    return tuple(case for case in held if not read_case(vault.journal, case).is_closed)


def told_by_posts(vault: OpenVault) -> tuple[AlertRow, ...]:
    """At headquarters: what posts told within the last days, the newest first."""
    since = (vault.world.today() - TOLD_FOR).isoformat()
    return tuple(one for one in queries_papers.alerts_of(vault.database) if one.day >= since)


def _happened(said: Said) -> Happened:
    told = said.payload
    happening = Happening(What(told["what"]), told["day"], told["by"], told["tried"])
    past = tuple(Lock(name) for name in told["shut"] if name in set(Lock))
    return Happened(told["measure"], happening, past, more=len(told["shut"]) > len(past))


def _known(file: CaseFile, kind: str) -> Iterator[Said]:
    """The entries of a kind about what this version has words for. What a newer laptop calls otherwise is kept, and
    told in the case's history (`events`)."""
    return (said for said in file.of_kind(kind) if said.payload["what"] in set(What))


# --- what child protection has ----------------------------------------------------------------------------


def record_check(vault: OpenVault, case: str, check: Check, *, done: bool, reason: str) -> None:
    """Keep that child protection has one of the five things, or has it no more; `reason` says how it is known
    (rule 4). Raises PersonFault `access.not_allowed`; DeskFault `measure.reason_missing`."""
    vault.demand(Action.CHECK_CHILD_RETURN)
    if not reason.strip():
        raise DeskFault("measure.reason_missing")
    held = _said_of(read_case(vault.journal, case), check)
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, case),
        kind=CHECKED,
        payload={"check": check.value, "done": done, "reason": reason.strip()},
        replaces=[said.identity for said in held],
    )


def checks(vault: OpenVault, case: str) -> frozenset[Check]:
    """What child protection has; where two people say different things, what both have."""
    return _checks(read_case(vault.journal, case))


def _checks(file: CaseFile) -> frozenset[Check]:
    said = {check: _said_of(file, check) for check in Check}
    return frozenset(
        check for check, held in said.items() if held and all(one.payload["done"] is True for one in held)
    )


def _said_of(file: CaseFile, check: Check) -> tuple[Said, ...]:
    return tuple(said for said in file.standing(CHECKED) if said.payload["check"] == check.value)


def _write(vault: OpenVault, case: str, kind: str, payload: JsonObject) -> None:
    vault.journal.append(actor=vault.person.id, subject=subject(CASE, case), kind=kind, payload=payload)
