"""Who may do what: every action x every role, one table (R-163, `protection.md` 4).

Enforced in `services`, shown (never decided) in `ui`. A role that is not in a row may not.
"""

from enum import StrEnum

from fieldkit.domain.errors import PersonFault


class Role(StrEnum):
    """The work a person does at the desk."""

    OFFICER = "officer"
    COUNSELLOR = "counsellor"
    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"


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
    SHARE = "share"
    KEEP_CONTACTS = "keep contacts"
    ALERT = "alert"
    TAKE_COMPLAINT = "take complaint"


_O, _C, _A, _H = Role.OFFICER, Role.COUNSELLOR, Role.ADMINISTRATOR, Role.COORDINATOR

MAY: dict[Action, frozenset[Role]] = {
    Action.INTERVIEW: frozenset({_O, _C}),
    Action.CONFIRM_OUTCOME: frozenset({_O, _C}),
    Action.REFER: frozenset({_O, _C}),
    Action.PRINT_SLIP: frozenset({_O, _C}),
    Action.PRINT_LEAFLET: frozenset({_O, _C, _A, _H}),
    Action.SURVEY: frozenset({_O, _C, _H}),
    Action.EDIT_DIRECTORY: frozenset({_C, _A, _H}),
    Action.EXPORT: frozenset({_O, _C, _A}),
    Action.ENROL: frozenset({_A}),
    Action.IMPORT_FORM: frozenset({_A, _H}),
    Action.IMPORT_BUNDLE: frozenset({_H}),
    Action.CERTIFY: frozenset({_H}),
    Action.COUNT: frozenset({_H}),
    Action.MANAGE_PEOPLE: frozenset({_A, _H}),
    Action.BACK_UP: frozenset({_A, _H}),
    Action.SHARE: frozenset({_O, _C}),
    Action.KEEP_CONTACTS: frozenset({_A}),
    Action.ALERT: frozenset({_O, _C}),
    Action.TAKE_COMPLAINT: frozenset({_C}),
}


def may(roles: frozenset[Role], action: Action) -> bool:
    """Whether somebody who holds `roles` may do `action`."""
    return not roles.isdisjoint(MAY[action])


def demand(roles: frozenset[Role], action: Action) -> None:
    """Raise PersonFault `access.not_allowed` unless one of `roles` may do `action`."""
    if not may(roles, action):
        raise PersonFault("access.not_allowed", action=action.value)
