"""Every screen once, opened where something stands on it: named for screen readers, and nothing of it cut off.

`fieldkit tour --screens` takes the pictures of the same walk.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.services.vault import SignIn
from fieldkit.ui import places
from fieldkit.ui.tour import screens
from fieldkit.ui.tour.screens import Look
from fieldkit.ui.tour.visit import Visit, prepare
from tests.conftest import PHRASE
from tests.stories import offices
from tests.ui.looking import cut, nameless
from tests.worlds import world


@pytest.fixture
def visit(qapp: object, tmp_path: Path) -> Iterator[Visit]:
    """A post on a busy day, its headquarters, a laptop without a vault and one where nobody is signed in."""
    post = offices.open_post(tmp_path / "post", "River post (invented)")
    office = offices.found(tmp_path / "office", "Invented Border Service")
    offices.enrol(post, office)
    made = prepare(
        post,
        office.vault,
        tmp_path,
        lambda at: SignIn(at, world("back"), FOR_TESTS).open(post.person.id, PHRASE),
    )
    yield made
    made.close()


def test_every_screen_has_its_place_in_the_walk() -> None:
    stops = [*screens.POST, *screens.OFFICE, *screens.PUT_BACK, *screens.EMPTY, *screens.LOCKED]
    assert sorted(stops) == sorted(places.PLACES), "a new screen has a stop, and each has one"


def test_every_screen_is_read_aloud_whole_and_has_one_main_action(visit: Visit, tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}
    active = None
    for guide, name in screens.walk(visit, tmp_path, [Look("ar-200", "ar", 200)]):
        window = guide.window
        main = [
            one.accessibleName()
            for one in window.findChildren(QAbstractButton)
            if one.isVisible() and one.property("role") == "main"
        ]
        wrong = [*map(str, nameless(window)), *map(str, cut(window)), *(main if len(main) > 1 else ())]
        if window is active and not window.isActiveWindow():
            # Something was shown before it had its place: for a moment a window of its own.
            wrong.append("the window has lost the keyboard")
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        active = window
        if wrong:
            found[name] = wrong
    assert found == {}
