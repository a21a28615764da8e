"""A morning at a post and its headquarters, told call by call to whoever traces this process.

    python -m benchmarks.endure.power_work FOLDER INTERVIEWS SYNCHRONOUS…

The morning is told once a SYNCHRONOUS, each in the folder of that name: `FULL`, or what a negative control uses.
What has been acknowledged is written into `acks` there, a line a thing: so it stands in the trace between the
calls that made it safe and those that came after.
"""

import hashlib
import os
import sys
from pathlib import Path
from unittest.mock import patch

from benchmarks.endure import desks
from fieldkit.domain.outcome import Mark
from fieldkit.services import exchange, importing, intake
from fieldkit.services.vault import OpenVault
from fieldkit.storage import database
from tests.stories import offices, people
from tests.stories.offices import Office
from tests.worlds import world

ACKS, POST, OFFICE, STICK = "acks", "post", "headquarters", "stick"
FULL = "PRAGMA synchronous = FULL"


class Acks:
    """Says what is safe."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)

    def say(self, *words: object) -> None:
        os.write(self._descriptor, ("\t".join(map(str, words)) + "\n").encode())


def work(folder: Path, interviews: int) -> None:
    """Found, enrol, then interview, export and import; half-way everything is closed and opened again."""
    acks = Acks(folder / ACKS)
    office = offices.found(folder / OFFICE, "Invented service")
    acks.say("made", f"{OFFICE}/vault")
    post = offices.open_post(folder / POST, "Invented post", at=world("power"))
    acks.say("made", POST)
    offices.enrol(post, office)
    acks.say("enrolled")
    for number in range(interviews):
        if number == interviews // 2:
            post.close()
            office.vault.close()
            post = desks.sign_in(folder / POST, "afternoon")
            office = Office(
                desks.sign_in(folder / OFFICE / "vault", "afternoon"), office.stick, office.offline
            )
        _interview(post, acks)
        if number % 2:
            _carry(post, office, folder / STICK, acks)
        if number % 3 == 2:
            post.database.checkpoint()
    post.close()
    office.vault.close()


def _interview(post: OpenVault, acks: Acks) -> None:
    interview = people.begin(post)
    for name, value in desks.told():
        ref = people.ref_of(interview, name)
        if isinstance(value, Mark):
            interview.mark(ref, value)
        else:
            interview.answer(ref, value)
        acks.say("answered", interview.draft_id, ref, value)
    acks.say("finished", intake.finish(post, interview).case)


def _carry(post: OpenVault, office: Office, stick: Path, acks: Acks) -> None:
    (name,) = exchange.export(post, stick).files
    acks.say("exported", name, hashlib.sha256((stick / name).read_bytes()).hexdigest())
    imported = importing.import_bundle(office.vault, stick / name)
    acks.say("imported", post.stream, imported.last)


def main(folder: Path, interviews: int, synchronous: str) -> None:
    """Work with one setting of the database."""
    assert FULL in database._SETTINGS
    settings = tuple(
        f"PRAGMA synchronous = {synchronous}" if line == FULL else line for line in database._SETTINGS
    )
    for place in (STICK, OFFICE):
        (folder / place).mkdir(parents=True)
    with patch.object(database, "_SETTINGS", settings):
        work(folder, interviews)


if __name__ == "__main__":
    for setting in sys.argv[3:]:
        main(Path(sys.argv[1]) / setting, int(sys.argv[2]), setting)
