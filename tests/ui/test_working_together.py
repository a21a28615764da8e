"""The lists of a mobile team, of a border team, of recipients, and interpreters: through the real windows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldkit.services import interpreter_pool, interpreters, team
from fieldkit.services.case_file import read_case
from fieldkit.services.interpreters import Told
from fieldkit.services.team import TeamList
from fieldkit.services.vault import OpenVault
from fieldkit.ui.screens.interpreters import InterpretersScreen
from fieldkit.ui.screens.team_lists import BorderTeamScreen, MobileTeamScreen
from fieldkit.ui.widgets.choices import ChoiceGrid
from fieldkit.ui.widgets.field import Field
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.ui.conftest import At
from tests.ui.desks import new_desk, press
from tests.ui.looking import cut, nameless, says


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    made = new_desk(tmp_path_factory.mktemp("team"), "River post (invented)")
    yield made
    made.close()


def write(screen: Any, which: TeamList, **told: str | list[str]) -> None:
    for name, value in told.items():
        part = screen.parts[which][name]
        if isinstance(part, ChoiceGrid):
            part.choose(*value)
        else:
            assert isinstance(part, Field) and isinstance(value, str)
            part.line.setText(value)


def test_a_visit_is_planned_changed_and_saved(
    vault: OpenVault, at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = at(vault, "mobile_team")
    screen = window.screen_shown
    assert isinstance(screen, MobileTeamScreen) and says(window, "Add the first row below.")
    press(window, "Add a row")
    write(screen, TeamList.VISITS, day="2026-03-05", place="Ford (invented)", who="Nurse", leaflets=["L01"])
    press(window, "Keep this")
    assert says(window, "Ford (invented)")
    press(window, "Change")
    write(screen, TeamList.VISITS, day="soon")
    press(window, "Keep this")
    assert says(window, "This is no day")
    write(screen, TeamList.VISITS, day="2026-03-06")
    press(window, "Keep this")
    (line,) = team.lines(vault, TeamList.VISITS)
    assert (line.text("day"), line.names("leaflets")) == ("2026-03-06", ("L01",))
    monkeypatch.setattr(window.context, "ask_folder", lambda _title: tmp_path)
    press(window, "Save as a table file")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["team-roster.csv", "team-visits.csv"]
    assert nameless(window) == [] and list(cut(window)) == []


def test_a_number_may_be_spoken_or_not(vault: OpenVault, at: At) -> None:
    case = screened(vault, IN_PRIVATE, AGREED, NO_URGENT_NEED).case
    window = at(vault, "border_team")
    screen = window.screen_shown
    assert isinstance(screen, BorderTeamScreen)
    press(window, "May this number be spoken in the meeting?")
    assert screen.number is not None and screen.bodies is not None
    screen.number.line.setText(read_case(vault.journal, case).number)
    press(window, "Look it up")
    assert says(window, "Nobody is chosen who sits in the meeting")
    screen.bodies.choose("health_service")
    press(window, "Look it up")
    assert says(window, "The person said yes to all of them")
    screen.bodies.choose("health_service", "child_protection")
    press(window, "Look it up")
    assert says(window, "Do not speak of this person here. No yes to: Child protection service")


def test_an_interpreter_says_how_well_and_a_post_how_it_is_reached(vault: OpenVault, at: At) -> None:
    name = interpreters.keep(vault, Told("I-61", ("ti",), "female", undertaking=vault.world.today()))
    window = at(vault, "interpreters")
    screen = window.screen_shown
    assert isinstance(screen, InterpretersScreen)
    assert says(window, "None was written down. That does not mean that there was none.")
    press(window, "Levels, dialects, training")
    assert screen.said is not None
    screen.levels["ti"].choose("first")
    for field, text in zip(screen.said, ("", "Two days (invented)", "yesterday"), strict=True):
        field.line.setText(text)
    press(window, "Keep this")
    assert says(window, "Write the day as day, month, year")
    screen.said[2].line.setText("2.2.2026")
    press(window, "Keep this")
    assert says(window, "ትግርኛ: Like a first language")
    (one,) = [held for held in interpreters.interpreters(vault) if held.id == name]
    assert (one.sex, one.trained_on, one.may_be_chosen) == ("female", "2026-02-02", True)
    press(window, "How other posts reach you for an interpreter")
    assert screen.reach is not None
    screen.reach.line.setText("+44 1632 960433")
    press(window, "Keep this")
    assert interpreter_pool.reach(vault) == "+44 1632 960433"
