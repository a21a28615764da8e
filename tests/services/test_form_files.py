"""What comes with a form: read where the form lies or out of one archive, bounded, by name only."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.services import administer, form_files
from fieldkit.services.errors import ContentRefused
from fieldkit.services.form_files import FormFiles, media_named
from fieldkit.services.forms_held import medium
from fieldkit.services.vault import OpenVault
from tests.forms.xlsforms import xlsx
from tests.services.samples import picture, sound

SURVEY = (
    ("type", "name", "label::English (en)", "media::image::English (en)", "media::audio::English (en)"),
    ("select_one pumps", "pump", "Which pump?", "well & pump.png", "ask.wav"),
)
CHOICES = (
    ("list_name", "name", "label::English (en)", "media::image::English (en)"),
    ("pumps", "hand", "A hand pump", "hand.jpg"),
    ("pumps", "motor", "A motor pump", "gone.jpg"),
)
FORM = xlsx(survey=SURVEY, choices=CHOICES)
BESIDE = {"well & pump.png": picture("PNG"), "ask.wav": sound(), "hand.jpg": picture("JPEG")}


def packed(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(ContentRefused) as fault:
        form_files.form_files(Path("form.zip"), content)
    return fault.value.code


def installed(post: OpenVault, files: FormFiles) -> tuple[str, str]:
    report = administer.check_form(files.content, files.name, files.lists)
    assert report.is_usable, [str(problem) for problem in report.problems]
    media = files.media(report.xform)
    administer.install_form(post, files.content, files.name, files.lists, media)
    return report.form_id, report.version


@pytest.mark.parametrize("folder", ["", "pumps-media"])
def test_media_beside_a_form_are_kept_with_it(post: OpenVault, tmp_path: Path, folder: str) -> None:
    form = tmp_path / "pumps.xlsx"
    form.write_bytes(FORM)
    (tmp_path / folder).mkdir(exist_ok=True)
    for name, content in BESIDE.items():
        (tmp_path / folder / name).write_bytes(content)
    (tmp_path / folder / "holiday.jpg").write_bytes(picture("JPEG", (20, 20)))
    form_id, version = installed(post, form_files.form_files(form, FORM))
    for name, content in BESIDE.items():
        assert medium(post, form_id, version, name) == content
    assert medium(post, form_id, version, "holiday.jpg") is None, "the form does not name it"
    assert medium(post, form_id, version, "gone.jpg") is None
    entry = [entry for entry, _ in post.journal.entries(post.stream)][-1]
    payload = post.journal.payload(entry.payload)
    assert payload is not None
    assert {one["name"]: one["size"] for one in payload.value()["media"]} == {
        name: len(content) for name, content in BESIDE.items()
    }


def test_an_archive_holds_a_form_with_all_that_belongs_to_it(post: OpenVault) -> None:
    inside = {"pumps/pumps.xlsx": FORM, "__MACOSX/._pumps.xlsx": b"x"}
    inside |= {f"pumps/media/{name}": content for name, content in BESIDE.items()}
    files = form_files.form_files(Path("pumps.zip"), packed(inside))
    assert files.name == "pumps.xlsx"
    form_id, version = installed(post, files)
    assert medium(post, form_id, version, "hand.jpg") == BESIDE["hand.jpg"]


def test_an_archive_may_hold_an_xform_and_its_lists() -> None:
    xform = b'<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"/>'
    files = form_files.form_files(
        Path("a.zip"), packed({"form.xml": xform, "towns.csv": b"name,label\n", "places.xml": b"<root/>"})
    )
    assert files.name == "form.xml"
    assert set(files.lists) == {"towns.csv", "places.xml"}


def test_a_newer_install_of_a_version_brings_its_own_media(post: OpenVault, tmp_path: Path) -> None:
    whole = packed({"pumps.xlsx": FORM, **BESIDE})
    form_id, version = installed(post, form_files.form_files(tmp_path / "a.zip", whole))
    less = packed({"pumps.xlsx": FORM, "hand.jpg": picture("PNG")})
    installed(post, form_files.form_files(tmp_path / "b.zip", less))
    assert medium(post, form_id, version, "hand.jpg") == picture("PNG")
    assert medium(post, form_id, version, "ask.wav") is None


def test_a_form_that_is_refused_keeps_no_media(post: OpenVault) -> None:
    built_in = xlsx(
        survey=SURVEY, choices=CHOICES, settings=(("form_title", "form_id"), ("Mine", "screening"))
    )
    with pytest.raises(ContentRefused):
        administer.install_form(post, built_in, "a.xlsx", {}, BESIDE)
    assert post.database.number("SELECT COUNT(*) FROM attachments") == 0


def test_what_is_no_picture_sound_or_film_is_left_out() -> None:
    files = FormFiles("a.xlsx", b"", {}, held={"a.png": b"#!/bin/sh\n", "b.png": picture("PNG")})
    assert set(files.media(b"<v>jr://images/a.png</v><v>jr://images/b.png</v>")) == {"b.png"}


def test_an_archive_that_says_it_is_small_is_counted_while_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(form_files, "MOST_MEDIA_BYTES", 1_000_000)
    bomb = packed({"pumps.xlsx": FORM, "zeros.bin": bytes(3_000_000)})
    assert len(bomb) < 30_000
    assert refused(bomb) == "form.media_too_large"
    at = bomb.rfind(b"PK\x01\x02")  # the entry of the large file in the list at the end
    lying = bomb[: at + 24] + (10).to_bytes(4, "little") + bomb[at + 28 :]
    assert refused(lying) in ("form.media_too_large", "form.archive_damaged")


def damaged() -> bytes:
    """An archive whose lists are right and whose bytes are not."""
    whole = bytearray(packed({"towns.csv": bytes(range(256)) * 20, "form.xml": b"<x/>"}))
    whole[60] ^= 0xFF
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed({"a.txt": b"x"}), "form.archive_without_form"),
        (packed({"a.xlsx": FORM, "b.xlsx": FORM}), "form.archive_without_form"),
        (packed({f"{n}.png": b"" for n in range(1001)}), "form.archive_damaged"),
        (damaged(), "form.archive_damaged"),
    ],
    ids=["no form", "two forms", "too many files", "damaged"],
)
def test_other_archives_are_refused(content: bytes, code: str) -> None:
    assert refused(content) == code


@pytest.mark.parametrize(
    "name", ["../../outside.png", "..\\outside.png", "/etc/outside.png", "c:outside.png"]
)
def test_names_lead_nowhere_else(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside.png").write_bytes(picture("PNG"))
    (tmp_path / "forms").mkdir()
    named = media_named(f"<value form='image'>jr://images/{name}</value>".encode())
    assert all("/" not in one and "\\" not in one and not one.startswith(".") for one in named)
    files = FormFiles("a.xlsx", b"", {}, (tmp_path / "forms",))
    assert files.media(f"<v>jr://images/{name}</v>".encode()) == {}


def test_names_are_read_as_the_form_spells_them() -> None:
    xform = b'<value>jr://images/a &amp; b.png</value><value form="audio">jr://audio/c.mp3</value>'
    assert media_named(xform + xform) == ("a & b.png", "c.mp3")
    assert media_named(b"<instance src='jr://file/towns.csv'/>") == ()


@given(st.binary(max_size=200), st.integers(0, 200))
@settings(max_examples=60)
def test_no_archive_is_too_strange(noise: bytes, at: int) -> None:
    whole = packed({"form.xml": b"<h:html xmlns='http://www.w3.org/2002/xforms'/>", "a.csv": b"name\n"})
    at = min(at, len(whole))
    for content in (b"PK\x03\x04" + noise, whole[:at] + noise + whole[at:], whole[: len(whole) - at]):
        try:
            form_files.form_files(Path("nowhere/form.zip"), content)
        except ContentRefused as fault:
            assert fault.code.startswith("form.")
