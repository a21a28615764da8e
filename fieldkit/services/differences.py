"""Answers that differ, as they are shown: every value side by side with who, when and where (`journal.md`, rule 5).

1. All standing values are shown with who wrote them, when and at which post. None is hidden, none is preferred.
2. Until somebody decides (`conflicts`), the most protective value rules (`domain.conflicts`).
3. Who may change something may settle it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from fieldkit.domain.access import Action
from fieldkit.domain.conflicts import Ruling, ruling
from fieldkit.domain.entries import Entry
from fieldkit.domain.ports import JsonObject, JsonValue
from fieldkit.headquarters.queries import certificates
from fieldkit.services import confidential, enrolment
from fieldkit.services.case_file import CASE
from fieldkit.services.directory import SERVICE
from fieldkit.services.errors import DeskFault
from fieldkit.services.receipts import own_streams
from fieldkit.services.vault import PERSON, Desk, OpenVault
from fieldkit.storage import projections


class Kind(StrEnum):
    """What values differ about."""

    SERVICE = "service"
    SETTING = "setting"
    PERSON = "person"
    AGREEMENT = "agreement"
    OUTCOME = "outcome"
    STATE = "state"
    REFERRAL = "referral"
    INTERVIEW = "interview"
    CONTACT = "contact"
    ORIGIN = "origin"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Value:
    """One standing value: the entry that set it, who wrote it, when on the clock there, and at which post."""

    value: JsonValue
    entry: str
    who: str
    at: str
    post: str
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose standing values differ, and what rules meanwhile (rule 2)."""

    subject: str
    field: str
    kind: Kind
    values: tuple[Value, ...]
    rules: Ruling

    @property
    def case(self) -> str:
        """The case it is about; empty for anything else."""
        kind, _, name = self.subject.partition("/")
        return name if kind == CASE else ""

    @property
    def name(self) -> str:
        """The last part of the field: the category, the interview's first name, the line of a contact."""
        return self.field.rpartition("/")[2]

    @property
    def recipient(self) -> str:
        """Whom an agreement is about: somebody of the codebook, or `protocol/…`."""
        return self.field.removeprefix("agreement/")

    def chosen(self, entry: str) -> Value:
        """The value that an entry set. Raises DeskFault `conflict.not_among`."""
        for one in self.values:
            if one.entry == entry:
                return one
        raise DeskFault("conflict.not_among")


@dataclass(frozen=True, slots=True)
class Row:
    """Of which subjects and fields, what kind of difference it is, and who may settle it."""

    subject: str
    field: str
    kind: Kind
    action: Action


ROWS: tuple[Row, ...] = (
    Row(SERVICE, "*", Kind.SERVICE, Action.EDIT_DIRECTORY),
    Row("setting", "*", Kind.SETTING, Action.BACK_UP),
    Row(PERSON, "*", Kind.PERSON, Action.MANAGE_PEOPLE),
    Row(CASE, "agreement/*", Kind.AGREEMENT, Action.INTERVIEW),
    Row(CASE, "outcome/*", Kind.OUTCOME, Action.CONFIRM_OUTCOME),
    Row(CASE, "state", Kind.STATE, Action.CLOSE_CASE),
    Row(CASE, "referral/*", Kind.REFERRAL, Action.REFER),
    Row(CASE, "interview/*", Kind.INTERVIEW, Action.INTERVIEW),
    Row(CASE, "origin/*", Kind.ORIGIN, Action.SHARE),
    Row("submission", "interview/*", Kind.INTERVIEW, Action.SURVEY),
    Row("contact", "*", Kind.CONTACT, Action.KEEP_CONTACTS),
)
"""The first row that fits; anything else is of a newer version and is settled there."""


def differences(vault: OpenVault, about: str | None = None) -> tuple[Difference, ...]:
    """Everything that is open, or what is open about one subject; each field once."""
    held = [
        one
        for one in projections.conflicts(vault.database, about)
        if confidential.may_see(vault, one.field.removeprefix("outcome/"))
    ]
    posts = _posts(vault) if held else {}
    return tuple(_difference(vault, one, posts) for one in held)


def number(vault: OpenVault) -> int:
    """How many fields wait for somebody to decide."""
    return projections.conflict_count(vault.database)


def may_settle(vault: OpenVault, one: Difference) -> bool:
    """Whether the person who is signed in may decide (rule 4)."""
    row = row_of(one.subject, one.field)
    return row is not None and vault.may(row.action)


def _difference(vault: OpenVault, one: projections.Conflict, posts: Mapping[str, str]) -> Difference:
    row = row_of(one.subject, one.field)
    values = tuple(_value(vault, value, posts) for value in one.values)
    rules = ruling(one.field, [value.value for value in one.values])
    return Difference(one.subject, one.field, row.kind if row else Kind.OTHER, values, rules)


def _value(vault: OpenVault, held: projections.StandingValue, posts: Mapping[str, str]) -> Value:
    entry = vault.journal.find(held.entry)
    if entry is None:
        return Value(held.value, held.entry, "", "", "", "")
    told = said(vault, entry)
    reason = told.get("reason")
    who = vault.queries.person(str(told.get("proposed_by") or entry.actor))[0]
    post = posts.get(entry.stream, "")
    return Value(held.value, held.entry, who, entry.at, post, reason if isinstance(reason, str) else "")


def _posts(vault: OpenVault) -> dict[str, str]:
    """The name of the place where each stream is written, as far as it is known here."""
    certified = {one.stream: one.post for one in certificates(vault.database)}
    office = enrolment.enrolment(vault).office if vault.desk is Desk.POST else None
    above = dict.fromkeys(vault.journal.heads(), office.name) if office is not None else {}
    return {**above, **certified, **dict.fromkeys(own_streams(vault), vault.name)}


def content(vault: OpenVault, identity: str) -> JsonObject:
    """What the entry with this digest says; nothing when it is not held here."""
    entry = vault.journal.find(identity)
    return said(vault, entry) if entry is not None else {}


def said(vault: OpenVault, entry: Entry) -> JsonObject:
    """What an entry says; nothing when that is not held here."""
    payload = vault.journal.payload(entry.payload)
    return payload.value() if payload is not None else {}


def row_of(subject: str, field: str) -> Row | None:
    """The row of a field; None for something of a newer version."""
    kind = subject.partition("/")[0]
    return next((row for row in ROWS if row.subject == kind and fnmatchcase(field, row.field)), None)
