"""Protection rule 2: through whom. Somebody tries to ask about violence through a brother, a child, a stranger."""

import pytest

from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.services import intake, interpreters, refer, sealed, training
from fieldkit.services.case_file import read_case
from fieldkit.services.gates import Gate, SectionKind, SectionState
from fieldkit.services.interview import Interview
from fieldkit.storage.kinds_papers import TALKED
from tests.stories.desks import Desks
from tests.stories.people import AGREED, HURT, IN_PRIVATE, NO_URGENT_NEED, Told, answer_all, begin, ref_of

HARM = "/data/private/harm"


def sensitive(interview: Interview) -> Gate:
    """The gate of the private part, as the officer sees it."""
    return next(view.gate for view in interview.sections() if view.kind is SectionKind.SENSITIVE)


def refuses_answers(interview: Interview, reason: str) -> None:
    """Neither an answer nor a mark gets into the private part, and it is planned for later."""
    assert sensitive(interview) == Gate(SectionState.SCHEDULED, reason)
    with pytest.raises(PersonFault, match=r"intake\.section_closed") as refused:
        interview.answer(HARM, "sexual")
    assert refused.value.data["reason"] == reason
    with pytest.raises(PersonFault, match=r"intake\.section_closed"):
        interview.mark(HARM, Mark.DECLINED)
    assert "harm" not in interview.session.facts(["harm"])


def led(desks: Desks, setting: Told) -> Interview:
    interview = begin(desks.training)
    answer_all(interview, NO_URGENT_NEED, setting, AGREED)
    return interview


def test_through_a_companion_a_child_or_another_arrival_private_questions_wait(desks: Desks) -> None:
    for through in ("companion", "child", "arrival"):
        setting = {"private_place": "yes", "nobody_listening": "yes", "interpreted": through}
        refuses_answers(led(desks, setting), "gate.unsuitable_interpreter")


def test_where_somebody_can_hear_private_questions_wait(desks: Desks) -> None:
    for place in ({"private_place": "no"}, {"nobody_listening": "no"}, {"nobody_listening": Mark.SKIPPED}):
        refuses_answers(led(desks, {**IN_PRIVATE, **place}), "gate.no_private_place")


def test_an_interpreter_who_promised_nothing_is_none(desks: Desks) -> None:
    for promise in ("no", Mark.SKIPPED):
        setting = {**IN_PRIVATE, "interpreter_undertaking": promise}
        refuses_answers(led(desks, setting), "gate.no_undertaking")


def test_an_interpreter_whom_the_person_does_not_want_is_none_until_another_one_comes(desks: Desks) -> None:
    """K-21: the person is asked where the talk begins, and again when somebody else interprets."""
    post = desks.training
    signed = post.world.today()
    one, other = (
        interpreters.keep(post, interpreters.Told(code, ["ti"], undertaking=signed))
        for code in ("I-1", "I-2")
    )
    unsigned = interpreters.keep(post, interpreters.Told("I-3", ["ti"]))
    interview = led(desks, IN_PRIVATE)
    with pytest.raises(PersonFault, match=r"interpreter\.no_undertaking"):
        interpreters.person_says(post, interview, unsigned, agreed=True)
    interpreters.person_says(post, interview, one, agreed=False)
    refuses_answers(interview, "gate.interpreter_refused")
    again = intake.resume(post, interview.draft_id)
    refuses_answers(again, "gate.interpreter_refused")
    interpreters.person_says(post, again, other, agreed=True)
    assert sensitive(again).state is SectionState.OPEN
    case = intake.finish(post, again).case
    kept = [said.payload for said in read_case(post.journal, case).of_kind(TALKED)]
    assert [(said["interpreter"], said["agreed"]) for said in kept] == [(one, False), (other, True)]


def test_the_urgent_part_waits_for_nobody(desks: Desks) -> None:
    interview = begin(desks.training)
    interview.answer(ref_of(interview, "urgent_labour"), "yes")
    assert interview.fact("urgent_labour") == "yes"


def test_when_a_relative_takes_over_the_private_part_closes_again(desks: Desks) -> None:
    interview = led(desks, IN_PRIVATE)
    assert sensitive(interview).state is SectionState.OPEN
    interview.answer(HARM, HURT["harm"])
    interview.answer(ref_of(interview, "interpreted"), "companion")
    with pytest.raises(PersonFault, match=r"intake\.section_closed"):
        interview.answer("/data/private/help_wanted", "talk")
    assert sensitive(interview).state is SectionState.SCHEDULED


def test_what_was_said_in_private_stands_when_a_relative_takes_over(desks: Desks) -> None:
    interview = led(desks, IN_PRIVATE)
    interview.answer(HARM, "held")
    interview.answer(ref_of(interview, "interpreted"), "companion")
    again = intake.resume(desks.training, interview.draft_id)
    done = intake.finish(desks.training, again)
    found = {found.category: found.verdict for found in refer.suggestions(desks.training, done.case)}
    assert found["C10"] is Verdict.YES
    assert found["C27"] is Verdict.YES, "and the rest is asked another time"


def test_the_people_a_child_named_in_private_stand_when_a_relative_takes_over(desks: Desks) -> None:
    """Rows of a private part are told like everything else in it."""
    vault = desks.training
    training.record(vault, vault.person.id, "children", vault.world.today(), "Invented Institute")
    interview = intake.begin(vault, "tracing", officer_language="en", person_language="en")
    answer_all(interview, IN_PRIVATE, AGREED)
    row = interview.add_row("/data/sought_people/sought")
    interview.answer(f"{row}/sought_name", "Sister Testperson")
    interview.answer(ref_of(interview, "interpreted"), "companion")
    done = intake.finish(vault, interview)
    told = sealed.answers(vault, read_case(vault.journal, done.case))
    assert told.known("sought_name") == ("Sister Testperson",)
