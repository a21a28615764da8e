"""Lines: what stands on each, in which order from left to right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.direction import is_rtl
from fieldkit.leaflets import bidi
from fieldkit.leaflets.embedded import texts, words
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.fonts import shipped
from fieldkit.leaflets.lines import Line, set_line, set_lines
from fieldkit.leaflets.text import passage
from tests.leaflets.samples import PHONE, SENTENCES, runs

RIGHT_TO_LEFT = [language for language in SENTENCES if is_rtl(language)]


def seen(line: Line) -> str:
    """The characters of a line from left to right, as the eye meets their glyphs."""
    return "".join(text for run in line.runs for text in texts(run.run))


def positions(line: Line, wanted: str) -> list[float]:
    """The x of each glyph whose text is a character of `wanted`, in reading order of the text."""
    found: list[tuple[int, float]] = []
    for placed in line.runs:
        x = placed.x
        for glyph in placed.run.glyphs:
            character = placed.run.text[glyph.cluster]
            if character in wanted:
                found.append((placed.run.start + glyph.cluster, x))
            x += glyph.advance * placed.size / placed.run.font.units
    return [x for _, x in sorted(found)]


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_phone_number_keeps_its_order_in_right_to_left_text(language: str) -> None:
    line = set_line(passage(runs(SENTENCES[language]), language, shipped()), 11)
    digits = positions(line, "+0123456789")
    assert len(digits) == len(PHONE.replace(" ", ""))
    assert digits == sorted(digits)
    assert PHONE.replace(" ", "\u00a0") in seen(line)


@pytest.mark.parametrize(
    "number", [PHONE, "08:00 - 18:00", "7KQ2-M4TX-0WRH", "(0)20 7946 0000", "112", "fieldkit.org/help"]
)
@pytest.mark.parametrize("language", ["ar", "ur"])
def test_an_atomic_number_of_any_kind_keeps_its_order(number: str, language: str) -> None:
    word = SENTENCES[language].split(" ")[0]
    made = passage((*runs(word + " "), *runs(number, atomic=True), *runs(" " + word)), language, shipped())
    assert number.replace(" ", "\u00a0") in seen(set_line(made, 11))


@pytest.mark.parametrize("number", ["٠٧٩-١٢٣-٤٥٦", "٠٨:٠٠ - ١٨:٠٠", "٠٨:٠٠–١٨:٠٠", "٠٧٩ ١٢٣ ٤٥٦"])
def test_numbers_of_native_digits_keep_their_order(number: str) -> None:
    line = set_line(passage(runs(f"اتصل بالرقم {number} الآن"), "ar", shipped()), 11)
    digits = positions(line, "٠١٢٣٤٥٦٧٨٩")
    assert digits == sorted(digits)


def test_words_of_right_to_left_text_run_to_the_left() -> None:
    line = set_line(passage(runs("اطلب مترجم"), "ar", shipped()), 11)
    starts = positions(line, "طم")
    assert starts == sorted(starts, reverse=True)


def test_no_line_is_wider_than_its_room() -> None:
    for language, text in SENTENCES.items():
        for line in set_lines(passage(runs(text * 3), language, shipped()), 150, 11):
            assert line.width <= 150.01


def test_a_word_wider_than_the_line_is_cut_at_letters() -> None:
    lines = set_lines(passage(runs("Donaudampfschifffahrtsgesellschaft"), "de", shipped()), 60, 11)
    assert len(lines) > 1
    assert all(line.width <= 60.01 for line in lines)
    assert "".join(line.text for line in lines) == "Donaudampfschifffahrtsgesellschaft"


def test_a_forced_line_end_is_kept() -> None:
    lines = set_lines(passage(runs("one\n\ntwo"), "en", shipped()), 300, 11)
    assert [line.text.strip() for line in lines] == ["one", "", "two"]


def test_a_line_of_a_urdu_paragraph_has_room() -> None:
    first, second, *_ = set_lines(passage(runs(SENTENCES["ur"] * 4), "ur", shipped()), 200, 10)
    assert second.height == pytest.approx(19)
    assert first.height > second.height


# Laws

PIECES = st.lists(
    st.sampled_from(sorted({word for text in SENTENCES.values() for word in text.split(" ")})), max_size=12
)


@given(PIECES, st.sampled_from(list(SENTENCES)), st.floats(min_value=5, max_value=300))
def test_the_runs_hold_the_whole_text(pieces: list[str], language: str, width: float) -> None:
    made = passage(runs(" ".join(pieces)), language, shipped())
    lines = set_lines(made, width, 11)
    assert "".join(line.text for line in lines) == made.text
    for line in lines:
        drawn = sorted((placed.run for placed in line.runs), key=lambda run: run.start)
        recovered = "".join(run.text for run in drawn)
        visible = "".join(one for one in line.text if one not in bidi.CONTROLS)
        assert recovered == visible.rstrip(" ") or recovered == visible


@given(PIECES, st.sampled_from(list(SENTENCES)))
def test_the_glyphs_of_a_run_stand_for_its_whole_text(pieces: list[str], language: str) -> None:
    line = set_line(passage(runs(" ".join(pieces)), language, shipped()), 11)
    for placed in line.runs:
        parts = texts(placed.run)
        assert "".join(parts if not placed.run.rtl else reversed(parts)) == placed.run.text
        if not placed.run.rtl:
            assert "".join(said for said, _ in words(placed.run)) == placed.run.text


@given(st.text(max_size=50), st.sampled_from(list(SENTENCES)), st.floats(min_value=1, max_value=200))
def test_any_text_is_set_or_refused(text: str, language: str, width: float) -> None:
    made = passage(runs(text), language, shipped())
    try:
        lines = set_lines(made, width, 11)
    except LeafletFault as refused:
        assert refused.code == "leaflet.missing_glyph"
        return
    assert "".join(line.text for line in lines) == made.text
    for line in lines:
        held = sum(line.start < end <= line.end for end in made.clusters)
        assert line.width <= width + 0.01 or held == 1
