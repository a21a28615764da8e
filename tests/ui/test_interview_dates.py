"""Days and quick answers in the window of an interview, from the keys to the disk."""

from PySide6.QtWidgets import QApplication

from fieldkit.services import administer, partly
from fieldkit.services.vault import OpenVault
from fieldkit.ui.fields.choices import ChoiceField
from fieldkit.ui.fields.moments import MomentField
from fieldkit.ui.screens.interview import InterviewScreen
from tests.forms.xlsforms import xlsx
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, answer_all, begin
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import at_draft, card, go, has_keyboard, interviewing, on_disk, repeats, write

PERSON, BORN = "/data/person", "/data/person/birth_date"


def moment_of(screen: InterviewScreen, name: str) -> MomentField:
    field = card(screen, name).field
    assert isinstance(field, MomentField)
    return field


def test_a_year_of_the_persons_calendar_is_enough(post: OpenVault, open_window: OpenWindow) -> None:
    interview = begin(post, person="fa_AF")
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED)
    screen = at_draft(open_window(post), interview.draft_id)
    go(screen, PERSON)
    field = moment_of(screen, "birth_date")
    assert field.days is not None
    chooser = field.days.calendars
    assert [chooser.itemData(row) for row in range(2)] == ["gregorian", "persian"]
    write(chooser, "pers")
    write(field.boxes()["year"], "۱۳۸۸")
    field.flush()
    kept = on_disk(post, screen)
    assert kept.session.value(BORN) == "2010-03-20"
    assert partly.shown(kept.session, BORN) == "1388 persian"
    assert kept.fact("age_group") == "under_18"
    assert "21 March 2009" in field.days.in_words.text()
    assert moment_of(screen, "birth_date") is field  # the card was not made anew under the officer's hands


def test_an_estimated_age_stands_there_again_when_the_page_is_opened_again(
    post: OpenVault, open_window: OpenWindow
) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, {"birth_date": "about 17"})
    screen = at_draft(open_window(post), interview.draft_id)
    go(screen, PERSON)
    field = moment_of(screen, "birth_date")
    assert field.days is not None
    assert (field.days.age.text(), field.days.about.isChecked()) == ("17", True)


CHILDREN = (
    ("type", "name", "label", "bind::fk:partly"),
    ("begin_repeat", "child", "A child", ""),
    ("date", "born", "When was this child born?", "born_known"),
    ("hidden", "born_known", "", ""),
    ("end_repeat", "", "", ""),
)
SETTINGS = (
    ("form_title", "form_id", "version", "namespaces"),
    ("Children", "children", "1", 'fk="https://fieldkit.org/xforms"'),
)


def test_rows_may_be_known_in_part_and_their_lines_say_no_more(
    post: OpenVault, open_window: OpenWindow
) -> None:
    report = administer.install_form(post, xlsx(survey=CHILDREN, settings=SETTINGS), "children.xlsx")
    screen = interviewing(open_window(post), report.form_id, person="fr")
    (rows,) = repeats(screen)
    for year in ("2019", "2021"):
        rows.added.emit(rows.rows.ref)
        write(moment_of(screen, "born").boxes()["year"], year)
        screen.left()
        (rows,) = repeats(screen)
    assert [line.summary.strip("\u2068\u2069") for line in rows.rows.lines] == ["", "2019", "2021"]
    kept = on_disk(post, screen).session
    assert [kept.value(f"/data/child[{row}]/born") for row in (2, 3)] == ["2019-12-31", "2021-12-31"]
    assert [kept.value(f"/data/child[{row}]/born_known") for row in (2, 3)] == ["year", "year"]


QUICK = (
    ("type", "name", "label", "appearance"),
    ("select_one yes_no", "first", "First?", "quick"),
    ("select_one yes_no", "second", "Second?", "quick"),
)


def test_a_quick_answer_leads_to_the_next_question_and_finishes_nothing(
    post: OpenVault, open_window: OpenWindow
) -> None:
    report = administer.install_form(post, xlsx(survey=QUICK), "quick.xlsx")
    window = open_window(post)
    screen = interviewing(window, report.form_id, person="fr")
    for name, following in (("first", "second"), ("second", "second")):
        one = card(screen, name)
        one.focus()
        assert isinstance(one.field, ChoiceField)
        one.field.press(1)
        QApplication.processEvents()
        assert has_keyboard(card(screen, following)), name
    assert window.screen_shown is screen
    assert [on_disk(post, screen).session.value(f"/data/{name}") for name in ("first", "second")] == [
        *("yes", "yes")
    ]
