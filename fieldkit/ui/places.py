"""Every screen once: its name, where its class stands, and where on the rail it belongs.

A screen's file is imported when somebody goes there, so that the first window comes up quickly.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.marking import mark
from fieldkit.ui.screens.screen import Screen

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault

PLACES: Mapping[str, str] = {
    "first_start": "first_start:FirstStartScreen",
    "sign_in": "sign_in:SignInScreen",
    "home": "home:HomeScreen",
    "people": "people:PeopleScreen",
    "choose_language": "choose_language:ChooseLanguageScreen",
    "help": "help:HelpScreen",
}
"""Screen name -> module in `screens`:class."""


@dataclass(frozen=True, slots=True)
class RailPlace:
    """A row of the rail. Shown when the signed-in person may do one of `actions` (none: always) at one of
    `desks` (none: at any)."""

    screen: str
    text: str
    icon: str
    actions: frozenset[Action] = frozenset()
    desks: frozenset[str] = frozenset()


RAIL: tuple[RailPlace, ...] = (
    RailPlace("home", mark("People"), "people", frozenset({Action.INTERVIEW, Action.SURVEY})),
    RailPlace("leaflets", mark("Information"), "information", frozenset({Action.PRINT_LEAFLET})),
    RailPlace(
        "exchange",
        mark("Exchange"),
        "exchange",
        frozenset({Action.EXPORT, Action.ENROL}),
        frozenset({"post"}),
    ),
    RailPlace(
        "headquarters",
        mark("Headquarters"),
        "headquarters",
        frozenset({Action.IMPORT_BUNDLE, Action.COUNT, Action.CERTIFY}),
        frozenset({"headquarters"}),
    ),
    RailPlace("help", mark("Help"), "help"),
)


def rail(vault: OpenVault) -> tuple[RailPlace, ...]:
    """The rows of the rail that the person who opened `vault` has at this desk."""
    return tuple(
        place
        for place in RAIL
        if place.screen in PLACES
        and (not place.desks or vault.desk.value in place.desks)
        and (not place.actions or any(vault.may(action) for action in place.actions))
    )


def screen_class(name: str) -> type[Screen]:
    """The class of the screen `name`, imported now. Raises KeyError when there is no such place."""
    module, _, class_name = PLACES[name].partition(":")
    found = getattr(importlib.import_module(f"fieldkit.ui.screens.{module}"), class_name)
    assert isinstance(found, type) and issubclass(found, Screen)
    return found
