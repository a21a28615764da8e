"""Looking somebody up by name: as it was written, or as it may have been spelled (`languages/names`).

1. What was typed is never a query: its words are quoted, and each is looked for from its beginning.
2. Names that begin as they were typed come first, then those that only sound alike.
3. What was purged or erased is not found, and its words stand nowhere (`migrations/m0003/names`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from fieldkit.languages.names import skeleton
from fieldkit.storage.database import Database

MOST_WORDS: Final = 6
_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST_SKELETON: Final = 2
_FOUND: Final = """
    SELECT names.case_id, names.name FROM names_found
    JOIN names ON names.entry = names_found.rowid / 4096 AND names.place = names_found.rowid % 4096
    WHERE names_found MATCH ? LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A case in which a name was told."""

    case: str
    name: str


def look_up(database: Database, typed: str, limit: int = 30) -> tuple[Named, ...]:
    """At most `limit` cases with a name that begins like each word typed (rule 2); each case once."""
    found: dict[str, Named] = {}
    for query in _queries(typed):
        # A case may hold several names, and the second query finds again what the first one did.
        for case, name in database.rows(_FOUND, (query, limit * 2)):
            found.setdefault(case, Named(case, name))
            if len(found) == limit:
                return tuple(found.values())
    return tuple(found.values())


def _queries(typed: str) -> Iterator[str]:
    words = _WORD.findall(typed)[:MOST_WORDS]
    if words:
        yield " AND ".join(f'name:"{word}" *' for word in words)
    skeletons = [word for word in skeleton(typed).split()[:MOST_WORDS] if len(word) >= _SHORTEST_SKELETON]
    if skeletons:
        yield " AND ".join(f'skeleton:"{word}" *' for word in skeletons)
