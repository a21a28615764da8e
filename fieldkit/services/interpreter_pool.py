"""Interpreters of several posts in one list: what headquarters puts together, and what a pack brings (R-197).

1. Of each only a code, the languages, the post, and how that office is reached. A code that may be a name stays
   out.
2. How it is reached each post writes down itself, and sends it home with its settings. A post that has not told it
   stays out of the list, and that is said.
3. Only who signed the undertaking and still interprets stands there. Nothing is sent by itself: the list is a file
   that goes into a pack, signed by two people like all of it.
"""

import csv
import io
import json
import re
from dataclasses import dataclass

from fieldkit.content import interpreters as content
from fieldkit.content.interpreters import COLUMNS, TABLE, Pooled
from fieldkit.domain.access import Action
from fieldkit.headquarters import queries
from fieldkit.services import own_settings, team
from fieldkit.services.errors import DeskFault
from fieldkit.services.figure_words import plain
from fieldkit.services.interpreters import MOST_TEXT, interpreters
from fieldkit.services.vault import OpenVault
from fieldkit.storage import queries_days, queries_papers
from fieldkit.storage.branches import stream_of

REACH = "interpreters_reach"
FILE = TABLE.rpartition("/")[2]
_CODE = re.compile(r"[A-Za-z]{0,3}[- ]?[0-9]{1,5}[A-Za-z]?")


@dataclass(frozen=True, slots=True)
class Pool:
    """The list, and how many interpreters stay out of it: their post did not say how it is reached, or the code may
    be a name."""

    held: tuple[Pooled, ...]
    not_told: int
    no_code: int


def reach(vault: OpenVault) -> str:
    """How other posts reach this office; empty until somebody wrote it down, or where two people differ."""
    told = {str(value) for value in own_settings.standing(vault, REACH)}
    return told.pop() if len(told) == 1 else ""


def set_reach(vault: OpenVault, text: str) -> None:
    """Keep how other posts reach this office. Raises PersonFault `access.not_allowed`; DeskFault `team.too_long`,
    `team.number`."""
    vault.demand(Action.KEEP_INTERPRETERS)
    said = " ".join(text.split())
    if len(said) > MOST_TEXT:
        raise DeskFault("team.too_long", limit=MOST_TEXT)
    team.refuse_numbers(vault, said)
    own_settings.choose(vault, REACH, said)


def of_other_posts(vault: OpenVault) -> tuple[Pooled, ...]:
    """The interpreters of other posts that the pack in force brings, by office. Raises PersonFault
    `access.not_allowed`; ContentFault."""
    vault.demand(Action.KEEP_INTERPRETERS)
    found = content.load(vault.content[0], vault.codebook)
    return tuple(
        sorted((one for one in found if one.office != vault.name), key=lambda one: (one.office, one.code))
    )


def pool(vault: OpenVault) -> Pool:
    """What headquarters can put into a pack (rules 1 to 3). Raises PersonFault `access.not_allowed`."""
    vault.demand(Action.CERTIFY)
    offices = {one.stream: one.post for one in queries.certificates(vault.database)}
    reached = {stream_of(stream): told for stream, told in _reached(vault).items()}
    of = {name: stream_of(stream) for name, stream in queries_papers.interpreters_streams(vault.database)}
    found: list[Pooled] = []
    not_told = no_code = 0
    for one in interpreters(vault):
        stream = of.get(one.id, "")
        if not one.may_be_chosen or stream not in offices:
            continue
        if _CODE.fullmatch(one.code) is None:
            no_code += 1
        elif not reached.get(stream):
            not_told += 1
        else:
            found.append(Pooled(one.code, one.languages, offices[stream], reached[stream]))
    return Pool(tuple(sorted(found, key=lambda one: (one.office, one.code))), not_told, no_code)


def file(vault: OpenVault) -> bytes:
    """The list as the table that goes into a pack as `directory/interpreters.csv`. Raises as `pool`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in pool(vault).held:
        writer.writerow((one.code, " ".join(one.languages), plain(one.office), one.reach))
    return out.getvalue().encode("utf-8")


def _reached(vault: OpenVault) -> dict[str, str]:
    found = {}
    for stream, values in queries_days.told_settings(vault.database, REACH).items():
        told = {json.loads(value) for value in values}
        if len(told) == 1:
            found[stream] = str(told.pop())
    return found
