"""What is sealed is sealed by key: looked for on the file, with the database key and nothing else."""

import json
from collections.abc import Iterator

import pytest

from fieldkit.crypto.keys import Keyring
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.access import Role
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import PersonFault
from fieldkit.domain.outcome import Mark, Verdict
from fieldkit.services import correcting, events, finished, history, intake, people, record, refer, sealed
from fieldkit.services.case_file import read_case
from fieldkit.services.intake import Finished
from fieldkit.services.people import NewAccount
from fieldkit.services.record import Copy, Wanted
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage.attachments import Attachments, submission_holder
from fieldkit.storage.database import DATABASE_FILE, Database
from fieldkit.storage.drafts import Drafts
from fieldkit.storage.errors import ClassFault
from fieldkit.storage.journal import State
from fieldkit.storage.kinds_sealed import READ
from fieldkit.storage.sealed import Sealed
from fieldkit.storage.verification import verify
from tests.conftest import PHRASE
from tests.stories.desks import only_as, text_of
from tests.stories.people import (
    AGREED,
    FEAR,
    HURT,
    IN_PRIVATE,
    NO_URGENT_NEED,
    answer_all,
    begin,
    screened,
    somebody,
)

CANARY = "Quexolotl-Invented"
OPEN_WORD = "Mina Testperson"
HEALTH = {"health_needs": "pregnant", "difficulties": "walking"}
SEALED_NAMES = (
    "fear_return",
    "reasons",
    "harm",
    "harm_places",
    "help_wanted",
    "control_signs",
    "anything_else",
)
NEW_PHRASE = "harbor violet candle summit basket river"


def disclosed(vault: OpenVault) -> Finished:
    """Somebody who said much, in private."""
    told = {"anything_else": f"The man was called {CANARY}."}
    return screened(vault, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(OPEN_WORD), FEAR, HURT, told)


def everything_in(database: Database) -> Iterator[bytes]:
    """Every value of every table, indexes included, as bytes."""
    for (table,) in database.rows("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"):
        for row in database.rows(f'SELECT * FROM "{table}"'):
            yield from (held if isinstance(held, bytes) else str(held).encode() for held in row)


def with_the_database_key_alone(vault: OpenVault) -> Database:
    vault.database.checkpoint()
    return Database.open(vault.folder / DATABASE_FILE, vault.ring.database)


def payloads_of(database: Database, kinds: str) -> str:
    rows = database.rows(
        "SELECT payloads.content FROM entries JOIN payloads ON payloads.digest = entries.payload "
        "WHERE entries.kind LIKE ?",
        (kinds,),
    )
    return "\n".join(row[0].decode() for row in rows)


def test_who_has_the_database_key_alone_finds_no_sealed_word_in_any_table(post: OpenVault) -> None:
    done = disclosed(post)
    draft = begin(post)
    answer_all(draft, IN_PRIVATE, AGREED, {"anything_else": CANARY})
    opened = with_the_database_key_alone(post)
    held = b"\n".join(everything_in(opened))
    assert OPEN_WORD.encode() in held, "what is open is found: the search looks where it should"
    assert CANARY.encode() not in held
    told = payloads_of(opened, "submission.%")
    assert OPEN_WORD in told
    for name in SEALED_NAMES:
        assert name not in told, "neither the answer nor how the question ended"
        assert opened.one("SELECT 1 FROM facts WHERE name = ?", (name,)) is None
    opened.close()
    assert CANARY.encode() in finished.of_case(post, done.case)[0].xml, "somebody who is cleared reads it"


def test_the_exact_bytes_come_together_again_for_who_is_cleared_for_all_of_it(post: OpenVault) -> None:
    interview = begin(post)
    answer_all(interview, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(OPEN_WORD), FEAR, HEALTH, HURT)
    exact = interview.session.submission().content
    done = intake.finish(post, interview)
    (one,) = finished.of_case(post, done.case)
    assert (one.xml, one.hidden) == (exact, ())
    kept = next(file for file in read_case(post.journal, done.case).of_kind("submission.kept"))
    assert kept.payload["xml"].encode() != exact


def test_an_officer_records_what_was_said_and_cannot_read_it_afterwards(post: OpenVault) -> None:
    only_as(post, Role.OFFICER)
    done = disclosed(post)
    (one,) = finished.of_case(post, done.case)
    assert CANARY.encode() not in one.xml
    assert {hidden.name for hidden in one.hidden} == {
        SealedClass.ASYLUM,
        SealedClass.TRAFFICKING,
        SealedClass.VIOLENCE,
        SealedClass.HEALTH,
    }
    assert {hidden.ask for hidden in one.hidden} == {("Officer One",)}, "by the roles in the journal"
    assert not set(SEALED_NAMES) & set(one.payload["facts"])
    with pytest.raises(PersonFault, match=r"correct\.sealed"):
        correcting.correct(post, one.subject, one.instance_id)
    paper = text_of(record.record(post, one.subject, one.instance_id, Wanted(Copy.FOR_THE_FILE, ("en",))))
    assert CANARY not in paper and "Sealed" in paper and OPEN_WORD in paper
    assert history.histories(post, one.subject, "en")[0].chains == ()
    assert CANARY not in str(events.events(post, done.case, "en"))


def test_a_key_in_the_ring_opens_whatever_the_tables_say_and_without_it_nothing_does(post: OpenVault) -> None:
    done = disclosed(post)
    entry = next(entry for entry, _ in post.journal.about(f"case/{done.case}") if entry.kind in sealed.KINDS)
    assert post.journal.payload(entry.payload) is None
    assert post.journal.state(entry.payload) is State.SEALED
    for ring in (Keyring(post.ring.database), post.ring.for_classes([SealedClass.SHELTER])):
        assert Sealed(post.database, ring).open(entry.payload) is None
    assert Sealed(post.database, post.ring).open(entry.payload) is not None
    found = verify(post.database, post.stream)
    assert found.sound and found.sealed > 0


def test_reading_is_an_entry_without_content_and_one_a_sign_in(post: OpenVault) -> None:
    done = disclosed(post)
    reads = [said.payload for said in read_case(post.journal, done.case).of_kind(READ)]
    assert reads == [], "nobody reads what they just wrote"
    for _ in range(3):
        finished.of_case(post, done.case)
        refer.suggestions(post, done.case)
    (read,) = read_case(post.journal, done.case).of_kind(READ)
    assert read.entry.actor == post.person.id
    assert set(read.payload) == {"classes"}
    post.read_before.clear()  # as at the next sign-in
    finished.of_case(post, done.case)
    assert len(list(read_case(post.journal, done.case).of_kind(READ))) == 2
    told = [one.told for one in events.events(post, done.case, "en") if one.kind == READ]
    assert told == ["Somebody who is cleared for it read sealed answers."] * 2


def test_what_cannot_be_written_down_is_not_read(post: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    done = disclosed(post)

    def full(**_: object) -> None:
        raise PersonFault("vault.disk_full")

    monkeypatch.setattr(post.journal, "append", full)
    with pytest.raises(PersonFault, match=r"vault\.disk_full"):
        finished.of_case(post, done.case)


def test_a_category_stands_though_the_later_look_cannot_tell(post: OpenVault) -> None:
    only_as(post, Role.OFFICER)
    done = disclosed(post)
    asylum = next(one for one in refer.suggestions(post, done.case) if one.category == "C01")
    assert asylum.verdict is Verdict.YES, "it was suggested in the interview, with the answers at hand"
    assert {answer.mark for answer in asylum.answers} == {Mark.SEALED}
    assert {answer.value for answer in asylum.answers} == {""}
    answers = sealed.answers(post, read_case(post.journal, done.case))
    assert answers.read("fear_return").mark is Mark.SEALED
    later = [one for one in refer.suggestions(post, done.case) if one.verdict is Verdict.CANNOT_TELL]
    assert any(answer.mark is Mark.SEALED for one in later for answer in one.answers)
    only_as(post, Role.COUNSELLOR)
    asylum = next(one for one in refer.suggestions(post, done.case) if one.category == "C01")
    assert ("fear_return", "yes") in {(answer.name, answer.value) for answer in asylum.answers}


def test_a_new_colleague_reads_what_their_role_is_cleared_for_and_nothing_else(post: OpenVault) -> None:
    done = disclosed(post)
    nurse = people.add(
        post, NewAccount("Nurse (invented)", frozenset({Role.HEALTH_WORKER}), NEW_PHRASE, True)
    )
    officer = people.add(post, NewAccount("Officer Two", frozenset({Role.OFFICER}), PHRASE + " seven", True))
    unfinished = begin(post).draft_id
    folder, world = post.folder, post.world
    post.close()
    hers = SignIn(folder, world, FOR_TESTS).open(nurse, NEW_PHRASE)
    assert {name for name in SealedClass if hers.cleared(name)} == {SealedClass.HEALTH, SealedClass.VIOLENCE}
    (one,) = finished.of_case(hers, done.case)
    assert "harm" in one.payload["facts"] and "fear_return" not in one.payload["facts"]
    assert {hidden.name: hidden.ask for hidden in one.hidden} == {
        SealedClass.ASYLUM: ("Officer One",),
        SealedClass.TRAFFICKING: ("Officer One",),
    }
    assert CANARY.encode() not in one.xml, "the last word of the talk is of the class asylum"
    with pytest.raises(ClassFault, match=r"draft\.not_yours"):
        hers.drafts.history(unfinished)
    hers.close()
    his = SignIn(folder, world, FOR_TESTS).open(officer, PHRASE + " seven")
    assert not any(his.cleared(name) for name in SealedClass)
    his.close()


def test_another_account_cannot_read_an_unfinished_interview(post: OpenVault) -> None:
    interview = begin(post)
    answer_all(interview, {"urgent_water": "yes"})
    other = post.ring.for_classes(SealedClass)
    drafts = Drafts(post.database, post.world.clock, post.world.randomness, other.drafts_key())
    with pytest.raises(ClassFault, match=r"draft\.not_yours"):
        drafts.history(interview.draft_id)
    lines = post.database.rows(
        "SELECT kind, ref, value FROM draft_log WHERE draft = ?", (interview.draft_id,)
    )
    assert {(kind, ref) for kind, ref, _ in lines} == {("sealed", "")}
    assert "urgent_water" not in json.dumps(lines)
    assert intake.resume(post, interview.draft_id).fact("urgent_water") == "yes"


def test_a_file_of_a_sealed_answer_opens_with_the_key_of_its_class_only(post: OpenVault) -> None:
    draft = begin(post).draft_id
    content = CANARY.encode() * 100_000
    held = post.attachments.keep(draft, content, media_type="application/pdf", ending="pdf")
    assert CANARY.encode() not in b"".join(everything_in(post.database)), "sealed to whoever leads the talk"
    with post.database.transaction():
        (given,) = post.attachments.hand_over(draft, "uuid:1", {held.name}, {held.name: SealedClass.HEALTH})
    assert given.size == len(content)
    assert CANARY.encode() not in b"".join(everything_in(post.database))
    holder = submission_holder("uuid:1")
    assert post.attachments.content(holder, held.name) == content
    without = post.ring.for_classes(set(SealedClass) - {SealedClass.HEALTH})
    with pytest.raises(ClassFault, match=r"sealed\.not_cleared"):
        Attachments(post.database, post.world.randomness, without).content(holder, held.name)


def test_a_correction_is_sealed_with_what_it_says_and_why(post: OpenVault) -> None:
    done = disclosed(post)
    (one,) = finished.of_case(post, done.case)
    interview = correcting.correct(post, one.subject, one.instance_id)
    ref = next(item.ref for item in interview.all_questions() if item.name == "anything_else")
    interview.answer(ref, f"It was {CANARY} the younger.")
    interview.give_reason(ref, f"{CANARY} has a brother")
    intake.finish(post, interview)
    opened = with_the_database_key_alone(post)
    assert CANARY.encode() not in b"\n".join(everything_in(opened))
    opened.close()
    (chain,) = history.histories(post, one.subject, "en")[0].chains
    assert [CANARY in step.answer for step in chain.steps] == [True, True]
    assert chain.steps[1].why == f"{CANARY} has a brother"
    standing = sealed.answers(post, read_case(post.journal, done.case))
    assert standing.values["anything_else"] == (f"It was {CANARY} the younger.",)


def test_how_much_was_said_does_not_show_in_the_length(post: OpenVault) -> None:
    quiet = screened(
        post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody("Silent Testperson"), {"harm": "none"}
    )
    much = disclosed(post)

    def lengths(done: Finished) -> list[int]:
        found = []
        for entry, _ in post.journal.about(f"case/{done.case}"):
            row = post.database.one(
                "SELECT LENGTH(content) FROM sealed_payloads WHERE digest = ?",
                (bytes.fromhex(entry.payload),),
            )
            found += [row[0] // 1024] if row and entry.kind == sealed.SEALED else []
        return found

    assert lengths(quiet) == lengths(much)
