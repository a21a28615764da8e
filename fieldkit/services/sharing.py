"""Sharing answers with one named recipient under a protocol (R-166, R-167; `protection.md` 3, 6, 12).

1. A look first: exactly which fields of which case would go, what is left out and why. Sealing decides again,
   and refuses when what would go is not what was shown.
2. What may go is decided in `domain.sharing`; here the case is read for it, and nothing is added.
3. A sealed class goes only when the protocol names it and the person at the desk is cleared to read it.
4. It is sealed to the recipient's key alone, and recorded without its content.
5. The person is told before it goes; only handing a child to child protection does not wait for that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.ids import new_id
from fieldkit.domain.outcome import Verdict
from fieldkit.domain.ports import JsonObject
from fieldkit.domain.sharing import (
    OriginKind,
    Rule,
    SharingProtocol,
    Standing,
    allowed_fields,
    refusals,
)
from fieldkit.languages.catalogues import load
from fieldkit.services import confidential, contacts, finished, letters, refer, sealed
from fieldkit.services.case_file import CASE, CaseFile
from fieldkit.services.contacts import Contact
from fieldkit.services.errors import DeskFault
from fieldkit.services.judge import Answers
from fieldkit.services.origins import ORIGIN, may_be_child, origins, was_a_child_elsewhere
from fieldkit.services.refs import leaf
from fieldkit.services.reopened import Reopened, reopen
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.projections import standing
from fieldkit.storage.shared import Shared, ShareRow
from fieldkit.sync.manifest import recipient_fingerprint
from fieldkit.sync.shares import Kind, letter_name, seal_letter

SHARED = "case.shared"
SEALED, NOT_CLEARED, NOT_SAID = "sealed", "not cleared", "not said"
"""Why a field of the protocol does not go: its class is not named, not open to this person, or there is no
answer."""


@dataclass(frozen=True, slots=True)
class FieldLook:
    """One answer that would go: codebook name, the question, the values as stored, and in words."""

    name: str
    question: str
    values: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A field of the protocol that does not go, and why."""

    name: str
    question: str
    why: str


@dataclass(frozen=True, slots=True)
class CaseLook:
    """What would go of one case. With `refused` (codes of sentences) nothing of it goes."""

    case: str
    number: str
    categories: tuple[str, ...]
    fields: tuple[FieldLook, ...]
    left_out: tuple[LeftOut, ...]
    refused: tuple[str, ...]
    standing: Standing

    def as_sent(self) -> dict[str, Any]:
        """The case as it stands in the letter."""
        answers = [
            {"name": one.name, "question": one.question, "values": list(one.values), "words": one.words}
            for one in self.fields
        ]
        return {"number": self.number, "categories": list(self.categories), "answers": answers}


@dataclass(frozen=True, slots=True)
class Look:
    """What would go to one recipient, as it is shown before anything is sealed."""

    contact: Contact
    protocol: SharingProtocol
    cases: tuple[CaseLook, ...]
    day: date
    tag: str

    @property
    def goes(self) -> tuple[CaseLook, ...]:
        """The cases of which something goes."""
        return tuple(case for case in self.cases if not case.refused)


@dataclass(frozen=True, slots=True)
class Said:
    """What the person at the desk says as they seal."""

    told: bool = False
    reason: str = ""
    child_protection_agreed: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that was written: its id, the file's name, the cases it is about."""

    share: str
    file: str
    cases: tuple[str, ...]


# --- what is asked of the person ------------------------------------------------------------------------


def record_agreement(vault: OpenVault, case: str, protocol: str, *, agreed: bool) -> None:
    """Keep what the person said about this recipient, asked now and by name. A no that was ever said counts."""
    vault.demand(Action.SHARE)
    _change(vault, case, "agreement.recorded", {"recipient": f"protocol/{protocol}", "agreed": agreed})


def record_origin(
    vault: OpenVault, case: str, kind: OriginKind, countries: Iterable[str], *, whole: bool
) -> None:
    """Keep the countries of one kind that the person named, and whether these are all. Naming again adds."""
    vault.demand(Action.SHARE)
    about, name = subject(CASE, case), f"{ORIGIN}{kind.value}"
    held = [value for value in standing(vault.database, about) if value.field == name]
    named = {country for value in held for country in value.value["countries"]} | set(countries)
    fields: JsonObject = {name: {"countries": sorted(named), "whole": whole}}
    vault.journal.append(
        actor=vault.person.id,
        subject=about,
        kind="origin.recorded",
        payload={"fields": fields},
        replaces=sorted({value.entry for value in held}),
    )


# --- look, then seal ------------------------------------------------------------------------------------


def look(vault: OpenVault, contact: str, cases: Sequence[str], tag: str, said: Said | None = None) -> Look:
    """What would go to a contact of these cases; nothing is changed.

    Raises PersonFault `access.not_allowed`, `case.unknown`; DeskFault `share.unknown_contact`,
    `share.no_protocol`.
    """
    vault.demand(Action.SHARE)
    to = contacts.find(vault, contact)
    protocol = contacts.find_protocol(vault, to.protocol)
    if protocol is None:
        raise DeskFault("share.no_protocol")
    today = vault.world.today()
    # The country stands in two places; whichever names one counts (rule 12 of protection).
    protocol = replace(protocol, abroad=protocol.abroad or to.abroad)
    shown = tuple(_look_at(vault, case, protocol, today, tag, said or Said()) for case in cases)
    return Look(to, protocol, shown, today, tag)


def share(vault: OpenVault, shown: Look, said: Said, folder: Path) -> Sent:
    """Seal what was shown to its recipient, into `folder`, and keep that it left (rule 4).

    Raises what `look` raises; DeskFault `share.changed`, `share.nothing_chosen`, `share.not_told`,
    `share.no_reason` and those that the look showed; what `letters.write_all` raises.
    """
    return send(vault, shown, said, folder, Kind.SHARE)


def send(vault: OpenVault, shown: Look, said: Said, folder: Path, kind: Kind) -> Sent:
    """As `share`, for any kind of letter that carries cases."""
    now = look(vault, shown.contact.id, [case.case for case in shown.cases], shown.tag, said)
    _demand_may_go(now, said)
    if [case.as_sent() for case in now.goes] != [case.as_sent() for case in shown.goes]:
        raise DeskFault("share.changed")
    share_id, name = new_id(vault.world.randomness), letter_name(vault.world.randomness)
    content = _sealed(vault, now, share_id, kind)
    how = kind.name.lower()
    letters.write_all(
        folder,
        [(name, content)],
        lambda: _record(vault, now, said, share_id, how),
    )
    return Sent(share_id, name, tuple(case.case for case in now.goes))


def shares(vault: OpenVault, case: str) -> tuple[ShareRow, ...]:
    """What of a case left, to whom and when, without content: for the person who asks."""
    return Shared(vault.database).of_case(case)


def agreement_of(protocol: SharingProtocol, case: CaseLook) -> str:
    """Why a case may go, as a letter says it: the person's yes, or the rule."""
    if case.standing.agreed or protocol.rule is None:
        return letters.AGREED
    return protocol.rule.value


def _demand_may_go(shown: Look, said: Said) -> None:
    for case in shown.cases:
        for code in case.refused:
            raise DeskFault(code)
    if not shown.goes or not any(case.fields or case.categories for case in shown.goes):
        raise DeskFault("share.nothing_chosen")
    child = shown.protocol.is_child_protection and all(case.standing.child for case in shown.goes)
    if not said.told and not child:  # rule 5
        raise DeskFault("share.not_told")
    if shown.protocol.rule is Rule.DANGER and not said.reason.strip():
        raise DeskFault("share.no_reason")


def _sealed(vault: OpenVault, shown: Look, share_id: str, kind: Kind) -> bytes:
    keys, cases = contacts.own_keys(vault), [case.as_sent() for case in shown.goes]
    agreement = agreement_of(shown.protocol, shown.goes[0])
    head = letters.protocol_head(
        shown.protocol, post=vault.name, day=shown.day.isoformat(), agreement=agreement
    )
    text = letters.share_text(
        head,
        cases,
        to=shown.contact.name,
        key=keys.signing.public,
        codebook=vault.codebook,
        tag=shown.tag,
    )
    fields: JsonObject = {**head, "cases": cases, "id": share_id}
    return seal_letter(kind, fields, text, key=keys.signing, recipient=shown.contact.recipient)


def _record(vault: OpenVault, shown: Look, said: Said, share_id: str, how: str) -> None:
    changes = [
        Change(
            subject(CASE, case.case),
            SHARED,
            {
                "share": share_id,
                "contact": shown.contact.id,
                "protocol": shown.protocol.id,
                "how": how,
                "fields": [one.name for one in case.fields],
                "agreement": agreement_of(shown.protocol, case),
                "told": said.told,
                "recipient": recipient_fingerprint(shown.contact.recipient),
                "reason": said.reason.strip(),
            },
        )
        for case in shown.goes
    ]
    vault.journal.append_many(vault.person.id, changes)


def _change(vault: OpenVault, case: str, kind: str, payload: dict[str, Any]) -> None:
    vault.journal.append(actor=vault.person.id, subject=subject(CASE, case), kind=kind, payload=payload)


# --- one case -------------------------------------------------------------------------------------------


def _look_at(
    vault: OpenVault, case: str, protocol: SharingProtocol, today: date, tag: str, said: Said
) -> CaseLook:
    file = sealed.case_file(vault, case)
    answers = sealed.answers(vault, file)
    held = replace(
        case_standing(vault, case, protocol, file, answers),
        child_protection_agreed=said.child_protection_agreed,
    )
    refused = refusals(protocol, held, today)
    allowed = [name for name in protocol.fields if name in allowed_fields(protocol, held, today)]
    why = {name: why for name in allowed if (why := _why_not(vault, protocol, answers, name))}
    questions = {} if refused else _questions(vault, case, tag)
    fields = tuple(_field(vault, answers, name, questions, tag) for name in allowed if name not in why)
    return CaseLook(
        case,
        file.number,
        confidential.visible(vault, sorted(held.categories & protocol.categories), file),
        () if refused else fields,
        tuple(LeftOut(name, _question(vault, name, questions, tag), reason) for name, reason in why.items()),
        refused,
        held,
    )


def case_standing(
    vault: OpenVault, case: str, protocol: SharingProtocol, file: CaseFile, answers: Answers
) -> Standing:
    """What of a case the decision reads."""
    found = frozenset(one.category for one in refer.suggestions(vault, case) if one.verdict is Verdict.YES)
    categories = found.union(file.confirmed(), file.for_review(), file.closed_categories())
    return Standing(
        categories,
        may_be_child(answers, categories) or was_a_child_elsewhere(vault, file),
        _agreed(vault, case, protocol),
        origins(vault, case, answers),
    )


def said_no(vault: OpenVault, case: str, protocol: SharingProtocol) -> bool:
    """Whether the person said no to this recipient, under any of its names: a yes beside it does not count."""
    return any(case not in vault.queries.agreed(name) for name in _asked(vault, case, protocol))


def _agreed(vault: OpenVault, case: str, protocol: SharingProtocol) -> bool:
    """Whether the person said yes to this recipient, under any of its names, and no under none."""
    return bool(_asked(vault, case, protocol)) and not said_no(vault, case, protocol)


def _asked(vault: OpenVault, case: str, protocol: SharingProtocol) -> set[str]:
    return Shared(vault.database).agreements(case).keys() & set(protocol.agreement_names)


def _why_not(vault: OpenVault, protocol: SharingProtocol, answers: Answers, name: str) -> str:
    kept_as = vault.codebook.facts[name].sensitivity.sealed_class
    if kept_as is not None and kept_as not in protocol.sealed:
        return SEALED
    if kept_as is not None and not vault.cleared(kept_as):
        return NOT_CLEARED
    return "" if answers.said(name) else NOT_SAID


def _field(vault: OpenVault, answers: Answers, name: str, questions: dict[str, str], tag: str) -> FieldLook:
    values, words = answers.said(name), load(tag, "codebook")
    shown = ", ".join(vault.codebook.value_label(name, value, words) for value in values)
    return FieldLook(name, _question(vault, name, questions, tag), values, shown)


def _question(vault: OpenVault, name: str, questions: dict[str, str], tag: str) -> str:
    """The question as the form asks it, else the label of a derived fact, else the codebook name."""
    label = vault.codebook.fact_label(name, load(tag, "codebook"))
    return questions.get(name) or label or name.replace("_", " ")


def _questions(vault: OpenVault, case: str, tag: str) -> dict[str, str]:
    """The questions of the newest interview by codebook name, where this person may open its form."""
    try:
        held = [one for one in finished.of_case(vault, case) if one.stands and one.xml]
        opened: Reopened | None = reopen(vault, held[-1]) if held else None
    except PersonFault:
        return {}
    if opened is None:
        return {}
    return {leaf(ref): opened.label(ref, tag).text for ref in held[-1].marks}
