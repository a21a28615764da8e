"""A translation beside its source: which languages, how far each leaflet has come, what is worth looking at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.languages.autonyms import LANGUAGES, autonym
from fieldkit.languages.marking import mark
from fieldkit.languages.quality import Check
from fieldkit.services import counsel
from fieldkit.services.reviewing import FILE, MOST_BYTES, Review
from fieldkit.ui.presenters.files import read_file, write_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fieldkit.services.vault import OpenVault

CHECKS: Mapping[Check, str] = {
    Check.PLACEHOLDERS: mark("What is filled in is not kept: {missing}"),
    Check.NUMBERS: mark("A number is not kept: {missing}"),
    Check.MARKUP: mark("The marks for bold words are not kept."),
    Check.SCRIPT: mark("Much of it is not in the script of this language."),
    Check.ENGLISH: mark("There seem to be English words in it."),
    Check.QUESTION: mark("The source is a question, this is not."),
    Check.LENGTH: mark("It is much shorter or longer than the source."),
    Check.GLOSSARY: mark("A word of the glossary is said in another way."),
    Check.AVOIDED: mark("It has a word that the glossary warns of."),
}


def languages(vault: OpenVault) -> tuple[tuple[str, str], ...]:
    """Those that have a catalogue first, then every other one: a review may begin at nothing."""
    have = [tag for tag in counsel.leaflet_languages() if tag != "en"]
    rest = [row.tag for row in LANGUAGES if row.tag not in have and row.tag != "en"]
    return tuple((tag, autonym(tag)) for tag in (*have, *rest)) if vault.may(Action.REVIEW) else ()


def titles(vault: OpenVault, tag: str) -> dict[str, str]:
    """The leaflets' titles in the interface's language."""
    return {one.id: one.title for one in counsel.leaflets(tag, vault)}


def save(review: Review, folder: Path) -> Path:
    """Save the `.po` as a pack wants it: `translations/<tag>/leaflets.po` below `folder`. Raises DeviceFault."""
    inner = folder / "translations" / review.tag
    try:
        inner.mkdir(parents=True, exist_ok=True)
    except OSError:
        inner = folder  # `write_file` says what is wrong with it
    return write_file(inner, FILE, review.file())


def read(review: Review, path: Path) -> None:
    """Go on with a file from a translation tool. Raises ForeignFault, DeviceFault."""
    review.read_file(read_file(path, MOST_BYTES))
