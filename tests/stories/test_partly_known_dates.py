"""Somebody knows the year of their birth, or only about how old they are: what is kept, restored and sent."""

import json
from functools import partial

from lxml import etree

from fieldkit.domain.document import Table
from fieldkit.domain.entries import subject
from fieldkit.domain.outcome import Mark
from fieldkit.forms.session import Session
from fieldkit.services import changes, correcting, finished, intake, partly, record
from fieldkit.services.case_file import FINISHED, KEPT, read_case
from fieldkit.services.interview import Interview
from fieldkit.services.record import Copy, Wanted
from fieldkit.services.told import answer_in_words
from tests.stories.desks import Desks
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin
from tests.worlds import HandClock

BORN, KNOWN = "/data/person/birth_date", "/data/person/birth_date_known"


def talking(desks: Desks) -> Interview:
    interview = begin(desks.training, person="fa_AF")
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    return interview


def kept(session: Session) -> tuple[str, str]:
    return session.value(BORN), session.value(KNOWN)


def test_a_year_is_an_answer_and_stays_one_after_a_power_cut(desks: Desks) -> None:
    interview = talking(desks)
    interview.answer(BORN, "1388 persian")
    again = intake.resume(desks.training, interview.draft_id)
    for one in (interview, again):
        assert kept(one.session) == ("2010-03-20", "year persian")
        assert partly.shown(one.session, BORN) == "1388 persian"
        assert one.mark_of(BORN) is Mark.ANSWERED


def test_an_age_is_said_on_the_day_of_the_talk_and_stays_when_the_interview_goes_on_later(
    desks: Desks,
) -> None:
    interview = talking(desks)
    interview.answer(BORN, "about 17")
    clock = desks.training.world.clock
    assert isinstance(clock, HandClock)
    clock.turn(days=3)
    again = intake.resume(desks.training, interview.draft_id)
    assert kept(again.session) == ("2011-03-02", "about 17 on 2026-03-02")
    assert again.fact("age_group") == "perhaps_child"


def test_a_whole_day_takes_the_place_of_a_year(desks: Desks) -> None:
    interview = talking(desks)
    interview.answer(BORN, "2008")
    assert (interview.fact("age_group"), interview.fact("age_margin")) == ("perhaps_child", "1")
    interview.answer(BORN, "2008-01-05")
    assert kept(interview.session) == ("2008-01-05", "")
    assert (interview.fact("age_group"), interview.fact("age_margin")) == ("adult", "0")


def test_a_mark_takes_both_away_and_so_does_an_empty_answer(desks: Desks) -> None:
    interview = talking(desks)
    for end in (partial(interview.mark, BORN, Mark.UNKNOWN), partial(interview.answer, BORN, "")):
        interview.answer(BORN, "2008-03")
        end()
        assert kept(interview.session) == ("", "")
        assert partly.shown(interview.session, BORN) == ""
    assert interview.mark_of(BORN) is Mark.NOT_ASKED


def test_what_is_half_typed_is_kept_and_counts_as_nothing(desks: Desks) -> None:
    interview = talking(desks)
    interview.answer(BORN, "2008")
    interview.answer(BORN, "2008-13")
    assert kept(interview.session) == ("", "")
    assert partly.shown(interview.session, BORN) == "2008-13"
    assert interview.fact("age_group") == ""


def test_a_day_to_come_is_told_as_before(desks: Desks) -> None:
    interview = talking(desks)
    for told, fault in (("2027", "constraint"), ("2026", ""), ("2026-03", "")):
        interview.answer(BORN, told)
        found = interview.session.fault(BORN)
        assert (found.why if found else "") == fault, told


def test_two_ages_that_can_both_be_true_are_no_contradiction(desks: Desks) -> None:
    interview = talking(desks)
    answer_all(interview, {"age_years": "18", "birth_date": "2008"})
    assert not interview.session.is_relevant("/data/person/doubt_means_child")
    answer_all(interview, {"age_years": "18", "birth_date": "2009"})
    assert interview.session.is_relevant("/data/person/doubt_means_child")


def test_other_tools_read_a_date_and_a_text_beside_it(desks: Desks) -> None:
    interview = talking(desks)
    interview.answer(BORN, "2009-05")
    sent = etree.fromstring(interview.session.submission().content)
    assert sent.findtext("{*}person/{*}birth_date") == "2009-05-31"
    assert sent.findtext("{*}person/{*}birth_date_known") == "month"


def test_how_much_is_known_goes_where_the_date_goes_and_nowhere_else(desks: Desks) -> None:
    """Headquarters gets neither (`facts.csv`)."""
    interview = talking(desks)
    interview.answer(BORN, "1388 persian")
    case = intake.finish(desks.training, interview).case
    file = read_case(desks.training.journal, case)
    for kind, there in ((KEPT, True), (FINISHED, False)):
        payloads = json.dumps([said.payload for said in file.standing(kind)], ensure_ascii=False)
        assert ("year persian" in payloads) is there, kind


def test_the_record_says_what_was_said_and_no_day_that_nobody_said(desks: Desks) -> None:
    for told, english, dari in (
        ("1388 persian", "1388 (Persian Calendar)", "1388 (تقویم هجری شمسی)"),
        ("2009-05", "May 2009", "می 2009"),
        ("about 17", "Age: about 17, said on 2 March 2026", "Age: about 17, said on 2 مارچ 2026"),
        ("2009-05-03", "3 May 2009", "3 می 2009 (13 ثور 1388، تقویم هجری شمسی)"),
    ):
        interview = talking(desks)
        interview.answer(BORN, told)
        done = intake.finish(desks.training, interview)
        wanted = Wanted(Copy.FOR_THE_FILE, ("en", "fa_AF"))
        paper = record.record(desks.training, subject("case", done.case), done.instance_id, wanted)
        said = [
            "".join(run.text for run in cell).rpartition("\n")[2].translate(dict.fromkeys((0x2068, 0x2069)))
            for block in paper.blocks
            for row in (block.rows if isinstance(block, Table) else ())
            for cell in row
        ]
        assert {english, dari} <= set(said), told


def test_a_correction_sees_that_more_is_known_than_before(desks: Desks) -> None:
    """Although the day that is stored stays the same."""
    interview = talking(desks)
    interview.answer(BORN, "1388 persian")
    done = intake.finish(desks.training, interview)
    about = subject("case", done.case)
    before = finished.find(desks.training, about, done.instance_id)
    again = correcting.correct(desks.training, about, done.instance_id)
    assert changes.changed(again, before) == ()
    again.answer(BORN, "2010-03-20")
    (found,) = changes.changed(again, before)
    assert (found.ref, found.before[0], found.after[0]) == (BORN, "1388 persian", "2010-03-20")
    assert answer_in_words(again.session, BORN, found.before[0], "en") == "1388 (Persian Calendar)"
    assert answer_in_words(again.session, BORN, found.after[0], "en") == "20 March 2010"


def test_a_question_that_is_asked_whole_is_written_as_it_is(desks: Desks) -> None:
    interview = talking(desks)
    arrived = "/data/journey/arrival_date"
    assert partly.beside(interview.session, arrived) == ""
    assert partly.answer(interview.session, arrived, "2026") == ((arrived, "2026"),)
