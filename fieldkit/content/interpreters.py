"""Interpreters of several posts, as a pack brings them: a code, languages, the office and how to reach it (R-197).

Least data: no name, no sex, no number of a person. Who it is knows the office that is called.
"""

from dataclasses import dataclass

from fieldkit.content.codebook import Codebook
from fieldkit.content.tables import read_table
from fieldkit.domain.shelf import Folder, Shelf

TABLE = "directory/interpreters.csv"
COLUMNS = ("code", "languages", "office", "reach")


@dataclass(frozen=True, slots=True)
class Pooled:
    """Somebody who interprets for another post: whom to call, and which code to ask for."""

    code: str
    languages: tuple[str, ...]
    office: str
    reach: str


def load(folder: Folder, codebook: Codebook) -> tuple[Pooled, ...]:
    """The list of a pack; empty where it brings none. Raises ContentFault."""
    if not isinstance(folder, Shelf) or TABLE not in folder.over:
        return ()
    known = frozenset(choice.name for choice in codebook.lists.get("languages", ()))
    rows = read_table(folder / "directory" / "interpreters.csv", COLUMNS, key=("code", "office"))
    return tuple(
        Pooled(row.needed("code"), row.names("languages", known), row.needed("office"), row.needed("reach"))
        for row in rows
    )
