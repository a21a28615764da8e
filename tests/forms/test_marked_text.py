"""The marks that authors put into the texts of their forms, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.forms.marked_text import MarkedLine, Span, lines, plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("A **very** important *word*", "A very important word"),
        ("__Stop__ and _listen_", "Stop and listen"),
        ("# Heading", "Heading"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ('Going <span style="color:red">red</span>', "Going red"),
        ("See [the page](https://example.org/a_b)", "See the page"),
        (r"a \*star\* and an \_underline\_", "a *star* and an _underline_"),
        ("Tom &amp; Ana&nbsp;B", "Tom & Ana\xa0B"),
        # what is no mark
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("family_name_of_child", "family_name_of_child"),
        ("Name *", "Name *"),
        ("Dial *123#", "Dial *123#"),
        ("#1 of 3", "#1 of 3"),
        ("a < b and c > d", "a < b and c > d"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("** not closed", "** not closed"),
        ("[not a link] (really)", "[not a link] (really)"),
        ("_begins here\nends there_", "_begins here\nends there_"),
    ],
)
def test_what_is_read_of_a_text(written: str, read: str) -> None:
    assert plain(written) == read


def test_what_is_strong_and_what_is_a_heading_is_known() -> None:
    assert lines("## One *two* **three**\nfour") == (
        MarkedLine((Span("One "), Span("two", emphasis=True), Span(" "), Span("three", strong=True)), 2),
        MarkedLine((Span("four"),)),
    )


# Laws


@given(st.text(alphabet="ab *_#<>/br&;\\[]()\n", max_size=60))
def test_no_letter_is_invented(text: str) -> None:
    read = plain(text).replace("\xa0", " ")
    assert sum(read.count(letter) for letter in "ab") <= sum(text.count(letter) for letter in "ab")


@given(st.text(alphabet=st.characters(exclude_characters="*_#<&\\["), max_size=60))
def test_a_text_without_signs_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


def test_a_long_row_of_openings_is_read_in_bounded_time() -> None:
    assert plain("**a " * 1200).startswith("**a")
    assert plain("[a" * 100_000).startswith("[a")
