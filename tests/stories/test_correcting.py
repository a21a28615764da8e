"""An answer was written down wrongly, and is put right: with a reason, and without anything being lost."""

import json

import pytest

from fieldkit.content.form_roles import FormAccess
from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.forms.nodes import plain_tree
from fieldkit.forms.xml import parse_xml
from fieldkit.services import changes, correcting, finished, history, intake, refer, sealed
from fieldkit.services.case_file import read_case
from fieldkit.services.intake import Finished
from fieldkit.services.interview import Interview
from fieldkit.services.travel import Leave
from fieldkit.services.vault import OpenVault
from tests.stories.desks import only_as
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    answer_all,
    begin,
    screened,
)
from tests.worlds import HandClock

NAME = "/data/person/name_told"
FAMILY = "/data/family_group/family"


def done_with(vault: OpenVault) -> Finished:
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)


def corrected(vault: OpenVault, done: Finished) -> Interview:
    return correcting.correct(vault, subject("case", done.case), done.instance_id)


def before(vault: OpenVault, interview: Interview) -> tuple[changes.ChangedAnswer, ...]:
    return changes.changed(interview, changes.original(vault, interview))


def put_right(vault: OpenVault, done: Finished, ref: str, value: str, why: str) -> Finished:
    interview = corrected(vault, done)
    interview.answer(ref, value)
    interview.give_reason(ref, why)
    return intake.finish(vault, interview)


def test_everything_stands_as_it_was_answered_and_nothing_is_changed_yet(post: OpenVault) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"alone": "no"})
    rows = [interview.add_row(FAMILY) for _ in range(2)]
    interview.answer(f"{rows[1]}/member_age", "9")
    interview.mark(f"{rows[0]}/member_name", Mark.DECLINED)
    done = intake.finish(post, interview)
    again = corrected(post, done)
    assert again.session.value(f"{FAMILY}[2]/member_age") == "9"
    assert again.mark_of(f"{FAMILY}[1]/member_name") is Mark.DECLINED
    assert before(post, again) == ()
    with pytest.raises(PersonFault, match=r"correct\.nothing_changed"):
        intake.finish(post, again)
    assert before(post, intake.resume(post, again.draft_id)) == ()


def test_each_changed_answer_needs_a_reason(post: OpenVault) -> None:
    interview = corrected(post, done_with(post))
    interview.answer(NAME, "Amaru Otherperson")
    interview.answer("/data/person/age_years", "43")
    interview.give_reason(NAME, "written down wrongly")
    with pytest.raises(PersonFault) as fault:
        intake.finish(post, interview)
    assert (fault.value.code, fault.value.data["count"]) == ("correct.reasons_missing", 1)
    again = intake.resume(post, interview.draft_id)
    assert [(one.ref, one.reason) for one in before(post, again)] == [
        (NAME, "written down wrongly"),
        ("/data/person/age_years", ""),
    ]


def test_a_correction_is_an_openrosa_edit_and_the_old_bytes_stay(post: OpenVault) -> None:
    done = done_with(post)
    old = finished.find(post, subject("case", done.case), done.instance_id)
    new = put_right(post, done, NAME, "Amaru Otherperson", "written down wrongly")
    assert new.case == done.case and new.instance_id != done.instance_id
    first, second = finished.of_case(post, done.case)
    assert first.xml == old.xml and not first.stands
    assert second.stands and second.corrects == done.instance_id
    meta = plain_tree(parse_xml(second.xml)).named["meta"][0].named
    assert meta["instanceID"][0].value == new.instance_id
    assert meta["deprecatedID"][0].value == done.instance_id
    assert meta["deprecatedID"][0].namespace == meta["instanceID"][0].namespace


def test_what_was_not_changed_says_the_same_again_on_another_day(post: OpenVault) -> None:
    done = done_with(post)
    clock = post.world.clock
    assert isinstance(clock, HandClock)
    clock.turn(days=400)
    put_right(post, done, NAME, "Amaru Otherperson", "written down wrongly")
    first, second = finished.of_case(post, done.case)
    said, again = (
        {ref: value for ref, value in _values(one.xml) if "ID" not in ref} for one in (first, second)
    )
    assert {ref for ref in said | again if said.get(ref) != again.get(ref)} == {"/data/person/name_told"}


def _values(xml: bytes) -> list[tuple[str, str]]:
    found = []

    def walk(node: object, ref: str) -> None:
        children = getattr(node, "children", ())
        for child in children:
            walk(child, f"{ref}/{child.name}")
        if not children:
            found.append((ref, str(getattr(node, "value", ""))))

    walk(plain_tree(parse_xml(xml)), "/data")
    return found


def test_the_whole_chain_tells_who_when_from_what_to_what_and_why(post: OpenVault) -> None:
    done = done_with(post)
    clock = post.world.clock
    assert isinstance(clock, HandClock)
    clock.turn(days=1)
    second = put_right(post, done, NAME, "Amaru Otherperson", "written down wrongly")
    clock.turn(days=1)
    put_right(post, second, NAME, "Amaru Thirdperson", "the person spelled it")
    (told,) = history.histories(post, subject("case", done.case), "en")
    assert len(told.versions) == 3
    (chain,) = told.chains
    assert chain.label == "What is your name?"
    assert [(step.answer, step.why, step.at[:10], step.who) for step in chain.steps] == [
        ("Amaru Testperson", "", "2026-03-02", "Officer One"),
        ("Amaru Otherperson", "written down wrongly", "2026-03-03", "Officer One"),
        ("Amaru Thirdperson", "the person spelled it", "2026-03-04", "Officer One"),
    ]


def test_an_answer_that_goes_because_another_was_changed_is_told_as_a_consequence(post: OpenVault) -> None:
    done = screened(
        post, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, {"alone": "no", "with_whom": "partner"}
    )
    interview = corrected(post, done)
    interview.answer("/data/family_group/alone", "yes")
    interview.give_reason("/data/family_group/alone", "asked once more")
    told = {one.ref: one for one in before(post, interview)}
    gone = told["/data/family_group/with_whom"]
    assert gone.consequence and not gone.needs_reason and gone.before[0] == "partner"
    intake.finish(post, interview)


def test_a_corrected_answer_counts_in_place_of_the_former_and_what_was_suggested_stays(
    post: OpenVault,
) -> None:
    done = done_with(post)
    put_right(post, done, "/data/why/fear_return", "no", "the key was pressed by mistake")
    file = read_case(post.journal, done.case)
    assert sealed.answers(post, file).values["fear_return"] == ("no",)
    assert len(file.submissions()) == 1
    asylum = next(one for one in refer.suggestions(post, done.case) if one.category == "C01")
    assert asylum.verdict is Verdict.YES


def test_of_two_corrections_under_way_the_second_is_refused_and_stays_a_draft(
    post: OpenVault,
) -> None:
    done = done_with(post)
    one, other = corrected(post, done), corrected(post, done)
    for interview, value in ((one, "no"), (other, "perhaps")):
        interview.answer("/data/why/fear_return", value)
        interview.give_reason("/data/why/fear_return", "asked once more")
    intake.finish(post, one)
    with pytest.raises(PersonFault, match=r"correct\.already"):
        intake.finish(post, other)
    assert [row.id for row in intake.drafts(post)] == [other.draft_id]
    file = read_case(post.journal, done.case)
    assert sealed.answers(post, file).values["fear_return"] == ("no",)


def test_only_what_stands_is_corrected(post: OpenVault) -> None:
    done = done_with(post)
    put_right(post, done, NAME, "Amaru Otherperson", "written down wrongly")
    with pytest.raises(PersonFault, match=r"correct\.already"):
        corrected(post, done)


def test_whoever_may_not_open_the_form_neither_corrects_nor_reads(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = done_with(post)
    only_as(post, Role.ADMINISTRATOR)
    for attempt in (
        lambda: corrected(post, done),
        lambda: finished.of_case(post, done.case),
        lambda: history.histories(post, subject("case", done.case), "en"),
    ):
        with pytest.raises(PersonFault, match=r"form\.not_for_role"):
            attempt()
    only_as(post, Role.OFFICER)
    monkeypatch.setattr(FormAccess, "may_open", lambda *_: False)
    with pytest.raises(PersonFault, match=r"form\.not_for_role"):
        corrected(post, done)


def test_reasons_and_former_answers_never_travel(post: OpenVault) -> None:
    done = done_with(post)
    put_right(post, done, NAME, "Amaru Otherperson", "her sister told us")
    leave = Leave(post)
    travels = [said for said in read_case(post.journal, done.case).history if leave.may_travel(said.entry)]
    spoken = json.dumps([said.payload for said in travels])
    assert done.instance_id in spoken
    for secret in ("Testperson", "Otherperson", "sister"):
        assert secret not in spoken
