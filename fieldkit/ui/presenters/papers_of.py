"""The papers of one person: which were made, which can be made, and how one goes to the printer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.marking import mark
from fieldkit.services import answers_to_people, civil_sheets, counsel, issued, issued_pages
from fieldkit.services.case_file import read_case
from fieldkit.services.directory import all_services
from fieldkit.services.issued import CARRIED, FOR_REGISTRY, Gone, PaperKind
from fieldkit.ui.presenters.pages import How, Paper

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.civil_sheets import About
    from fieldkit.services.counsel import Printed
    from fieldkit.services.issued import Wish
    from fieldkit.services.vault import OpenVault

KIND_WORDS: Mapping[PaperKind, str] = {
    PaperKind.REGISTRATION: mark("Proof of registration"),
    PaperKind.HAND_OVER: mark("Hand-over record"),
    PaperKind.KEPT: mark("Receipt for papers that are kept"),
    PaperKind.ATTENDANCE: mark("Confirmation of a visit"),
    PaperKind.PLAN: mark("A paper for the file"),
    PaperKind.BIRTH: mark("Sheet for the registration of a birth"),
    PaperKind.DEATH: mark("Sheet for a death and a burial"),
    PaperKind.SEARCH: mark("Sheet for looking for somebody"),
    PaperKind.MESSAGE: mark("Message to the family"),
}
GONE_WORDS: Mapping[str, str] = {
    Gone.REPLACED: mark("A newer one took its place"),
    Gone.LOST: mark("It was lost"),
    Gone.MISTAKE: mark("It was made by mistake"),
    Gone.ENDED: mark("It is not needed any more"),
}
MADE_HERE = (
    *(PaperKind.REGISTRATION, PaperKind.HAND_OVER, PaperKind.KEPT, PaperKind.ATTENDANCE),
    *(PaperKind.BIRTH, PaperKind.DEATH, PaperKind.SEARCH, PaperKind.MESSAGE),
)
"""What can be made on the page of papers; the paper of a plan is made beside the plan."""


class PapersOf:
    """One case; texts in the language of `words`. Raises PersonFault `case.unknown`."""

    def __init__(self, vault: OpenVault, case: str, words: Words) -> None:
        self.vault = vault
        self.case = case
        self._words = words
        self.may_make = vault.may(Action.ISSUE_PAPER)
        self.may_allow = vault.may(Action.ALLOW_PAPERS)
        self.read()

    def read(self) -> None:
        """Read the case as it stands now."""
        self.number = read_case(self.vault.journal, self.case).number
        self.papers = issued.papers(self.vault, self.case)
        self.allowed = issued.allowed(self.vault)
        self.languages = answers_to_people.languages(self.vault, self.case)

    def services(self) -> tuple[Service, ...]:
        """To whom a person can be handed over: what may stand on paper, and is no consulate."""
        held = (one for one in all_services(self.vault) if not one.is_consulate)
        return tuple(one for one in held if one.may_be_printed(self.vault.training))

    def is_carried(self, kind: PaperKind) -> bool:
        """Whether it is asked first if it is safe to carry."""
        return kind in CARRIED | FOR_REGISTRY

    def abouts(self, kind: PaperKind) -> tuple[About, ...]:
        """Whom a sheet for a registry can be about; nobody for every other paper."""
        if kind not in FOR_REGISTRY:
            return ()
        return civil_sheets.offered(self.vault, self.case, civil_sheets.Sheet(kind.value))

    def issue(self, wish: Wish) -> str:
        """Make a paper; its id. Raises as `issued.issue`."""
        document = issued.issue(self.vault, self.case, wish)
        self.read()
        return document

    def call_back(self, document: str, because: Gone, reason: str) -> None:
        """Call a paper back."""
        issued.call_back(self.vault, self.case, document, because, reason)
        self.read()

    def allow(self, by: str, days: str) -> None:
        """Keep who allows proofs of registration. Raises as `issued.allow`."""
        issued.allow(self.vault, by, int(days) if days.strip().isdecimal() else 0)
        self.read()


def issued_paper(vault: OpenVault, case: str, document: str, language: str, *, safe: bool = False) -> Paper:
    """A paper that was made, as pages."""

    def make() -> Printed:
        return counsel.print_pages(issued_pages.page(vault, case, document, safe_to_carry=safe), vault.world)

    def keep(how: How, count: int) -> None:
        what = "paper" if how is How.PRINTED else "paper file"
        counsel.record_printed(vault, what, language, count, case)

    return Paper("paper.pdf", language, make, keep, names_somebody=True)
