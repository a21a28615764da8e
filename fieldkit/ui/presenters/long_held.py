"""Long holding over all posts: the list, and the same on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.services import counsel, long_held_paper
from fieldkit.services.held_words import HeldLines
from fieldkit.services.long_held import long_held
from fieldkit.ui.presenters.pages import How, Paper

if TYPE_CHECKING:
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.counsel import Printed
    from fieldkit.services.vault import OpenVault


class LongHeldPage(HeldLines):
    """Of headquarters, or for a monitor. Raises PersonFault `access.not_allowed`."""

    def __init__(self, vault: OpenVault, words: Words) -> None:
        super().__init__(vault, words)
        self.list = long_held(vault)

    def paper(self) -> Paper:
        """The list as pages; no number of a case stands on it."""
        vault, tag = self.vault, self.words.tag

        def make() -> Printed:
            return counsel.print_pages(long_held_paper.document(vault, tag), vault.world)

        def keep(how: How, count: int) -> None:
            what = "held" if how is How.PRINTED else "held file"
            counsel.record_printed(vault, what, tag, count)

        return Paper("held.pdf", tag, make, keep)
