"""Protection rule 13: forms from elsewhere. Somebody's survey tries to decide over a person."""

import pytest

from fieldkit.content import form_roles
from fieldkit.content.form_roles import FormKind
from fieldkit.domain.errors import ForeignFault
from fieldkit.files import resources
from fieldkit.forms.checks import form_check
from fieldkit.services import administer, forms_held, intake
from fieldkit.services.vault import OpenVault
from tests.forms.xlsforms import survey, xlsx
from tests.stories.desks import Desks
from tests.stories.people import answer_all

NAMESPACE = 'fk="https://fieldkit.org/xforms"'
A_SURVEY_THAT_LOOKS_LIKE_OURS = xlsx(
    survey=survey(
        ("begin_group", "why", "Why", "core", ""),
        ("select_one yes_no", "fear_return", "Are you afraid to go back?", "", ""),
        ("text", "reasons", "Why did you leave?", "", ""),
        ("end_group", "", "", "", ""),
        header=("type", "name", "label", "bind::fk:section", "bind::fk:recipient"),
    ),
    settings=(
        ("form_title", "form_id", "version", "namespaces"),
        ("Fear survey", "fear_survey", "1", NAMESPACE),
    ),
)


def id_taken(form_id: str) -> bytes:
    return xlsx(settings=(("form_title", "form_id", "version"), ("First screening", form_id, "9")))


def install(vault: OpenVault, content: bytes) -> str:
    report = administer.install_form(vault, content, "survey.xlsx")
    assert report.is_usable, [str(problem) for problem in report.problems]
    return report.form_id


def test_a_survey_opens_no_case_and_meets_no_rule(desks: Desks) -> None:
    vault = desks.training
    form = install(vault, A_SURVEY_THAT_LOOKS_LIKE_OURS)
    interview = intake.begin(vault, form, officer_language="en", person_language="en")
    answer_all(interview, {"fear_return": "yes", "reasons": "war"})
    done = intake.finish(vault, interview)
    assert done.case == ""
    assert vault.queries.case_count() == 0
    kinds = [entry.kind for entry, _ in vault.journal.entries(vault.stream)]
    assert kinds[-1] == "submission.finished"
    assert not {"case.opened", "outcome.suggested", "agreement.recorded"} & set(kinds)
    assert vault.database.number("SELECT COUNT(*) FROM facts") == 0
    assert vault.database.number("SELECT COUNT(*) FROM outcomes") == 0


def test_a_survey_stays_one_whatever_it_calls_its_sections(desks: Desks) -> None:
    form = install(desks.training, A_SURVEY_THAT_LOOKS_LIKE_OURS)
    assert forms_held.hold(desks.training, form).kind is FormKind.SURVEY
    offered = {held.id: held.kind for held in intake.offered_forms(desks.training)}
    ours = {name: one for name, one in form_roles.load(resources()).items() if not name.startswith("extras_")}
    assert offered == {**{name: access.kind for name, access in ours.items()}, form: FormKind.SURVEY}


def test_a_form_that_calls_itself_screening_is_refused(desks: Desks) -> None:
    vault = desks.training
    before, ours = vault.journal.heads(), forms_held.hold(vault, "screening").form
    with pytest.raises(ForeignFault, match=r"form\.built_in_id"):
        administer.install_form(vault, id_taken("screening"), "screening.xlsx")
    assert vault.journal.heads() == before
    assert forms_held.hold(vault, "screening").form is ours


def test_a_check_names_what_a_form_should_not_do(desks: Desks) -> None:
    content = xlsx(
        survey=survey(
            ("text", "a", "Is the person a genuine refugee?", ""),
            ("integer", "risk_level", "Risk level from 1 to 5", ""),
            ("image", "b", "Photo of the person", ""),
            ("select_one yes_no", "c", "Have you eaten?", "yes"),
            ("select_one yes_no", "d", "Were you raped or tortured?", ""),
            header=("type", "name", "label", "required"),
        )
    )
    report = form_check(content, "elsewhere.xlsx")
    found = {(problem.code, problem.row) for problem in report.warnings}
    assert found >= {
        ("form.verdict_word", 2),
        ("form.score", 3),
        ("form.biometric", 4),
        ("form.no_way_to_decline", 5),
        ("form.sensitive_outside_gate", 6),
    }
    assert report.is_usable, "a person decides, with all of it in sight"


def test_the_built_in_screening_passes_its_own_check(desks: Desks) -> None:
    held = forms_held.hold(desks.training, "screening")
    assert held.kind is FormKind.PROTECTION
    assert held.marks is not None
