"""Schema 3: sealed classes, receipts and what may go, answers that differ, names to search, what comes home.

One file a topic; the order is that in which they are executed, and none needs another.
"""

from fieldkit.storage.migrations.m0003 import conflicts, homeward, names, receipts, sealed, shares, trust

STATEMENTS: tuple[str, ...] = (
    sealed.STATEMENTS
    + conflicts.STATEMENTS
    + names.STATEMENTS
    + receipts.STATEMENTS
    + trust.STATEMENTS
    + shares.STATEMENTS
    + homeward.STATEMENTS
)
"""All topics together."""

PROJECTIONS: tuple[str, ...] = (
    conflicts.PROJECTIONS
    + names.PROJECTIONS
    + receipts.PROJECTIONS
    + trust.PROJECTIONS
    + shares.PROJECTIONS
    + homeward.PROJECTIONS
)
"""Those of them that make tables which are rebuilt from the journal."""
