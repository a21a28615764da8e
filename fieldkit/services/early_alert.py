"""Early alert: other posts hear of a child (R-044, `protection.md` 6).

1. Other posts receive number, age band, sex and a number to call, and nothing else: no name, no country, no
   category, no day, no post. Who calls the number learns from a person what they need to know.
2. It waits for no agreement, like every call for a child; it goes to posts only, each letter sealed to one of
   them.
3. Posts abroad are left out while the country of origin could be theirs (`protection.md` 12), and that is said.
4. The alert itself is kept and goes to headquarters with the same four things.
5. It does not take the place of the call to child protection: the screen begins with that. Every call is kept
   with its time: who answered, and where and with whom the child waits; or that nobody answered.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.domain.outcome import Verdict
from fieldkit.domain.ports import JsonObject
from fieldkit.languages.catalogues import load
from fieldkit.languages.marking import mark
from fieldkit.services import contacts, hand_over, letters, refer, sealed
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.contacts import Contact, ContactKind
from fieldkit.services.errors import DeskFault
from fieldkit.services.judge import Answers
from fieldkit.services.origins import may_be_child, origins, was_a_child_elsewhere
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.shared import AlertRow, Shared
from fieldkit.sync.shares import Kind, LetterFault, letter_name, open_letter, seal_letter

ALERT = "alert"
CALLED = "child.called"
BANDS = ((5, "0-5"), (11, "6-11"), (14, "12-14"), (17, "15-17"))
"""The oldest age in years of each band."""

UNDER_18 = "under 18"
"""The band of a child whose age nobody knows nearer."""

BAND_WORDS = {
    "0-5": mark("0 to 5 years"),
    "6-11": mark("6 to 11 years"),
    "12-14": mark("12 to 14 years"),
    "15-17": mark("15 to 17 years"),
    UNDER_18: mark("Under 18, not known nearer"),
}
SEXES = ("female", "male", "another", "")
"""Values of the codebook's list `sexes`, and nothing when it is not known."""

_NUMBER = re.compile(r"\+?[0-9][0-9 ()/-]{2,30}")


@dataclass(frozen=True, slots=True)
class FourThings:
    """All that other posts receive."""

    number: str
    age_band: str
    sex: str
    call: str

    def fields(self) -> dict[str, str]:
        """As they stand in letter and entry."""
        return {"number": self.number, "age_band": self.age_band, "sex": self.sex, "call": self.call}


@dataclass(frozen=True, slots=True)
class Call:
    """One call for a child. `answered_by` is empty when nobody answered; `at` is the moment on the clock
    there."""

    at: str
    service: str
    answered_by: str
    waits: str


@dataclass(frozen=True, slots=True)
class Alerted:
    """An alert that was made: the files by post, and the posts that were left out (rule 3)."""

    alert: str
    files: tuple[str, ...]
    posts: tuple[str, ...]
    left_out: tuple[str, ...]


def record_call(vault: OpenVault, case: str, service: str, answered_by: str = "", waits: str = "") -> None:
    """Keep that a number of the directory was called for a child, now.

    Raises PersonFault `access.not_allowed`; DeskFault `alert.call_incomplete` when somebody answered and it
    is not said who, or not where and with whom the child waits.
    """
    vault.demand(Action.ALERT)
    who, where = answered_by.strip(), waits.strip()
    if bool(who) != bool(where):
        raise DeskFault("alert.call_incomplete")
    told: JsonObject = {"service": service, "answered_by": who, "waits": where}
    vault.journal.append(actor=vault.person.id, subject=subject(CASE, case), kind=CALLED, payload=told)


def calls(vault: OpenVault, case: str) -> tuple[Call, ...]:
    """The calls for a child, the oldest first."""
    return tuple(
        Call(said.entry.at, said.payload["service"], said.payload["answered_by"], said.payload["waits"])
        for said in read_case(vault.journal, case).of_kind(CALLED)
    )


def four_things(vault: OpenVault, case: str, call: str) -> FourThings:
    """What other posts would receive of a case.

    Raises DeskFault `alert.no_child`, `alert.no_number`; PersonFault `case.unknown`.
    """
    file = sealed.case_file(vault, case)
    answers = file.answers()
    found = {one.category for one in refer.suggestions(vault, case) if one.verdict is Verdict.YES}
    child = may_be_child(answers, frozenset(found) | frozenset(file.confirmed()))
    if not (child or was_a_child_elsewhere(vault, file)):
        raise DeskFault("alert.no_child")
    number = call.strip()
    if _NUMBER.fullmatch(number) is None:
        raise DeskFault("alert.no_number")
    sexes = [value for value in answers.said("sex") if value in SEXES]
    return FourThings(file.number, _band(answers), sexes[-1] if sexes else "", number)


def raise_alert(vault: OpenVault, case: str, call: str, folder: Path | None) -> Alerted:
    """Write the alert for every other post that may have it, into `folder`, and keep it for headquarters.

    Without a folder, or without other posts, it is only kept. Raises PersonFault `access.not_allowed`; as
    `four_things`; what `letters.write_all` raises.
    """
    vault.demand(Action.ALERT)
    told = four_things(vault, case, call)
    may, left_out = receivers(vault, case)
    alert = new_id(vault.world.randomness)
    going = may if folder is not None else ()
    files = [(letter_name(vault.world.randomness), _sealed(vault, told, contact)) for contact in going]

    def record() -> None:
        sent: JsonObject = {"alert": alert, "posts": len(files)}
        raised = Change(subject(ALERT, alert), "alert.raised", told.fields())
        vault.journal.append_many(vault.person.id, [raised, Change(subject(CASE, case), "alert.sent", sent)])

    if folder is None:
        record()
    else:
        letters.write_all(folder, files, record)
    names = tuple(contact.name for contact in going)
    return Alerted(alert, tuple(name for name, _ in files), names, tuple(one.name for one in left_out))


def receivers(vault: OpenVault, case: str) -> tuple[tuple[Contact, ...], tuple[Contact, ...]]:
    """The posts that may have an alert, and those that are left out (rule 3)."""
    known = origins(vault, case)
    posts = [one for one in contacts.all_contacts(vault) if one.kind is ContactKind.POST]
    may = tuple(one for one in posts if known.may_go_to(one.abroad))
    return may, tuple(one for one in posts if one not in may)


def receive(vault: OpenVault, content: bytes) -> AlertRow:
    """Keep an alert that came from another post.

    Raises PersonFault `access.not_allowed`; LetterFault; DeskFault `alert.already`.
    """
    vault.demand(Action.ALERT)
    letter = open_letter(content, contacts.own_keys(vault).opening)
    if letter.kind is not Kind.ALERT:
        raise LetterFault("letter.other_kind")
    contact = hand_over.believed(vault, letter)
    told = FourThings(**{name: str(value) for name, value in letter.fields.items()})
    if told.age_band not in BAND_WORDS or told.sex not in SEXES or not _NUMBER.fullmatch(told.call):
        raise LetterFault("letter.unreadable")
    if any((row.contact, row.number) == (contact.id, told.number) for row in alerts(vault)):
        raise DeskFault("alert.already")
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(ALERT, new_id(vault.world.randomness)),
        kind="alert.received",
        payload={**told.fields(), "contact": contact.id},
    )
    return alerts(vault)[0]


def alerts(vault: OpenVault) -> tuple[AlertRow, ...]:
    """Alerts made here and received, the newest first."""
    return Shared(vault.database).alerts()


def _band(answers: Answers) -> str:
    """The band of the age that was said; where several were, the youngest (`protection.md` 9)."""
    said = [int(value) for value in answers.known("age_years") if value.isascii() and value.isdigit()]
    return next((band for oldest, band in BANDS if said and min(said) <= oldest), UNDER_18)


def _sealed(vault: OpenVault, told: FourThings, contact: Contact) -> bytes:
    keys, words = contacts.own_keys(vault), load("en", "interface")
    sex = vault.codebook.choice_label("sexes", told.sex, load("en", "codebook")) if told.sex else "-"
    text = letters.plain_text(
        [
            words.say("A child. Call: {number}", number=told.call),
            words.say("Number {number}", number=told.number),
            words.say(BAND_WORDS[told.age_band]),
            sex,
        ]
    )
    return seal_letter(Kind.ALERT, told.fields(), text, key=keys.signing, recipient=contact.recipient)
