"""R-036, R-157: the practice case runs in training only, through the real desk, and ends with facts."""

import pytest

from fieldkit.services import counsel, intake, needs, practice, refer, waiting
from fieldkit.services.errors import DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.vault import OpenVault
from tests.conftest import MakeVault
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, Told, answer_all
from tests.stories.people import begin as begins

THIRSTY: Told = {"urgent_medical": "yes", "urgent_water": "yes"}


def left(vault: OpenVault, case: str) -> list[str]:
    """The paragraphs of what was left out."""
    return [one.paragraph for one in practice.review(vault, case) if not one.done]


def arrives(vault: OpenVault) -> Interview:
    return practice.begin(vault, "ar", officer_language="en")


def test_somebody_who_does_everything_left_nothing_out(post: OpenVault) -> None:
    first = arrives(post)
    case = first.case
    assert len(left(post, case)) == 9, "nothing was done yet"
    answer_all(first, THIRSTY)
    intake.finish(post, first)
    for need in ("urgent_medical", "urgent_water"):
        needs.settle(post, case, need, done=True)
    talk = intake.begin(post, "screening", officer_language="en", person_language="ar", case=case)
    answer_all(talk, AGREED, IN_PRIVATE, FEAR)
    intake.finish(post, talk)
    assert left(post, case) == ["outcome", "referring", "papers"]
    for one in refer.suggestions(post, case):
        if one.verdict == "yes":
            refer.confirm(post, case, one.category, one.rule)
    service = refer.services_for(post, "C01")[0]
    refer.refer(post, case, "C01", service.id, safe_to_carry=True)
    assert left(post, case) == ["papers"], "asked, and the slip is not made yet"
    counsel.record_printed(post, "slip", "ar", 1, case)
    assert left(post, case) == []


def test_what_was_left_out_is_said(post: OpenVault) -> None:
    case = arrives(post).case
    talk = intake.begin(post, "screening", officer_language="en", person_language="ar", case=case)
    answer_all(talk, {"share_headquarters": "yes", "private_place": "yes"})
    intake.finish(post, talk)
    assert set(left(post, case)) >= {"first_needs", "alone_now", "agreement", "private_place", "fear_key"}
    assert all(one.text.endswith(".") for one in practice.review(post, case))


def test_it_begins_again_with_a_case_of_its_own(post: OpenVault) -> None:
    assert arrives(post).case != arrives(post).case


def test_a_real_vault_refuses(make_vault: MakeVault) -> None:
    real = make_vault(training=False)
    before = waiting.queue(real)
    with pytest.raises(DeskFault, match=r"practice\.real_vault"):
        arrives(real)
    assert waiting.queue(real) == before == ()
    case = intake.finish(real, begins(real)).case
    with pytest.raises(DeskFault, match=r"practice\.real_vault"):
        practice.review(real, case)
    assert not practice.may(real)
