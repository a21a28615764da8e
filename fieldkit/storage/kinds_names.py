"""Names that people told, taken out of finished interviews so that they can be looked up again.

Only facts that the codebook keeps at the post under these names are names; what a sealed class holds never comes
here, for it is in no payload that this reads (`storage/sealed`).
"""

from collections.abc import Iterator

from fieldkit.languages.names import LONGEST, skeleton
from fieldkit.storage.database import Value
from fieldkit.storage.shapes import Fields

LOOK, LOOKED_UP = "look", "name.looked_up"
"""That somebody looked a name up: no row is made of it, and no name stands in it (`services.search`)."""

Projected = tuple[str, tuple[Value, ...]]

TOLD_NAMES = ("name_told", "member_name", "carer_name", "guardian_name")
"""Facts that are somebody's name; `tests/content` looks for others in the codebook."""

MOST = 1024
"""Names of one interview that are kept for searching."""

TABLES: dict[str, tuple[str, ...]] = {"names": ("place", "case_id", "name", "skeleton")}


def names_of(case: str, facts: Fields) -> Iterator[Projected]:
    """A row for each name among `facts`; none where there is no case."""
    held = dict(facts.items())
    told = [value for name in TOLD_NAMES for value in held.get(name) or () if isinstance(value, str)]
    for place, name in enumerate(told[:MOST] if case else ()):
        yield "names", (place, case, name[:LONGEST], skeleton(name))
