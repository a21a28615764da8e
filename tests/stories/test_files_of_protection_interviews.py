"""A paper that belongs to a protection interview goes with its answer: openly, sealed, or not at all."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from fieldkit.content.form_roles import FormKind
from fieldkit.domain.classes import SealedClass
from fieldkit.domain.errors import PersonFault
from fieldkit.services import administer, entered, forms_held, intake, office_answers
from fieldkit.services.vault import OpenVault
from fieldkit.storage.attachments import submission_holder
from fieldkit.storage.errors import ClassFault
from tests.forms.xlsforms import survey, xlsx
from tests.services.samples import sound
from tests.stories import sealed_office
from tests.stories.sealed_office import NOOR, Headquarters
from tests.stories.test_sealed_classes import everything_in

QUESTIONS = survey(
    ("select_one yes_no", "share_headquarters", "May headquarters see this?", "headquarters"),
    ("file", "help_missing", "The list of what is missing"),  # for headquarters, open
    ("file", "reasons", "The letter that tells why"),  # for headquarters, sealed
    ("file", "harm_places", "The paper of the clinic"),  # sealed, and stays
    ("file", "name_told", "The paper with the name"),  # open, and stays
    header=("type", "name", "label", "bind::fk:recipient"),
)
CHOICES = (("list_name", "name", "label"), ("yes_no", "yes", "Yes"), ("yes_no", "no", "No"))
SETTINGS = (
    ("form_title", "form_id", "version", "namespaces"),
    ("Papers (invented)", "papers", "1", 'fk="https://fieldkit.org/xforms"'),
)
PDF = b"%PDF-1.7\n%invented\n"
LIST, LETTER, CLINIC, NAME = (
    PDF + word * 400 for word in (b"List-Ixchel ", b"Letter-Ixchel ", b"Clinic-Ixchel ", b"Name-Ixchel ")
)


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Headquarters]:
    made = sealed_office.found(tmp_path_factory.mktemp("files"))
    made.clear(NOOR, SealedClass.ASYLUM)
    made.publish()
    yield made
    made.vault.close()


@pytest.fixture
def post(headquarters: Headquarters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenVault]:
    made = sealed_office.post_of(
        headquarters, tmp_path / "post", f"Paper post {tmp_path.name} (invented)"[:100]
    )
    assert administer.install_form(
        made, xlsx(survey=QUESTIONS, choices=CHOICES, settings=SETTINGS), "papers.xlsx"
    ).is_usable
    held = forms_held._held_survey
    monkeypatch.setattr(
        forms_held, "_held_survey", lambda *asked: replace(held(*asked), kind=FormKind.PROTECTION)
    )
    yield made
    made.close()


def told(post: OpenVault, agreed: str = "yes", **contents: bytes) -> intake.Finished:
    """A finished interview of a protection form of an approved pack, with these files."""
    interview = intake.begin(post, "papers", officer_language="en", person_language="en")
    interview.answer("/data/share_headquarters", agreed)
    for name, content in contents.items():
        ref = f"/data/{name}"
        interview.attach(ref, interview.uploads.prepared(ref, content, "paper.pdf"))
    return intake.finish(post, interview)


def names_in(vault: OpenVault, instance: str) -> int:
    return len(vault.attachments.of(submission_holder(instance)))


def test_the_file_of_an_answer_that_travels_goes_with_it_and_no_other(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    done = told(post, help_missing=LIST, reasons=LETTER, harm_places=CLINIC, name_told=NAME)
    sealed_office.carry(post, headquarters, tmp_path)
    vault = headquarters.in_as("Coordinator")
    held = vault.attachments.of(submission_holder(done.instance_id))
    assert len(held) == 2
    (plain,) = [one for one in held if one.digest == sha256(LIST).hexdigest()]
    assert vault.attachments.content(submission_holder(done.instance_id), plain.name) == LIST
    everything = b"\n".join(everything_in(vault.database))
    assert b"List-Ixchel" in everything, "the search looks where it should"
    for word in (b"Letter-Ixchel", b"Clinic-Ixchel", b"Name-Ixchel"):
        assert word not in everything
    assert office_answers.files(vault, done.case) == ()


def test_a_sealed_file_opens_for_who_is_cleared(
    headquarters: Headquarters, post: OpenVault, tmp_path: Path
) -> None:
    done = told(post, reasons=LETTER)
    sealed_office.carry(post, headquarters, tmp_path)
    noor = headquarters.in_as(NOOR)
    (letter,) = office_answers.files(noor, done.case)
    assert (letter.kept_as, letter.size) == (SealedClass.ASYLUM, len(LETTER))
    assert office_answers.content(noor, letter) == LETTER
    with pytest.raises(ClassFault, match=r"sealed\.not_cleared"):
        office_answers.content(headquarters.in_as("Coordinator"), letter)


def test_a_no_keeps_every_file(headquarters: Headquarters, post: OpenVault, tmp_path: Path) -> None:
    done = told(post, "no", help_missing=LIST, reasons=LETTER)
    sealed_office.carry(post, headquarters, tmp_path)
    assert names_in(headquarters.vault, done.instance_id) == 0
    assert names_in(post, done.instance_id) > 0
    assert post.database.number("SELECT COUNT(*) FROM attachments WHERE holder LIKE 'office/%'") == 0


def test_a_sound_is_not_taken_and_a_picture_that_lies_there_never_leaves(post: OpenVault) -> None:
    with pytest.raises(PersonFault, match=r"attach\.closed"):
        told(post, help_missing=sound())
    row = {"name": "a.jpg", "type": "image/jpeg", "size": 9, "sha256": "ab" * 32}  # kept by an older version
    held = {"facts": {"help_missing": ["a.jpg"]}, "attachments": [row]}
    assert entered.files_that_travel(held, frozenset({"help_missing"})) == frozenset()
    held["attachments"] = [{**row, "type": "application/pdf"}]
    assert entered.files_that_travel(held, frozenset({"help_missing"})) == {"a.jpg"}


def test_erased_is_erased_with_its_files(headquarters: Headquarters, post: OpenVault, tmp_path: Path) -> None:
    done = told(post, help_missing=LIST, reasons=LETTER)
    sealed_office.carry(post, headquarters, tmp_path)
    for vault in (post, headquarters.vault):
        vault.journal.erase([entry.payload for entry, _ in vault.journal.about(f"case/{done.case}")])
        assert names_in(vault, done.instance_id) == 0
    assert post.database.number("SELECT COUNT(*) FROM attachments WHERE holder LIKE 'office/%'") == 0
