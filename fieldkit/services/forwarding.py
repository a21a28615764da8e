"""Forwarding finished interviews to another organisation's server, as exact OpenRosa submissions.

1. A form of the program or of a pack is never forwarded except under a protocol that names server and form
   (`protection.md` 13), also one that opens no case: what somebody learned and can do is not another office's.
2. The exact bytes go, with the files that the submission names; nothing is added and nothing left out.
3. Where the person said no to any recipient that the form asks about, nothing is forwarded (`protection.md` 3).
4. What was taken is kept as an entry, without content; it is not sent to the same server again unless asked.
"""

from dataclasses import dataclass

from fieldkit.content import protocols
from fieldkit.content.protocols import Protocol
from fieldkit.domain.access import Action
from fieldkit.files import resources
from fieldkit.services import finished, forms_held, proof
from fieldkit.services.errors import DeskFault
from fieldkit.services.finished import FinishedInterview
from fieldkit.services.sealed import whom_to_ask
from fieldkit.services.vault import OpenVault
from fieldkit.storage.attachments import submission_holder
from fieldkit.sync import openrosa
from fieldkit.sync.openrosa import File, Server, Taken

FORWARDED = "submission.forwarded"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A finished survey that a server does not have yet."""

    about: str
    instance_id: str
    form: str
    day: str


def forward(vault: OpenVault, about: str, instance_id: str, server: Server, *, again: bool = False) -> Taken:
    """Send one finished interview.

    Raises DeskFault `forward.protection_form`, `forward.not_agreed`, `forward.already`, `finished.unknown`,
    `forward.sealed`, `finished.no_bytes`, `form.not_for_role`; PersonFault `access.not_allowed`; ExchangeFault
    `exchange.journal_broken`; what `openrosa.submit` raises.
    """
    vault.demand(Action.EXPORT)
    one = finished.find(vault, about, instance_id)
    _demand_may_leave(vault, one, server)
    if not one.xml:
        raise DeskFault("finished.no_bytes")
    if one.hidden:  # the exact bytes go, or none
        raise DeskFault("forward.sealed", ask=whom_to_ask(one.hidden))
    if not again and server.host in sent_to(vault, about, instance_id):
        raise DeskFault("forward.already", host=server.host)
    proof.demand_linked(vault)
    taken = openrosa.submit(
        server,
        one.xml,
        files_of(vault, instance_id),
        now=vault.world.clock.now(),
        randomness=vault.world.randomness,
    )
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind=FORWARDED,
        payload={"instance_id": instance_id, "server": server.host, "statuses": list(taken.statuses)},
    )
    return taken


def files_of(vault: OpenVault, instance_id: str) -> tuple[File, ...]:
    """The files of a finished interview under the names its XML has. Raises DatabaseFault `attachment.damaged`."""
    holder = submission_holder(instance_id)
    return tuple(
        File(held.name, held.media_type, vault.attachments.content(holder, held.name))
        for held in vault.attachments.of(holder)
    )


def sent_to(vault: OpenVault, about: str, instance_id: str) -> frozenset[str]:
    """The servers that have taken an interview."""
    found = set()
    for entry, _ in vault.journal.about(about):
        payload = vault.journal.payload(entry.payload) if entry.kind == FORWARDED else None
        if payload is not None and payload.value()["instance_id"] == instance_id:
            found.add(str(payload.value()["server"]))
    return frozenset(found)


def waiting(vault: OpenVault, server: Server) -> tuple[Waiting, ...]:
    """The finished surveys that may go to a server and have not, the oldest first; corrections among them."""
    found = []
    for about in vault.queries.survey_subjects():
        for one in finished.of_subject(vault, about):
            allowed = _why_not(vault, one, server) == ""
            if allowed and server.host not in sent_to(vault, about, one.instance_id):
                found.append(Waiting(about, one.instance_id, one.form, one.happened))
    return tuple(found)


def _demand_may_leave(vault: OpenVault, one: FinishedInterview, server: Server) -> None:
    code = _why_not(vault, one, server)
    if code:
        raise DeskFault(code)


def _why_not(vault: OpenVault, one: FinishedInterview, server: Server) -> str:
    """The code of why an interview may not go to a server; empty when it may (rules 1 and 3)."""
    ours = not one.payload["survey"] or one.form in forms_held.accesses(vault)
    if ours and Protocol(server.host, one.form) not in protocols.load(resources()):
        return "forward.protection_form"
    if False in one.payload.get("agreed", {}).values():
        return "forward.not_agreed"
    return ""
