"""The look: colours that can be read, sizes that scale, a font for every language."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from fieldkit.languages.autonyms import LANGUAGES
from fieldkit.ui import fonts, icons
from fieldkit.ui.stylesheet import stylesheet
from fieldkit.ui.theme import Theme, current
from fieldkit.ui.tokens import (
    COLOURS,
    POINTS,
    SCALE_LEAST,
    SCALE_MOST,
    SPACES,
    TARGET,
    Appearance,
    Size,
    Tone,
    contrast,
    within_scale,
)
from fieldkit.ui.widgets.buttons import BigButton, button

READABLE = 4.5
SEEN = 3.0


@pytest.mark.parametrize("appearance", Appearance)
def test_every_text_can_be_read_on_every_ground_it_stands_on(appearance: Appearance) -> None:
    colours = COLOURS[appearance]
    pairs = [(text, ground) for text in (colours.ink, colours.quiet) for ground in _grounds(appearance)]
    pairs += [(colours.main, ground) for ground in _grounds(appearance)]
    pairs += [(colours.on_main, colours.main), (colours.on_main, colours.main_over)]
    for tone in Tone:
        ink, ground = colours.tone(tone)
        pairs += [(ink, ground), (ink, colours.paper)]
    assert [pair for pair in pairs if contrast(*pair) < READABLE] == []


@pytest.mark.parametrize("appearance", Appearance)
def test_what_can_be_pressed_or_written_in_has_an_edge_one_sees(appearance: Appearance) -> None:
    colours = COLOURS[appearance]
    for ground in (colours.paper, colours.ground):
        assert contrast(colours.edge, ground) >= SEEN
        assert contrast(colours.main, ground) >= SEEN


def test_the_light_set_is_the_one_in_the_design() -> None:
    light = COLOURS[Appearance.LIGHT]
    assert (light.paper, light.ground, light.line) == ("#FFFFFF", "#F4F6F8", "#D5DCE3")
    assert (light.ink, light.quiet, light.main, light.done) == ("#17212B", "#51606E", "#0B5FA5", "#1E6B3A")
    assert light.tone(Tone.CAREFUL) == ("#8A5A00", "#FFF4DB")
    assert light.tone(Tone.URGENT) == ("#A8201A", "#FDECEA")


def test_contrast_agrees_with_the_ends_of_its_definition() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)  # WCAG's well-known grey
    assert contrast("#123456", "#123456") == 1


def test_sizes_scale_together_within_bounds() -> None:
    assert POINTS == {Size.TEXT: 11, Size.QUESTION: 13, Size.PERSON: 18, Size.TITLE: 22}
    assert Theme(scale=200).points(Size.PERSON) == 36
    assert (within_scale(10), within_scale(900)) == (SCALE_LEAST, SCALE_MOST) == (80, 250)
    assert TARGET >= 36
    assert all(step % 4 == 0 for step in SPACES)
    assert Theme(scale=160).stacked and not Theme(scale=150).stacked


@pytest.mark.parametrize("scale", [80, 100, 250])
def test_the_stylesheet_is_whole_and_mirrors(scale: int) -> None:
    for colours in COLOURS.values():
        sheet = stylesheet(colours, scale)
        assert "{" not in re.sub(r"\{[^{}]*\}", "", sheet)
        assert "font-family" not in sheet
        assert not re.search(r"(padding|margin|border)-(left|right)", sheet)


def test_a_button_is_as_high_as_a_finger_needs_at_every_size(qapp: QApplication) -> None:
    for scale in (80, 100, 200):
        Theme(scale=scale).apply()
        for made in (button("Print 3 pages", role="main"), button("Back", role="plain"), BigButton("Yes")):
            made.ensurePolished()
            assert made.sizeHint().height() >= round(36 * scale / 100)


def test_one_look_stands_for_the_application(qapp: QApplication) -> None:
    Theme(Appearance.DARK, 150, "ar").apply()
    assert current().mirrored
    assert qapp.font().pointSizeF() == pytest.approx(16.5)
    assert qapp.palette().window().color().name().upper() == COLOURS[Appearance.DARK].ground
    assert qapp.isRightToLeft()


@pytest.mark.parametrize("tag", [language.tag for language in LANGUAGES])
def test_every_language_can_write_its_own_name(qapp: QApplication, tag: str) -> None:
    name = next(language.autonym for language in LANGUAGES if language.tag == tag)
    font = fonts.font_for(tag)
    assert font.families()[0] == fonts.family(tag)
    raw = QRawFont.fromFont(font)
    assert raw.familyName() == fonts.family(tag)
    assert [letter for letter in name if letter != " " and not raw.supportsCharacter(ord(letter))] == []


def test_urdu_and_burmese_have_their_own_leading(qapp: QApplication) -> None:
    def leading(tag: str) -> float:
        font = fonts.font_for(tag)
        font.setPixelSize(100)
        return QFontMetricsF(font).lineSpacing() / 100

    assert fonts.family("ur") == "Fieldkit Nastaliq"
    assert fonts.family("ar") == fonts.family("fa_AF") == "Fieldkit Naskh"
    assert leading("ur") >= 1.9
    assert leading("my") >= 1.6
    assert leading("en") < 1.5


def test_fonts_load_one_by_one_until_all_are_there(qapp: QApplication) -> None:
    while fonts.load_next():
        pass
    assert not fonts.load_next()


def test_arrows_turn_round_and_other_drawings_do_not(qapp: QApplication) -> None:
    ink = COLOURS[Appearance.LIGHT].ink
    plain = {name: icons.picture(name, ink).toImage() for name in ("back", "lock")}
    Theme(language="ar").apply()
    assert icons.picture("back", ink).toImage() == plain["back"].flipped(Qt.Orientation.Horizontal)
    assert icons.picture("lock", ink).toImage() == plain["lock"]


def _grounds(appearance: Appearance) -> tuple[str, str, str]:
    colours = COLOURS[appearance]
    return colours.paper, colours.ground, colours.pressed
