"""A coordinator's own form: one that is refused with what to mend, and one that is offered as a survey."""

from pathlib import Path

from fieldkit.forms.workbook import Row, Sheet
from fieldkit.forms.workbook_writer import write_workbook
from fieldkit.ui.screens.forms import FormsScreen
from fieldkit.ui.tour.guide import Guide, TourFailed

GOOD, BROKEN = "water-points.xlsx", "water-points-broken.xlsx"


def write_forms(folder: Path) -> None:
    """An invented survey, sound and with three mistakes a coordinator makes."""
    (folder / GOOD).write_bytes(_workbook("select_one kind"))
    (folder / BROKEN).write_bytes(_workbook("select_one knid", twice=True, name="how many"))


def _workbook(kind: str, *, twice: bool = False, name: str = "people") -> bytes:
    survey = (
        ("note", "hello", "About a water point", "À propos d'un point d'eau", ""),
        (kind, "kind", "What kind of water point is it?", "Quel genre de point d'eau ?", ""),
        ("integer", name, "How many people use it in a day?", "Combien de personnes par jour ?", ". >= 0"),
        ("date", "seen", "When did you see it?", "Quand l'avez-vous vu ?", ""),
        ("text", "remark", "Anything else?", "Autre chose ?", ""),
    )
    choices = [
        ("kind", "tap", "A tap", "Un robinet"),
        ("kind", "well", "A well", "Un puits"),
        ("kind", "tap" if twice else "truck", "A truck", "Un camion"),
    ]
    return write_workbook(
        (
            Sheet("survey", ("type", "name", *_both("label"), "constraint"), _rows(survey)),
            Sheet("choices", ("list_name", "name", *_both("label")), _rows(choices)),
            Sheet("settings", ("form_title", "form_id"), _rows([("Water points", "water_points")])),
        )
    )


def _both(column: str) -> tuple[str, str]:
    return f"{column}::English (en)", f"{column}::Français (fr)"


def _rows(rows: object) -> tuple[Row, ...]:
    assert isinstance(rows, list | tuple)
    return tuple(Row(number, tuple(row)) for number, row in enumerate(rows, start=2))


def import_forms(guide: Guide, folder: Path) -> None:
    """First the broken one, which changes nothing, then the sound one."""
    head = guide.context.open_vault.journal.heads()
    guide.press("Exchange")
    guide.press("Forms")
    guide.expect("forms")
    guide.pick(folder / BROKEN)
    guide.main_action()
    guide.shot("form-refused")
    screen = guide.window.screen_shown
    report = screen.presenter.report if isinstance(screen, FormsScreen) else None
    if report is None or report.is_usable or not all(problem.row for problem in report.errors):
        raise TourFailed("the broken form was not refused with its rows")
    if guide.context.open_vault.journal.heads() != head:
        raise TourFailed("a refused form changed the journal")
    guide.pick(folder / GOOD)
    guide.main_action()
    guide.shot("form-checked")
    guide.main_action()
    guide.shot("form-offered-as-survey")
    if "water_points" not in guide.context.open_vault.queries.survey_ids():
        raise TourFailed("the sound form was not kept")
