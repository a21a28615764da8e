"""That the way to protection may be shorter, because people from there are recognised as a group (R-012, R-056).

1. It says "may be quickened" and why, with place, source, review and last day. It says nothing of anybody else: who
   comes from elsewhere sees no row, no order changes, and every way stays as open as before (`protection.md` 16).
2. It is shown beside the steps of asylum and of war and violence only; it opens no pathway and closes none.
3. What was not told, or is not known, gives no hint, and no hint is no sign (`protection.md` 1).
4. That a whole group was passed on by that way is written down once for the group. Nobody of it is screened by
   that: every person still has a talk of their own, alone (`protection.md` 7).
"""

from dataclasses import dataclass

from fieldkit.content import recognition, regions
from fieldkit.content.recognition import Recognised
from fieldkit.domain.entries import subject
from fieldkit.domain.waiting import CASE, HOUSEHOLD
from fieldkit.services import households, retention, sealed
from fieldkit.services.case_file import read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.households import Group
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_desk

CATEGORIES = ("C01", "C03")
"""The pathways beside whose steps it is shown (rule 2)."""
READ = ("nationality", "origin_country")
"""The answers it is compared with: one that fits is enough."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A row that fits what was told. `group` is the number of a group of the person that was passed on by it."""

    row: Recognised
    group: str = ""


def in_force(vault: OpenVault) -> tuple[Recognised, ...]:
    """Every row that holds at this post today. Raises ContentFault."""
    folder = vault.content[0]
    region = regions.region_id(folder)
    rows = recognition.load(folder, vault.codebook, region)
    return recognition.in_force(rows, retention.country(vault), region, vault.world.today())


def hints(vault: OpenVault, case: str, category: str) -> tuple[Hint, ...]:
    """What may quicken this person's way; none beside any other pathway (rules 1 to 3).

    Raises PersonFault `case.unknown`; ContentFault.
    """
    rows = in_force(vault) if category in CATEGORIES else ()
    if not rows:
        return ()
    answers = sealed.answers(vault, read_case(vault.journal, case))
    told = {country for name in READ for country in answers.known(name)}
    return tuple(Hint(row, _group(vault, case, row)) for row in rows if row.country in told)


def route_group(vault: OpenVault, group: str, row: str) -> None:
    """Keep that a group was passed on by the way that `row` gives (rule 4).

    Raises PersonFault `access.not_allowed`; DeskFault `group.unknown`, `recognition.not_in_force`.
    """
    if row not in {one.id for one in in_force(vault)}:
        raise DeskFault("recognition.not_in_force")
    households.route(vault, group, row)


def routed(vault: OpenVault, group: Group) -> tuple[Recognised, ...]:
    """The rows in force by which a group was passed on."""
    return tuple(row for row in in_force(vault) if row.id in group.routed)


def _group(vault: OpenVault, case: str, row: Recognised) -> str:
    """The number of a group of this person that was passed on by `row`; empty for none."""
    household = households.household_of_case(vault, case)
    about = [subject(CASE, case), *([subject(HOUSEHOLD, household)] if household else [])]
    said = queries_desk.said(vault.database, about)
    for group in {one for told in said.values() for one in told.get("group", ()) if one}:
        held = households.group_of(vault, group)
        if row.id in held.routed:
            return held.number
    return ""
