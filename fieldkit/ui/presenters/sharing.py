"""What the sharing page decides: to whom, what goes, and what has still to be asked before it can be sealed.

1. A look first: what goes and what stays stands on the page before the button can be pressed.
2. Nothing is chosen beforehand: neither a recipient, nor the person's yes, nor that they were told.
3. What is missing is asked in the order in which a talk goes: agreement, countries, child protection, telling.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fieldkit.domain.sharing import OriginKind, Rule, asks_child_protection, needs_agreement
from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark
from fieldkit.services import contacts, counsel, hand_over, share_paper, sharing
from fieldkit.services.case_file import read_case
from fieldkit.services.contacts import ContactKind
from fieldkit.services.errors import DeskFault
from fieldkit.services.sharing import Look, Said
from fieldkit.ui.presenters import countries
from fieldkit.ui.presenters.category_names import category_name
from fieldkit.ui.presenters.pages import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from fieldkit.domain.errors import FieldkitError
    from fieldkit.domain.sharing import Origins
    from fieldkit.services.contacts import Contact
    from fieldkit.services.counsel import Printed
    from fieldkit.services.sharing import CaseLook, Sent
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.presenters.countries import Country

ORIGIN_WORDS: dict[OriginKind, str] = {
    OriginKind.NATIONALITY: mark("Every nationality the person has or had"),
    OriginKind.RESIDENCE: mark("Every country the person lived in before"),
    OriginKind.FEARED: mark("Every country the person is afraid of"),
    OriginKind.PARENTS: mark("Every nationality of the parents"),
}
WHY_WORDS: dict[str, str] = {
    sharing.SEALED: mark("sealed, and this recipient does not get it"),
    sharing.NOT_CLEARED: mark("sealed to you; a colleague who may read it can send it"),
    sharing.NOT_SAID: mark("not answered"),
}
_ANSWERED_BELOW = frozenset({"share.not_agreed", "share.country_of_origin", "share.child_protection_asked"})
"""Refusals that a question on the page can end."""


class SharePage:
    """One case, and one recipient at a time. Raises PersonFault `case.unknown`, `access.not_allowed`."""

    def __init__(self, vault: OpenVault, case: str, tag: str) -> None:
        self.vault = vault
        self.case = case
        self.tag = tag
        self.number = read_case(vault.journal, case).number
        kinds = (ContactKind.POST, ContactKind.BODY)
        self.contacts = tuple(one for one in contacts.all_contacts(vault) if one.kind in kinds)
        self.chosen: Contact | None = None
        self.shown: Look | None = None
        self.fault: FieldkitError | None = None
        self.said = Said()
        self.sent: Sent | None = None
        self._words = catalogues.load(tag, "codebook")

    def choose(self, contact: str) -> None:
        """Look at what would go to somebody; what was said for another one does not count here."""
        self.chosen = next(one for one in self.contacts if one.id == contact)
        self.said, self.sent = Said(), None
        self.look()

    def look(self) -> None:
        """Read again what would go."""
        assert self.chosen is not None, "asked after somebody was chosen"
        self.fault, self.shown = None, None
        try:
            self.shown = sharing.look(self.vault, self.chosen.id, [self.case], self.tag, self.said)
        except DeskFault as fault:
            self.fault = fault

    def cover(self) -> Paper:
        """The paper that goes beside what was just sealed; nothing of the content stands on it."""
        sent = self.sent
        assert sent is not None, "asked after something was sealed"

        def make() -> Printed:
            paper = share_paper.document(self.vault, self.case, sent.share, self.tag, sent.file)
            return counsel.print_pages(paper, self.vault.world)

        return Paper("cover.pdf", self.tag, make, lambda how, count: None)

    # What stands on the page

    @property
    def one(self) -> CaseLook:
        """What would go of the case."""
        assert self.shown is not None, "asked after a look"
        return self.shown.cases[0]

    @property
    def is_hand_over(self) -> bool:
        """Whether the other side is a post that takes the case over and sends a receipt."""
        return self.chosen is not None and self.chosen.kind is ContactKind.POST

    @property
    def final_refusals(self) -> tuple[FieldkitError, ...]:
        """What no question on this page can change."""
        return tuple(DeskFault(code) for code in self.one.refused if code not in _ANSWERED_BELOW)

    @property
    def asks_agreement(self) -> bool:
        """Whether the person has still to be asked about this recipient."""
        assert self.shown is not None
        return needs_agreement(self.shown.protocol) and not self.one.standing.agreed

    @property
    def said_no(self) -> bool:
        """Whether the person said no to this recipient: that is not asked again."""
        assert self.shown is not None
        return sharing.said_no(self.vault, self.case, self.shown.protocol)

    @property
    def asks_countries(self) -> bool:
        """Whether the recipient is abroad and the block still stands."""
        return "share.country_of_origin" in self.one.refused

    @property
    def asks_child_protection(self) -> bool:
        """Whether child protection here has still to agree."""
        assert self.shown is not None
        asked = asks_child_protection(self.shown.protocol, self.one.standing)
        return asked and not self.said.child_protection_agreed

    @property
    def asks_reason(self) -> bool:
        """Whether it goes by a rule that needs a reason."""
        assert self.shown is not None
        return self.shown.protocol.rule is Rule.DANGER and not self.said.reason

    @property
    def ready(self) -> bool:
        """Whether it can be sealed: only telling the person is left."""
        return (
            self.shown is not None and not self.one.refused and bool(self.one.fields or self.one.categories)
        )

    @property
    def may_seal(self) -> bool:
        """Whether the button can be pressed."""
        if not self.ready or self.asks_reason or self.sent is not None:
            return False
        assert self.shown is not None
        return self.said.told or (self.shown.protocol.is_child_protection and self.one.standing.child)

    def categories(self) -> tuple[str, ...]:
        """The needs that the recipient is told of, in words."""
        return tuple(category_name(self.vault.codebook, one, self.tag) for one in self.one.categories)

    def left_out(self) -> Iterator[tuple[str, str]]:
        """What stays here: the question, and why (English source)."""
        for one in self.one.left_out:
            yield one.question, WHY_WORDS[one.why]

    # Countries

    @property
    def origins(self) -> Origins:
        """What is known of the person's origin."""
        return self.one.standing.origins

    def country_names(self, kind: OriginKind) -> tuple[str, ...]:
        """The countries of one kind that were named, in words."""
        named = sorted(self.origins.named.get(kind, ()))
        return tuple(self.vault.codebook.choice_label("countries", one, self._words) for one in named)

    def matches(self, typed: str) -> tuple[Country, ...]:
        """Countries whose name begins like what was typed, then those that have it inside."""
        return countries.matches(self.vault, typed, self.tag)

    def name_country(self, kind: OriginKind, country: str) -> None:
        """The person named a country."""
        whole = kind in self.origins.whole
        sharing.record_origin(self.vault, self.case, kind, [country], whole=whole)
        self.look()

    def say_whole(self, kind: OriginKind, *, whole: bool) -> None:
        """The person said whether these are all."""
        sharing.record_origin(self.vault, self.case, kind, [], whole=whole)
        self.look()

    # What is said

    def agree(self, *, agreed: bool) -> None:
        """Keep what the person said about this recipient."""
        assert self.shown is not None
        sharing.record_agreement(self.vault, self.case, self.shown.protocol.id, agreed=agreed)
        self.look()

    def child_protection_agrees(self) -> None:
        """Child protection here was called, and agrees."""
        self.said = replace(self.said, child_protection_agreed=True)
        self.look()

    def give_reason(self, reason: str) -> None:
        """Why it cannot wait for agreement."""
        self.said = replace(self.said, reason=reason)

    def told(self, *, told: bool) -> None:
        """Whether the person was told."""
        self.said = replace(self.said, told=told)

    def seal(self, folder: Path) -> Sent:
        """Write the letter. Raises as `sharing.share`, `hand_over.hand_over`."""
        assert self.shown is not None
        send = hand_over.hand_over if self.is_hand_over else sharing.share
        self.sent = send(self.vault, self.shown, self.said, folder)
        return self.sent
