"""Files are written whole or not at all; the log cannot hold a record's content."""

import io
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from fieldkit import files, logs


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "bundle"
    files.write_whole(target, b"first")
    files.write_whole(target, b"second")
    assert target.read_bytes() == b"second"
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_a_failure_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "bundle"
    files.write_whole(target, b"first")

    def disk_full(_: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="no space"):
        files.write_whole(target, b"second")
    assert target.read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["bundle"]


def test_reading_is_bounded_and_follows_no_link(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.write_bytes(b"1234")
    assert files.read_bounded(small, 4) == b"1234"
    assert files.read_bounded(small, 3) is None
    assert files.read_bounded(tmp_path, 100) is None
    link = tmp_path / "link"
    link.symlink_to(small)
    assert files.read_bounded(link, 100) is None


def test_what_says_it_is_too_long_is_not_begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = tmp_path / "endless"
    with endless.open("wb") as file:
        file.truncate(100 * 1024**3)  # it holds nothing, and says that it holds 100 GB
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", lambda descriptor, _mode: _Unread(descriptor))
        assert files.read_bounded(endless, 4) is None


class _Unread:
    """An open file from which nothing may be read."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __enter__(self) -> "_Unread":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._descriptor)

    def fileno(self) -> int:
        return self._descriptor

    def read(self, _: int) -> bytes:
        raise AssertionError("a file of 100 GB would be read into memory")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="sticks of Windows know no pipes")
def test_a_pipe_on_a_stick_is_neither_read_nor_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both would wait for ever, for the other end of it."""
    pipe, written = tmp_path / "pipe", tmp_path / "request.fkd"
    os.mkfifo(pipe)
    foreseen = tmp_path / f"request.fkd.{os.getpid()}-1.part"
    monkeypatch.setattr(files, "fresh", lambda _: foreseen)
    os.mkfifo(foreseen)
    assert files.read_bounded(pipe, 100) is None
    with files.open_regular(pipe) as file:
        assert file is None
    files.write_whole(written, b"whole")
    os.mkfifo(foreseen)
    files.write_whole_with(written, lambda into: into.write(b"whole again"))
    assert written.read_bytes() == b"whole again"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="sticks of Windows know no pipes")
def test_a_file_that_becomes_a_pipe_while_it_is_looked_at_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(Path, "is_file", lambda _: True)
    assert files.read_bounded(tmp_path / "pipe", 100) is None


def test_the_name_of_a_new_folder_is_synced_in_the_one_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    files.make_folder(tmp_path / "posts" / "river")
    assert (tmp_path / "posts" / "river").is_dir()
    assert set(synced) == {tmp_path, tmp_path / "posts"}
    synced.clear()
    files.make_folder(tmp_path / "posts" / "river")
    assert synced == []


def test_a_canary_never_reaches_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    logs.start(logging.INFO)
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    monkeypatch.setattr(handler, "stream", stream)
    log = logging.getLogger("fieldkit.test")
    log.info("answer %s in %s, %d rows", "CANARY-NAME", logs.Harmless("intake"), 3)
    try:
        raise ValueError("CANARY-NAME")
    except ValueError:
        log.exception("failed")
    written = stream.getvalue()
    assert "CANARY" not in written
    assert "answer … in intake, 3 rows" in written
    assert "ValueError" in written


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such files unless it is told to")
def test_a_crash_leaves_no_picture_of_the_memory() -> None:
    words = (
        "import resource as r; from fieldkit import logs; logs.no_dumps(); print(r.getrlimit(r.RLIMIT_CORE))"
    )
    said = subprocess.run(
        [sys.executable, "-c", words],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[1])},
    )
    assert said.stdout.strip() == "(0, 0)"
