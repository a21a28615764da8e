"""Schema 3: sealed classes, receipts and what may go, answers that differ, names to search.

One file a topic; the order is that in which they are executed, and none needs another.
"""

from fieldkit.storage.migrations.m0003 import sealed

STATEMENTS: tuple[str, ...] = sealed.STATEMENTS
"""All topics together."""
