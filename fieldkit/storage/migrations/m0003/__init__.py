"""Schema 3: sealed classes, receipts and what may go, answers that differ, names to search.

One file a topic; the order is that in which they are executed, and none needs another.
"""

from fieldkit.storage.migrations.m0003 import receipts, sealed

STATEMENTS: tuple[str, ...] = sealed.STATEMENTS + receipts.STATEMENTS
"""All topics together."""

PROJECTIONS: tuple[str, ...] = receipts.PROJECTIONS
"""Those of them that make tables which are rebuilt from the journal."""
