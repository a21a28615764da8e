"""What each kind of entry puts into the projections. One small pure reader a kind.

A reader gets the entry and its payload and yields rows: a table's name and the values of its columns. It
never looks at other entries, so the order in which entries arrive cannot matter (`journal.md`, laws).
To add a kind: a reader here, a table in a new migration, and its columns in TABLES;
`tests/storage/test_projections.py` complains if one is forgotten.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from fieldkit.domain.entries import Entry
from fieldkit.domain.outcome import NO_SPECIFIC_NEED
from fieldkit.domain.waiting import Step
from fieldkit.storage import (
    kinds_children,
    kinds_decided,
    kinds_desk,
    kinds_home,
    kinds_kept,
    kinds_library,
    kinds_measures,
    kinds_names,
    kinds_papers,
    kinds_people,
    kinds_sealed,
    kinds_trust,
)
from fieldkit.storage.attachments import form_holder, submission_holder
from fieldkit.storage.database import Value
from fieldkit.storage.kinds_decided import interview_field, value_of
from fieldkit.storage.kinds_names import names_of
from fieldkit.storage.kinds_shared import READERS as SHARED_READERS
from fieldkit.storage.kinds_shared import TABLES as SHARED_TABLES
from fieldkit.storage.shapes import Fields, Unread, spelling

Projected = tuple[str, tuple[Value, ...]]
Reader = Callable[[Entry, Fields], Iterator[Projected]]

TABLES: dict[str, tuple[str, ...]] = {
    "field_values": ("subject", "field", "value"),
    "cases": ("case_id", "number", "form", "day"),
    "submissions": (
        "instance_id",
        "case_id",
        "form",
        "version",
        "survey",
        "interpreted",
        "officer_language",
        "person_language",
        "day",
    ),
    "sections": (
        "place",
        "name",
        "asked",
        "in_private",
        "interpreted",
        "reviewed_text",
        "declined",
        "not_asked",
    ),
    "facts": ("name", "place", "value"),
    "outcomes": (
        "case_id",
        "category",
        "state",
        "rule",
        "verdict",
        "because",
        "reason",
        "rules_version",
        "day",
    ),
    "referrals": (
        "referral",
        "case_id",
        "category",
        "service",
        "needs",
        "declined",
        "safe_to_carry",
        "day",
    ),
    "information": ("case_id", "leaflet", "version", "language", "draft", "how", "day"),
    "documents": ("case_id", "what", "language", "pages", "day"),
    "agreements": ("case_id", "recipient", "agreed"),
    "forms": ("form", "version", "title", "source"),
    "files": ("holder", "name", "media_type", "size", "digest"),
    "exports": ("bundle", "first", "last", "recipient"),
    "imports": ("bundle", "stream", "first", "last", "holes"),
    "certificates": ("device", "certificate"),
    **kinds_kept.TABLES,
    **kinds_library.TABLES,
    **kinds_home.TABLES,
    **kinds_names.TABLES,
    **kinds_people.TABLES,
    **kinds_sealed.TABLES,
    **SHARED_TABLES,
    **kinds_trust.TABLES,
    **kinds_decided.TABLES,
    **kinds_desk.TABLES,
    **kinds_measures.TABLES,
    **kinds_papers.TABLES,
}
"""The columns of each projection, after `entry`."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T")

CASE = "case"
SUGGESTED, CONFIRMED, NOT_CONFIRMED = "suggested", "confirmed", "not confirmed"


def case_of(entry: Entry, payload: Fields) -> str:
    """The case an entry is about: its subject, or the `case` its payload names, or none (empty)."""
    return entry.subject_id if entry.subject_kind == CASE else payload.text_or_empty("case")


def day_of(entry: Entry) -> str:
    """The day on the clock where it was written, such as `2026-11-21`. It counts; it orders nothing."""
    if _DAY.match(entry.at) is None:
        raise Unread
    return entry.at[:10]


def talk_day(entry: Entry, payload: Fields) -> str:
    """The day of the talk: the one on its paper where it was keyed in later (R-204), else that of the entry."""
    if not payload.has("on_paper"):
        return day_of(entry)
    day = payload.inner("on_paper").text("day")
    if _DAY.fullmatch(f"{day}T") is None:
        raise Unread
    return day


def case_opened(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """number, form?, on_paper?, arrived?, language?"""
    form = payload.text_or_empty("form")
    yield "cases", (case_of(entry, payload), payload.text("number"), form, talk_day(entry, payload))
    yield from kinds_desk.opened(entry, payload)


def submission_finished(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """form, version, xml, instance_id, facts, marks, sections, interpreted, languages, survey, travel,
    attachments?, on_paper?"""
    languages = payload.inner("languages")
    payload.text("xml")
    yield (
        "submissions",
        (
            payload.text("instance_id"),
            case_of(entry, payload),
            payload.text("form"),
            payload.text("version"),
            payload.flag("survey"),
            payload.text_or_empty("interpreted"),
            languages.text("officer"),
            languages.text("person"),
            talk_day(entry, payload),
        ),
    )
    yield value_of(entry, interview_field(payload), payload.text("instance_id"))
    for place, section in enumerate(payload.several("sections")):
        yield "sections", (place, *_section(Fields(section)))
    yield from _facts(payload.inner("facts"))
    yield from _files(submission_holder(payload.text("instance_id")), payload.several_or_none("attachments"))
    if entry.subject_kind == CASE:
        yield from kinds_desk.talked(entry, payload)


def submission_kept(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """instance_id, xml, facts, marks, travel, attachments?: what of a finished interview stays where it was
    written"""
    holder = submission_holder(payload.text("instance_id"))
    payload.text("xml")
    yield from _facts(payload.inner("facts"))
    yield from names_of(case_of(entry, payload), payload.inner("facts"))
    yield from kinds_desk.kept(entry, payload)
    yield from _files(holder, payload.several_or_none("attachments"))


def _files(holder: str, listed: list[Any]) -> Iterator[Projected]:
    for one in listed:
        file = Fields(one)
        yield (
            "files",
            (holder, file.text("name"), file.text("type"), file.count("size"), file.text("sha256")),
        )


def _section(section: Fields) -> tuple[Value, ...]:
    return (
        section.text("name"),
        section.flag("asked"),
        section.flag("in_private"),
        section.text_or_empty("interpreted"),
        section.flag("reviewed_text"),
        section.count("declined"),
        section.count("not_asked"),
    )


def _facts(facts: Fields) -> Iterator[Projected]:
    for name, values in facts.items():
        if not isinstance(values, list):
            raise Unread
        for place, value in enumerate(values):
            if not isinstance(value, str):
                raise Unread
            yield "facts", (name, place, value)


def _outcome(state: str) -> Reader:
    def read(entry: Entry, payload: Fields) -> Iterator[Projected]:
        """category, rule, verdict, because, reason, answers, rules_version; those that the state has"""
        yield (
            "outcomes",
            (
                case_of(entry, payload),
                payload.text("category"),
                state,
                payload.text_or_empty("rule"),
                payload.text_or_empty("verdict"),
                payload.text_or_empty("because"),
                payload.text_or_empty("reason"),
                payload.text_or_empty("rules_version"),
                day_of(entry),
            ),
        )
        if state != SUGGESTED:
            yield value_of(entry, f"outcome/{payload.text('category')}", state)
        if state == CONFIRMED and payload.text("category") == NO_SPECIFIC_NEED:
            yield kinds_desk.step(entry, Step.REFERRED)  # there is nobody to refer to

    return read


def referral_made(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """category, service, needs, declined, fields, safe_to_carry; `referral` unless it is the subject"""
    is_subject = entry.subject_kind == "referral"
    referral = entry.subject_id if is_subject else payload.text_or_empty("referral")
    for name in ("declined", "safe_to_carry"):
        yield value_of(entry, f"referral/{referral}/{name}", bool(payload.flag(name)))
    if not payload.texts("needs"):  # help with a need is no referral to a procedure
        yield kinds_desk.step(entry, Step.REFERRED)
    yield (
        "referrals",
        (
            referral,
            case_of(entry, payload),
            payload.text("category"),
            payload.text("service"),
            spelling(payload.texts("needs")),
            payload.flag("declined"),
            payload.flag("safe_to_carry"),
            day_of(entry),
        ),
    )


def information_given(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """leaflet, version, language, draft, how"""
    yield (
        "information",
        (
            case_of(entry, payload),
            payload.text("leaflet"),
            payload.text("version"),
            payload.text("language"),
            payload.flag("draft"),
            payload.text("how"),
            day_of(entry),
        ),
    )


def document_printed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """what, language, pages"""
    what, language, pages = payload.text("what"), payload.text("language"), payload.count("pages")
    yield "documents", (case_of(entry, payload), what, language, pages, day_of(entry))


def fields_set(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """fields: name -> any value; null is a value that clears"""
    for name, value in payload.inner("fields").items():
        yield "field_values", (entry.subject, name, spelling(value))


def agreement_recorded(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """recipient, agreed"""
    recipient, agreed = payload.text("recipient"), payload.flag("agreed")
    yield "agreements", (case_of(entry, payload), recipient, agreed)
    yield value_of(entry, f"agreement/{recipient}", bool(agreed))


def form_installed(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """form, version, title, kind, xform, resources?, media?"""
    payload.text("xform")
    form, version, source = payload.text("form"), payload.text("version"), payload.text("kind")
    yield "forms", (form, version, payload.json("title"), source)
    yield from _files(form_holder(form, version), payload.several_or_none("media"))


def bundle_exported(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """bundle, first, last, recipient (fingerprint)"""
    yield (
        "exports",
        (payload.text("bundle"), payload.count("first"), payload.count("last"), payload.text("recipient")),
    )


def bundle_imported(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """bundle, stream, first, last, holes, device?, versions?"""
    first, last, holes = payload.count("first"), payload.count("last"), payload.json("holes")
    yield "imports", (payload.text("bundle"), payload.text("stream"), first, last, holes)
    yield from kinds_trust.acknowledged(payload)
    yield from kinds_trust.told(entry, payload)


def device_certified(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """certificate"""
    yield "certificates", (entry.subject_id, payload.text("certificate"))


READERS: dict[str, Reader] = {
    "case.opened": case_opened,
    "submission.finished": submission_finished,
    "submission.kept": submission_kept,
    "outcome.suggested": _outcome(SUGGESTED),
    "outcome.confirmed": _outcome(CONFIRMED),
    "outcome.not_confirmed": _outcome(NOT_CONFIRMED),
    "referral.made": referral_made,
    "information.given": information_given,
    "document.printed": document_printed,
    "service.recorded": fields_set,
    "setting.changed": fields_set,
    "training.recorded": fields_set,
    "agreement.recorded": agreement_recorded,
    "form.installed": form_installed,
    "bundle.exported": bundle_exported,
    "bundle.imported": bundle_imported,
    "device.certified": device_certified,
    **kinds_kept.READERS,
    **kinds_library.READERS,
    "insert.kept": fields_set,
    kinds_children.DUTY: fields_set,
    kinds_papers.TEAM: fields_set,
    **kinds_children.READERS,
    **kinds_home.READERS,
    **kinds_people.READERS,
    **kinds_sealed.READERS,
    "contact.kept": fields_set,
    "origin.recorded": fields_set,
    **SHARED_READERS,
    **kinds_trust.READERS,
    **kinds_decided.READERS,
    **kinds_desk.READERS,
    **kinds_measures.READERS,
    **kinds_papers.READERS,
}


def read(entry: Entry, payload: dict[str, object], *, plain: bool = False) -> tuple[Projected, ...]:
    """The rows of an entry; none for a kind this version does not know. Raises Unread.

    `plain` says that the payload's bytes hold no NUL in any spelling, so that not every value has to be searched.
    """
    reader = READERS.get(entry.kind)
    if reader is None:
        return ()
    rows = tuple(reader(entry, Fields(payload)))
    said = (entry.subject, entry.at)  # what else a row is made of
    values = said if plain else (*said, *(value for _, row in rows for value in row))
    if any(isinstance(value, str) and "\x00" in value for value in values):
        raise Unread  # SQLite would keep it and other readers cut it off
    return rows
