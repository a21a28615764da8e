"""Sealed complaints (R-187, `protection.md` 4, `journal.md`): nobody at the post can tell whether there is one.

1. Paper and hotline are offered first, to everybody. Writing one down here is for a counsellor, in a session of its
   own, and never in an officer's.
2. The words stand in memory only. They are sealed to the independent body's key and to nobody else's; there is no
   draft, no entry in the journal, no case, no kind, no time finer than the week, no name but the post's.
3. Every session that ends in order leaves exactly one sealed record of one size: mostly a blank. With a
   complaint it is that one, and the session ends with it.
4. What leaves is stacks of 32 records, filled up with blanks; every export has at least one, whatever is in it.
5. Records are made from the day on which the body's key is here. Without it there is nothing to seal to.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action, Role
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.services.errors import DeskFault
from fieldkit.storage.complaints import SealedRecord, SealedRecords
from fieldkit.sync import complaints as records
from fieldkit.sync.complaints import STACK

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.services.contacts import Contact
    from fieldkit.services.vault import OpenVault

COMPLAINTS_CATEGORY = "C25"
"""The pathway whose services take complaints: their hotline is offered first."""

KEPT_FOR = timedelta(weeks=26)


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be offered to somebody who wants to complain; `why_not` is a code where nothing is written here."""

    services: "tuple[Service, ...]"
    body: str
    why_not: str


def offer(vault: "OpenVault") -> Offer:
    """The ways there are, the hotlines first (rule 1)."""
    from fieldkit.services import directory  # noqa: PLC0415 (the vault's end calls this file)

    services = tuple(one for one in directory.all_services(vault) if one.serves(COMPLAINTS_CATEGORY))
    body = _body(vault)
    return Offer(services, body.name if body else "", _why_not(vault, body))


def over(vault: "OpenVault", text: str) -> int:
    """By how many bytes a text is too long for one record; 0 when it fits."""
    try:
        records.written(text or "-", vault.name, week_of(vault.world.today()))
    except PersonFault as fault:
        return int(fault.data.get("over", 0))
    return 0


def seal(vault: "OpenVault", text: str) -> None:
    """Seal what somebody told, as the one record of this session. The caller ends the session now (rule 3).

    Raises PersonFault `access.not_allowed`, `complaint.empty`, `complaint.too_long`; DeskFault
    `complaint.officers_session`, `complaint.no_body`, `complaint.session_has_one`; DatabaseFault.
    """
    vault.demand(Action.TAKE_COMPLAINT)
    body = _body(vault)
    code = _why_not(vault, body)
    if code or body is None:
        raise DeskFault(code or "complaint.no_body")
    week = week_of(vault.world.today())
    _keep(vault, body, records.written(text, vault.name, week), week)


def end_session(vault: "OpenVault") -> None:
    """Leave this session's record, unless it has one. A disk that fails here keeps nobody from locking."""
    with suppress(FieldkitError):
        body = _body(vault) if not vault.left_record else None
        if body is not None:
            _keep(vault, body, records.blank(), week_of(vault.world.today()))


def stacks(vault: "OpenVault") -> "tuple[tuple[tuple[str, bytes], ...], Sequence[SealedRecord]]":
    """The files that an export carries, by name, and the records in them, to be noted with `carried`.

    Nothing before the body's key is here; afterwards at least one stack (rule 4).
    """
    body = _body(vault)
    if body is None:
        return (), ()
    waiting = SealedRecords(vault.database).waiting()
    contents = [record.content for record in waiting]
    missing = -len(contents) % STACK if contents else STACK
    contents += [records.seal_record(records.blank(), body.recipient) for _ in range(missing)]
    files = tuple(
        (records.stack_name(vault.world.randomness), records.stack(contents[start : start + STACK]))
        for start in range(0, len(contents), STACK)
    )
    return files, waiting


def carried(vault: "OpenVault", left: Sequence[SealedRecord]) -> None:
    """Note that records left on a stick, and let go of old ones that left often enough."""
    held = SealedRecords(vault.database)
    held.carried(left)
    held.forget_before(week_of(vault.world.today() - KEPT_FOR))


def week_of(day: date) -> str:
    """The week of a day, such as `2026-W10`: no time is finer."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def _keep(vault: "OpenVault", body: "Contact", plain: bytes, week: str) -> None:
    SealedRecords(vault.database).add(week, records.seal_record(plain, body.recipient))
    vault.left_record = True


def _body(vault: "OpenVault") -> "Contact | None":
    from fieldkit.services import contacts  # noqa: PLC0415 (the vault's end calls this file)

    return contacts.complaints_body(vault)


def _why_not(vault: "OpenVault", body: "Contact | None") -> str:
    if Role.OFFICER in vault.person.roles or not vault.may(Action.TAKE_COMPLAINT):
        return "complaint.officers_session"
    if body is None:
        return "complaint.no_body"
    return "complaint.session_has_one" if vault.left_record else ""
