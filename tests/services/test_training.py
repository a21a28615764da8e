"""R-158: what somebody was trained in is written down, and opens the forms for which headquarters asks for it."""

from datetime import date, timedelta

import pytest

from fieldkit.content import trainings
from fieldkit.domain.access import Role
from fieldkit.domain.errors import PersonFault
from fieldkit.files import resources
from fieldkit.services import finished, intake, training
from fieldkit.services.vault import OpenVault
from fieldkit.ui.presenters.waiting import PersonPage
from tests.stories.desks import only_as
from tests.stories.people import AGREED, IN_PRIVATE, answer_all, begin

DAY = date(2026, 1, 15)


@pytest.fixture
def asking(post: OpenVault, monkeypatch: pytest.MonkeyPatch) -> OpenVault:
    """A post whose headquarters opens the screening to people who were trained with children only."""
    monkeypatch.setattr(trainings, "load", lambda _, known: {"screening": frozenset({"children"})})
    return post


def offered(vault: OpenVault) -> bool:
    return next(form.allowed for form in intake.offered_forms(vault) if form.id == "screening")


def test_of_the_shipped_forms_the_full_interview_about_exploitation_asks_for_a_training(
    post: OpenVault,
) -> None:
    assert training.asked_for(post)["trafficking_full"] == frozenset({"trafficking"})
    assert "children" in training.topics(post)
    assert trainings.load(resources(), training.topics(post)) == training.asked_for(post)


def test_a_form_stays_closed_until_the_training_is_written_down(asking: OpenVault) -> None:
    assert not offered(asking)
    held = next(form for form in intake.offered_forms(asking) if form.id == "screening")
    assert held.untrained, "the reason is the training, not the role"
    with pytest.raises(PersonFault, match=r"form\.not_trained") as fault:
        begin(asking)
    assert fault.value.data["training"] == "Talking with children"
    training.record(asking, asking.person.id, "violence", DAY, "Invented Institute")
    assert not offered(asking), "another training is another training"
    training.record(asking, asking.person.id, "children", DAY, " Invented Institute ")
    assert offered(asking)
    assert begin(asking).form.id == "screening"
    assert [(one.topic, one.day, one.by) for one in training.held(asking, asking.person.id)] == [
        ("children", "2026-01-15", "Invented Institute"),
        ("violence", "2026-01-15", "Invented Institute"),
    ]


def test_a_training_written_again_corrects_it(asking: OpenVault) -> None:
    for by in ("Institute (invented)", "Other institute (invented)"):
        training.record(asking, asking.person.id, "children", DAY, by)
    assert [one.by for one in training.held(asking, asking.person.id)] == ["Other institute (invented)"]


def test_only_who_looks_after_accounts_writes_it_down_and_only_what_can_be(post: OpenVault) -> None:
    tomorrow = post.world.today() + timedelta(days=1)
    for code, topic, day, by in (
        ("training.unknown", "flying", DAY, "Institute"),
        ("training.day", "children", tomorrow, "Institute"),
        ("training.by_missing", "children", DAY, "  "),
    ):
        with pytest.raises(PersonFault, match=code.replace(".", r"\.")):
            training.record(post, post.person.id, topic, day, by)
    with pytest.raises(PersonFault, match=r"access\.not_allowed"):
        training.record(only_as(post, Role.OFFICER), post.person.id, "children", DAY, "Institute")
    assert training.held(post, post.person.id) == ()


def test_what_whoever_led_a_talk_was_trained_in_stays_with_the_talk(post: OpenVault) -> None:
    """R-020: the training that ends or is added later changes nothing of the talk of that day."""
    topic = training.topics(post)[0]
    training.record(post, post.person.id, topic, date(2026, 1, 15), "Invented Institute")
    case = intake.finish(post, begin(post)).case
    training.record(post, post.person.id, training.topics(post)[1], date(2026, 2, 15), "Invented Institute")
    (led,) = finished.of_case(post, case)
    assert led.trained == (topic,)
    assert led.payload["led"]["roles"] == sorted(role.value for role in post.person.roles)


def test_a_dialect_is_asked_where_it_helps_and_stands_beside_the_language(post: OpenVault) -> None:
    """R-196: an interpreter has to know it; where both speak the same language nobody asks."""
    interview = intake.begin(post, "profile", officer_language="en", person_language="ar")
    answer_all(interview, {"private_place": "yes", "nobody_listening": "yes", "interpreted": "nobody"})
    assert not interview.session.is_relevant("/data/privacy/dialect")
    answer_all(interview, IN_PRIVATE, {"dialect": "Sudan (invented)"}, AGREED)
    case = intake.finish(post, interview).case
    assert PersonPage(post, case).dialect == "Sudan (invented)"
