"""Purging: what has been kept long enough goes from this laptop, and from this laptop only (`journal.md`, rule 7).

1. Only what is due goes, and it is shown first (`retention`).
2. Only what is *safe* at headquarters goes. Where no such receipt came, an administrator may decide otherwise with
   a reason, which headquarters reads.
3. With the records go their files and everything that was made from them; the entries stay, the chain verifies, and
   the number is known to have been removed, when and why.
4. It never propagates: no other laptop and no headquarters drops anything because this one did.
"""

from collections.abc import Collection, Sequence

from fieldkit.domain.access import Action
from fieldkit.domain.entries import subject
from fieldkit.domain.ids import new_id
from fieldkit.headquarters.erasures import KEPT_KINDS
from fieldkit.services import receipts, retention
from fieldkit.services.errors import DeskFault
from fieldkit.services.retention import Due
from fieldkit.services.vault import OpenVault
from fieldkit.storage import erasure

PURGE, PURGED = "purge", "payloads.purged"
RETENTION = "retention"


def purge(vault: OpenVault, abouts: Collection[str], *, reason: str = "") -> tuple[str, ...]:
    """Remove what is due about these cases and surveys from this laptop; which went. All or none.

    `reason` is an administrator's, for what is not safe (rule 2). Raises PersonFault `access.not_allowed`;
    DeskFault `purge.not_due`, `purge.not_safe`, `purge.under_way`; ExchangeFault `enrol.not_a_post`.
    """
    vault.demand(Action.PURGE)
    rows = {one.about: one for one in retention.due(vault)}
    chosen = [rows[about] for about in dict.fromkeys(abouts) if about in rows]
    _check(vault, chosen, len(dict.fromkeys(abouts)), reason.strip())
    with vault.database.transaction():
        for one in chosen:
            _purge(vault, one, reason.strip())
    erasure.overwrite(vault.database)
    return tuple(one.about for one in chosen)


def _check(vault: OpenVault, chosen: Sequence[Due], asked: int, reason: str) -> None:
    if len(chosen) != asked:
        raise DeskFault("purge.not_due")
    for one in chosen:
        if one.under_way:
            raise DeskFault("purge.under_way", number=one.number)
        if not one.safe and not reason:
            raise DeskFault("purge.not_safe", number=one.number)
    if any(not one.safe for one in chosen):
        vault.demand(Action.PURGE_UNSAFE)


def _purge(vault: OpenVault, one: Due, reason: str) -> None:
    names = erasure.about(vault.database, one.about, but=KEPT_KINDS)
    held = [name for name in names if erasure.is_held(vault.database, name)]
    day = receipts.newest_day(vault)
    vault.journal.purge(held)
    vault.journal.append(
        actor=vault.person.id,
        subject=subject(PURGE, new_id(vault.world.randomness)),
        kind=PURGED,
        payload={
            "about": one.about,
            "because": RETENTION,
            "counted_to": day.isoformat() if day is not None else "",
            "payloads": held,
            "rule": one.rule.name,
            "safe": one.safe,
            "since": one.since.isoformat(),
            **({"reason": reason} if reason and not one.safe else {}),
        },
    )
