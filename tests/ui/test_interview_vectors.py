"""Forms that nobody wrote for this program: each opens, can be filled in as far as its kinds go, and finished."""

from pathlib import Path

import pytest

from fieldkit.services import administer
from fieldkit.services.vault import OpenVault
from fieldkit.ui.presenters.kinds import Kind
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.kept import KeptScreen
from tests.forms.xlsforms import vector
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import cards, fill, interviewing, led, repeats, screen_of, walk

FORMS = (
    "bench/A300.xlsx",
    "bench/B1000.xlsx",
    "bench/C10k.xlsx",
    "real/all-widgets.xml",
    "real/eimci.xml",
    "real/kobo-examples.xlsx",
)
MOST_STEPS = 400


@pytest.mark.parametrize("name", FORMS)
def test_a_form_from_elsewhere_is_filled_in_and_finished(
    name: str, post: OpenVault, open_window: OpenWindow
) -> None:
    report = administer.install_form(post, vector(name), Path(name).name)
    window = open_window(post)
    interviewing(window, report.form_id, person="fr")
    asked = 0
    for page in walk(window):
        for one in repeats(page):
            if not one.rows.fixed and not one.rows.lines:
                one.added.emit(one.rows.ref)
        asked += _answer_everything(page)
    assert asked
    for _ in range(MOST_STEPS):
        if isinstance(window.screen_shown, KeptScreen):
            break
        page = screen_of(window)
        _leave_out_what_is_missing(page)
        way = page.main_action()
        assert way is not None
        way.do()
    assert isinstance(window.screen_shown, KeptScreen)


def _answer_everything(page: InterviewScreen) -> int:
    done: set[str] = set()
    while True:
        one = next((card for card in cards(page) if card.view.ref not in done), None)
        if one is None:
            return len(done)
        done.add(one.view.ref)
        if one.view.kind is not Kind.NOT_YET and not one.view.readonly:
            fill(one.field)


def _leave_out_what_is_missing(page: InterviewScreen) -> None:
    for unmet in led(page).unanswered()[:1]:
        for one in cards(page):
            if one.view.ref == unmet.ref and one.marks:
                next(iter(one.marks.values())).click()
