"""Vault headers for tests, with two people and quick slots."""

from pathlib import Path

from fieldkit.crypto.keys import DatabaseKey, Keyring
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.crypto.sealing import SealingKey
from fieldkit.domain.classes import SealedClass
from fieldkit.storage.header import POST, Header
from fieldkit.storage.slots import new_header, with_slot, write_header
from tests.worlds import CountedRandomness

AMINA, BILAL = "a1" * 16, "b2" * 16
PHRASES = {AMINA: "vessel room friend occur push shock", BILAL: "couple maze era give basic obtain"}
KEYS = Keyring(
    DatabaseKey(bytes(range(32))), {SealedClass.HEALTH: SealingKey.generate()}, SealingKey.generate()
)


def header(seed: str = "header") -> Header:
    """A header that Amina and Bilal can open."""
    randomness = CountedRandomness(seed)
    made = new_header(role=POST, name="River post", language="en", randomness=randomness)
    for person, label in ((AMINA, "A."), (BILAL, "night desk")):
        made = with_slot(
            made,
            KEYS,
            person=person,
            label=label,
            phrase=PHRASES[person],
            randomness=randomness,
            policy=FOR_TESTS,
        )
    return made


def laid(folder: Path, seed: str = "header") -> Header:
    """The same, written into `folder`."""
    return write_header(folder, header(seed), KEYS.database)
