"""The leaflets that belong to what a screening suggests, for one person (R-038, R-051).

1. They are those of every rule that says yes and nobody closed; each once, in the order of the library.
2. Each is in the first language of the person in which it has text: of the talk, then those they speak;
   where there is none, in the officer's.
3. They are printed together only when the person said that it is safe to carry them; which of them, the person says
   (`protection.md` 8). No name, number or category stands on them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldkit.domain.access import Action
from fieldkit.domain.outcome import Verdict
from fieldkit.languages import catalogues
from fieldkit.leaflets import source
from fieldkit.leaflets.imposed import together
from fieldkit.leaflets.layout import lay_out
from fieldkit.leaflets.pdf import write
from fieldkit.leaflets.source import LeafletSource
from fieldkit.services import confidential, counsel, refer, sealed
from fieldkit.services.case_file import CaseFile
from fieldkit.services.counsel import Printed
from fieldkit.services.library import HAS_TEXT
from fieldkit.services.refer import Standing
from fieldkit.services.vault import OpenVault

_SPOKEN = "languages_spoken"


@dataclass(frozen=True, slots=True)
class ForPerson:
    """A leaflet for one person: its id, its title as an officer reads it, in which language it is for them, and
    whether that is one of their `own`."""

    id: str
    title: str
    language: str
    own: bool = True


def leaflets_for(vault: OpenVault, case: str, tag: str) -> tuple[ForPerson, ...]:
    """The leaflets of the case's suggestions (rules 1 and 2); titles in the language `tag`.

    Raises PersonFault `case.unknown`.
    """
    file = sealed.case_file(vault, case)
    wanted = {
        leaflet
        for one in refer.suggestions(vault, case)
        if confidential.may_see(vault, one.category, file)
        and one.verdict is Verdict.YES
        and one.standing is not Standing.CLOSED
        for leaflet in one.leaflets
    }
    if not wanted:
        return ()
    theirs, folder = _languages(file), vault.content[0]
    spoken = dict.fromkeys((*theirs, file.languages()[0]))
    made = []
    for name in source.leaflet_ids(folder):
        held = source.read_leaflet(name, folder) if name in wanted else None
        there = next((one for one in spoken if held and _has_text(held, one)), "")
        if held and there:
            title = catalogues.load(tag, "leaflets").in_context(f"{name}/title", held.title)
            made.append(ForPerson(name, title, there, there in theirs))
    return tuple(made)


def _has_text(held: LeafletSource, language: str) -> bool:
    return source.status(held, language, catalogues.load(language, "leaflets")) in HAS_TEXT


def print_together(vault: OpenVault, chosen: Sequence[ForPerson]) -> Printed:
    """All of them as one file, one after the other. Raises PersonFault `access.not_allowed`, LeafletFault."""
    vault.demand(Action.PRINT_LEAFLET)
    made = together([lay_out(counsel.leaflet(vault, one.id, one.language)) for one in chosen])
    return Printed(write(made, made=vault.world.today()), len(made.pages))


def record_given(vault: OpenVault, chosen: Sequence[ForPerson], how: str, *, printed: int = 0) -> None:
    """Keep that they were given (R-051), each in its language; `printed` pages when they were printed."""
    with vault.database.transaction():
        if printed:
            languages = " ".join(dict.fromkeys(one.language for one in chosen))
            counsel.record_printed(vault, "leaflets", languages, printed)
        for one in chosen:
            counsel.record_information(vault, one.id, one.language, how)


def _languages(file: CaseFile) -> tuple[str, ...]:
    """The person's languages, the best first (rule 2)."""
    _, person = file.languages()
    spoken = " ".join(file.answers().known(_SPOKEN)).split()
    return tuple(dict.fromkeys((person, *spoken)))
