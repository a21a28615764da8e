"""Sealed answers that headquarters may receive, made ready to travel (`storage.sealed_office`).

1. Only what headquarters is a recipient of (`entered`, rule 1), of people who said yes to it, and only for
   classes for which somebody there is cleared. All else goes as a link.
2. What is recorded from now on is sealed for both at once, by whoever records. What was recorded before
   headquarters had a key, or before the person agreed, is sealed again by the next export of somebody who is
   cleared here: the program opens and seals it, and shows it to nobody.
3. A key of headquarters that gave way makes nothing new: what is sealed to it is opened there all the same.
"""

from collections.abc import Sequence

from fieldkit.domain.classes import SealedClass
from fieldkit.domain.entries import Entry, Payload, subject
from fieldkit.services import enrolment
from fieldkit.services.case_file import CASE
from fieldkit.services.recipients import HEADQUARTERS
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage import sealed_office
from fieldkit.storage.attachments import office_holder, submission_holder
from fieldkit.storage.journal import Change
from fieldkit.storage.kinds_sealed import ANSWERS


def keys(vault: OpenVault) -> dict[SealedClass, str]:
    """The class keys of headquarters as this post knows them; none before it has told any."""
    if vault.desk is not Desk.POST:
        return {}
    office = enrolment.trusted_office(vault)
    return dict(office.classes) if office is not None else {}


def seal_what_waits(vault: OpenVault) -> int:
    """Seal for headquarters what this person can read of what may travel (rule 2); how many payloads."""
    known = keys(vault)
    if not known:
        return 0
    agreed = {subject(CASE, case) for case in vault.queries.agreed(HEADQUARTERS)}
    done = 0
    with vault.database.writing():
        for about, digest, name in list(sealed_office.unprepared(vault.database)):
            if about in agreed and name in known and vault.cleared(name):
                opened = vault.sealed.open(digest)
                if opened is not None:
                    sealed_office.prepare(vault.database, opened, name, known[name])
                    _seal_files(vault, opened, name, known[name])
                    done += 1
    return done


def name_files(vault: OpenVault, written: Sequence[Entry], changes: Sequence[Change]) -> None:
    """Let the sealed copies of files go with the entries that were just written for them."""
    for entry, change in zip(written, changes, strict=False):
        if change.also and change.seal is not None and change.kind == ANSWERS:
            instance = str(change.payload["instance_id"])
            vault.attachments.name_office_copies(instance, change.seal, entry.payload)


def _seal_files(vault: OpenVault, opened: Payload, name: SealedClass, recipient: str) -> None:
    """The files that go with a sealed payload, sealed as it is; one that is not here any more is left out."""
    said = opened.value()
    for row in said.get("attachments", ()):
        holder = submission_holder(said["instance_id"])
        held = vault.attachments.find(holder, row["name"])
        if held is not None:
            content = vault.attachments.content(holder, row["name"])
            place = office_holder(opened.digest)
            vault.attachments.seal_for_office(place, held, content, name, recipient)
