"""Closing a case, closing a category, opening again (`protection.md` 5; journal rule 6).

1. A category stands until a person closes it with a reason. Closing a case closes none of its categories.
2. A case is closed only when nothing in it waits for a person: no suggestion undecided, no difference unsettled, no
   request for a second person.
3. What protects a child is closed by two people: one asks, another one with the right to it agrees. Until then it
   stands, however long nobody comes. So is fear of going back, and a sign that somebody is exploited, where it
   would protect no more (R-022, R-071): because it never was so, is not wished any more, or for another ground.
4. Nothing is ever blocked from being recorded: another talk about a closed case opens it again.
5. A decision replaces what was on the screen of whoever made it, and nothing else (journal rule 5).
"""

from collections.abc import Sequence
from enum import StrEnum

from fieldkit.domain import locks
from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.outcome import Verdict
from fieldkit.languages.marking import mark
from fieldkit.services import confidential, refer, sealed, second_person
from fieldkit.services.case_file import CASE, CaseFile, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.projections import conflicts


class Because(StrEnum):
    """Why a case or a category is closed; none of them is a verdict on the person."""

    HELPED = "helped"
    NOT_WISHED = "not_wished"
    MOVED_ON = "moved_on"
    ELSEWHERE = "elsewhere"
    MISTAKE = "mistake"
    OTHER = "other"


WORDS = {
    Because.HELPED: mark("The help that was needed was given"),
    Because.NOT_WISHED: mark("The person does not wish it any more"),
    Because.MOVED_ON: mark("The person moved on, and nobody here can reach them"),
    Because.ELSEWHERE: mark("Somebody else looks after it now"),
    Because.MISTAKE: mark("It was opened by mistake"),
    Because.OTHER: mark("Something else"),
}
"""What can be chosen, as it is shown."""


def close_case(
    vault: OpenVault, case: str, because: Because, reason: str, seen: Sequence[str] | None = None
) -> None:
    """Close a case; `seen` are the entries of its state that were on the screen (what stands now, by default).

    Raises PersonFault `access.not_allowed`; DeskFault `closing.reason_missing`, `closing.closed_already`,
    `closing.undecided`, `closing.differences`, `closing.waiting`.
    """
    vault.demand(Action.CLOSE_CASE)
    file = sealed.case_file(vault, case)
    _demand_reason(reason)
    if file.is_closed:
        raise DeskFault("closing.closed_already")
    for code, count in _waiting(vault, file):
        if count:
            raise DeskFault(code, count=count)
    _state(vault, file, "case.closed", {"because": because.value, "reason": reason.strip()}, seen)


def reopen_case(vault: OpenVault, case: str, reason: str, seen: Sequence[str] | None = None) -> None:
    """Open a closed case again. Raises PersonFault `access.not_allowed`; DeskFault `closing.reason_missing`,
    `closing.not_closed`."""
    vault.demand(Action.CLOSE_CASE)
    _demand_reason(reason)
    file = read_case(vault.journal, case)
    if not file.is_closed:
        raise DeskFault("closing.not_closed")
    _state(vault, file, "case.reopened", {"reason": reason.strip()}, seen)


def close_category(
    vault: OpenVault,
    case: str,
    category: str,
    because: Because,
    reason: str,
    seen: Sequence[str] | None = None,
) -> bool:
    """Close a category of a case; whether it is closed now (False: it waits for a second person, rule 3).

    Raises PersonFault `access.not_allowed`; DeskFault `closing.reason_missing`, `closing.category_not_open`,
    `closing.asked_already`.
    """
    vault.demand(Action.CONFIRM_OUTCOME)
    _demand_reason(reason)
    file = sealed.case_file(vault, case)
    if category not in file.confirmed() and category not in file.for_review():
        raise DeskFault("closing.category_not_open")
    told = {"category": category, "because": because.value, "reason": reason.strip()}
    about, replaces = subject(CASE, case), file.outcome_entries(category) if seen is None else seen
    if not needs_second(vault, category, because):
        change = Change(about, "outcome.closed", dict(told), tuple(replaces))
        confidential.write(vault, [confidential.of_category(vault, change, category)])
        return True
    if any(one.category == category for one in second_person.waiting(vault, about)):
        raise DeskFault("closing.asked_already")
    asked = {**told, "proposal": new_id(vault.world.randomness), "replaces": list(replaces)}
    vault.journal.append(
        actor=vault.person.id, subject=about, kind=second_person.CLOSING_ASKED, payload=asked
    )
    return False


def needs_second(vault: OpenVault, category: str, because: Because) -> bool:
    """Whether one person alone cannot close a category for this ground (rule 3)."""
    takes_away = category in locks.HELD_BY_TWO and because.value in locks.TAKES_AWAY
    return takes_away or refer.is_handed_over(vault, category)


def opened_again(file: CaseFile) -> Change | None:
    """What is written with another talk about a closed case (rule 4); nothing for an open one."""
    if not file.is_closed:
        return None
    about = subject(CASE, file.id)
    return Change(about, "case.reopened", {"reason": "", "because": "talk"}, tuple(file.state_entries()))


def _state(
    vault: OpenVault, file: CaseFile, kind: str, told: dict[str, str], seen: Sequence[str] | None
) -> None:
    replaces = file.state_entries() if seen is None else tuple(seen)
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(CASE, file.id),
        kind=kind,
        payload=dict(told),
        replaces=replaces,
    )


def _waiting(vault: OpenVault, file: CaseFile) -> tuple[tuple[str, int], ...]:
    """What still waits for a person in this case (rule 2), with the code that says so."""
    about = subject(CASE, file.id)
    undecided = (
        one
        for one in refer.suggestions(vault, file.id)
        if one.verdict is Verdict.YES and one.standing is refer.Standing.OPEN
    )
    return (
        ("closing.undecided", sum(1 for _ in undecided) + confidential.undecided(file)),
        ("closing.differences", len(conflicts(vault.database, about))),
        ("closing.waiting", len(second_person.waiting(vault, about))),
    )


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise DeskFault("closing.reason_missing")
