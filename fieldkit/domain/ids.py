"""Identifiers: random, without meaning, short enough to read on a slip.

An identifier says nothing about who, where or when (requirement R-164): 128 random bits, written as
32 lower-case hexadecimal digits. What a person reads aloud is the *number*: the first ten digits' worth
of bits in Crockford's base 32 (no I, L, O, U), grouped by four.
"""

from fieldkit.domain.ports import Randomness

ID_BYTES = 16
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_NUMBER_LENGTH = 8
_MISREAD = str.maketrans("OIL", "011")


def new_id(randomness: Randomness) -> str:
    """A fresh identifier: 32 lower-case hexadecimal digits."""
    return randomness.bytes(ID_BYTES).hex()


def is_id(text: str) -> bool:
    """Whether `text` has the shape of an identifier."""
    return len(text) == ID_BYTES * 2 and all(c in "0123456789abcdef" for c in text)


def spoken_number(identifier: str) -> str:
    """The number that stands for `identifier` on paper and in the queue, such as `7KQ2-M0XD` (40 bits)."""
    value = int(identifier[:10], 16)
    digits = [_CROCKFORD[(value >> (5 * place)) & 31] for place in reversed(range(_NUMBER_LENGTH))]
    return "".join(digits[:4]) + "-" + "".join(digits[4:])


def number_bytes(number: str) -> bytes:
    """The 40 bits of a number such as `7KQ2-M0XD`, as five bytes. Raises ValueError for anything else."""
    letters = number.replace("-", "")
    if len(letters) != _NUMBER_LENGTH:
        raise ValueError("no number")
    value = 0
    for letter in letters:
        value = value << 5 | _CROCKFORD.index(letter)
    return value.to_bytes(5, "big")


def number_of_bytes(content: bytes) -> str:
    """The number of five bytes."""
    return spoken_number(content.hex())


def typed_number(text: str) -> str:
    """The beginning of a number as it was heard or read: small letters, spaces, O for zero, I and L for one.

    Empty where something stands in it that no number has.
    """
    letters = "".join(text.split()).replace("-", "").upper().translate(_MISREAD)
    if len(letters) > _NUMBER_LENGTH or not set(letters) <= set(_CROCKFORD):
        return ""
    return letters if len(letters) <= 4 else f"{letters[:4]}-{letters[4:]}"
