"""Countries of the codebook, found by what somebody types of their names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.languages import catalogues

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

MOST_MATCHES = 6
OTHER = "other"
"""The value of the list that is no country."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its code and name."""

    code: str
    name: str


def country_name(vault: OpenVault, code: str, tag: str) -> str:
    """The country in words of the language `tag`; its code when it is not known here."""
    return vault.codebook.choice_label("countries", code, catalogues.load(tag, "codebook"))


def matches(vault: OpenVault, typed: str, tag: str) -> tuple[Country, ...]:
    """Countries whose name begins like what was typed, then those that have it inside."""
    wanted = typed.strip().casefold()
    if not wanted:
        return ()
    listed = [one.name for one in vault.codebook.lists["countries"] if one.parent == "country"]
    found = [Country(code, country_name(vault, code, tag)) for code in listed if code != OTHER]
    inside = [one for one in found if wanted in one.name.casefold()]
    inside.sort(key=lambda one: not one.name.casefold().startswith(wanted))
    return tuple(inside[:MOST_MATCHES])
