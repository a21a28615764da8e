"""What a child process is doing when it is killed: each job says what it has been told is safe.

`say("ready")` comes first. What is said after the call that does the work has been acknowledged; what is said
before it has not.
"""

import itertools
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.endure import desks
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.outcome import Mark
from fieldkit.services import backup, enrolment, exchange, importing, intake
from fieldkit.services import people as accounts
from fieldkit.services.interview import Interview
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.people import NewAccount
from fieldkit.services.rekey import SUSPECTED
from fieldkit.services.rekey import rekey as new_key
from fieldkit.services.vault import Desk, OpenVault
from tests.conftest import PHRASE
from tests.old_vaults import schema1
from tests.stories import people
from tests.worlds import world

Say = Callable[..., None]
Job = Callable[[Path, str, Say], None]

POST, OFFICE, STICK, NEW, OLD, COPIES = "post", "office", "stick", "new", "old", "copies"
"""Folders of a scene."""

CARELESS = "careless"
LEAVERS_PHRASE = "harvest violin cotton summer ladder paper"
BUNDLE, OFFICE_FILE = "walked.fkb", "office.fko"


def autosave(scene: Path, seed: str, say: Say) -> None:
    """Answers without end."""
    vault = desks.sign_in(scene / POST, seed)
    say("ready")
    _answer_for_ever(vault, say)


def careless(scene: Path, seed: str, say: Say) -> None:
    """The negative control: answers are acknowledged while their transaction is still open."""
    vault = desks.sign_in(scene / POST, seed)
    say("ready")
    with vault.database.transaction():
        _answer_for_ever(vault, say)


def _answer_for_ever(vault: OpenVault, say: Say) -> None:
    interview = people.begin(vault)
    say("draft", interview.draft_id)
    for name, value in desks.told():
        _answer(interview, name, value, say)
    for number in itertools.count():
        _answer(interview, "name_told", f"Amaru Testperson {number}", say)


def _answer(interview: Interview, name: str, value: str | Mark, say: Say) -> None:
    ref = people.ref_of(interview, name)
    if isinstance(value, Mark):
        interview.mark(ref, value)
    else:
        interview.answer(ref, value)
    say("answered", interview.draft_id, ref, str(value))


def finish(scene: Path, seed: str, say: Say) -> None:
    """Interviews finished without end, each after a few answers."""
    vault = desks.sign_in(scene / POST, seed)
    say("ready")
    while True:
        interview = people.begin(vault)
        people.answer_all(interview, *desks.TELLS[:3])
        say("finishing", interview.draft_id)
        say("finished", intake.finish(vault, interview).case)


def export(scene: Path, seed: str, say: Say) -> None:
    """Exports to one stick without end."""
    vault = desks.sign_in(scene / POST, seed)
    say("ready")
    while True:
        (name,) = exchange.export(vault, scene / STICK).files
        say("exported", name)


def imports(scene: Path, seed: str, say: Say) -> None:
    """One bundle comes to headquarters."""
    vault = desks.sign_in(scene / OFFICE, seed)
    say("ready")
    say("imported", importing.import_bundle(vault, scene / STICK / BUNDLE).last)
    _wait()


def create(scene: Path, seed: str, say: Say) -> None:
    """A new vault."""
    say("ready")
    create_vault(scene / NEW, new_vault(), world(seed), FOR_TESTS)
    say("created")
    _wait()


def new_vault() -> NewVault:
    """What the first start of an invented post asks."""
    return NewVault(Desk.POST, "New post (invented)", "Officer One", "en", PHRASE)


def enrol(scene: Path, seed: str, say: Say) -> None:
    """The recovery slot is written into both copies of the header, again and again."""
    vault = desks.sign_in(scene / POST, seed)
    content = (scene / OFFICE_FILE).read_bytes()
    say("ready")
    while True:
        enrolment.trust_office(vault, content)
        say("trusted")


def migrate(scene: Path, seed: str, say: Say) -> None:
    """A vault of the oldest schema is opened."""
    say("ready")
    desks.sign_in(scene / OLD, seed, phrase=schema1.PHRASE)
    say("migrated")
    _wait()


def copy(scene: Path, seed: str, say: Say) -> None:
    """Copies of the vault onto a stick, without end."""
    vault = desks.sign_in(scene / POST, seed)
    say("ready")
    while True:
        say("copied", backup.back_up(vault, scene / COPIES).name)


def restore(scene: Path, seed: str, say: Say) -> None:
    """A copy becomes a vault."""
    say("ready")
    put_back(scene, scene / NEW, seed)
    say("restored")
    _wait()


def put_back(scene: Path, target: Path, seed: str, which: int = 0) -> None:
    """One of the copies as a vault in `target`."""
    found = backup.found_in(scene / COPIES)[which]
    backup.restore(found, target, found.header.slots[0].person, PHRASE, world(seed), policy=FOR_TESTS)


def rekey(scene: Path, seed: str, say: Say) -> None:
    """An answer, then the whole vault under a new key, again and again; now and then somebody leaves by it."""
    vault = desks.sign_in(scene / POST, seed)
    say("ready")
    for number in itertools.count():
        interview = people.begin(vault)
        people.answer_all(interview, *desks.TELLS[:3])
        say("draft", interview.draft_id)
        _answer(interview, "name_told", f"Amaru Testperson {number}", say)
        leaver = _joined(vault, f"Leaver {seed} {number}") if number % 2 else ""
        say("leaving", leaver)
        if leaver:
            accounts.end(vault, leaver)
        else:
            new_key(vault, SUSPECTED)
        say("left", leaver)
        vault = desks.sign_in(scene / POST, f"{seed} {number}")


def _joined(vault: OpenVault, label: str) -> str:
    new = NewAccount(label[:60], frozenset({Role.OFFICER}), LEAVERS_PHRASE, own_phrase=True)
    return accounts.add(vault, new)


def _wait() -> None:
    time.sleep(60)  # until the kill


JOBS: dict[str, Job] = {
    "autosave": autosave,
    "finish": finish,
    "export": export,
    "import": imports,
    "create": create,
    "enrol": enrol,
    "migrate": migrate,
    "copy": copy,
    "restore": restore,
    "rekey": rekey,
}


def child(job: str, scene: Path, seed: str, said: Connection) -> None:
    """The process: it works until it is killed."""
    work = careless if job == CARELESS else JOBS[job]
    work(scene, seed, lambda *words: said.send(words))
