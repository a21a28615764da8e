"""What an earlier version kept open and would out somebody to whoever reads the file: sealed where it lies.

Which categories and forms those are stands in `domain.classes`. Chain and digests stay as they are: the payload
only moves from the open table to the sealed one, and every row that was made from it goes (journal rules 3 and 5).
Nothing happens in a vault that has no key for the class: there the program alone keeps it back, as before. How far
the record was looked through is kept, so that signing in costs no more the longer a vault is used.
"""

from collections.abc import Iterator

from fieldkit.domain.classes import CONFIDENTIAL_CATEGORIES, CONFIDENTIAL_FORMS, SealedClass
from fieldkit.domain.entries import Payload
from fieldkit.storage.belongings import Belongings
from fieldkit.storage.database import Database
from fieldkit.storage.projections import forget_payload
from fieldkit.storage.sealed import Sealed, recipients

LOOKED_THROUGH = "outing"
"""Under this name lies the row of the newest entry that was looked at."""

_OF_CATEGORY = (
    "SELECT entry FROM outcomes WHERE entry > ?2 AND category = ?1 "
    "UNION SELECT entry FROM referrals WHERE entry > ?2 AND category = ?1"
)
_OF_FORM = (
    "SELECT entry FROM submissions WHERE entry > ?2 AND form = ?1 AND survey = 0 UNION "
    "SELECT kept.id FROM submissions JOIN entries AS told ON told.id = submissions.entry "
    "JOIN entries AS kept ON kept.subject = told.subject AND kept.kind = 'submission.kept' "
    "JOIN payloads ON payloads.digest = kept.payload "
    "WHERE submissions.entry > ?2 AND submissions.form = ?1 AND submissions.survey = 0 "
    "AND json_extract(CAST(payloads.content AS TEXT), '$.instance_id') = submissions.instance_id"
)


def seal_what_lies_open(database: Database, sealed: Sealed) -> frozenset[str]:
    """Seal it; the subjects, such as `case/…`, of which something was sealed. Raises DatabaseFault, then nothing
    is."""
    belongings = Belongings(database)
    before = int(belongings.get(LOOKED_THROUGH) or b"0")
    newest = database.number("SELECT COALESCE(MAX(id), 0) FROM entries")
    if newest <= before or not recipients(database):
        return frozenset()
    found = [(row, name) for row, name in _lies_open(database, before) if name in recipients(database)]
    with database.writing():
        belongings.put(LOOKED_THROUGH, b"%d" % newest)
        return frozenset(_seal(database, sealed, row, name) for row, name in found)


def _lies_open(database: Database, after: int) -> Iterator[tuple[int, SealedClass]]:
    for asked, names in ((_OF_CATEGORY, CONFIDENTIAL_CATEGORIES), (_OF_FORM, CONFIDENTIAL_FORMS)):
        for what, name in names.items():
            for (row,) in database.rows(asked, (what, after)):
                yield row, name


def _seal(database: Database, sealed: Sealed, row: int, name: SealedClass) -> str:
    held = database.one(
        "SELECT entries.subject, payloads.digest, payloads.salt, payloads.content FROM entries "
        "JOIN payloads ON payloads.digest = entries.payload WHERE entries.id = ?",
        (row,),
    )
    assert held is not None, "what was made from it is here, so it is"
    about, digest, salt, content = held
    sealed.hold(Payload(salt, content), name)
    database.execute("DELETE FROM payloads WHERE digest = ?", (digest,))
    forget_payload(database, [row])
    return str(about)
