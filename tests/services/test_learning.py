"""R-157, R-158: a module is passed by knowing its questions, is written down, and opens no form."""

import pytest

from fieldkit.content import trainings
from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.shelf import Shelf
from fieldkit.files import resources
from fieldkit.services import intake, learning, region, training
from fieldkit.services.errors import DeskFault
from fieldkit.services.learning import Lessons
from fieldkit.services.training import RECORDED
from fieldkit.services.travel import ABOUT_THE_POST
from fieldkit.services.vault import PERSON, OpenVault
from fieldkit.services.vocabulary import Words
from fieldkit.ui.presenters.quiz import Quiz
from tests.content.test_learning import pack
from tests.stories.desks import only_as, text_of


def knows_all(vault: OpenVault, module: str) -> None:
    """Somebody who answers every question rightly."""
    quiz = Quiz(vault, module, "en")
    while (asked := quiz.question) is not None:
        quiz.answer(asked.right)
        quiz.go_on()


def test_a_question_comes_again_until_it_is_known_and_nothing_is_counted(post: OpenVault) -> None:
    quiz = Quiz(post, "care", "en")
    first, whole = quiz.question, quiz.place[1]
    assert first is not None
    quiz.answer(next(letter for letter, _ in first.answers if letter != first.right))
    assert quiz.told is not None
    assert not quiz.told.right
    assert quiz.told.because == first.because
    for known in range(1, whole):
        quiz.go_on()
        assert quiz.question is not None
        quiz.answer(quiz.question.right)
        assert quiz.place == (known, whole)
        assert learning.passed(post, post.person.id) == ()
    assert quiz.question == first, "what was not known comes last"
    quiz.answer(first.right)
    [held] = learning.passed(post, post.person.id)
    assert (held.module, held.title) == ("care", "Care for data and for yourself")
    [entry] = [
        post.journal.payload(entry.payload)
        for entry, _ in post.journal.about(subject(PERSON, post.person.id))
        if entry.kind == RECORDED
    ]
    assert entry is not None
    assert entry.value() == {"fields": {"module/care": {"day": held.day, "title": held.title}}}, "no marks"


def test_a_question_that_no_speaker_reviewed_is_a_draft(post: OpenVault) -> None:
    one = Lessons(post, "en").course.modules[0].questions[0]
    assert not Lessons(post, "en").is_draft(one), "the source is no translation"
    assert Lessons(post, "fr").is_draft(one)


def test_a_module_opens_no_form_that_asks_for_a_training_by_a_person(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a pack calls its module as a training is called."""
    module = dict(pack())
    for name, content in module.items():
        module[name] = content.replace(b"river,", b"trafficking,").replace(b",river,", b",trafficking,")
    monkeypatch.setitem(post.__dict__, "content", (Shelf(resources(), module), None))
    for one in Lessons(post, "en").course.modules:
        knows_all(post, one.id)
    assert {one.module for one in learning.passed(post, post.person.id)} >= {"exploitation", "trafficking"}
    assert training.held(post, post.person.id) == ()
    asked = trainings.load(resources(), training.topics(post))
    assert all(training.missing(post, form) == tuple(sorted(wanted)) for form, wanted in asked.items())
    with pytest.raises(PersonFault, match=r"form\.not_trained"):
        intake.begin(post, "trafficking_full", officer_language="en", person_language="en")


def test_only_right_answers_to_a_module_that_is_there_pass_it(post: OpenVault) -> None:
    with pytest.raises(DeskFault, match=r"learning\.not_all"):
        learning.pass_module(post, "care", {"care_1": "c"})
    with pytest.raises(DeskFault, match=r"learning\.unknown"):
        learning.pass_module(post, "nothing", {})
    with pytest.raises(DeskFault, match=r"learning\.not_passed"):
        learning.certificate(post, "care", "en")
    assert learning.passed(post, post.person.id) == ()


def test_the_paper_says_what_was_done_and_claims_nothing(post: OpenVault) -> None:
    knows_all(post, "children")
    said = text_of(learning.certificate(post, "children", "en"))
    assert post.person.label in said
    assert "It is no licence" in said
    assert "It takes the place of no training that a person gives." in said
    assert "Made in a vault for training." in said
    for chapter in ("The pathways", "Some people, with more care"):
        assert chapter in said
    assert text_of(learning.certificate(post, "children", "ar")) != said


def test_a_course_of_a_pack_is_learnt_and_stays_passed_when_the_pack_has_gone(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """N-115; N-099: the chapters that it covers are shown beside those of the shipped modules."""
    with monkeypatch.context() as with_pack:
        with_pack.setitem(post.__dict__, "content", (Shelf(resources(), pack()), None))
        knows_all(post, "river")
        first = Lessons(post, "en").coverage()[0]
        assert first == (
            "Before anything else",
            ("First steps: help, talk, tell", "Crossing the river (invented)"),
        )
    [held] = learning.passed(post, post.person.id)
    lessons = Lessons(post, "en")
    assert lessons.course.module("river") is None
    assert lessons.passed_title(held) == "Crossing the river (invented)"
    assert RECORDED in ABOUT_THE_POST


def test_somebody_without_the_right_learns_nothing_here(post: OpenVault) -> None:
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        learning.pass_module(only_as(post, Role.MONITOR), "care", {})


def test_the_meaning_of_a_word_says_its_english_name_its_law_and_that_it_is_a_draft(post: OpenVault) -> None:
    """R-202; `protection.md` 11: what the region's law says has its source and that nobody reviewed it."""
    region.choose(post, "gulf_of_aden")
    english, arabic = (Words(tag, post).find("trafficking") for tag in ("en", "ar"))
    assert english is not None
    assert arabic is not None
    assert (english.english, arabic.english) == ("", "trafficking")
    assert (english.draft, arabic.draft) == (False, True)
    [(text, beside)] = english.in_law
    assert text.startswith("Somebody is brought, housed or received")
    assert beside.startswith("Protocol on trafficking in persons (2000), article 3.")
    assert beside.endswith("Nobody has reviewed this.")
    assert next(one.id for one in Words("ar", post).search("smuggling")) == "smuggling"
