"""F1 opens the booklet at what is in hand, in the real window; Help leads to the booklet and to the region."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.content import codebook as codebooks
from fieldkit.files import resources
from fieldkit.services import intake, refer, region
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.places import PLACES
from fieldkit.ui.presenters.booklet import BookletPage
from fieldkit.ui.screens.help import HelpScreen
from fieldkit.ui.screens.outcome import OutcomeScreen
from tests.stories.people import AGREED, IN_PRIVATE, answer_all
from tests.stories.people import led as led_by_services
from tests.ui.conftest import OpenWindow
from tests.ui.desks import afraid, done_with, new_desk, press, rest, settle, window_at
from tests.ui.interviewing import at_draft, card, go, led
from tests.ui.looking import find_button, line, nameless, says


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    """One vault for training; these tests change only which region it uses."""
    vault = new_desk(tmp_path_factory.mktemp("booklet"), "Coast post (invented)", Desk.POST)
    yield vault
    vault.close()


def opened(window: MainWindow) -> str:
    """The paragraph of the booklet that stands in the window."""
    settle()
    assert isinstance(window.screen_shown, HelpScreen)
    assert window.screen_shown.booklet is not None
    return window.screen_shown.booklet.paragraph.id


def f1(qtbot: QtBot, window: MainWindow, inside: QWidget | None = None) -> None:
    """Press F1, where the keyboard is."""
    qtbot.keyClick(inside or window, Qt.Key.Key_F1)
    settle()


def test_f1_in_a_sensitive_question_opens_its_paragraph_and_back_leads_to_the_question(
    qtbot: QtBot, practice: OpenVault
) -> None:
    interview = intake.begin(practice, "trafficking_quick", officer_language="en", person_language="en")
    answer_all(interview, IN_PRIVATE, AGREED)
    window = window_at(practice, "home")
    screen = at_draft(window, interview.draft_id)
    assert screen.page is not None
    go(screen, next(one.ref for one in screen.page.sections if one.name == "check"))
    asked = card(screen, "made_to")
    asked.focus()
    QApplication.processEvents()
    f1(qtbot, window, QApplication.focusWidget())
    assert opened(window) == "c04"
    assert says(window, "Signs of exploitation or of being controlled")
    assert says(window, "Never ask for a report to the police in return for help.")
    assert says(window, "Nobody has reviewed this.")
    press(window, "Back")
    assert window.context.navigation.here == ("interview", {"draft": interview.draft_id})
    assert led(screen).draft_id == interview.draft_id
    done_with(window)


def test_the_first_question_of_a_page_counts_while_nothing_has_the_keyboard(
    qtbot: QtBot, practice: OpenVault
) -> None:
    interview = intake.begin(practice, "screening", officer_language="en", person_language="ti")
    window = window_at(practice, "home")
    at_draft(window, interview.draft_id)
    window.setFocus()
    f1(qtbot, window)
    assert opened(window) == "first_needs"
    done_with(window)


def test_outcome_referral_and_case_lead_to_the_pathway_in_hand(practice: OpenVault) -> None:
    """R-156: the card that has the keyboard counts, else the category that waits for a decision."""
    case = afraid(practice, {"smuggler_used": "yes"}).case
    window = window_at(practice, "outcome", case=case)
    window.activateWindow()
    settle()
    screen = window.screen_shown
    assert isinstance(screen, OutcomeScreen) and screen.in_hand() == (("category", "C01"),)
    find_button(screen.cards["C16"], "Confirm").setFocus()
    settle()
    assert screen.in_hand() == (("category", "C16"),)
    refer.confirm(practice, case, "C16", "C16-1")
    for name, arguments in (("referral", {"case": case, "category": "C16"}), ("case", {"case": case})):
        window.context.navigation.start(name, **arguments)
        assert window.screen_shown is not None
        assert window.screen_shown.in_hand() == (("category", "C16"),)
    assert BookletPage("en", date(2026, 11, 21), None).paragraph(("category", "C16")) == "c16"
    done_with(window)


def test_every_screen_leads_to_a_paragraph() -> None:
    page = BookletPage("en", date(2026, 11, 21), None)
    told = {name for kind, name in page.booklet.guide.places if kind == "screen"}
    assert told == set(PLACES), "no screen without a row, and no row without a screen"
    assert page.paragraph(("screen", "alert")) == "child_call"


def test_before_anybody_signs_in_it_is_there_and_says_nothing_of_a_post(
    qtbot: QtBot, open_window: OpenWindow
) -> None:
    window = open_window()
    f1(qtbot, window)
    assert opened(window) == "new_here"
    assert window.footer.main is None, "nobody prints before signing in"
    assert not says(window, "Step by step, at this post")


def test_help_leads_to_the_booklet_and_the_booklet_to_keys_and_settings(
    qtbot: QtBot, practice: OpenVault
) -> None:
    window = window_at(practice, "help")
    press(window, "Open the booklet")
    assert opened(window) == "how_to_use"
    assert find_button(window, "Print the booklet").isEnabled()
    assert find_button(window, "Print it to be folded").isEnabled()
    press(window, "Keys and settings")
    assert says(window, "What fieldkit is not")
    done_with(window)


def test_words_find_paragraphs_and_a_press_opens_one(qtbot: QtBot, practice: OpenVault) -> None:
    window = window_at(practice, "help", paragraph="how_to_use")
    line(window).setText("xylophone")
    qtbot.waitUntil(lambda: says(window, "No paragraph has all of these words"), timeout=5000)
    line(window).setText("stick screen cover")
    qtbot.waitUntil(lambda: says(window, "1 paragraph"), timeout=5000)
    press(window, "Care for data")
    assert opened(window) == "data_care"
    assert nameless(window) == []
    done_with(window)


def test_beside_a_pathway_stand_the_steps_of_this_post(practice: OpenVault) -> None:
    region.choose(practice, "gulf_of_aden")
    window = window_at(practice, "help", paragraph="c06")
    assert says(window, "Step by step, at this post")
    assert says(window, "Call child protection and the centre of your coast now.")
    assert says(window, "Here: United Nations children's fund (UNICEF).")
    assert says(window, "For: Gulf of Aden. Source: 002:351; 002:958; 002:333; 002:416; 002:589")
    done_with(window)
    region.choose(practice, "")
    window = window_at(practice, "help", paragraph="c06")
    assert says(window, "For: every place.")
    assert not says(window, "Here: ")
    done_with(window)


def test_a_vault_for_training_uses_a_region_that_says_it_is_a_sample(practice: OpenVault) -> None:
    window = window_at(practice, "region")
    assert says(window, "No region is in force here.")
    press(window, "Gulf of Aden")
    assert says(window, "A sample, for training. Nobody who works there has reviewed it.")
    press(window, "Use it in this training vault")
    assert region.is_sample(practice)
    press(window, "What the words mean")
    assert says(window, "Refugee (African Union)")
    press(window, "Step by step")
    press(window, "Child alone")
    assert says(window, "At once. This post: Call child protection and the centre of your coast now.")
    assert nameless(window) == []
    press(window, "Use no region in this training vault")
    assert region.here(practice) is None
    done_with(window)


def test_a_skeleton_says_what_is_missing(practice: OpenVault) -> None:
    window = window_at(practice, "region", region="west_africa")
    assert says(window, "Only a beginning. What is missing stands at the end.")
    press(window, "What is missing")
    assert says(window, "Who could say: A lawyer of each country.")
    press(window, "Step by step")
    assert says(window, "No steps are written yet.")
    done_with(window)


@pytest.mark.parametrize(("language", "scale"), [("ar", 100), ("en", 200)])
def test_nothing_is_cut_in_arabic_or_in_large_text(practice: OpenVault, language: str, scale: int) -> None:
    window = window_at(practice, "help", language=language, scale=scale, paragraph="c09")
    for label in window.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()) - 1, label.text()
    done_with(window)


def test_headquarters_begins_a_pack_from_a_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office = new_desk(tmp_path / "office", "Invented Office", Desk.HEADQUARTERS, training=False)
    window = window_at(office, "region", region="americas")
    assert not says(window, "Use it in this training vault")
    monkeypatch.setattr(window, "ask_folder", lambda _title: tmp_path / "ours")
    press(window, "Begin a content pack from it")
    assert says(window, "The content is in the folder.")
    assert (tmp_path / "ours" / "region" / "actors.csv").is_file()
    press(window, "Begin a content pack from it")
    assert says(window, "The folder for the new content has something in it already.")
    done_with(window)
    office.close()


def test_the_codebook_of_the_program_has_every_sentence_the_region_page_says() -> None:
    texts = codebooks.load(resources()).texts
    wanted = ("bodies", "definitions", "movement", "steps", "languages", "missing", "sample", "skeleton")
    assert all(f"region/{name}" in texts for name in wanted)


def test_a_card_for_others_is_printed_alone(qtbot: QtBot, practice: OpenVault) -> None:
    """R-080: from the paragraph to the sheet in one press."""
    window = window_at(practice, "help", paragraph="card_teachers")
    assert says(window, "For teachers") and says(window, "For employers")
    press(window, "Print this paragraph alone")
    rest(qtbot, window)
    assert window.screen_shown is not None and window.screen_shown.title == "For teachers"
    assert find_button(window, "Print 1 page").isVisible(), "one page, no more"
    done_with(window)


def test_beside_the_steps_of_moving_freely_stands_which_texts_fit(practice: OpenVault) -> None:
    """R-136: fits, cannot be told, to be read; whom to ask; and that nobody has reviewed them."""
    before = practice.packs.sample
    region.choose(practice, "west_africa")
    told = {"free_citizen": "yes", "free_travel_paper": "yes"}
    case = led_by_services(practice, "profile", IN_PRIVATE, AGREED, told).case
    window = window_at(practice, "procedure", case=case, category="C20")
    for words in ("Fits what was told", "Cannot be told yet", "Whom to ask", "Nobody has reviewed this"):
        assert says(window, words), words
    assert says(window, "Not known yet") and nameless(window) == []
    done_with(window)
    region.choose(practice, before)
