"""A form is tried in the real window before it is sent out. Nothing of it is kept.

1. The real interview runs in a vault of its own, in a folder that is removed when the window is closed, under a
   phrase that nobody is told: what is typed is on disk only sealed, and only as long as the window is open.
2. Every page says that it is a preview. It opens no case and leads to no outcome, whatever form it is.
"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fieldkit.content import form_roles
from fieldkit.files import resources
from fieldkit.forms.checks import Report
from fieldkit.languages.autonyms import language as known_language
from fieldkit.services import administer, intake, new_vault, vault
from fieldkit.services.new_vault import NewVault
from fieldkit.services.vault import Desk, OpenVault
from fieldkit.services.world import World
from fieldkit.ui.application import load_fonts_later, make_application
from fieldkit.ui.background import Background
from fieldkit.ui.context import Context
from fieldkit.ui.lock.why import Why
from fieldkit.ui.main_window import MainWindow
from fieldkit.ui.presenters.new_interview import officers_side
from fieldkit.ui.settings import Settings
from fieldkit.ui.vaults import Vaults
from fieldkit.ui.world import real_world

_FOLDER: Final = "fieldkit-preview-"
_OF_ITS_OWN: Final = "preview"
"""Put before the id of a form that the program has already, so that neither takes the other's place."""


def run(report: Report, language: str, media: Mapping[str, bytes] | None = None) -> int:
    """Show a checked form with its media until the window is closed. Returns the exit code."""
    application = make_application(sys.argv)
    with TemporaryDirectory(prefix=_FOLDER, ignore_cleanup_errors=True) as folder:
        window = open_preview(report, Path(folder), real_world(), language, media)
        window.show()
        load_fonts_later(application)
        code = application.exec()
        window.close()
    return code


def open_preview(
    report: Report,
    folder: Path,
    world: World,
    language: str = "en",
    media: Mapping[str, bytes] | None = None,
) -> MainWindow:
    """A window with the form's interview begun, in a new vault below `folder` (rule 1)."""
    opened = _throw_away_vault(folder / "vault", world)
    form = _installed(opened, report, media or {})
    context = _PreviewContext(
        vaults=Vaults(opened.folder, world), settings=Settings(language=language), background=Background()
    )
    context.theme.apply()
    window = MainWindow(context)
    context.vault = opened
    window.rebuild()
    context.navigation.start("preview", form=form, draft=begin(opened, form, context.words.tag))
    return window


class _PreviewContext(Context):
    """There is no door to lock: nobody knows the phrase. Locking ends the preview."""

    def lock(self, why: Why = Why.BY_HAND) -> None:
        """Close the window."""
        window = self.navigation.frame
        if isinstance(window, MainWindow):
            window.close()


def begin(opened: OpenVault, form: str, tag: str) -> str:
    """Begin the interview (again); its draft. The person's side is a language of the form that the officer's side
    is not, where it has one."""
    offered = next(one for one in intake.offered_forms(opened) if one.id == form)
    side = officers_side(tag)
    known = [one for one in offered.languages if known_language(one) is not None]
    person = next((one for one in known if one != side), known[0] if known else "en")
    return intake.begin(opened, form, officer_language=side, person_language=person).draft_id


def _throw_away_vault(folder: Path, world: World) -> OpenVault:
    # The words are the program's own and stand on no paper: they are the same in every language.
    new = NewVault(
        desk=Desk.POST,
        name="Preview",
        person="Preview",
        language="en",
        phrase=vault.offer_phrase(world, "en"),
        training=True,
    )
    return new_vault.create_vault(folder, new, world)


def _installed(opened: OpenVault, report: Report, media: Mapping[str, bytes]) -> str:
    """Offer the form as a survey in the throw-away vault; the id under which it stands there (rule 2)."""
    assert report.xform is not None, "only a form that can be used is previewed"
    shown = report
    if report.form_id in form_roles.load(resources()):
        renamed = f"{_OF_ITS_OWN}-{report.form_id}"
        old, new = f'id="{report.form_id}"'.encode(), f'id="{renamed}"'.encode()
        shown = replace(report, xform=report.xform.replace(old, new, 1), form_id=renamed)
    administer.install_form(opened, shown.xform or b"", "preview.xml", dict(shown.resources), media)
    return shown.form_id
