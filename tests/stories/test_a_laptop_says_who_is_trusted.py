"""A laptop that somebody has taken over tries to decide for headquarters whom it trusts. Nothing is taken in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.domain.entries import subject
from fieldkit.domain.ports import JsonObject
from fieldkit.headquarters.store import OFFICE_ONLY
from fieldkit.services import devices, exchange, importing, travel
from fieldkit.services.vault import OpenVault
from fieldkit.storage.kinds_home import SETTLED
from fieldkit.sync.faults import BundleFault
from tests.storage.payloads import PAYLOADS
from tests.stories import offices
from tests.stories.offices import Office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Office]:
    made = offices.found(tmp_path_factory.mktemp("office"), "Trusting Service (invented)")
    yield made
    made.vault.close()


@pytest.mark.parametrize("kind", sorted(OFFICE_ONLY & PAYLOADS.keys() - {SETTLED}))
def test_what_only_headquarters_writes_is_taken_from_no_laptop(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    post: OpenVault = offices.open_post(tmp_path / "post", f"Taken over {kind} (invented)")
    offices.enrol(post, office)
    before = devices.overview(office.vault)
    payload: JsonObject = PAYLOADS[kind]
    post.journal.append(
        actor=post.person.id, subject=subject("device", "d1" * 16), kind=kind, payload=payload
    )
    monkeypatch.setattr(travel.Leave, "may_travel", lambda leave, entry: True)
    (name,) = exchange.export(post, tmp_path).files
    with pytest.raises(BundleFault, match=r"bundle\.unsound"):
        importing.import_bundle(office.vault, tmp_path / name)
    assert devices.overview(office.vault) == before
    assert office.vault.journal.head(post.stream).number == 0
    post.close()
