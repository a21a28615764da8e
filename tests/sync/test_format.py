"""The archive: what GNU tar writes with the options named, byte for byte, and nothing else."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.sync.faults import BundleFault
from fieldkit.sync.format import (
    BLOCK,
    END,
    MAX_FILES,
    ArchiveReader,
    file_in_archive,
    header,
    is_name,
    size_in_archive,
)

STOCK = ("--format=ustar", "--owner=0", "--group=0", "--numeric-owner", "--mode=0600", "--mtime=@0", "-b1")
NAMES = st.from_regex(r"[a-z0-9]{1,8}(\.[a-z]{1,5})?", fullmatch=True)
FILES = st.dictionaries(NAMES, st.binary(max_size=2000), max_size=5)


class Collected:
    """A visitor that keeps everything."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self._name = ""

    def begin(self, name: str, size: int) -> None:
        self.files[name] = b""
        self._name = name

    def content(self, piece: bytes) -> None:
        self.files[self._name] += piece

    def end(self) -> None:
        pass


def write(files: dict[str, bytes]) -> bytes:
    return b"".join(piece for name in files for piece in file_in_archive(name, files[name])) + END


def read(archive: bytes, step: int = 1 << 20) -> dict[str, bytes]:
    collected = Collected()
    reader = ArchiveReader(collected)
    for start in range(0, len(archive), step):
        reader.write(archive[start : start + step])
    reader.finish()
    return collected.files


def refused(archive: bytes) -> None:
    with pytest.raises(BundleFault, match=r"bundle\.altered"):
        read(archive)


# Stories


def test_gnu_tar_writes_the_same_bytes(tmp_path: Path) -> None:
    files = {"manifest.json": b"{}", "entries.jsonl": b"x" * 1500, "empty": b"", "block": bytes(BLOCK)}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    stock = subprocess.run(["tar", "-c", *STOCK, *files], cwd=tmp_path, capture_output=True, check=True)
    assert stock.stdout == write(files)


def test_gnu_tar_unpacks_what_we_write(tmp_path: Path) -> None:
    subprocess.run(["tar", "-x"], cwd=tmp_path, input=write({"a.json": b"one", "b": b"two"}), check=True)
    assert (tmp_path / "a.json").read_bytes() == b"one"
    assert (tmp_path / "b").read_bytes() == b"two"


@pytest.mark.parametrize(
    "name", ["", "/etc/passwd", "../up", "a/../b", "A", "a//b", ".hidden", "a\\b", "c:x", "é"]
)
def test_a_name_never_leads_out_of_the_folder(name: str) -> None:
    assert not is_name(name)
    if name.isascii():
        refused(header(name, 0) + END)


def test_links_devices_and_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "target").write_bytes(b"")
    (tmp_path / "link").symlink_to("target")
    (tmp_path / "folder").mkdir()
    for name in ("link", "folder"):
        stock = subprocess.run(["tar", "-c", *STOCK, name], cwd=tmp_path, capture_output=True, check=True)
        refused(stock.stdout)


def test_what_follows_the_end_or_is_cut_off_is_refused() -> None:
    archive = write({"a": b"one"})
    refused(archive + b"\0")
    refused(archive + bytes(BLOCK))
    for cut in (1, BLOCK, 2 * BLOCK, len(archive)):
        refused(archive[:-cut])


def test_a_name_twice_and_too_many_files_are_refused() -> None:
    one = b"".join(file_in_archive("a", b""))
    refused(one + one + END)
    read(write({f"f{number}": b"" for number in range(MAX_FILES)}))
    refused(write({f"f{number}": b"" for number in range(MAX_FILES + 1)}))


# Laws


@given(FILES, st.integers(1, 3000))
def test_what_is_written_is_read_back_in_whatever_pieces(files: dict[str, bytes], step: int) -> None:
    archive = write(files)
    assert read(archive, step) == files
    assert len(archive) == len(END) + sum(size_in_archive(len(content)) for content in files.values())


@given(FILES, st.data())
def test_a_changed_byte_is_another_archive_or_none(files: dict[str, bytes], data: st.DataObject) -> None:
    archive = bytearray(write(files))
    archive[data.draw(st.integers(0, len(archive) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        assert write(read(bytes(archive))) == archive
    except BundleFault as fault:
        assert fault.code == "bundle.altered"


@given(st.lists(st.binary(max_size=700), max_size=6))
def test_any_bytes_are_refused_with_a_known_fault(pieces: list[bytes]) -> None:
    archive = b"".join(pieces)
    try:
        assert write(read(archive)) == archive
    except BundleFault as fault:
        assert fault.code == "bundle.altered"
