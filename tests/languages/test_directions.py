"""A line runs as its language does, whatever name or number it begins with."""

import pytest
from icu import Bidi, UnicodeString

from fieldkit.languages.direction import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK, in_direction
from fieldkit.languages.isolates import isolate_words

BY_THE_FIRST_LETTER = 0xFE
"""ICU: the direction of the first letter outside isolates; none is left to right, as a label takes it."""


@pytest.mark.parametrize(
    ("text", "tag", "rtl"),
    [
        (f"{isolate_words('فوراً')}: {isolate_words('1')}", "ar", True),
        (f"{isolate_words('Officer One')}، كل الأدوار", "ar", True),
        ("Soomaali · لم تُجرَ المقابلة بعد", "ar", True),
        ("5 أشخاص", "ar", True),
        ("River post (invented)", "ar", False),
        ("العربية · not screened yet", "en", False),
        ("العربية", "en", True),
        (f"{isolate_words('العربية')}: 3", "en", False),
        ("", "ar", False),
    ],
)
def test_a_line_runs_as_its_language_does(text: str, tag: str, rtl: bool) -> None:
    bidi = Bidi()
    bidi.setPara(UnicodeString(in_direction(text, tag)), BY_THE_FIRST_LETTER)
    assert bool(bidi.getParaLevel()) is rtl
    assert in_direction(text, tag).strip(LEFT_TO_RIGHT_MARK + RIGHT_TO_LEFT_MARK) == text


def test_what_runs_rightly_is_left_as_it_is() -> None:
    assert in_direction("في الانتظار: 5", "ar") == "في الانتظار: 5"
    assert in_direction("Waiting: 5", "en") == "Waiting: 5"
