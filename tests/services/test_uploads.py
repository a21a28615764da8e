"""Files as answers: closed in protection forms, what their bytes say, gone with their answer, kept for good."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.domain.outcome import Mark
from fieldkit.domain.ports import JsonObject
from fieldkit.services import administer, correcting, entered, intake, moving, uploads
from fieldkit.services.errors import ContentRefused, DeskFault
from fieldkit.services.interview import Interview
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.uploads import Prepared, prepared
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.storage.attachments import draft_holder, submission_holder
from fieldkit.storage.errors import DatabaseFault
from tests.conftest import PHRASE
from tests.forms.xlsforms import survey, xlsx
from tests.services.samples import SECRET, mp4, picture, points, sound
from tests.worlds import world

QUESTIONS = survey(
    ("text", "place", "Which well?"),
    ("image", "well", "A picture of the well"),
    ("audio", "pump", "How the pump sounds"),
    ("video", "flow", "How the water flows"),
    ("file", "plan", "The plan"),
    ("begin_repeat", "pipe", "Pipes"),
    ("image", "joint", "A picture of the joint"),
    ("end_repeat", "", ""),
)
SETTINGS = (("form_title", "form_id", "version"), ("Wells (invented)", "wells", "1"))


def wells(post: OpenVault) -> Interview:
    if "wells" not in {form.id for form in intake.offered_forms(post)}:
        report = administer.install_form(post, xlsx(survey=QUESTIONS, settings=SETTINGS), "wells.xlsx")
        assert report.is_usable, [str(problem) for problem in report.problems]
    return intake.begin(post, "wells", officer_language="en", person_language="en")


def attach(interview: Interview, ref: str, content: bytes, name: str = "") -> str:
    interview.attach(ref, interview.uploads.prepared(ref, content, name))
    return interview.session.value(ref)


def held(post: OpenVault, interview: Interview) -> list[str]:
    return [one.name for one in post.attachments.of(draft_holder(interview.draft_id))]


def test_an_attached_file_is_there_when_the_interview_is_gone_on_with(post: OpenVault) -> None:
    interview = wells(post)
    name = attach(interview, "/data/pump", sound())
    again = intake.resume(post, interview.draft_id)
    assert again.session.value("/data/pump") == name
    assert again.uploads.content("/data/pump") == sound()
    attached = again.uploads.of("/data/pump")
    assert attached is not None and (attached.media_type, attached.size) == ("audio/wav", len(sound()))


def test_where_a_picture_was_taken_never_reaches_the_vault(post: OpenVault) -> None:
    interview = wells(post)
    content = picture("JPEG", with_place=True)
    name = attach(interview, "/data/well", content, "Amaru at the well.jpg")
    kept = interview.uploads.content("/data/well")
    assert SECRET not in kept and b"Exif" not in kept
    assert points(kept) == points(content)
    assert "Amaru" not in name and name.endswith(".jpg")


def test_a_picture_sent_as_a_file_is_cleaned_too(post: OpenVault) -> None:
    interview = wells(post)
    attach(interview, "/data/plan", picture("PNG", with_place=True), "plan.pdf")
    assert SECRET not in interview.uploads.content("/data/plan")


@pytest.mark.parametrize(
    ("ref", "content", "code"),
    [
        ("/data/well", b"%PDF-1.7\n", "attach.not_image"),
        ("/data/well", sound(), "attach.not_image"),
        ("/data/pump", picture(), "attach.not_audio"),
        ("/data/pump", mp4(), "attach.not_audio"),
        ("/data/flow", sound(), "attach.not_video"),
        ("/data/well", picture("GIF"), "attach.picture_kind"),
        ("/data/well", picture()[:200], "attach.picture_damaged"),
        ("/data/plan", b"", "attach.empty"),
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(
    post: OpenVault, ref: str, content: bytes, code: str
) -> None:
    interview = wells(post)
    with pytest.raises(ContentRefused) as fault:
        attach(interview, ref, content, "well.jpg")
    assert fault.value.code == code
    assert (interview.session.value(ref), held(post, interview)) == ("", [])


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch, post: OpenVault) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    with pytest.raises(ContentRefused) as fault:
        attach(wells(post), "/data/plan", b"x" * 1001)
    assert fault.value.code == "attach.too_large"


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("image/*", picture()),
        ("audio/*", sound()),
        ("video/*", mp4()),
        ("application/*", picture()),
        ("application/*", sound()),
    ],
)
def test_a_protection_form_takes_no_picture_sound_or_film(media_type: str, content: bytes) -> None:
    """`protection.md` 9; also when somebody sends it as a plain file."""
    with pytest.raises(DeskFault) as fault:
        prepared(content, media_type, survey=False)
    assert fault.value.code == "attach.closed"
    assert prepared(content, media_type, survey=True).content


def test_a_protection_form_takes_a_paper_that_is_no_picture() -> None:
    assert prepared(b"%PDF-1.7\n", "application/*", survey=False).medium.ending == "pdf"


def test_another_file_takes_the_place_of_the_first(post: OpenVault) -> None:
    interview = wells(post)
    attach(interview, "/data/well", picture())
    name = attach(interview, "/data/well", picture("PNG"))
    assert held(post, interview) == [name]


@pytest.mark.parametrize("how", ["cleared", "skipped", "declined"])
def test_a_file_goes_with_its_answer(post: OpenVault, how: str) -> None:
    interview = wells(post)
    attach(interview, "/data/well", picture())
    stays = attach(interview, "/data/pump", sound())
    if how == "cleared":
        interview.answer("/data/well", "")
    else:
        interview.mark("/data/well", Mark.SKIPPED if how == "skipped" else Mark.DECLINED)
    assert held(post, interview) == [stays]


def test_a_file_goes_with_its_row_and_other_rows_keep_theirs(post: OpenVault) -> None:
    interview = wells(post)
    interview.add_row("/data/pipe")
    attach(interview, "/data/pipe[1]/joint", picture())
    stays = attach(interview, "/data/pipe[2]/joint", picture("PNG"))
    interview.remove_row("/data/pipe[1]")
    assert held(post, interview) == [stays]
    assert (
        interview.uploads.content("/data/pipe[1]/joint")
        == uploads.prepared(picture("PNG"), "image/*", survey=True).content
    )


def test_a_discarded_interview_leaves_no_file(post: OpenVault) -> None:
    interview = wells(post)
    attach(interview, "/data/well", picture())
    intake.discard(post, interview.draft_id)
    assert post.database.number("SELECT COUNT(*) FROM attachment_parts") == 0


def test_a_finished_interview_keeps_its_files_as_the_record_names_them(post: OpenVault) -> None:
    interview = wells(post)
    name = attach(interview, "/data/pump", sound())
    attach(interview, "/data/plan", b"%PDF-1.7 (invented)\n")
    interview.answer("/data/plan", "")
    finished = intake.finish(post, interview)
    holder = submission_holder(finished.instance_id)
    assert post.attachments.content(holder, name) == sound()
    entry = [entry for entry, _ in post.journal.entries(post.stream)][-1]
    payload = post.journal.payload(entry.payload)
    assert payload is not None
    told = payload.value()
    (listed,) = told["attachments"]
    attached = post.attachments.find(holder, name)
    assert attached is not None
    assert listed == {
        "name": name,
        "type": "audio/wav",
        "size": len(sound()),
        "sha256": attached.digest,
    }
    assert f">{name}<" in told["xml"]
    assert json.dumps(told).count(name) == 2, "in the record and in the list, nowhere else"


def test_a_file_goes_along_when_its_draft_moves_to_a_newer_form(post: OpenVault) -> None:
    interview = wells(post)
    name = attach(interview, "/data/pump", sound())
    newer = xlsx(survey=QUESTIONS, settings=(SETTINGS[0], ("Wells (invented)", "wells", "2")))
    administer.install_form(post, newer, "wells.xlsx")
    moving.move(post, moving.plan(post, interview.draft_id))
    moved = intake.resume(post, interview.draft_id)
    assert moved.form.version == "2"
    assert moved.session.value("/data/pump") == name
    assert moved.uploads.content("/data/pump") == sound()


def test_a_correction_has_the_files_and_what_was_finished_keeps_its_own(post: OpenVault) -> None:
    interview = wells(post)
    name = attach(interview, "/data/pump", sound())
    done = intake.finish(post, interview)
    about = next(
        entry.subject for entry, _ in post.journal.entries(post.stream) if "submission" in entry.kind
    )
    again = correcting.correct(post, about, done.instance_id)
    assert again.uploads.content("/data/pump") == sound()
    attach(again, "/data/pump", sound(0.2))
    assert post.attachments.content(submission_holder(done.instance_id), name) == sound()
    intake.discard(post, again.draft_id)
    assert post.attachments.content(submission_holder(done.instance_id), name) == sound()


def test_what_a_form_about_a_person_has_attached_stays_in_the_part_that_never_travels() -> None:
    payload: JsonObject = {
        "instance_id": "uuid:1",
        "facts": {},
        "marks": {},
        "xml": "<data/>",
        "travel": [],
        "attachments": [{"name": "a.pdf"}],
        "form": "screening",
    }
    shared, kept = entered.part(payload, frozenset())
    assert "attachments" not in shared
    assert kept["attachments"] == [{"name": "a.pdf"}]


def test_a_disk_that_refuses_leaves_the_answer_and_its_file_as_they_were(
    post: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview = wells(post)
    name = attach(interview, "/data/well", picture())

    def full(*_: object) -> None:
        raise DatabaseFault("vault.disk_full")

    monkeypatch.setattr(post.drafts, "log", full)
    with pytest.raises(DatabaseFault):
        attach(interview, "/data/well", picture("PNG"))
    assert interview.session.value("/data/well") == name
    assert held(post, interview) == [name]


@pytest.fixture(scope="module")
def shared() -> Iterator[OpenVault]:
    """One post for the law below: a vault for every example would cost too much."""
    with TemporaryDirectory() as folder:
        new = NewVault(
            desk=Desk.POST, name="Well post (invented)", person="Officer 1", language="en", phrase=PHRASE
        )
        vault = create_vault(Path(folder) / "vault", new, world("uploads"), FOR_TESTS)
        yield vault
        vault.close()


@given(st.binary(min_size=1, max_size=400_000))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.data_too_large])
def test_what_was_attached_comes_back_byte_for_byte(shared: OpenVault, content: bytes) -> None:
    interview = wells(shared)
    try:
        file: Prepared = interview.uploads.prepared("/data/plan", content)
    except ContentRefused as fault:
        assert fault.code in ("attach.picture_damaged", "attach.picture_kind")
        return
    interview.attach("/data/plan", file)
    finished = intake.finish(shared, interview)
    name = interview.session.value("/data/plan")
    assert shared.attachments.content(submission_holder(finished.instance_id), name) == file.content
    if file.medium.kind != "image":
        assert file.content == content
