"""A laptop that is not what headquarters believes: put back to an earlier day, copied, or not trusted any more.

1. *Put back*: headquarters holds more of this stream than lies here. *Copied*: it holds other entries under the
   same numbers, so two laptops wrote under one name. *Not trusted*: headquarters said so. Each is noticed by what
   headquarters signed (a receipt, a trust list), never by a clock, and is said until somebody has acted.
2. Until then nothing is exported: under this name it would only be set aside.
3. Beginning again keeps everything that is here. A new stream names the entry at which the old one stood; the
   laptop gets a new identity, and asks for a new certificate with the key that it had (`journal.md`, rule 1).
4. What the old streams hold that no receipt covers goes with the next export, under the new certificate, and
   headquarters keeps both branches where there are two. Nothing is renumbered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.access import Action
from fieldkit.domain.entries import read_object
from fieldkit.services import devices, enrolment, receipts
from fieldkit.services.backup import new_stream
from fieldkit.services.errors import ExchangeFault
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage import receipts as held_receipts


class What(StrEnum):
    """What is the matter; also why the new stream began."""

    PUT_BACK = "put back"
    COPIED = "copied"
    NOT_TRUSTED = "not trusted"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is the matter with this laptop. `number` is what headquarters holds up to, `here` how far this stream
    came when that was noticed; both 0 where numbers say nothing."""

    what: What
    number: int = 0
    here: int = 0


@dataclass(frozen=True, slots=True)
class Leftover:
    """Entries of a stream that this one continues, above `after` up to `last`, that no receipt covers."""

    stream: str
    after: int
    last: int


_CODES = {
    What.PUT_BACK: "exchange.put_back",
    What.COPIED: "exchange.copied",
    What.NOT_TRUSTED: "exchange.not_trusted",
}


def finding(vault: OpenVault) -> Finding | None:
    """What is the matter with this laptop, if anything is (rule 1)."""
    if vault.desk is not Desk.POST:
        return None
    return _misfit(vault) or (None if devices.trusts_this(vault) else Finding(What.NOT_TRUSTED))


def demand_fits(vault: OpenVault) -> None:
    """Rule 2. Raises ExchangeFault `exchange.put_back`, `exchange.copied`, `exchange.not_trusted`."""
    found = finding(vault)
    if found is not None:
        raise ExchangeFault(_CODES[found.what])


def begin_again(vault: OpenVault) -> str:
    """Let this laptop begin a new stream with all its data kept (rule 3); the stream's id.

    Raises ExchangeFault `restored.nothing_wrong`, `enrol.not_a_post`; PersonFault `access.not_allowed`;
    DatabaseFault: then nothing changed.
    """
    vault.demand(Action.ENROL)
    enrolment.demand_desk(vault, Desk.POST)
    found = finding(vault)
    if found is None:
        raise ExchangeFault("restored.nothing_wrong")
    stream = new_stream(vault.database, vault.header, vault.person.id, found.what.value, vault.world)
    vault.write_on(stream)
    return stream


def leftovers(vault: OpenVault) -> tuple[Leftover, ...]:
    """What the streams that this one continues still have to tell, the oldest first (rule 4)."""
    return tuple(_leftovers(vault))


def _leftovers(vault: OpenVault) -> Iterator[Leftover]:
    _, _, certificate = enrolment.held_certificate(vault)
    for parent in reversed(certificate.parents):
        held = receipts.held(vault, parent.stream)
        after = held.number if held is not None else 0
        if after < parent.number and vault.journal.head(parent.stream).number >= parent.number:
            yield Leftover(parent.stream, after, parent.number)


def _misfit(vault: OpenVault) -> Finding | None:
    """The receipt that did not fit, as long as it is about the stream that is written now."""
    content = vault.belongings.get(receipts.MISFIT)
    if content is None:
        return None
    said = read_object(content, "trust.unreadable")
    if said["stream"] != vault.stream:
        return None
    mine = held_receipts.digest_at(vault.database, vault.stream, said["number"])
    if mine == said["digest"]:
        return None
    what = What.PUT_BACK if said["here"] < said["number"] else What.COPIED
    return Finding(what, said["number"], said["here"])
