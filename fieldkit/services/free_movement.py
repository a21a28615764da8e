"""Which texts on moving freely fit what a person told (R-136, N-031).

1. It says that a text of the region in force fits, does not fit, or that nobody can tell yet and which answer is
   missing. It never says who may enter or stay: whom to ask for that stands beside it.
2. Nothing follows from it. No pathway opens or closes by it, nothing is refused and nothing is written down; asylum
   stays open to somebody who may move freely, and to somebody who may not.
3. What was not asked, or is not known, gives "cannot tell" (`protection.md` 1).
4. A text that nobody has reviewed says so wherever it is shown, and so does one that has expired
   (`protection.md` 11, K-33).
"""

from dataclasses import dataclass

from fieldkit.content.regions import Movement
from fieldkit.domain.outcome import Verdict
from fieldkit.services import judge, region, sealed
from fieldkit.services.vault import OpenVault

CATEGORY = "C20"
"""The pathway beside whose steps it is shown."""
ASKED = ("border_service", "migration_authority")
"""The parts (list `actors`) that know who may enter and stay: they are named beside the rules."""
FORMS = ("profile", "screening")
"""The forms that ask what the rules read."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A rule on moving and what the answers say of it: None where it is only to be read. `missing` names the
    answers that would tell more."""

    rule: Movement
    verdict: Verdict | None
    missing: tuple[str, ...] = ()


def fits(vault: OpenVault, case: str) -> tuple[Fit, ...]:
    """The region's rules on moving freely, those that fit first; none without a region in force.

    Raises PersonFault `case.unknown`; ContentFault.
    """
    here = region.here(vault)
    if here is None:
        return ()
    answers = sealed.answers(vault, sealed.case_file(vault, case))
    found = [_fit(rule, answers) for rule in here.movement]
    order = (Verdict.YES, Verdict.CANNOT_TELL, None, Verdict.NO)
    return tuple(sorted(found, key=lambda one: order.index(one.verdict)))


def _fit(rule: Movement, answers: judge.Answers) -> Fit:
    if not rule.when:
        return Fit(rule, None)
    verdict, read = judge.fits(rule.when, answers)
    if verdict is not Verdict.CANNOT_TELL:
        return Fit(rule, verdict)
    return Fit(rule, verdict, tuple(one.name for one in read if not answers.known(one.name)))
