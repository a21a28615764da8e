"""Pictures, sounds and films of a form: shown from memory, or named; what is missing is a sentence."""

import gc
from functools import partial
from pathlib import Path

import miniaudio
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.services import administer
from fieldkit.services.form_files import FormFiles
from fieldkit.services.vault import OpenVault
from fieldkit.ui import audio
from fieldkit.ui.fields.choices import ChoiceField
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.widgets import sound as widgets_sound
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.media import LARGE, SMALL, Picture
from fieldkit.ui.widgets.picture_map import picture_map
from fieldkit.ui.widgets.sound import Film, Listen
from tests.forms.xlsforms import xlsx
from tests.services.samples import mp4, picture, sound
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import card, interviewing
from tests.ui.looking import cut, nameless, texts
from tests.ui.test_fields import say
from tests.ui.test_pictures import SVG

SURVEY = (
    (
        "type",
        "name",
        "label::English (en)",
        "media::image::English (en)",
        "media::audio::English (en)",
        "media::video::English (en)",
        "media::big-image::English (en)",
        "appearance",
    ),
    ("note", "drawn", "A drawing of the pump", "pump.svg"),
    ("select_one pumps", "pump", "Which pump?", "well.jpg", "ask.wav", "show.mp4", "well-large.jpg"),
    ("text", "lost", "Which of these?", "lost.png", "lost.mp3"),
    ("text", "broken", "And this?", "broken.png"),
    ("select_one said", "said", "Is there water?"),
    ("select_one parts", "where", "Where?", "parts.svg", "", "", "", "image-map"),
)
PARTS = (
    b"<svg xmlns='http://www.w3.org/2000/svg' width='200' height='100'><g transform='translate(10 10)'>"
    b"<circle id='well' cx='30' cy='30' r='20' fill='blue'/><rect id='road' x='80' y='10' width='60' height='40'/>"
    b"</g></svg>"
)
CHOICES = (
    ("list_name", "name", "label::English (en)", "media::image::English (en)", "media::audio::English (en)"),
    ("pumps", "hand", "A hand pump", "hand.png"),
    ("pumps", "motor", "A motor pump", "gone.png"),
    ("parts", "well", "The well"),
    ("parts", "road", "The road"),
    ("said", "yes", "Yes", "", "ask.wav"),
    ("said", "no", "No", "", "no.wav"),
)
MEDIA = {
    "pump.svg": SVG,
    "parts.svg": PARTS,
    "well.jpg": picture("JPEG", (300, 200)),
    "well-large.jpg": picture("JPEG", (900, 600)),
    "hand.png": picture("PNG", (90, 60)),
    "ask.wav": sound(),
    "no.wav": sound(0.2),
    "show.mp4": mp4(),
    "broken.png": picture("PNG")[:80],
}


@pytest.fixture
def screen(post: OpenVault, open_window: OpenWindow) -> InterviewScreen:
    return pumps(post, open_window(post))


def pumps(post: OpenVault, window: MainWindow) -> InterviewScreen:
    files = FormFiles("pumps.xlsx", xlsx(survey=SURVEY, choices=CHOICES), {}, held=MEDIA)
    report = administer.check_form(files.content, files.name)
    assert report.is_usable, [str(problem) for problem in report.problems]
    administer.install_form(post, files.content, files.name, {}, files.media(report.xform))
    return interviewing(window, report.form_id, person="en")


def pictures(widget: QWidget) -> list[Picture]:
    QApplication.processEvents()
    return widget.findChildren(Picture)


def test_a_picture_is_shown_and_pressed_it_is_larger(screen: InterviewScreen) -> None:
    (shown,) = pictures(card(screen, "pump"))
    assert max(shown.iconSize().width(), shown.iconSize().height()) == SMALL
    assert shown.accessibleName() == "Picture: well.jpg"
    shown.click()
    assert max(shown.iconSize().width(), shown.iconSize().height()) == LARGE
    shown.click()
    assert max(shown.iconSize().width(), shown.iconSize().height()) == SMALL


def test_a_drawing_of_a_form_is_shown(screen: InterviewScreen) -> None:
    assert len(pictures(card(screen, "drawn"))) == 1


def test_a_sound_is_heard_and_stops_when_it_is_over(
    screen: InterviewScreen, silent: None, qtbot: QtBot
) -> None:
    (listen,) = card(screen, "pump").findChildren(Listen)
    listen.button.click()
    assert listen.playing is not None
    assert listen.button.text() == "Stop"
    qtbot.waitUntil(lambda: listen.playing is None)
    assert listen.button.text() == "Listen"
    assert gc.isenabled()


@pytest.mark.parametrize("leave", ["press", "hide"])
def test_a_sound_stops_when_it_is_pressed_again_or_left(
    leave: str, screen: InterviewScreen, silent: None
) -> None:
    (listen,) = card(screen, "pump").findChildren(Listen)
    listen.button.click()
    playing = listen.playing
    assert playing is not None
    assert playing.is_running
    listen.button.click() if leave == "press" else listen.hide()
    assert (playing.is_running, listen.playing) == (False, None)


def test_without_a_loudspeaker_the_text_is_to_be_read_aloud(
    screen: InterviewScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audio, "BACKENDS", [miniaudio.Backend.WEBAUDIO])  # is on no laptop
    (listen,) = card(screen, "pump").findChildren(Listen)
    listen.button.click()
    assert listen.playing is None
    assert "Read the text aloud" in listen.told.text()


def test_what_is_no_sound_is_a_sentence(silent: None, qtbot: QtBot) -> None:
    listen = Listen("Listen", lambda: b"not a sound (invented)", say)
    qtbot.addWidget(listen)
    listen.button.click()
    assert "cannot be played here" in listen.told.text()


def test_a_film_is_handed_to_the_computers_player_and_goes_at_the_lock(
    screen: InterviewScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(widgets_sound, "open_in_player", partial(_opened, opened))
    (film,) = card(screen, "pump").findChildren(Film)
    film.button.click()
    assert opened[0].read_bytes() == MEDIA["show.mp4"]
    assert "show" not in opened[0].name
    context = screen.context
    context.lock()
    assert not opened[0].parent.exists()


def _opened(paths: list[Path], path: Path) -> bool:
    paths.append(path)
    return True


def test_without_a_player_the_film_is_to_be_explained(
    screen: InterviewScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(widgets_sound, "open_in_player", lambda _path: False)
    (film,) = card(screen, "pump").findChildren(Film)
    film.button.click()
    assert "Explain it in words" in film.told.text()


def test_answers_are_heard_one_by_one(screen: InterviewScreen, silent: None) -> None:
    heard = card(screen, "said").field.findChildren(Listen)
    assert [one.button.accessibleName() for one in heard] == ["Listen: Yes", "Listen: No"]
    heard[0].button.click()
    first = heard[0].playing
    heard[1].button.click()
    assert first is not None
    assert not first.is_running
    heard[1].stop()


@pytest.mark.parametrize(
    ("name", "file"), [("lost", "lost.png"), ("lost", "lost.mp3"), ("broken", "broken.png")]
)
def test_what_did_not_come_or_is_damaged_is_a_sentence(screen: InterviewScreen, name: str, file: str) -> None:
    one = card(screen, name)
    assert pictures(one) == []
    assert any(file in text and "did not come with the form" in text for text in texts(one))


def test_answers_have_their_pictures_and_what_is_missing_is_named(screen: InterviewScreen) -> None:
    field = card(screen, "pump").field
    assert isinstance(field, ChoiceField)
    assert _painted(field.grid.buttons["hand"]) == (90, 60)
    assert _painted(field.grid.buttons["motor"]) is None
    assert any("gone.png" in text for text in texts(field))
    assert not any("hand.png" in text for text in texts(field))
    assert field.press(1)


def _painted(button: BigButton) -> tuple[int, int] | None:
    held = [label.pixmap().size() for label in button.findChildren(QLabel) if label.text() == ""]
    return next(((size.width(), size.height()) for size in held if size.width() > 40), None)


@pytest.mark.parametrize(("language", "scale"), [("en", 100), ("ar", 200)])
def test_nothing_is_cut_and_everything_has_a_name(
    post: OpenVault, open_window: OpenWindow, language: str, scale: int
) -> None:
    window = open_window(post, language=language, scale=scale)
    pumps(post, window)
    for _ in range(3):
        QApplication.processEvents()
    assert list(cut(window)) == []
    assert nameless(window) == []


def test_a_part_of_a_drawing_is_pressed_to_answer(screen: InterviewScreen) -> None:
    field = card(screen, "where").field
    assert isinstance(field, ChoiceField)
    drawn = field.map
    assert drawn is not None
    assert [part.value for part in drawn.parts] == ["well", "road"]
    middle = {part.value: part.place.center().toPoint() for part in drawn.parts}
    QTest.mouseClick(drawn, Qt.MouseButton.LeftButton, pos=middle["road"])
    assert field.grid.values == ("road",)
    assert drawn.at(middle["well"]) == "well"
    assert drawn.at(drawn.rect().bottomRight()) == ""
    field.press(1)
    assert field.grid.values == ("well",)
    assert drawn._chosen == {"well"}


def test_a_ring_is_pressed_inside_its_edge(qtbot: QtBot) -> None:
    ring = PARTS.replace(b"fill='blue'", b"fill='none' stroke='blue'")
    made = picture_map(ring, ["well"], "parts.svg", say)
    assert made is not None
    qtbot.addWidget(made)
    assert made.at(made.parts[0].place.center().toPoint()) == "well"


def test_a_drawing_without_parts_of_that_name_is_only_a_picture(qtbot: QtBot) -> None:
    assert picture_map(PARTS, ["nothing"], "parts.svg", say) is None
    assert picture_map(b"<svg", ["well"], "parts.svg", say) is None
    assert picture_map(None, ["well"], "parts.svg", say) is None


def test_nothing_is_written_to_show_it(screen: InterviewScreen, tmp_path: Path) -> None:
    pictures(card(screen, "pump"))[0].click()
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or MEDIA["well.jpg"][:200] not in path.read_bytes(), path.name
