"""A person from far away reaches a post at night. From the first question to the slip in their hand."""

import json

import pytest

from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.services import counsel, intake, refer
from fieldkit.services.case_file import read_case
from fieldkit.services.gates import SectionKind, SectionState
from fieldkit.services.refer import Standing
from fieldkit.services.travel import Leave
from fieldkit.services.vault import Desk, OpenVault
from tests.conftest import MakeVault
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    answer_all,
    begin,
    ref_of,
    screened,
)

FEAR = {"fear_return": "yes", "reasons": "war work"}


def test_urgent_needs_come_before_any_question_on_identity(post: OpenVault) -> None:
    names = [section.kind for section in begin(post).sections()]
    assert names[0] is SectionKind.URGENT
    assert names.index(SectionKind.AGREEMENT) < names.index(SectionKind.CORE)


def test_somebody_who_fears_return_is_referred_with_the_rule_and_the_answers_that_led_to_it(
    post: OpenVault,
) -> None:
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    asylum = next(found for found in refer.suggestions(post, done.case) if found.category == "C01")
    assert asylum.verdict is Verdict.YES
    assert asylum.rule == "C01-1"
    assert ("fear_return", "yes") in {(answer.name, answer.value) for answer in asylum.answers}
    assert asylum.standing is Standing.OPEN

    refer.confirm(post, done.case, "C01", asylum.rule)
    service = refer.services_for(post, "C01")[0]
    referral = refer.refer(post, done.case, "C01", service.id, safe_to_carry=True)
    slip = counsel.print_pages(refer.slip(post, done.case, referral), post.world)
    assert slip.pages == 1
    assert slip.pdf.startswith(b"%PDF-")
    confirmed = next(found for found in refer.suggestions(post, done.case) if found.category == "C01")
    assert confirmed.standing is Standing.CONFIRMED


def test_several_categories_stand_side_by_side_and_none_cancels_another(post: OpenVault) -> None:
    ill = {**NO_URGENT_NEED, "urgent_medical": "yes"}
    done = screened(post, ill, IN_PRIVATE, AGREED, AN_ADULT, {**FEAR, "smuggler_used": "yes"})
    found = {s.category for s in refer.suggestions(post, done.case) if s.verdict is Verdict.YES}
    assert {"C01", "C11", "C16"} <= found


def test_what_was_answered_is_there_after_the_laptop_was_closed(post: OpenVault) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE)
    interview.mark(ref_of(interview, "told_record"), Mark.DECLINED)
    again = intake.resume(post, interview.draft_id)
    assert again.fact("interpreted") == "interpreter"
    assert again.mark_of(ref_of(again, "told_record")) is Mark.DECLINED
    assert again.number == interview.number
    assert [row.id for row in intake.drafts(post)] == [interview.draft_id]


def test_profiling_is_closed_until_every_recipient_has_an_answer(post: OpenVault) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE)
    core = next(section for section in interview.sections() if section.kind is SectionKind.CORE)
    assert core.gate.state is SectionState.CLOSED
    with pytest.raises(PersonFault, match=r"intake\.section_closed"):
        interview.answer(ref_of(interview, "name_told"), "Amaru Testperson")
    answer_all(interview, AGREED)
    assert next(s for s in interview.sections() if s.kind is SectionKind.CORE).gate.state is SectionState.OPEN


def test_the_family_is_one_repeat_and_marks_move_up_when_a_row_goes(post: OpenVault) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, {"alone": "no"})
    repeat = "/data/family_group/family"
    rows = [interview.add_row(repeat) for _ in range(3)]
    for number, row in enumerate(rows, start=1):
        interview.answer(f"{row}/member_age", str(10 * number))
    interview.mark(f"{rows[2]}/member_name", Mark.SKIPPED)
    interview.remove_row(rows[1])
    assert interview.session.value(f"{repeat}[2]/member_age") == "30"
    assert interview.mark_of(f"{repeat}[2]/member_name") is Mark.SKIPPED
    again = intake.resume(post, interview.draft_id)
    assert again.mark_of(f"{repeat}[2]/member_name") is Mark.SKIPPED
    assert again.session.value(f"{repeat}[2]/member_age") == "30"


def test_a_finished_interview_leaves_no_draft_and_keeps_its_exact_bytes(post: OpenVault) -> None:
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    assert intake.drafts(post) == ()
    case = read_case(post.journal, done.case)
    finished, kept = next(case.of_kind("submission.finished")), next(case.of_kind("submission.kept"))
    assert kept.payload["xml"].startswith("<?xml")
    assert kept.payload["instance_id"] == finished.payload["instance_id"] == done.instance_id
    assert finished.payload["marks"]["/data/person/sex"] == "answered"
    names = [section["name"] for section in finished.payload["sections"]]
    assert names[:4] == ["urgent", "information", "privacy", "agreement"]


def test_what_headquarters_has_no_use_for_is_never_in_what_travels(post: OpenVault) -> None:
    private = {"harm": "sexual held", "harm_places": "way", "control_signs": "debt"}
    done = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR, private)
    case = read_case(post.journal, done.case)
    leave = Leave(post)
    travels = [said for said in case.history if leave.may_travel(said.entry)]
    assert {"case.opened", "submission.finished", "outcome.suggested"} <= {s.entry.kind for s in travels}
    spoken = json.dumps([said.payload for said in travels])
    for secret in ("Amaru Testperson", "sexual", "held", "debt", "<?xml"):
        assert secret not in spoken
    assert {"C04", "C09"} <= {found.category for found in refer.suggestions(post, done.case)}


def test_an_untrained_account_cannot_open_what_its_role_does_not_name(make_vault: MakeVault) -> None:
    office = make_vault("Invented head office", desk=Desk.HEADQUARTERS)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        begin(office)
