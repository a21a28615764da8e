"""What the referral page decides: where a person can be referred, what they said, how they take it along.

1. The person decides: declining is kept, without any consequence (R-047).
2. Before anything is printed: "Is it safe to carry this?" Nothing is chosen beforehand; a no gives the number
   and the place to tell instead (`protection.md` 8).
3. A child is handed over, whoever says no: there is no declining, and the number stands large, because the
   hand-over is a call (`protection.md` 3 and 6).
4. A hidden address is never shown here either: who answers the phone says where to go.
5. Several needs are seen to one after the other: the next one that nobody answered for comes before the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.outcome import Verdict
from fieldkit.languages import catalogues
from fieldkit.services import confidential, directory, refer, sealed
from fieldkit.services.refer import Standing
from fieldkit.ui.presenters.category_names import category_name
from fieldkit.ui.presenters.outcome import NEEDS_NO_REFERRAL

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.services.case_file import Referral
    from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class Made:
    """A referral that was made, with its service (None when it is not in the directory any more)."""

    referral: Referral
    service: Service | None

    @property
    def has_slip(self) -> bool:
        """Whether there is a slip to print."""
        return self.service is not None and not self.referral.declined and self.referral.safe_to_carry


class ReferralPage:
    """One case and one of its confirmed categories. Raises PersonFault `case.unknown`."""

    def __init__(self, vault: OpenVault, case: str, category: str, tag: str) -> None:
        self.vault = vault
        self.case = case
        self._tag = tag
        self._words = catalogues.load(tag, "codebook")
        self.category = category
        self.read()

    def read(self) -> None:
        """Read the case as it stands now."""
        file = sealed.case_file(self.vault, self.case)
        known = {service.id: service for service in directory.all_services(self.vault)}
        self.number = file.number
        self.person_language = file.languages()[1]
        confirmed = confidential.visible(self.vault, file.confirmed(), file)
        self.categories = tuple(one for one in confirmed if one not in NEEDS_NO_REFERRAL)
        if self.category not in self.categories and self.categories:
            self.category = self.categories[0]
        made = file.referrals()
        self.made = tuple(
            Made(referral, known.get(referral.service))
            for referral in made
            if referral.category == self.category
        )
        answered = {self.category, *(referral.category for referral in made)}
        self.next_category = next((one for one in self.categories if one not in answered), "")
        self.services = refer.services_for(self.vault, self.category)
        self.is_handed_over = refer.is_handed_over(self.vault, self.category)
        self.has_undecided = any(
            one.verdict is Verdict.YES and one.standing is Standing.OPEN
            for one in refer.suggestions(self.vault, self.case)
        )
        self.directory_is_empty = not known
        self.contacts_missing = directory.contacts_missing(self.vault)

    def choose(self, category: str) -> None:
        """Look at another confirmed category."""
        self.category = category
        self.read()

    def name(self, category: str) -> str:
        """A category in plain words; one that only a newer program knows is said to be that, with its code."""
        return category_name(self.vault.codebook, category, self._tag)

    def kinds(self, service: Service) -> tuple[str, ...]:
        """What a service gives, in plain words."""
        return tuple(
            self.vault.codebook.choice_label("service_kinds", kind, self._words) for kind in service.kinds
        )

    def is_stale(self, service: Service) -> bool:
        """Whether somebody should call before a person is sent there."""
        return service.is_stale(self.vault.world.today())

    def speaks(self, service: Service) -> bool:
        """Whether the person's own language is spoken there."""
        return self.person_language in service.languages

    def accept(self, service: Service, *, safe_to_carry: bool) -> str:
        """The person goes there; the referral's id."""
        made = refer.refer(self.vault, self.case, self.category, service.id, safe_to_carry=safe_to_carry)
        self.read()
        return made

    def not_safe_any_more(self, made: Made, reason: str) -> None:
        """The person says that the paper is not safe to carry now. Raises as `refer.change_referral`."""
        refer.change_referral(self.vault, self.case, made.referral.id, reason, safe_to_carry=False)
        self.read()

    def decline(self, service: Service) -> None:
        """The person does not want to go there."""
        refer.refer(self.vault, self.case, self.category, service.id, declined=True, safe_to_carry=False)
        self.read()
