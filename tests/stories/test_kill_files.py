"""Kill the program while files are attached: what was acknowledged is there whole, and nothing is half there.

A child process attaches, replaces and finishes without end, and says what it has done; the parent kills it in the
middle of whatever it is doing (as `test_kill`, with the services and a real vault).
"""

import subprocess
import sys
from pathlib import Path

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.services import administer, intake
from fieldkit.services.uploads import Prepared
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.attachments import PIECE, draft_holder, submission_holder
from tests.conftest import PHRASE
from tests.forms.xlsforms import survey, xlsx
from tests.stories.test_kill import say
from tests.worlds import world

FORM = xlsx(
    survey=survey(("file", "plan", "The plan")),
    settings=(("form_title", "form_id", "version"), ("Wells (invented)", "wells", "1")),
)
REF = "/data/plan"
FILES_AN_INTERVIEW = 3
ROUNDS = 6


def content_of(number: int) -> bytes:
    """File number so and so: some parts long, and it says which it is in each."""
    return f"{number:08d} ".encode() * (PIECE // 9 + number % 7 * 1000)


def number_in(content: bytes) -> int:
    number = int(content[:8])
    assert content == content_of(number), "whole, from the first byte to the last"
    return number


def attach_for_ever(folder: Path, person: str, seed: str) -> None:
    """The child: what it says has been acknowledged."""
    vault = SignIn(folder, world(seed), FOR_TESTS).open(person, PHRASE)
    number = 0
    while True:
        interview = intake.begin(vault, "wells", officer_language="en", person_language="en")
        for _ in range(FILES_AN_INTERVIEW):
            number += 1
            file: Prepared = interview.uploads.prepared(REF, content_of(number))
            interview.attach(REF, file)
            say("kept", interview.draft_id, number)
        finished = intake.finish(vault, interview)
        say("finished", finished.instance_id, number)


class Heard:
    """What the parent heard before it killed: the newest file of each interview."""

    def __init__(self) -> None:
        self.kept: dict[str, int] = {}
        self.finished: dict[str, int] = {}

    def line(self, line: str) -> None:
        what, name, number = line.split()
        (self.kept if what == "kept" else self.finished)[name] = int(number)


def kill_after(vault: OpenVault, acknowledgements: int, seed: str, heard: Heard) -> None:
    command = [sys.executable, "-m", "tests.stories.test_kill_files"]
    child = subprocess.Popen(
        [*command, str(vault.folder), vault.person.id, seed],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with child:
        assert child.stdout is not None
        for _ in range(acknowledgements):
            heard.line(child.stdout.readline())
        child.kill()
        for line in child.stdout:  # said before the kill, read after it: acknowledged all the same
            if line.endswith("\n"):
                heard.line(line)


def test_no_acknowledged_file_is_lost_or_halved_by_six_kills(post: OpenVault) -> None:
    administer.install_form(post, FORM, "wells.xlsx")
    post.close()
    heard = Heard()
    for kill in range(ROUNDS):
        # 5 and the 4 acknowledgements of an interview: each place in it is hit.
        kill_after(post, acknowledgements=5 * kill + 1, seed=f"kill {kill}", heard=heard)
        again = SignIn(post.folder, world(f"check {kill}"), FOR_TESTS).open(post.person.id, PHRASE)
        check(again, heard)
        again.close()
    assert len(heard.finished) >= ROUNDS


def check(vault: OpenVault, heard: Heard) -> None:
    assert vault.journal.verify(vault.stream).sound
    for instance, number in heard.finished.items():
        holder = submission_holder(instance)
        (file,) = vault.attachments.of(holder)
        assert number_in(vault.attachments.content(holder, file.name)) == number
    for draft in vault.drafts.list(vault.person.id):
        held = vault.attachments.of(draft_holder(draft.id))
        assert len(held) <= 1, "a file that was replaced is gone"
        interview = intake.resume(vault, draft.id)
        assert [one.name for one in held] == [name for name in [interview.session.value(REF)] if name]
        acknowledged = heard.kept.get(draft.id, 0)
        if acknowledged:
            assert number_in(interview.uploads.content(REF)) >= acknowledged
    whole = vault.database.number("SELECT COUNT(DISTINCT attachment) FROM attachment_parts")
    assert whole == vault.database.number("SELECT COUNT(*) FROM attachments")
    assert vault.database.rows("PRAGMA integrity_check") == [("ok",)]


if __name__ == "__main__":
    attach_for_ever(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
