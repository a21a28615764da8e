"""The forms of this vault; a form from outside is checked, looked at, and offered as a survey."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.content.form_roles import FormKind
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import shown_name
from fieldkit.ui.presenters.forms import Forms, Found, Mended, known_languages
from fieldkit.ui.presenters.new_interview import FOR_THE_TRAINED
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.autonyms import autonyms
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.problem_list import MOST, ProblemList, Told
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.forms.checks import Report
    from fieldkit.forms.repaired import Repaired
    from fieldkit.services.forms_held import OfferedForm
    from fieldkit.ui.context import Context

FILES = "*.xlsx *.xml *.zip"


class FormsScreen(Screen):
    """The list, or what the check of one file found."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Forms(context.open_vault)
        self.told: tuple[Tone, str] | None = None
        self.lists: list[ProblemList] = []

    @property
    def title(self) -> str:
        say = self.context.say
        return (
            say("Check of {file}", file=shown_name(self.presenter.name))
            if self.presenter.report
            else say("Forms")
        )

    def build(self) -> QWidget:
        self.lists = []
        parts: list[QWidget] = [Banner(*self.told)] if self.told else []
        report = self.presenter.report
        parts += self._list() if report is None else self._found(report)
        return column(*parts)

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if not page.may_import:
            return None
        if page.report is not None and page.report.is_usable:
            return Way(say("Offer this form as a survey"), self._install, "check")
        text = say("Choose the mended file") if page.report is not None else say("Import a form")
        return Way(text, self._choose, "folder")

    def other_actions(self) -> tuple[Way, ...]:
        say, page = self.context.say, self.presenter
        if not page.may_import:
            return ()
        if page.may_repair:
            return (Way(say("Repair a copy"), self._repair, "check"),)
        return (Way(say("Save the repaired copy"), self._save_copy, "folder"),) if page.repaired else ()

    def back(self) -> Way | None:
        if self.presenter.report is None:
            return super().back()
        return Way(self.context.say("Back"), self._back_to_list, "back")

    # The list

    def _list(self) -> list[QWidget]:
        told = self.context.say(
            "A form from elsewhere (XLSForm) is offered as a survey: it opens no case, meets no rule and leads to "
            "no outcome. Lists, pictures, sounds and films that lie beside the file, or with it in one archive "
            "(ZIP), are taken along."
        )
        return [readable(words(told, quiet=True)), *(self._card(one) for one in self.presenter.offered)]

    def _card(self, one: OfferedForm) -> Card:
        say, tag = self.context.say, self.context.words.tag
        kinds = {
            FormKind.PROTECTION: say("Protection form, comes with the program"),
            FormKind.SURVEY: say("Survey"),
            FormKind.POST: say("About the post, comes with the program"),
            FormKind.PAPER: say("On paper only, comes with the program"),
        }
        title = one.title(tag)
        version = say("{kind} · version {version}", kind=kinds[one.kind], version=one.version or "1")
        card = Card(words(title, Size.QUESTION, bold=True), words(version, quiet=True))
        card.setAccessibleName(title)
        languages = known_languages(one.languages)
        if languages:
            card.column.addWidget(autonyms(languages))
        if not one.allowed:
            told = say(FOR_THE_TRAINED) if one.untrained else say("Your roles do not open this form.")
            card.column.addWidget(words(told, quiet=True))
        return card

    # What a check found

    def _found(self, report: Report) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        if not report.is_usable:
            head = Banner(Tone.CAREFUL, say("The form cannot be used yet. Nothing was changed."))
        else:
            text = self.context.words.count(
                "{title}: {number} question. The form can be used.",
                "{title}: {number} questions. The form can be used.",
                report.questions,
                title=report.title or report.form_id,
            )
            head = Banner(Tone.DONE, text)
        parts: list[QWidget] = [*([Banner(*self.told)] if self.told else []), head]
        if page.lists_beside:
            beside = say("Lists beside it: {files}", files=", ".join(page.lists_beside))
            parts.append(words(beside, quiet=True))
        if page.media:
            came = say("Pictures, sounds and films with it: {files}", files=", ".join(page.media))
            parts.append(words(came, quiet=True))
        if page.media_missing and report.is_usable:
            told = say(
                "The form asks for these, and they do not lie beside it: {files}. It can be used without them; "
                "their place stays empty.",
                files=", ".join(page.media_missing),
            )
            parts.append(Banner(Tone.CAREFUL, told))
        if page.repaired is not None:
            parts.append(self._mended(page.mended))
        if page.errors:
            parts.append(self._problems(say("To be mended first"), page.errors, Tone.CAREFUL, "careful"))
        if page.warnings:
            parts.append(
                self._problems(say("To look at before it is used"), page.warnings, Tone.NOTE, "note")
            )
        return parts

    def _problems(self, heading: str, found: tuple[Found, ...], tone: Tone, icon: str) -> ProblemList:
        told = [Told(self._place(one), self.context.sentence(one.error)) for one in found]
        more = self.context.say("And {count} more.", count=max(0, len(found) - MOST))
        made = ProblemList(heading, told, tone=tone, icon=icon, more=more)
        self.lists.append(made)
        return made

    def _mended(self, found: tuple[Mended, ...]) -> QWidget:
        say = self.context.say
        if not found:
            return words(say("Nothing in it can be repaired without knowing what was meant."), Size.QUESTION)
        told = [Told(self._place(one), self._repair_words(one)) for one in found]
        more = say("And {count} more.", count=max(0, len(found) - MOST))
        heading = say("Changed in the copy")
        made = ProblemList(heading, told, tone=Tone.DONE, icon="done", more=more)
        self.lists.append(made)
        return made

    def _repair_words(self, one: Mended) -> str:
        say = self.context.say
        was = say("Before: {was}", was=one.was) if one.was else ""
        now = say("Now: {now}", now=one.now) if one.now else ""
        return "\n".join(part for part in (self.context.sentence(one.error), was, now) if part)

    def _place(self, one: Found | Mended) -> str:
        say = self.context.say
        row = say("row {row}", row=one.row) if one.row else ""
        path = one.path if isinstance(one, Found) and not one.row else ""
        parts = (say("sheet {sheet}", sheet=one.sheet) if one.sheet else "", row, one.column, path)
        return " · ".join(part for part in parts if part)

    # What is done

    def _choose(self) -> None:
        name = self.context.say("Forms")
        path = self.context.ask_file(self.context.say("A form"), f"{name} ({FILES})")
        if path is not None:
            self.check(path)

    def check(self, path: Path) -> None:
        """Look at a file; nothing is kept."""
        self.context.background.run(
            partial(self.presenter.check, path),
            what=self.context.say("Checking the form"),
            done=self._checked,
            failed=self._failed,
        )

    def _checked(self, report: Report) -> None:
        self.presenter.report, self.told = report, None
        self.show_again()

    def _repair(self) -> None:
        self.context.background.run(
            self.presenter.repair,
            what=self.context.say("Repairing a copy"),
            done=self._repaired,
            failed=self._failed,
        )

    def _repaired(self, repaired: Repaired) -> None:
        self.presenter.look_at(repaired)
        self.show_again()

    def _save_copy(self) -> None:
        folder = self.context.ask_folder(self.context.say("Save the repaired copy"))
        if folder is None:
            return
        try:
            path = self.presenter.save_copy(folder)
        except FieldkitError as fault:
            self._failed(fault)
            return
        self.told = (Tone.DONE, self.context.say("Saved as {file}.", file=path.name))
        self.show_again()

    def _install(self) -> None:
        self.context.background.run(
            self.presenter.install,
            what=self.context.say("Keeping the form"),
            done=self._installed,
            failed=self._failed,
        )

    def _installed(self, report: Report) -> None:
        told = self.context.say("{form} is offered as a survey now.", form=report.title or report.form_id)
        self.presenter.forget()
        self.presenter.read()
        self.told = (Tone.DONE, told)
        self.show_again()

    def _failed(self, fault: Exception) -> None:
        sentence = self.context.sentence(fault)
        if sentence:
            self.context.tell(sentence)

    def _back_to_list(self) -> None:
        self.presenter.forget()
        self.told = None
        self.show_again()
