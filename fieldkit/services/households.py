"""Households and groups: who came together, written down quickly, entered one by one later (R-010, R-012).

1. A household of a surge is one row: how many people, children, children alone, languages, emergencies; it has a
   number of its own and waits as one. Nobody of it is screened by that (`protection.md` 7).
2. Its people are entered one by one when there is time. Each gets a number and waits from the moment the household
   did. The row goes when everybody is entered, but never with an emergency that nobody has taken up.
3. What everybody has to know is told once to a group, and kept once.
4. Whoever looks at a household sees who belongs to it, never what another member said or what is sealed of them
   (`protection.md` 8).
5. Nothing of a household or a group travels: it would say of each of them who the others are. They go after
   everybody in them (`retention`, rule 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import is_id, new_id, spoken_number
from fieldkit.domain.ports import JsonObject
from fieldkit.domain.waiting import CASE, GROUP, HOUSEHOLD, Because, Flag, Step
from fieldkit.services import waiting
from fieldkit.services.errors import DeskFault
from fieldkit.services.needs import JOINED
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_desk
from fieldkit.storage.journal import Change
from fieldkit.storage.queries_desk import Said

MOST_PEOPLE = 500
"""As in the arrival form: more are several households."""


class How(StrEnum):
    """How a group came (R-010, R-118)."""

    BOAT = "boat"
    VEHICLE = "vehicle"
    FOOT = "foot"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Row:
    """What is written down of a household in a surge."""

    people: int
    children: int = 0
    children_alone: int = 0
    languages: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Household:
    """A household. `entered` are the cases of those who have a number of their own, in the order they got it."""

    id: str
    number: str
    row: Row
    group: str
    entered: tuple["Member", ...]

    @property
    def left(self) -> int:
        """How many are not entered one by one yet."""
        return max(0, self.row.people - len(self.entered))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a household: number and standing, nothing that was said (rule 4). `relation` may be empty."""

    case: str
    number: str
    relation: str
    screened: bool
    referred: bool


@dataclass(frozen=True, slots=True)
class Group:
    """People who came together. `came` is a moment (ISO); `people` 0 where nobody counted."""

    id: str
    number: str
    how: str
    came: str
    people: int
    informed: tuple[str, ...]
    households: tuple[str, ...]
    persons: tuple[str, ...]
    routed: tuple[str, ...] = ()
    """By which rows on groups (`content.recognition`) it was passed on."""


# --- groups ---------------------------------------------------------------------------------------------


def begin_group(vault: OpenVault, how: How, people: int = 0) -> str:
    """Keep that a group came now; its id. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.INTERVIEW)
    group = new_id(vault.world.randomness)
    payload: JsonObject = {"at": vault.world.moment(), "how": how.value}
    if people > 0:
        payload = {**payload, "people": people}
    _write(vault, subject(GROUP, group), "group.recorded", payload)
    return group


def group_of(vault: OpenVault, group: str) -> Group:
    """A group. Raises PersonFault `access.not_allowed`; DeskFault `group.unknown`."""
    vault.demand(Action.INTERVIEW)
    about = subject(GROUP, _known(group, "group.unknown"))
    said = queries_desk.said(vault.database, [about])[about]
    if "came" not in said:
        raise DeskFault("group.unknown")
    return _group(vault, group, said)


def groups(vault: OpenVault) -> tuple[Group, ...]:
    """The newest groups, the newest first. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.INTERVIEW)
    found = queries_desk.groups(vault.database)
    said = queries_desk.said(vault.database, found)
    return tuple(_group(vault, about.partition("/")[2], said[about]) for about in found)


def _group(vault: OpenVault, group: str, said: Said) -> Group:
    belonging = queries_desk.with_value(vault.database, "group", group)
    return Group(
        group,
        spoken_number(group),
        said.get("how", ("",))[0],
        max(said.get("came", ("",))),
        _number(said, "people"),
        said.get("informed", ()),
        tuple(one.partition("/")[2] for one in belonging if one.startswith(f"{HOUSEHOLD}/")),
        tuple(one.partition("/")[2] for one in belonging if one.startswith(f"{CASE}/")),
        said.get("routed", ()),
    )


def route(vault: OpenVault, group: str, row: str) -> None:
    """Keep that a group was passed on by the way of a row on groups; each of its people has a talk later.

    Raises PersonFault `access.not_allowed`; DeskFault `group.unknown`. Whether the row holds, `recognition` asks.
    """
    held = group_of(vault, group)
    if row not in held.routed:
        _write(vault, subject(GROUP, held.id), "group.routed", {"row": row})


def inform(vault: OpenVault, group: str, languages: Sequence[str], how: str) -> None:
    """Keep that what everybody has to know was told to the whole group, in these languages (rule 3).

    Raises PersonFault `access.not_allowed`; DeskFault `group.unknown`.
    """
    held = group_of(vault, group)
    told: JsonObject = {"languages": list(languages), "how": how}
    _write(vault, subject(GROUP, held.id), "group.informed", told)


def people_of(vault: OpenVault, group: Group) -> int:
    """How many people stand in the rows of a group; a household counts as many as were written down."""
    return sum(_number(said, "people") for said in _rows(vault, group))


def languages_of(vault: OpenVault, group: Group) -> frozenset[str]:
    """The languages that its households speak."""
    return frozenset(tag for said in _rows(vault, group) for tag in said.get("language", ()))


def numbers(households: Sequence[str]) -> tuple[str, ...]:
    """The numbers by which households are called, in the same order."""
    return tuple(spoken_number(one) for one in households)


def _rows(vault: OpenVault, group: Group) -> list[Said]:
    abouts = [subject(HOUSEHOLD, one) for one in group.households]
    return list(queries_desk.said(vault.database, abouts).values())


# --- households -----------------------------------------------------------------------------------------


def record(vault: OpenVault, row: Row, group: str = "") -> str:
    """Keep one row of a surge (rule 1); the household's id.

    Raises PersonFault `access.not_allowed`; DeskFault as `check`.
    """
    vault.demand(Action.INTERVIEW)
    check(row)
    household = new_id(vault.world.randomness)
    payload: JsonObject = {
        "at": vault.world.moment(),
        "people": row.people,
        "children": row.children,
        "children_alone": row.children_alone,
        "languages": list(row.languages),
        "flags": list(row.flags),
        **({"group": group} if group else {}),
    }
    _write(vault, subject(HOUSEHOLD, household), "household.recorded", payload)
    return household


def check(row: Row) -> None:
    """Raise DeskFault `household.no_people`, `household.too_many`, `household.more_children`,
    `need.not_in_list`."""
    if row.people < 1:
        raise DeskFault("household.no_people")
    if row.people > MOST_PEOPLE:
        raise DeskFault("household.too_many", most=MOST_PEOPLE)
    if max(row.children, row.children_alone) > row.people:
        raise DeskFault("household.more_children")
    if not set(row.flags) <= set(Flag):  # one that a newer laptop wrote is kept; here nobody can mean it
        raise DeskFault("need.not_in_list")


def household_of(vault: OpenVault, household: str) -> Household:
    """A household with its members (rule 4).

    Raises PersonFault `access.not_allowed`; DeskFault `household.unknown`.
    """
    vault.demand(Action.INTERVIEW)
    about = subject(HOUSEHOLD, _known(household, "household.unknown"))
    said = queries_desk.said(vault.database, [about])[about]
    members = _members(vault, household)
    if not said and not members:
        raise DeskFault("household.unknown")
    row = Row(
        _number(said, "people") or len(members),
        _number(said, "children"),
        _number(said, "children_alone"),
        said.get("language", ()),
        said.get("flag", ()),
    )
    return Household(household, spoken_number(household), row, said.get("group", ("",))[0], members)


def household_of_case(vault: OpenVault, case: str) -> str:
    """The household somebody belongs to; empty for none. Of several the first."""
    about = subject(CASE, case)
    return queries_desk.said(vault.database, [about])[about].get("household", ("",))[0]


def promote(vault: OpenVault, household: str, *, language: str = "", flag: str = "") -> str:
    """Enter one more person of a household (rule 2); their case. `flag` is an emergency of the household that is
    this person's: it goes over to their own row.

    Raises PersonFault `access.not_allowed`; DeskFault `household.unknown`, `household.all_entered`,
    `need.not_in_list`.
    """
    held = household_of(vault, household)
    if held.left == 0:
        raise DeskFault("household.all_entered")
    if flag and flag not in held.row.flags and flag not in set(Flag):
        raise DeskFault("need.not_in_list")
    case = new_id(vault.world.randomness)
    spoken = language or (held.row.languages[0] if held.row.languages else "")
    opened: JsonObject = {
        "number": spoken_number(case),
        "form": "",
        "arrived": _arrived(vault, held),
        **({"language": spoken} if spoken else {}),
    }
    joining: JsonObject = {
        "household": household,
        **({"group": held.group} if held.group else {}),
        **({"flags": [flag]} if flag else {}),
    }
    about, person = subject(HOUSEHOLD, household), subject(CASE, case)
    changes = [Change(person, "case.opened", opened), Change(person, JOINED, joining)]
    taken_up = bool(flag) and not _more_of_it(vault, held, flag)
    if taken_up:
        changes.append(Change(about, "need.settled", _settled(vault, about, flag)))
    if held.left == 1 and not _keeps_its_row(held, flag if taken_up else ""):
        ended: JsonObject = {"because": Because.ENTERED.value, "reason": ""}
        changes.append(Change(about, waiting.ENDED, ended))
    vault.journal.append_many(vault.person.id, changes)
    return case


def settle(vault: OpenVault, household: str, flag: str) -> None:
    """Keep that an emergency of a household was dealt with. Raises as `household_of`; DeskFault `need.unknown`."""
    held = household_of(vault, household)
    if flag not in held.row.flags:
        raise DeskFault("need.unknown")
    about = subject(HOUSEHOLD, household)
    _write(vault, about, "need.settled", _settled(vault, about, flag))


def _settled(vault: OpenVault, about: str, flag: str) -> JsonObject:
    told = list(queries_desk.flag_entries(vault.database, about, flag))
    return {"need": flag, "flag": flag, "done": True, "told": told}


def join(vault: OpenVault, case: str, with_whom: str, relation: str = "") -> str:
    """Put somebody together with another person, or into a household; its id. `with_whom` is what either is kept
    under, `relation` what they are to each other.

    Raises PersonFault `access.not_allowed`; DeskFault `household.not_together`.
    """
    vault.demand(Action.INTERVIEW)
    kind, _, other = with_whom.partition("/")
    if kind == HOUSEHOLD:
        _write(vault, subject(CASE, case), JOINED, _joining(other, relation))
        return other
    if case == other:
        raise DeskFault("household.not_together")
    household = household_of_case(vault, other) or household_of_case(vault, case)
    joining = [case] if household else [other, case]
    household = household or new_id(vault.world.randomness)
    if household_of_case(vault, case) == household and household_of_case(vault, other) != household:
        joining = [other]
    vault.journal.append_many(
        vault.person.id,
        [Change(subject(CASE, one), JOINED, _joining(household, relation)) for one in joining],
    )
    return household


def _joining(household: str, relation: str) -> JsonObject:
    return {"household": household, **({"relation": relation} if relation else {})}


def _members(vault: OpenVault, household: str) -> tuple[Member, ...]:
    cases = [
        about
        for about in queries_desk.with_value(vault.database, "household", household)
        if about.startswith(f"{CASE}/")
    ]
    said = queries_desk.said(vault.database, cases)
    return tuple(_member(vault, about, said[about]) for about in cases)


def _member(vault: OpenVault, about: str, said: Said) -> Member:
    done = {step for step, _ in queries_desk.steps(vault.database, about)}
    case = about.partition("/")[2]
    relation = said.get("relation", ("",))[-1]
    return Member(case, spoken_number(case), relation, Step.SCREENED in done, Step.REFERRED in done)


def _keeps_its_row(household: Household, taken_up: str) -> bool:
    """Whether an emergency is left that nobody has taken up: then the row stays when everybody is entered."""
    return bool(set(household.row.flags) - {taken_up})


def _more_of_it(vault: OpenVault, household: Household, flag: str) -> bool:
    """Whether somebody else of the household has the same emergency: several children may be alone."""
    if flag != Flag.CHILD_ALONE:
        return False
    flagged = set(queries_desk.with_value(vault.database, "flag", flag))
    entered = sum(subject(CASE, member.case) in flagged for member in household.entered)
    return entered + 1 < household.row.children_alone


def _arrived(vault: OpenVault, household: Household) -> str:
    """Since when the household waits: so do its people."""
    steps = queries_desk.steps(vault.database, subject(HOUSEHOLD, household.id))
    return next((at for step, at in steps if step == Step.ARRIVED), vault.world.moment())


def _known(identifier: str, code: str) -> str:
    if not is_id(identifier):
        raise DeskFault(code)
    return identifier


def _number(said: Said, what: str) -> int:
    return waiting.greatest(said.get(what, ()))


def _write(vault: OpenVault, about: str, kind: str, payload: JsonObject) -> None:
    vault.journal.append(actor=vault.person.id, subject=about, kind=kind, payload=payload)
