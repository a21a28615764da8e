"""What is worked out of a text before it is set: order, scripts, break places, fonts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.document import Run
from fieldkit.leaflets import bidi, breaks, scripts
from fieldkit.leaflets.faults import LeafletFault
from fieldkit.leaflets.fonts import shipped
from fieldkit.leaflets.lines import set_line
from fieldkit.leaflets.text import passage
from tests.leaflets.samples import PHONE, SENTENCES, runs

TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(list(SENTENCES.values())), max_size=3).map(" ".join)
)
LANGUAGES = st.sampled_from(list(SENTENCES))


def test_thai_breaks_between_words_without_spaces() -> None:
    text = "ความช่วยเหลือนี้ไม่เสียค่าใช้จ่าย"
    ends, _ = breaks.opportunities(text, "th")
    assert [text[start:end] for start, end in zip((0, *ends), ends, strict=False)] == [
        "ความ",
        "ช่วย",
        "เหลือ",
        "นี้",
        "ไม่",
        "เสีย",
        "ค่า",
        "ใช้",
        "จ่าย",
    ]


@pytest.mark.parametrize("language", ["km", "my", "lo"])
def test_scripts_without_spaces_break_inside_a_phrase(language: str) -> None:
    phrase = max(SENTENCES[language].split(" "), key=len)
    ends, _ = breaks.opportunities(phrase, language)
    assert len(ends) > 2


def test_a_phone_number_is_never_broken() -> None:
    made = passage(runs(f"Call {PHONE} now"), "en", shipped())
    inside = range(made.text.index("+"), made.text.index("78"))
    assert not set(made.ends) & set(inside)


def test_an_atomic_run_is_isolated_and_whole() -> None:
    made = passage(runs("12 34", atomic=True), "ar", shipped())
    assert made.text == "\u206612\u00a034\u2069"
    assert made.ends == (len(made.text),)
    assert [stretch.level for stretch in made.stretches] == [2]


def test_brackets_are_drawn_by_one_font() -> None:
    text = "مكتب (UNHCR) هنا"
    resolved = scripts.resolve(text, "ar")
    assert resolved[text.index("(")] == resolved[text.index(")")] == "Arab"
    assert resolved[text.index("U")] == "Latn"


def test_the_arabic_comma_stays_arabic_after_a_latin_word() -> None:
    text = "UNHCR، هنا"
    assert scripts.resolve(text, "ar")[text.index("،")] == "Arab"


def test_urdu_is_drawn_in_nastaliq_and_arabic_in_naskh() -> None:
    library = shipped()
    assert library.main_font("ur").family == "Fieldkit Nastaliq"
    assert library.main_font("ar").family == "Fieldkit Naskh"
    assert library.main_font("fa_AF", bold=True).file == "FieldkitNaskh-Bold.ttf"


def test_a_sign_the_script_font_lacks_comes_from_another() -> None:
    made = passage(runs("☐ ሓገዝ"), "ti", shipped())
    assert [stretch.font.family for stretch in made.stretches] == ["Fieldkit Symbols", "Fieldkit Ethiopic"]


def test_nepali_is_shaped_with_its_own_letter_forms() -> None:
    text = "झण्डा"
    forms = {}
    for language in ("ne", "hi"):
        line = set_line(passage(runs(text), language, shipped()), 11)
        forms[language] = [glyph.id for run in line.runs for glyph in run.run.glyphs]
    assert forms["ne"] != forms["hi"]


def test_letters_join_over_a_change_of_weight() -> None:
    together = set_line(passage((Run("مسا"), Run("عدة", bold=True)), "ar", shipped()), 11)
    alone = set_line(passage(runs("عدة", bold=True), "ar", shipped()), 11)
    bold = next(run.run for run in together.runs if run.run.font.weight == 700)
    assert [glyph.id for glyph in bold.glyphs] == [glyph.id for glyph in alone.runs[0].run.glyphs]
    joined = set_line(passage((Run("بب"), Run("بب", bold=True)), "ar", shipped()), 11)
    first_bold = next(run.run for run in joined.runs if run.run.font.weight == 700).glyphs
    isolated = set_line(passage(runs("بب", bold=True), "ar", shipped()), 11).runs[0].run.glyphs
    assert [glyph.id for glyph in first_bold] != [glyph.id for glyph in isolated]


def test_a_character_without_a_glyph_is_refused_by_name() -> None:
    with pytest.raises(LeafletFault) as refused:
        set_line(passage(runs("free 😀 help"), "en", shipped()), 11)
    assert refused.value.code == "leaflet.missing_glyph"
    assert refused.value.data == {"character": "U+1F600", "name": "GRINNING FACE"}


def test_half_a_character_is_refused() -> None:
    with pytest.raises(LeafletFault) as refused:
        passage(runs("a\ud83d"), "en", shipped())
    assert refused.value.data["character"] == "U+D83D"


def test_every_letter_of_the_samples_has_a_glyph_in_both_weights() -> None:
    for language, text in SENTENCES.items():
        for bold in (False, True):
            line = set_line(passage(runs(text, bold=bold), language, shipped()), 11)
            assert line.width > 100


# Laws


@given(st.lists(st.integers(min_value=0, max_value=8), max_size=20))
def test_visual_order_is_a_permutation(line: list[int]) -> None:
    assert sorted(bidi.visual_order(line)) == list(range(len(line)))


@given(st.lists(st.integers(min_value=0, max_value=1), max_size=12).map(lambda levels: [0, *levels, 0]))
def test_a_left_to_right_line_keeps_its_ends(line: list[int]) -> None:
    order = bidi.visual_order(line)
    assert order[0] == 0
    assert order[-1] == len(line) - 1


@given(st.lists(st.sampled_from([1, 3]), min_size=1, max_size=12))
def test_a_right_to_left_line_is_turned_round(line: list[int]) -> None:
    if set(line) == {1}:
        assert bidi.visual_order(line) == tuple(reversed(range(len(line))))
    else:
        assert set(bidi.visual_order(line)) == set(range(len(line)))


@given(TEXTS, LANGUAGES)
def test_breaks_never_split_a_cluster(text: str, language: str) -> None:
    if not text:
        return
    ends, musts = breaks.opportunities(text, language)
    clusters = set(breaks.graphemes(text))
    assert set(ends) <= clusters | musts
    assert ends[-1] == len(text)
    assert list(ends) == sorted(set(ends))


@given(TEXTS, LANGUAGES)
def test_levels_and_scripts_are_given_to_every_character(text: str, language: str) -> None:
    assert len(bidi.levels(text, rtl=True)) == len(text)
    resolved = scripts.resolve(text, language)
    assert len(resolved) == len(text)
    assert not {"Zyyy", "Zinh"} & set(resolved)


@given(st.text(max_size=40), st.booleans())
def test_stretches_cover_all_but_the_controls(text: str, atomic: bool) -> None:
    made = passage((Run(text, atomic=atomic),), "ar", shipped())
    covered = {place for stretch in made.stretches for place in range(stretch.start, stretch.end)}
    assert covered == {place for place, one in enumerate(made.text) if one not in bidi.CONTROLS}
