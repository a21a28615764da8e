"""Protection rule 1: silence is not safety. Somebody tries to read a "no" out of what was not said."""

import pytest

from fieldkit.content.rules import read_rules
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.headquarters import queries
from fieldkit.services import correcting, intake, judge, refer
from fieldkit.services.case_file import read_case
from fieldkit.services.judge import Answers
from fieldkit.services.refer import ShownSuggestion, Standing
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks
from tests.stories.people import (
    AGREED,
    AN_ADULT,
    FEAR,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOTHING_FOUND,
    Told,
    answer_all,
    begin,
    led,
    ref_of,
    screened,
    screened_again,
)


def suggested(vault: OpenVault, case: str, category: str) -> ShownSuggestion:
    """What is said of one category."""
    for found in refer.suggestions(vault, case):
        if found.category == category:
            return found
    raise AssertionError(f"nothing is said of {category}, as if nothing had to be")


def test_somebody_who_was_asked_nothing_has_no_category_ruled_out(desks: Desks) -> None:
    rules = desks.training.rules.rules
    said = judge.suggest(rules, Answers({}, {}))
    assert [suggestion.rule for suggestion in said] == [rule.id for rule in rules]
    assert {suggestion.verdict for suggestion in said} == {Verdict.CANNOT_TELL}


def test_a_declined_question_about_fear_gives_cannot_tell_and_stands_first(desks: Desks) -> None:
    declined = {"fear_return": Mark.DECLINED, "asks_protection": "no", "reasons": "work"}
    done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, declined)
    asylum = suggested(desks.training, done.case, "C01")
    assert asylum.verdict is Verdict.CANNOT_TELL
    missing = {answer.name: answer.mark for answer in asylum.answers}
    assert missing["fear_return"] is Mark.DECLINED
    assert asylum.answers[0].mark is not Mark.ANSWERED, "what is missing is what to ask next"


def test_not_knowing_is_not_a_no(desks: Desks) -> None:
    unsure = {"other_continent": "not_sure", "fear_return": "perhaps"}
    done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, unsure)
    assert suggested(desks.training, done.case, "C22").verdict is Verdict.CANNOT_TELL
    assert suggested(desks.training, done.case, "C01").verdict is Verdict.YES, "fear in doubt is fear"


def test_fear_mentioned_in_any_section_counts_and_a_no_at_the_end_takes_nothing_back(desks: Desks) -> None:
    interview = begin(desks.training)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    keys = [item.ref for item in interview.all_questions() if item.name == "fear_mentioned"]
    assert len(keys) == len(interview.sections()), "one key in every section"
    for key in keys[:-1]:
        other = begin(desks.training)
        answer_all(other, NO_URGENT_NEED, IN_PRIVATE, AGREED)
        other.answer(key, "yes")
        other.answer(ref_of(other, "fear_mentioned_closing"), "no")
        answers = Answers(other.session.facts(desks.training.codebook.facts), {})
        said = judge.suggest(desks.training.rules.of("C01"), answers)
        assert said[0].verdict is Verdict.YES, key


def test_a_later_no_withdraws_no_earlier_word(desks: Desks) -> None:
    done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    no_fear = {
        "fear_return": "no",
        "asks_protection": "no",
        "reasons": "work",
        "fear_mentioned_closing": "no",
    }
    screened_again(desks.training, done.case, NO_URGENT_NEED, IN_PRIVATE, AGREED, no_fear)
    assert suggested(desks.training, done.case, "C01").verdict is Verdict.YES
    assert suggested(desks.training, done.case, "C03").verdict is Verdict.YES


def test_a_category_stays_when_new_rules_no_longer_know_it(desks: Desks) -> None:
    done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    header = "rule,category,when,because,procedure,actor,target_hours,documents,leaflets\n"
    row = "X1,C23,\"${journey_means} = 'sea'\",By sea.,,,,,\n"
    desks.training.__dict__["rules"] = read_rules(header + row, "new.csv", desks.training.codebook, ())
    asylum = suggested(desks.training, done.case, "C01")
    assert (asylum.verdict, asylum.rule) == (Verdict.YES, "C01-1")
    assert ("fear_return", "yes") in {(answer.name, answer.value) for answer in asylum.answers}


def test_what_the_officer_does_not_confirm_stays_with_the_reason_and_goes_to_review(desks: Desks) -> None:
    done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    with pytest.raises(PersonFault, match=r"refer\.reason_missing"):
        refer.leave_for_review(desks.training, done.case, "C01", "C01-1", "  ")
    assert suggested(desks.training, done.case, "C01").standing is Standing.OPEN
    refer.leave_for_review(desks.training, done.case, "C01", "C01-1", "I do not think so")
    asylum = suggested(desks.training, done.case, "C01")
    assert (asylum.standing, asylum.verdict) == (Standing.FOR_REVIEW, Verdict.YES)


def test_no_specific_need_can_be_chosen_when_everything_was_asked_and_only_then(desks: Desks) -> None:
    vault, agreed = desks.training, {**AGREED, "told_record": "yes"}
    asked = screened(vault, NO_URGENT_NEED, IN_PRIVATE, agreed, NOTHING_FOUND, person="en")
    assert refer.no_specific_need_allowed(vault, asked.case)

    in_draft = screened(vault, NO_URGENT_NEED, IN_PRIVATE, agreed, NOTHING_FOUND, person="ti")
    skipped = {**NOTHING_FOUND, "died_or_missing": Mark.SKIPPED}
    not_all = screened(vault, NO_URGENT_NEED, IN_PRIVATE, agreed, skipped, person="en")
    for case in (in_draft.case, not_all.case):
        with pytest.raises(PersonFault, match=r"refer\.no_specific_need_not_allowed"):
            refer.choose(vault, case, "C26", "nothing was found")
    refer.choose(vault, asked.case, "C26", "nothing was found")


def test_that_nothing_was_found_stands_only_until_something_is(desks: Desks) -> None:
    """Fear that is told in a later talk takes "no specific need" away at once, here and where it is counted."""
    vault, agreed = desks.training, {**AGREED, "told_record": "yes"}
    done = screened(vault, NO_URGENT_NEED, IN_PRIVATE, agreed, NOTHING_FOUND, person="en")
    refer.choose(vault, done.case, "C26", "nothing was found")
    assert ("C26", True) in told_of(vault, done.case)
    screened_again(vault, done.case, NO_URGENT_NEED, IN_PRIVATE, agreed, FEAR, person="en")
    assert "C26" not in read_case(vault.journal, done.case).confirmed()
    assert ("C26", True) not in told_of(vault, done.case) and ("C01", False) in told_of(vault, done.case)


def told_of(vault: OpenVault, case: str) -> set[tuple[str, bool]]:
    """The categories that count for a case where figures are made, and whether a person confirmed each."""
    return {(one.category, one.confirmed) for one in queries.outcomes(vault.database) if one.case == case}


def test_no_specific_need_cannot_be_chosen_through_a_companion_or_where_others_hear(desks: Desks) -> None:
    open_part = {name: value for name, value in NOTHING_FOUND.items() if name not in PRIVATE_PART}
    for setting in ({**IN_PRIVATE, "interpreted": "companion"}, {**IN_PRIVATE, "nobody_listening": "no"}):
        told = {name: value for name, value in setting.items() if name != "interpreter_undertaking"}
        done = screened(desks.training, NO_URGENT_NEED, told, AGREED, open_part, person="en")
        assert not refer.no_specific_need_allowed(desks.training, done.case)
        assert suggested(desks.training, done.case, "C27").verdict is Verdict.YES, "screen again"


def test_who_was_asked_before_others_was_not_asked_in_private_by_what_is_ticked_afterwards(
    desks: Desks,
) -> None:
    """The talk goes through a companion; then the companion leaves, and only the private part is asked anew."""
    vault, interview = desks.training, begin(desks.training, person="en")
    open_part = {name: value for name, value in NOTHING_FOUND.items() if name not in PRIVATE_PART}
    in_company = {"private_place": "yes", "nobody_listening": "no", "interpreted": "companion"}
    answer_all(interview, NO_URGENT_NEED, in_company, AGREED, open_part)
    answer_all(interview, IN_PRIVATE, {name: NOTHING_FOUND[name] for name in sorted(PRIVATE_PART)})
    done = intake.finish(vault, interview)
    assert not refer.no_specific_need_allowed(vault, done.case)
    assert not any(section.in_private for section in read_case(vault.journal, done.case).sections()[:-1])
    ticked = correcting.correct(vault, subject("case", done.case), done.instance_id)
    name = ref_of(ticked, "name_told")
    ticked.answer(name, "Amaru Testperson Two")
    ticked.give_reason(name, "the second name was missing")
    intake.finish(vault, ticked)
    assert not refer.no_specific_need_allowed(vault, done.case), "a correction asks nobody anything"
    screened_again(vault, done.case, NO_URGENT_NEED, IN_PRIVATE, AGREED, NOTHING_FOUND, person="en")
    assert refer.no_specific_need_allowed(vault, done.case), "asked again, alone with an interpreter"


def test_no_specific_need_is_not_chosen_past_an_answer_that_nobody_knows(desks: Desks) -> None:
    for missing in (Mark.DECLINED, "not_sure"):
        told: Told = {**NOTHING_FOUND, "other_continent": missing}
        done = screened(desks.training, NO_URGENT_NEED, IN_PRIVATE, AGREED, told, person="en")
        assert suggested(desks.training, done.case, "C22").verdict is Verdict.CANNOT_TELL
        assert not refer.no_specific_need_allowed(desks.training, done.case)


def test_no_specific_need_is_not_chosen_while_the_private_part_was_not_asked(desks: Desks) -> None:
    """Neither when it was left out, nor while the interpreter promised nothing."""
    open_part = {name: value for name, value in NOTHING_FOUND.items() if name not in PRIVATE_PART}
    no_promise = {name: value for name, value in IN_PRIVATE.items() if name != "interpreter_undertaking"}
    for setting in (IN_PRIVATE, no_promise):
        done = screened(desks.training, NO_URGENT_NEED, setting, AGREED, open_part, person="en")
        assert not refer.no_specific_need_allowed(desks.training, done.case)


def test_a_form_for_some_people_asked_whole_is_not_the_whole_talk(desks: Desks) -> None:
    vault = desks.training
    apart = led(vault, "child_registration", IN_PRIVATE, AGREED, NOTHING_FOUND_OF_A_CHILD)
    assert all(found.verdict is not Verdict.YES for found in refer.suggestions(vault, apart.case))
    assert not refer.no_specific_need_allowed(vault, apart.case)


NOTHING_FOUND_OF_A_CHILD = {
    **{name: NOTHING_FOUND[name] for name in ("sex", "name_told", "nationality", "languages_spoken")},
    **{name: NOTHING_FOUND[name] for name in ("origin_country", "arrival_date", "died_or_missing")},
    **{name: NOTHING_FOUND[name] for name in ("health_needs", "difficulties", "fear_mentioned_closing")},
    **{"age_years": "16", "birth_date": Mark.UNKNOWN, "age_source": "child", "origin_words": "Nowhere"},
    **{"alone": "no", "with_whom": "parent", "siblings_here": "no", "care_kind": "parents"},
    **{"carer_name": "Tarik Testperson", "carer_relation": "parent", "guardian_named": "no"},
    **{"children_needs": "none", "child_view": "To be with my father."},
}
PRIVATE_PART = {"control_signs", "harm", "help_wanted"}


def test_a_talk_for_some_people_that_was_led_and_left_without_answers_stays_an_open_question(
    desks: Desks,
) -> None:
    vault = desks.training
    silent = led(
        vault, "stranded", IN_PRIVATE, AGREED, {"way_on": "no", "way_stay": "no", "way_back": Mark.DECLINED}
    )
    assert suggested(vault, silent.case, "C17").verdict is Verdict.CANNOT_TELL
    another = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT)
    about = {found.category for found in refer.suggestions(vault, another.case)}
    assert "C17" not in about, "with whom it was not led, nothing is open"


def test_no_table_of_rules_can_suggest_no_specific_need(desks: Desks) -> None:
    header = "rule,category,when,because,procedure,actor,target_hours,documents,leaflets\n"
    row = "X1,C26,\"${fear_return} = 'no'\",Nothing was said.,,,,,\n"
    with pytest.raises(FieldkitError, match=r"content\.never_suggested"):
        read_rules(header + row, "foreign.csv", desks.training.codebook, ())


def test_answers_that_were_skipped_are_kept_as_skipped(desks: Desks) -> None:
    interview = begin(desks.training)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, {"fear_return": Mark.SKIPPED})
    done = intake.finish(desks.training, interview)
    asked = {answer.name: answer.mark for answer in suggested(desks.training, done.case, "C01").answers}
    assert asked["fear_return"] is Mark.SKIPPED
    assert asked["asks_protection"] is Mark.NOT_ASKED
