"""How a function of the form language is described: one row a function, families in their own files.

`takes` spells the arguments: `s` text, `n` number, `b` truth, `v` any value, `N` nodes; the last letter
counts for every further argument. `gives` is the kind of the answer by the same letters, `m` for a moment.
`call(environment, *arguments)` answers; with `here`, `call(environment, node, *arguments)`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ANY_NUMBER = 1_000


@dataclass(frozen=True, slots=True)
class Function:
    """One row of the table. `call` is None for the few that the compiler builds itself (lazy arguments)."""

    name: str
    least: int
    most: int
    takes: str
    gives: str
    call: Callable[..., Any] | None
    here: bool = False
    changes: bool = False
    """Whether two calls may differ with nothing changed (clock, chance)."""


def row(
    name: str,
    counts: tuple[int, int],
    takes: str,
    gives: str,
    call: Callable[..., Any] | None,
    *,
    here: bool = False,
    changes: bool = False,
) -> Function:
    """A row of the table; `counts` are the least and the greatest number of arguments."""
    return Function(name, counts[0], counts[1], takes, gives, call, here, changes)
