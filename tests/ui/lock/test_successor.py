"""The process that shows sign-in after a lock: it knows nothing of the one before, and waits for its end."""

import os
import sys
from pathlib import Path

import pytest

from fieldkit.services.vault import OpenVault
from fieldkit.ui import application
from fieldkit.ui.lock import successor
from fieldkit.ui.presenters.sign_in import SignIn
from fieldkit.ui.vaults import Vaults
from tests.ui.conftest import OpenWindow


def test_it_is_the_same_program_frozen_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    mode = ["-X", "utf8"] if sys.flags.utf8_mode else []
    assert successor.command("ab") == [
        sys.executable,
        *mode,
        "-m",
        "fieldkit",
        "after-lock",
        "--geometry",
        "ab",
    ]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert successor.command("ab") == [sys.executable, "after-lock", "--geometry", "ab"]


def test_it_says_one_byte_and_sees_the_end_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, sys\n"
        f"sys.path.insert(0, {str(Path(application.__file__).parents[2])!r})\n"
        "from fieldkit.ui.lock import successor\n"
        "open(os.environ['FIELDKIT_HOME'] + '/said', 'w').write(' '.join(sys.argv[1:]))\n"
        "successor.tell_shown()\n"
        "successor.wait_for_predecessor()\n",
        encoding="utf-8",
    )
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    following = successor.begin(tmp_path, "ab")
    assert following is not None
    following.wait_until_shown()
    process = following._process
    assert (tmp_path / "said").read_text() == "after-lock --geometry ab"
    assert process.poll() is None, "it waits"
    assert process.stdin is not None and process.stdout is not None
    process.stdin.close()  # as the system does when the process before it has ended
    assert process.wait(20) == 0
    process.stdout.close()


def test_a_system_that_refuses_is_told_by_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing here"))
    assert successor.begin(tmp_path, "ab") is None


def test_it_inherits_the_place_of_the_vault_and_nothing_of_it(tmp_path: Path) -> None:
    given = successor._environment(tmp_path)
    assert given["FIELDKIT_HOME"] == str(tmp_path)
    new = set(given) - set(os.environ)
    assert new <= {"FIELDKIT_HOME", "PYINSTALLER_RESET_ENVIRONMENT"}


def test_it_opens_the_vault_only_when_the_one_before_has_ended(
    post: OpenVault, open_window: OpenWindow
) -> None:
    order: list[str] = []
    vaults = Vaults(post.folder, post.world, before_opening=lambda: order.append("waited"))
    presenter = SignIn(vaults)
    presenter.__dict__["_door"] = type("Door", (), {"open": lambda *_: order.append("opened")})()
    presenter.open()
    assert order == ["waited", "opened"]


def test_it_stands_where_the_window_before_it_stood(open_window: OpenWindow) -> None:
    window = open_window()
    window.resize(800, 600)
    kept = window.geometry_kept()
    window.resize(800, 700)
    application.stand_in_place(window, kept)
    assert window.height() == 600
    application.stand_in_place(window, "no geometry at all")
    assert window.height() == 600
