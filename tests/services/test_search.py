"""Somebody who comes back is found by name or number, by whoever takes interviews, and by nobody else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.ids import new_id, spoken_number, typed_number
from fieldkit.services import search
from fieldkit.services.vault import OpenVault, Person
from fieldkit.storage.kinds_names import LOOKED_UP
from tests.stories import people
from tests.stories.offices import clock_of
from tests.stories.people import screened
from tests.worlds import CountedRandomness


def test_a_person_who_comes_back_is_found_in_another_spelling(post: OpenVault) -> None:
    done = screened(post, people.IN_PRIVATE, people.AGREED, people.AN_ADULT)
    for typed in ("amaru", "Testperson Amaru", "Amarou", "عمارو"):
        (found,) = search.look_up(post, typed)
        assert (found.case, found.name) == (done.case, "Amaru Testperson"), typed
        assert found.number == done.number


def looked_up(vault: OpenVault) -> int:
    return sum(entry.kind == LOOKED_UP for entry, _ in vault.journal.entries(vault.stream))


def test_that_a_name_was_looked_up_is_written_down_and_which_name_is_not(post: OpenVault) -> None:
    """K-15: who looks for people leaves a trace, before anything is shown."""
    screened(post, people.IN_PRIVATE, people.AGREED, people.AN_ADULT)
    for typed in ("am", "ama", "amar", "amaru "):
        search.look_up(post, typed)
    assert looked_up(post) == 1, "one name that is being typed"
    search.look_up(post, "selam")
    assert looked_up(post) == 2
    clock_of(post).turn(minutes=3)
    search.look_up(post, "selamawit")
    assert looked_up(post) == 3 == search.looks(post, post.person.id)
    search.look_up(post, "Z7")
    assert looked_up(post) == 3, "a number is read from the paper that somebody shows"
    told = [post.journal.payload(one.payload) for one, _ in post.journal.about(f"look/{post.person.id}")]
    assert {str(one.value()) for one in told if one is not None} == {"{'by': 'name'}"}
    clock_of(post).turn(days=31)
    assert search.looks(post, post.person.id) == 0
    post.person = Person(post.person.id, "B. (invented)", frozenset({Role.OFFICER}))
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        search.looks(post, post.person.id)


def test_a_number_is_found_as_it_is_read_aloud(post: OpenVault) -> None:
    done = screened(post, people.IN_PRIVATE, people.AGREED, people.AN_ADULT)
    heard = done.number.replace("0", "o").replace("1", "l").replace("-", " ").lower()
    for typed in (heard, done.number[:3], done.number):
        assert [found.case for found in search.look_up(post, typed)] == [done.case]
    assert search.look_up(post, done.number)[0].name == "", "the name was not asked for"


def test_who_takes_no_interviews_finds_nobody(post: OpenVault) -> None:
    post.person = Person(post.person.id, "B. (invented)", frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(PersonFault) as fault:
        search.look_up(post, "amaru")
    assert fault.value.code == "access.not_allowed"


@given(st.text(max_size=12))
def test_whatever_is_typed_is_the_beginning_of_a_number_or_none(text: str) -> None:
    typed = typed_number(text)
    assert typed == "" or typed_number(typed) == typed


@given(st.integers(min_value=0, max_value=40))
def test_every_number_is_the_number_that_was_read_aloud(seed: int) -> None:
    number = spoken_number(new_id(CountedRandomness(str(seed))))
    assert typed_number(number.lower()) == number
