"""Files, drawings and points in the window: chosen, drawn with the keyboard alone, kept in the vault only."""

import io
import wave
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.outcome import Mark
from fieldkit.services import administer, intake
from fieldkit.services.media_types import medium_of
from fieldkit.services.vault import OpenVault
from fieldkit.storage.attachments import draft_holder, submission_holder
from fieldkit.storage.errors import DatabaseFault
from fieldkit.ui import audio
from fieldkit.ui.audio import VOICE_RATE
from fieldkit.ui.fields.barcode import BarcodeField
from fieldkit.ui.fields.drawing import DrawingField
from fieldkit.ui.fields.field import AnswerField
from fieldkit.ui.fields.line_on_map import PointsField
from fieldkit.ui.fields.place import PlaceField
from fieldkit.ui.fields.upload import FileField, KeepMade
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.pictures import read_picture
from fieldkit.ui.presenters.attached import Upload, size_words
from fieldkit.ui.presenters.kinds import Kind
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.screens.kept import KeptScreen
from fieldkit.ui.widgets.media import Picture
from tests.forms.xlsforms import xlsx
from tests.services.samples import SECRET, mp4, picture, points, sound
from tests.ui.conftest import OpenWindow
from tests.ui.interviewing import attach, card, cards, fill, interviewing, led, on_disk, write
from tests.ui.looking import cut, nameless, texts
from tests.ui.test_fields import say, shown, view

HEADER = ("type", "name", "label", "appearance", "parameters")
ROWS = (
    HEADER,
    ("image", "well", "A picture of the well", "", "max-pixels=40"),
    ("audio", "pump", "How the pump sounds"),
    ("video", "flow", "How the water flows"),
    ("file", "plan", "The plan"),
    ("image", "sign", "Signature", "signature"),
    ("image", "map", "Draw how the pipes run", "draw"),
    ("image", "marks", "Mark the leak", "annotate"),
    ("geotrace", "path", "The way to the well"),
    ("geoshape", "field", "The field"),
    ("barcode", "code", "The code on the pump"),
)


def wells(window: MainWindow, rows: Sequence[Sequence[object]] = ROWS) -> InterviewScreen:
    content = xlsx(survey=rows, settings=(("form_title", "form_id", "version"), ("Wells", "wells", "1")))
    report = administer.install_form(window.context.open_vault, content, "wells.xlsx")
    assert report.is_usable, [str(problem) for problem in report.problems]
    return interviewing(window, report.form_id, person="en")


def file_field(screen: InterviewScreen, name: str) -> FileField:
    field = card(screen, name).field
    assert isinstance(field, FileField)
    return field


def drawing(screen: InterviewScreen, name: str) -> DrawingField:
    field = card(screen, name).field
    assert isinstance(field, DrawingField)
    return field


def keys(widget: QWidget, *pressed: Qt.Key) -> None:
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    for key in pressed:
        QTest.keyClick(widget, key)


A_CROSS = (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Down)


def test_a_picture_is_kept_small_clean_and_in_the_vault_alone(
    post: OpenVault, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(post)
    screen = wells(window)
    content = picture("JPEG", (80, 60), with_place=True, turned=True)
    attach(file_field(screen, "well"), content, "Amaru at home.jpg")
    ref = "/data/well"
    kept = on_disk(post, screen).uploads.content(ref)
    image = read_picture(kept)
    assert (image.width(), image.height()) == (30, 40)
    assert SECRET not in kept and b"Exif" not in kept
    assert "Amaru" not in led(screen).session.value(ref)
    assert card(screen, "well").findChild(Picture) is not None
    assert any("Picture, " in text for text in texts(card(screen, "well")))
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or kept[:64] not in path.read_bytes(), path.name


@pytest.mark.parametrize(
    ("name", "content"),
    [("pump", sound()), ("flow", mp4()), ("plan", b"%PDF-1.7\n")],
    ids=["sound", "film", "paper"],
)
def test_other_files_come_back_byte_for_byte(
    name: str, content: bytes, post: OpenVault, open_window: OpenWindow
) -> None:
    screen = wells(open_window(post))
    attach(file_field(screen, name), content)
    assert on_disk(post, screen).uploads.content(f"/data/{name}") == content
    assert any(text.endswith((" B", " KB")) for text in texts(card(screen, name)))


def test_what_is_refused_is_told_at_its_question_and_what_was_kept_stays(
    post: OpenVault, open_window: OpenWindow
) -> None:
    screen = wells(open_window(post))
    attach(file_field(screen, "well"), picture("PNG"))
    held = led(screen).session.value("/data/well")
    attach(file_field(screen, "well"), sound(), "well.jpg")
    assert any("not a picture" in text for text in texts(card(screen, "well")))
    assert led(screen).session.value("/data/well") == held
    attach(file_field(screen, "well"), picture("PNG", (32, 32)))
    assert not any("not a picture" in text for text in texts(card(screen, "well")))
    assert led(screen).session.value("/data/well") != held


def test_a_file_that_cannot_be_read_is_told(
    post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = wells(open_window(post))
    assert screen.page is not None

    def vanished(path: Path) -> tuple[bytes, str]:
        raise ForeignFault("window.file_too_large", file=path.name)

    monkeypatch.setattr(screen.page.files, "read", vanished)
    attach(file_field(screen, "plan"), b"words")
    assert led(screen).session.value("/data/plan") == ""
    assert any("sample.bin" in text for text in texts(card(screen, "plan")))


def test_a_disk_that_refuses_keeps_what_was_there(
    post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(post)
    screen = wells(window)

    def full(*_: object, **__: object) -> None:
        raise DatabaseFault("vault.disk_full")

    monkeypatch.setattr(post.attachments, "keep", full)
    attach(file_field(screen, "plan"), b"words")
    assert led(screen).session.value("/data/plan") == ""
    assert any("disk" in text for text in texts(card(screen, "plan")))


def test_a_file_is_taken_away_with_the_keyboard(post: OpenVault, open_window: OpenWindow) -> None:
    screen = wells(open_window(post))
    attach(file_field(screen, "plan"), b"a,b\n")
    field = file_field(screen, "plan")
    assert field.remove is not None
    keys(field.remove, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert led(screen).session.value("/data/plan") == ""
    assert post.attachments.of(draft_holder(led(screen).draft_id)) == ()
    again = file_field(screen, "plan")
    assert again.remove is None and again.first() is again.choose


def test_a_question_that_was_declined_lets_its_file_go(post: OpenVault, open_window: OpenWindow) -> None:
    screen = wells(open_window(post))
    attach(file_field(screen, "pump"), sound())
    card(screen, "pump").marks[Mark.DECLINED].click()
    assert post.attachments.of(draft_holder(led(screen).draft_id)) == ()


# Drawings


def test_a_signature_is_drawn_with_the_keyboard_alone(post: OpenVault, open_window: OpenWindow) -> None:
    screen = wells(open_window(post))
    field = drawing(screen, "sign")
    assert field.first() is field.canvas
    keys(field.canvas, *A_CROSS)
    field.flush()
    kept = on_disk(post, screen).uploads.content("/data/sign")
    image = read_picture(kept)
    assert (image.width(), image.height()) == (1200, 400)
    assert _inked(image) > 50
    keys(field.canvas, Qt.Key.Key_Backspace)
    field.flush()
    assert led(screen).session.value("/data/sign") == "", "nothing stands on the sheet any more"


def test_a_drawing_is_kept_half_a_second_after_the_pen_was_lifted(
    post: OpenVault, open_window: OpenWindow, qtbot: QtBot
) -> None:
    screen = wells(open_window(post))
    field = drawing(screen, "map")
    canvas = field.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    QTest.mouseMove(canvas, QPoint(120, 80))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(120, 80))
    assert led(screen).session.value("/data/map") == ""
    qtbot.waitUntil(lambda: led(screen).session.value("/data/map") != "")
    first = led(screen).session.value("/data/map")
    keys(canvas, *A_CROSS)
    qtbot.waitUntil(lambda: led(screen).session.value("/data/map") != first)
    assert len(canvas.lines) == 2, "what stands on the sheet stays while it is kept"
    assert len(post.attachments.of(draft_holder(led(screen).draft_id))) == 1


def test_nobody_has_to_draw_here(post: OpenVault, open_window: OpenWindow) -> None:
    screen = wells(open_window(post))
    for name, ref in (("sign", "/data/sign"), ("map", "/data/map"), ("marks", "/data/marks")):
        field = drawing(screen, name)
        field.on_paper()
        field.flush()
        assert _inked(read_picture(on_disk(post, screen).uploads.content(ref))) > 300


def test_a_drawing_stands_there_again_and_is_drawn_on_further(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = wells(window)
    keys(drawing(screen, "map").canvas, *A_CROSS)
    drawing(screen, "map").flush()
    before = _inked(read_picture(led(screen).uploads.content("/data/map")))
    screen.show_again()
    QApplication.processEvents()
    field = drawing(screen, "map")
    assert field.canvas.ground is not None
    keys(field.canvas, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, *A_CROSS)
    field.flush()
    assert _inked(read_picture(led(screen).uploads.content("/data/map"))) > before
    field.begin_anew()
    field.flush()
    assert led(screen).session.value("/data/map") == ""


def test_marks_are_drawn_on_a_picture(post: OpenVault, open_window: OpenWindow) -> None:
    screen = wells(open_window(post))
    field = drawing(screen, "marks")
    window = field.window()
    assert isinstance(window, MainWindow)
    assert screen.page is not None
    screen.attach("/data/marks", screen.page.files.prepared("/data/marks", picture("PNG", (90, 60))))
    assert field.canvas.ground is not None and field.canvas.shape.width() == 90
    plain = points(led(screen).uploads.content("/data/marks"))
    keys(field.canvas, *A_CROSS)
    field.flush()
    marked = led(screen).uploads.content("/data/marks")
    assert read_picture(marked).width() == 90
    assert points(marked) != plain


def test_a_drawing_that_could_not_be_kept_stays_on_its_sheet(
    post: OpenVault, open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = wells(open_window(post))
    field = drawing(screen, "map")

    def full(*_: object, **__: object) -> None:
        raise DatabaseFault("vault.disk_full")

    with monkeypatch.context() as broken:
        broken.setattr(post.attachments, "keep", full)
        keys(field.canvas, *A_CROSS)
        field.flush()
    assert len(field.canvas.lines) == 1
    assert any("Not kept" in text for text in texts(card(screen, "map")))
    field.flush()
    assert led(screen).session.value("/data/map") != ""


def _inked(image: QImage) -> int:
    """How many points are not paper."""
    small = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(
        small.pixelColor(x, y).lightness() < 200 for x in range(small.width()) for y in range(small.height())
    )


# Points and codes


def test_a_line_is_pasted_and_an_area_closes_by_itself(post: OpenVault, open_window: OpenWindow) -> None:
    screen = wells(open_window(post))
    for name in ("path", "field"):
        field = card(screen, name).field
        assert isinstance(field, PointsField)
        field.lines.setPlainText("11,5721 43,1456\n11.5730, 43.1450\n11.5722 43.1449")
        assert field.sketch.width_in_metres > 50
        field.flush()
    path = on_disk(post, screen).session.value("/data/path")
    area = on_disk(post, screen).session.value("/data/field")
    assert path.split(";")[0] == "11.5721 43.1456 0.0 0.0" and path.count(";") == 2
    assert area.count(";") == 3 and area.split(";")[0] == area.split(";")[-1]


def test_a_line_that_is_no_point_is_named_and_kept_as_it_was_written(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.POINTS))
    assert isinstance(field, PointsField)
    field.lines.setPlainText("11.5 43.1\nthe well")
    field.flush()
    assert heard == ["11.5 43.1 0 0;the well"]
    assert "line 2" in field._told.text()
    field.take_last()
    assert heard[-1] == "11.5 43.1 0 0"
    assert field._told.text() == "A line needs two points."
    field.add()
    QTest.keyClicks(field.lines, "11.6 43.1")
    field.flush()
    assert heard[-1] == "11.5 43.1 0 0;11.6 43.1 0 0"
    field.show_value("")
    assert field.enter() is False, "on an empty line Enter leads on"


def test_both_numbers_of_a_place_pasted_into_one_box_are_parted(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.PLACE, appearance=frozenset({"placement-map"})))
    assert isinstance(field, PlaceField)
    field.latitude.insert("11°34'20\"N 43°08'44\"E")
    field.latitude.textEdited.emit(field.latitude.text())
    field.flush()
    assert heard == ["11.5722222 43.1455556 0 0"]
    assert any("no map" in text for text in texts(field))


@pytest.mark.parametrize("pasted", ["11,5721", "-11,5", "43.1456"])
def test_a_number_with_a_decimal_comma_is_never_parted(qtbot: QtBot, pasted: str) -> None:
    field, _ = shown(qtbot, view(Kind.PLACE))
    assert isinstance(field, PlaceField)
    field.latitude.setText(pasted)
    field.latitude.textEdited.emit(pasted)
    assert (field.latitude.text(), field.longitude.text()) == (pasted, "")


def test_a_code_is_typed(qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(Kind.BARCODE))
    assert isinstance(field, BarcodeField)
    write(field.line, "4006381333931")
    field.flush()
    assert heard == ["4006381333931"]


# What protects people


@pytest.mark.parametrize("kind", [Kind.FILE, Kind.DRAWING])
def test_a_protection_form_takes_no_picture_and_says_why(kind: Kind, qtbot: QtBot) -> None:
    field, heard = shown(qtbot, view(kind, upload=Upload("image", "attach.closed")))
    assert field.first() is None
    assert any("protection interview" in text for text in texts(field))
    assert heard == []


@pytest.mark.parametrize(
    ("asked", "word"), [("image", "face"), ("audio", "voice"), ("video", "face"), ("file", "person")]
)
def test_what_must_not_be_in_a_file_is_said_before_it_is_chosen(asked: str, word: str, qtbot: QtBot) -> None:
    field, _ = shown(qtbot, view(Kind.FILE, upload=Upload(asked)))
    assert any(word in text and text.startswith(("Never", "Nothing")) for text in texts(field))
    assert any("not recorded" in text for text in texts(field)) == (asked == "video")


def test_there_is_no_camera_and_that_is_said(qtbot: QtBot) -> None:
    field, _ = shown(qtbot, view(Kind.FILE, upload=Upload("image"), appearance=frozenset({"new-front"})))
    assert any("no camera" in text for text in texts(field))


def test_what_is_read_only_takes_no_file(qtbot: QtBot) -> None:
    for kind in (Kind.FILE, Kind.DRAWING):
        field, heard = shown(qtbot, view(kind, upload=Upload("image"), readonly=True))
        assert isinstance(field, FileField | DrawingField)
        if isinstance(field, DrawingField):
            keys(field.canvas, *A_CROSS)
        field.flush()
        assert heard == []


# Everything together


def test_every_question_is_answered_and_the_files_go_with_the_record(
    post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post)
    screen = wells(window)
    for one in cards(screen):
        fill(one.field)
    assert [one.view.ref for one in cards(screen) if not led(screen).session.value(one.view.ref)] == []
    held = {one.name for one in post.attachments.of(draft_holder(led(screen).draft_id))}
    assert len(held) == 7
    instance = led(screen).session
    screen._finish()
    assert isinstance(window.screen_shown, KeptScreen)
    assert any("stay at this post" in text for text in texts(window))
    name = instance.submission().instance_id
    assert {one.name for one in post.attachments.of(submission_holder(name))} == held
    assert intake.drafts(post) == ()


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_cut_and_everything_has_a_name(
    language: str, scale: int, post: OpenVault, open_window: OpenWindow
) -> None:
    window = open_window(post, language=language, scale=scale)
    screen = wells(window)
    attach(file_field(screen, "well"), picture("JPEG", (300, 200)))
    attach(file_field(screen, "plan"), b"%PDF-1.7\n")
    for _ in range(3):
        QApplication.processEvents()
    assert list(cut(window)) == []
    assert nameless(window) == []


@pytest.mark.parametrize(
    ("size", "told"),
    [(0, (0, "B")), (999, (999, "B")), (1000, (1, "KB")), (1001, (2, "KB")), (32_000_000, (32, "MB"))],
)
def test_sizes_are_said_in_whole_numbers(size: int, told: tuple[int, str]) -> None:
    assert size_words(size) == told


def test_fields_made_without_files_behind_them_say_what_is_gone(qtbot: QtBot) -> None:
    field, _ = shown(qtbot, view(Kind.FILE, "lost.jpg", upload=Upload("image")))
    assert isinstance(field, AnswerField)
    assert any("lost.jpg" in text for text in texts(field))
    assert say("{a}", a=1) == "1"


# A sound made here


def test_a_sound_is_recorded_only_while_its_button_says_so(qtbot: QtBot, silent: None) -> None:
    field, _ = shown(qtbot, view(Kind.FILE, upload=Upload("audio")))
    assert isinstance(field, FileField)
    record = field.record
    assert record is not None
    wished: list[KeepMade] = []
    field.wished.connect(wished.append)
    record.button.click()
    assert record.recording is not None
    recording = record.recording
    assert "Recording" in record.button.text()
    qtbot.waitUntil(lambda: bool(recording._taken))
    record.button.click()
    assert not recording.is_running
    (kept,) = wished
    with wave.open(io.BytesIO(kept.content)) as file:
        assert (file.getnchannels(), file.getframerate()) == (1, VOICE_RATE)
        assert file.getnframes() > 0
    assert medium_of(kept.content).media_type == "audio/wav"


def test_a_recording_that_is_left_is_thrown_away(qtbot: QtBot, silent: None) -> None:
    field, _ = shown(qtbot, view(Kind.FILE, upload=Upload("audio")))
    assert isinstance(field, FileField)
    record = field.record
    assert record is not None
    wished: list[KeepMade] = []
    field.wished.connect(wished.append)
    record.button.click()
    recording = record.recording
    assert recording is not None
    record.hide()
    assert not recording.is_running
    assert wished == []


def test_a_recording_ends_by_itself(qtbot: QtBot, silent: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audio, "MOST_SECONDS", 0)
    recording = audio.Recording()
    qtbot.waitUntil(lambda: not recording.is_running)
    with wave.open(io.BytesIO(recording.content())) as file:
        assert file.getnframes() == 0


def test_no_protection_form_records(qtbot: QtBot) -> None:
    field, _ = shown(qtbot, view(Kind.FILE, upload=Upload("audio", "attach.closed")))
    assert isinstance(field, FileField)
    assert field.record is None
