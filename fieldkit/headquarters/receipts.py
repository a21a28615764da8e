"""What headquarters says it holds of a stream (`journal.md`, rule 8).

1. *Held* is the head of the stream as it was verified at import.
2. *Safe* is what lies in an examined copy of this store on a second medium, and only as far as that copy holds the
   same history. It is never above what is held.
3. A receipt is made anew each time from what is there: there is no list of receipts that could say otherwise.
"""

from datetime import date

from fieldkit.headquarters import queries
from fieldkit.headquarters.store import StreamHead
from fieldkit.storage.database import Database
from fieldkit.sync.continuing import Parent
from fieldkit.sync.receipts import Receipt
from fieldkit.sync.trust import Certificate


def receipt_for(stream: str, *, organisation: str, head: StreamHead, safe: int, day: date) -> Receipt | None:
    """The receipt for `stream`, or None when nothing of it is held."""
    if head.number < 1:
        return None
    return Receipt(organisation, stream, head.number, head.digest, min(safe, head.number), day)


def certified(database: Database) -> tuple[Certificate, ...]:
    """Each certified stream once, by its newest certificate."""
    return tuple({one.stream: one for one in queries.certificates(database)}.values())


def streams_of(database: Database, device: str) -> tuple[str, ...]:
    """The streams that a device was certified for."""
    return tuple(one.stream for one in certified(database) if one.device == device)


def parents_of(database: Database, device: str) -> tuple[Parent, ...]:
    """The streams that a device continues, each with where it left it."""
    return tuple(parent for one in certified(database) if one.device == device for parent in one.parents)
