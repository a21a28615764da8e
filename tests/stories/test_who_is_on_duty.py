"""A child's call goes first to whoever is on duty now, then to the next (R-084, N-072)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.content.directory import Service
from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.services import directory, duty
from fieldkit.services.vault import OpenVault
from tests.stories import offices
from tests.stories.desks import only_as, text_of

NIGHT, DAY, HOUSE = "Night line (invented)", "Child office (invented)", "Children's house (invented)"
NUMBERS = {HOUSE: "+44 1632 960301", NIGHT: "+44 1632 960302", DAY: "+44 1632 960303"}
ALL = range(7)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[OpenVault]:
    """A real post with three numbers of its own; its clock stands on a Monday, 7:40."""
    made = offices.open_post(tmp_path / "post", "Duty post (invented)", training=False)
    for name, phone in NUMBERS.items():
        told = Service(name[:6], name, name, ("child",), ("C06",), (), "", "", False, phone, None)
        directory.record_service(made, told)
    yield made
    made.close()


def ids(post: OpenVault) -> dict[str, str]:
    return {one.name: one.id for one in duty.services(post)}


def names(post: OpenVault) -> list[str]:
    return [one.service.name for one in duty.to_call(post)]


def test_without_a_list_the_order_of_the_directory_holds(post: OpenVault) -> None:
    assert names(post) == [one.name for one in duty.services(post)]
    assert {one.duty for one in duty.to_call(post)} == {None}


def test_whoever_is_on_duty_now_is_called_first_and_the_next_second(post: OpenVault) -> None:
    held = ids(post)
    duty.keep(post, held[DAY], range(5), "8:00", "20:00")
    duty.keep(post, held[NIGHT], ALL, "20:00", "08:00")
    assert names(post) == [NIGHT, DAY, HOUSE], "7:40: the night is not over"
    clock = offices.clock_of(post)
    clock.turn(hours=1)
    assert names(post) == [DAY, NIGHT, HOUSE]
    clock.turn(days=5)
    assert names(post) == [NIGHT, DAY, HOUSE], "on Saturday nobody is there by day; nobody is left out"


def test_a_shift_that_is_taken_out_is_out_and_a_wrong_hour_is_refused(post: OpenVault) -> None:
    held = ids(post)
    shift = duty.keep(post, held[DAY], ALL, "00:00", "00:00")
    for days, begins, until, code in (
        (ALL, "25:00", "", r"duty\.hours"),
        ((), "08:00", "", r"duty\.incomplete"),
        (ALL, "08:00", "soon", r"duty\.until"),
    ):
        with pytest.raises(PersonFault, match=code):
            duty.keep(post, held[DAY], days, begins, "20:00", until)
    assert names(post)[0] == DAY
    duty.take_out(post, shift)
    assert duty.shifts(post) == ()
    with pytest.raises(PersonFault, match=r"duty\.unknown"):
        duty.take_out(post, shift)


def test_the_list_for_the_wall_has_hours_and_numbers_and_no_name_of_a_child(post: OpenVault) -> None:
    duty.keep(post, ids(post)[NIGHT], (0, 1), "20:00", "08:00", "2026-03-31")
    said = text_of(duty.document(only_as(post, Role.OFFICER), "en"))
    for part in (NIGHT, NUMBERS[NIGHT], "20:00", "Monday", "Tuesday", "2026"):
        assert part in said
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        duty.keep(only_as(post, Role.OFFICER), "x", ALL, "08:00", "20:00")
