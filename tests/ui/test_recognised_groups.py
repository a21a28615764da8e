"""Protection may be quickened: the card beside the steps, and a group that is passed on once (R-012, R-056)."""

from collections.abc import Iterator

import pytest

from fieldkit.content.recognition import TABLE
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.services import households
from fieldkit.services.households import How, Row
from fieldkit.services.vault import OpenVault
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened, somebody
from tests.ui.desks import done_with, new_desk, press, window_at
from tests.ui.looking import says

HEAD = "id,jurisdiction,country,area,text,source,reviewed_by,reviewed_on,valid_until"
WAR = "war,*,SO,The south (invented),A decree says so (invented).,Decree 1 (invented),Lawyer (invented),2025-10-02,"


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory, qapp: object) -> Iterator[OpenVault]:
    vault = new_desk(tmp_path_factory.mktemp("quicker"), "Lake post (invented)")
    vault.__dict__["content"] = (Shelf(resources(), {TABLE: f"{HEAD}\n{WAR}\n".encode()}), None)
    yield vault
    vault.close()


def test_the_card_says_why_and_that_nothing_closes(post: OpenVault) -> None:
    who = somebody("Person (invented)", nationality="SO")
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, who, FEAR).case
    window = window_at(post, "procedure", case=case, category="C01")
    for told in ("Protection may be quickened", "A decree says so (invented).", "Decree 1 (invented)"):
        assert says(window, told)
    assert says(window, "Every other way stays open, and this decides nothing.")
    done_with(window)


def test_a_group_is_passed_on_and_still_nobody_is_screened(post: OpenVault) -> None:
    group = households.begin_group(post, How.BOAT, 6)
    households.record(post, Row(people=6, languages=("so",)), group)
    window = window_at(post, "surge", group=group)
    assert says(window, "Everybody still has a talk alone, and may need something else too.")
    press(window, "The group was passed on this way")
    assert says(window, "Passed on by a shorter way")
    assert says(window, "Nobody of them is screened yet.")
    assert households.group_of(post, group).routed == ("war",)
    done_with(window)
