"""Both branches of a fork, side by side (`journal.md`, rule 1: both are kept, never renumbered).

A branch is kept under the stream's id, a tilde, and the first 16 digits of the digest with which it leaves the
other one. Its entries say the stream's id and their own numbers, as they were written.
"""

SEPARATOR = "~"
_DIGITS = 16


def branch_name(stream: str, first: str) -> str:
    """The name of the branch that begins with the entry `first` (a digest)."""
    return f"{stream}{SEPARATOR}{first[:_DIGITS]}"


def stream_of(name: str) -> str:
    """The id of the stream that a branch belongs to; a stream's own id for itself."""
    return name.partition(SEPARATOR)[0]


def is_branch(name: str) -> bool:
    """Whether this is the name of a branch, and not of the stream that was known first."""
    return SEPARATOR in name
