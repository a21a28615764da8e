"""What tests share: built forms and catalogues, fixed worlds, real vaults."""

import gc
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pyrage
import pytest
from hypothesis import settings

from fieldkit import files
from fieldkit.crypto import phrases
from fieldkit.crypto.primitives import FOR_TESTS
from fieldkit.forms import authoring
from fieldkit.forms.build import build_forms
from fieldkit.languages.compiling import compile_catalogues
from fieldkit.services.new_vault import NewVault, create_vault
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.services.world import World
from tests import quick_seal
from tests.worlds import world

settings.register_profile("suite", max_examples=24)
settings.load_profile("suite")  # the whole check stays quick; laws on which more hangs name their own number

MEMORY, ROOM = Path("/dev/shm"), 3 * 1024**3
if MEMORY.is_dir() and "PYTEST_DEBUG_TEMPROOT" not in os.environ and shutil.disk_usage(MEMORY).free > ROOM:
    # Every vault syncs what it writes; in memory that costs nothing. Crashes are told by `endure` on what it needs.
    os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)

DEAR = {
    "tests/stories/test_protection_switched_off.py",
    "tests/ui/test_tour.py",
    "tests/ui/test_interview.py",
    "tests/ui/test_interview_from_to.py",
    "tests/ui/test_stories_in_windows.py",
    "tests/endure/test_histories.py",
    "tests/endure/test_foreign.py",
    "tests/endure/test_crashes.py",
}

PHRASE = "orbit meadow lantern quiet river stone"
OFFLINE_PHRASE = "copper window thirteen gentle forest drum"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Dear files first: at the end, one worker would wait for the other's tour."""
    items.sort(key=lambda item: item.nodeid.partition("::")[0] not in DEAR)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Thousands of tests that were read stay until the end: looking through them again and again for garbage costs
    half a second each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)  # a tenth of the whole time went into looking for garbage


CONVERTED = files.resources().parent / "build" / "converted"


def convert(asked: bytes, *, keep: bool = False) -> bytes:
    """The converter's reply, or the one it gave to the same request when its code was the same: thirty forms take
    as many seconds. Only the replies about the built-in forms are kept."""
    held = CONVERTED / hashlib.sha256(_converter() + asked).hexdigest()
    if held.is_file():
        return held.read_bytes()
    reply = authoring.convert_here(asked)
    if keep:
        held.parent.mkdir(parents=True, exist_ok=True)
        files.write_whole(held, reply)
    return reply


@cache
def _converter() -> bytes:
    """What a reply depends on besides the request: the code of forms, the versions of what it uses."""
    code = sorted(Path(authoring.__file__).parent.rglob("*.py"))
    versions = [f"{name} {metadata.version(name)}" for name in ("pyxform", "openpyxl", "lxml")]
    return hashlib.sha256("".join(versions).encode() + b"".join(path.read_bytes() for path in code)).digest()


@pytest.fixture(scope="session", autouse=True)
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Catalogues and forms, built once from the sources of this checkout."""
    patch = pytest.MonkeyPatch()
    if os.environ.get("FIELDKIT_TESTS_BUILT"):  # by `run.py test`, for all workers
        folder = Path(os.environ["FIELDKIT_TESTS_BUILT"])
        patch.setenv("FIELDKIT_BUILT", str(folder))
        yield folder
        patch.undo()
        return
    folder = tmp_path_factory.mktemp("built")
    patch.setenv("FIELDKIT_BUILT", str(folder))
    compile_catalogues(files.translations(), folder / "translations")
    with pytest.MonkeyPatch.context() as here:
        here.setattr(authoring, "_run_child", lambda asked, _seconds: convert(asked, keep=True))
        build_forms(files.resources(), files.translations(), folder / "forms")
    yield folder
    patch.undo()


@pytest.fixture(autouse=True)
def converted_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The converter runs in this process: starting a Python for every form is most of what a conversion costs.

    Tests of the process itself, its limits and its exact bytes are marked `converter_process`.
    """
    if request.node.get_closest_marker("converter_process") is None:
        monkeypatch.setattr(authoring, "_run_child", lambda asked, _seconds: convert(asked))


@pytest.fixture(scope="session", autouse=True)
def quick_sticks() -> Iterator[None]:
    """A phrase on a stick costs a second or two each way; here next to nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyrage.passphrase, "encrypt", quick_seal.encrypt)
        yield


@pytest.fixture(scope="session", autouse=True)
def same_phrases() -> Iterator[None]:
    """Every vault is made with the same phrase, which is judged once."""
    judged = cache(phrases.strength)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phrases, "strength", lambda phrase, about=(): judged(phrase, tuple(about)))
        yield


MakeVault = Callable[..., OpenVault]


@pytest.fixture
def make_vault(tmp_path: Path) -> Iterator[MakeVault]:
    """Makes real vaults with a phrase that costs little; closes them at the end."""
    opened: list[OpenVault] = []

    def make(
        name: str = "Ras Nour crossing (invented)",
        *,
        desk: Desk = Desk.POST,
        training: bool = True,
        person: str = "Officer One",
        at: World | None = None,
    ) -> OpenVault:
        place = tmp_path / f"vault-{len(opened)}"
        stick = tmp_path / f"stick-{len(opened)}"
        stick.mkdir()
        new = NewVault(
            desk=desk,
            name=name,
            person=person,
            language="en",
            phrase=PHRASE,
            training=training,
            offline_folder=stick,
            offline_phrase=OFFLINE_PHRASE,
        )
        opened.append(create_vault(place, new, at or world(name), FOR_TESTS))
        return opened[-1]

    yield make
    for vault in opened:
        vault.close()


@pytest.fixture
def post(make_vault: MakeVault) -> OpenVault:
    """A training vault of an invented post with one person signed in."""
    return make_vault()
