"""A post and its headquarters: three files with compared words, then a sealed bundle and its import."""

from pathlib import Path

from fieldkit.services.enrolment import CERTIFICATE_FILE, OFFICE_FILE, REQUEST_FILE
from fieldkit.services.vault import OFFLINE_FILE
from fieldkit.sync.bundle import SUFFIX
from fieldkit.ui.screens.exchange import ExchangeScreen
from fieldkit.ui.screens.import_bundle import ImportBundleScreen
from fieldkit.ui.tour.first_day import Account
from fieldkit.ui.tour.guide import Guide, TourFailed


def export_is_refused(post: Guide) -> None:
    """Before enrolment nothing leaves, and what is missing is shown."""
    post.press("Exchange")
    post.expect("exchange")
    post.shot("exchange-before-enrolment")
    if post.context.say("Export into a folder") == _main(post):
        raise TourFailed("a post without certificate offers an export")


def write_office_file(office: Guide, stick: Path) -> list[str]:
    """Headquarters hands out its office file and shows its words."""
    office.press("Exchange")
    office.expect("exchange")
    office.pick(stick)
    office.press("Write the office file into a folder")
    office.shot("headquarters-office-file")
    _demand(stick / OFFICE_FILE)
    return []


def trust_office(post: Guide, stick: Path) -> None:
    """The post compares ten words, trusts the office, and writes its request."""
    post.press("Exchange")
    post.main_action()
    post.expect("enrol")
    post.pick(stick / OFFICE_FILE)
    post.main_action()
    post.shot("enrol-compare-words")
    post.press("Yes, all ten")
    post.pick(stick)
    post.main_action()
    post.shot("enrol-request-written")
    _demand(stick / REQUEST_FILE)


def certify(office: Guide, account: Account, stick: Path) -> None:
    """Headquarters compares the laptop's words and certifies it with the stick in."""
    office.press("Exchange")
    office.press("Certify a laptop")
    office.expect("certify")
    office.pick(stick / REQUEST_FILE)
    office.main_action()
    office.shot("certify-compare-words")
    office.press("Yes, all ten")
    office.pick(stick / OFFLINE_FILE)
    office.press("Choose the file on the stick")
    office.write("Phrase of the offline keys", account.offline_phrase)
    office.shot("certify-with-the-stick")
    office.main_action()
    office.pick(stick)
    office.main_action()
    office.shot("certificate-written")
    _demand(stick / CERTIFICATE_FILE)


def accept_certificate(post: Guide, stick: Path) -> None:
    """The certificate comes home; from now on the post can export."""
    post.press("Exchange")
    post.main_action()
    post.expect("enrol")
    post.pick(stick / CERTIFICATE_FILE)
    post.main_action()
    post.shot("enrolled")
    post.main_action()
    post.expect("exchange")


def export(post: Guide, folder: Path) -> tuple[int, list[Path]]:
    """Export into `folder`; the number of cases whose answers travel, and the files."""
    post.press("Exchange")
    post.expect("exchange")
    post.pick(folder)
    post.main_action()
    post.shot("exported")
    screen = post.window.screen_shown
    done = getattr(getattr(screen, "_part", None), "presenter", None)
    exported = getattr(done, "done", None)
    if not isinstance(screen, ExchangeScreen) or exported is None:
        raise TourFailed("nothing was exported")
    files = [folder / name for name in exported.files]
    for file in files:
        _demand(file)
    return exported.cases, files


def import_bundle(office: Guide, bundle: Path) -> int:
    """Headquarters looks, accepts, and sees figures and cases; the number of new cases."""
    if bundle.suffix != SUFFIX:
        raise TourFailed("a bundle has another ending")
    office.press("Exchange")
    office.expect("exchange")
    office.pick(bundle)
    office.main_action()
    office.expect("import_bundle")
    office.shot("bundle-verified")
    office.main_action()
    office.shot("bundle-accepted")
    screen = office.window.screen_shown
    if not isinstance(screen, ImportBundleScreen) or screen.presenter.imported is None:
        raise TourFailed(f"the bundle was not accepted: {office.window.error_shown}")
    new = screen.presenter.imported.cases_new
    office.main_action()
    office.expect("headquarters")
    office.shot("headquarters-figures")
    office.main_action()
    office.expect("cases")
    office.shot("headquarters-cases")
    return new


def import_again(office: Guide, bundle: Path) -> None:
    """The same bundle once more: said kindly, and nothing changes."""
    office.press("Exchange")
    office.pick(bundle)
    office.main_action()
    office.expect("import_bundle")
    office.shot("bundle-imported-twice")
    screen = office.window.screen_shown
    held = screen.presenter.verified if isinstance(screen, ImportBundleScreen) else None
    if held is None or not held.already_held:
        raise TourFailed("a bundle that is held already was not recognised")


def refuse(office: Guide, bundle: Path, name: str) -> None:
    """A file that is not a sound bundle for us: a sentence, and nothing changes."""
    head = office.context.open_vault.journal.heads()
    office.press("Exchange")
    office.pick(bundle)
    office.main_action()
    office.expect("import_bundle")
    office.shot(name)
    screen = office.window.screen_shown
    if not isinstance(screen, ImportBundleScreen) or screen.presenter.verified is not None:
        raise TourFailed(f"{name}: the file was not refused")
    if office.context.open_vault.journal.heads() != head:
        raise TourFailed(f"{name}: a refused file changed the journal")


def _main(guide: Guide) -> str:
    button = guide.window.footer.main
    return button.accessibleName() if button is not None else ""


def _demand(file: Path) -> None:
    if not file.is_file() or not file.stat().st_size:
        raise TourFailed(f"{file.name} was not written")
