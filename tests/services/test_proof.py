"""What can be proved of the journal: up to the newest receipt everything, and after it nothing, which is said."""

from datetime import date

import pytest

from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.ports import JsonObject
from fieldkit.services import backup, proof
from fieldkit.services.receipts import ACCEPTED
from fieldkit.services.vault import OpenVault


def worked(vault: OpenVault, times: int = 3) -> None:
    for number in range(times):
        vault.journal.append(
            actor=vault.person.id,
            subject="setting/paper",
            kind="setting.changed",
            payload={"fields": {"paper": f"A{number}"}},
        )


def receipted(vault: OpenVault, number: int, digest: str) -> None:
    """As a receipt is kept when it was believed (`services.receipts`)."""
    told: JsonObject = {
        "stream": vault.stream,
        "number": number,
        "digest": digest,
        "safe": 0,
        "day": date(2026, 3, 2).isoformat(),
        "statement": "{}",
    }
    about = f"receipt/{vault.stream}"
    vault.journal.append(actor=vault.person.id, subject=about, kind=ACCEPTED, payload=told)


def test_without_a_receipt_everything_is_said_to_be_unprotected(post: OpenVault) -> None:
    worked(post)
    (one,) = proof.proofs(post)
    assert one.sound and one.own
    assert (one.proved, one.unprotected) == (0, one.entries)


def test_up_to_the_receipt_it_is_proved_and_what_lies_after_it_is_not(post: OpenVault) -> None:
    worked(post)
    head = post.journal.head(post.stream)
    receipted(post, head.number, head.digest)
    worked(post, 2)
    (one,) = proof.proofs(post)
    assert (one.proved, one.unprotected, one.day) == (head.number, 3, "2026-03-02")
    proof.demand_sound(post)


def test_a_journal_that_was_written_anew_below_a_receipt_leaves_in_no_bundle(post: OpenVault) -> None:
    worked(post)
    receipted(post, 2, "ab" * 32)
    (one,) = proof.proofs(post)
    assert [fault.code for fault in one.faults] == ["check.receipt_differs"]
    assert one.proved == 0
    for demand in (proof.demand_sound, proof.demand_linked):
        with pytest.raises(FieldkitError, match=r"exchange\.journal_broken"):
            demand(post)


def test_a_receipt_for_more_than_is_here_is_said(post: OpenVault) -> None:
    receipted(post, 900, "ab" * 32)
    (one,) = proof.proofs(post)
    assert [fault.code for fault in one.faults] == ["check.receipt_ahead"]


def test_streams_that_were_written_before_are_looked_at_too(post: OpenVault) -> None:
    """A rewritten entry of the stream before a restore is found before anything leaves."""
    worked(post)
    before = post.stream
    backup.new_stream(post.database, post.header, post.person.id, backup.RESTORED, post.world)
    post.stream = (post.belongings.get("stream") or b"").decode()
    assert [one.own for one in proof.proofs(post)] == [True, True]
    proof.demand_sound(post)
    rewrite = (
        "UPDATE entries SET content = CAST(REPLACE(content, 'setting.changed', 'setting.chanted') AS BLOB)"
    )
    with post.database.transaction():
        post.database.execute(
            f"{rewrite} WHERE stream = (SELECT id FROM streams WHERE stream = ?)", (before,)
        )
    found = {one.stream: one.sound for one in proof.proofs(post)}
    assert found[before[:8]] is False
    with pytest.raises(FieldkitError, match=r"exchange\.journal_broken"):
        proof.demand_sound(post)
