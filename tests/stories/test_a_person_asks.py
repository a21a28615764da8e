"""A person asks to see what is kept, to have it put right, or takes back what they allowed (R-168)."""

from dataclasses import replace

import pytest

from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.services import (
    answers_to_people,
    changes,
    correcting,
    counsel,
    erasure,
    exchange,
    finished,
    importing,
    intake,
    requests_of_people,
)
from fieldkit.services.answers_to_people import Carried
from fieldkit.services.erasure import Where
from fieldkit.services.errors import DeskFault
from fieldkit.services.intake import Finished
from fieldkit.services.interview import Interview
from fieldkit.services.requests_of_people import What
from fieldkit.services.travel import Leave
from fieldkit.services.vault import OpenVault
from tests.stories.desks import Desks, only_as, text_of
from tests.stories.offices import carry, everything_held
from tests.stories.people import (
    AGREED,
    FEAR,
    HURT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    NOT_AGREED,
    ref_of,
    screened,
    screened_again,
    somebody,
)

WHOLE = Carried(("en",), safe=True, everything=True)
PLAIN = Carried(("en",), safe=True)


def talked(vault: OpenVault, name: str = "Zarifa Invented-Wayfarer") -> Finished:
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(name), FEAR, HURT)


def kinds(vault: OpenVault, case: str) -> list[str]:
    return [entry.kind for entry, _ in vault.journal.about(subject("case", case))]


# --- to see ---------------------------------------------------------------------------------------------


def test_everything_that_is_kept_is_printed_in_their_language(desks: Desks) -> None:
    name = desks.somebody_called("Zarifa")
    case = talked(desks.training, name).case
    request = requests_of_people.ask(desks.training, case, What.SEE)
    said = text_of(answers_to_people.see(desks.training, case, WHOLE))
    assert name in said
    assert "Headquarters: You said yes" in said
    assert "Nothing has left this post." in said
    assert "You can ask us to put something right." in said
    pages = counsel.print_pages(
        answers_to_people.see(desks.training, case, Carried(("ar", "en"), safe=True)), desks.training.world
    )
    assert pages.pages >= 1
    requests_of_people.answer(desks.training, case, request, What.SEE, done=["printed"])
    (one,) = requests_of_people.asked(desks.training, case)
    assert (one.what, one.answered) == ("see", True)
    assert [kind for kind in kinds(desks.training, case) if kind.startswith("request.")] == [
        "request.made",
        "request.answered",
    ]


def test_without_the_private_part_nothing_of_it_is_on_the_paper(desks: Desks) -> None:
    case = talked(desks.training).case
    plain = text_of(answers_to_people.see(desks.training, case, PLAIN))
    whole = text_of(answers_to_people.see(desks.training, case, WHOLE))
    assert len(whole) > len(plain)
    for category in desks.training.codebook.categories.values():
        assert category.name not in plain


def test_what_is_sealed_to_whoever_prints_stands_there_as_sealed(desks: Desks) -> None:
    """Never as not asked: the person is told that somebody else here can read it to them."""
    case = talked(desks.training).case
    officer = only_as(desks.training, Role.OFFICER)
    said = text_of(answers_to_people.see(officer, case, WHOLE))
    sealed = officer.codebook.texts.get("record/sealed")
    assert sealed is not None
    assert sealed.text in said


def test_no_answer_is_printed_before_it_is_safe_to_carry(desks: Desks) -> None:
    case = talked(desks.training).case
    with pytest.raises(DeskFault, match=r"record\.not_safe_to_carry"):
        answers_to_people.see(desks.training, case, replace(WHOLE, safe=False))


def test_what_left_is_told_with_its_day(desks: Desks) -> None:
    case = talked(desks.enrolled).case
    carry(desks.enrolled, desks.office, desks.stick)
    said = text_of(answers_to_people.see(desks.enrolled, case, PLAIN))
    assert "It was sent on" in said
    assert "Nothing has left this post." not in said


def test_only_who_talks_with_people_answers_them(desks: Desks) -> None:
    case = talked(desks.training).case
    clerk = only_as(desks.training, Role.ADMINISTRATOR)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        requests_of_people.ask(clerk, case, What.SEE)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        answers_to_people.see(clerk, case, WHOLE)


# --- to take back ---------------------------------------------------------------------------------------


def test_taken_back_nothing_more_travels_from_that_moment(desks: Desks) -> None:
    name = desks.somebody_called("Bilo")
    case = talked(desks.enrolled, name).case
    done = requests_of_people.withdraw(desks.enrolled, case, ["headquarters"])
    assert (done.stopped, done.asked, done.left) == (("headquarters",), None, ())
    leave = Leave(desks.enrolled)
    for entry, _ in desks.enrolled.journal.about(subject("case", case)):
        assert not leave.may_travel(entry)
    carry(desks.enrolled, desks.office, desks.stick)
    assert name.encode() not in everything_held(desks.office.vault)
    assert dict(agreed(desks.enrolled, case))["asylum_authority"] is True, "the others stand"


def test_what_headquarters_has_already_it_is_asked_to_erase(desks: Desks) -> None:
    case = talked(desks.enrolled).case
    carry(desks.enrolled, desks.office, desks.stick)
    done = requests_of_people.withdraw(desks.enrolled, case, ["headquarters"])
    assert done.asked is Where.HEADQUARTERS
    assert [one.to for one in done.left] == ["headquarters"]
    carry(desks.enrolled, desks.office, desks.stick)
    asked = [one for one in erasure.waiting(desks.office.vault) if one.about == subject("case", case)]
    assert [one.where for one in asked] == [Where.HEADQUARTERS]

    said = text_of(answers_to_people.withdrawn(desks.enrolled, case, PLAIN, done))
    assert "From now on nothing more about you goes to: Headquarters" in said
    assert "We asked headquarters to erase what it has." in said
    assert "We cannot take it back from them" in said


def test_everything_taken_back_is_asked_to_be_erased_everywhere(desks: Desks) -> None:
    case = talked(desks.enrolled).case
    done = requests_of_people.withdraw(desks.enrolled, case, [], everything=True)
    assert set(done.stopped) == {"headquarters", "asylum_authority", "health_service"}
    assert done.asked is Where.EVERYWHERE
    assert not any(yes for _, yes in agreed(desks.enrolled, case))
    said = text_of(answers_to_people.withdrawn(desks.enrolled, case, PLAIN, done))
    assert "Nothing had left this post." in said
    (request,) = (one for one in requests_of_people.asked(desks.enrolled, case) if one.what == "withdraw")
    assert request.answered


def test_nothing_that_was_not_allowed_can_be_taken_back(desks: Desks) -> None:
    case = screened(
        desks.training, NO_URGENT_NEED, IN_PRIVATE, NOT_AGREED, somebody("Caro Testperson"), FEAR
    ).case
    with pytest.raises(DeskFault, match=r"request\.nothing_to_withdraw"):
        requests_of_people.withdraw(desks.training, case, ["headquarters"])


def test_a_later_talk_does_not_bring_the_yes_back(desks: Desks) -> None:
    """It says yes again in the form by habit: where answers differ, no counts until a person decides."""
    case = talked(desks.enrolled).case
    requests_of_people.withdraw(desks.enrolled, case, ["headquarters"])
    screened_again(desks.enrolled, case, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    assert dict(agreed(desks.enrolled, case))["headquarters"] is False
    assert case not in desks.enrolled.queries.agreed("headquarters")


def agreed(vault: OpenVault, case: str) -> list[tuple[str, bool]]:
    return [(one.recipient, one.yes) for one in requests_of_people.agreements(vault, case)]


# --- to put right ---------------------------------------------------------------------------------------


def test_what_is_put_right_is_told_with_its_new_answer(desks: Desks) -> None:
    case = talked(desks.training).case
    request = requests_of_people.ask(desks.training, case, What.CORRECT)
    about = subject("case", case)
    (one,) = finished.of_subject(desks.training, about)
    opened = correcting.correct(desks.training, about, one.instance_id)
    ref = ref_of(opened, "age_years")
    opened.answer(ref, "35")
    opened.give_reason(ref, "She said that it was written down wrongly.")
    for held in correcting_left(desks.training, opened):
        opened.give_reason(held, "It follows.")
    intake.finish(desks.training, opened)
    asked_on = requests_of_people.asked(desks.training, case)[0].day
    said = text_of(answers_to_people.corrected(desks.training, case, PLAIN, asked_on))
    assert "35" in said
    assert "These answers were put right" in said
    requests_of_people.answer(desks.training, case, request, What.CORRECT, done=["changed"])
    assert requests_of_people.asked(desks.training, case)[0].answered


def correcting_left(vault: OpenVault, opened: Interview) -> list[str]:
    before = changes.original(vault, opened)
    return [one.ref for one in changes.changed(opened, before) if one.needs_reason]


def test_when_nothing_is_changed_the_person_is_told_why(desks: Desks) -> None:
    case = talked(desks.training).case
    asked_on = desks.training.world.today().isoformat()
    with pytest.raises(DeskFault, match=r"request\.reason_missing"):
        answers_to_people.corrected(desks.training, case, PLAIN, asked_on)
    reason = "We read the answer to you again, and you said that it is right."
    said = text_of(answers_to_people.corrected(desks.training, case, PLAIN, asked_on, reason))
    assert reason in said


def test_asking_twice_is_one_request_until_it_is_answered(desks: Desks) -> None:
    case = talked(desks.training).case
    first = requests_of_people.ask(desks.training, case, What.CORRECT)
    assert requests_of_people.ask(desks.training, case, What.CORRECT) == first
    requests_of_people.answer(desks.training, case, first, What.CORRECT, done=["unchanged"])
    assert requests_of_people.ask(desks.training, case, What.CORRECT) != first


def test_the_record_of_asking_says_nothing_of_what_was_said(desks: Desks) -> None:
    name = desks.somebody_called("Deka")
    case = talked(desks.training, name).case
    requests_of_people.withdraw(desks.training, case, ["health_service"])
    for entry, _ in desks.training.journal.about(subject("case", case)):
        if entry.kind.startswith("request."):
            payload = desks.training.journal.payload(entry.payload)
            assert payload is not None
            assert name.encode() not in payload.content
            assert set(payload.value()) <= {"request", "what", "done", "not_done"}


def test_exporting_again_after_all_of_it_still_verifies(desks: Desks) -> None:
    case = talked(desks.enrolled).case
    carry(desks.enrolled, desks.office, desks.stick)
    requests_of_people.withdraw(desks.enrolled, case, [], everything=True)
    (name,) = exchange.export(desks.enrolled, desks.stick).files
    importing.import_bundle(desks.office.vault, desks.stick / name)
    assert desks.office.vault.journal.verify(desks.enrolled.stream).sound
