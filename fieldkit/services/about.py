"""What this laptop works with: versions of the program, the codebook and the rules, and the pack in force (R-171).

Two laptops that show different numbers know different words: what one of them does not know it keeps, and says so.
"""

from dataclasses import dataclass
from datetime import date

from fieldkit import __version__
from fieldkit.content import mapping
from fieldkit.services.vault import OpenVault


@dataclass(frozen=True, slots=True)
class About:
    """Versions. `codebook` is a number that only grows, `codebook_day` the day it was made; `pack` is the title of
    the pack in force, empty for the content that came with the program."""

    program: str
    codebook: int
    codebook_day: date
    rules: str
    pack: str


def about(vault: OpenVault) -> About:
    """What is in force in this vault."""
    newest = mapping.versions(vault.content[0])[-1]
    pack = vault.packs.in_force
    return About(__version__, newest.number, newest.day, vault.rules.version, pack.title if pack else "")
