"""Several people on one laptop: who comes in, with which phrase, to do what."""

from collections.abc import Callable

import pytest

from fieldkit.domain.access import Action, Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import backup, intake, people
from fieldkit.services.people import Account, NewAccount
from fieldkit.services.vault import OpenVault, at_door
from fieldkit.storage import projections
from tests.stories.accounts import (
    ADMINISTRATOR,
    BILAL,
    BILALS,
    CLARA,
    NEW_PHRASE,
    Laptop,
    people_at,
)
from tests.ui.desks import kinds


@pytest.fixture
def laptop(post: OpenVault) -> Laptop:
    return people_at(post)


def code(call: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as fault:
        call()
    return fault.value.code


def account(vault: OpenVault, label: str) -> Account:
    return next(one for one in people.accounts(vault) if one.label == label)


def test_everybody_comes_in_with_their_own_phrase_and_does_their_own_work(laptop: Laptop) -> None:
    door = at_door(laptop.folder)
    assert door is not None and [one.label for one in door.people] == [ADMINISTRATOR, BILAL, CLARA]
    bilal = laptop.in_as(BILAL)
    assert bilal.person.label == BILAL
    assert bilal.may(Action.INTERVIEW) and not bilal.may(Action.MANAGE_PEOPLE)
    assert code(lambda: people.accounts(bilal)) == "access.not_allowed"
    bilal.close()
    assert code(lambda: laptop.in_as(CLARA, BILALS)) == "vault.wrong_phrase"


def test_nobody_needs_another_ones_phrase_to_know_what_they_may_read(laptop: Laptop) -> None:
    """Class keys follow the roles: a counsellor's ring carries some, an officer's none."""
    bilal = laptop.in_as(BILAL)
    assert bilal.ring.classes == {}
    bilal.close()
    clara = laptop.in_as(CLARA)
    assert SealedClass.ASYLUM in clara.ring.classes
    assert SealedClass.HEALTH not in clara.ring.classes
    clara.close()


def test_a_first_phrase_from_the_administrator_lets_in_once(laptop: Laptop) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    first = "orange bicycle window seven lamp forest"
    laptop.ids["Dina"] = people.add(admin, NewAccount("Dina", frozenset({Role.OFFICER}), first))
    admin.close()
    dina = laptop.in_as("Dina", first)
    assert dina.phrase_due
    assert not dina.may(Action.INTERVIEW)
    assert code(lambda: intake.begin(dina, "screening", officer_language="en", person_language="ti")) == (
        "people.phrase_first"
    )
    assert code(lambda: people.change_own_phrase(dina, "", first)) == "people.same_phrase"
    assert code(lambda: people.change_own_phrase(dina, "", "dina dina dina")) == "vault.weak_phrase"
    people.change_own_phrase(dina, "", NEW_PHRASE)
    assert dina.may(Action.INTERVIEW), "at once, without signing in again"
    dina.close()
    assert code(lambda: laptop.in_as("Dina", first)) == "vault.wrong_phrase"
    assert not laptop.in_as("Dina", NEW_PHRASE).phrase_due


def test_the_administrator_can_ask_for_a_new_phrase_at_the_next_sign_in(laptop: Laptop) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    people.demand_new_phrase(admin, laptop.ids[BILAL])
    assert account(admin, BILAL).phrase_due
    admin.close()
    bilal = laptop.in_as(BILAL)
    assert bilal.phrase_due
    people.change_own_phrase(bilal, "", NEW_PHRASE)
    bilal.close()
    assert code(lambda: laptop.in_as(BILAL)) == "vault.wrong_phrase"
    laptop.in_as(BILAL, NEW_PHRASE).close()


def test_changing_ones_own_phrase_needs_the_present_one(laptop: Laptop) -> None:
    bilal = laptop.in_as(BILAL)
    assert code(lambda: people.change_own_phrase(bilal, "not his words at all", NEW_PHRASE)) == (
        "vault.wrong_phrase"
    )
    people.change_own_phrase(bilal, BILALS, NEW_PHRASE)
    assert kinds(bilal)[-1] == people.PHRASE_CHANGED
    bilal.close()
    laptop.in_as(BILAL, NEW_PHRASE).close()
    laptop.in_as(CLARA).close()


def test_a_forgotten_phrase_is_made_good_by_the_administrator(laptop: Laptop) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    assert people.give_phrase(admin, laptop.ids[CLARA], NEW_PHRASE) is None
    admin.close()
    clara = laptop.in_as(CLARA, NEW_PHRASE)
    assert clara.phrase_due
    assert SealedClass.ASYLUM in clara.ring.classes, "the administrator held the key"
    clara.close()


def test_other_work_is_an_entry_that_replaces_the_one_before(laptop: Laptop) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    people.change(admin, laptop.ids[BILAL], "Bilal H.", frozenset({Role.COUNSELLOR}))
    assert account(admin, "Bilal H.").roles == {Role.COUNSELLOR}
    projections.rebuild(admin.database)
    assert account(admin, "Bilal H.").roles == {Role.COUNSELLOR}, "the journal says so"
    admin.close()
    bilal = laptop.in_as(BILAL)
    assert bilal.person.label == "Bilal H." and bilal.may(Action.EDIT_DIRECTORY)
    assert SealedClass.ASYLUM in bilal.ring.classes, "he took the key that lay ready"
    bilal.close()


def test_who_lays_a_role_down_lays_down_what_it_opened(laptop: Laptop) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    people.change(admin, laptop.ids[CLARA], CLARA, frozenset({Role.OFFICER}))
    assert account(admin, CLARA).cleared == frozenset()
    admin.close()


def test_somebody_always_stays_who_looks_after_the_accounts(laptop: Laptop) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    me = laptop.ids[ADMINISTRATOR]
    assert code(lambda: people.end(admin, me)) == "people.not_yourself"
    assert code(lambda: people.change(admin, me, ADMINISTRATOR, frozenset({Role.OFFICER}))) == (
        "people.last_administrator"
    )
    people.change(admin, laptop.ids[CLARA], CLARA, frozenset({Role.ADMINISTRATOR}))
    people.change(admin, me, ADMINISTRATOR, frozenset({Role.OFFICER}))
    assert not admin.may(Action.MANAGE_PEOPLE), "at once"
    admin.close()


@pytest.mark.parametrize(
    ("new", "refused"),
    [
        (NewAccount("  ", frozenset({Role.OFFICER}), NEW_PHRASE), "people.label_missing"),
        (NewAccount("x" * 61, frozenset({Role.OFFICER}), NEW_PHRASE), "people.label_long"),
        (NewAccount("Dina\u202e", frozenset({Role.OFFICER}), NEW_PHRASE), "people.label_unshown"),
        (NewAccount("bilal", frozenset({Role.OFFICER}), NEW_PHRASE), "people.label_taken"),
        (NewAccount("Dina", frozenset(), NEW_PHRASE), "people.no_role"),
        (NewAccount("Dina", frozenset({Role.COORDINATOR}), NEW_PHRASE), "people.no_role"),
        (NewAccount("Dina", frozenset({Role.OFFICER}), "password1234"), "vault.weak_phrase"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_changes_nothing(
    laptop: Laptop, new: NewAccount, refused: str
) -> None:
    admin = laptop.in_as(ADMINISTRATOR)
    before = kinds(admin)
    assert code(lambda: people.add(admin, new)) == refused
    assert (kinds(admin), len(people.accounts(admin))) == (before, 3)
    admin.close()


def test_a_phrase_changed_as_a_habit_shows_in_the_list_of_copies(
    laptop: Laptop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    stick = tmp_path_factory.mktemp("stick")
    admin = laptop.in_as(ADMINISTRATOR)
    backup.back_up(admin, stick)
    people.change_own_phrase(admin, laptop.phrases[ADMINISTRATOR], NEW_PHRASE)
    (copy,) = backup.earlier(admin)
    assert [(one.label, one.same_phrase) for one in copy.openers] == [
        (ADMINISTRATOR, False),
        (BILAL, True),
        (CLARA, True),
    ]
    admin.close()
