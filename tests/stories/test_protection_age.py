"""Protection rule 9: age and images. Somebody tries to make a child an adult, or to keep a face."""

import pytest

from fieldkit.content.codebook import FactKind
from fieldkit.content.form_roles import FormKind
from fieldkit.domain.access import Role
from fieldkit.domain.locks import Lock, What
from fieldkit.domain.outcome import Verdict
from fieldkit.forms.checks import form_check
from fieldkit.services import correcting, forms_held, intake, measures, refer, uploads
from fieldkit.services.errors import DeskFault
from fieldkit.services.intake import Finished
from fieldkit.services.vault import OpenVault
from tests.forms.xlsforms import survey, xlsx
from tests.services.samples import SECRET, mp4, picture, sound
from tests.stories.desks import Desks, only_as
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, Told, ref_of, screened, screened_again

CORRECTS = (Role.OFFICER, Role.COUNSELLOR, Role.HEALTH_WORKER)
"""Somebody who may read, and so correct, all of a screening, and is not of child protection."""

OF_THE_BODY = (
    "photo",
    "face",
    "picture",
    "image",
    "finger",
    "biometric",
    "iris",
    "voice",
    "recording",
    "scar",
)


def suggested(vault: OpenVault, case: str) -> set[str]:
    return {found.category for found in refer.suggestions(vault, case) if found.verdict is Verdict.YES}


def alone(vault: OpenVault, age: Told) -> str:
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, age, {"alone": "yes"}).case


def test_in_doubt_about_the_age_the_person_is_a_child(desks: Desks) -> None:
    doubtful: list[Told] = [
        {"age_band": "not_sure"},
        {"age_band": "under_18"},
        {"age_years": "17"},
        {"age_years": "25", "birth_date": "2010-01-01"},
    ]
    for age in doubtful:
        assert "C06" in suggested(desks.training, alone(desks.training, age)), age


def test_a_year_or_an_estimated_age_counts_on_the_side_of_the_child(desks: Desks) -> None:
    """On 2 March 2026: who was born in 2008, or 18 years ago this month, or is about 19, may still be 17."""
    for told in ("2008", "2008-03", "1386 persian", "about 19"):
        assert "C06" in suggested(desks.training, alone(desks.training, {"birth_date": told})), told
    for told in ("2007", "2008-02", "age 18", "about 20"):
        assert "C06" not in suggested(desks.training, alone(desks.training, {"birth_date": told})), told


def test_raising_an_age_later_does_not_end_the_care_for_a_child(desks: Desks) -> None:
    case = alone(desks.training, {"age_years": "16"})
    screened_again(
        desks.training, case, NO_URGENT_NEED, IN_PRIVATE, AGREED, {"age_years": "30", "alone": "yes"}
    )
    assert "C06" in suggested(desks.training, case)


def test_a_correction_raises_no_age_unless_child_protection_makes_it(desks: Desks) -> None:
    """A child with the mother is in no category of children alone: only the age says that it is a child."""
    vault = only_as(desks.training, *CORRECTS)
    with_mother = {"age_years": "15", "alone": "no", "with_whom": "parent", "children_needs": "none"}
    done = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, with_mother)
    of_a_child = measures.shut(vault, done.case, What.DETENTION)
    assert [one.lock for one in of_a_child] == [Lock.CHILD_HELD]
    again = corrected_age(vault, done, "25")
    assert measures.shut(vault, done.case, What.DETENTION) == of_a_child
    again = corrected_age(vault, corrected_age(vault, again, ""), "26")
    assert measures.shut(vault, done.case, What.DETENTION) == of_a_child, "nor in three steps"
    corrected_age(only_as(vault, *CORRECTS, Role.CHILD_PROTECTION), again, "27")
    assert measures.shut(vault, done.case, What.DETENTION) == ()


def corrected_age(vault: OpenVault, done: Finished, years: str) -> Finished:
    interview = correcting.correct(vault, done.about, done.instance_id)
    age = ref_of(interview, "age_years")
    interview.answer(age, years)
    interview.give_reason(age, "written down wrongly")
    return intake.finish(vault, interview)


def test_nobody_can_write_down_that_somebody_looks_adult(desks: Desks) -> None:
    bands = {choice.name for choice in desks.training.codebook.lists["age_bands"]}
    assert bands == {"under_18", "18_to_59", "60_or_more", "not_sure"}
    looks = xlsx(
        survey=survey(("select_one seen", "seen", "How old?")),
        choices=(("list_name", "name", "label"), ("seen", "a", "Looks adult"), ("seen", "b", "Not sure")),
    )
    assert "form.verdict_word" in {problem.code for problem in form_check(looks, "looks.xlsx").problems}


def test_no_face_no_finger_and_no_voice_has_a_place_in_the_data(desks: Desks) -> None:
    book = desks.training.codebook
    assert set(FactKind) == {"choice", "choices", "integer", "date", "text", "derived"}
    for name in (*book.facts, *book.lists):
        assert not any(part in name for part in OF_THE_BODY), name
    held = forms_held.hold(desks.training, "screening")
    assert held.kind is FormKind.PROTECTION
    assert {control.kind for control in held.form.controls} <= {
        *("group", "repeat", "note", "input", "select1", "select", "trigger"),
    }


def test_a_form_that_asks_for_a_face_is_named_as_that(desks: Desks) -> None:
    face = xlsx(
        survey=survey(("image", "face", "Photo of the person"), ("text", "print", "Fingerprint number"))
    )
    report = form_check(face, "face.xlsx")
    assert [problem.row for problem in report.problems if problem.code == "form.biometric"] == [2, 3]


def test_a_protection_form_takes_no_picture_sound_or_film_whatever_it_asks(desks: Desks) -> None:
    """Also when somebody sends one as a plain file."""
    for asked in ("image/*", "audio/*", "video/*", "application/*"):
        for content in (picture(), sound(), mp4()):
            with pytest.raises(DeskFault, match=r"attach\.closed"):
                uploads.prepared(content, asked, survey=False)


def test_where_and_when_a_picture_was_taken_is_not_kept(desks: Desks) -> None:
    for kind in ("JPEG", "PNG"):
        content = picture(kind, with_place=True)
        assert SECRET in content
        assert SECRET not in uploads.prepared(content, "image/*", survey=True).content


def test_no_talk_is_recorded_in_the_background(desks: Desks) -> None:
    form = xlsx(survey=survey(("text", "name", "Which well?"), ("background-audio", "talk", "")))
    report = form_check(form, "talk.xlsx")
    assert report.is_usable
    assert "form.records_in_background" in {problem.code for problem in report.problems}
