"""A mobile team wrote on paper where there was no laptop; days later somebody keys it in (R-204)."""

from dataclasses import replace

import pytest

from fieldkit.domain.errors import PersonFault
from fieldkit.forms.nodes import plain_tree
from fieldkit.forms.xml import parse_xml
from fieldkit.services import administer, finished, intake, refer
from fieldkit.services.case_file import read_case
from fieldkit.services.keyed_in import OnPaper
from fieldkit.services.vault import OpenVault
from tests.forms.xlsforms import Rows, xlsx
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, answer_all
from tests.worlds import HandClock

PAPER = OnPaper("2026-02-20", "Interviewer Two (invented)", "Salt track (invented)", number="7")
CLOCKED: Rows = (
    ("type", "name", "label", "calculation"),
    ("start", "start", "", ""),
    ("today", "today", "", ""),
    ("end", "end", "", ""),
    ("calculate", "day", "", "today()"),
    ("text", "who", "Who?", ""),
)


def keyed(vault: OpenVault, paper: OnPaper = PAPER) -> str:
    interview = intake.begin(vault, "screening", officer_language="en", person_language="ti", paper=paper)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    return intake.finish(vault, interview).case


def test_the_entry_carries_when_it_was_written_and_when_it_was_keyed_in(post: OpenVault) -> None:
    (one,) = finished.of_case(post, keyed(post))
    assert one.written.startswith("2026-03-02T07:40")
    assert one.happened == "2026-02-20"
    assert one.paper == PAPER
    assert one.by == "Officer One"


def test_the_clock_of_the_form_is_the_day_of_the_talk_also_after_a_break(post: OpenVault) -> None:
    administer.install_form(post, xlsx(survey=CLOCKED), "small.xlsx")
    interview = intake.begin(post, "small", officer_language="en", person_language="en", paper=PAPER)
    clock = post.world.clock
    assert isinstance(clock, HandClock)
    clock.turn(hours=30)
    again = intake.resume(post, interview.draft_id)
    again.answer("/data/who", "somebody")
    intake.finish(post, again)
    payload = _newest(post)
    said = {node.name: node.value for node in plain_tree(parse_xml(payload.encode())).children}
    assert said["start"].startswith("2026-02-20T12:00")
    assert said["end"].startswith("2026-02-20T12:00")
    assert said["today"] == said["day"] == "2026-02-20"


def _newest(vault: OpenVault) -> str:
    entry = [
        entry for entry, _ in vault.journal.entries(vault.stream) if entry.kind == "submission.finished"
    ][-1]
    payload = vault.journal.payload(entry.payload)
    assert payload is not None
    return str(payload.value()["xml"])


def test_an_hour_on_the_paper_is_kept(post: OpenVault) -> None:
    administer.install_form(post, xlsx(survey=CLOCKED), "small.xlsx")
    paper = replace(PAPER, hour="16:30")
    interview = intake.begin(post, "small", officer_language="en", person_language="en", paper=paper)
    assert interview.session.value("/data/start").startswith("2026-02-20T16:30:00")


def test_what_has_to_be_done_in_time_counts_from_the_talk(post: OpenVault) -> None:
    case = keyed(post)
    file = read_case(post.journal, case)
    assert file.talked() == "2026-02-20T12:00:00+03:00"
    assert file.due(48) == "2026-02-22T12:00:00+03:00"
    assert file.due(None) == ""
    at_once = [one for one in refer.suggestions(post, case) if one.target_hours == 0]
    assert {one.due for one in at_once} <= {file.talked()}


def test_the_case_stands_in_the_list_under_the_day_of_the_talk(post: OpenVault) -> None:
    case = keyed(post)
    (row,) = post.queries.cases()
    assert (row.case, row.day) == (case, "2026-02-20")


@pytest.mark.parametrize(
    ("paper", "code"),
    [
        (replace(PAPER, day="2026-03-03"), "paper.future"),
        (replace(PAPER, day="1926-03-02"), "paper.too_old"),
        (replace(PAPER, day="yesterday"), "paper.no_day"),
        (replace(PAPER, hour="25:00"), "paper.no_hour"),
        (replace(PAPER, interviewer=" "), "paper.no_interviewer"),
        (replace(PAPER, place=""), "paper.no_place"),
    ],
)
def test_what_the_head_of_the_paper_must_say_is_asked_first(
    post: OpenVault, paper: OnPaper, code: str
) -> None:
    with pytest.raises(PersonFault) as fault:
        keyed(post, paper)
    assert fault.value.code == code
    assert intake.drafts(post) == ()


def test_an_interview_on_this_laptop_has_no_paper(post: OpenVault) -> None:
    interview = intake.begin(post, "screening", officer_language="en", person_language="ti")
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    case = intake.finish(post, interview).case
    (one,) = finished.of_case(post, case)
    assert one.paper is None
    assert one.happened == "2026-03-02"


def test_where_it_took_place_stays_at_the_post(post: OpenVault) -> None:
    case = keyed(post)
    shared = next(said.payload for said in read_case(post.journal, case).of_kind("submission.finished"))
    assert shared["on_paper"] == {
        "day": "2026-02-20",
        "hour": "",
        "interviewer": "Interviewer Two (invented)",
    }
