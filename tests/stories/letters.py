"""Posts and bodies that know each other's keys, for stories in which a letter goes. Nobody here exists."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from fieldkit.crypto.sealing import SealingKey
from fieldkit.domain.sharing import OriginKind
from fieldkit.services import contacts, sharing
from fieldkit.services.contacts import Contact
from fieldkit.services.sharing import Look, Said
from fieldkit.services.vault import OpenVault
from tests.stories.people import AGREED, IN_PRIVATE, NO_URGENT_NEED, Told, screened

TOLD = Said(told=True)
POST_TO_POST, CHILD, ABROAD, ASYLUM, DANGER, RETURN = "P01", "P02", "P03", "P04", "P05", "P06"
"""The invented protocols of `resources/directory/sample_protocols.csv`."""

A_CHILD: Told = {
    "name_told": "Saba Testchild",
    "sex": "female",
    "age_years": "13",
    "nationality": "ER",
    "alone": "yes",
}
ALONE: Told = {**NO_URGENT_NEED, "urgent_child_alone": "yes"}


@dataclass(frozen=True)
class Body:
    """Somebody without this program who opens files with stock `age`."""

    contact: Contact
    key: SealingKey


def know_each_other(
    here: OpenVault, there: OpenVault, protocol: str = POST_TO_POST
) -> tuple[Contact, Contact]:
    """Two posts exchange contact files and read the words to each other; each keeps the other."""
    found = []
    for keeper, other in ((here, there), (there, here)):
        offered = contacts.read_file(keeper, contacts.own_file(other).content)
        assert offered.summary.words == contacts.own_summary(other).words
        found.append(contacts.keep(keeper, offered, protocol))
    return found[0], found[1]


def a_body(vault: OpenVault, protocol: str, name: str = "Invented Body") -> Body:
    """A body whose key was typed and whose words were compared."""
    key = SealingKey.generate()
    return Body(contacts.keep(vault, contacts.typed(name, key.recipient), protocol), key)


def a_child_alone(vault: OpenVault) -> str:
    """The case of a child alone who said no to every recipient."""
    no = {**AGREED, **{name: "no" for name in AGREED if name.startswith("share_")}}
    return screened(vault, ALONE, IN_PRIVATE, no, A_CHILD).case


def agreed(vault: OpenVault, case: str, protocol: str) -> None:
    """The person says yes to this recipient by name."""
    sharing.record_agreement(vault, case, protocol, agreed=True)


def nothing_to_fear_from(vault: OpenVault, case: str, **named: list[str]) -> None:
    """All four kinds of country were asked about, and these are all."""
    for kind in OriginKind:
        sharing.record_origin(vault, case, kind, named.get(kind.value, []), whole=True)


def looked(vault: OpenVault, to: Contact, *cases: str, said: Said = TOLD) -> Look:
    """What would go."""
    return sharing.look(vault, to.id, cases, "en", said)


def opened_by_hand(file: Path, key: SealingKey, place: Path) -> Path:
    """Open a letter as somebody without this program does: `age -d`, then `tar x`. The folder with what was
    in it."""
    if shutil.which("age") is None:
        pytest.skip("stock age is not installed")
    place.mkdir()
    (place / "key").write_bytes(key.to_bytes())
    age = subprocess.run(
        ["age", "-d", "-i", str(place / "key"), str(file)], capture_output=True, check=True, timeout=30
    )
    subprocess.run(["tar", "x", "-C", str(place)], input=age.stdout, check=True, timeout=30)
    return place
