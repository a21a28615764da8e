"""Which entries may go to headquarters with their content (`protection.md` 3, journal rule 9).

1. What is about a person travels only when that person said yes to headquarters; else it goes as a link.
2. What is about the post itself (its people, its directory, its forms, its exports) travels.
3. `submission.kept` (the answers that headquarters has no use for, and the exact bytes) never travels: it stands
   in no row. Nor does what is sealed, nor that it was read.
4. What is not clearly allowed stays: a kind that stands in no row goes as a link.
"""

from fieldkit.domain.entries import Entry
from fieldkit.services.case_file import CASE
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.vault import OpenVault

ABOUT_THE_POST = frozenset(
    {
        "person.added",
        "setting.changed",
        "service.recorded",
        "form.installed",
        "bundle.exported",
        "information.given",
        "document.printed",
        "contact.kept",
        "alert.raised",
        "bundle.received",
        "task.done",
        "payloads.purged",
        "payloads.erased",
        "erasure.requested",
    }
)
ABOUT_A_PERSON = frozenset(
    {
        "case.opened",
        "case.shared",
        "hand_over.confirmed",
        "case.closed",
        "case.reopened",
        "correction.accepted",
        "correction.refused",
        "interview.settled",
        "outcome.closed",
        "outcome.closing_asked",
        "outcome.closing_refused",
        "referral.changed",
        "submission.finished",
        "outcome.suggested",
        "outcome.confirmed",
        "outcome.not_confirmed",
        "referral.made",
        "information.given",
        "document.printed",
        "agreement.recorded",
        "task.done",
        "request.made",
        "request.answered",
    }
)
SURVEY = "submission"


class Leave:
    """Answers for every entry whether its payload may travel; made anew for each export."""

    def __init__(self, vault: OpenVault) -> None:
        self._journal = vault.journal
        self._agreed = vault.queries.agreed(HEADQUARTERS)

    def may_travel(self, entry: Entry) -> bool:
        """Whether the content of `entry` may go to headquarters."""
        if entry.subject_kind == CASE:
            return entry.kind in ABOUT_A_PERSON and entry.subject_id in self._agreed
        if entry.subject_kind == SURVEY:
            return self._survey_agreed(entry)
        return entry.kind in ABOUT_THE_POST

    def _survey_agreed(self, entry: Entry) -> bool:
        """A survey says in itself whether the person agreed; one that never asked stays here."""
        payload = self._journal.payload(entry.payload)
        agreed = payload.value().get("agreed", {}) if payload else {}
        return isinstance(agreed, dict) and agreed.get(HEADQUARTERS) is True
