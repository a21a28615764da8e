"""Every action x every role, cell by cell."""

import pytest

from fieldkit.domain.access import MAY, Action, Role, demand, may
from fieldkit.domain.errors import PersonFault


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_the_table_is_what_is_enforced(action: Action, role: Role) -> None:
    allowed = role in MAY[action]
    assert may(frozenset({role}), action) is allowed
    if allowed:
        demand(frozenset({role}), action)
    else:
        with pytest.raises(PersonFault) as caught:
            demand(frozenset({role}), action)
        assert caught.value.code == "access.not_allowed"


def test_every_action_stands_in_the_table() -> None:
    assert set(MAY) == set(Action)


def test_somebody_without_a_role_may_nothing() -> None:
    assert not any(may(frozenset(), action) for action in Action)


def test_a_coordinator_never_interviews_and_an_officer_never_counts() -> None:
    assert Role.COORDINATOR not in MAY[Action.INTERVIEW]
    assert Role.OFFICER not in MAY[Action.COUNT]
