"""A person asks to see what is kept, to have it put right, or takes back what they allowed (R-168).

1. Each is a job of its own from the case: it is written down when it is asked, and answered with a paper.
2. *See*: everything held here about them, in their language, as far as whoever prints may read it. What is sealed
   of other members of a household is on no answer (`protection.md` 8).
3. *Put right* is a correction as any other; the answer says what was changed, or why nothing was.
4. *Take back*: from this moment nothing more travels to that office, and where headquarters already has something
   it is asked to erase it. What left already, and to whom, is said: nobody is told that it can be called back.
5. Help never depends on any of it, and nobody is asked for a reason.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.services import erasure, sealed, sharing
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.directory import all_services
from fieldkit.services.erasure import Because, Where
from fieldkit.services.errors import DeskFault
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.vault import OpenVault
from fieldkit.storage import projections, receipts
from fieldkit.storage.journal import Change
from fieldkit.storage.receipts import AskedRow

MADE, ANSWERED = "request.made", "request.answered"
AGREEMENT = "agreement/"
PRINTED, STOPPED, ASKED, CHANGED, UNCHANGED = "printed", "stopped", "asked", "changed", "unchanged"
"""What an answer says was done, in the journal."""


class What(StrEnum):
    """What a person can ask."""

    SEE = "see"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Left:
    """Something that left: to whom, on which day (ISO). `to` is a contact's id where it was `shared`."""

    to: str
    day: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Agreed:
    """An office and what the person said to it, as it stands now."""

    recipient: str
    yes: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What came of taking back: offices nothing goes to any more; what headquarters was asked; what had left."""

    request: str
    stopped: tuple[str, ...]
    asked: Where | None
    left: tuple[Left, ...]
    papers: int


def asked(vault: OpenVault, case: str) -> tuple[AskedRow, ...]:
    """What the person of a case asked so far, the oldest first."""
    return receipts.asked(vault.database, case)


def ask(vault: OpenVault, case: str, what: What) -> str:
    """Write down that the person asks; the request's id. One that is open already is gone on with.

    Raises PersonFault `access.not_allowed`, `case.unknown`.
    """
    vault.demand(Action.ANSWER_PERSON)
    read_case(vault.journal, case)
    for one in asked(vault, case):
        if one.what == what and not one.answered:
            return one.request
    request = new_id(vault.world.randomness)
    vault.journal.append_many(vault.person.id, [_made(case, request, what)])
    return request


def answer(
    vault: OpenVault,
    case: str,
    request: str,
    what: What,
    *,
    done: Collection[str] = (),
    not_done: Collection[str] = (),
) -> None:
    """Write down that a request was answered, and with what: codes, never what was said.

    Raises PersonFault `access.not_allowed`; DeskFault `request.unknown`.
    """
    vault.demand(Action.ANSWER_PERSON)
    if all(one.request != request for one in asked(vault, case)):
        raise DeskFault("request.unknown")
    vault.journal.append_many(vault.person.id, [_answered(case, request, what, done, not_done)])


def agreements(vault: OpenVault, case: str) -> tuple[Agreed, ...]:
    """What the person said to each office, as it stands: where answers differ, no."""
    found: dict[str, bool] = {}
    for value in projections.standing(vault.database, subject(CASE, case)):
        if value.field.startswith(AGREEMENT):
            name = value.field.removeprefix(AGREEMENT)
            found[name] = found.get(name, True) and value.value is True
    return tuple(Agreed(name, yes) for name, yes in found.items())


def has_left(vault: OpenVault, case: str) -> tuple[Left, ...]:
    """To whom something about the person has gone already, and when (rule 4)."""
    left = []
    day = _sent_to_headquarters(vault, case)
    if day:
        left.append(Left(HEADQUARTERS, day))
    left += [Left(one.contact, one.day, shared=True) for one in sharing.shares(vault, case)]
    services = {service.id: service for service in all_services(vault)}
    for made in sealed.case_file(vault, case).referrals():
        service = services.get(made.service)
        if not made.declined and service is not None and service.may_be_printed(vault.training):
            left.append(Left(service.name_on_paper, made.day))
    return tuple(left)


def papers_out(vault: OpenVault, case: str) -> int:
    """How many papers about the person were printed or saved."""
    return sum(1 for _ in read_case(vault.journal, case).of_kind("document.printed"))


def withdraw(
    vault: OpenVault, case: str, recipients: Collection[str], *, everything: bool = False
) -> Withdrawn:
    """Take back what was allowed to these offices, from this moment; with `everything` to all of them, and ask that
    what is kept here is erased too (rule 4). One transaction, answered at once.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `request.nothing_to_withdraw`.
    """
    vault.demand(Action.ANSWER_PERSON)
    allowed = [one.recipient for one in agreements(vault, case) if one.yes]
    stopped = tuple(name for name in allowed if everything or name in recipients)
    if not stopped and not everything:
        raise DeskFault("request.nothing_to_withdraw")
    left, papers = has_left(vault, case), papers_out(vault, case)
    where = _to_erase(stopped, left, everything)
    request = new_id(vault.world.randomness)
    with vault.database.transaction():
        changes = [_made(case, request, What.WITHDRAW), *(_no(vault, case, name) for name in stopped)]
        vault.journal.append_many(vault.person.id, changes)
        if where is not None:
            erasure.request(vault, subject(CASE, case), Because.WITHDRAWN, where)
        done = [*(f"{STOPPED}:{name}" for name in stopped), *([f"{ASKED}:{where.value}"] if where else [])]
        not_done = ["left:headquarters" if one.to == HEADQUARTERS else "left:other" for one in left]
        told = _answered(case, request, What.WITHDRAW, done, sorted(set(not_done)))
        vault.journal.append_many(vault.person.id, [told])
    return Withdrawn(request, stopped, where, left, papers)


def _to_erase(stopped: Collection[str], left: Collection[Left], everything: bool) -> Where | None:
    if everything:
        return Where.EVERYWHERE
    there = any(one.to == HEADQUARTERS for one in left)
    return Where.HEADQUARTERS if there and HEADQUARTERS in stopped else None


def _sent_to_headquarters(vault: OpenVault, case: str) -> str:
    """The day of the first bundle that took content of the case along; empty when none did."""
    told = [
        entry.number for entry, _ in vault.journal.about(subject(CASE, case)) if entry.stream == vault.stream
    ]
    if not told or not receipts.ever_agreed(vault.database, case, HEADQUARTERS):
        return ""
    return receipts.exported_on(vault.database, vault.stream, min(told))


def _made(case: str, request: str, what: What) -> Change:
    return Change(subject(CASE, case), MADE, {"request": request, "what": what.value})


def _answered(
    case: str, request: str, what: What, done: Collection[str], not_done: Collection[str]
) -> Change:
    told: JsonObject = {
        "request": request,
        "what": what.value,
        "done": list(done),
        "not_done": list(not_done),
    }
    return Change(subject(CASE, case), ANSWERED, told)


def _no(vault: OpenVault, case: str, recipient: str) -> Change:
    """A no that takes the place of every answer to this office that stands."""
    about = subject(CASE, case)
    standing = projections.standing(vault.database, about, f"{AGREEMENT}{recipient}")
    replaces = tuple(value.entry for value in standing)
    told: JsonObject = {"recipient": recipient, "agreed": False, "withdrawn": True}
    return Change(about, "agreement.recorded", told, replaces)
