"""A target of the fuzzer, and the changes that turn an input into its neighbour."""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785

Run = Callable[[bytes], None]
Mutate = Callable[[bytes, bytes, random.Random], bytes]

_NUMBERS = (0, 1, -1, 2**31, 2**53, 2**63, 999_999_999_999)
_TEXTS = ("", "\x00", "../..", "\u202e", "a" * 300, "0" * 64, "age1", "1e9", "2026-02-30", "\ud7ff", "NaN")


@dataclass(frozen=True)
class Target:
    """`run` takes bytes and returns; whatever else it raises is a finding. `mutate` makes neighbours of `seeds`,
    none longer than `most` bytes."""

    run: Run
    seeds: Callable[[], Sequence[bytes]]
    mutate: Mutate
    most: int = 64 * 1024

    def neighbour(self, content: bytes, other: bytes, chance: random.Random) -> bytes:
        """A neighbour of `content`, perhaps with a part of `other`."""
        return self.mutate(content, other, chance)[: self.most]


def of_bytes(words: Sequence[bytes]) -> Mutate:
    """Changes that know no more of the format than some of its words."""

    def mutate(content: bytes, other: bytes, chance: random.Random) -> bytes:
        for _ in range(1 + chance.randrange(4)):
            content = changed(content, other, chance, words)
        return content

    return mutate


def changed(content: bytes, other: bytes, chance: random.Random, words: Sequence[bytes]) -> bytes:
    """One change: cut, doubled, a word put in or over, a part of another, a byte."""
    start, end = sorted((chance.randrange(len(content) + 1), chance.randrange(len(content) + 1)))
    match chance.randrange(6):
        case 0:
            return content[:start] + content[end:]
        case 1:
            return content[:end] + content[start:end] + content[end:]
        case 2:
            return content[:start] + chance.choice(words) + content[start:]
        case 3:
            first, last = sorted((chance.randrange(len(other) + 1), chance.randrange(len(other) + 1)))
            return content[:start] + other[first:last] + content[end:]
        case 4:
            return content[:start] + chance.choice(words) + content[end:]
        case _:
            return content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :]


def of_json(words: Sequence[bytes]) -> Mutate:
    """Changes to the values of a canonical JSON text, so that it mostly stays one; sometimes to its bytes."""
    plain = of_bytes(words)

    def mutate(content: bytes, other: bytes, chance: random.Random) -> bytes:
        if chance.random() < 0.2:
            return plain(content, other, chance)
        try:
            value, donor = json.loads(content), json.loads(other)
            for _ in range(1 + chance.randrange(3)):
                value = _value(value, donor, chance)
            return rfc8785.dumps(value)
        except (ValueError, RecursionError, rfc8785.CanonicalizationError):
            return plain(content, other, chance)

    return mutate


def _value(value: Any, donor: Any, chance: random.Random) -> Any:
    """One change somewhere inside."""
    if isinstance(value, dict) and value and chance.random() < 0.85:
        key = chance.choice(sorted(value))
        changed_at = {**value, key: _value(value[key], donor, chance)}
        match chance.randrange(8):
            case 0:
                return {name: held for name, held in value.items() if name != key}
            case 1:
                return {**value, chance.choice(_TEXTS): value[key]}
            case _:
                return changed_at
    if isinstance(value, list) and value and chance.random() < 0.85:
        place = chance.randrange(len(value))
        match chance.randrange(6):
            case 0:
                return value[:place] + value[place + 1 :]
            case 1:
                return [*value, value[place]]
            case _:
                return [*value[:place], _value(value[place], donor, chance), *value[place + 1 :]]
    return _leaf(value, donor, chance)


def _leaf(value: Any, donor: Any, chance: random.Random) -> Any:
    match chance.randrange(8):
        case 0:
            return chance.choice(_NUMBERS)
        case 1:
            return chance.choice(_TEXTS)
        case 2:
            return chance.choice((None, True, False, [], {}))
        case 3:
            return donor
        case 4 if isinstance(value, str) and value:
            place = chance.randrange(len(value))
            return value[:place] + chance.choice("0aZ-/\u0661\u200f") + value[place + 1 :]
        case 5 if isinstance(value, str):
            return value.upper()
        case 6 if type(value) is int:
            return value + chance.choice((-1, 1))
        case _:
            return [value]
