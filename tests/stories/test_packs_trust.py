"""What else travels in content packs: the trust list, who vouched for a new stick, and translations.

Keys, phrases, offices and words are invented.
"""

from pathlib import Path

import pytest

from fieldkit import files
from fieldkit.crypto.offline import OfflineKeys
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages import catalogues
from fieldkit.services import devices, enrolment, packs, rotation
from fieldkit.services.vault import OFFLINE_FILE, OpenVault
from tests.stories.offices import clock_of
from tests.stories.packs import Makers, makers, phrases_cost_little, post, refusal

__all__ = ["makers", "phrases_cost_little", "post"]

NEW_PHRASE = "anchor velvet seven harbour willow stone"
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Lock"
msgstr "Fermer (du pack)"

#, fuzzy
msgid "Entries {first} to {last}"
msgstr "De {first} à {last}"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The least that a pack may hold: the rules as they are."""
    folder = tmp_path / "small"
    (folder / "codebook").mkdir(parents=True)
    rules = (files.resources() / "codebook" / "rules.csv").read_bytes()
    (folder / "codebook" / "rules.csv").write_bytes(rules)
    return folder


@pytest.fixture
def stick_in(makers: Makers, monkeypatch: pytest.MonkeyPatch) -> dict[bytes, OfflineKeys]:
    """Sticks whose seal costs nothing: which keys lie under which bytes."""
    held = {b"": makers.office.offline}

    def seal(keys: OfflineKeys, phrase: str) -> bytes:
        content = f"stick {len(held)}".encode()
        held[content] = keys
        return content

    for part in (devices, rotation):
        monkeypatch.setattr(part, "open_offline", lambda content, phrase: held[content])
    monkeypatch.setattr(rotation, "seal_offline", seal)
    return held


def test_the_newest_trust_list_comes_with_every_pack_and_an_older_one_undoes_nothing(
    makers: Makers, post: OpenVault, source: Path, stick_in: dict[bytes, OfflineKeys]
) -> None:
    first = makers.signed(makers.laid_out(source), 0, 1)
    packs.accept(post, first)
    assert enrolment.held_list(post) is None, "there was none yet"
    devices.publish(makers.vault, b"", "")
    second = makers.signed(makers.laid_out(source, title="Summer content"), 0, 1)
    newer = devices.publish(makers.vault, b"", "").content
    devices.accept(post, newer)
    taken = packs.accept(post, second)
    held = enrolment.held_list(post)
    assert held is not None
    assert (taken.number, held.number) == (2, 2), "the pack was taken, and its older list left aside"
    third = makers.signed(makers.laid_out(source, title="Autumn content"), 0, 1)
    devices.publish(makers.vault, b"", "")
    packs.accept(post, third)
    held = enrolment.held_list(post)
    assert held is not None
    assert held.number == 2, "the list that was newest when the pack was made"


def test_a_forged_list_refuses_the_whole_pack(
    makers: Makers,
    post: OpenVault,
    source: Path,
    stick_in: dict[bytes, OfflineKeys],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two people with keys for packs are not those who may name laptops."""
    content = devices.publish(makers.vault, b"", "").content
    forged = content.replace(b'"number":1', b'"number":9')
    monkeypatch.setattr(devices, "list_file", lambda vault: enrolment.SealedFile("list", forged))
    folder = makers.signed(makers.laid_out(source), 0, 1)
    assert refusal(post, folder) == "trust.not_signed"


def test_a_post_that_has_not_heard_of_the_new_stick_follows_by_the_pack(
    makers: Makers, post: OpenVault, source: Path, stick_in: dict[bytes, OfflineKeys], tmp_path: Path
) -> None:
    before = enrolment.known_office(post).certificate_key
    for number, stick in enumerate((b"", b"stick 1"), start=2):
        folder = tmp_path / f"stick {number}"
        folder.mkdir()
        rotation.new_stick(makers.vault, stick, "", folder, NEW_PHRASE)
        assert (folder / OFFLINE_FILE).is_file()
    folder = makers.signed(makers.laid_out(source), 0, 1)
    packs.look(post, folder)
    assert enrolment.known_office(post).certificate_key == before, "looking keeps nothing"
    packs.accept(post, folder)
    office = enrolment.known_office(makers.vault)
    assert enrolment.known_office(post).certificate_key == office.certificate_key != before
    assert enrolment.known_office(post).recovery == office.recovery


def test_a_pack_whose_succession_is_missing_is_refused(
    makers: Makers, post: OpenVault, source: Path, stick_in: dict[bytes, OfflineKeys], tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    rotation.new_stick(makers.vault, b"", "", tmp_path / "new", NEW_PHRASE)
    folder = makers.signed(makers.laid_out(source), 0, 1)
    (folder / "1.succession.fks").unlink()
    assert refusal(post, folder) == "pack.other_office"


# --- words ----------------------------------------------------------------------------------------------


def with_words(source: Path, text: str, tag: str = "fr") -> Path:
    folder = source / "translations" / tag
    folder.mkdir(parents=True)
    (folder / "interface.po").write_text(text, encoding="utf-8")
    return source


def test_translations_of_a_pack_come_before_the_shipped_ones_while_it_is_in_force(
    makers: Makers, post: OpenVault, source: Path
) -> None:
    shipped = catalogues.load("fr", "interface")
    waits = makers.signed(makers.laid_out(with_words(source, PO), waits=9), 0, 1)
    packs.accept(post, waits)
    assert catalogues.load("fr", "interface").say("Lock") == shipped.say("Lock"), "it waits for its day"
    clock_of(post).turn(days=10)
    packs.state(post)
    words = catalogues.load("fr", "interface")
    assert words.say("Lock") == "Fermer (du pack)"
    assert not words.is_draft("Lock"), "whoever signed the pack answers for what is not marked as a draft"
    assert words.say("Entries {first} to {last}", first=1, last=3) == "De 1 à 3"
    assert words.is_draft("Entries {first} to {last}")
    assert words.say("Exchange") == shipped.say("Exchange"), "the rest is the shipped one"
    post.close()
    assert catalogues.load("fr", "interface").say("Lock") == shipped.say("Lock"), "it goes with the vault"


@pytest.mark.parametrize(
    ("text", "tag", "code"),
    [
        (PO.replace("De {first} à {last}", "De {first}"), "fr", "pack.words_altered"),
        ("msgid this is no gettext", "fr", "pack.words_unreadable"),
        (PO, "xx", "pack.words_language"),
    ],
)
def test_words_that_cannot_be_used_are_refused_before_anybody_signs(
    makers: Makers, source: Path, text: str, tag: str, code: str
) -> None:
    with pytest.raises(FieldkitError) as caught:
        makers.laid_out(with_words(source, text, tag))
    assert caught.value.code == code
