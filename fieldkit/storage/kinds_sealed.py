"""Kinds of entries about sealed classes. None has rows: who asks who read what reads the case's history.

What is sealed itself (`SEALED_KINDS`) is never projected, and never kept open: the journal refuses to.
"""

SEALED_KINDS = frozenset({"submission.sealed", "submission.sealed_kept"})
READ, GIVEN = "sealed.read", "clearance.given"
