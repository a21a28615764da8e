"""Identifiers say nothing, and can be read aloud."""

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.domain.ids import is_id, new_id, spoken_number


class Fixed:
    def __init__(self, content: bytes) -> None:
        self.content = content

    def bytes(self, count: int) -> bytes:
        return self.content[:count]


@given(st.binary(min_size=16, max_size=16))
def test_an_identifier_is_the_randomness_and_nothing_else(content: bytes) -> None:
    identifier = new_id(Fixed(content))
    assert is_id(identifier)
    assert bytes.fromhex(identifier) == content


@given(st.binary(min_size=16, max_size=16))
def test_the_spoken_number_has_no_letters_that_are_misheard(content: bytes) -> None:
    number = spoken_number(content.hex())
    assert len(number) == 9
    assert number[4] == "-"
    assert not set(number) & set("ILOU")


@given(st.integers(0, 2**40 - 1), st.integers(0, 2**40 - 1))
def test_different_beginnings_have_different_numbers(one: int, other: int) -> None:
    numbers = [spoken_number(value.to_bytes(5, "big").hex() + "0" * 22) for value in (one, other)]
    assert (numbers[0] == numbers[1]) == (one == other)


def test_what_is_not_an_identifier_is_told_apart() -> None:
    assert not any(is_id(text) for text in ("", "0" * 31, "G" * 32, "0" * 33, "A" * 32))
