"""Laws of the locks: what is not known keeps them shut, and no more that is known opens one by itself."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain import locks
from fieldkit.domain.locks import FREE_WISH, GATE, Check, Lock, Standing, What, shut

CATEGORIES = st.frozensets(st.sampled_from([f"C{number:02}" for number in range(1, 29)]))
LOOKS = st.dictionaries(
    st.sampled_from(GATE), st.lists(st.sampled_from(["nothing_found", "found", "not_asked", "again"]))
)
WISHES = st.dictionaries(
    st.sampled_from(sorted(FREE_WISH)), st.lists(st.sampled_from(["yes", "none", "perhaps", "held"]))
)
STANDINGS = st.builds(
    Standing,
    categories=CATEGORIES,
    doubtful=CATEGORIES,
    child=st.booleans(),
    checks=st.frozensets(st.sampled_from(Check)),
    looks=LOOKS,
    wish=WISHES,
    abroad_open=st.booleans(),
    agreed=st.booleans(),
)
WHATS = st.sampled_from(What)


def locks_of(what: What, case: Standing) -> set[Lock]:
    return {one.lock for one in shut(what, case)}


@given(WHATS)
def test_of_somebody_nobody_asked_anything_only_a_penalty_could_be_planned(what: What) -> None:
    """Whom nobody asked is a child in doubt; a penalty is stopped by signs, and by a person's own eyes."""
    assert bool(shut(what, Standing())) is (what is not What.PENALTY)


@given(WHATS, STANDINGS, CATEGORIES)
def test_one_more_category_opens_nothing(what: What, case: Standing, more: frozenset[str]) -> None:
    known = replace(case, categories=case.categories | more)
    assert locks_of(what, case) <= locks_of(what, known)


@given(WHATS, STANDINGS)
def test_a_child_is_never_less_protected_than_an_adult(what: What, case: Standing) -> None:
    assert locks_of(what, replace(case, child=False)) <= locks_of(what, replace(case, child=True))


@given(STANDINGS)
def test_what_was_found_once_is_not_undone_by_a_look_that_found_nothing(case: Standing) -> None:
    looks = {name: ["found", "nothing_found"] for name in GATE}
    assert Lock.BEFORE_REMOVAL in locks_of(What.RETURN, replace(case, looks=looks))


@given(STANDINGS, st.sampled_from(sorted(FREE_WISH)))
def test_one_answer_against_a_free_wish_is_not_outvoted_and_silence_is_none(
    case: Standing, name: str
) -> None:
    free = {each: [said] for each, said in FREE_WISH.items()}
    against = replace(case, wish={**free, name: [FREE_WISH[name], "withdrawn"]})
    assert Lock.FREE_CHOICE in locks_of(What.CHOSEN_RETURN, against)
    silent = replace(case, wish={each: said for each, said in free.items() if each != name})
    assert Lock.CHOICE_TALK in locks_of(What.CHOSEN_RETURN, silent)
    both = {Lock.CHOICE_TALK, Lock.FREE_CHOICE}
    assert both.isdisjoint(locks_of(What.CHOSEN_RETURN, replace(case, wish=free)))


@given(WHATS, STANDINGS)
def test_time_to_think_stops_a_return_by_choice_and_nothing_else(what: What, case: Standing) -> None:
    thinks = locks_of(what, replace(case, thinking=True)) - locks_of(what, replace(case, thinking=False))
    assert thinks == ({Lock.TIME_TO_THINK} if what is What.CHOSEN_RETURN else set())


@given(WHATS, STANDINGS)
def test_time_to_rest_stops_every_step_back_and_nothing_else(what: What, case: Standing) -> None:
    rests = locks_of(what, replace(case, recovering=True)) - locks_of(what, replace(case, recovering=False))
    back = what in (What.REFUSAL, What.RETURN, What.CHOSEN_RETURN)
    assert rests == ({Lock.RECOVERING} if back else set())


@given(WHATS, STANDINGS)
def test_every_lock_that_is_shut_says_what_is_missing(what: What, case: Standing) -> None:
    assert all(one.missing for one in shut(what, case))


@given(STANDINGS)
def test_a_second_person_opens_two_locks_and_no_other(case: Standing) -> None:
    for what in What:
        for one in shut(what, case):
            opens = one.lock in (Lock.NOT_PUNISHED, Lock.FREE_CHOICE)
            assert one.opens_with_a_second_person is opens


def test_whoever_asks_for_protection_is_at_risk_from_a_consulate() -> None:
    assert locks.ASYLUM | locks.EXPLOITED <= locks.AT_RISK
