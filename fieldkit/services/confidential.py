"""Categories that would out somebody to whoever reads them: C13 (K-11, `protection.md` 4).

What such a category rests on is sealed; a code or a title beside a number would tell it all the same.

1. Such a category is shown to whoever is cleared for its class, and to the person who chose it: nobody else, on no
   screen, paper, list or figure. What is sealed, and whom to ask, is said as everywhere (`sealed`, rule 3).
2. Rules, locks and guards count it whoever looks: what protects somebody never depends on who is signed in.
3. Everybody may choose it, so that help never waits for a clearance.
"""

from collections.abc import Iterable

from fieldkit.domain.classes import CONFIDENTIAL_CATEGORIES
from fieldkit.services.case_file import CaseFile
from fieldkit.services.vault import OpenVault


def may_see(vault: OpenVault, category: str, file: CaseFile | None = None) -> bool:
    """Whether the person who is signed in may be shown a category, of this case or (without one) of any."""
    kept_as = CONFIDENTIAL_CATEGORIES.get(category)
    if kept_as is None or vault.cleared(kept_as):
        return True
    return file is not None and _chose(vault, category, file)


def visible(vault: OpenVault, categories: Iterable[str], file: CaseFile | None = None) -> tuple[str, ...]:
    """Those of `categories` that may be shown (rule 1), in their order."""
    return tuple(one for one in categories if may_see(vault, one, file))


def hides(vault: OpenVault, categories: Iterable[str], file: CaseFile | None = None) -> bool:
    """Whether something of `categories` is kept from whoever looks."""
    return not all(may_see(vault, one, file) for one in categories)


def _chose(vault: OpenVault, category: str, file: CaseFile) -> bool:
    return any(
        said.entry.actor == vault.person.id and said.payload["category"] == category
        for said in file.of_kind("outcome.confirmed")
    )
