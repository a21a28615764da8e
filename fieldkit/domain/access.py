"""Who may do what, and who may read what is sealed: two tables (R-163, R-066, `protection.md` 4).

1. Every action x every role. Enforced in `services`, shown (never decided) in `ui`. A role that is not in a row may
   not.
2. Every role x every sealed class. It says to whom a class key may be given; who holds none reads nothing, whatever
   a table says (`crypto.keys`). Who only keeps the desk running reads none of it: officers, supervisors,
   administrators, coordinators. At headquarters no role is cleared: people are, one by one
   (`services.office_clearance`).
"""

from collections.abc import Iterable
from enum import StrEnum

from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import PersonFault


class Role(StrEnum):
    """The work a person does at the desk."""

    OFFICER = "officer"
    COUNSELLOR = "counsellor"
    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    CHILD_PROTECTION = "child_protection"
    HEALTH_WORKER = "health_worker"
    SUPERVISOR = "supervisor"
    MONITOR = "monitor"
    """Somebody of an independent body, at headquarters: looks at who is held for long, and at nothing else."""


class Action(StrEnum):
    """What can be asked of the services."""

    INTERVIEW = "interview"
    CONFIRM_OUTCOME = "confirm outcome"
    REFER = "refer"
    PRINT_SLIP = "print slip"
    PRINT_LEAFLET = "print leaflet"
    SURVEY = "survey"
    EDIT_DIRECTORY = "edit directory"
    EXPORT = "export"
    ENROL = "enrol"
    IMPORT_FORM = "import form"
    IMPORT_BUNDLE = "import bundle"
    CERTIFY = "certify"
    COUNT = "count"
    MANAGE_PEOPLE = "manage people"
    BACK_UP = "back up"
    RECOVER = "recover a laptop"
    CLOSE_CASE = "close case"
    SECOND_PERSON = "second person"
    GIVE_CLASS_KEY = "give class key"
    SET_LOCK = "set lock"
    SHARE = "share"
    KEEP_CONTACTS = "keep contacts"
    ALERT = "alert"
    TAKE_COMPLAINT = "take complaint"
    PURGE = "purge"
    PURGE_UNSAFE = "purge what is not safe"
    ERASE = "erase"
    ANSWER_PERSON = "answer a person"
    SEND_BACK = "send back to a post"
    TAKE_BACK = "take in what headquarters sends"
    ASK_AGAIN = "ask again who may be told"
    SET_LIMITS = "set how long people may wait"
    COUNSEL = "counsel"
    REVIEW = "review a translation"
    CLEAR_PERSON = "clear somebody at headquarters"
    RECORD_MEASURE = "record what happened"
    PLAN_MEASURE = "plan what authorities do"
    CHECK_CHILD_RETURN = "say what child protection has"
    ISSUE_PAPER = "make a paper for a person"
    ALLOW_PAPERS = "say who allows papers"
    FOLLOW_UP = "follow up"
    SEE_HELD = "look at who is held"
    SEE_LONG_HELD = "look at long holding at all posts"
    RECORD_PERMIT = "write down a paper with a last day"
    KEEP_INTERPRETERS = "keep interpreters"
    CHILD_REGISTER = "look at the child register"
    NAME_GUARDIAN = "write down a guardian"
    KEEP_DUTY = "keep the duty roster"
    KEEP_TEAM = "keep the lists of the team"
    LEARN = "learn by a module"


_O, _C, _A, _H = Role.OFFICER, Role.COUNSELLOR, Role.ADMINISTRATOR, Role.COORDINATOR
_P, _M, _S = Role.CHILD_PROTECTION, Role.HEALTH_WORKER, Role.SUPERVISOR
_MO = Role.MONITOR

MAY: dict[Action, frozenset[Role]] = {
    Action.INTERVIEW: frozenset({_O, _C, _P, _M}),
    Action.CONFIRM_OUTCOME: frozenset({_O, _C, _P, _M, _S}),
    Action.REFER: frozenset({_O, _C, _P, _M, _S}),
    Action.PRINT_SLIP: frozenset({_O, _C, _P, _M, _S}),
    Action.PRINT_LEAFLET: frozenset(Role),
    Action.SURVEY: frozenset({_O, _C, _H, _P, _M}),
    Action.EDIT_DIRECTORY: frozenset({_C, _A, _H, _P, _M}),
    Action.EXPORT: frozenset({_O, _C, _A, _S}),
    Action.ENROL: frozenset({_A}),
    Action.IMPORT_FORM: frozenset({_A, _H}),
    Action.IMPORT_BUNDLE: frozenset({_H}),
    Action.CERTIFY: frozenset({_H}),
    Action.COUNT: frozenset({_H}),
    Action.MANAGE_PEOPLE: frozenset({_A, _H}),
    Action.BACK_UP: frozenset({_A, _H}),
    Action.RECOVER: frozenset({_H}),
    Action.CLOSE_CASE: frozenset({_O, _C, _P, _M, _S}),
    Action.SECOND_PERSON: frozenset({_C, _P, _S}),
    Action.GIVE_CLASS_KEY: frozenset({_A, _C, _P, _M, _H}),
    Action.SET_LOCK: frozenset({_A}),
    Action.SHARE: frozenset({_O, _C, _P, _M, _S}),
    Action.KEEP_CONTACTS: frozenset({_A}),
    Action.ALERT: frozenset({_O, _C, _P, _M, _S}),
    Action.TAKE_COMPLAINT: frozenset({_C}),
    Action.PURGE: frozenset({_A, _S}),
    Action.PURGE_UNSAFE: frozenset({_A}),
    Action.ERASE: frozenset({_H}),
    Action.ANSWER_PERSON: frozenset({_O, _C, _P, _M, _S}),
    Action.SEND_BACK: frozenset({_H}),
    Action.TAKE_BACK: frozenset({_O, _C, _A, _S}),
    Action.ASK_AGAIN: frozenset({_O, _C, _P, _M}),
    Action.SET_LIMITS: frozenset({_A}),
    Action.COUNSEL: frozenset({_C, _P, _M}),
    Action.REVIEW: frozenset({_C, _A, _H}),
    Action.CLEAR_PERSON: frozenset({_A}),
    Action.RECORD_MEASURE: frozenset({_O, _C, _P, _M, _S}),
    Action.PLAN_MEASURE: frozenset({_O, _C, _P, _M, _S}),
    Action.CHECK_CHILD_RETURN: frozenset({_P}),
    Action.ISSUE_PAPER: frozenset({_O, _C, _P, _M, _S}),
    Action.ALLOW_PAPERS: frozenset({_A}),
    Action.FOLLOW_UP: frozenset({_O, _C, _P, _M, _S}),
    Action.SEE_HELD: frozenset({_O, _C, _P, _M, _S}),
    Action.SEE_LONG_HELD: frozenset({_H, _MO}),
    Action.RECORD_PERMIT: frozenset({_O, _C, _P, _M, _S}),
    Action.KEEP_INTERPRETERS: frozenset({_O, _C, _A, _P, _S}),
    Action.CHILD_REGISTER: frozenset({_P, _H}),
    Action.NAME_GUARDIAN: frozenset({_C, _P}),
    Action.KEEP_DUTY: frozenset({_A, _P, _S}),
    Action.KEEP_TEAM: frozenset(Role) - {_MO},
    Action.LEARN: frozenset(Role) - {_MO},
}


_CLASS = SealedClass

CLEARED: dict[Role, frozenset[SealedClass]] = {
    Role.OFFICER: frozenset(),
    Role.COUNSELLOR: frozenset(
        {_CLASS.ASYLUM, _CLASS.TRAFFICKING, _CLASS.VIOLENCE, _CLASS.SOGI, _CLASS.SHELTER}
    ),
    Role.CHILD_PROTECTION: frozenset(
        {_CLASS.CHILD_PROTECTION, _CLASS.TRAFFICKING, _CLASS.VIOLENCE, _CLASS.SHELTER}
    ),
    Role.HEALTH_WORKER: frozenset({_CLASS.HEALTH, _CLASS.VIOLENCE}),
    Role.SUPERVISOR: frozenset(),
    Role.ADMINISTRATOR: frozenset(),
    Role.COORDINATOR: frozenset(),
    Role.MONITOR: frozenset(),
}
"""Which role is cleared for which class."""


def cleared_for(roles: Iterable[Role]) -> frozenset[SealedClass]:
    """The classes that somebody who holds `roles` may be given keys for, and may read with them."""
    return frozenset().union(*(CLEARED[role] for role in roles))


def may(roles: frozenset[Role], action: Action) -> bool:
    """Whether somebody who holds `roles` may do `action`."""
    return not roles.isdisjoint(MAY[action])


def demand(roles: frozenset[Role], action: Action) -> None:
    """Raise PersonFault `access.not_allowed` unless one of `roles` may do `action`."""
    if not may(roles, action):
        raise PersonFault("access.not_allowed", action=action.value)
