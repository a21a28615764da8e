"""What would out somebody to whoever reads it: C13, and that the talk behind it was led (K-11, `protection.md` 4).

What such a category rests on is sealed; a code, a service or a form's name beside a number would tell it as well.

1. Whatever names such a category (suggested, decided, closed, referred, followed up, a step of it), and a talk of
   such a form, is kept under the key of its class, and goes to headquarters under the key of that class there. The
   database key alone tells that something is sealed, never what.
2. It is shown to whoever is cleared for the class, and to the person who wrote it until they sign out: nobody else,
   on no screen, paper, list or figure. That something is sealed, and whom to ask, is said as everywhere (`sealed`,
   rule 3).
3. What protects somebody never depends on who is signed in: where something of the class is sealed to whoever
   looks, locks and guards take it that the category stands.
4. Everybody may choose it, so that help never waits for a clearance.
5. A referral that is sealed ends the waiting like any other; why, the queue does not say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from fieldkit.domain.classes import CONFIDENTIAL_CATEGORIES, CONFIDENTIAL_FORMS, SealedClass
from fieldkit.domain.entries import Entry, subject
from fieldkit.domain.waiting import Because
from fieldkit.services import for_office
from fieldkit.services.case_file import CASE, OUTCOME_STATES, CaseFile
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_desk
from fieldkit.storage.journal import Change

SUGGESTED = "outcome.suggested"


def may_see(vault: OpenVault, category: str, file: CaseFile | None = None) -> bool:
    """Whether the person who is signed in may be shown a category, of this case or (without one) of any."""
    kept_as = CONFIDENTIAL_CATEGORIES.get(category)
    if kept_as is None or vault.cleared(kept_as):
        return True
    return file is not None and category in file.confirmed()  # they wrote it: nobody else could read it here


def visible(vault: OpenVault, categories: Iterable[str], file: CaseFile | None = None) -> tuple[str, ...]:
    """Those of `categories` that may be shown (rule 2), in their order."""
    return tuple(one for one in categories if may_see(vault, one, file))


def may_stand(file: CaseFile) -> frozenset[str]:
    """The categories that may stand in a case for all that whoever reads it can tell (rule 3)."""
    told = {one.name for one in file.not_read if one.kind in (SUGGESTED, *OUTCOME_STATES)}
    return frozenset(name for name, kept_as in CONFIDENTIAL_CATEGORIES.items() if kept_as in told)


def undecided(file: CaseFile) -> int:
    """How many classes have a suggestion in a case that is sealed to whoever reads it, and no decision after it."""
    newest = {one.name: one.kind for one in file.not_read if one.kind in (SUGGESTED, *OUTCOME_STATES)}
    return sum(kind == SUGGESTED for kind in newest.values())


def of_category(vault: OpenVault, change: Change, category: str) -> Change:
    """A change that names `category`, as it is kept (rule 1)."""
    return _sealed(vault, change, CONFIDENTIAL_CATEGORIES.get(category))


def of_form(vault: OpenVault, change: Change, form: str, *, agreed: bool) -> Change:
    """What an interview with `form` says, as it is kept (rule 1); `agreed`: whether headquarters may have it."""
    return _sealed(vault, change, CONFIDENTIAL_FORMS.get(form), agreed=agreed)


def write(vault: OpenVault, changes: Sequence[Change]) -> tuple[Entry, ...]:
    """Append changes, and remember those that are sealed for whoever wrote them (rule 2)."""
    written = vault.journal.append_many(vault.person.id, changes)
    for entry, change in zip(written, changes, strict=True):
        if change.seal is not None:
            vault.wrote_sealed[vault.person.id, entry.payload] = dict(change.payload)
    return written


def waits_no_more(vault: OpenVault, case: str, category: str) -> list[Change]:
    """What is written beside a referral of this category, so that the queue knows (rule 5)."""
    about = subject(CASE, case)
    if category not in CONFIDENTIAL_CATEGORIES or queries_desk.waits(vault.database, about) is None:
        return []
    return [Change(about, "waiting.ended", {"because": Because.HELPED.value, "reason": ""})]


def _sealed(
    vault: OpenVault, change: Change, kept_as: SealedClass | None, *, agreed: bool | None = None
) -> Change:
    if kept_as is None:
        return change
    if agreed is None:
        agreed = change.subject.partition("/")[2] in vault.queries.agreed(HEADQUARTERS)
    return replace(change, seal=kept_as, also=for_office.keys(vault).get(kept_as, "") if agreed else "")
