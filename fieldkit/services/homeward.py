"""From headquarters home: tasks, results of referrals, messages about a case, and signed statements.

1. Headquarters tells; it never changes what a post wrote down: only kinds of `storage.kinds_home.HOME` are taken.
2. What waits for a post is written into its outbox at once and sent until the post's next bundle says that it
   came.
3. At the post it is looked at first: what is inside is shown, then a person accepts. It is for one laptop alone.
   Statements and entries are one transaction: all of them are taken in, or nothing is.
4. A result is read by whoever may read the case; a task stands on the first screen without a name.
5. The post says in its own journal how far it holds the outbox; the next export tells headquarters.
"""

import errno
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject, Progress
from fieldkit.files import open_regular, write_whole_with
from fieldkit.headquarters.faults import HeadquartersFault
from fieldkit.headquarters.outbox import Outboxes, Waiting
from fieldkit.headquarters.store import HeldStreams
from fieldkit.services import devices as trusted
from fieldkit.services import enrolment, receipts, statements
from fieldkit.services.case_file import CASE
from fieldkit.services.errors import ContentRefused, ExchangeFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage import erasure, queries_home
from fieldkit.storage.errors import DatabaseFault
from fieldkit.storage.kinds import READERS
from fieldkit.storage.kinds_home import HOME, SETTLED, SETTLED_ABOUT, STATES
from fieldkit.storage.queries_home import Message, Result, Task
from fieldkit.sync.bundle import bundle_name
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.homeward import Home, read_home, write_home

RECEIVED, TASK, TASK_DONE = "bundle.received", "task.given", "task.done"
RESULT, MESSAGE = "referral.result", "message.sent"
MAX_TEXT = 2000
"""Characters of a task, a message or a note to a result."""


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""


# --- at headquarters ----------------------------------------------------------------------------------


def outboxes(vault: OpenVault) -> Outboxes:
    """The outboxes of this headquarters. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.SEND_BACK)
    enrolment.office_keys(vault)
    return Outboxes(vault.database, vault.journal, vault.journal.of, lambda: new_id(vault.world.randomness))


def waiting(vault: OpenVault) -> tuple[Waiting, ...]:
    """Every trusted laptop, and what waits for it."""
    return outboxes(vault).waiting()


def give_task(vault: OpenVault, text: str, *, case: str = "", device: str = "", due: str = "") -> str:
    """Ask a post to do something, about a case or not; the task's id. `due` is a day (ISO) or empty.

    Raises HeadquartersFault `outbox.no_text`, `outbox.no_post`, `outbox.revoked`.
    """
    task = new_id(vault.world.randomness)
    payload = {"task": task, "text": _text(text), "due": due}
    _write(vault, case, device, subject("task", task), TASK, payload)
    return task


def tell_result(vault: OpenVault, case: str, referral: str, state: str, text: str = "") -> None:
    """Tell a post what became of a referral: one of `storage.kinds_home.STATES`, and a note if there is one.

    Raises HeadquartersFault `outbox.no_referral`, `outbox.no_post`, `outbox.revoked`.
    """
    if not queries_home.is_referral(vault.database, case, referral) or state not in STATES:
        raise HeadquartersFault("outbox.no_referral")
    note = _text(text) if text.strip() else ""
    _write(vault, case, "", "", RESULT, {"referral": referral, "state": state, "text": note})


def send_message(vault: OpenVault, case: str, text: str) -> None:
    """Tell a post something about a case. Raises as `give_task`."""
    _write(vault, case, "", "", MESSAGE, {"text": _text(text)})


@dataclass(frozen=True, slots=True)
class SentHome:
    """One file for one post: its name, the post, and how many things and statements are in it."""

    file: str
    post: str
    entries: int
    statements: int


def send_back(
    vault: OpenVault, devices: Sequence[str], folder: Path, progress: Progress = _quiet
) -> tuple[SentHome, ...]:
    """Write a sealed file for each of these laptops into `folder`. Those that were written stay when a later one
    fails; sending again does no harm.

    Raises HeadquartersFault `outbox.no_post`, `outbox.revoked`; ExchangeFault `exchange.no_folder`; DatabaseFault
    `exchange.disk_full`, `exchange.disk_failed`.
    """
    held = outboxes(vault)
    if not folder.is_dir():
        raise ExchangeFault("exchange.no_folder")
    sent = []
    for done, device in enumerate(devices):
        progress(done, len(devices))
        sent.append(_send(vault, held, device, folder))
    progress(len(devices), len(devices))
    return tuple(sent)


def _send(vault: OpenVault, held: Outboxes, device: str, folder: Path) -> SentHome:
    certificate = held.device(device).certificate
    stored, head = held.to_send(device, vault.person.id)
    signed = statements.to_send(vault, device)
    name = bundle_name(vault.world.randomness)
    try:
        write_whole_with(
            folder / name,
            lambda file: write_home(
                file,
                stored,
                signed,
                head,
                key=trusted.key_for(vault, device),
                certificate=certificate,
                randomness=vault.world.randomness,
            ),
        )
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise DatabaseFault("exchange.disk_full" if full else "exchange.disk_failed") from error
    return SentHome(name, certificate.post, len(stored), len(signed))


def _write(vault: OpenVault, case: str, device: str, otherwise: str, kind: str, payload: JsonObject) -> None:
    held = outboxes(vault)
    about = subject(CASE, case) if case else otherwise
    held.write(device or held.device_of_case(case), vault.person.id, about, kind, payload)


def _text(text: str) -> str:
    if not text.strip() or len(text) > MAX_TEXT:
        raise HeadquartersFault("outbox.no_text", limit=MAX_TEXT)
    return text.strip()


# --- at a post ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brought:
    """What a bundle home has in it, verified and not yet taken in: how many new things of each kind, statements by
    name (empty: of a newer version), and whether entries before it are missing."""

    home: Home
    office: str
    kinds: dict[str, int]
    statements: dict[str, int]

    @property
    def already(self) -> bool:
        """Whether its entries are all here."""
        return not self.kinds

    @property
    def missing(self) -> FieldkitError | None:
        """What has to come first; None when nothing has."""
        hole = self.home.verified.hole
        return BundleFault("home.hole", first=hole.first, last=hole.last) if hole else None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What taking in brought: new entries, statements taken in, those of a newer version, refusals to be told."""

    new: int
    statements: int
    unknown: int
    refused: tuple[FieldkitError, ...]


def look(vault: OpenVault, path: Path) -> Brought:
    """What headquarters sent, verified; nothing is changed.

    Raises BundleFault with what is wrong; ContentRefused `bundle.not_a_file`; ExchangeFault
    `exchange.not_enrolled`; DatabaseFault `exchange.disk_failed`.
    """
    vault.demand(Action.TAKE_BACK)
    identity, office, certificate = enrolment.held_certificate(vault)
    try:
        with open_regular(path) as file:
            if file is None:
                raise ContentRefused("bundle.not_a_file")
            held = HeldStreams(vault.journal)
            home = _by_one_of(
                enrolment.receipt_keys(vault),
                lambda key: read_home(file, identity, certificate, key, held),
            )
    except OSError as error:
        raise DatabaseFault("exchange.disk_failed") from error
    verified = home.verified
    if verified.stream in receipts.own_streams(vault):
        raise BundleFault("bundle.replayed")
    kinds: dict[str, int] = {}
    for place, item in enumerate(verified.items):
        if item.entry.kind in READERS and item.entry.kind not in HOME:
            raise BundleFault("bundle.unsound")  # rule 1
        if item.entry.kind == SETTLED and item.entry.subject_kind not in SETTLED_ABOUT:
            raise BundleFault("bundle.unsound")
        if place >= verified.known:
            kinds[item.entry.kind] = kinds.get(item.entry.kind, 0) + 1
    return Brought(home, office.name, kinds, statements.count(home.statements))


def _by_one_of(keys: Sequence[bytes], read: Callable[[bytes], Home]) -> Home:
    """What is read with the first key that signed it: headquarters may have replaced its key since."""
    for key in keys[:-1]:
        try:
            return read(key)
        except BundleFault as fault:
            if fault.code not in ("bundle.altered", "bundle.other_office"):
                raise
    return read(keys[-1])


def take_in(vault: OpenVault, path: Path, progress: Progress = _quiet) -> TakenIn:
    """Look again, then take it in: statements first, then the entries, in one transaction. A statement that is
    refused for what it says keeps nothing else out.

    Raises as `look`; BundleFault `home.hole`; DatabaseFault, JournalFault: then nothing changed.
    """
    progress(0, 3)
    brought = look(vault, path)
    if brought.missing is not None:
        raise brought.missing
    progress(1, 3)
    with vault.database.transaction():
        heard = statements.accept(vault, brought.home.statements)
        progress(2, 3)
        new = _accept(vault, brought, sum(heard.taken.values()))
    erasure.overwrite(vault.database)
    progress(3, 3)
    return TakenIn(new, sum(heard.taken.values()), heard.unknown, heard.refused)


def _accept(vault: OpenVault, brought: Brought, heard: int) -> int:
    verified = brought.home.verified
    with vault.database.writing():
        new = vault.journal.accept(verified.stream, verified.items.pairs(), verified.gone).new
        if new:
            head = vault.journal.head(verified.stream)
            vault.journal.append(
                actor=vault.person.id,
                subject=subject("import", verified.bundle),
                kind=RECEIVED,
                payload={
                    "bundle": verified.bundle,
                    "digest": head.digest,
                    "new": new,
                    "number": head.number,
                    "statements": heard,
                    "stream": verified.stream,
                },
            )
    return new


# --- what came, as it is read -------------------------------------------------------------------------


def open_tasks(vault: OpenVault, case: str | None = None) -> tuple[Task, ...]:
    """What is still to be done, about one case or all; what is due first stands first."""
    return queries_home.open_tasks(vault.database, case)


def task_done(vault: OpenVault, task: str) -> None:
    """Keep that a task was done. Raises ExchangeFault `home.no_task`."""
    vault.demand(Action.TAKE_BACK)
    held = next((one for one in open_tasks(vault) if one.id == task), None)
    if held is None:
        raise ExchangeFault("home.no_task")
    about = subject(CASE, held.case) if held.case else subject("task", task)
    vault.journal.append(actor=vault.person.id, subject=about, kind=TASK_DONE, payload={"task": task})


def results(vault: OpenVault, case: str) -> tuple[Result, ...]:
    """What became of the referrals of a case, the oldest first. All are kept: none undoes an earlier one."""
    return queries_home.results(vault.database, case)


def messages(vault: OpenVault, case: str) -> tuple[Message, ...]:
    """What headquarters said about a case, the oldest first."""
    return queries_home.messages(vault.database, case)
