"""How much work the desk is: paths through the real window, every click, key command and filled field counted.

Limits are those of issue 5: an adult with fear of return and a medical need from sign-in to slip, a child alone to
handover, and a boat with 60 people for one officer without a printer. The adult's pages are composed in the tour
(`test_tour`), which keeps the same limits.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.domain.waiting import Flag, Step
from fieldkit.services import households, waiting
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_desk
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.tour import desk
from fieldkit.ui.tour.first_day import Account
from fieldkit.ui.tour.guide import Guide, Shots, TourFailed
from tests.conftest import PHRASE
from tests.ui.conftest import OpenWindow


class NoShots(Shots):
    """Pictures are the tour's: here only the inputs count."""

    def take(self, *_: object) -> str:
        return ""


@pytest.fixture
def officer(post: OpenVault, open_window: OpenWindow, tmp_path: Path) -> Iterator[tuple[Guide, Account]]:
    """Somebody in front of the window, signed in."""
    window: MainWindow = open_window(post)
    account = Account(post.person.label)
    account.phrase = PHRASE
    yield Guide(window, window.context, tmp_path, NoShots(tmp_path)), account
    window.close()


def steps_of(vault: OpenVault) -> list[set[str]]:
    """What happened to everybody who ever arrived."""
    abouts = {row[0] for row in vault.database.rows("SELECT DISTINCT about FROM arrival_steps")}
    return [{step for step, _ in queries_desk.steps(vault.database, about)} for about in abouts]


def test_a_child_alone_is_handed_over_after_at_most_15_inputs(officer: tuple[Guide, Account]) -> None:
    guide, account = officer
    counts: dict[str, int] = {}
    desk.child(guide, account, counts)
    assert counts[desk.CHILD] <= 15
    assert steps_of(guide.context.open_vault) == [{Step.ARRIVED, Step.SCREENED, Step.REFERRED}]
    assert waiting.queue(guide.context.open_vault) == ()


def test_a_boat_with_60_people_takes_one_officer_at_most_300_inputs(officer: tuple[Guide, Account]) -> None:
    guide, account = officer
    counts: dict[str, int] = {}
    desk.surge(guide, account, counts)
    assert counts[desk.SURGE] <= 300
    vault = guide.context.open_vault
    (group,) = households.groups(vault)
    assert len(group.households) == 14
    assert households.people_of(vault, group) == 60
    assert set(group.informed) >= {"so", "am"}
    screened = [steps for steps in steps_of(vault) if Step.SCREENED in steps]
    assert len(screened) == 3, "only the children had a talk; everybody else is not screened yet"
    assert not any(one.urgent for one in waiting.queue(vault))


def test_a_path_that_grows_too_long_ends_the_tour(officer: tuple[Guide, Account]) -> None:
    guide, _ = officer
    with pytest.raises(TourFailed), desk.counted(guide, {}, desk.CHILD):
        guide.inputs += desk.LIMITS[desk.CHILD] + 1


def test_no_row_of_a_surge_takes_more_than_eight_inputs(officer: tuple[Guide, Account]) -> None:
    guide, _ = officer
    guide.press("Many people at once")
    guide.press("By vehicle")
    before = guide.inputs
    desk.write_row(guide, desk.Row(7, 4, 1, "so", Flag.FIRST_AID))
    guide.main_action()
    assert guide.inputs - before <= 8
