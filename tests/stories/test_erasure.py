"""Erasing for ever: asked for at a post, signed at headquarters by two people, and never to come back."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from fieldkit.crypto.offline import OfflineKeys
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.crypto.signature import SigningKey
from fieldkit.domain.access import Role
from fieldkit.domain.entries import subject
from fieldkit.domain.errors import FieldkitError, PersonFault
from fieldkit.headquarters.receipts import certified
from fieldkit.services import backup, erasure, exchange, importing, intake, rescue
from fieldkit.services.enrolment import office_keys
from fieldkit.services.erasure import Because, Second, Where
from fieldkit.services.errors import DeskFault
from fieldkit.services.vault import OpenVault, SignIn
from fieldkit.storage import slots
from fieldkit.storage.erasure import about as records_about
from fieldkit.storage.journal import State
from fieldkit.sync.erasures import Erasure, known_erasure, read_erasure, write_erasure
from fieldkit.sync.faults import TrustFault
from fieldkit.sync.trust import Certificate
from tests.conftest import OFFLINE_PHRASE, PHRASE
from tests.stories import offices
from tests.stories.offices import Office, carry, everything_held
from tests.stories.people import AGREED, FEAR, IN_PRIVATE, NO_URGENT_NEED, begin, screened, somebody
from tests.worlds import MORNING, CountedRandomness, world

NAME, OTHER = "Zarifa Invented-Wayfarer", "Bilo Invented-Neighbour"
SECOND, SECOND_PHRASE = "5ec0" * 8, "harbour pencil distant violet maple drum"


@dataclass
class Land:
    """A post that sent two people's interviews to its headquarters, where two people have accounts."""

    post: OpenVault
    office: Office
    stick: Path
    case: str
    other: str

    @property
    def about(self) -> str:
        return subject("case", self.case)

    def sign(self, where: Where = Where.EVERYWHERE, **changed: object) -> tuple[Erasure, ...]:
        asked: dict[str, object] = {
            "because": Because.WITHDRAWN,
            "where": where,
            "reason": "The person asked for it.",
            "second": Second(SECOND, SECOND_PHRASE),
            "offline_file": b"the stick",
            "offline_phrase": OFFLINE_PHRASE,
            "policy": FOR_TESTS,
        }
        return erasure.sign(self.office.vault, self.about, **(asked | changed))  # type: ignore[arg-type]

    def statements(self) -> list[bytes]:
        (device,) = {one.device for one in certificates(self.office)}
        return list(erasure.to_send(self.office.vault, device))


@dataclass(frozen=True)
class Before:
    """What happened before each story: both vaults closed, in folders that are copied."""

    folder: Path
    offline: OfflineKeys
    coordinator: str
    officer: str
    case: str
    other: str


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    folder = tmp_path_factory.mktemp("before")
    office = offices.found(folder / "office", "Invented Erasing Service")
    add_second_person(office.vault)
    post = offices.open_post(folder / "post", "Erasing post (invented)", at=world("erasing", MORNING))
    offices.enrol(post, office)
    (folder / "stick").mkdir()
    case = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(NAME), FEAR).case
    other = screened(post, NO_URGENT_NEED, IN_PRIVATE, AGREED, somebody(OTHER), FEAR).case
    carry(post, office, folder / "stick")
    people = office.vault.person.id, post.person.id
    post.close()
    office.vault.close()
    return Before(folder, office.offline, *people, case, other)


@pytest.fixture
def land(tmp_path: Path, before: Before, monkeypatch: pytest.MonkeyPatch) -> Iterator[Land]:
    folder = tmp_path / "land"
    shutil.copytree(before.folder, folder)
    # The stick is open: what opening it costs is told in `test_two_posts_and_hq`.
    monkeypatch.setattr("fieldkit.services.erasure.open_offline", lambda *_: before.offline)
    there = SignIn(folder / "office" / "vault", world("office later"), FOR_TESTS)
    here = SignIn(folder / "post", world("post later"), FOR_TESTS)
    office = Office(there.open(before.coordinator, PHRASE), folder / "office" / "stick", before.offline)
    post = here.open(before.officer, PHRASE)
    yield Land(post, office, folder / "stick", before.case, before.other)
    post.close()
    office.vault.close()


def test_two_people_at_headquarters_sign_and_it_is_gone_there_and_at_the_post(land: Land) -> None:
    request = erasure.request(land.post, land.about, Because.WITHDRAWN)
    assert NAME.encode() in everything_held(land.post), "a request erases nothing"
    carry(land.post, land.office, land.stick)
    (asked,) = erasure.waiting(land.office.vault)
    assert (asked.request, asked.about, asked.post) == (request, land.about, land.post.name)

    (signed,) = land.sign()
    assert erasure.waiting(land.office.vault) == ()
    (statement,) = land.statements()
    assert erasure.accept(land.post, statement) == signed
    assert NAME.encode() not in everything_held(land.post)
    for vault in (land.post, land.office.vault):
        assert states(vault, land.post, land.about) == {State.ERASED}
        assert State.ERASED not in states(vault, land.post, subject("case", land.other))
        assert vault.journal.verify(land.post.stream).sound
        assert vault.journal.verify(vault.stream).sound
    assert OTHER.encode() in everything_held(land.post), "nobody else's is touched"
    assert erasure.accept(land.post, statement) is None, "twice is once"


def test_the_post_says_that_it_was_done_and_is_not_asked_again(land: Land) -> None:
    land.sign()
    (statement,) = land.statements()
    erasure.accept(land.post, statement)
    carry(land.post, land.office, land.stick)
    assert land.statements() == []


def test_an_erased_record_never_comes_back_from_a_bundle(land: Land) -> None:
    """The post has not heard of it yet, and sends everything again."""
    land.sign()
    carry(land.post, land.office, land.stick)
    assert states(land.office.vault, land.post, land.about) == {State.ERASED}


def test_an_unfinished_interview_of_the_case_goes_too(land: Land) -> None:
    draft = intake.begin(land.post, "screening", officer_language="en", person_language="ti", case=land.case)
    kept = begin(land.post)
    land.sign()
    erasure.accept(land.post, land.statements()[0])
    held = [one.id for one in land.post.drafts.list(land.post.person.id)]
    assert draft.draft_id not in held
    assert kept.draft_id in held


def test_a_copy_made_before_does_not_bring_it_back(land: Land, tmp_path: Path) -> None:
    (safe := tmp_path / "safe").mkdir()
    made = backup.back_up(land.post, safe)
    land.sign()
    erasure.accept(land.post, land.statements()[0])
    backup.back_up(land.post, safe)  # lays the signed statement beside the older copy
    (old,) = (one for one in backup.found_in(safe) if one.path.name == made.name)
    backup.restore(old, tmp_path / "again", land.post.person.id, PHRASE, world("again"), policy=FOR_TESTS)
    restored = SignIn(tmp_path / "again", world("again"), FOR_TESTS).open(land.post.person.id, PHRASE)
    assert NAME.encode() not in everything_held(restored)
    assert OTHER.encode() in everything_held(restored)
    assert states(restored, land.post, land.about) == {State.ERASED}
    assert restored.journal.verify(land.post.stream).sound
    restored.close()


def test_without_the_statement_beside_it_a_file_from_headquarters_does(land: Land, tmp_path: Path) -> None:
    (safe := tmp_path / "safe").mkdir()
    backup.back_up(land.post, safe)
    land.sign()
    (from_headquarters := tmp_path / "from headquarters").mkdir()
    erasure.write_all(land.office.vault, from_headquarters)
    (copy,) = backup.found_in(safe)
    backup.restore(
        copy,
        tmp_path / "again",
        land.post.person.id,
        PHRASE,
        world("again"),
        policy=FOR_TESTS,
        erased_in=[from_headquarters],
    )
    restored = SignIn(tmp_path / "again", world("again"), FOR_TESTS).open(land.post.person.id, PHRASE)
    assert NAME.encode() not in everything_held(restored)
    restored.close()


def test_headquarters_put_back_to_an_earlier_day_erases_again(land: Land, tmp_path: Path) -> None:
    """Nothing lay beside its copy; it learns from its post what it had signed."""
    (safe := tmp_path / "safe").mkdir()
    backup.back_up(land.office.vault, safe)
    land.sign()
    erasure.accept(land.post, land.statements()[0])
    (copy,) = backup.found_in(safe)
    person = land.office.vault.person.id
    backup.restore(copy, tmp_path / "again", person, PHRASE, world("again"), policy=FOR_TESTS)
    restored = SignIn(tmp_path / "again", world("again"), FOR_TESTS).open(person, PHRASE)
    assert State.HELD in states(restored, land.post, land.about), "the copy was made before"
    (name,) = exchange.export(land.post, land.stick, again=True).files
    importing.import_bundle(restored, land.stick / name)
    assert states(restored, land.post, land.about) == {State.ERASED}
    restored.close()


def test_a_rescue_does_not_bring_it_back(land: Land, tmp_path: Path) -> None:
    land.sign()
    erasure.accept(land.post, land.statements()[0])
    folder, person = land.post.folder, land.post.person.id
    land.post.close()
    rescue.rescue(folder, tmp_path / "saved", person, PHRASE, world("saved"), policy=FOR_TESTS)
    saved = SignIn(tmp_path / "saved", world("saved"), FOR_TESTS).open(person, PHRASE)
    assert NAME.encode() not in everything_held(saved)
    assert states(saved, land.post, land.about) == {State.ERASED}
    saved.close()


def test_taken_back_from_headquarters_only_the_post_keeps_its_own(land: Land) -> None:
    land.sign(Where.HEADQUARTERS)
    erasure.accept(land.post, land.statements()[0])
    assert NAME.encode() in everything_held(land.post)
    assert states(land.office.vault, land.post, land.about) == {State.ERASED}


def test_nobody_but_headquarters_erases(land: Land, other_office: Office) -> None:
    records = tuple(sorted(records_about(land.post.database, land.about)))
    true = Erasure(
        land.office.offline.organisation,
        "e0" * 16,
        land.about,
        records,
        Because.LAW,
        Where.EVERYWHERE,
        MORNING.date(),
    )
    for key in (
        SigningKey.generate(CountedRandomness("somebody")),
        other_office.offline.certificates,
        _receipt_key(land.office),
    ):
        with pytest.raises(TrustFault, match=r"trust\.not_signed"):
            erasure.accept(land.post, write_erasure(true, key))
    foreign = replace(true, organisation=other_office.offline.organisation)
    with pytest.raises(FieldkitError, match=r"enrol\.other_office"):
        erasure.accept(land.post, write_erasure(foreign, land.office.offline.certificates))
    assert NAME.encode() in everything_held(land.post)


def test_a_post_cannot_make_headquarters_erase_by_saying_that_it_did(land: Land) -> None:
    """Its entry carries a statement that headquarters never signed."""
    records = tuple(sorted(records_about(land.post.database, land.about)))
    forged = write_erasure(
        Erasure(
            land.office.offline.organisation,
            "e1" * 16,
            land.about,
            records,
            Because.LAW,
            Where.EVERYWHERE,
            MORNING.date(),
        ),
        SigningKey.generate(CountedRandomness("somebody")),
    )
    erasure.carry_out(land.post, forged, known_erasure(forged))
    carry(land.post, land.office, land.stick)
    assert State.HELD in states(land.office.vault, land.post, land.about)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": "  "}, r"erasure\.no_reason"),
        ({"second": Second(SECOND, "wrong phrase of six plain words")}, r"vault\.wrong_phrase"),
        ({"second": Second("ab" * 16, SECOND_PHRASE)}, r"erasure\.second_may_not"),
    ],
)
def test_without_reason_or_a_second_person_nothing_is_signed(
    land: Land, changed: dict[str, object], code: str
) -> None:
    with pytest.raises(PersonFault, match=code):
        land.sign(Where.EVERYWHERE, **changed)
    assert State.HELD in states(land.office.vault, land.post, land.about)


def test_nobody_is_their_own_second_person(land: Land) -> None:
    with pytest.raises(DeskFault, match=r"erasure\.same_person"):
        land.sign(second=Second(land.office.vault.person.id, PHRASE))
    assert [one[0] for one in erasure.seconds(land.office.vault)] == [SECOND]


def test_the_statement_says_nothing_about_anybody_and_opens_with_minisign_rules(land: Land) -> None:
    land.sign()
    (statement,) = land.statements()
    for word in (NAME, "Zarifa", land.post.name, "screening"):
        assert word.encode() not in statement
    read = read_erasure(statement, [land.office.offline.certificates.public])
    assert read.digests == tuple(sorted(read.digests))


def add_second_person(vault: OpenVault) -> None:
    """Another coordinator with an account at headquarters."""
    header = slots.with_slot(
        vault.header,
        vault._keys,
        person=SECOND,
        label="Second Coordinator (invented)",
        phrase=SECOND_PHRASE,
        randomness=vault.world.randomness,
        policy=FOR_TESTS,
    )
    vault.header = slots.write_header(vault.folder, header, vault._keys.database)
    vault.journal.append(
        actor=vault.person.id,
        subject=subject("person", SECOND),
        kind="person.added",
        payload={"label": "Second Coordinator (invented)", "roles": [Role.COORDINATOR.value]},
    )


def states(vault: OpenVault, post: OpenVault, about: str) -> set[State]:
    """Where the records of `post` about somebody are in a vault; what says that people asked is left out."""
    found = set()
    for entry, _ in vault.journal.about(about):
        if entry.stream == post.stream and not entry.kind.startswith("request."):
            found.add(vault.journal.state(entry.payload))
    return found


def certificates(office: Office) -> list[Certificate]:
    return list(certified(office.vault.database))


def _receipt_key(office: Office) -> SigningKey:
    return office_keys(office.vault).receipts
