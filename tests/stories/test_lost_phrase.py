"""Every phrase of a post is lost: headquarters opens the laptop once more, with the stick and over a known phone.

The drill is done twice: with the program on both sides, and at headquarters by hand with Debian's `age` and `jq`,
by the very lines that the README gives.
"""

import os
import pty
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldkit import files
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Action, Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import intake, people, recovery
from fieldkit.services.vault import OpenVault
from fieldkit.storage.header import parse, spell
from fieldkit.storage.slots import FIRST_COPY
from fieldkit.storage.wipe import RECOVERY_KEY
from tests.conftest import OFFLINE_PHRASE
from tests.stories import offices
from tests.stories import people as talks
from tests.stories.accounts import ADMINISTRATOR, BILAL, CLARA, NEW_PHRASE, Laptop, people_at, screened
from tests.stories.offices import Office
from tests.ui.desks import kinds
from tests.worlds import world

SIX_WORDS = "orange bicycle window seven lamp forest"


@pytest.fixture(scope="module")
def sealed_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A headquarters whose stick is really sealed with its phrase."""
    founded = offices.found(tmp_path_factory.mktemp("sealed office"), "Careful Invented Service")
    yield founded
    founded.vault.close()


@pytest.fixture
def laptop(post: OpenVault, sealed_office: Office) -> Laptop:
    """An enrolled post; Clara has signed in once since, so her own ring is sealed to headquarters too."""
    screened(post, "Amaru Losttest-Invented")
    offices.enrol(post, sealed_office)
    return people_at(post)


def code(call: Callable[[], object]) -> str:
    with pytest.raises(FieldkitError) as fault:
        call()
    return fault.value.code


def ask(laptop: Laptop, who: str, label: str = "") -> recovery.Made:
    return recovery.ask(
        laptop.folder, laptop.ids.get(who, ""), SIX_WORDS, world(f"ask {who}"), FOR_TESTS, label=label
    )


def answer(office: Office, request: bytes) -> recovery.Made:
    return recovery.answer(office.vault, request, office.offline_file, OFFLINE_PHRASE)


def quick_answer(office: Office, made: recovery.Made) -> bytes:
    """The same without deriving the stick's key, which takes a second on purpose."""
    return recovery.sealed_again(recovery.read_request(made.file.content), office.offline)


def accept(laptop: Laptop, content: bytes, phrase: str = SIX_WORDS) -> OpenVault:
    return recovery.accept(laptop.folder, content, phrase, world("accept"), FOR_TESTS)


def test_the_drill(laptop: Laptop, sealed_office: Office) -> None:
    # Nobody at the post knows a phrase any more. Clara asks; six new words are offered to her for the meantime.
    made = ask(laptop, CLARA)
    waits = recovery.waiting(laptop.folder)
    assert waits is not None and (waits.label, waits.words) == (CLARA, made.words)
    # Headquarters calls the post on a number it knew before. They read ten words to each other.
    asked = recovery.read_request(made.file.content)
    assert (asked.post, asked.label, asked.words) == ("Ras Nour crossing (invented)", CLARA, made.words)
    # The stick comes out of the safe.
    answered = answer(sealed_office, made.file.content)
    assert kinds(sealed_office.vault)[-1] == recovery.ANSWERED
    # Before the post uses the answer, ten other words are read.
    assert recovery.answer_words(answered.file.content) == answered.words
    clara = accept(laptop, answered.file.content)
    # She is in, with what is hers and no more, and can do nothing before she has a phrase of her own.
    assert clara.person.label == CLARA and clara.phrase_due
    assert not clara.may(Action.INTERVIEW)
    assert set(clara.ring.classes) == set(SealedClass) - {
        SealedClass.HEALTH,
        SealedClass.CHILD_PROTECTION,
    }
    assert code(lambda: people.change_own_phrase(clara, "", SIX_WORDS)) == "people.same_phrase"
    people.change_own_phrase(clara, "", NEW_PHRASE)
    assert clara.queries.case_count() == 1
    assert kinds(clara)[-2:] == [recovery.RECOVERED, people.PHRASE_CHANGED]
    clara.close()
    assert code(lambda: laptop.in_as(CLARA)) == "vault.wrong_phrase"
    laptop.in_as(CLARA, NEW_PHRASE).close()
    laptop.in_as(BILAL).close()
    assert not (laptop.folder / RECOVERY_KEY).exists()
    assert code(lambda: accept(laptop, answered.file.content)) == "recovery.nothing_waits", "once only"


def test_an_interview_that_was_begun_is_there_after_the_recovery(
    laptop: Laptop, sealed_office: Office
) -> None:
    """It is sealed to Clara's own key, which came back with her ring; nobody else ever opened it."""
    clara = laptop.in_as(CLARA)
    interview = talks.begin(clara)
    talks.answer_all(
        interview,
        talks.NO_URGENT_NEED,
        talks.IN_PRIVATE,
        talks.AGREED,
        talks.somebody("Amaru Begun-Invented"),
    )
    clara.close()
    clara = accept(laptop, quick_answer(sealed_office, ask(laptop, CLARA)))
    people.change_own_phrase(clara, "", NEW_PHRASE)
    resumed = intake.resume(clara, interview.draft_id)
    assert resumed.session.typed(talks.ref_of(resumed, "name_told")) == "Amaru Begun-Invented"
    clara.close()


def test_somebody_new_comes_as_administrator_when_everybody_is_gone(
    laptop: Laptop, sealed_office: Office
) -> None:
    made = ask(laptop, "", label="Emil")
    emil = accept(laptop, quick_answer(sealed_office, made))
    people.change_own_phrase(emil, "", NEW_PHRASE)
    assert emil.person.roles == {Role.ADMINISTRATOR}
    assert emil.ring.classes == {}, "what was sealed stays sealed for him"
    people.give_phrase(emil, laptop.ids[BILAL], "couple maze era give basic violin")
    emil.close()


def test_after_a_new_key_the_answer_to_an_older_request_opens_nothing(
    laptop: Laptop, sealed_office: Office
) -> None:
    made = ask(laptop, CLARA)
    answered = quick_answer(sealed_office, made)
    admin = laptop.in_as(ADMINISTRATOR)
    people.end(admin, laptop.ids[BILAL])
    assert code(lambda: accept(laptop, answered)) == "recovery.other_vault"
    again = quick_answer(sealed_office, ask(laptop, CLARA))
    accept(laptop, again).close()


def test_a_header_that_somebody_altered_is_passed_over_for_the_other(
    laptop: Laptop, sealed_office: Office
) -> None:
    answered = quick_answer(sealed_office, ask(laptop, CLARA))
    held = parse((laptop.folder / FIRST_COPY).read_bytes())
    (laptop.folder / FIRST_COPY).write_bytes(spell(replace(held, name="Trusted post", sequence=999)))
    clara = accept(laptop, answered)
    assert (clara.name, clara.second_copy_used) == ("Ras Nour crossing (invented)", True)
    clara.close()


def test_an_answer_opens_for_the_six_words_of_its_request_only(laptop: Laptop, sealed_office: Office) -> None:
    answered = quick_answer(sealed_office, ask(laptop, CLARA))
    assert code(lambda: accept(laptop, answered, laptop.phrases[CLARA])) == "vault.wrong_phrase"
    ask(laptop, CLARA)
    assert code(lambda: accept(laptop, answered)) == "seal.not_for_us", "a later request has another key"
    ring = laptop.in_as(BILAL).ring.database.raw
    assert ring.hex().encode() not in answered and ring not in answered, "nobody on the way reads it"


def test_what_is_no_request_of_ours_is_refused(
    laptop: Laptop, sealed_office: Office, other_office: Office, post: OpenVault
) -> None:
    content = ask(laptop, CLARA).file.content
    for spoiled in (
        b"",
        b"{}",
        content[:-40],
        content.replace(b"Clara", b"Cl\\u202ara"),
        content + b" ",
        content.replace(b"recovery request", b"device request"),
    ):
        assert code(lambda spoiled=spoiled: recovery.read_request(spoiled)) == "recovery.unreadable"  # type: ignore[misc]
    assert code(lambda: recovery.read_request(content.replace(b'"format":1', b'"format":2'))) == (
        "recovery.newer"
    )
    asked = recovery.read_request(content)
    assert code(lambda: recovery.sealed_again(asked, other_office.offline)) == "recovery.not_ours"
    with pytest.MonkeyPatch.context() as patch:
        clerk = replace(sealed_office.vault.person, roles=frozenset({Role.ADMINISTRATOR}))
        patch.setattr(sealed_office.vault, "person", clerk)
        assert code(lambda: recovery.answer(sealed_office.vault, content, b"", "")) == "access.not_allowed"


def test_a_post_that_was_never_enrolled_is_told_so(post: OpenVault) -> None:
    laptop = people_at(post)
    assert not recovery.can_ask(laptop.folder)
    assert code(lambda: ask(laptop, CLARA)) == "recovery.no_slot"


# --- by hand ------------------------------------------------------------------------------------------


def readme_lines() -> list[str]:
    """The commands of the page in the README, one a line."""
    text = (files.resources().parent / "README.md").read_text(encoding="utf-8")
    page = text.split("## If every phrase is lost")[1].split("\n## ")[0]
    return [line.strip() for line in page.split("\n") if line.startswith("    ")]


def by_hand(line: str, folder: Path, typed: str = "") -> None:
    """One command in a shell with a terminal, which is where `age` asks for a phrase."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvp("sh", ["sh", "-c", line])
    said = b""
    while True:
        try:
            said += os.read(terminal, 4096)
        except OSError:
            break
        if typed and b"passphrase" in said:
            os.write(terminal, typed.encode() + b"\n")
            typed = ""
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, said.decode()


@pytest.mark.skipif(shutil.which("age") is None or shutil.which("jq") is None, reason="no stock tools here")
def test_by_hand_with_stock_age(laptop: Laptop, sealed_office: Office, tmp_path: Path) -> None:
    desk = tmp_path / "headquarters' desk"
    desk.mkdir()
    shutil.copyfile(sealed_office.stick / "headquarters-keys.age", desk / "headquarters-keys.age")
    (desk / "recovery.fkq").write_bytes(ask(laptop, CLARA).file.content)
    key, rings, header = readme_lines()
    by_hand(key, desk, OFFLINE_PHRASE)
    by_hand(rings, desk)
    clara = accept(laptop, (desk / "recovery.fka").read_bytes())
    assert clara.person.label == CLARA
    # Without any program at the post: the header alone gives the key of the database.
    shutil.copyfile(laptop.folder / "header", desk / "header")
    shown = subprocess.run(["sh", "-c", header], cwd=desk, capture_output=True, check=True).stdout.decode()
    assert re.search(r"[0-9a-f]{64}", shown) is not None
    assert clara.ring.database.raw.hex() in shown
    clara.close()
