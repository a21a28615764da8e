"""The shuffle of `randomize(nodes, seed)`: the same order for the same seed on every ODK engine.

Fisher-Yates from the inside out (each item is put at a drawn place among those before it), with Park and Miller's
generator ("Random number generators: good ones are hard to find", 1988): s' = 16807 s mod (2**31 - 1).
"""

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

from fieldkit.forms.expressions.values import Value, text_value

_MODULUS = 2_147_483_647
_FACTOR = 16_807
Item = TypeVar("Item")


def seed_of(value: Value, number: float) -> int:
    """A seed as a whole number: numbers lose their fraction, other text is hashed (ODK XForms, `randomize`)."""
    if math.isfinite(number):
        return int(number)
    text = text_value(value)
    if text == "" or not isinstance(value, str | list):
        return 0
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def shuffled(items: Sequence[Item], seed: int) -> list[Item]:
    """`items` in the order of `seed`."""
    state = int(math.fmod(seed, _MODULUS)) if abs(seed) < 2**53 else _remainder(seed)
    if state <= 0:
        state += _MODULUS - 1
    order: list[Item] = []
    for item in items:
        state = state * _FACTOR % _MODULUS
        chosen = int((state - 1) / (_MODULUS - 1) * (len(order) + 1))
        if chosen == len(order):
            order.append(item)
        else:
            order.append(order[chosen])
            order[chosen] = item
    return order


def _remainder(seed: int) -> int:
    """The remainder with the sign of the seed, as the reference engines' language computes it."""
    return int(math.copysign(abs(seed) % _MODULUS, seed))
