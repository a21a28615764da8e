"""The tour: the whole path through the real windows, in the order in which it happens, with invented people."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from fieldkit import files
from fieldkit.domain.errors import FieldkitError
from fieldkit.services.counsel import LEAFLET_LANGUAGES
from fieldkit.storage.slots import FIRST_COPY
from fieldkit.ui import application
from fieldkit.ui.tour import desk, exchange, first_day, forms, interview, papers
from fieldkit.ui.tour.first_day import Account, open_window
from fieldkit.ui.tour.guide import Guide, Shots, TourFailed
from fieldkit.ui.tour.interview import Person
from fieldkit.ui.tour.people import ADULT, CHILD, THROUGH_A_COMPANION
from fieldkit.ui.tour.report import Report

POST, OFFICE = "Ras Nour crossing (invented)", "Head office (invented)"
_NO_WINDOW_MANAGER = "This plugin does not support propagateSizeHints()"
SURVEY = Person(
    "survey",
    "fr",
    {"kind": "well", "people": "120", "seen": "2026-11-19", "remark": "Invented for the tour."},
)


def run_tour(out: Path, languages: Sequence[str] = LEAFLET_LANGUAGES) -> int:
    """Drive the tour into `out`, with the leaflet on asylum in `languages`; 0 when every step came to what it
    promised, else 1."""
    out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a tour needs no screen, and takes nobody's
    qInstallMessageHandler(say_what_matters)
    application.make_application()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        tour = _Tour(out, Path(place), languages)
        try:
            tour.run()
        except (TourFailed, FieldkitError) as failure:
            tour.report.failed = tour.report.failed or str(failure)
            print(f"The tour failed. {tour.report.failed}")  # noqa: T201 (it is a program of the command line)
            return 1
        finally:
            tour.close()
            tour.report.write()
    print(desk.told(tour.report.inputs))  # noqa: T201 (it is a program of the command line)
    print(f"{len(tour.report.steps)} steps, {len(tour.shots.taken)} pictures: {out}")  # noqa: T201
    return 0


def say_what_matters(_kind: QtMsgType, _place: QMessageLogContext, text: str) -> None:
    """Qt's complaints on standard error, without the one that every window makes where there is no screen."""
    if text != _NO_WINDOW_MANAGER:
        print(text, file=sys.stderr)  # noqa: T201 (it is a program of the command line)


class _Tour:
    """One tour: two vaults in a folder that is thrown away, and what goes between them on a stick."""

    def __init__(self, out: Path, place: Path, languages: Sequence[str]) -> None:
        self.out, self.place, self.languages = out, place, languages
        self.shots = Shots(out)
        self.report = Report(out, self.shots)
        self.officer, self.coordinator = Account("Officer 1"), Account("Coordinator")
        self.stick, self.forms = place / "stick", place / "forms"
        self.papers, self.bundles = out / "papers", out / "bundle"
        for folder in (self.stick, self.forms, self.papers, self.bundles):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        self.windows: list[Guide] = []
        self.exported: list[Path] = []

    def run(self) -> None:
        """Every step, in order; each leaves its pictures."""
        steps: list[tuple[str, Callable[[], list[str] | None]]] = [
            ("first start of a field post", self._first_start),
            ("lock, a wrong phrase, sign in again", self._sign_in),
            ("cover hides everything, six digits bring it back", self._cover),
            ("first part of an interview, then the laptop is locked", self._begin_adult),
            ("the interview goes on where it stopped", self._finish_adult),
            ("outcome, referral, slip", self._adult_papers),
            ("through a companion: private questions are planned", self._companion),
            ("a child alone", self._child),
            ("counted: an adult, from sign-in to slip", self._counted_adult),
            ("counted: a child alone, from sign-in to handover", self._counted_child),
            ("counted: 60 people from a boat", self._counted_surge),
            ("the leaflet on asylum in each of its languages", self._leaflets),
            ("interface in French and Arabic", self._other_interfaces),
            ("export is refused before enrolment", self._refused_export),
            ("first start of headquarters", self._headquarters),
            ("enrolment by three files", self._enrol),
            ("export of a sealed bundle", self._export),
            ("headquarters imports and counts", self._import),
            ("bad bundles are refused", self._bad_bundles),
            ("a form from a coordinator", self._form),
            ("the survey is filled in", self._survey),
            ("a damaged header: the second copy is used", self._damaged_header),
        ]
        for name, do in steps:
            self.report.step(name, do)

    def close(self) -> None:
        """Close what is open."""
        for window in self.windows:
            window.close()

    # --- the steps ----------------------------------------------------------------------------------------

    @property
    def post(self) -> Guide:
        return self.windows[0]

    @property
    def office(self) -> Guide:
        return self.windows[1]

    def _open(self, name: str) -> Guide:
        return open_window(self.place / name, self.out, self.shots)

    def _first_start(self) -> None:
        self.windows.append(self._open("post"))
        first_day.make_vault(self.post, self.officer, desk="post", name=POST, language="en", stick=self.stick)
        self.post.shot("home-empty")

    def _sign_in(self) -> None:
        self.post.press("Lock")
        first_day.sign_in(self.post, self.officer, wrong_first=True)

    def _cover(self) -> None:
        first_day.cover(self.post, "204816")

    def _begin_adult(self) -> None:
        interview.begin(self.post, ADULT)
        interview.lead(self.post, ADULT, stop_before="family_group")
        self.post.press("Lock")
        first_day.sign_in(self.post, self.officer)
        self.post.shot("home-with-an-unfinished-interview")

    def _finish_adult(self) -> None:
        interview.resume(self.post)
        interview.lead(self.post, interview.rest_of(self.post, ADULT))
        self._speaks(ADULT)

    def _adult_papers(self) -> list[str]:
        papers.confirm(self.post, "C01", name="adult")
        return papers.refer_with_slip(self.post, self.papers, name="adult")

    def _companion(self) -> None:
        interview.begin(self.post, THROUGH_A_COMPANION, shots=False)
        interview.lead(self.post, THROUGH_A_COMPANION)
        self.post.expect("outcome")
        self.post.shot("outcome-companion")
        self._speaks(THROUGH_A_COMPANION)

    def _child(self) -> list[str]:
        interview.begin(self.post, CHILD, shots=False)
        interview.lead(self.post, CHILD)
        papers.confirm(self.post, "C06", name="child")
        self._speaks(CHILD)
        return papers.refer_with_slip(self.post, self.papers, name="child")

    def _counted_adult(self) -> list[str]:
        return desk.adult(self.post, self.officer, self.report.inputs, self.papers)

    def _counted_child(self) -> None:
        desk.child(self.post, self.officer, self.report.inputs)

    def _counted_surge(self) -> None:
        desk.surge(self.post, self.officer, self.report.inputs)

    def _leaflets(self) -> list[str]:
        made = []
        for language in self.languages:
            made += papers.leaflet(self.post, self.papers, language)
            self._spoken(language)
        return made

    def _other_interfaces(self) -> None:
        self.post.press("People")
        for tag in ("fr", "ar"):
            self.post.context.use_language(tag)
            self.post.press("People")
            self.post.shot(f"home-{tag}")
            interview.begin(self.post, ADULT, shots=False)
            self.post.shot(f"interview-officer-{tag}")
            self.post.press("Pause")
            self._spoken(tag)
        self.post.context.use_language("en")

    def _refused_export(self) -> None:
        exchange.export_is_refused(self.post)

    def _headquarters(self) -> None:
        self.windows.append(self._open("headquarters"))
        first_day.make_vault(
            self.office, self.coordinator, desk="headquarters", name=OFFICE, language="fr", stick=self.stick
        )
        self.office.shot("headquarters-empty")

    def _enrol(self) -> None:
        exchange.write_office_file(self.office, self.stick)
        exchange.trust_office(self.post, self.stick)
        exchange.certify(self.office, self.coordinator, self.stick)
        exchange.accept_certificate(self.post, self.stick)

    def _export(self) -> list[str]:
        self.report.cases_exported, self.exported = exchange.export(self.post, self.bundles)
        return [file.relative_to(self.out).as_posix() for file in self.exported]

    def _import(self) -> None:
        for bundle in self.exported:
            self.report.cases_imported += exchange.import_bundle(self.office, bundle)
        if self.report.cases_imported != self.report.cases_exported:
            raise TourFailed("headquarters received another number of cases than the post sent")

    def _bad_bundles(self) -> None:
        exchange.import_again(self.office, self.exported[0])
        content = self.exported[0].read_bytes()
        middle = len(content) // 2
        altered = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        for name, bad in (("altered", altered), ("truncated", content[:-100]), ("no-bundle", b"PK" * 900)):
            path = self.place / f"{name}.fkb"
            files.write_whole(path, bad)
            exchange.refuse(self.office, path, f"bundle-{name}")

    def _form(self) -> None:
        forms.write_forms(self.forms)
        forms.import_forms(self.post, self.forms)

    def _survey(self) -> None:
        self.post.press("People")
        self.post.press_named(self._survey_title())
        self.post.expect("choose_language")
        self.post.press_named("Français")
        interview.lead(self.post, SURVEY)
        self.post.expect("kept")
        self.post.shot("survey-kept")
        self._speaks(SURVEY)

    def _survey_title(self) -> str:
        return "Water points"

    def _damaged_header(self) -> None:
        self.post.close()
        header = self.place / "post" / FIRST_COPY
        content = bytearray(header.read_bytes())
        content[len(content) // 2] ^= 0xFF
        header.write_bytes(bytes(content))
        self.windows[0] = self._open("post")
        self.post.expect("sign_in")
        self.post.shot("sign-in-second-copy")
        first_day.sign_in(self.post, self.officer)
        self.post.shot("home-second-copy-told")
        if header.read_bytes() == bytes(content):
            raise TourFailed("the damaged copy was not mended")

    def _speaks(self, person: Person) -> None:
        self._spoken(person.language)

    def _spoken(self, tag: str) -> None:
        if tag not in self.report.languages:
            self.report.languages.append(tag)
