"""People of several offices work together: a mobile team, a border team, reports (R-182, R-198..R-200).

Invented offices; nobody who was met stands in any of it.
"""

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.services import figure_words, figures, team, team_words
from fieldkit.services.team import TeamList
from tests.stories import offices
from tests.stories.desks import Desks, only_as, text_of
from tests.stories.offices import clock_of

VISIT = {
    "day": "2026-03-05",
    "place": "Ford camp (invented)",
    "who": "Nurse, counsellor",
    "languages": ["ti", "am"],
    "leaflets": ["L01"],
    "bring": "Water",
}
MEETING = {"day": "2026-03-09", "hour": "09:30", "place": "Town hall (invented)", "bodies": "Health service"}
TASK = {"what": "Ask for a quiet room", "who": "Border police desk", "until": "2026-03-04"}
OFFICE = {
    "topic": ["extra_continental"],
    "office": "Ministry (invented)",
    "function": "Focal point for migration",
    "reach": "+44 1632 960411",
    "reports": ["flows"],
}


def test_a_mobile_team_has_a_roster_and_a_plan_with_a_sheet_of_nobody(desks: Desks) -> None:
    vault = desks.training
    team.keep(vault, TeamList.ROSTER, {"function": "Nurse", "languages": ["am"]})
    later = team.keep(vault, TeamList.VISITS, {**VISIT, "day": "2026-03-12", "place": "Bridge (invented)"})
    team.keep(vault, TeamList.VISITS, VISIT)
    gone = team.keep(vault, TeamList.VISITS, {**VISIT, "day": "2026-01-05", "place": "Old camp (invented)"})
    said = text_of(team_words.document(vault, (TeamList.VISITS, TeamList.ROSTER), "en"))
    for part in (
        "Ford camp",
        "Tigrinya",
        "Amharic",
        "L01",
        "Water",
        "Nurse",
        "Print the leaflets before you leave",
    ):
        assert part in said
    assert said.index("Ford camp") < said.index("Bridge") and "Old camp" not in said
    team.keep(vault, TeamList.VISITS, {**VISIT, "day": "2026-03-12", "place": "Market (invented)"}, later)
    team.take_out(vault, TeamList.VISITS, gone)
    assert [one.text("place") for one in team.lines(vault, TeamList.VISITS)] == [
        "Ford camp (invented)",
        "Market (invented)",
    ]


def test_a_border_team_sees_the_next_meeting_and_what_is_late(desks: Desks) -> None:
    vault = desks.training
    for day, minutes in (
        ("2026-01-05", "Old"),
        ("2026-02-20", "Two beds more (invented)"),
        ("2026-03-09", ""),
    ):
        team.keep(vault, TeamList.MEETINGS, {**MEETING, "day": day, "minutes": minutes})
    first = team.keep(vault, TeamList.TASKS, TASK)
    clock_of(vault).turn(days=9)
    (task,) = team.lines(vault, TeamList.TASKS)
    assert team.is_late(vault, task)
    team.done(vault, first)
    (task,) = team.lines(vault, TeamList.TASKS)
    assert task.text("done") and not team.is_late(vault, task)
    clock_of(vault).turn(days=-9)
    said = text_of(team_words.document(vault, (TeamList.MEETINGS, TeamList.TASKS), "en"))
    assert "Two beds more" in said and "Old" not in said and "Border police desk" in said
    table = team_words.file(vault, TeamList.TASKS, "en").decode("utf-8-sig").splitlines()
    assert table[0] == "Task,Who,Until,Done on" and len(table) == 2


def test_a_report_names_who_gets_it_and_nothing_is_sent(desks: Desks) -> None:
    office = desks.office.vault
    held = team.keep(only_as(office, Role.COORDINATOR), TeamList.RECIPIENTS, OFFICE)
    assert [one.text("office") for one in team.recipients_of(office, "flows")] == ["Ministry (invented)"]
    assert team.recipients_of(office, "signs") == ()
    made = figure_words.Said(office, "en")
    tables = figures.pages(office).of("flows")
    whom = team_words.named_on_paper(office, team.recipients_of(office, "flows"), "en")
    assert "For: Ministry (invented) (Focal point for migration)" in _bare(
        text_of(figure_words.document(made, "flows", tables, whom))
    )
    assert "For: Ministry" in figure_words.file(made, tables, whom).decode("utf-8-sig")
    team.take_out(office, TeamList.RECIPIENTS, held)
    assert "For:" not in text_of(figure_words.document(made, "flows", tables))


def test_the_lists_stay_on_the_laptop(desks: Desks) -> None:
    vault = desks.enrolled
    team.keep(vault, TeamList.TASKS, TASK)
    offices.carry(vault, desks.office, desks.stick)
    assert b"quiet room" not in offices.everything_held(desks.office.vault)


def test_what_is_missing_or_wrong_is_refused_and_only_the_team_looks(desks: Desks) -> None:
    vault = desks.training
    for wrong, code in (
        ({"place": " "}, r"team\.missing"),
        ({"day": "soon"}, r"team\.day"),
        ({"bring": "x" * 121}, r"team\.too_long"),
        ({"leaflets": ["L99"]}, r"team\.not_listed"),
    ):
        with pytest.raises(PersonFault, match=code):
            team.keep(vault, TeamList.VISITS, {**VISIT, **wrong})
    with pytest.raises(PersonFault, match=r"team\.unknown"):
        team.take_out(vault, TeamList.TASKS, "0" * 32)
    with pytest.raises(PersonFault, match=r"team\.unknown"):
        team.done(vault, "0" * 32)
    before = vault.person
    only_as(vault, Role.MONITOR)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        team.lines(vault, TeamList.TASKS)
    vault.person = before


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign not in "\u2066\u2067\u2068\u2069")
