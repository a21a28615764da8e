"""Readers of entries about people with an account (`kinds`): what they are called and what they do here.

A change names in `replaces` what was on the administrator's screen. Somebody who left keeps their name, so that
what they wrote down still says who, and has no role.
"""

from collections.abc import Callable, Iterator

from fieldkit.domain.entries import Entry
from fieldkit.storage.database import Value
from fieldkit.storage.kinds_decided import value_of
from fieldkit.storage.shapes import Fields, spelling

Projected = tuple[str, tuple[Value, ...]]

PERSON = "person"
ADDED, CHANGED, ENDED = "person.added", "person.changed", "person.ended"

TABLES: dict[str, tuple[str, ...]] = {"people": ("person", "label", "roles")}


def person_standing(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """label, roles"""
    label, roles = payload.text("label"), payload.texts("roles")
    yield "people", (entry.subject_id, label, spelling(roles))
    yield value_of(entry, "label", label)
    yield value_of(entry, "roles", roles)


def person_ended(entry: Entry, payload: Fields) -> Iterator[Projected]:
    """label: the account ended"""
    label = payload.text("label")
    yield "people", (entry.subject_id, label, spelling([]))
    yield value_of(entry, "label", label)
    yield value_of(entry, "roles", [])


READERS: dict[str, Callable[[Entry, Fields], Iterator[Projected]]] = {
    ADDED: person_standing,
    CHANGED: person_standing,
    ENDED: person_ended,
}
