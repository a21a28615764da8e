"""Vaults from before there were class keys: at the first sign-in they get keys, and what lay open is sealed."""

import shutil
from pathlib import Path

import pytest

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import CLEARED, Role
from fieldkit.domain.classes import SealedClass
from fieldkit.services import sealed as sealed_service
from fieldkit.services.vault import STREAM, OpenVault, SignIn
from fieldkit.storage import sealed
from fieldkit.storage.attachments import draft_holder
from tests.old_vaults import schema1, schema2
from tests.stories.desks import only_as
from tests.stories.people import AGREED, AN_ADULT, FEAR, IN_PRIVATE, NO_URGENT_NEED, screened
from tests.worlds import world


def signed_in(folder: Path) -> OpenVault:
    return SignIn(folder, world("older vault"), FOR_TESTS).open(schema1.PERSON, schema1.PHRASE)


@pytest.mark.parametrize("schema", [schema1, schema2], ids=["schema 1", "schema 2"])
def test_whoever_signs_in_first_gets_every_key_and_reads_what_their_roles_are_cleared_for(
    schema: object, tmp_path: Path
) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(schema.FOLDER, folder)  # type: ignore[attr-defined]
    vault = signed_in(folder)
    assert vault.sealed.readable == frozenset(SealedClass)
    assert sealed.recipients(vault.database) == {
        name: key.recipient for name, key in vault.ring.classes.items()
    }
    only_as(vault, Role.COUNSELLOR)
    assert {name for name in SealedClass if vault.cleared(name)} == CLEARED[Role.COUNSELLOR]
    ring = vault.ring
    vault.close()
    again = signed_in(folder)
    assert again.ring == ring, "the keys are in the slot, and are made once"
    assert sealed.due(again.database) == frozenset()
    again.close()


def test_an_unfinished_interview_of_an_older_vault_is_sealed_and_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(schema2.FOLDER, folder)
    vault = signed_in(folder)
    (draft,) = vault.drafts.list(schema1.PERSON)
    assert vault.drafts.history(draft.id), "what was done is still known"
    kinds = {row[0] for row in vault.database.rows("SELECT DISTINCT kind FROM draft_log")}
    assert kinds == {"sealed"}
    (file,) = vault.attachments.of(draft_holder(draft.id))
    assert vault.attachments.content(draft_holder(draft.id), file.name) == schema2.OF_THE_DRAFT
    stored = b"".join(row[0] for row in vault.database.rows("SELECT content FROM attachment_parts"))
    assert schema2.OF_THE_DRAFT not in stored
    vault.close()


def test_from_then_on_interviews_are_sealed(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(schema1.FOLDER, folder)
    first = signed_in(folder)
    first.belongings.put(STREAM, schema1.STREAM.encode())  # these vaults were made without services
    first.close()
    vault = only_as(signed_in(folder), Role.OFFICER, Role.COUNSELLOR)
    done = screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, AN_ADULT, FEAR)
    found = sealed_service.parts(vault, f"case/{done.case}")
    assert any("fear_return" in part.payload["facts"] for part in found)
    vault.close()
