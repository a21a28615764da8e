"""What can be proved of the journal, stream by stream: on demand, and before every export.

1. Every link and every payload of a stream is looked at. What does not fit is said with its number.
2. Up to the entry that headquarters' newest receipt names, nobody can have rewritten a stream unseen: the digest
   there has to be the one that was signed.
3. What lies after it is said to be unprotected against whoever holds the vault's key (`journal.md`, rule 10).
4. A stream that this vault wrote before it was restored, rescued or enrolled anew is its own like the present one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ports import Progress, unwatched
from fieldkit.headquarters.queries import certificates
from fieldkit.services import receipts
from fieldkit.services.errors import ExchangeFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage import receipts as held_receipts
from fieldkit.storage import verification
from fieldkit.storage.errors import StorageFault
from fieldkit.storage.verification import Verified

_SHORT = 8
"""Digits of a stream's name that are told."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One stream: how many entries it has, up to which one a receipt of `day` proves it, and what is wrong with it.

    `where` is the place that writes it, empty when that is not known here; `proved` is 0 without a receipt.
    """

    stream: str
    where: str
    own: bool
    entries: int
    proved: int
    day: str
    faults: tuple[FieldkitError, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def unprotected(self) -> int:
        """How many entries no receipt covers (rule 3)."""
        return max(0, self.entries - self.proved)


def proofs(vault: OpenVault, progress: Progress = unwatched) -> tuple[Proof, ...]:
    """Every stream that is held here, the own ones first."""
    own = receipts.own_streams(vault)
    others = sorted(set(vault.journal.heads()) - set(own))
    posts = {one.stream: one.post for one in certificates(vault.database)}
    found = []
    for number, stream in enumerate((*own, *others)):
        progress(number, len(own) + len(others))
        found.append(_proof(vault, stream, posts, own=stream in own))
    return tuple(found)


def demand_sound(vault: OpenVault) -> None:
    """Return when every stream that was written here is whole and as its receipts say (rules 1, 2 and 4).

    Raises ExchangeFault `exchange.journal_broken`.
    """
    for stream in receipts.own_streams(vault):
        verified = verification.verify(vault.database, stream)
        if not verified.sound or any(_against_receipts(vault, verified.stream, verified.last)):
            raise ExchangeFault("exchange.journal_broken")


def demand_linked(vault: OpenVault) -> None:
    """The same for links and receipts alone, where something small leaves many times. Raises as `demand_sound`."""
    for stream in receipts.own_streams(vault):
        links = verification.follow(vault.database, stream)
        if links.faults or any(_against_receipts(vault, stream, links.last)):
            raise ExchangeFault("exchange.journal_broken")


def _proof(vault: OpenVault, stream: str, posts: Mapping[str, str], *, own: bool) -> Proof:
    verified = verification.verify(vault.database, stream)
    standing = receipts.held(vault, stream)
    faults = (*_broken(verified), *_against_receipts(vault, stream, verified.last))
    return Proof(
        stream[:_SHORT],
        vault.name if own else posts.get(stream, ""),
        own,
        verified.last,
        min(standing.number, verified.last) if standing is not None and not faults else 0,
        standing.day.isoformat() if standing is not None else "",
        faults,
    )


def _broken(verified: Verified) -> Iterator[FieldkitError]:
    if verified.faults:
        first = min(fault.number for fault in verified.faults)
        name = verified.stream[:_SHORT]
        yield StorageFault("check.journal", stream=name, count=len(verified.faults), first=first)


def _against_receipts(vault: OpenVault, stream: str, last: int) -> Iterator[FieldkitError]:
    """What a receipt says that does not lie here (rule 2). A stream that is not written any more may end below its
    receipt: that it was put back is known, and why it was left."""
    for row in held_receipts.accepted(vault.database, stream):
        mine = held_receipts.digest_at(vault.database, stream, row.number)
        if mine is None and stream == vault.stream:
            name = stream[:_SHORT]
            yield StorageFault("check.receipt_ahead", stream=name, number=row.number, count=last)
        elif mine is not None and mine != row.digest:
            yield StorageFault("check.receipt_differs", stream=stream[:_SHORT], number=row.number)
