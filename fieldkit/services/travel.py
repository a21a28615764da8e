"""Which entries may go to headquarters with their content (`protection.md` 3, journal rule 9).

1. What is about a person travels only when that person said yes to headquarters; else it goes as a link.
2. What is about the post itself (its people, its directory, its forms, its exports) travels.
3. `submission.kept` (the answers that headquarters has no use for, and the exact bytes) never travels: it stands
   in no row. Nor does that something sealed was read, or a name looked up.
4. What is sealed travels sealed to headquarters' own class key (`for_office`) or as a link, and then too only
   with a yes; `submission.sealed_kept` is never made ready for that.
5. What is not clearly allowed stays: a kind that stands in no row goes as a link.
"""

from collections.abc import Iterator

from fieldkit.content.codebook import Sensitivity
from fieldkit.content.form_roles import FormKind
from fieldkit.domain.entries import Entry, Payload, subject
from fieldkit.services.case_file import CASE, FINISHED
from fieldkit.services.forms_held import accesses
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.refs import leaf
from fieldkit.services.sealed import SEALED
from fieldkit.services.vault import OpenVault
from fieldkit.storage import sealed_office
from fieldkit.storage.attachments import files_of_entry, office_holder, sealed_files_of
from fieldkit.storage.kinds_sealed import SOMETIMES_SEALED, TRAVELS
from fieldkit.storage.queries_home import agreed_by
from fieldkit.storage.sealed_office import SealedContent
from fieldkit.sync.sealed_lines import SealedLine

ABOUT_THE_POST = frozenset(
    {
        "person.added",
        "person.changed",
        "training.recorded",
        "person.ended",
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
        "insert.kept",
        "counselling.held",
        "group_session.held",
        "people.informed",
        "leaflet.commented",
        "measure.told",
        "interpreter.kept",
    }
)
OF_TRUST = frozenset({"leftover.exported", "stream.began", "trust.accepted", "office.succeeded", "key.asked"})
"""That a record began anew, and what was heard of keys and laptops: nothing is projected from them."""

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
        "counselling.held",
        "need.settled",
        "waiting.ended",
        "waiting.again",
        "measure.happened",
        "measure.planned",
        "measure.dropped",
        "measure.asked",
        "measure.refused",
        "check.recorded",
        "holding.described",
        "holding.reviewed",
        "holding.ended",
        "assistance.recorded",
        "step.recorded",
        "referral.followed",
        "interpreter.agreed",
        "guardian.named",
        "guardian.ended",
        "talk.joined",
    }
)
SURVEY = "submission"


class Leave:
    """Answers for every entry whether its payload may travel; made anew for each export."""

    def __init__(self, vault: OpenVault) -> None:
        self._journal = vault.journal
        self._sealed = sealed_office.sealed_among(vault.database, SOMETIMES_SEALED)
        self._post_forms = frozenset(
            form for form, access in accesses(vault).items() if access.kind is FormKind.POST
        )
        facts = vault.codebook.facts.values()
        self._personal = frozenset(
            fact.name for fact in facts if fact.sensitivity is not Sensitivity.ORDINARY
        )
        self.agreed = vault.queries.agreed(HEADQUARTERS)

    def may_travel(self, entry: Entry) -> bool:
        """Whether the content of `entry` may go to headquarters."""
        if entry.subject_kind == CASE:
            allowed = entry.kind in ABOUT_A_PERSON and entry.subject_id in self.agreed
            return allowed and entry.payload not in self._sealed
        if entry.subject_kind == SURVEY:
            return self._survey_agreed(entry)
        return entry.kind in ABOUT_THE_POST or entry.kind in OF_TRUST

    def may_travel_sealed(self, entry: Entry) -> bool:
        """Whether the content of `entry` may go to people at headquarters who are cleared for it (rule 4)."""
        return entry.kind in TRAVELS and entry.subject_kind == CASE and entry.subject_id in self.agreed

    def _survey_agreed(self, entry: Entry) -> bool:
        """A survey says in itself whether the person agreed; one that never asked stays here. A form about the
        post names nobody who could be asked; where it holds an answer of a person after all, it stays as well."""
        payload = self._journal.payload(entry.payload)
        held = payload.value() if payload else {}
        agreed = held.get("agreed", {})
        if held.get("form") in self._post_forms:
            return self._personal.isdisjoint(leaf(ref) for ref in held.get("marks", {}))
        return isinstance(agreed, dict) and agreed.get(HEADQUARTERS) is True


class Going:
    """What goes along in one export beside the entries themselves.

    Later (journal rule 9): when somebody agrees after what they said went as links, it goes now. Whether they had
    agreed before is asked of the record up to `after`, the number that headquarters confirmed: what was written
    above it goes anyway. Attached: the files of answers that travel, those of a sealed class under
    headquarters' key.
    """

    def __init__(self, vault: OpenVault, after: int) -> None:
        self._vault = vault
        self._after = after
        self._leave = Leave(vault)
        self._places: dict[str, tuple[str, str]] = {}
        self._sealed: set[str] = set()
        self.may_travel = self._leave.may_travel

    def later(self) -> Iterator[tuple[bytes, Payload]]:
        """Entries that headquarters holds as links, with what may go now, in their order."""
        vault = self._vault
        before = agreed_by(vault.database, HEADQUARTERS, vault.stream, self._after)
        numbers = {
            entry.number
            for case in self._leave.agreed - before
            for entry, _ in vault.journal.about(subject(CASE, case))
            if entry.stream == vault.stream and entry.number <= self._after and self.may_travel(entry)
        }
        for number in sorted(numbers):
            for entry, content in vault.journal.entries(vault.stream, number - 1, 1):
                payload = vault.journal.payload(entry.payload)
                if payload is not None:
                    yield content, payload

    def sealed(self, entry: Entry) -> SealedLine | None:
        """What goes sealed in the place of an entry's payload; None when nothing may, or nothing is ready."""
        if not self._leave.may_travel_sealed(entry):
            return None
        ready = sealed_office.prepared(self._vault.database, entry.payload)
        return None if ready is None else self._line(entry.number, ready)

    def late_sealed(self) -> Iterator[tuple[SealedLine, tuple[tuple[str, int], ...]]]:
        """What is ready now of entries that went as links, in their order."""
        vault = self._vault
        agreed = {subject(CASE, case) for case in self._leave.agreed}
        for number, about, ready in sealed_office.late(vault.database, vault.stream, self._after):
            if about in agreed:
                line = self._line(number, ready)
                yield line, self._sealed_files(line.digest)

    def attached(self, entry: Entry) -> tuple[tuple[str, int], ...]:
        """The files that go with an entry: digest and bytes."""
        if entry.kind == SEALED:
            return self._sealed_files(entry.payload)
        if entry.kind != FINISHED:
            return ()
        found = files_of_entry(self._vault.database, entry.stream, entry.number)
        self._places.update({one.digest: (holder, one.name) for holder, one in found})
        return tuple((one.digest, one.size) for _, one in found)

    def content_of(self, digest: str) -> bytes:
        """The bytes of a file that `attached` named. Raises DatabaseFault `attachment.damaged`."""
        holder, name = self._places[digest]
        if holder in self._sealed:
            return self._vault.attachments.sealed_content(holder, name)
        return self._vault.attachments.content(holder, name)

    def _line(self, number: int, ready: SealedContent) -> SealedLine:
        files = tuple((one.name, one.digest) for one in sealed_files_of(self._vault.database, ready.digest))
        return _line(number, ready, files)

    def _sealed_files(self, payload: str) -> tuple[tuple[str, int], ...]:
        found = sealed_files_of(self._vault.database, payload)
        holder = office_holder(payload)
        self._sealed.add(holder)
        self._places.update({one.digest: (holder, one.name) for one in found})
        return tuple((one.digest, one.size) for one in found)


def _line(number: int, ready: SealedContent, files: tuple[tuple[str, str], ...] = ()) -> SealedLine:
    return SealedLine(number, ready.digest, ready.name, ready.recipient, ready.content, files)
