"""The action list of urgent needs: need, provider, slip, done or not done (R-002, R-003).

1. A need stands from the answer that told it until somebody says that it was met. A later answer that tells it
   again opens it again: what is met is named by the entries that told it.
2. What could not be done is kept with a reason; the need stays open, and is counted (R-009).
3. A slip to a provider asks for no country, no papers, no status and no screening (R-003). It is a referral for a
   need, to no procedure: whoever has one still waits to be screened. A consulate meets no need (`domain.locks`, 7).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.content.directory import Service
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.domain.waiting import CASE, FLAG_OF_FACT
from fieldkit.services import directory
from fieldkit.services.case_file import FINISHED, KEPT, CaseFile, Referral, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault

SETTLED = "need.settled"
JOINED = "household.joined"
REFERRED = "referral.made"
KINDS: Mapping[str, tuple[str, ...]] = {
    "urgent_labour": ("health", "emergency"),
    "urgent_medical": ("health", "emergency"),
    "urgent_child_alone": ("child",),
    "urgent_safety": ("safe_place", "emergency"),
    "urgent_water": ("food",),
    "urgent_food": ("food",),
    "urgent_shelter": ("shelter",),
    "urgent_clothing": ("social", "food", "shelter"),
    "rescued_at_sea": ("health", "shelter"),
}
"""Urgent needs in the order in which they are seen to, and which providers meet them."""
TELLING = frozenset({"yes", "perhaps", "not_sure"})
"""A doubt counts as a need."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need. `told` are the entries that told it and nobody has met; `reasons` why it was not met so far;
    `sent` to whom the person was sent with it, in that order."""

    name: str
    told: tuple[str, ...]
    met: bool
    reasons: tuple[str, ...]
    services: tuple[Service, ...]
    sent: tuple[Referral, ...] = ()


def needs(vault: OpenVault, case: str) -> tuple[Need, ...]:
    """Every urgent need that was told, those that are open first.

    Raises PersonFault `access.not_allowed`, `case.unknown`.
    """
    vault.demand(Action.INTERVIEW)
    file, services = read_case(vault.journal, case), directory.all_services(vault)
    found = [_need(file, name, kinds, services) for name, kinds in KINDS.items() if _telling(file, name)]
    return tuple(sorted(found, key=lambda need: need.met))


def settle(
    vault: OpenVault, case: str, name: str, *, done: bool, reason: str = "", service: str = ""
) -> None:
    """Keep that a need was met, or that it could not be (rules 1 and 2).

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `need.unknown`, `need.no_reason`.
    """
    vault.demand(Action.INTERVIEW)
    told = _telling(read_case(vault.journal, case), name)
    if not told:
        raise DeskFault("need.unknown")
    if not done and not reason.strip():
        raise DeskFault("need.no_reason")
    flag = FLAG_OF_FACT.get(name)
    payload: JsonObject = {
        "need": name,
        "done": done,
        "told": sorted(told),
        "service": service,
        "reason": reason.strip(),
        **({"flag": flag.value} if flag else {}),
    }
    vault.journal.append(actor=vault.person.id, subject=subject(CASE, case), kind=SETTLED, payload=payload)


def refer(vault: OpenVault, case: str, name: str, service: str, *, safe_to_carry: bool) -> str:
    """Keep that somebody goes to a provider for a need (rule 3); the referral's id, for its slip.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `need.unknown`, `refer.unknown_service`.
    """
    vault.demand(Action.REFER)
    if not _telling(read_case(vault.journal, case), name):
        raise DeskFault("need.unknown")
    if all(service != held.id or held.is_consulate for held in directory.all_services(vault)):
        raise DeskFault("refer.unknown_service")
    referral = new_id(vault.world.randomness)
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, case),
        kind=REFERRED,
        payload={
            "referral": referral,
            "category": "",
            "service": service,
            "needs": [name],
            "declined": False,
            "fields": ["number", "service", "post", "date"],
            "safe_to_carry": safe_to_carry,
        },
    )
    return referral


def _need(file: CaseFile, name: str, kinds: tuple[str, ...], services: tuple[Service, ...]) -> Need:
    settled = [said.payload for said in file.of_kind(SETTLED) if said.payload["need"] == name]
    met = {digest for one in settled if one["done"] for digest in one["told"]}
    told = tuple(sorted(_telling(file, name) - met))
    reasons = tuple(one["reason"] for one in settled if not one["done"])
    able = [one for kind in kinds for one in services if kind in one.kinds]
    return Need(name, told, not told, reasons, tuple(dict.fromkeys(able)), _sent(file, name))


def _sent(file: CaseFile, name: str) -> tuple[Referral, ...]:
    """The referrals that were made for a need."""
    made = {said.payload["referral"] for said in file.of_kind(REFERRED) if name in said.payload["needs"]}
    return tuple(one for one in file.referrals() if one.id in made)


def _telling(file: CaseFile, name: str) -> set[str]:
    """The entries in which a need was told: an answer, or an emergency taken over from the row of a household."""
    flag = FLAG_OF_FACT.get(name)
    joined = (said for said in file.of_kind(JOINED) if flag in said.payload.get("flags", ()))
    told = (
        said
        for said in file.standing(FINISHED, KEPT)
        if not TELLING.isdisjoint(said.payload["facts"].get(name, ()))
    )
    return {said.identity for said in (*told, *joined)}
