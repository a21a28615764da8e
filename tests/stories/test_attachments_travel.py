"""A picture of a broken well goes with the survey that it belongs to, and headquarters looks at it."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from fieldkit.domain.entries import canonical
from fieldkit.services import administer, enrolment, exchange, finished, importing, intake
from fieldkit.services.vault import OpenVault
from fieldkit.storage import staging
from fieldkit.storage.attachments import submission_holder
from fieldkit.sync import outgoing
from fieldkit.sync.bundle import Range, seal_bundle
from fieldkit.sync.faults import BundleFault
from fieldkit.sync.lines import ENTRIES, FILES, PAYLOADS, payload_line, write_lines
from fieldkit.sync.manifest import Head
from tests.forms.xlsforms import survey, xlsx
from tests.services.samples import sound
from tests.stories import offices
from tests.stories.offices import Office, carry, everything_held

QUESTIONS = survey(
    ("select_one yes_no", "share_headquarters", "May headquarters see this?", "headquarters"),
    ("text", "place", "Which well?"),
    ("audio", "pump", "How the pump sounds"),
    ("file", "plan", "The plan"),
    header=("type", "name", "label", "bind::fk:recipient"),
)
CHOICES = (("list_name", "name", "label"), ("yes_no", "yes", "Yes"), ("yes_no", "no", "No"))
SETTINGS = (
    ("form_title", "form_id", "version", "namespaces"),
    ("Wells (invented)", "wells", "1", 'fk="https://fieldkit.org/xforms"'),
)


@pytest.fixture
def post(tmp_path: Path, office: Office) -> Iterator[OpenVault]:
    made = offices.open_post(tmp_path / "vault", f"Well Bank {tmp_path.name} (invented)"[:100])
    offices.enrol(made, office)
    form = xlsx(survey=QUESTIONS, choices=CHOICES, settings=SETTINGS)
    assert administer.install_form(made, form, "wells.xlsx").is_usable
    yield made
    made.close()


def surveyed(post: OpenVault, *contents: bytes, agreed: str = "yes") -> str:
    """A finished survey with these files; its holder."""
    interview = intake.begin(post, "wells", officer_language="en", person_language="en")
    interview.answer("/data/share_headquarters", agreed)
    interview.answer("/data/place", "North well (invented)")
    for name, content in zip(("pump", "plan"), contents, strict=False):
        ref = f"/data/{name}"
        interview.attach(ref, interview.uploads.prepared(ref, content, "any.wav"))
    return submission_holder(intake.finish(post, interview).instance_id)


def at(vault: OpenVault, holder: str) -> list[bytes]:
    return [vault.attachments.content(holder, one.name) for one in vault.attachments.of(holder)]


def test_what_was_attached_arrives_with_its_survey_and_opens(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    holder = surveyed(post, sound())
    (name,) = exchange.export(post, tmp_path).files
    looked = importing.look(office.vault, tmp_path / name)
    assert len(looked.attached) == 1
    assert at(office.vault, holder) == [], "looking changes nothing"
    taken = importing.import_bundle(office.vault, tmp_path / name)
    assert taken.files == 1
    assert at(office.vault, holder) == at(post, holder) == [sound()]
    assert importing.import_bundle(office.vault, tmp_path / name).already


def test_a_survey_that_was_not_to_be_shared_keeps_its_files(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    secret = sound() + b"0"
    holder = surveyed(post, secret, agreed="no")
    exported = exchange.export(post, tmp_path)
    assert exported.attached == 0
    looked = importing.look(office.vault, tmp_path / exported.files[0])
    assert looked.attached == ()
    importing.import_bundle(office.vault, tmp_path / exported.files[0])
    assert at(office.vault, holder) == []
    assert secret not in everything_held(office.vault)


def test_the_same_file_travels_once_and_arrives_wherever_it_is_named(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    holders = [surveyed(post, sound(), sound()), surveyed(post, sound())]
    (name,) = exchange.export(post, tmp_path).files
    assert len(importing.look(office.vault, tmp_path / name).attached) == 1
    assert importing.import_bundle(office.vault, tmp_path / name).files == 3
    assert [at(office.vault, holder) for holder in holders] == [[sound(), sound()], [sound()]]


def test_many_files_make_more_bundles_and_large_ones_wait_encrypted(
    post: OpenVault, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outgoing, "BATCH_FILES", 2)
    monkeypatch.setattr(staging, "IN_MEMORY", 1000)
    contents = [sound() + bytes([number]) * 2000 for number in range(4)]
    holders = [surveyed(post, content) for content in contents]
    exported = exchange.export(post, tmp_path)
    assert len(exported.files) == 2
    taken = importing.import_sticks(office.vault, importing.bundles_on(tmp_path))
    assert sum(bundle.files for bundle in taken.imported) == 4
    assert [at(office.vault, holder) for holder in holders] == [[content] for content in contents]
    assert not list(office.vault.folder.glob("staging-*"))


def test_a_file_that_is_not_what_its_name_says_is_refused(
    post: OpenVault, office: Office, tmp_path: Path
) -> None:
    """Signed by one of ours, and still not believed: a file lies under the digest of its bytes or nowhere."""
    identity, trusted, certificate = enrolment.held_certificate(post)
    ((entry, content),) = post.journal.entries(post.stream, 0, 1)
    payload = post.journal.payload(entry.payload)
    assert payload is not None

    def bundle(name: str, data: bytes) -> Path:
        sealed = seal_bundle(
            Range(post.stream, 1, 1, Head(1, sha256(content).hexdigest())),
            [
                (ENTRIES, write_lines([content])),
                (PAYLOADS, write_lines([payload_line(payload)])),
                (FILES + name, data),
            ],
            key=identity.key,
            certificate=certificate,
            recipient=trusted.recipient,
            versions={},
            randomness=post.world.randomness,
        )
        (tmp_path / "by hand.fkb").write_bytes(sealed)
        return tmp_path / "by hand.fkb"

    honest = canonical({"invented": "file"})
    digest = sha256(honest).hexdigest()
    importing.look(office.vault, bundle(digest, honest))
    for name, data in ((digest, b"another file"), ("0" * 64, honest), ("readme", honest)):
        with pytest.raises(BundleFault, match=r"bundle\.unsound"):
            importing.look(office.vault, bundle(name, data))
    taken = importing.import_bundle(office.vault, bundle(digest, honest))
    assert taken.files == 0, "no entry names it"
    assert carry(post, office, tmp_path).files == 0


def test_headquarters_opens_what_came_with_a_survey(post: OpenVault, office: Office, tmp_path: Path) -> None:
    surveyed(post, sound())
    carry(post, office, tmp_path)
    about = post.queries.survey_subjects()[-1]
    assert about in {row.about for row in office.vault.queries.surveys()}
    (held,) = finished.of_subject(office.vault, about)
    assert "North well (invented)" in str(held.payload["xml"])
    holder = submission_holder(held.instance_id)
    (file,) = office.vault.attachments.of(holder)
    assert office.vault.attachments.content(holder, file.name) == sound()
