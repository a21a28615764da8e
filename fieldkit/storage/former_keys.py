"""Class keys that gave way to new ones while others still seal to them (`vault-and-bundles.md`, headquarters).

1. A class key of headquarters is named to the posts by signed lists, and a post hears of a new one weeks later.
   Until then it seals to the one it knows; whoever holds the present key has to open that too.
2. So the private half of a named key is kept when it gives way, sealed to the key that follows it, and is sealed
   again with every key after. Whoever is given the present key gets no more and no less than all of them.
3. A key that nobody outside was told of is kept nowhere: what it had sealed was sealed again.
"""

from fieldkit.crypto.sealing import SealingKey, open_sealed, seal
from fieldkit.domain.classes import SealedClass
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.database import Database

NAMED = "class keys named"
"""Among the belongings: the public halves that stood in a signed list, in the order in which they were named."""


def named(database: Database) -> tuple[str, ...]:
    """The public halves that others were told of."""
    return tuple((Belongings(database).get(NAMED) or b"").decode("ascii").split())


def name(database: Database, recipients: tuple[str, ...]) -> None:
    """Others are told of these public halves now."""
    held = dict.fromkeys((*named(database), *recipients))
    Belongings(database).put(NAMED, " ".join(held).encode("ascii"))


def former(database: Database, present: SealingKey, recipient: str) -> SealingKey | None:
    """The key to what is sealed to `recipient`: `present`, or one that gave way to it; None when neither is.

    Raises SealFault.
    """
    if present.recipient == recipient:
        return present
    row = database.one(
        "SELECT sealed FROM former_class_keys WHERE recipient = ? AND present = ?",
        (recipient, present.recipient),
    )
    return None if row is None else SealingKey(open_sealed(row[0], [present]))


def give_way(database: Database, of: SealedClass, old: SealingKey, new: SealingKey) -> None:
    """`old` gives way to `new`, in the caller's transaction (rule 2). Raises SealFault."""
    database.demand_transaction()
    rows = database.rows(
        "SELECT recipient, sealed FROM former_class_keys WHERE present = ?", (old.recipient,)
    )
    for recipient, sealed in rows:
        database.execute(
            "UPDATE former_class_keys SET present = ?, sealed = ? WHERE recipient = ?",
            (new.recipient, seal(open_sealed(sealed, [old]), [new.recipient]), recipient),
        )
    if old.recipient in named(database):
        database.execute(
            "INSERT OR IGNORE INTO former_class_keys (class, recipient, present, sealed) VALUES (?, ?, ?, ?)",
            (of.value, old.recipient, new.recipient, seal(old.to_bytes(), [new.recipient])),
        )


def known(database: Database) -> frozenset[str]:
    """Every public half of which somebody here may hold the private one, the former ones included."""
    return frozenset(
        row[0]
        for row in database.rows(
            "SELECT recipient FROM class_keys UNION SELECT recipient FROM former_class_keys "
            "WHERE present IN (SELECT recipient FROM class_keys)"
        )
    )
