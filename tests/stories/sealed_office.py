"""A headquarters with a second coordinator, and a post that seals for it. Nobody and no place here exists."""

from dataclasses import dataclass
from pathlib import Path

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.services import (
    devices,
    enrolment,
    exchange,
    importing,
    office_clearance,
    people,
    sealed,
    statements,
    training,
)
from fieldkit.services.people import NewAccount
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.journal import State
from fieldkit.sync.bundle import SUFFIX
from tests.conftest import PHRASE
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.offices import Office
from tests.worlds import world

NOOR, ODA = "Noor", "Oda"
PHRASES = {
    "Coordinator": PHRASE,
    NOOR: "vessel room friend occur push shock",
    ODA: "couple maze era give basic obtain",
}


@dataclass
class Headquarters:
    """The office of a story: who works there signs in one after the other."""

    office: Office
    ids: dict[str, str]
    nights: int = 0

    @property
    def vault(self) -> OpenVault:
        return self.office.vault

    def in_as(self, label: str) -> OpenVault:
        """Somebody signs in, and whoever was in before is out."""
        self.vault.close()
        self.nights += 1
        door = SignIn(self.vault.folder, world(f"{label} {self.nights}"), FOR_TESTS)
        opened = door.open(self.ids[label], PHRASES[label])
        self.office = Office(opened, self.office.stick, self.office.offline)
        return opened

    def clear(self, label: str, *names: SealedClass) -> None:
        """The administrator clears somebody, in her own session."""
        vault = self.in_as("Coordinator")
        for name in names:
            office_clearance.clear(vault, self.ids[label], name, "follows up cases (invented)")

    def publish(self) -> None:
        """The stick is in, and a new trust list is made."""
        with self.vault.database.transaction():
            devices.publish_with(self.vault, enrolment.office_keys(self.vault), self.office.offline)

    def tell(self, post: OpenVault) -> None:
        """The statements of headquarters come to a post."""
        device = enrolment.own_identity(post).device
        assert statements.accept(post, statements.to_send(self.vault, device)).refused == ()


def found(folder: Path, name: str = "Invented Sealing Service") -> Headquarters:
    """A headquarters in which Noor and Oda are coordinators too, and nobody is cleared for anything."""
    office = offices.found(folder / "office", name)
    ids = {"Coordinator": office.vault.person.id}
    for label in (NOOR, ODA):
        new = NewAccount(label, frozenset({Role.COORDINATOR}), PHRASES[label], own_phrase=True)
        ids[label] = people.add(office.vault, new)
    return Headquarters(office, ids)


def post_of(headquarters: Headquarters, folder: Path, name: str) -> OpenVault:
    """An enrolled post with somebody who was trained for the full interview."""
    post = offices.open_post(folder, name)
    offices.enrol(post, headquarters.office)
    training.record(post, post.person.id, "trafficking", post.world.today(), "Invented Institute")
    return post


def carry(post: OpenVault, headquarters: Headquarters, folder: Path) -> None:
    """Export onto a stick, walk, import."""
    for name in exchange.export(post, folder).files:
        if name.endswith(SUFFIX):
            importing.import_bundle(headquarters.vault, folder / name)


def states(vault: OpenVault, case: str) -> set[State]:
    """Where the parts of a case are that travel sealed."""
    entries = [entry for entry, _ in vault.journal.about(f"case/{case}") if entry.kind == sealed.SEALED]
    return {vault.journal.state(entry.payload) for entry in entries}


def counsellor_at(post: OpenVault) -> OpenVault:
    return only_as(post, Role.COUNSELLOR)


def everybody_at(post: OpenVault) -> OpenVault:
    return only_as(post, *(set(Role) - {Role.COORDINATOR}))
