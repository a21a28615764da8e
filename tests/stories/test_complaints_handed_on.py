"""Complaints on their way: headquarters carries the stacks on unopened, and only the independent body reads
them."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from fieldkit.cli import main as words
from fieldkit.cli.program import program
from fieldkit.crypto.sealing import SealingKey
from fieldkit.domain.access import Role
from fieldkit.domain.errors import FieldkitError
from fieldkit.services import complaints, contacts, exchange, stacks
from fieldkit.services.vault import OpenVault
from fieldkit.sync import complaints as records
from fieldkit.sync.faults import BundleFault
from tests.stories import offices
from tests.stories.desks import only_as
from tests.stories.offices import Office
from tests.stories.test_sealed_classes import everything_in

WORDS = "Somebody in the yard took my telephone (invented)."
BODY = SealingKey.generate()
assert words is not None


@pytest.fixture(autouse=True)
def small_stacks(monkeypatch: pytest.MonkeyPatch) -> int:
    """Four records a stack; their real number is a matter of size only."""
    for module in ("services", "sync"):
        monkeypatch.setattr(f"fieldkit.{module}.complaints.STACK", 4)
    return 4


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Office]:
    made = offices.found(tmp_path / "hq", "Carrying Service (invented)")
    yield made
    made.vault.close()


@pytest.fixture
def stick(tmp_path: Path, headquarters: Office) -> Path:
    """What a post exported after somebody complained there."""
    post = offices.open_post(tmp_path / "post", "Carrying post (invented)")
    offices.enrol(post, headquarters)
    contacts.keep(post, contacts.typed("Invented Ombudsman", BODY.recipient))
    complaints.seal(only_as(post, Role.COUNSELLOR), WORDS)
    folder = tmp_path / "stick"
    folder.mkdir()
    exchange.export(only_as(post, *Role), folder)
    post.close()
    return folder


def kinds(vault: OpenVault) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    for entry, _ in vault.journal.entries(vault.stream):
        payload = vault.journal.payload(entry.payload)
        if entry.kind.startswith("stacks.") and payload is not None:
            found.append((entry.kind, payload.value()))
    return found


def test_headquarters_hands_on_what_it_cannot_open_and_knows_only_how_many(
    headquarters: Office, stick: Path, tmp_path: Path
) -> None:
    hq = headquarters.vault
    assert stacks.take_in(hq, stick) == 1
    assert stacks.take_in(hq, stick) == 0, "the same stick once more"
    assert stacks.waiting(hq) == 1
    for_body = tmp_path / "for the body"
    for_body.mkdir()
    assert stacks.hand_on(hq, for_body) == 1
    assert kinds(hq) == [("stacks.received", {"count": 1}), ("stacks.handed_on", {"count": 1})]
    (brought,), (written,) = stick.glob("*.fks"), for_body.iterdir()
    assert written.read_bytes() == brought.read_bytes() and written.name != brought.name
    lying = [path.read_bytes() for path in hq.folder.rglob("*") if path.is_file()]
    assert not any(WORDS.encode() in content for content in (*lying, *everything_in(hq.database)))


def test_the_body_opens_a_stack_with_stock_age(headquarters: Office, stick: Path, tmp_path: Path) -> None:
    for_body, opened = tmp_path / "for the body", tmp_path / "opened"
    for_body.mkdir()
    opened.mkdir()
    stacks.take_in(headquarters.vault, stick)
    stacks.hand_on(headquarters.vault, for_body)
    (written,) = for_body.iterdir()
    (tmp_path / "key").write_bytes(BODY.to_bytes())
    subprocess.run(["tar", "xf", str(written), "-C", str(opened)], check=True)
    read = [
        json.loads(
            subprocess.run(
                ["age", "-d", "-i", str(tmp_path / "key"), str(record)], capture_output=True, check=True
            ).stdout
        )["text"]
        for record in sorted(opened.iterdir())
    ]
    assert sorted(read) == ["", "", "", WORDS]


def test_the_bodys_own_command_leaves_out_blanks_and_what_came_twice(stick: Path, tmp_path: Path) -> None:
    (stack,) = stick.glob("*.fks")
    key = tmp_path / "key.txt"
    key.write_bytes(b"# created: 2026-03-02\n" + BODY.to_bytes())
    again = stick / "again.fks"
    again.write_bytes(stack.read_bytes())
    done = CliRunner().invoke(program, ["complaints", "open", str(key), str(stack), str(again)])
    assert done.exit_code == 0, done.output
    (line,) = done.stdout.splitlines()
    assert json.loads(line) == {"post": "Carrying post (invented)", "text": WORDS, "week": "2026-W10"}
    other = tmp_path / "other.txt"
    other.write_bytes(SealingKey.generate().to_bytes())
    refused = CliRunner().invoke(program, ["complaints", "open", str(other), str(stack)])
    assert refused.exit_code == 1 and WORDS not in refused.output


def test_a_stack_goes_three_times_and_is_then_let_go(
    headquarters: Office, stick: Path, tmp_path: Path
) -> None:
    stacks.take_in(headquarters.vault, stick)
    for _ in range(3):
        assert stacks.hand_on(headquarters.vault, tmp_path) == 1
    with pytest.raises(FieldkitError, match=r"stack\.none"):
        stacks.hand_on(headquarters.vault, tmp_path)


def test_what_is_no_stack_is_not_taken_for_one(headquarters: Office, stick: Path) -> None:
    (stack,) = stick.glob("*.fks")
    content = stack.read_bytes()
    for wrong in (
        b"",
        content[:-1],
        content + b"\0",
        content.replace(b"01.age", b"09.age"),
        b"x" * len(content),
    ):
        with pytest.raises(BundleFault, match=r"stack\.not_one"):
            records.records_of(wrong)
        stack.write_bytes(wrong)
        assert stacks.take_in(headquarters.vault, stick) == 0
