"""A window with a guard that goes by a laptop of the tests."""

import pytest

from fieldkit.services.vault import OpenVault
from fieldkit.ui.background import Background
from fieldkit.ui.context import Context, close_here
from fieldkit.ui.lock.guard import Guard
from fieldkit.ui.lock.idle import Clocks
from fieldkit.ui.lock.why import Why
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.settings import Settings
from fieldkit.ui.vaults import Vaults
from tests.ui.conftest import OpenWindow
from tests.ui.lock.hands import Hands


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def window(post: OpenVault, open_window: OpenWindow, hands: Hands) -> MainWindow:
    """Somebody signed in; a guard stands that goes by `hands`. A lock says why and closes in this process."""
    window = open_window(post)

    def ends(context: Context, why: Why) -> None:
        hands.why.append(why)
        close_here(context, why)

    window.context.ends = ends
    guard = Guard(window, Clocks(lambda: hands.awake, lambda: hands.always), hands)
    window.context.watch = guard
    guard.begin()
    return window


@pytest.fixture
def context(post: OpenVault) -> Context:
    made = Context(vaults=Vaults(post.folder, post.world), settings=Settings(), background=Background())
    made.vault = post
    return made
