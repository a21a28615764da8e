"""`fieldkit tour --screens`: pictures of every screen, on vaults that are thrown away."""

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler

from fieldkit.domain.errors import FieldkitError
from fieldkit.services import enrolment, exchange, homeward, importing, new_vault, vault
from fieldkit.services.case_file import read_case
from fieldkit.services.new_vault import NewVault
from fieldkit.services.vault import OFFLINE_FILE, Desk, OpenVault
from fieldkit.ui import application
from fieldkit.ui.tour import screens
from fieldkit.ui.tour.busy_day import busy_day, told_by_office
from fieldkit.ui.tour.guide import TourFailed
from fieldkit.ui.tour.path import OFFICE, POST, say_what_matters
from fieldkit.ui.tour.screens import Visit
from fieldkit.ui.world import real_world


def run_screens(out: Path) -> int:
    """Take the pictures into `out`; 0 when every screen could be opened, else 1."""
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # pictures need no screen, and take nobody's
    qInstallMessageHandler(say_what_matters)
    application.make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        visit = prepare(Path(place))
        try:
            count = screens.pictures(visit, out)
        except (TourFailed, FieldkitError) as failure:
            print(f"The tour failed. {failure}")  # noqa: T201 (it is a program of the command line)
            return 1
        finally:
            visit.post.close()
            visit.office.close()
    print(f"{count} pictures of {count // len(screens.LOOKS)} screens: {out}")  # noqa: T201
    return 0


def prepare(place: Path) -> Visit:
    """A post with its headquarters below `place`, enrolled, on a busy day, with what went between them."""
    stick, sent, home = place / "stick", place / "sent", place / "home"
    for folder in (stick, sent, home):
        folder.mkdir()
    words = vault.offer_phrase(real_world(), "en")
    office = _made(place / "office", Desk.HEADQUARTERS, OFFICE, stick, words)
    post = _made(place / "post", Desk.POST, POST, None, "")
    enrolment.trust_office(post, enrolment.office_file(office).content)
    asked = enrolment.device_request(post).content
    certificate = enrolment.certify(office, asked, (stick / OFFLINE_FILE).read_bytes(), words)
    enrolment.accept_certificate(post, certificate.content)
    day = busy_day(post)
    (bundle,) = exchange.export(post, sent).files
    importing.import_bundle(office, sent / bundle)
    told_by_office(office, day.adult, read_case(post.journal, day.adult).referrals()[0].id)
    (back,) = homeward.send_back(office, [enrolment.own_identity(post).device], home)
    return Visit(post, office, place / "none", day, sent / bundle, home / back.file)


def _made(folder: Path, desk: Desk, name: str, stick: Path | None, offline: str) -> OpenVault:
    """A vault for training under a phrase that nobody is told."""
    phrase = vault.offer_phrase(real_world(), "en")
    new = NewVault(desk, name, "Officer 1", "en", phrase, True, offline_folder=stick, offline_phrase=offline)
    return new_vault.create_vault(folder, new, real_world())
