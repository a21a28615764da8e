"""Many leaflets at once: finished files are whole, and after anything that went wrong the rest goes on."""

import errno
from pathlib import Path

import pytest

from fieldkit.domain.errors import DeviceFault, PersonFault
from fieldkit.leaflets import pages
from fieldkit.leaflets.faults import missing_glyph
from fieldkit.services import counsel, print_runs
from fieldkit.services.counsel import Edition, Printed
from fieldkit.services.print_runs import FOLDER, PRINTER, IntoFolder, Run
from fieldkit.services.vault import OpenVault
from tests.stories.offices import open_post
from tests.test_beside import NOBODY

LEAFLETS, LANGUAGES = ("L32", "L07"), ("en", "ar", "ti")


class Stopped(Exception):
    """Somebody pressed Cancel."""


def never(done: int, total: int) -> None:
    """Nobody stops it."""


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> OpenVault:
    return open_post(tmp_path_factory.mktemp("runs") / "vault", "Printing post (invented)")


@pytest.fixture(autouse=True)
def nothing_waits(post: OpenVault) -> None:
    print_runs.give_up(post)


def begun(post: OpenVault, folder: Path, copies: int = 1) -> Run:
    items = print_runs.plan(post, LEAFLETS, LANGUAGES).items
    return print_runs.begin(post, Run(items, copies, FOLDER, str(folder)))


def names(run: Run) -> list[str]:
    return sorted(path.name for path in Path(run.where).iterdir())


def printed(post: OpenVault) -> list[tuple[object, ...]]:
    return list(post.database.rows("SELECT what, language FROM documents ORDER BY entry"))


def test_a_plan_says_what_has_no_text(post: OpenVault) -> None:
    plan = print_runs.plan(post, LEAFLETS, LANGUAGES)
    assert set(plan.items) | set(plan.without) == {(one, tag) for one in LEAFLETS for tag in LANGUAGES}
    assert ("L07", "ar") in plan.items
    assert ("L07", "ti") in plan.without, "a page all in English would pass for a translation"


def test_every_leaflet_becomes_a_whole_file_and_is_written_down(post: OpenVault, tmp_path: Path) -> None:
    before = len(printed(post))
    run = begun(post, tmp_path, copies=20)
    over = print_runs.go_on(post, IntoFolder(Path(run.where)), never)
    assert over.is_over and over.made == len(run.items) and print_runs.held(post) is None
    assert "leaflet-L07-ar-20x.pdf" in names(over) and len(names(over)) == len(run.items)
    for path in Path(over.where).iterdir():
        assert pages.page_count(path.read_bytes()) >= 1
    assert len(printed(post)) == before + len(run.items)


def test_what_was_paused_waits_and_goes_on(post: OpenVault, tmp_path: Path) -> None:
    run = begun(post, tmp_path)

    def after_two(done: int, total: int) -> None:
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        print_runs.go_on(post, IntoFolder(Path(run.where)), after_two)
    left = print_runs.held(post)
    assert left is not None and left.done == 2 and len(names(left)) == 2
    with pytest.raises(PersonFault, match=r"runs\.one_waits"):
        begun(post, tmp_path)
    over = print_runs.go_on(post, IntoFolder(Path(run.where)), never)
    assert len(names(over)) == len(run.items)


class Filling(IntoFolder):
    """A disk that is full after so many files."""

    def __init__(self, folder: Path, room: int) -> None:
        super().__init__(folder)
        self.room = room

    def put(self, edition: Edition, printed: Printed, copies: int) -> None:
        if not self.room:
            raise DeviceFault("window.disk_full")
        self.room -= 1
        super().put(edition, printed, copies)


@pytest.mark.parametrize("room", [0, 1, 3])
def test_a_full_disk_leaves_whole_files_and_the_rest_resumes(
    post: OpenVault, tmp_path: Path, room: int
) -> None:
    run = begun(post, tmp_path)
    with pytest.raises(DeviceFault, match=r"window\.disk_full"):
        print_runs.go_on(post, Filling(Path(run.where), room), never)
    left = print_runs.held(post)
    assert left is not None and left.done == room == len(names(left))
    over = print_runs.go_on(post, IntoFolder(Path(run.where)), never)
    assert len(names(over)) == len(run.items)


def test_a_crash_while_a_file_is_written_leaves_no_half_one(
    post: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begun(post, tmp_path)
    folder = Path(run.where)
    (folder / f"leaflet-L07-en.pdf.{NOBODY}-1.part").write_bytes(b"%PDF half")  # what a killed process leaves
    over = print_runs.go_on(post, IntoFolder(folder), never)
    assert not [name for name in names(over) if name.endswith(".part")]
    assert pages.page_count((folder / "leaflet-L07-en.pdf").read_bytes()) >= 1


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, r"window\.disk_full"), (errno.EIO, r"runs\.folder_gone")]
)
def test_the_disk_says_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def broken(path: Path, content: bytes) -> None:
        raise OSError(number, "broken")

    monkeypatch.setattr(print_runs, "write_whole", broken)
    with pytest.raises(DeviceFault, match=code):
        IntoFolder(tmp_path).put(Edition("L07", "en"), Printed(b"%PDF", 1), 1)


class Vanishing:
    """A printer that is pulled out after so many leaflets; remembers what came out of it."""

    def __init__(self, leaflets: int) -> None:
        self.leaflets = leaflets
        self.out: list[tuple[str, int]] = []

    def put(self, edition: Edition, printed: Printed, copies: int) -> None:
        if len(self.out) == self.leaflets:
            raise DeviceFault("runs.printer_gone", printer="Desk printer")
        self.out.append((edition.leaflet, copies))


def test_a_printer_that_vanishes_prints_the_rest_when_it_is_back(post: OpenVault) -> None:
    items = print_runs.plan(post, LEAFLETS, ("en", "ar")).items
    print_runs.begin(post, Run(items, 20, PRINTER, "Desk printer"))
    first, second = Vanishing(2), Vanishing(99)
    with pytest.raises(DeviceFault, match=r"runs\.printer_gone"):
        print_runs.go_on(post, first, never)
    print_runs.go_on(post, second, never)
    assert first.out + second.out == [(leaflet, 20) for leaflet, _ in items]


def test_one_that_cannot_be_composed_does_not_keep_the_others(
    post: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = counsel.edition

    def broken(vault: OpenVault, wanted: Edition) -> object:
        if wanted.leaflet == "L07" and wanted.language == "en":
            raise missing_glyph("\U00012000")
        return real(vault, wanted)

    monkeypatch.setattr(counsel, "edition", broken)
    run = begun(post, tmp_path)
    over = print_runs.go_on(post, IntoFolder(Path(run.where)), never)
    place = run.items.index(("L07", "en"))
    assert over.failed[place][0] == "leaflet.missing_glyph" and len(names(over)) == len(run.items) - 1


@pytest.mark.parametrize("copies", [0, 501])
def test_an_unlikely_number_of_copies_is_refused(post: OpenVault, tmp_path: Path, copies: int) -> None:
    with pytest.raises(PersonFault, match=r"runs\.copies"):
        begun(post, tmp_path, copies)
    assert list(tmp_path.iterdir()) == []
