"""What is set for this laptop and no other: each choice an entry, so that it stands who weakened a lock.

1. Their subject is the vault's own id. Under one common name, headquarters would see what two posts chose as a
   difference, and its decision would go home to both: one post would purge by the law of the other's country.
2. Values that nobody decided between are all handed back: whoever asks lets the most protective one rule.
"""

from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonValue
from fieldkit.services.vault import OpenVault
from fieldkit.storage import projections

SETTING = "setting"
CHANGED = "setting.changed"


def about(vault: OpenVault) -> str:
    """The subject of this laptop's settings (rule 1)."""
    return subject(SETTING, vault.header.vault)


def standing(vault: OpenVault, field: str) -> tuple[JsonValue, ...]:
    """What was chosen; nothing until somebody does, several values where two people chose apart."""
    return tuple(one.value for one in projections.standing(vault.database, about(vault), field))


def choose(vault: OpenVault, field: str, value: JsonValue) -> None:
    """Keep a choice instead of all that stand. Who may is the caller's to ask. Raises StorageFault."""
    seen = tuple(one.entry for one in projections.standing(vault.database, about(vault), field))
    vault.journal.append(
        actor=vault.person.id,
        subject=about(vault),
        kind=CHANGED,
        payload={"fields": {field: value}},
        replaces=seen,
    )
