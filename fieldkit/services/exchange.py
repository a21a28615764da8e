"""Sealed bundles from a post to its headquarters, which takes them in by `importing`.

1. Without office, certificate and recovery slot nothing is exported.
2. The journal is verified before it leaves; a broken one is told, not sent.
3. A bundle carries everything no receipt covers yet; a lost stick is no alarm, the next bundle has it too. After
   headquarters was put back, it carries again what was not safe there.
4. A file appears under its final name whole and read back, or not at all, and under a name that says nothing. What
   does not fit on a stick goes onto the next (`journeys`).
"""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fieldkit.content.form_roles import FormKind
from fieldkit.domain.access import Action
from fieldkit.domain.entries import canonical, subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject, JsonValue, Progress, unwatched
from fieldkit.files import write_whole, write_whole_with
from fieldkit.services import (
    complaints,
    enrolment,
    for_office,
    forms_held,
    journeys,
    proof,
    receipts,
    restored,
)
from fieldkit.services.case_file import CASE
from fieldkit.services.errors import ExchangeFault, stick_faults
from fieldkit.services.journeys import Journey, Leg
from fieldkit.services.travel import Going
from fieldkit.services.vault import OpenVault
from fieldkit.storage import sealed_office
from fieldkit.storage.errors import DatabaseFault
from fieldkit.storage.journal import Change
from fieldkit.sync.bundle import bundle_name
from fieldkit.sync.contents import MAX_PADDED_BYTES
from fieldkit.sync.faults import NothingToSend
from fieldkit.sync.manifest import Head
from fieldkit.sync.outgoing import Outgoing, Stored, gather, plan, write_outgoing

EXPORT = "export"
_VERSION_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Exported:
    """What left now: the files by name, how many entries and cases, how many entries only as links, how many whose
    content is gone here; attached files. `left` is how many files did not fit: they go onto the next stick."""

    files: tuple[str, ...]
    entries: int
    cases: int
    withheld: int
    missing: int = 0
    attached: int = 0
    left: int = 0
    sealed: int = 0
    """Entries whose content goes sealed, for people at headquarters who are cleared for it."""


def export(
    vault: OpenVault, folder: Path, progress: Progress = unwatched, *, again: bool = False
) -> Exported:
    """Write everything headquarters has not confirmed into `folder`, sealed; with `again` also what it confirmed
    and does not hold safely. What does not fit is `left` for the next call, on another stick.

    Raises ExchangeFault `exchange.not_enrolled`, `exchange.no_folder`, `exchange.journal_broken`,
    `exchange.put_back`, `exchange.copied`, `exchange.not_trusted`; NothingToSend;
    DatabaseFault `exchange.disk_full`, `exchange.disk_failed`: then no file stands under its final name that was
    not written whole; `exchange.stick_gone` when some were, with how many, and how many are left.
    """
    vault.demand(Action.EXPORT)
    enrolment.held_certificate(vault)
    if not folder.is_dir():
        raise ExchangeFault("exchange.no_folder")
    proof.demand_sound(vault)
    restored.demand_fits(vault)
    journey = (None if again else journeys.under_way(vault)) or _planned(vault, again)
    return _Writing(vault, folder, journey, progress).write()


def _planned(vault: OpenVault, again: bool) -> Journey:
    """Which entries go into which file. Raises NothingToSend."""
    after = receipts.first_to_send(vault, again=again)
    leftovers = restored.leftovers(vault)
    if receipts.waiting(vault, after) == 0 and not leftovers:
        raise NothingToSend("bundle.nothing_to_send")
    for_office.seal_what_waits(vault)
    going = Going(vault, after)
    found = [
        (stream, first, last, head)
        for left in leftovers
        for stream, first, last, head in _ranges(vault, going, left.stream, left.after, left.last)
    ]
    if after < vault.journal.head(vault.stream).number:
        found += _ranges(vault, going, vault.stream, after)
    return journeys.begin(vault, after, found)


def _ranges(
    vault: OpenVault, going: Going, stream: str, after: int, last: int | None = None
) -> list[tuple[str, int, int, Head]]:
    own = stream == vault.stream
    stored = _stored(vault, stream, after, last)
    return plan(
        stored,
        going.may_travel,
        later=going.later() if own else (),
        late_sealed=going.late_sealed() if own else (),
        attached=going.attached,
        sealed=going.sealed,
    )


class _Writing:
    """The files of a journey onto one stick, as many as fit."""

    def __init__(self, vault: OpenVault, folder: Path, journey: Journey, progress: Progress) -> None:
        self._vault, self._folder, self._progress = vault, folder, progress
        self._journey = journey
        self._going = Going(vault, journey.after)
        self._batches: list[Outgoing] = []
        self._names: list[str] = []

    def write(self) -> Exported:
        legs = self._journey.left
        for done, leg in enumerate(legs):
            self._progress(done, len(legs))
            try:
                self._leg(leg)
            except OSError as error:
                if self._full(error):
                    return self._exported()
        self._stacks()
        self._progress(len(legs), len(legs))
        return self._exported()

    def _leg(self, leg: Leg) -> None:
        batch = self._gathered(leg)
        name = self._written(batch)
        try:
            self._note(leg, batch, name)
        except BaseException:
            with suppress(OSError):
                (self._folder / name).unlink(missing_ok=True)
            raise
        batch.entries.clear()  # they are written: only what is counted is kept
        batch.payloads.clear()
        self._batches.append(batch)
        self._names.append(name)

    def _gathered(self, leg: Leg) -> Outgoing:
        """What goes with this leg; what was withheld before goes with the first of our own stream."""
        first = next(one for one in self._journey.legs if one.stream == leg.stream)
        takes_late = leg.stream == self._vault.stream and leg == first
        [batch] = gather(
            _stored(self._vault, leg.stream, leg.first - 1, leg.last),
            self._going.may_travel,
            later=self._going.later() if takes_late else (),
            late_sealed=self._going.late_sealed() if takes_late else (),
            attached=self._going.attached,
            sealed=self._going.sealed,
            room=MAX_PADDED_BYTES,
        )
        batch.head = leg.head
        return batch

    def _written(self, batch: Outgoing) -> str:
        """The name of the bundle on the stick (rule 4). Raises OSError."""
        identity, office, certificate = enrolment.held_certificate(self._vault)
        name = bundle_name(self._vault.world.randomness)
        write_whole_with(
            self._folder / name,
            lambda file: write_outgoing(
                file,
                batch,
                self._going.content_of,
                key=identity.key,
                certificate=certificate,
                recipient=office.recipient,
                versions=_versions(self._vault),
                randomness=self._vault.world.randomness,
            ),
        )
        return name

    def _note(self, leg: Leg, batch: Outgoing, name: str) -> None:
        """Write down in one transaction that it went."""
        vault, office = self._vault, enrolment.held_certificate(self._vault)[1]
        with vault.database.transaction():
            _record(vault, batch, office.fingerprint.hex())
            sealed_office.went(vault.database, batch.sealed, batch.last)
            self._journey = self._journey.written(leg, name)
            journeys.keep(vault, self._journey)

    def _full(self, error: OSError) -> bool:
        """Whether the rest goes onto another stick. Raises DatabaseFault when this is no question of room."""
        full, left = error.errno == errno.ENOSPC, len(self._journey.left)
        if not self._names:
            raise DatabaseFault("exchange.disk_full" if full else "exchange.disk_failed") from error
        if not full:
            raise DatabaseFault("exchange.stick_gone", written=len(self._names), left=left) from error
        return True

    def _stacks(self) -> None:
        """Complaints go with the last file: always as many as sessions ask for, whatever is in them."""
        stacks, left = complaints.stacks(self._vault)
        written: list[str] = []
        with _all_or_none(self._folder, written):
            for name, stack in stacks:
                written.append(name)
                _write(self._folder / name, stack)
            complaints.carried(self._vault, left)
        self._names += written

    def _exported(self) -> Exported:
        batches = self._batches
        return Exported(
            tuple(self._names),
            sum(batch.last - batch.first + 1 for batch in batches),
            _cases(self._vault, batches),
            sum(batch.withheld for batch in batches),
            sum(batch.missing for batch in batches),
            len({name for batch in batches for name in batch.attached}),
            len(self._journey.left),
            sum(len(batch.sealed) for batch in batches),
        )


def _stored(vault: OpenVault, stream: str, after: int, last: int | None = None) -> Iterator[Stored]:
    """The entries of a stream above `after`, up to `last`, with their payloads."""
    for entry, content in vault.journal.entries(stream, after, last and last - after):
        yield content, vault.journal.payload(entry.payload)


def _versions(vault: OpenVault) -> dict[str, str]:
    """The content in force as a bundle names it: the rules by their digest, the pack by its number."""
    pack = vault.packs.in_force
    found = {"rules": rules_mark(vault), "forms": forms_mark(vault)}
    if pack is not None:
        found["pack"] = str(pack.number)
    trusted = enrolment.held_list(vault)
    if trusted is not None:  # so headquarters knows who has heard of a new key or a lost laptop
        found["trust"] = str(trusted.number)
    return found


def rules_mark(vault: OpenVault) -> str:
    """The rules in force here, as a bundle names them."""
    return vault.rules.version[:_VERSION_DIGITS]


def forms_mark(vault: OpenVault) -> str:
    """The approved forms here with their versions, as a bundle names them: surveys are nobody's approval."""
    offered = forms_held.offered_forms(vault)
    held: list[JsonValue] = [
        f"{one.id} {one.version}"
        for one in sorted(offered, key=lambda one: one.id)
        if one.kind is not FormKind.SURVEY
    ]
    return hashlib.sha256(canonical({"forms": held})).hexdigest()[:_VERSION_DIGITS]


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
    with stick_faults():
        write_whole(path, content)


def _record(vault: OpenVault, batch: Outgoing, recipient: str) -> None:
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
    vault.journal.append_many(vault.person.id, [Change(subject(EXPORT, export_id), kind, payload)])
