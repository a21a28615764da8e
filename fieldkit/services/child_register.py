"""The register of children who are alone or with adults who are not the parents (R-099, R-082; N-026, N-040).

1. Least data: number, age band, sex, post, and how far each thing is. No name, no country, no category, no reason,
   no word of what a child said. A name is read for child protection at the post alone, on the screen, never on a
   table or a paper that leaves.
2. At headquarters stands what came there by agreement, and children of whom a post told in an alert; what did not
   come is "not told", never "none" (`protection.md` 15).
3. Of tracing it is said that a talk was led, never whether anybody was found. How far it is, is sealed: whoever is
   cleared reads it on the screen of the post, and that they did is written down (`protection.md` 14).
4. Overdue first (`domain.children`). Each table or paper that is made of it is written down, without its content.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from fieldkit.domain.access import Action
from fieldkit.domain.children import (
    Item,
    Late,
    Limits,
    Line,
    State,
    Told,
    days_without,
    in_order,
    late,
    states,
)
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import subject
from fieldkit.headquarters.queries import certificates
from fieldkit.languages.marking import mark
from fieldkit.services import counsel, guardians, sealed
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.door import Desk
from fieldkit.services.early_alert import BANDS, UNDER_18
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_children
from fieldkit.storage.branches import stream_of
from fieldkit.storage.queries_children import AlertedChild, ChildRow

TABLE_FILE = "children.csv"
TABLE, PAPER = "child register table", "child register"
"""What is written down when the register leaves the program (rule 4)."""
COLUMNS = (
    *("number", "age_band", "sex", "post", "registered", "hand_over", "guardian", "days_without_guardian"),
    *("best_interest", "look_again", "tracing", "placement", "overdue", "closed"),
)
_ASSESSMENT, _DETERMINATION, _TRACING = (
    "best_interest_assessment",
    "best_interest_determination",
    "tracing",
)
_CHECK, _STATE = "safety_check", "tracing_state"
"""Sealed facts of a talk on tracing: what the safety check found, and then how far the search is."""
_NOT_TOLD, _NONE = State.NOT_TOLD.value, State.NONE.value

MAY_HELP = frozenset({Action.CHILD_REGISTER, Action.NAME_GUARDIAN, Action.ALERT, Action.PURGE})
"""Whoever may do one of these hears which child still needs somebody: by number and days, never by name."""

ITEM_WORDS = {
    Item.HAND_OVER: mark("Hand-over to child protection"),
    Item.GUARDIAN: mark("Guardian"),
    Item.BEST_INTEREST: mark("Best-interest procedure"),
    Item.TRACING: mark("Looking for the family"),
    Item.PLACEMENT: mark("Where the child lives"),
}
STATE_WORDS = {
    State.NOT_TOLD: mark("Not told"),
    State.NONE: mark("Nothing yet"),
    State.SAID: mark("Begun, or only said"),
    State.DONE: mark("Written down"),
    State.DECIDED: mark("Decided by several people"),
}
LATE_WORDS = {
    Late.HAND_OVER: mark("Not handed over yet"),
    Late.GUARDIAN: mark("No guardian, and the days are over"),
    Late.ASSESSMENT: mark("No best-interest assessment yet"),
    Late.REVIEW: mark("The day to look at it again has passed"),
    Late.PLACE: mark("Locked up, alone or without a place"),
}


def register(vault: OpenVault, *, names: bool = False) -> tuple[Line, ...]:
    """Every child, overdue first. With `names`, what the child is called (rule 1).

    Raises PersonFault `access.not_allowed`; DeskFault `children.no_names` at headquarters; ContentFault.
    """
    vault.demand(Action.CHILD_REGISTER)
    if names and vault.desk is not Desk.POST:
        raise DeskFault("children.no_names")
    lines = _lines(vault)
    return lines if names else tuple(replace(one, name="") for one in lines)


def without_guardian(vault: OpenVault) -> tuple[Line, ...]:
    """The open cases of this post in which the days until a guardian are over: numbers and days.

    Raises PersonFault `access.not_allowed` unless somebody may do something about it (`MAY_HELP`).
    """
    _demand_help(vault)
    limit = guardians.limits(vault).guardian
    if limit is None:
        return ()
    before = (vault.world.today() - timedelta(days=limit)).isoformat()
    known = queries_children.cases_of_children(vault.database)
    cases = queries_children.registered_without_guardian(vault.database, known, before)
    open_ones = (one for one in _of_cases(vault, cases) if not one.is_closed and Late.GUARDIAN in one.late)
    return in_order(replace(one, name="") for one in open_ones)


def not_answered(vault: OpenVault, case: str = "") -> tuple[Line, ...]:
    """The open cases of children for whom a number was called, nobody ever answered, and who were not handed over
    since; with `case`, that one if it is (`protection.md` 6). Raises as `without_guardian`."""
    _demand_help(vault)
    lines = _of_cases(vault, queries_children.unanswered(vault.database, case))
    return in_order(replace(one, name="") for one in lines if not one.is_closed and not one.told.handed_over)


def _demand_help(vault: OpenVault) -> None:
    if not any(vault.may(action) for action in MAY_HELP):
        vault.demand(Action.CHILD_REGISTER)


def of_case(vault: OpenVault, case: str) -> Line | None:
    """One child's line for whoever may open the case, without a name; None for whoever is not in the register."""
    if case not in queries_children.cases_of_children(vault.database, case):
        return None
    rows = queries_children.children(vault.database, [case])
    return replace(_line(vault, rows[0], guardians.limits(vault), {}), name="") if rows else None


def tracing_state(vault: OpenVault, case: str) -> tuple[str, str]:
    """How far looking for a child's family is, as the newest talk says: the name of a codebook fact and its value;
    both empty when nothing was said, or it is sealed to this person (rule 3).

    Raises PersonFault `access.not_allowed`, `case.unknown`; DatabaseFault.
    """
    vault.demand(Action.CHILD_REGISTER)
    standing = {one["instance_id"] for one in read_case(vault.journal, case).submissions()}
    if not vault.cleared(SealedClass.CHILD_PROTECTION):
        return "", ""
    found = ("", "")
    for part in sealed.parts(vault, subject(CASE, case)):
        said = part.payload["facts"] if part.instance_id in standing else {}
        for name in (_CHECK, _STATE):
            found = (name, said[name][-1]) if said.get(name) else found
    return found


def _of_cases(vault: OpenVault, cases: Iterable[str]) -> Iterator[Line]:
    """The lines of these cases of a post."""
    limits = guardians.limits(vault)
    return (_line(vault, row, limits, {}) for row in queries_children.children(vault.database, cases))


def _lines(vault: OpenVault) -> tuple[Line, ...]:
    limits = guardians.limits(vault)
    posts = {one.stream: one.post for one in certificates(vault.database)}
    rows = queries_children.children(vault.database, queries_children.cases_of_children(vault.database))
    found = [_line(vault, row, limits, posts) for row in rows]
    if vault.desk is not Desk.POST:
        known = {(stream_of(row.stream), row.number) for row in rows}
        told = queries_children.alerted(vault.database)
        found += [
            _alerted(vault, one, posts) for one in told if (stream_of(one.stream), one.number) not in known
        ]
    return in_order(found)


def _line(vault: OpenVault, row: ChildRow, limits: Limits, posts: dict[str, str]) -> Line:
    at_post = vault.desk is Desk.POST
    told, today = _told(row, whole=at_post), vault.world.today()
    return Line(
        row.case,
        row.number,
        vault.name if at_post else posts.get(stream_of(row.stream), ""),
        _band(row),
        _newest(row, "sex")[0],
        told,
        states(told),
        () if row.is_closed else late(told, limits, today),
        days_without(told, today),
        row.is_closed,
        _newest(row, "name_told")[0],
    )


def _alerted(vault: OpenVault, one: AlertedChild, posts: dict[str, str]) -> Line:
    """A child of whom headquarters knows four things and no more (rule 2)."""
    told = Told(one.day, whole=False)
    post = posts.get(stream_of(one.stream), "")
    return Line("", one.number, post, one.band, one.sex, told, states(told), (), None)


def _told(row: ChildRow, *, whole: bool) -> Told:
    handed = [day for value, day in row.said.get("handed_over", ()) if value == "yes"]
    began = [day for day, ended in row.guardians.values() if not ended]
    ended = [ended for _, ended in row.guardians.values() if ended]
    asked = {value for value, _ in row.said.get("needs_determination", ())}
    return Told(
        row.day,
        whole,
        handed_over=min(handed, default=""),
        called=row.called or "",
        guardian_from=min(began, default=""),
        guardian_ended="" if began else max(ended, default=""),
        guardian_said=_newest(row, "guardian_named")[0],
        assessed=_last(row.talks.get(_ASSESSMENT, ())),
        stage=_newest(row, "assessment_stage")[0],
        determined=_last(row.talks.get(_DETERMINATION, ())),
        several_decide="yes" if "yes" in asked else "",
        look_again=_newest(row, "look_again")[0],
        traced=_last(row.talks.get(_TRACING, ())),
        lives=_newest(row, "living_place")[0],
    )


def _newest(row: ChildRow, name: str) -> tuple[str, str]:
    """What the newest talk says under a name, and its day: these are states of things that change."""
    said = row.said.get(name, ())
    return said[-1] if said else ("", "")


def _last(days: Sequence[str]) -> str:
    return max(days, default="")


def _band(row: ChildRow) -> str:
    """The band of the youngest age that was said (`protection.md` 9)."""
    ages = [int(value) for value, _ in row.said.get("age_years", ()) if value.isascii() and value.isdigit()]
    return next((band for oldest, band in BANDS if ages and min(ages) <= oldest), UNDER_18)


# --- what leaves the program --------------------------------------------------------------------------------


def table(vault: OpenVault) -> bytes:
    """The register as CSV: UTF-8 with a mark for spreadsheets, codes of the codebook, days in ISO; no names.

    That it was made is written down first (rule 4). Raises as `register`.
    """
    lines = register(vault)
    counsel.record_printed(vault, TABLE, "en", 0)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(line) for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _cells(line: Line) -> Iterator[str]:
    told, held = line.told, line.states
    yield from (line.number, line.band, line.sex, _text(line.post), told.registered)
    yield _with_day(held[Item.HAND_OVER], told.handed_over or told.called)
    yield _with_day(held[Item.GUARDIAN], told.guardian_from)
    yield (
        _NOT_TOLD
        if held[Item.GUARDIAN] is State.NOT_TOLD
        else str(line.days if line.days is not None else "")
    )
    yield _with_day(held[Item.BEST_INTEREST], told.determined or told.assessed)
    yield told.look_again or (_NONE if told.whole else _NOT_TOLD)
    yield _with_day(held[Item.TRACING], told.traced)
    yield told.lives or held[Item.PLACEMENT].value
    yield " ".join(line.late)
    yield "yes" if line.is_closed else "no"


def _with_day(state: State, day: str) -> str:
    return f"{state.value} {day}" if day else state.value


def _text(value: str) -> str:
    """A text that a spreadsheet does not take for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
