"""What the first start decides: which pages there are, when one may go on, what is created in the end.

1. One thing a page; nothing is written to disk before the last.
2. The phrase must be repeated before anything is created: a phrase nobody can repeat would lock the vault for
   good. It is never shown again.
3. Headquarters also chooses where its offline keys go and a second phrase, different from the first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from fieldkit.languages.marking import mark

if TYPE_CHECKING:
    from fieldkit.services.new_vault import NewVault

LONGEST_NAME = 60
"""Characters; a post's name stands on top of the window, a person's in a button."""


class Page(StrEnum):
    """The pages, in their order."""

    LANGUAGE = "language"
    DESK = "desk"
    USE = "use"
    NAME = "name"
    PERSON = "person"
    PHRASE = "phrase"
    REPEAT = "repeat"
    FOLDER = "folder"
    OFFLINE_PHRASE = "offline phrase"
    OFFLINE_REPEAT = "offline repeat"


POST = "post"
HEADQUARTERS = "headquarters"
_EVERYBODY = (Page.LANGUAGE, Page.DESK, Page.USE, Page.NAME, Page.PERSON, Page.PHRASE, Page.REPEAT)
_HEADQUARTERS = (*_EVERYBODY, Page.FOLDER, Page.OFFLINE_PHRASE, Page.OFFLINE_REPEAT)


@dataclass
class Phrase:
    """A phrase being chosen: the offered one, or one's own; then repeated."""

    offered: str
    own: bool = False
    typed: str = ""
    repeated: str = ""

    @property
    def chosen(self) -> str:
        """The phrase as it would be used."""
        return self.typed if self.own else self.offered


@dataclass
class FirstStart:
    """The answers so far. `offer` makes a phrase in a language, `judge` gives the code of why one is weak
    (with words that others know), empty when it is not."""

    offer: Callable[[str], str]
    judge: Callable[[str, tuple[str, ...]], str]
    language: str = "en"
    desk: str = ""
    training: bool | None = None
    name: str = ""
    person: str = ""
    folder: Path | None = None
    page: Page = Page.LANGUAGE
    _phrases: dict[str, Phrase] = field(default_factory=dict)

    @property
    def phrase(self) -> Phrase:
        """The phrase of the account; offered when it is first looked at, not while the window comes up."""
        return self._offered("phrase")

    @property
    def offline(self) -> Phrase:
        """The phrase of headquarters' offline keys."""
        return self._offered("offline")

    def _offered(self, name: str) -> Phrase:
        if name not in self._phrases:
            self._phrases[name] = Phrase(self.offer(self.language))
        return self._phrases[name]

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of this desk."""
        return _HEADQUARTERS if self.desk == HEADQUARTERS else _EVERYBODY

    @property
    def place(self) -> tuple[int, int]:
        """Which page this is, counted from 1, and of how many."""
        return self.pages.index(self.page) + 1, len(self.pages)

    @property
    def is_last(self) -> bool:
        """Whether going on from here creates the vault."""
        return bool(self.desk) and self.page is self.pages[-1]

    def use_language(self, language: str) -> None:
        """The interface's language; phrases are offered in it from now on."""
        self.language = language
        self._phrases.clear()

    def offer_another(self) -> None:
        """Another six words for the phrase of this page."""
        chosen = self._phrase_here()
        chosen.offered = self.offer(self.language)
        chosen.repeated = ""

    def problem(self) -> str:
        """Why one cannot go on: a sentence (English source) or a code of `judge`; empty when one can."""
        checks: dict[Page, Callable[[], str]] = {
            Page.DESK: lambda: "" if self.desk in (POST, HEADQUARTERS) else _NO_DESK,
            Page.USE: lambda: _NO_USE if self.training is None else "",
            Page.NAME: lambda: _name_problem(self.name, _NO_NAME),
            Page.PERSON: lambda: _name_problem(self.person, _NO_PERSON),
            Page.PHRASE: self._phrase_problem,
            Page.REPEAT: self._repeat_problem,
            Page.FOLDER: self._folder_problem,
            Page.OFFLINE_PHRASE: self._phrase_problem,
            Page.OFFLINE_REPEAT: self._repeat_problem,
        }
        check = checks.get(self.page)
        return check() if check else ""

    def forward(self) -> bool:
        """Go to the next page; False when something is missing here or this is the last."""
        if self.problem() or self.is_last:
            return False
        self.page = self.pages[self.pages.index(self.page) + 1]
        return True

    def back(self) -> bool:
        """Go to the page before; False on the first."""
        place = self.pages.index(self.page)
        if place == 0:
            return False
        self.page = self.pages[place - 1]
        return True

    def new_vault(self) -> NewVault:
        """Everything that was answered, for `services.new_vault.create_vault`."""
        from fieldkit.services.new_vault import NewVault  # noqa: PLC0415 (asked once, at the end)
        from fieldkit.services.vault import Desk  # noqa: PLC0415 (asked once, at the end)

        there = self.desk == HEADQUARTERS
        return NewVault(
            desk=Desk(self.desk),
            name=self.name.strip(),
            person=self.person.strip(),
            language=self.language,
            phrase=self.phrase.chosen,
            training=bool(self.training),
            offline_folder=self.folder if there else None,
            offline_phrase=self.offline.chosen if there else "",
        )

    def _phrase_here(self) -> Phrase:
        return self.offline if self.page in (Page.OFFLINE_PHRASE, Page.OFFLINE_REPEAT) else self.phrase

    def _folder_problem(self) -> str:
        if self.folder is None:
            return _NO_FOLDER
        return "" if self.folder.is_dir() else _LOST_FOLDER

    def _phrase_problem(self) -> str:
        phrase = self._phrase_here()
        if phrase.own and not phrase.typed.strip():
            return _NO_PHRASE
        if phrase is self.offline and _same(phrase.chosen, self.phrase.chosen):
            return _SAME_PHRASE
        return self.judge(phrase.chosen, (self.name, self.person))

    def _repeat_problem(self) -> str:
        phrase = self._phrase_here()
        if not phrase.repeated.strip():
            return _NOT_REPEATED
        return "" if _same(phrase.repeated, phrase.chosen) else _REPEATED_WRONGLY


_NO_DESK = mark("Choose what this laptop is for.")
_NO_USE = mark("Choose whether people will be interviewed with it.")
_NO_NAME = mark("Write a name. It is shown on top of the window.")
_NO_PERSON = mark("Write what others call you at work. It is shown at sign-in.")
_LONG_NAME = mark("This is too long. Write at most 60 letters.")
_NO_FOLDER = mark("Choose a folder, best on a stick that is kept in a safe.")
_LOST_FOLDER = mark("This folder is not there any more. Put the stick back in, or choose another folder.")
_NO_PHRASE = mark("Write a phrase.")
_SAME_PHRASE = mark("This is the phrase of your account. Choose another one for the offline keys.")
_NOT_REPEATED = mark("Write the phrase once more.")
_REPEATED_WRONGLY = mark(
    "This is not the same phrase. Look at what you wrote down, or go back and choose another phrase."
)


def _name_problem(name: str, missing: str) -> str:
    if not name.strip():
        return missing
    return _LONG_NAME if len(name.strip()) > LONGEST_NAME else ""


def _same(one: str, other: str) -> bool:
    # Only to spare people a mistake; how a phrase is spelled for its key is decided in `crypto.phrases`.
    return one.casefold().split() == other.casefold().split()
