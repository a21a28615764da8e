"""Every action x every role through the real services: who may not is refused before anything happens (R-163).

To add an action: a row in `domain/access.py`, and a door here; without one, a service that asks for it first is
taken. Where a role may, the service goes on: it does the thing, or says what else is missing. Beside it every
service that asks for a right is tried with whoever lacks it.
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fieldkit import services
from fieldkit.domain.access import CLEARED, MAY, Action, Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.services import (
    administer,
    asking_again,
    backup,
    clearance,
    closing,
    complaints,
    contacts,
    counsel,
    counselling,
    cover,
    devices,
    directory,
    early_alert,
    enrolment,
    erasure,
    exchange,
    homeward,
    importing,
    intake,
    people,
    record,
    recovery,
    refer,
    report,
    retention,
    reviewing,
    sealed,
    second_person,
    sharing,
)
from fieldkit.services.record import Copy, Wanted
from fieldkit.services.vault import OpenVault
from fieldkit.storage.sealed import Sealed
from tests.stories import offices
from tests.stories.people import AGREED, AN_ADULT, FEAR, HURT, IN_PRIVATE, NO_URGENT_NEED, screened

NOBODY = "0" * 32
NOWHERE = Path("nowhere-invented")
WANTED = Wanted(Copy.FOR_THE_FILE, ("en",))

AT_POST: dict[Action, Callable[[OpenVault], object]] = {
    Action.INTERVIEW: lambda v: intake.begin(v, "screening", officer_language="en", person_language="ti"),
    Action.CONFIRM_OUTCOME: lambda v: refer.confirm(v, NOBODY, "C01", "C01-1"),
    Action.REFER: lambda v: refer.refer(v, NOBODY, "C01", "S02", safe_to_carry=True),
    Action.PRINT_SLIP: lambda v: refer.slip(v, NOBODY, NOBODY),
    Action.PRINT_LEAFLET: lambda v: counsel.record_printed(v, "leaflet", "en", 1),
    Action.COUNSEL: lambda v: counselling.talks(v, NOBODY),
    Action.REVIEW: lambda v: reviewing.Review(v, "fr"),
    Action.SURVEY: lambda v: record.record(v, f"submission/{NOBODY}", "uuid:none", WANTED),
    Action.EDIT_DIRECTORY: lambda v: directory.record_service(v, directory.all_services(v)[0]),
    Action.EXPORT: lambda v: exchange.export(v, NOWHERE),
    Action.ENROL: lambda v: enrolment.trust_office(v, b"no office"),
    Action.IMPORT_FORM: lambda v: administer.install_form(v, b"no form", "a.xlsx"),
    Action.MANAGE_PEOPLE: people.accounts,
    Action.BACK_UP: backup.earlier,
    Action.CLOSE_CASE: lambda v: closing.reopen_case(v, NOBODY, "again"),
    Action.SECOND_PERSON: lambda v: second_person.agree(v, NOBODY, "as the paper says"),
    Action.GIVE_CLASS_KEY: lambda v: clearance.give(v, NOBODY, SealedClass.HEALTH),
    Action.SET_LOCK: lambda v: cover.choose_idle_minutes(v, 5),
    Action.SHARE: lambda v: sharing.record_agreement(v, NOBODY, "P01", agreed=False),
    Action.KEEP_CONTACTS: lambda v: contacts.stop(v, NOBODY),
    Action.ALERT: lambda v: early_alert.raise_alert(v, NOBODY, "+44 1632 960101", None),
    Action.TAKE_COMPLAINT: lambda v: complaints.seal(v, "Somebody took my money."),
    Action.PURGE: retention.due,
    Action.PURGE_UNSAFE: lambda v: retention.choose_country(v, "nowhere"),
    Action.TAKE_BACK: lambda v: homeward.look(v, NOWHERE),
    Action.ASK_AGAIN: lambda v: asking_again.agrees_now(v, NOBODY, "headquarters"),
    Action.ANSWER_PERSON: lambda v: erasure.request(v, f"case/{NOBODY}", next(iter(erasure.Because))),
}
AT_HEADQUARTERS: dict[Action, Callable[[OpenVault], object]] = {
    Action.IMPORT_BUNDLE: lambda v: importing.look(v, NOWHERE),
    Action.CERTIFY: devices.overview,
    Action.COUNT: report.cases,
    Action.RECOVER: lambda v: recovery.answer(v, b"no request", b"no stick", "no phrase"),
    Action.ERASE: erasure.waiting,
    Action.SEND_BACK: homeward.outboxes,
}


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Action, OpenVault]]:
    """A post and a headquarters; the person at it gets other roles from test to test."""
    folder = tmp_path_factory.mktemp("rights")
    post = offices.open_post(folder / "post", "Post of rights (invented)")
    office = offices.found(folder / "office", "Office of rights (invented)")
    yield {**dict.fromkeys(AT_POST, post), **dict.fromkeys(AT_HEADQUARTERS, office.vault)}
    post.close()
    office.vault.close()


def as_role(vault: OpenVault, *roles: Role) -> OpenVault:
    vault.person = replace(vault.person, roles=frozenset(roles))
    return vault


def refused(step: Callable[[], object]) -> bool:
    """Whether somebody was sent away for want of a right; whatever else may be missing is another matter."""
    try:
        step()
    except FieldkitError as fault:
        return fault.code == "access.not_allowed"
    except (TypeError, AttributeError):  # it went on, and found that it was handed nothing
        return False
    return False


def door_of(action: Action) -> Callable[[OpenVault], object] | None:
    """The door above, else the first service that begins by asking for this right."""
    named = {**AT_POST, **AT_HEADQUARTERS}.get(action)
    asking = (held for held in GUARDED if held[2] is action)
    found = next(asking, None)
    if named is not None or found is None:
        return named
    return lambda vault: _called_with_anything(_function(found[0], found[1]), vault)


def test_every_action_is_asked_for_by_a_service() -> None:
    assert set(MAY) == set(Action)
    assert [action.value for action in Action if door_of(action) is None] == []


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_each_service_lets_in_whom_the_table_names_and_nobody_else(
    action: Action, role: Role, desks: dict[Action, OpenVault]
) -> None:
    vault = as_role(desks.get(action, desks[Action.INTERVIEW]), role)
    before = vault.journal.heads()
    door = door_of(action)
    assert door is not None
    assert refused(lambda: door(vault)) is (role not in MAY[action])
    if role not in MAY[action]:
        assert vault.journal.heads() == before, "refused is refused: nothing was written"


# --- every other service that asks for a right ----------------------------------------------------------


def guarded() -> Iterator[tuple[str, str, Action]]:
    """Every public service function that begins by asking for one right: module, name, right."""
    for path in sorted(Path(str(services.__file__)).parent.glob("*.py")):
        for found in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(found, ast.FunctionDef) and not found.name.startswith("_"):
                action = _asked_first(found)
                if action is not None:
                    yield path.stem, found.name, action


def _asked_first(found: ast.FunctionDef) -> Action | None:
    body = found.body[1:] if ast.get_docstring(found) else found.body
    first = ast.unparse(body[0]) if body else ""
    name = first.removeprefix("vault.demand(Action.").removesuffix(")")
    return Action[name] if name in Action.__members__ else None


GUARDED = list(guarded())


def test_many_services_begin_by_asking() -> None:
    assert len(GUARDED) > 50
    asked_elsewhere = {Action.INTERVIEW, Action.SURVEY, Action.SECOND_PERSON}
    assert {action for _, _, action in GUARDED} >= set(Action) - asked_elsewhere


@pytest.mark.parametrize(("module", "name", "action"), GUARDED, ids=[f"{m}.{n}" for m, n, _ in GUARDED])
def test_a_service_that_asks_sends_away_everybody_the_table_does_not_name(
    module: str, name: str, action: Action, desks: dict[Action, OpenVault]
) -> None:
    function = _function(module, name)
    vault = desks.get(action, desks[Action.INTERVIEW])
    before = vault.journal.heads()
    for role in set(Role) - MAY[action]:
        as_role(vault, role)
        assert refused(lambda: _called_with_anything(function, vault)), f"{module}.{name} as {role}"
    as_role(vault)
    assert refused(lambda: _called_with_anything(function, vault)), "without any role"
    assert vault.journal.heads() == before


def _function(module: str, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(importlib.import_module(f"fieldkit.services.{module}"), name)
    return found


def _called_with_anything(function: Callable[..., Any], vault: OpenVault) -> object:
    """Call it with arguments that are nothing: it has to refuse before it looks at them."""
    needed = list(inspect.signature(function).parameters.values())[1:]
    given = {one.name: None for one in needed if one.default is inspect.Parameter.empty}
    answer = function(vault, **given)
    return list(answer) if inspect.isgenerator(answer) else answer


# --- every role x every class ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def case(desks: dict[Action, OpenVault]) -> str:
    """A case in which something of several classes was said."""
    post = as_role(desks[Action.INTERVIEW], Role.OFFICER)
    return screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, HURT).case


@pytest.mark.parametrize("role", list(Role))
def test_each_role_reads_the_classes_of_the_table_and_no_other(
    role: Role, desks: dict[Action, OpenVault], case: str
) -> None:
    post = as_role(desks[Action.INTERVIEW], role)
    asked = {SealedClass.ASYLUM, SealedClass.TRAFFICKING, SealedClass.VIOLENCE, SealedClass.HEALTH}
    assert {name for name in SealedClass if post.cleared(name)} == CLEARED[role]
    assert {part.name for part in sealed.parts(post, f"case/{case}")} == CLEARED[role] & asked


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_key_reads_nothing(role: Role, desks: dict[Action, OpenVault], case: str) -> None:
    post = as_role(desks[Action.INTERVIEW], role)
    held = post.sealed
    post.sealed = Sealed(post.database, post.ring.for_classes([]))
    assert not any(post.cleared(name) for name in SealedClass)
    assert sealed.parts(post, f"case/{case}") == ()
    post.sealed = held


def test_somebody_who_must_choose_a_new_phrase_may_nothing(desks: dict[Action, OpenVault]) -> None:
    post = as_role(desks[Action.INTERVIEW], *Role)
    header = post.header
    post.header = replace(header, slots=tuple(replace(slot, due=True) for slot in header.slots))
    for door in AT_POST.values():
        with pytest.raises(PersonFault, match=r"people\.phrase_first"):
            door(post)
    assert not any(post.cleared(name) for name in SealedClass)
    post.header = header
