"""The lines of a repeat, each made when it is looked at: a thousand rows are not read to show six.

Equal lines look the same: `stamp` is another one as soon as anything in a row of the repeat was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import overload


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row of a repeat: its reference, its number, and the first answers in it."""

    ref: str
    number: int
    summary: str


class RowLines(Sequence[RowLine]):
    """`numbers` are those of the rows that are there; `summary` reads the first answers of one."""

    def __init__(
        self, repeat: str, numbers: Sequence[int], stamp: int, summary: Callable[[int], str]
    ) -> None:
        self._key = (repeat, tuple(numbers), stamp)
        self._summary = summary
        self._made: dict[int, RowLine] = {}

    def __len__(self) -> int:
        return len(self._key[1])

    @overload
    def __getitem__(self, place: int) -> RowLine: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[RowLine]: ...
    def __getitem__(self, place: int | slice) -> RowLine | Sequence[RowLine]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        repeat, numbers, _ = self._key
        number = numbers[place]
        if number not in self._made:
            self._made[number] = RowLine(f"{repeat}[{number}]", number, self._summary(number))
        return self._made[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowLines) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    def place_of(self, ref: str) -> int:
        """Where a row stands, from 0; -1 when it is not there."""
        repeat, numbers, _ = self._key
        above, _, number = ref.rpartition("[")
        if above != repeat or not number.endswith("]"):
            return -1
        return numbers.index(int(number[:-1])) if int(number[:-1]) in numbers else -1
