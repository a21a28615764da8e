"""What a person said between a request and its answer: a second person agrees to what was known when it was asked.

Somebody asks to close fear of going back; before a second person comes, the person speaks of it in another talk.
Agreeing to the older request would take the newer word away unheard (R-022). So it is refused, and whoever agrees
is told what to do: look at the talk, say no to the request; it is asked anew if it still holds.
"""

from fieldkit.domain.entries import Entry
from fieldkit.services.case_file import FINISHED, read_case
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault
from fieldkit.storage.journal import identity


def demand_nothing_told(vault: OpenVault, asked: Entry) -> None:
    """Return when no other talk with the person was finished since `asked`, an entry about their case.

    A correction is no other talk: it has its reason, and takes no word away. Raises DeskFault `second.told_since`.
    """
    file = read_case(vault.journal, asked.subject_id)
    place = [said.identity for said in file.history].index(identity(asked))
    since = file.history[place:]
    if any(said.entry.kind == FINISHED and not said.payload.get("corrects") for said in since):
        raise DeskFault("second.told_since")
