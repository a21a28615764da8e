"""Headquarters and their posts, for stories in which something travels. Nobody and no place here exists."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldkit.crypto.offline import OfflineKeys, seal_offline
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.headquarters.store import Imported
from fieldkit.services import enrolment, exchange, importing
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import OFFLINE_FILE, Desk, OpenVault
from fieldkit.services.world import World
from fieldkit.storage.kinds import TABLES
from fieldkit.sync import trust
from tests import quick_seal
from tests.conftest import OFFLINE_PHRASE, PHRASE
from tests.worlds import HandClock, world


@dataclass(frozen=True)
class Office:
    """A headquarters with the stick that holds its offline keys."""

    vault: OpenVault
    stick: Path
    offline: OfflineKeys

    @property
    def offline_file(self) -> bytes:
        return (self.stick / OFFLINE_FILE).read_bytes()


def found(folder: Path, name: str, *, training: bool = True) -> Office:
    """A new headquarters; by default for training, as `open_post` is: the two kinds do not mix."""
    stick = folder / "stick"
    stick.mkdir(parents=True)
    new = NewVault(
        desk=Desk.HEADQUARTERS,
        name=name,
        person="Coordinator",
        language="en",
        phrase=PHRASE,
        training=training,
        offline_folder=stick,
        offline_phrase=OFFLINE_PHRASE,
    )
    made: list[OfflineKeys] = []

    def seal(keys: OfflineKeys, phrase: str) -> bytes:
        made.append(keys)
        return seal_offline(keys, phrase)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fieldkit.services.new_vault.offline_keys.seal_offline", seal)
        patch.setattr("pyrage.passphrase.encrypt", quick_seal.encrypt)  # protocols come without a conftest
        vault = create_vault(folder / "vault", new, world(name), FOR_TESTS)
    return Office(vault, stick, made[0])


def open_post(folder: Path, name: str, *, training: bool = True, at: World | None = None) -> OpenVault:
    """A new post with one officer signed in; she also looks after the laptop."""
    new = NewVault(Desk.POST, name, "Officer One", "en", PHRASE, training)
    return create_vault(folder, new, at or world(name), FOR_TESTS)


def enrol(post: OpenVault, office: Office) -> None:
    """The whole exchange of files between a post and its headquarters, with the stick in and opened.

    `test_two_posts_and_hq` tells it step by step.
    """
    enrolment.trust_office(post, enrolment.office_file(office.vault).content)
    asked = trust.read_request(enrolment.device_request(post).content)
    certificate = enrolment.store(office.vault).certify(asked, office.offline, office.vault.person.id)
    enrolment.accept_certificate(post, certificate.to_bytes())


def carry(post: OpenVault, office: Office, stick: Path) -> Imported:
    """Export onto a stick, walk, import."""
    (name,) = exchange.export(post, stick).files
    return importing.import_bundle(office.vault, stick / name)


def everything_held(vault: OpenVault) -> bytes:
    """All that a vault holds, decrypted: payloads and every column of every projection."""
    held = [content for (content,) in vault.database.rows("SELECT content FROM payloads")]
    held += [content for (content,) in vault.database.rows("SELECT content FROM entries")]
    for table in TABLES:
        rows = vault.database.rows(f"SELECT * FROM {table}")
        held += [str(value).encode() for row in rows for value in row]
    return b"\n".join(held)


def clock_of(vault: OpenVault) -> HandClock:
    """The clock on the wall of that place."""
    assert isinstance(vault.world.clock, HandClock)
    return vault.world.clock
