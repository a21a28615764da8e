"""Receipts at a post, and the making of them at headquarters (`journal.md`, rule 8).

1. A receipt is believed when headquarters' receipt key signed it, it is for a stream that this vault writes or
   wrote, and what it says of that stream is what lies here.
2. Another digest under a number that is held here: two laptops wrote under one name. A number above the head: this
   laptop was put back to an earlier day. Both are refused, said, and left to whoever looks after trust.
3. It never goes back: an older receipt changes nothing. Later and lower at once means that headquarters itself was
   put back; what lies above *safe* is then sent again.
4. The next bundle carries what lies above what is held. Losing a stick loses nothing, and neither does losing a
   receipt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fieldkit.domain.access import Action
from fieldkit.domain.entries import canonical, read_object, subject
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ports import JsonObject
from fieldkit.files import write_whole
from fieldkit.headquarters import receipts as office_receipts
from fieldkit.services import enrolment
from fieldkit.services.errors import stick_faults
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage import receipts as held_receipts
from fieldkit.storage.receipts import ReceiptRow
from fieldkit.sync.continuing import Parent
from fieldkit.sync.receipts import Receipt, read_receipt, write_receipt

RECEIPT, ACCEPTED = "receipt", "receipt.accepted"
STATEMENT_ENDING = ".fks"
"""Of a file that holds one signed statement."""

MISFIT = "receipt that does not fit"
"""Among the belongings: what a receipt said that is not so here (rule 2)."""

BEGAN = "stream.began"
BOOKKEEPING = frozenset({"bundle.exported", "leftover.exported", ACCEPTED, "backup.made"})
"""Kinds that come of exchanging itself: alone they are nothing worth a walk to headquarters."""


class ReceiptFault(ForeignFault):
    """A receipt is not for this laptop."""


class LaptopCopied(ReceiptFault):
    """Headquarters holds other entries under the same numbers (rule 2). Data: `number`, `stream`."""


class LaptopPutBack(ReceiptFault):
    """Headquarters holds more of this stream than is here (rule 2). Data: `number`, `held`, `stream`."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What headquarters holds of a stream of ours: `number` with `digest`, `safe` of it twice; the newest day."""

    stream: str
    number: int
    digest: str
    safe: int
    day: date
    went_back: bool = False
    """Whether headquarters holds less today than it said before (rule 3)."""


# --- at a post ----------------------------------------------------------------------------------------


def held(vault: OpenVault, stream: str | None = None) -> Standing | None:
    """What the receipts for a stream, else for the own one, come to; None before the first."""
    name = stream or vault.stream
    rows = held_receipts.accepted(vault.database, name)
    if not rows:
        return None
    highest = max(rows, key=lambda row: row.number)
    newest = _newest(rows)
    return Standing(
        name,
        highest.number,
        highest.digest,
        newest.safe,
        date.fromisoformat(newest.day),
        went_back=newest.number < highest.number,
    )


def first_to_send(vault: OpenVault, *, again: bool = False) -> int:
    """Entries above this number go into the next bundle (rule 4); with `again`, those above *safe* (rule 3)."""
    standing = held(vault)
    if standing is None:
        return 0
    if not (again or standing.went_back):
        return standing.number
    lowest = _newest(held_receipts.accepted(vault.database, vault.stream)).number
    return min(standing.safe, lowest)


def waiting(vault: OpenVault, after: int) -> int:
    """How many entries above a number are worth a bundle; those that only tell of exchanging do not count."""
    kinds = (entry.kind for entry, _ in vault.journal.entries(vault.stream, after))
    return sum(kind not in BOOKKEEPING for kind in kinds)


def newest_day(vault: OpenVault) -> date | None:
    """The day of the newest signed receipt: what ages are counted to, and never this laptop's clock."""
    day = held_receipts.newest_day(vault.database)
    return date.fromisoformat(day) if day else None


def accept(vault: OpenVault, content: bytes) -> Receipt | None:
    """Take a receipt in; None when it says nothing new.

    Raises TrustFault; ReceiptFault `receipt.not_ours`; LaptopCopied `receipt.copied`; LaptopPutBack
    `receipt.put_back`; ExchangeFault `enrol.no_office`. Then nothing changed.
    """
    vault.demand(Action.EXPORT)
    enrolment.demand_desk(vault, Desk.POST)
    office = enrolment.known_office(vault)
    receipt = enrolment.by_receipt_key(vault, lambda key: read_receipt(content, key))
    if receipt.organisation != office.organisation or receipt.stream not in own_streams(vault):
        raise ReceiptFault("receipt.not_ours")
    try:
        _check_ours(vault, receipt)
    except ReceiptFault:
        _remember(vault, receipt)
        raise
    if not _is_news(held_receipts.accepted(vault.database, receipt.stream), receipt):
        return None
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(RECEIPT, receipt.stream),
        kind=ACCEPTED,
        payload={
            "day": receipt.day.isoformat(),
            "digest": receipt.digest,
            "number": receipt.number,
            "safe": receipt.safe,
            "statement": content.decode("utf-8"),
            "stream": receipt.stream,
        },
    )
    return receipt


def own_streams(vault: OpenVault) -> tuple[str, ...]:
    """The stream that this vault writes, and those that it continues, the newest first."""
    found = [vault.stream]
    while (before := _before(vault, found[-1])) and before not in found:
        found.append(before)
    return tuple(found)


def _before(vault: OpenVault, stream: str) -> str:
    """The stream that this one continues, as its first entry says; empty when it is the first."""
    for entry, _ in vault.journal.entries(stream, 0, 1):
        payload = vault.journal.payload(entry.payload) if entry.kind == BEGAN else None
        return str(payload.value().get("stream", "")) if payload is not None else ""
    return ""


def _check_ours(vault: OpenVault, receipt: Receipt) -> None:
    """Rule 2. A stream that is not written any more may end below its receipt: that it was put back is known."""
    mine = held_receipts.digest_at(vault.database, receipt.stream, receipt.number)
    if mine is not None and mine != receipt.digest:
        raise LaptopCopied("receipt.copied", number=receipt.number, stream=receipt.stream)
    if mine is None and receipt.stream == vault.stream:
        head = vault.journal.head(receipt.stream).number
        raise LaptopPutBack("receipt.put_back", number=receipt.number, held=head, stream=receipt.stream)


def _remember(vault: OpenVault, receipt: Receipt) -> None:
    """Keep what did not fit first: `services.restored` says it until somebody has acted."""
    held = vault.belongings.get(MISFIT)
    known = held is not None and read_object(held, "receipt.unreadable")["stream"] == vault.stream
    if receipt.stream == vault.stream and not known:
        said: JsonObject = {
            "digest": receipt.digest,
            "here": vault.journal.head(vault.stream).number,
            "number": receipt.number,
            "stream": receipt.stream,
        }
        vault.belongings.put(MISFIT, canonical(said))


def _is_news(rows: tuple[ReceiptRow, ...], receipt: Receipt) -> bool:
    """Rule 3."""
    if not rows:
        return True
    return (
        receipt.number > max(row.number for row in rows)
        or receipt.safe > max(row.safe for row in rows)
        or receipt.day.isoformat() > max(row.day for row in rows)
    )


def _newest(rows: tuple[ReceiptRow, ...]) -> ReceiptRow:
    """The one of the latest day; of two of one day the one that came last."""
    return max(enumerate(rows), key=lambda one: (one[1].day, one[0]))[1]


# --- at headquarters ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadyReceipt:
    """A receipt that can be taken to a post."""

    post: str
    receipt: Receipt


def ready(vault: OpenVault) -> tuple[ReadyReceipt, ...]:
    """What a receipt would say to each certified laptop of which anything is held.

    Raises ExchangeFault `enrol.not_headquarters`; PersonFault `access.not_allowed`.
    """
    vault.demand(Action.IMPORT_BUNDLE)
    keys = enrolment.office_keys(vault)
    return tuple(
        ReadyReceipt(certificate.post, receipt)
        for certificate in office_receipts.certified(vault.database)
        if (receipt := _receipt(vault, keys.office.organisation, certificate.stream)) is not None
    )


def to_send(vault: OpenVault, device: str) -> Iterator[bytes]:
    """The receipts for every stream of a device, signed now. Raises as `ready`."""
    vault.demand(Action.IMPORT_BUNDLE)
    keys = enrolment.office_keys(vault)
    for stream in office_receipts.streams_of(vault.database, device):
        receipt = _receipt(vault, keys.office.organisation, stream)
        if receipt is not None:
            yield write_receipt(receipt, keys.receipts)
    for parent in office_receipts.parents_of(vault.database, device):
        receipt = _receipt_for_parent(vault, keys.office.organisation, parent)
        if receipt is not None:
            yield write_receipt(receipt, keys.receipts)


def for_stream(vault: OpenVault, stream: str) -> bytes | None:
    """The signed receipt for one stream; None when nothing of it is held. Raises as `ready`."""
    vault.demand(Action.IMPORT_BUNDLE)
    keys = enrolment.office_keys(vault)
    receipt = _receipt(vault, keys.office.organisation, stream)
    return write_receipt(receipt, keys.receipts) if receipt is not None else None


def write_all(vault: OpenVault, folder: Path) -> tuple[str, ...]:
    """Write every receipt into a folder, each a file that says nothing about its post; their names.

    Raises as `ready`; DatabaseFault `exchange.disk_full`, `exchange.disk_failed`.
    """
    names = []
    for one in ready(vault):
        content = for_stream(vault, one.receipt.stream)
        assert content is not None, "it was ready"
        names.append(f"receipt-{one.receipt.stream[:8]}{STATEMENT_ENDING}")
        write_statement(folder / names[-1], content)
    return tuple(names)


def write_statement(path: Path, content: bytes) -> None:
    """Write a file that holds one statement. Raises DatabaseFault."""
    with stick_faults():
        write_whole(path, content)


def _receipt_for_parent(vault: OpenVault, organisation: str, parent: Parent) -> Receipt | None:
    """What is held of a stream that a laptop continues, as that laptop knows it: only its own branch counts."""
    if vault.journal.find(parent.digest) is None:
        return None
    first_branch = held_receipts.digest_at(vault.database, parent.stream, parent.number) == parent.digest
    return office_receipts.receipt_for(
        parent.stream,
        organisation=organisation,
        head=parent,
        safe=held_receipts.safe_up_to(vault.database, parent.stream) if first_branch else 0,
        day=vault.world.today(),
    )


def _receipt(vault: OpenVault, organisation: str, stream: str) -> Receipt | None:
    return office_receipts.receipt_for(
        stream,
        organisation=organisation,
        head=vault.journal.head(stream),
        safe=held_receipts.safe_up_to(vault.database, stream),
        day=vault.world.today(),
    )
