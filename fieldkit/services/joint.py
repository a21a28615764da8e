"""A talk that several offices led together, so that a person tells it once (R-020, K-09).

1. Written down are mandates and a function, never a name. Who led the talk at this laptop stands in its entries.
2. It follows a talk; nothing is shared by it: what another office receives is a matter of `sharing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.languages.marking import mark
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.kinds_papers import JOINED

MOST_TEXT = 120

MANDATES: Mapping[str, str] = {
    "asylum": mark("Asylum"),
    "child": mark("Protection of children"),
    "trafficking": mark("Help for people who are exploited"),
    "health": mark("Health"),
    "organisation": mark("An organisation of the civil society"),
    "border": mark("Border service"),
    "other": mark("Another office"),
}


@dataclass(frozen=True, slots=True)
class Talk:
    """Who took part, on which day."""

    day: str
    mandates: tuple[str, ...]
    function: str


def record(vault: OpenVault, case: str, mandates: tuple[str, ...], function: str = "") -> None:
    """Keep who led the last talk together. Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault
    `joint.nobody`."""
    vault.demand(Action.INTERVIEW)
    read_case(vault.journal, case)
    known = tuple(one for one in mandates if one in MANDATES)
    if not known:
        raise DeskFault("joint.nobody")
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, case),
        kind=JOINED,
        payload={"mandates": list(known), "function": function.strip()[:MOST_TEXT]},
    )


def talks(vault: OpenVault, case: str) -> tuple[Talk, ...]:
    """The talks that several offices led, the oldest first."""
    return tuple(
        Talk(said.entry.at[:10], tuple(said.payload["mandates"]), said.payload["function"])
        for said in read_case(vault.journal, case).of_kind(JOINED)
    )
