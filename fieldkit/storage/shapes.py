"""Reads payloads strictly: what a projection needs must be there in the right kind; the rest is kept.

A payload that is not as expected raises Unread, never anything else: it came from a newer version or is
broken, its entry is kept and carried on, and shown as unknown.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from fieldkit.domain.entries import canonical
from fieldkit.domain.ports import JsonValue


class Unread(Exception):
    """A payload of a known kind that this version cannot read."""


class Fields:
    """A JSON object being read."""

    def __init__(self, value: Any) -> None:
        if not isinstance(value, Mapping):
            raise Unread
        self._fields: Mapping[str, Any] = value

    def text(self, name: str) -> str:
        """A text that must be there."""
        value = self._fields.get(name)
        if not isinstance(value, str):
            raise Unread
        return value

    def text_or_empty(self, name: str) -> str:
        """A text that may be null or absent."""
        return "" if self._fields.get(name) is None else self.text(name)

    def count(self, name: str) -> int:
        """A whole number of zero or more; false and true count as 0 and 1."""
        value = self._fields.get(name)
        if not isinstance(value, int) or not 0 <= value < 2**63:
            raise Unread
        return int(value)

    def flag(self, name: str) -> int:
        """True or false, as 1 or 0."""
        value = self._fields.get(name)
        if not isinstance(value, bool):
            raise Unread
        return int(value)

    def inner(self, name: str) -> "Fields":
        """An object that must be there."""
        return Fields(self._fields.get(name))

    def has(self, name: str) -> bool:
        """Whether there is anything but null under a name."""
        return self._fields.get(name) is not None

    def items(self) -> Iterator[tuple[str, Any]]:
        """All names and values, in the order of the names."""
        yield from sorted(self._fields.items())

    def several(self, name: str) -> list[Any]:
        """A list that must be there."""
        value = self._fields.get(name)
        if not isinstance(value, list):
            raise Unread
        return value

    def several_or_none(self, name: str) -> list[Any]:
        """A list that may be null or absent: then it is empty."""
        return [] if self._fields.get(name) is None else self.several(name)

    def texts(self, name: str) -> list[str]:
        """A list of texts that must be there."""
        values = self.several(name)
        if not all(isinstance(value, str) for value in values):
            raise Unread
        return values

    def json(self, name: str) -> str:
        """Any value that must be there, in its one spelling."""
        if name not in self._fields:
            raise Unread
        return spelling(self._fields[name])


def spelling(value: JsonValue) -> str:
    """The one spelling of any JSON value, so that equal values are equal texts."""
    # RFC 8785 is handed objects only; this takes the braces and the empty name off again.
    return canonical({"": value}).decode()[len('{"":') : -len("}")]
