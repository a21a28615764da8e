"""Names in different spellings and scripts are found under one skeleton. All names are invented or everybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.languages.names import skeleton

SPELLINGS = (
    ("Mohammed", "Muhamad", "Mahammad", "محمد", "Мухаммад"),
    ("Yusuf", "Yousef", "Yousuf", "يوسف"),
    ("Othman", "Uthman", "عثمان"),
    ("Ahmed", "Ahmad", "أحمد", "احمد"),
    ("Abraham Tesfay", "አብርሃም ተስፋይ", "Abreham Tesfai"),
    ("Aleksandr", "Oleksandr", "Александр", "Alexandr"),
    ("Zoe", "Zoë", "ZOE"),
    ("Khadija", "Kadija", "خديجه", "خديجة"),
    ("Sara", "Sarah", "سارة"),
    ("Chen Da Wen", "陳大文"),
)
OTHERS = (("Mohammed", "Hamid"), ("Amina", "Maryam"), ("Tesfay", "Kebede"), ("Yusuf", "Yunis"))


@pytest.mark.parametrize("spellings", SPELLINGS, ids=[row[0] for row in SPELLINGS])
def test_one_name_in_many_spellings_has_one_skeleton(spellings: tuple[str, ...]) -> None:
    assert len({skeleton(one) for one in spellings}) == 1, [skeleton(one) for one in spellings]


@pytest.mark.parametrize("names", OTHERS)
def test_different_names_stay_different(names: tuple[str, str]) -> None:
    assert skeleton(names[0]) != skeleton(names[1])


def test_a_script_without_latin_letters_keeps_its_own() -> None:
    assert skeleton("សុខា") != ""
    assert skeleton("1234 -") == ""


@given(st.text(max_size=300))
def test_any_text_has_one_and_the_same_again(text: str) -> None:
    found = skeleton(text)
    assert found == skeleton(text)
    assert "  " not in found
