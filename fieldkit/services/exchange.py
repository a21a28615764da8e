"""Sealed bundles from a post to its headquarters.

1. Without office, certificate and recovery slot nothing is exported.
2. The journal is verified before it leaves; a broken one is told, not sent.
3. A bundle carries everything no receipt covers yet; a lost stick is no alarm, the next bundle has it too. After
   headquarters was put back, it carries again what was not safe there.
4. A file appears under its final name whole, or not at all, and under a name that says nothing.
5. Importing is a look first and an acceptance second; accepting is one transaction.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject, Progress
from fieldkit.files import open_regular, write_whole
from fieldkit.headquarters.store import Imported
from fieldkit.services import complaints, enrolment, erasure, proof, receipts, restored
from fieldkit.services.case_file import CASE
from fieldkit.services.errors import ContentRefused, ExchangeFault
from fieldkit.services.travel import Leave
from fieldkit.services.vault import OpenVault
from fieldkit.storage.errors import DatabaseFault
from fieldkit.storage.journal import Change
from fieldkit.sync.bundle import bundle_name
from fieldkit.sync.faults import NothingToSend
from fieldkit.sync.incoming import Verified
from fieldkit.sync.outgoing import Outgoing, Stored, gather, seal_outgoing

EXPORT = "export"
_VERSION_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Exported:
    """What left: the files by name, how many entries and cases, how many entries only as links."""

    files: tuple[str, ...]
    entries: int
    cases: int
    withheld: int


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""


def export(vault: OpenVault, folder: Path, progress: Progress = _quiet, *, again: bool = False) -> Exported:
    """Write everything headquarters has not confirmed into `folder`, sealed; with `again` also what it confirmed
    and does not hold safely.

    Raises ExchangeFault `exchange.not_enrolled`, `exchange.no_folder`, `exchange.journal_broken`,
    `exchange.put_back`, `exchange.copied`, `exchange.not_trusted`; NothingToSend;
    DatabaseFault `exchange.disk_full`, `exchange.disk_failed`: then no file stands under its final name.
    """
    vault.demand(Action.EXPORT)
    identity, office, certificate = enrolment.held_certificate(vault)
    if not folder.is_dir():
        raise ExchangeFault("exchange.no_folder")
    proof.demand_sound(vault)
    restored.demand_fits(vault)
    leave = Leave(vault)
    after = receipts.first_to_send(vault, again=again)
    leftovers = restored.leftovers(vault)
    if receipts.waiting(vault, after) == 0 and not leftovers:
        raise NothingToSend("bundle.nothing_to_send")
    batches = [
        batch
        for left in leftovers
        for batch in gather(_stored(vault, left.stream, left.after, left.last), leave.may_travel)
    ]
    if after < vault.journal.head(vault.stream).number:
        batches += gather(_stored(vault, vault.stream, after), leave.may_travel)
    names: list[str] = []
    with _all_or_none(folder, names):
        for number, batch in enumerate(batches):
            progress(number, len(batches))
            sealed = seal_outgoing(
                batch,
                key=identity.key,
                certificate=certificate,
                recipient=office.recipient,
                versions=_versions(vault),
                randomness=vault.world.randomness,
            )
            names.append(bundle_name(vault.world.randomness))
            _write(folder / names[-1], sealed)
        stacks, left = complaints.stacks(vault)  # always as many as sessions ask for, whatever is in them
        for name, stack in stacks:
            names.append(name)
            _write(folder / name, stack)
        _record(vault, batches, office.fingerprint.hex())
        complaints.carried(vault, left)
    progress(len(batches), len(batches))
    return Exported(
        tuple(names),
        sum(len(batch.entries) for batch in batches),
        _cases(vault, batches),
        sum(batch.withheld for batch in batches),
    )


def _stored(vault: OpenVault, stream: str, after: int, last: int | None = None) -> Iterator[Stored]:
    """The entries of a stream above `after`, up to `last`, with their payloads."""
    for entry, content in vault.journal.entries(stream, after, last and last - after):
        yield content, vault.journal.payload(entry.payload)


def _versions(vault: OpenVault) -> dict[str, str]:
    """The content in force as a bundle names it: the rules by their digest, the pack by its number."""
    pack = vault.packs.in_force
    found = {"rules": vault.rules.version[:_VERSION_DIGITS]}
    if pack is not None:
        found["pack"] = str(pack.number)
    trusted = enrolment.held_list(vault)
    if trusted is not None:  # so headquarters knows who has heard of a new key or a lost laptop
        found["trust"] = str(trusted.number)
    return found


def _cases(vault: OpenVault, batches: list[Outgoing]) -> int:
    """Cases whose content travels."""
    subjects = {about for batch in batches for about in batch.subjects if about.startswith(f"{CASE}/")}
    agreed = {subject(CASE, case) for case in vault.queries.agreed("headquarters")}
    return len(subjects & agreed)


@contextmanager
def _all_or_none(folder: Path, names: list[str]) -> Iterator[None]:
    """Take away what was written when a later file, or the record of the export, fails (rule 4)."""
    try:
        yield
    except BaseException:
        for name in names:
            with suppress(OSError):  # the stick is gone, and what was on it with it
                (folder / name).unlink(missing_ok=True)
        raise


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise DatabaseFault("exchange.disk_full" if full else "exchange.disk_failed") from error


def _record(vault: OpenVault, batches: list[Outgoing], recipient: str) -> None:
    changes = []
    for batch in batches:
        export_id = new_id(vault.world.randomness)
        payload: JsonObject = {
            "bundle": export_id,
            "first": batch.first,
            "last": batch.last,
            "recipient": recipient,
            "withheld": batch.withheld,
        }
        kind = "bundle.exported"
        if batch.stream != vault.stream:  # of a stream that this one continues: its numbers are not ours
            kind, payload = "leftover.exported", {**payload, "stream": batch.stream}
        changes.append(Change(subject(EXPORT, export_id), kind, payload))
    vault.journal.append_many(vault.person.id, changes)


# --- at headquarters ----------------------------------------------------------------------------------


def look(vault: OpenVault, path: Path) -> Verified:
    """What a bundle is and brings, verified; nothing is changed.

    Raises BundleFault with what is wrong; ContentRefused `bundle.not_a_file`.
    """
    vault.demand(Action.IMPORT_BUNDLE)
    try:
        with open_regular(path) as file:
            if file is None:
                raise ContentRefused("bundle.not_a_file")
            return enrolment.store(vault).look(file)
    except OSError as error:
        raise DatabaseFault("exchange.disk_failed") from error


def import_bundle(vault: OpenVault, path: Path, progress: Progress = _quiet) -> Imported:
    """Look, then accept. Raises as `look`; BundleFault `bundle.hole`; then nothing changed."""
    progress(0, 2)
    verified = look(vault, path)
    progress(1, 2)
    imported = enrolment.store(vault).accept(verified, vault.person.id)
    erasure.apply_again(vault.database)  # a store that was put back learns from its posts what it had erased
    progress(2, 2)
    return imported
