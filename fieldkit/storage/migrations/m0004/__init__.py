"""Schema 4: the desk (queue, households, documents, assistance), what counsellors keep, sealed answers that travel.

One file a topic; the order is that in which they are executed, and none needs another.
"""

from fieldkit.storage.migrations.m0004 import desk, library, papers, sealed_office, told

STATEMENTS: tuple[str, ...] = (
    desk.STATEMENTS + sealed_office.STATEMENTS + told.STATEMENTS + papers.STATEMENTS + library.STATEMENTS
)
"""All topics together."""

PROJECTIONS: tuple[str, ...] = (
    desk.PROJECTIONS + sealed_office.PROJECTIONS + told.PROJECTIONS + papers.PROJECTIONS + library.PROJECTIONS
)
"""Those of them that make tables which are rebuilt from the journal."""
