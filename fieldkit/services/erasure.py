"""Erasing: asked for at a post, signed at headquarters, carried out everywhere, for ever (`journal.md`, rule 7).

1. A laptop erases nothing on its own word: its wish is a request that headquarters may sign.
2. Headquarters signs with the stick in, a reason, and a second person who shows by their own phrase that they are
   there.
3. Carrying out takes the records, their files, all that was made from them and the unfinished interviews of the
   case; the digests stay for ever, and the chain verifies.
4. What was erased does not come back: not from a bundle, not from a copy that was made before, not from a damaged
   file. Copies made before an erasure have the signed statements laid beside them.
5. Erased at headquarters only: somebody took back what headquarters may have. The post keeps its own records.
6. A new certificate key does not end what the one before it signed: the succession names each of those.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldkit.crypto.offline import open_offline
from fieldkit.crypto.primitives import STANDARD, Policy
from fieldkit.domain.access import Action, Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import ForeignFault
from fieldkit.domain.ids import new_id, spoken_number
from fieldkit.files import read_bounded
from fieldkit.headquarters import erasures as office_erasures
from fieldkit.headquarters import queries as office_queries
from fieldkit.headquarters import receipts as office_receipts
from fieldkit.services import enrolment
from fieldkit.services.errors import DeskFault, ExchangeFault
from fieldkit.services.receipts import STATEMENT_ENDING, write_statement
from fieldkit.services.vault import OFFICE_KEYS, STREAM, Desk, OpenVault
from fieldkit.storage import erasure, receipts
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.database import Database
from fieldkit.storage.door import Door
from fieldkit.sync.erasures import (
    MAX_ERASURE_BYTES,
    Because,
    Erasure,
    Where,
    known_erasure,
    read_believed,
)

__all__ = ["AskedErasure", "Because", "Erasure", "Second", "Where", "accept", "request", "sign", "waiting"]

ERASURE = "erasure"
REQUESTED, ERASED = "erasure.requested", "payloads.erased"
SECOND_ROLES = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR, Role.SUPERVISOR})
"""Who may be the second person."""

PARENT = "parent stream"
"""Among the belongings: the stream that the present one continues (`services.backup`)."""

_MOST_FILES = 2000


@dataclass(frozen=True, slots=True)
class AskedErasure:
    """A post asks headquarters to erase. `number` is the case's, as people say it; `day` is ISO."""

    request: str
    about: str
    number: str
    post: str
    because: Because
    where: Where
    day: str


@dataclass(frozen=True, slots=True)
class Second:
    """Somebody else with an account here, and their phrase."""

    person: str
    phrase: str


# --- at a post ----------------------------------------------------------------------------------------


def request(vault: OpenVault, about: str, because: Because, where: Where = Where.EVERYWHERE) -> str:
    """Ask headquarters to erase what is about `about`; the request's id. Nothing is erased by it (rule 1)."""
    vault.demand(Action.ANSWER_PERSON)
    identifier = new_id(vault.world.randomness)
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(ERASURE, identifier),
        kind=REQUESTED,
        payload={"about": about, "because": because.value, "request": identifier, "where": where.value},
    )
    return identifier


def accept(vault: OpenVault, content: bytes) -> Erasure | None:
    """Carry out what headquarters signed; None when it was carried out before.

    Raises TrustFault; ExchangeFault `enrol.no_office`, `enrol.other_office`; then nothing changed.
    """
    vault.demand(Action.EXPORT if vault.desk is Desk.POST else Action.IMPORT_BUNDLE)
    office = enrolment.known_office(vault)
    former = enrolment.former_erasures(vault.belongings)
    asked = read_believed(content, office.certificate_key, former)
    if asked.organisation != office.organisation:
        raise ExchangeFault("enrol.other_office", name=office.name)
    if asked.erasure in receipts.erased_by(vault.database, vault.stream):
        return None
    carry_out(vault, content, asked)
    return asked


def carry_out(vault: OpenVault, content: bytes, asked: Erasure, **more: str) -> int:
    """Erase and write it down, in one transaction or the caller's; how many records were held (rule 3). Whoever
    has a transaction of their own calls `overwrite` when it has ended."""
    with vault.database.writing():
        held = _take_away(vault.database, asked) if _is_for(asked, vault.desk) else 0
        vault.journal.append(
            actor=vault.person.id,
            subject=subject(ERASURE, asked.erasure),
            kind=ERASED,
            payload={
                "about": asked.about,
                "erasure": asked.erasure,
                "held": held,
                "statement": content.decode("utf-8"),
                "where": asked.where.value,
                **more,
            },
        )
    if not vault.database.inside:
        erasure.overwrite(vault.database)
    return held


# --- at headquarters ----------------------------------------------------------------------------------


def waiting(vault: OpenVault) -> tuple[AskedErasure, ...]:
    """What posts ask to have erased, the oldest first. Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.ERASE)
    posts = {one.stream: one.post for one in office_queries.certificates(vault.database)}
    return tuple(
        AskedErasure(
            row.request,
            row.about,
            spoken_number(row.about.partition("/")[2]),
            posts.get(row.stream, ""),
            Because(row.because) if row.because in set(Because) else Because.LAW,
            Where(row.where) if row.where in set(Where) else Where.EVERYWHERE,
            row.day,
        )
        for row in receipts.erasures_asked(vault.database, vault.stream)
    )


def seconds(vault: OpenVault) -> tuple[tuple[str, str], ...]:
    """Who can be the second person: id and label of everybody else with an account and a role that may."""
    return tuple(
        (slot.person, slot.label)
        for slot in vault.header.slots
        if slot.person != vault.person.id and _may_second(vault, slot.person)
    )


def sign(
    vault: OpenVault,
    about: str,
    *,
    because: Because,
    where: Where,
    reason: str,
    second: Second,
    offline_file: bytes,
    offline_phrase: str,
    policy: Policy = STANDARD,
) -> tuple[Erasure, ...]:
    """Sign that everything about `about` is erased, and carry it out here (rule 2).

    Raises PersonFault `access.not_allowed`; DeskFault `erasure.no_reason`, `erasure.same_person`,
    `erasure.second_may_not`; DoorFault `vault.wrong_phrase`, `vault.wait`; OfflineFault; SealFault;
    HeadquartersFault `headquarters.other_stick`, `erasure.nothing_held`. Then nothing is erased.
    """
    vault.demand(Action.ERASE)
    keys = enrolment.office_keys(vault)
    if not reason.strip():
        raise DeskFault("erasure.no_reason")
    _check_second(vault, second, policy)
    offline = open_offline(offline_file, offline_phrase)
    signed = tuple(
        office_erasures.statements(
            vault.database,
            keys,
            offline,
            about=about,
            because=because,
            where=where,
            day=vault.world.today(),
            randomness=vault.world.randomness,
        )
    )
    done = []
    for content in signed:
        done.append(known_erasure(content))
        carry_out(vault, content, done[-1], reason=reason.strip(), second=second.person)
    return tuple(done)


def to_send(vault: OpenVault, device: str) -> Iterator[bytes]:
    """The erasures that a device has not said it carried out, as they were signed. Raises PersonFault."""
    vault.demand(Action.IMPORT_BUNDLE)
    done: set[str] = set()
    for stream in office_receipts.streams_of(vault.database, device):
        done |= receipts.erased_by(vault.database, stream)
    for content, one in _known(vault.database):
        if one.erasure not in done:
            yield content


def write_all(vault: OpenVault, folder: Path) -> tuple[str, ...]:
    """Write every erasure known here into a folder, each a file; their names. Raises DatabaseFault."""
    return lay_beside(vault.database, folder)


# --- what was erased stays erased ---------------------------------------------------------------------


def lay_beside(database: Database, folder: Path) -> tuple[str, ...]:
    """Write the signed statements into a folder with copies that were made before them (rule 4); their names.

    They hold digests of salted records: nothing can be learned from them. Raises DatabaseFault
    `exchange.disk_full`, `exchange.disk_failed`.
    """
    names = []
    for content, one in _known(database):
        names.append(f"erasure-{one.erasure}{STATEMENT_ENDING}")
        if not (folder / names[-1]).exists():
            write_statement(folder / names[-1], content)
    return tuple(names)


def apply_again(database: Database, folders: Iterable[Path] = ()) -> int:
    """Erase once more all that is known to be erased: what the database itself says, and what statements in
    `folders` say. How many records were held that must not be.

    For a vault that was put back or salvaged, before it is a vault. Raises DatabaseFault.
    """
    desk = Desk.HEADQUARTERS if Belongings(database).get(OFFICE_KEYS) is not None else Desk.POST
    found = [one for _, one in (*_known(database), *_signed(database, _statements_in(folders)))]
    if not found:
        return 0
    with database.writing():
        held = sum(_take_away(database, one) for one in found if _is_for(one, desk))
    erasure.overwrite(database)
    return held


def signed_here(vault: OpenVault) -> frozenset[str]:
    """The ids of every erasure that is known here: what the certificate key has signed so far (rule 6)."""
    return frozenset(one.erasure for _, one in _known(vault.database))


def _known(database: Database) -> tuple[tuple[bytes, Erasure], ...]:
    """Every erasure this vault knows of, once: those it carried out itself, and those in entries of others that
    headquarters really signed."""
    belongings, found = Belongings(database), {}
    mine = {(belongings.get(name) or b"").decode() for name in (STREAM, PARENT)}
    told = receipts.statements_of_erasure(database)
    for stream, statement in told:
        if stream in mine:
            one = known_erasure(statement.encode())
            found[one.erasure] = (statement.encode(), one)
    for content, one in _signed(
        database, (statement.encode() for stream, statement in told if stream not in mine)
    ):
        found.setdefault(one.erasure, (content, one))
    return tuple(found.values())


def _signed(database: Database, contents: Iterable[bytes]) -> Iterator[tuple[bytes, Erasure]]:
    """Those of some files that this vault's headquarters signed; the others say nothing here."""
    office = enrolment.office_in(Belongings(database))
    if office is None:
        return
    former = enrolment.former_erasures(Belongings(database))
    for content in contents:
        with suppress(ForeignFault):
            one = read_believed(content, office.certificate_key, former)
            if one.organisation == office.organisation:
                yield content, one


def _statements_in(folders: Iterable[Path]) -> Iterator[bytes]:
    for folder in folders:
        with suppress(OSError):
            for path in sorted(folder.glob(f"*{STATEMENT_ENDING}"))[:_MOST_FILES]:
                content = read_bounded(path, MAX_ERASURE_BYTES)
                if content is not None:
                    yield content


def _take_away(database: Database, asked: Erasure) -> int:
    kind, _, name = asked.about.partition("/")
    if kind == "case":
        erasure.take_drafts(database, name)
    return erasure.take_away(database, asked.digests, erasure.ERASED)


def _is_for(asked: Erasure, desk: Desk) -> bool:
    """Rule 5."""
    return asked.where is Where.EVERYWHERE or desk is Desk.HEADQUARTERS


def _check_second(vault: OpenVault, second: Second, policy: Policy) -> None:
    if second.person == vault.person.id:
        raise DeskFault("erasure.same_person")
    if not _may_second(vault, second.person):
        raise DeskFault("erasure.second_may_not")
    Door(vault.folder, vault.world.ticks).unlock(second.person, second.phrase, policy)


def _may_second(vault: OpenVault, person: str) -> bool:
    return not SECOND_ROLES.isdisjoint(vault.queries.person(person)[1])
