"""Who is called first: on duty now, then next, then everybody; nobody is ever left out."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.duty import WEEK, Shift, coming

MONDAY = date(2026, 3, 2)
NIGHT = Shift("n", "night", (0, 1, 2, 3, 4, 5, 6), time(20), time(8))
DAY = Shift("d", "day", (0, 1, 2, 3, 4), time(8), time(20))


def at(day: int, hour: int) -> datetime:
    return datetime.combine(MONDAY + timedelta(days=day), time(hour), UTC)


def called(*shifts: Shift, when: datetime) -> list[str]:
    return [one.service for one in coming(shifts, when)]


def test_who_is_on_duty_now_is_first_and_who_comes_next_is_second() -> None:
    assert called(NIGHT, DAY, when=at(0, 9)) == ["day", "night"]
    assert called(NIGHT, DAY, when=at(0, 21)) == ["night", "day"]
    assert called(NIGHT, DAY, when=at(1, 3)) == ["night", "day"], "a night goes on into the next day"
    assert called(NIGHT, DAY, when=at(0, 8)) == ["day", "night"], "the one who goes is not called any more"
    assert called(NIGHT, DAY, when=at(5, 9)) == ["night", "day"], "on Saturday the day comes on Monday"


def test_a_whole_day_and_a_last_day() -> None:
    whole = Shift("w", "whole", (6,), time(8), time(8))
    (one,) = coming([whole], at(7, 7))
    assert one.is_now(at(7, 7))
    assert not one.is_now(at(7, 8))
    last = Shift("l", "last", (0, 1), time(8), time(20), until=MONDAY)
    assert called(last, when=at(0, 9)) == ["last"]
    assert called(last, when=at(1, 9)) == []


SHIFTS = st.builds(
    Shift,
    st.text("abc", min_size=1),
    st.sampled_from("PQR"),
    st.lists(st.integers(0, WEEK - 1), min_size=1, unique=True).map(tuple),
    st.times().map(lambda one: one.replace(tzinfo=None)),
    st.times().map(lambda one: one.replace(tzinfo=None)),
)


@given(
    st.lists(SHIFTS, max_size=6),
    st.datetimes(at(0, 0).replace(tzinfo=None), at(5000, 0).replace(tzinfo=None)),
)
def test_each_service_with_a_shift_stands_once_and_those_on_duty_come_first(
    shifts: list[Shift], now: datetime
) -> None:
    found = coming(shifts, now)
    assert sorted(one.service for one in found) == sorted({one.service for one in shifts})
    on_duty = [one.is_now(now) for one in found]
    assert on_duty == sorted(on_duty, reverse=True)
    assert all(one.ends > now for one in found)
