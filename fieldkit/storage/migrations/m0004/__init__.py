"""Schema 4: the desk (queue, households, documents, assistance), what counsellors keep, sealed answers that travel.

One file a topic; the order is that in which they are executed, and none needs another.
"""

STATEMENTS: tuple[str, ...] = ()
"""All topics together."""

PROJECTIONS: tuple[str, ...] = ()
"""Those of them that make tables which are rebuilt from the journal."""
