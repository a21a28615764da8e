"""Numbers keep their order in right-to-left text. ICU says how a line will look."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icu import Bidi, UnicodeString

from fieldkit.languages.isolates import (
    FSI,
    LRI,
    LRM,
    NO_BREAK_SPACE,
    PDI,
    isolate,
    isolate_numbers,
    isolate_words,
    without_isolates,
)

CALL = "اتصل بالرقم {} الآن"


def shown(text: str) -> str:
    """The line as it stands on paper, read from left to right; invisible characters left out."""
    bidi = Bidi()
    bidi.setPara(UnicodeString(text), 1)
    line = str(bidi.writeReordered(0))
    return "".join(one for one in line if one not in (LRI, PDI, LRM)).replace(NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(
    "number",
    [
        "+33 1 42 34 56 78",
        "+251911234567",
        "0800 123 456",
        "(+967) 1 234 567",
        "00 252 61 555 01 99",
        "1-800-555-0199",
        "116 111",
        "٠١٢-٣٤٥ ٦٧٨",
        "+٩٦٧ ٧٧٧ ١٢٣ ٤٥٦",
        "۰۱۲ ۳۴۵ ۶۷۸۹",
        "7KQ2-M0XD",
        "8:00 - 16:00",
        "08:30–12:15",
        "12–17",
        "2026-11-21",
        "21/11/2026",
        "2026-11-21T03:10:00+03:00",
        "3/4",
        "https://example.org/a?b=1-2",
        "help@example.org",
    ],
)
def test_a_number_in_arabic_text_reads_as_it_was_written(number: str) -> None:
    """Also the ones that turn round without isolation; see the next test."""
    text = isolate_numbers(CALL.format(number))
    assert LRI in text
    assert number in shown(text)


@pytest.mark.parametrize("number", ["+33 1 42 34 56 78", "8:00 - 16:00", "2026-11-21"])
def test_without_isolation_the_same_number_is_wrong(number: str) -> None:
    assert number not in shown(CALL.format(number))


@pytest.mark.parametrize(
    "text",
    ["I am 17.", "In 2024 15 people came.", "C04 and L01", "e.g. two", "Nothing here", "", "عمري ١٧ سنة"],
)
def test_what_keeps_its_order_by_itself_is_left_alone(text: str) -> None:
    assert isolate_numbers(text) == text


@pytest.mark.parametrize(
    "kept", ["{{phone 12-34 56}}", "${a-1 2 3}", "{name}", f"{LRI}1 2{PDI}", f"{FSI}1-2{PDI}"]
)
def test_placeholders_and_isolates_stay_as_they_are(kept: str) -> None:
    assert isolate_numbers(f"see {kept}.") == f"see {kept}."


def test_the_sentence_around_a_number_stays_outside() -> None:
    assert isolate_numbers("Call 0800 123 456.") == f"Call {isolate('0800 123 456')}."
    assert isolate_numbers("See www.example.org, please") == f"See {isolate('www.example.org')}, please"
    assert isolate_numbers("Case 7KQ2-M0XD, 03:10") == f"Case {isolate('7KQ2-M0XD')}, {isolate('03:10')}"


def test_a_number_does_not_break_over_two_lines() -> None:
    assert isolate("+33 1 42") == f"{LRI}+33{NO_BREAK_SPACE}1{NO_BREAK_SPACE}42{PDI}"


def test_a_name_keeps_its_own_direction_and_its_spaces() -> None:
    assert isolate_words("Amina Example") == f"{FSI}Amina Example{PDI}"
    assert isolate_words(isolate("1-2")) == isolate("1-2")


SENTENCES = st.text(
    alphabet=st.sampled_from("ab بت 0123456789٠١٢۰+-–:/.,()@KQ{}$" + NO_BREAK_SPACE), max_size=60
)


@given(SENTENCES)
def test_isolation_changes_nothing_that_can_be_read(text: str) -> None:
    assert without_isolates(isolate_numbers(text)) == without_isolates(text)


@given(SENTENCES)
@example("0)0+0")
def test_twice_is_as_once(text: str) -> None:
    once = isolate_numbers(text)
    assert isolate_numbers(once) == once


@given(SENTENCES)
def test_isolates_are_opened_and_closed_and_hold_no_breaking_space(text: str) -> None:
    isolated = isolate_numbers(text)
    assert isolated.count(LRI) == isolated.count(PDI)
    for piece in isolated.split(LRI)[1:]:
        assert " " not in piece.split(PDI)[0]


GROUPING = st.lists(st.text(alphabet="0123456789", min_size=2, max_size=4), min_size=3, max_size=6)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@given(GROUPING, st.sampled_from(" -./"), st.booleans())
def test_every_grouping_of_digits_keeps_its_order(groups: list[str], between: str, plus: bool) -> None:
    number = ("+" if plus else "") + between.join(groups)
    assert number in shown(isolate_numbers(CALL.format(number)))


@given(GROUPING, st.sampled_from(" -./"))
def test_arabic_digits_keep_their_groups_too(groups: list[str], between: str) -> None:
    number = between.join(groups).translate(ARABIC)
    assert number in shown(isolate_numbers(CALL.format(number)))
