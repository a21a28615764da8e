"""Papers that are made for a person: proof of registration, hand-over record, receipt for papers,
confirmation of a visit, and what is planned (R-045, R-052, R-053; `protection.md` 5, 8).

1. Before a paper that is carried: "Is it safe to carry this?" Without a yes it is not made, and not printed
   again.
2. No category, no reason, no name of a service that says one: a number, days, the post.
3. A proof of registration is made only where an authority allows it, for as many days as it allows (R-053); in
   training an invented one does. It carries a code (`paper_codes`). A newer one calls the older back.
4. What is planned is put on paper only while no lock is shut (`measures`). No paper hands anybody over to a
   consulate: that it hears of somebody is a plan.
5. Every paper that is made is an entry, and stays at the post; printing it again makes no new one. What was
   called back is not printed again.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.services import civil_sheets, enrolment, measures, own_settings, paper_codes
from fieldkit.services.case_file import CASE, CaseFile, Said, read_case
from fieldkit.services.civil_sheets import Sheet
from fieldkit.services.directory import all_services
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_papers import ISSUED, REVOKED

ALLOWED = "registration_paper"
"""The setting that holds who allows proofs of registration, and for how many days."""
TRAINING_DAYS = 30
MOST_DAYS = 3650
MOST_PAPERS = 30
_HOURS = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]")


class PaperKind(StrEnum):
    """The papers."""

    REGISTRATION = "registration"
    HAND_OVER = "hand_over"
    KEPT = "kept"
    ATTENDANCE = "attendance"
    PLAN = "plan"
    BIRTH = "birth"
    DEATH = "death"
    SEARCH = "search"
    MESSAGE = "message"


CARRIED = frozenset({PaperKind.REGISTRATION, PaperKind.KEPT, PaperKind.ATTENDANCE})
"""What the person takes along (rule 1)."""
FOR_REGISTRY = frozenset({PaperKind.BIRTH, PaperKind.DEATH, PaperKind.SEARCH, PaperKind.MESSAGE})
"""Sheets with names, for a civil registry, for who looks for people or carries messages (`civil_sheets`): nobody
knows who carries them there (rule 1)."""
AT_A_POST = frozenset({PaperKind.REGISTRATION})
"""What only a post signs."""


class Gone(StrEnum):
    """Why a paper is called back."""

    REPLACED = "replaced"
    LOST = "lost"
    MISTAKE = "mistake"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who allows proofs of registration, and for how many days one is valid."""

    by: str
    days: int


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: which paper, whether the person said that it is safe to carry, and what stands on it:
    `lines` are papers that are kept; `begin` and `end` hours of a visit; `service` who takes over; `measure`
    a plan; `about` whom a sheet for a registry is about."""

    kind: PaperKind
    languages: tuple[str, ...]
    safe_to_carry: bool = False
    lines: tuple[str, ...] = ()
    begin: str = ""
    end: str = ""
    service: str = ""
    measure: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """A paper that was made. `facts` are what stands on it beside number and post; `gone` is why it was
    called back, or empty."""

    document: str
    kind: PaperKind
    languages: tuple[str, ...]
    day: str
    valid: str
    facts: Mapping[str, Any]
    gone: str = ""


# --- who allows it ----------------------------------------------------------------------------------------


def allow(vault: OpenVault, by: str, days: int) -> None:
    """Keep who allows proofs of registration at this post, and for how many days (rule 3).

    Raises PersonFault `access.not_allowed`; DeskFault `paper.allowed_by`, `paper.days`.
    """
    vault.demand(Action.ALLOW_PAPERS)
    if not by.strip():
        raise DeskFault("paper.allowed_by")
    if not 0 < days <= MOST_DAYS:
        raise DeskFault("paper.days", limit=MOST_DAYS)
    own_settings.choose(vault, ALLOWED, {"by": by.strip(), "days": days})


def allowed(vault: OpenVault) -> Allowed | None:
    """Who allows it; None where nobody does. Where two people wrote different things: the shorter time."""
    held = [one for one in own_settings.standing(vault, ALLOWED) if isinstance(one, Mapping)]
    found = [Allowed(str(one["by"]), int(str(one["days"]))) for one in held]
    if found:
        return min(found, key=lambda one: (one.days, one.by))
    return Allowed("", TRAINING_DAYS) if vault.training else None


# --- making, calling back ---------------------------------------------------------------------------------


def issue(vault: OpenVault, case: str, wish: Wish) -> str:
    """Make a paper; its id.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `record.not_safe_to_carry`,
    `paper.not_allowed`, `paper.empty`, `paper.hours`, `refer.unknown_service`, `sheet.nobody`; for a plan what
    `measures.demand_standing` raises.
    """
    vault.demand(Action.ISSUE_PAPER)
    _demand_safe(wish.kind, safe=wish.safe_to_carry)
    file = read_case(vault.journal, case)
    facts, valid, code = _facts(vault, file, wish)
    document = new_id(vault.world.randomness)
    told: JsonObject = {
        "document": document,
        "paper": wish.kind.value,
        "code": code,
        "valid": valid,
        "languages": list(wish.languages),
        "facts": facts,
    }
    about = subject(CASE, case)
    gone = [] if wish.kind is not PaperKind.REGISTRATION else _valid_ones(vault, case)
    replaced = [Change(about, REVOKED, _revoked(one, Gone.REPLACED, "")) for one in gone]
    vault.journal.append_many(vault.person.id, [*replaced, Change(about, ISSUED, told)])
    return document


def call_back(vault: OpenVault, case: str, document: str, because: Gone, reason: str) -> None:
    """Call a paper back: its code says so here from now on, and it is not printed again.

    Raises DeskFault `paper.unknown`, `measure.reason_missing`.
    """
    vault.demand(Action.ISSUE_PAPER)
    one = find(vault, case, document)
    if not reason.strip():
        raise DeskFault("measure.reason_missing")
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, case),
        kind=REVOKED,
        payload=_revoked(one, because, reason.strip()),
    )


def papers(vault: OpenVault, case: str) -> tuple[Issued, ...]:
    """The papers that were made in a case, the oldest first. One that only a newer version knows is kept, and told
    in the case's history (`events`)."""
    file = read_case(vault.journal, case)
    made = (said for said in file.of_kind(ISSUED) if said.payload["paper"] in set(PaperKind))
    gone = {said.payload["document"]: str(said.payload["because"]) for said in file.of_kind(REVOKED)}
    return tuple(_issued(said, gone) for said in made)


def find(vault: OpenVault, case: str, document: str) -> Issued:
    """One paper that stands. Raises DeskFault `paper.unknown`, `paper.called_back`."""
    found = next((one for one in papers(vault, case) if one.document == document), None)
    if found is None:
        raise DeskFault("paper.unknown")
    if found.gone:
        raise DeskFault("paper.called_back")
    return found


def to_print(vault: OpenVault, case: str, document: str, *, safe_to_carry: bool) -> Issued:
    """The paper, when it may be printed (rules 1, 4 and 5). Raises as `find` and `issue`."""
    vault.demand(Action.ISSUE_PAPER)
    one = find(vault, case, document)
    _demand_safe(one.kind, safe=safe_to_carry)
    if one.kind is PaperKind.PLAN:
        measures.demand_standing(vault, case, str(one.facts["measure"]))
    return one


def code_text(vault: OpenVault, file: CaseFile, one: Issued) -> str:
    """The code on a proof of registration, with the same content whenever it is printed."""
    body = paper_codes.Body(
        file.number, date.fromisoformat(one.valid), bytes.fromhex(str(one.facts["issue"]))
    )
    return paper_codes.write(body, enrolment.own_identity(vault).key)


def _demand_safe(kind: PaperKind, *, safe: bool) -> None:
    if kind in CARRIED | FOR_REGISTRY and not safe:
        raise DeskFault("record.not_safe_to_carry")


def _valid_ones(vault: OpenVault, case: str) -> list[Issued]:
    held = papers(vault, case)
    return [one for one in held if one.kind is PaperKind.REGISTRATION and not one.gone]


def _revoked(one: Issued, because: Gone, reason: str) -> JsonObject:
    kind = one.kind.value
    return {"document": one.document, "paper": kind, "because": because.value, "reason": reason}


def _issued(said: Said, gone: Mapping[str, str]) -> Issued:
    told = said.payload
    return Issued(
        told["document"],
        PaperKind(told["paper"]),
        tuple(told["languages"]),
        said.entry.at,
        told["valid"],
        told["facts"],
        gone.get(told["document"], ""),
    )


# --- what stands on it ------------------------------------------------------------------------------------


def _facts(vault: OpenVault, file: CaseFile, wish: Wish) -> tuple[JsonObject, str, str]:
    """What stands on a paper, its last day, and the digest of its code; empty where it has none."""
    match wish.kind:
        case PaperKind.REGISTRATION:
            return _registration(vault, file)
        case PaperKind.KEPT:
            return {"lines": _lines(wish.lines)}, "", ""
        case PaperKind.ATTENDANCE:
            return _visit(vault, wish), "", ""
        case PaperKind.HAND_OVER:
            return _hand_over(vault, file, wish.service), "", ""
        case PaperKind.PLAN:
            plan = measures.demand_standing(vault, file.id, wish.measure)
            return {"measure": plan.measure, "what": plan.what.value}, "", ""
        case PaperKind.BIRTH | PaperKind.DEATH | PaperKind.SEARCH | PaperKind.MESSAGE:
            return civil_sheets.facts(vault, file.id, wish.about, Sheet(wish.kind.value)), "", ""


def _registration(vault: OpenVault, file: CaseFile) -> tuple[JsonObject, str, str]:
    allows = allowed(vault)
    if allows is None or vault.desk is not Desk.POST:
        raise DeskFault("paper.not_allowed")
    until = vault.world.today() + timedelta(days=allows.days)
    issue_bytes = vault.world.randomness.bytes(paper_codes.ISSUE_BYTES)
    body = paper_codes.Body(file.number, until, issue_bytes)
    opened = next(file.of_kind("case.opened"))
    facts: JsonObject = {"issue": issue_bytes.hex(), "registered": opened.entry.at[:10], "by": allows.by}
    return facts, until.isoformat(), body.name


def _lines(lines: Sequence[str]) -> list[str]:
    kept = [line.strip() for line in lines if line.strip()]
    if not kept or len(kept) > MOST_PAPERS:
        raise DeskFault("paper.empty", limit=MOST_PAPERS)
    return kept


def _visit(vault: OpenVault, wish: Wish) -> JsonObject:
    if not all(_HOURS.fullmatch(hour) for hour in (wish.begin, wish.end)):
        raise DeskFault("paper.hours")
    return {"day": vault.world.today().isoformat(), "begin": wish.begin, "end": wish.end}


def _hand_over(vault: OpenVault, file: CaseFile, service: str) -> JsonObject:
    """Who takes over, and when each thing happened here (R-045)."""
    held = next((one for one in all_services(vault) if one.id == service), None)
    if held is None or held.is_consulate or not held.may_be_printed(vault.training):
        raise DeskFault("refer.unknown_service")
    moments = [("opened", said) for said in file.of_kind("case.opened")]
    moments += [("talked", said) for said in file.standing("submission.finished")]
    moments += [("referred", said) for said in file.of_kind("referral.made")]
    told: list[JsonObject] = [{"what": what, "at": said.entry.at} for what, said in moments]
    told.append({"what": "handed_over", "at": vault.world.clock.now().isoformat(timespec="seconds")})
    officer, person = file.languages()
    return {"to": held.name_on_paper, "moments": told, "language": person, "official": officer}
