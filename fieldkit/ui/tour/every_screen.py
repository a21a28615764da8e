"""`fieldkit tour --screens`: pictures of every screen, on vaults that are thrown away."""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler

from fieldkit.domain.errors import FieldkitError
from fieldkit.services import enrolment, new_vault, vault
from fieldkit.services.new_vault import NewVault
from fieldkit.services.vault import OFFLINE_FILE, Desk, OpenVault, SignIn
from fieldkit.ui import application
from fieldkit.ui.tour import screens, visit
from fieldkit.ui.tour.guide import TourFailed
from fieldkit.ui.tour.path import OFFICE, POST, say_what_matters
from fieldkit.ui.tour.visit import Visit
from fieldkit.ui.world import real_world


def run_screens(out: Path) -> int:
    """Take the pictures into `out`; 0 when every screen could be opened, else 1."""
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # pictures need no screen, and take nobody's
    qInstallMessageHandler(say_what_matters)
    application.make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        held = prepared(Path(place))
        try:
            count = screens.pictures(held, out)
        except (TourFailed, FieldkitError) as failure:
            print(f"The tour failed. {failure}")  # noqa: T201 (it is a program of the command line)
            return 1
        finally:
            held.close()
    print(f"{count} pictures of {count // len(screens.LOOKS)} screens: {out}")  # noqa: T201
    return 0


def prepared(place: Path) -> Visit:
    """A post with its headquarters below `place`, enrolled, on a busy day, with what went between them."""
    stick = place / "stick"
    stick.mkdir()
    words, phrase = (vault.offer_phrase(real_world(), "en") for _ in range(2))
    office = _made(place / "office", Desk.HEADQUARTERS, OFFICE, phrase, stick, words)
    post = _made(place / "post", Desk.POST, POST, phrase)
    enrolment.trust_office(post, enrolment.office_file(office).content)
    asked = enrolment.device_request(post).content
    certificate = enrolment.certify(office, asked, (stick / OFFLINE_FILE).read_bytes(), words)
    enrolment.accept_certificate(post, certificate.content)
    return visit.prepare(
        post, office, place, lambda at: SignIn(at, real_world()).open(post.person.id, phrase)
    )


def _made(
    folder: Path, desk: Desk, name: str, phrase: str, stick: Path | None = None, offline: str = ""
) -> OpenVault:
    """A vault for training under a phrase that nobody is told."""
    new = NewVault(desk, name, "Officer 1", "en", phrase, True, offline_folder=stick, offline_phrase=offline)
    return new_vault.create_vault(folder, new, real_world())
