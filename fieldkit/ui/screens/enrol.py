"""A post and its headquarters come to know each other: three files, ten words read over a known phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from fieldkit.services.fingerprints import Whose
from fieldkit.ui.presenters.enrol import Enrol, Step
from fieldkit.ui.screens import compared
from fieldkit.ui.screens.comparing import agreement
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.steps import State, Steps
from fieldkit.ui.widgets.steps import Step as ShownStep
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.enrolment import Asking, Summary
    from fieldkit.ui.context import Context

_Result = TypeVar("_Result")


class EnrolScreen(Screen):
    """At a post. `told` is what has just happened, said above the next step."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Enrol(context.open_vault)
        self.told: tuple[Tone, str] | None = None

    @property
    def title(self) -> str:
        return self.context.say("Enrol with headquarters")

    def build(self) -> QWidget:
        step = self.presenter.step
        parts: list[QWidget] = [self._steps()]
        if self.told is not None:
            parts.append(Banner(*self.told))
        pages = {
            Step.OFFICE: self._office,
            Step.REQUEST: self._request,
            Step.CERTIFICATE: self._certificate,
            Step.DONE: self._done,
        }
        return column(*parts, pages[step]())

    def main_action(self) -> Way | None:
        say = self.context.say
        ways = {
            Step.OFFICE: Way(say("Choose the office file"), self._choose_office, "folder"),
            Step.REQUEST: Way(say("Write the request into a folder"), self._write_request, "folder"),
            Step.CERTIFICATE: Way(say("Choose the certificate file"), self._choose_certificate, "folder"),
            Step.DONE: Way(
                say("Next: export"), partial(self.context.navigation.start, "exchange"), "exchange"
            ),
        }
        comparing = self.presenter.offered is not None
        return ways[self.presenter.step] if self.presenter.may_enrol and not comparing else None

    def other_actions(self) -> tuple[Way, ...]:
        if not self.presenter.may_enrol:
            return ()
        if self.presenter.step is Step.CERTIFICATE:
            again = Way(self.context.say("Write the request again"), self._write_request, "folder")
            keep = Way(self.context.say("Keep the present key"), self._keep_key, "back")
            return (keep, again) if self.presenter.state.changing_key else (again,)
        if self.presenter.step is Step.DONE:
            return (
                Way(self.context.say("Take in a file from headquarters"), self._take_in, "folder"),
                Way(self.context.say("Change this laptop's signing key"), self._new_key, "key"),
            )
        if self.presenter.offered is not None:
            return (Way(self.context.say("Choose another file"), self._choose_office, "folder"),)
        return ()

    # Parts

    def _steps(self) -> Steps:
        say = self.context.say
        names = (say("Office file"), say("Request"), say("Certificate"))
        order = (Step.OFFICE, Step.REQUEST, Step.CERTIFICATE, Step.DONE)
        here = order.index(self.presenter.step)
        shown = []
        for place, name in enumerate(names):
            state = State.DONE if place < here else State.CURRENT if place == here else State.OPEN
            said = {State.DONE: say("done"), State.CURRENT: say("now"), State.OPEN: say("later")}[state]
            shown.append(ShownStep(name, state, said))
        return Steps(shown, name=self.title, can_go=False)

    def _office(self) -> QWidget:
        say, offered = self.context.say, self.presenter.offered
        if not self.presenter.may_enrol:
            return Card(readable(words(say("Somebody with the role of administrator enrols this post."))))
        if offered is None:
            told = say(
                "Headquarters gives you a file called office.fko, on a stick or by any other way. It is not "
                "secret. Choose it; then you compare ten words with headquarters before anything is trusted."
            )
            return Card(readable(words(told)))
        agreed = agreement(self.context, self._agreed, say("Trust this headquarters"))
        return column(self._compare(offered), self._recovery(), agreed)

    def _compare(self, offered: Summary) -> QWidget:
        say = self.context.say
        told = say(
            "Call headquarters on a number you knew before this file came. Read these words to each other:"
        )
        return compared.others(self.context, offered, Whose.OFFICE, told, partial(self._agreed, True))

    def _recovery(self) -> QWidget:
        told = self.context.say(
            "When you say yes, headquarters can open this laptop: a copy of its key is sealed so that only "
            "headquarters' offline recovery key opens it. It is there for the day when every phrase is forgotten."
        )
        return marked("key", readable(words(told)))

    def _request(self) -> QWidget:
        say = self.context.say
        told = say(
            "This laptop now asks headquarters for a certificate. Write the request into a folder, best on a "
            "stick, and bring it to headquarters. It is not secret."
        )
        return Card(readable(words(told)), self._recovery_slot())

    def _certificate(self) -> QWidget:
        say = self.context.say
        own = self.presenter.own_words
        told = say(
            "When headquarters has the request, it calls you. Read these words of this laptop to each other. Then "
            "headquarters gives you a file called certificate.fkc."
        )
        return column(
            compared.own(self.context, own, Whose.LAPTOP, told), self._more_asked(own), self._recovery_slot()
        )

    def _more_asked(self, own: Asking) -> QWidget:
        """What the request says beside the words, where it says more."""
        say = self.context.say
        if own.continues:
            told = say("The request says that this laptop continues its former record, with all its data.")
        elif own.changes_key:
            told = say(
                "The request is for a new signing key. The present one serves until the certificate is here."
            )
        else:
            return Holder()
        return marked("note", readable(words(told)))

    def _recovery_slot(self) -> QWidget:
        text = self.context.say(
            "The recovery slot is there: headquarters can open this laptop in an emergency."
        )
        return marked("done", readable(words(text)), Tone.DONE)

    def _done(self) -> QWidget:
        say, office = self.context.say, self.presenter.state.office
        name = office.name if office else ""
        told = say("This post is enrolled with {office}. It can export sealed bundles.", office=name)
        return column(Card(marked("done", words(told, Size.QUESTION), Tone.DONE)), self._recovery_slot())

    # What is done

    def _choose_office(self) -> None:
        path = self.context.ask_file(
            self.context.say("Office file"), _kind(self.context.say("Office file"), "fko")
        )
        if path is not None:
            self._run(partial(self.presenter.read_office, path))

    def _agreed(self, agreed: bool) -> None:
        say = self.context.say
        if agreed:
            self._run(self.presenter.trust, say("Headquarters is trusted, and the recovery slot was made."))
            return
        self.presenter.forget_office()
        self.told = (
            Tone.CAREFUL,
            say(
                "The words do not agree. Nothing was changed. This file may not be from your headquarters: ask "
                "for another one in person, and tell your coordinator."
            ),
        )
        self.show_again()

    def _write_request(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the request"))
        if folder is not None:
            self._run(partial(self._written, folder))

    def _written(self, folder: Path) -> str:
        path = self.presenter.write_request(folder)
        return self.context.say("The request was written: {file}.", file=path.name)

    def _new_key(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the request"))
        if folder is not None:
            self._run(partial(self._asked_new_key, folder))

    def _asked_new_key(self, folder: Path) -> str:
        path = self.presenter.ask_new_key(folder)
        return self.context.say("The request was written: {file}.", file=path.name)

    def _keep_key(self) -> None:
        self._run(
            self.presenter.keep_key, self.context.say("The present key stays. Nothing else was changed.")
        )

    def _take_in(self) -> None:
        name = self.context.say("File from headquarters")
        path = self.context.ask_file(name, _kind(name, "fks"))
        if path is not None:
            self._run(partial(self._taken_in, path))

    def _taken_in(self, path: Path) -> str:
        say = self.context.say
        if self.presenter.take_in(path):
            return say("The file was taken in. What headquarters says in it counts from now on.")
        return say("Everything in this file is known already. Nothing was changed, and that is fine.")

    def _choose_certificate(self) -> None:
        name = self.context.say("Certificate")
        path = self.context.ask_file(name, _kind(name, "fkc"))
        if path is not None:
            self._run(partial(self.presenter.accept, path))

    def _run(self, work: Callable[[], _Result], told: str = "") -> None:
        """Do it in the background; what it returns in words is told above the next step."""

        def done(result: _Result) -> None:
            sentence = result if isinstance(result, str) else told
            self.told = (Tone.DONE, sentence) if sentence else None
            self.show_again()

        self.context.background.run(
            lambda _progress: work(),
            what=self.context.say("Working"),
            done=done,
            failed=self.context.show_error,
            can_cancel=False,
        )


def _kind(name: str, ending: str) -> str:
    return f"{name} (*.{ending})"
