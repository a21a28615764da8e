"""Forms from outside: checked and kept as surveys, or refused whole."""

from pathlib import Path

import pytest

from fieldkit.content.form_roles import FormKind
from fieldkit.domain.errors import ForeignFault
from fieldkit.services import administer, form_files, forms_held, intake
from fieldkit.services.vault import OpenVault
from tests.forms.xlsforms import CHOICES, survey, xlsx
from tests.stories.people import answer_all


def version(number: str, label: str = "What is your name?") -> bytes:
    return xlsx(
        survey=survey(("text", "told_name", label)),
        settings=(("form_title", "form_id", "version"), ("Small form", "small", number)),
    )


def test_a_check_keeps_nothing(post: OpenVault) -> None:
    before = post.journal.heads()
    assert administer.check_form(xlsx(), "small.xlsx").is_usable
    assert post.journal.heads() == before
    assert {form.id for form in intake.offered_forms(post) if form.kind is FormKind.SURVEY} == {"skills"}


def test_an_installed_form_is_offered_as_a_survey_with_its_title(post: OpenVault) -> None:
    administer.install_form(post, xlsx(), "small.xlsx")
    offered = {form.id: form for form in intake.offered_forms(post)}
    assert offered["small"].kind is FormKind.SURVEY
    assert offered["small"].title("fr") == "Small form"
    assert offered["small"].allowed


def test_a_newer_version_is_offered_and_an_interview_goes_on_with_the_one_it_began_with(
    post: OpenVault,
) -> None:
    administer.install_form(post, version("1", "Your name?"), "small.xlsx")
    begun = intake.begin(post, "small", officer_language="en", person_language="en")
    answer_all(begun, {"told_name": "Amaru Testperson"})
    administer.install_form(post, version("2", "What are you called?"), "small.xlsx")
    assert next(form for form in intake.offered_forms(post) if form.id == "small").version == "2"
    again = intake.resume(post, begun.draft_id)
    assert again.form.version == "1"
    assert again.text("/data/told_name", "label", "en").text == "Your name?"
    newer = intake.begin(post, "small", officer_language="en", person_language="en")
    assert newer.text("/data/told_name", "label", "en").text == "What are you called?"


def test_a_built_in_form_cannot_be_replaced(post: OpenVault) -> None:
    ours = xlsx(settings=(("form_title", "form_id", "version"), ("Mine", "screening", "1")))
    before = post.journal.heads()
    with pytest.raises(ForeignFault, match=r"form\.built_in_id"):
        administer.install_form(post, ours, "mine.xlsx")
    assert post.journal.heads() == before
    assert forms_held.hold(post, "screening").kind is FormKind.PROTECTION


def test_lists_beside_a_form_are_read_and_kept_with_it(post: OpenVault, tmp_path: Path) -> None:
    form = tmp_path / "villages.xlsx"
    form.write_bytes(
        xlsx(
            survey=survey(("select_one_from_file villages.csv", "village", "Which village?")), choices=CHOICES
        )
    )
    (tmp_path / "villages.csv").write_text("name,label\nab,Abu Invented\nba,Bab Invented\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a list", encoding="utf-8")
    beside = administer.files_beside(form)
    assert list(beside) == ["villages.csv"]
    report = administer.install_form(post, form.read_bytes(), form.name, beside)
    assert report.is_usable, [str(problem) for problem in report.problems]
    interview = intake.begin(post, report.form_id, officer_language="en", person_language="en")
    said = [choice.text.text for choice in interview.choices("/data/village", "en")]
    assert said == ["Abu Invented", "Bab Invented"]


def test_a_list_that_is_far_too_long_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "long.csv").write_bytes(b"name,label\n" * 100)
    monkeypatch.setattr(form_files, "LARGEST", 64)
    assert administer.files_beside(tmp_path / "form.xlsx") == {}
