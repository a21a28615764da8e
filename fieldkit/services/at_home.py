"""Help for those who stayed at home and depend on somebody here (R-098).

1. How many they are, and how many are children, is kept with the referral; no name and no place of theirs. Who they
   are stands in the talk in which it was told, for the few who may open it.
2. Only when the person wishes it, and to a service of this post's own directory: nobody at home, and no authority
   of the country the person left, is written to from here (`protection.md` 12 and 14).
3. It is a referral of the person who is here: it is followed up like every other, its slip carries a number and
   says nothing about the family, and whoever has it still waits to be screened.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.content.directory import Service
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import JsonObject
from fieldkit.services import directory
from fieldkit.services.case_file import CASE, FINISHED, KEPT, CaseFile, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.refer import demand_open
from fieldkit.services.vault import OpenVault

NEED = "family_at_home"
"""What the referral is for, among the needs."""
KINDS = ("child", "social", "tracing", "refugee_agency", "counselling", "hotline")
"""Kinds of services that can reach families elsewhere, or know who can."""
MOST = 99


@dataclass(frozen=True, slots=True)
class AtHome:
    """How many depend on somebody here; `children` of the `people`."""

    people: int
    children: int


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral for those at home, on a day (ISO), to a service of the directory."""

    referral: str
    service: str
    day: str
    family: AtHome


def told(vault: OpenVault, case: str) -> bool:
    """Whether a talk says that somebody of the family is at home. Raises PersonFault `case.unknown`."""
    held = read_case(vault.journal, case).standing(FINISHED, KEPT)
    return any("home" in said.payload["facts"].get("member_place", ()) for said in held)


def services(vault: OpenVault) -> tuple[Service, ...]:
    """Who can help, in the order of the kinds."""
    held = directory.all_services(vault)
    return tuple(dict.fromkeys(one for kind in KINDS for one in held if kind in one.kinds))


def refer(
    vault: OpenVault, case: str, service: str, family: AtHome, *, wished: bool, safe_to_carry: bool
) -> str:
    """Keep the referral; its id, for its slip.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `at_home.not_wished`, `at_home.people`,
    `refer.unknown_service`, `case.closed`.
    """
    vault.demand(Action.REFER)
    file = read_case(vault.journal, case)
    demand_open(file)
    if not wished:
        raise DeskFault("at_home.not_wished")
    if not 0 < family.people <= MOST or not 0 <= family.children <= family.people:
        raise DeskFault("at_home.people", limit=MOST)
    if all(service != one.id for one in services(vault)):
        raise DeskFault("refer.unknown_service")
    referral = new_id(vault.world.randomness)
    payload: JsonObject = {
        "referral": referral,
        "category": "",
        "service": service,
        "needs": [NEED],
        "declined": False,
        "fields": ["number", "service", "post", "date"],
        "safe_to_carry": safe_to_carry,
        "at_home": {"people": family.people, "children": family.children},
    }
    vault.journal.append(
        actor=vault.person.id, subject=subject(CASE, case), kind="referral.made", payload=payload
    )
    return referral


def referrals(vault: OpenVault, case: str) -> tuple[Referred, ...]:
    """What was arranged for those at home, the oldest first."""
    return of_file(read_case(vault.journal, case))


def of_file(file: CaseFile) -> tuple[Referred, ...]:
    """The same of a case that was read."""
    held = (said for said in file.of_kind("referral.made") if NEED in said.payload["needs"])
    return tuple(
        Referred(
            said.payload["referral"],
            said.payload["service"],
            said.entry.at[:10],
            _family(said.payload.get("at_home")),
        )
        for said in held
    )


def _family(held: object) -> AtHome:
    fields = held if isinstance(held, Mapping) else {}
    people, children = (fields.get(name) for name in ("people", "children"))
    return AtHome(people if isinstance(people, int) else 0, children if isinstance(children, int) else 0)
