"""Headquarters signs erasures: with the stick in, a reason, and a second person (`journal.md`, rule 7).

1. What is erased is everything that any entry about the case or survey says, also where only a link of it is held
   here: the post that has it erases it too.
2. That somebody asked, and was answered, is not erased: it says nothing of what was said, and is the proof that we
   did what we were asked.
"""

from collections.abc import Iterator
from datetime import date

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.domain.ids import new_id
from fieldkit.domain.ports import Randomness
from fieldkit.headquarters.faults import HeadquartersFault
from fieldkit.headquarters.office import OfficeKeys
from fieldkit.storage import erasure
from fieldkit.storage.database import Database
from fieldkit.sync.erasures import MOST_DIGESTS, Because, Erasure, Where, write_erasure

KEPT_KINDS = frozenset({"request.made", "request.answered", "erasure.requested", "payloads.erased"})
"""Rule 2."""


def statements(
    database: Database,
    keys: OfficeKeys,
    offline: OfflineKeys,
    *,
    about: str,
    because: Because,
    where: Where,
    day: date,
    randomness: Randomness,
) -> Iterator[bytes]:
    """The signed statements that erase what is held about `about`: one, or more when there is very much of it.

    Raises HeadquartersFault `headquarters.other_stick`, `erasure.nothing_held`.
    """
    office = keys.office
    stick = (offline.organisation, offline.certificates.public)
    if stick != (office.organisation, office.certificate_key):
        raise HeadquartersFault("headquarters.other_stick")
    digests = sorted(set(erasure.about(database, about, but=KEPT_KINDS)))
    if not digests:
        raise HeadquartersFault("erasure.nothing_held")
    for start in range(0, len(digests), MOST_DIGESTS):
        some = tuple(digests[start : start + MOST_DIGESTS])
        identifier = new_id(randomness)
        made = Erasure(office.organisation, identifier, about, some, because, where, day)
        yield write_erasure(made, offline.certificates)
