"""Handing a case over from post to post, also between organisations (`vault-and-bundles.md`: two vaults).

1. What goes is a new document of the allowed fields, sealed to the other post alone (`sharing`); no entry of this
   journal goes. The other side makes a case of its own, which names the number it has here.
2. Until the other post's receipt is back, the case is "handed over, not yet confirmed": somebody has to call.
3. A letter is believed only when a contact whose words were compared signed it.
4. What this post heard as a sign stays one there: the categories that came along are suggestions with a yes, for a
   person to confirm. The answers are shown as told elsewhere; they answer no question here, so that a "no" heard by
   others never takes the place of asking (`protection.md` 1).
5. Agreements are asked anew: what the person said about recipients here binds nobody there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldkit.domain.access import Action
from fieldkit.domain.classes import CONFIDENTIAL_CATEGORIES, SealedClass
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id, spoken_number
from fieldkit.domain.outcome import NEVER_SUGGESTED, Verdict
from fieldkit.domain.ports import JsonObject
from fieldkit.languages.catalogues import load
from fieldkit.services import confidential, contacts, letters, sealed, sharing
from fieldkit.services.case_file import CASE, read_case
from fieldkit.services.contacts import Contact, ContactKind
from fieldkit.services.errors import DeskFault
from fieldkit.services.sharing import Look, Said, Sent
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import Change
from fieldkit.storage.shared import ReceiptRow, Shared
from fieldkit.sync.shares import Kind, Letter, LetterFault, letter_name, open_letter, seal_letter

RULE = "hand_over"
BECAUSE = "share/told_by_other_post"
"""A text of the codebook: why a category that came along is suggested."""


@dataclass(frozen=True, slots=True)
class Going:
    """A case that was handed over. Without `confirmed` nobody knows yet that it arrived."""

    share: str
    case: str
    number: str
    to: str
    day: str
    confirmed: ReceiptRow | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A hand-over as it came, verified; nothing of it is kept yet."""

    share: str
    contact: Contact
    number: str
    day: str
    categories: tuple[str, ...]
    answers: tuple[dict[str, Any], ...]
    agreement: str
    text: str


@dataclass(frozen=True, slots=True)
class TakenOver:
    """The case that was made of it, and the number it has here."""

    share: str
    case: str
    number: str


# --- out ------------------------------------------------------------------------------------------------


def hand_over(vault: OpenVault, shown: Look, said: Said, folder: Path) -> Sent:
    """Seal one case to another post, into `folder`.

    Raises what `sharing.share` raises; DeskFault `hand_over.not_a_post`, `share.nothing_chosen`.
    """
    if shown.contact.kind is not ContactKind.POST:
        raise DeskFault("hand_over.not_a_post")
    if len(shown.cases) != 1:
        raise DeskFault("share.nothing_chosen")
    return sharing.send(vault, shown, said, folder, Kind.HAND_OVER)


def handed_over(vault: OpenVault) -> tuple[Going, ...]:
    """What was handed over from here, the newest first; with the receipt where it is back."""
    shared = Shared(vault.database)
    receipts = shared.receipts()
    names = contacts.names(vault)
    return tuple(
        Going(
            row.share,
            row.case,
            read_case(vault.journal, row.case).number,
            names.get(row.contact, ""),
            row.day,
            receipts.get(row.share),
        )
        for row in shared.handed_over()
    )


def accept_receipt(vault: OpenVault, content: bytes) -> Going:
    """Keep that the other post took over. Accepting it twice changes nothing.

    Raises LetterFault; DeskFault `hand_over.receipt_unknown` when it is no hand-over of this vault, or another than
    the post it went to has signed.
    """
    vault.demand(Action.SHARE)
    letter = _open(vault, content, Kind.RECEIPT)
    share = letter.fields["id"]
    going = next((one for one in handed_over(vault) if one.share == share), None)
    row = next((one for one in Shared(vault.database).handed_over() if one.share == share), None)
    if going is None or row is None:
        raise DeskFault("hand_over.receipt_unknown")
    _demand_signed_by(contacts.find(vault, row.contact), letter)
    if going.confirmed is None:
        vault.journal.append(
            actor=vault.person.id,
            subject=subject(CASE, row.case),
            kind="hand_over.confirmed",
            payload={"share": share, "by": letter.fields["by"], "day": letter.fields["day"]},
        )
    return next(one for one in handed_over(vault) if one.share == share)


def _demand_signed_by(contact: Contact, letter: Letter) -> None:
    try:
        letter.check(contact.key)
    except LetterFault as fault:
        raise DeskFault("hand_over.receipt_unknown") from fault


# --- in -------------------------------------------------------------------------------------------------


def kind_of(vault: OpenVault, content: bytes) -> Kind:
    """What a letter is, before anything of it is believed. Raises LetterFault."""
    return open_letter(content, contacts.own_keys(vault).opening).kind


def look(vault: OpenVault, content: bytes) -> Arrived:
    """A hand-over as it came, its signature checked; nothing is changed.

    Raises PersonFault `access.not_allowed`; LetterFault; DeskFault `hand_over.already`.
    """
    vault.demand(Action.SHARE)
    letter = _open(vault, content, Kind.HAND_OVER)
    contact = believed(vault, letter)
    cases = letter.fields["cases"]
    if len(cases) != 1:
        raise LetterFault("letter.unreadable")
    arrived = Arrived(
        letter.fields["id"],
        contact,
        cases[0]["number"],
        letter.fields["day"],
        tuple(cases[0]["categories"]),
        tuple(cases[0]["answers"]),
        letter.fields["agreement"],
        letter.text,
    )
    if any(row.share == arrived.share for row in Shared(vault.database).taken_over()):
        raise DeskFault("hand_over.already")
    return arrived


def take_over(vault: OpenVault, arrived: Arrived) -> TakenOver:
    """Make a case of a hand-over: a new one, which names the number it had.

    Raises PersonFault `access.not_allowed`; DeskFault `hand_over.already`; DatabaseFault.
    """
    vault.demand(Action.SHARE)
    if any(row.share == arrived.share for row in Shared(vault.database).taken_over()):
        raise DeskFault("hand_over.already")
    case = new_id(vault.world.randomness)
    vault.journal.append_many(vault.person.id, list(_changes(vault, arrived, case)))
    return TakenOver(arrived.share, case, spoken_number(case))


def write_receipt(vault: OpenVault, share: str, folder: Path) -> str:
    """Write the receipt for a case that was taken over, for the other post; the file's name. It can be
    written again.

    Raises DeskFault `share.unknown_contact`, `hand_over.receipt_unknown`; what `letters.write_all` raises.
    """
    vault.demand(Action.SHARE)
    row = next((one for one in Shared(vault.database).taken_over() if one.share == share), None)
    if row is None:
        raise DeskFault("hand_over.receipt_unknown")
    contact, keys = contacts.find(vault, row.contact), contacts.own_keys(vault)
    fields: JsonObject = {"id": share, "by": vault.name, "day": vault.world.today().isoformat()}
    words = load("en", "interface")
    text = letters.plain_text(
        [
            words.say("Taken over by: {post}", post=vault.name),
            words.say("Day: {day}", day=str(fields["day"])),
            words.say("Number {number}", number=row.number),
        ]
    )
    content = seal_letter(Kind.RECEIPT, fields, text, key=keys.signing, recipient=contact.recipient)
    name = letter_name(vault.world.randomness)
    letters.write_all(folder, [(name, content)], lambda: None)
    return name


def told_elsewhere(vault: OpenVault, case: str) -> tuple[dict[str, Any], ...]:
    """The answers that came with a case, as they were told at the other post; those sealed here only to the
    cleared."""
    kinds = ("case.taken_over", "case.told")
    entries = [entry for entry, _ in vault.journal.about(subject(CASE, case)) if entry.kind in kinds]
    held = (sealed.payload(vault, entry) for entry in entries)
    return tuple(answer for payload in held if payload is not None for answer in payload["answers"])


def believed(vault: OpenVault, letter: Letter) -> Contact:
    """The contact that signed a letter. Raises LetterFault `letter.unknown_sender` (rule 3)."""
    for contact in contacts.signing(vault):
        try:
            letter.check(contact.key)
        except LetterFault as fault:
            if fault.code != "letter.unknown_sender":
                raise
            continue
        return contact
    raise LetterFault("letter.unknown_sender")


def _open(vault: OpenVault, content: bytes, kind: Kind) -> Letter:
    letter = open_letter(content, contacts.own_keys(vault).opening)
    if letter.kind is not kind:
        raise LetterFault("letter.other_kind")
    return letter


def _changes(vault: OpenVault, arrived: Arrived, case: str) -> Iterable[Change]:
    about = subject(CASE, case)
    opened: JsonObject = {"number": spoken_number(case), "form": "", "arrived": vault.world.moment()}
    yield Change(about, "case.opened", opened)
    by_class: dict[SealedClass | None, list[dict[str, Any]]] = {None: []}
    for answer in arrived.answers:
        by_class.setdefault(_class_of(vault, answer["name"]), []).append(answer)
    yield Change(
        about,
        "case.taken_over",
        {
            "share": arrived.share,
            "contact": arrived.contact.id,
            "number": arrived.number,
            "categories": [one for one in arrived.categories if one not in CONFIDENTIAL_CATEGORIES],
            "answers": by_class.pop(None),
            "agreement": arrived.agreement,
            "day": arrived.day,
        },
    )
    for name, answers in by_class.items():
        yield Change(about, "case.told", {"share": arrived.share, "answers": answers}, seal=name)
    for category in arrived.categories:
        if (
            category not in NEVER_SUGGESTED
        ):  # one that only a newer laptop knows is shown as unknown, not lost
            change = Change(about, "outcome.suggested", _suggested(vault, category))
            yield confidential.of_category(vault, change, category)


def _class_of(vault: OpenVault, name: str) -> SealedClass | None:
    """The class an answer is sealed as here; a name that is not known here is sealed like what protects most."""
    if name not in vault.codebook.facts:
        return SealedClass.ASYLUM
    return vault.codebook.facts[name].sensitivity.sealed_class


def _suggested(vault: OpenVault, category: str) -> JsonObject:
    return {
        "category": category,
        "rule": RULE,
        "verdict": Verdict.YES.value,
        "because": BECAUSE,
        "answers": [],
        "rules_version": vault.rules.version,
    }
