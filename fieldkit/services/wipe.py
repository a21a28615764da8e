"""Destroying the vault of this laptop, for the moment in which its people are in danger because of it.

1. Two deliberate steps: it is read what happens, then a word is typed. No phrase: whoever has the laptop in hand
   can break it anyway, and who is in danger may have no minute to sign in.
2. What it cannot promise is said before: an SSD may keep former copies, other disks have their own.
3. There is no second vault to show instead: an empty one endangers whoever is asked about it.
"""

from dataclasses import dataclass
from pathlib import Path

from fieldkit.languages.marking import mark
from fieldkit.services.errors import DeskFault
from fieldkit.storage import wipe as files

WORD = mark("DESTROY")
"""What is typed; a translation has a word of its own. The English one always works."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """What came of it: files that could not be destroyed, by name, and those among them that still let somebody
    in, for the disk did not let them be overwritten: while there are any, the vault is *not* destroyed."""

    left: tuple[str, ...]
    still_open: tuple[str, ...] = ()


def is_the_word(typed: str, *words: str) -> bool:
    """Whether the word was typed: the English one, or one of `words` in the language of the window."""
    return typed.strip().casefold() in {word.casefold() for word in (WORD, *words)}


def wipe(folder: Path, typed: str, *words: str) -> Wiped:
    """Destroy the vault in `folder`. Raises DeskFault `wipe.other_word`; then nothing was touched."""
    if not is_the_word(typed, *words):
        raise DeskFault("wipe.other_word")
    done = files.wipe(folder)
    return Wiped(done.left, done.still_open)
