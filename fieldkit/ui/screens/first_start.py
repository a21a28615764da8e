"""The first start: one question a page, and in the end there is a vault with its first person signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fieldkit.languages.autonyms import autonym
from fieldkit.ui import settings as kept
from fieldkit.ui import theme
from fieldkit.ui.presenters.first_start import HEADQUARTERS, POST, FirstStart, Page, Phrase
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.settings import INTERFACE_LANGUAGES
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.layouts import Columns, flow
from fieldkit.ui.widgets.text import readable, start_at, words, words_in

if TYPE_CHECKING:
    from fieldkit.services.vault import OpenVault
    from fieldkit.ui.context import Context


class FirstStartScreen(Screen):
    """A page at a time. The answers live in the presenter, so that a page can be built again at any moment."""

    bare: ClassVar[bool] = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        vaults = context.vaults
        self.start = FirstStart(vaults.offer_phrase, vaults.check_phrase, language=context.settings.language)
        self.focus: Callable[[], object] = lambda: None
        self.field: Field | None = None

    @property
    def title(self) -> str:
        say = self.context.say
        return {
            Page.LANGUAGE: say("Language of the program"),
            Page.DESK: say("What is this laptop for?"),
            Page.USE: say("Will real people be interviewed?"),
            Page.NAME: self._name_words()[0],
            Page.PERSON: say("Your account"),
            Page.PHRASE: say("Your phrase"),
            Page.REPEAT: say("Write your phrase once more"),
            Page.FOLDER: say("Where to keep the offline keys"),
            Page.OFFLINE_PHRASE: say("Phrase of the offline keys"),
            Page.OFFLINE_REPEAT: say("Write the phrase of the offline keys once more"),
        }[self.start.page]

    def build(self) -> QWidget:
        self.field = None
        place, whole = self.start.place
        steps = self.context.say("Step {place} of {whole}", place=place, whole=whole)
        pages: dict[Page, Callable[[], QWidget]] = {
            Page.LANGUAGE: self._language,
            Page.DESK: self._desk,
            Page.USE: self._use,
            Page.NAME: self._name,
            Page.PERSON: self._person,
            Page.PHRASE: lambda: self._phrase(self.start.phrase),
            Page.REPEAT: lambda: self._repeat(self.start.phrase),
            Page.FOLDER: self._folder,
            Page.OFFLINE_PHRASE: lambda: self._phrase(self.start.offline),
            Page.OFFLINE_REPEAT: lambda: self._repeat(self.start.offline),
        }
        page = pages[self.start.page]()
        return column(words(steps, quiet=True), page, gap=12)

    def main_action(self) -> Way:
        say = self.context.say
        if self.start.is_last:
            return Way(say("Make the vault"), self._forward, "done")
        return Way(say("Continue"), self._forward, "next")

    def back(self) -> Way | None:
        if self.start.place[0] == 1:
            return None
        return Way(self.context.say("Back"), self._back, "back")

    def other_actions(self) -> tuple[Way, ...]:
        if self.start.page not in (Page.LANGUAGE, Page.DESK):
            return ()
        return (Way(self.context.say("Bring back a copy"), partial(self.context.go, "bring_back"), "again"),)

    def shown(self) -> None:
        self.focus()

    # Ways

    def _forward(self) -> None:
        problem = self.start.problem()
        if problem:
            self._show_problem(problem)
        elif self.start.is_last:
            self._create()
        else:
            self.start.forward()
            self.show_again()

    def _back(self) -> None:
        self.start.back()
        self.show_again()

    def _show_problem(self, problem: str) -> None:
        said = self.context.problem(problem)
        if self.field is not None:
            self.field.show_problem(said)
            self.field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.context.tell(said)

    def _create(self) -> None:
        new = self.start.new_vault()
        self.context.background.run(
            lambda _progress: self.context.vaults.create(new),
            what=self.context.say("Making the vault"),
            done=self._created,
            failed=self.context.show_error,
            can_cancel=False,
        )

    def _created(self, vault: OpenVault) -> None:
        kept.write(self.context.folder, self.context.settings)
        self.context.signed_in(vault)

    # Pages

    def _language(self) -> QWidget:
        offered = [Offered(tag, autonym(tag), tag=tag) for tag in INTERFACE_LANGUAGES]
        grid = self._grid(offered, self.context.words.tag, self._choose_language, Size.PERSON)
        hint = self.context.say(
            "The people you interview choose their own language later, each time. You can change this one at "
            "any moment, on top of the window."
        )
        return column(grid, readable(words(hint, quiet=True)))

    def _choose_language(self, tag: str) -> None:
        self.start.use_language(tag)
        if tag != self.context.words.tag:
            self.context.use_language(tag)

    def _desk(self) -> QWidget:
        say = self.context.say
        return self._grid(
            [
                Offered(
                    POST,
                    say("Field post"),
                    second=say("Interviews, information, referrals. Sends sealed bundles to headquarters."),
                    icon="post",
                ),
                Offered(
                    HEADQUARTERS,
                    say("Headquarters"),
                    second=say("Receives sealed bundles from posts, counts, keeps the keys."),
                    icon="headquarters",
                ),
            ],
            self.start.desk,
            partial(setattr, self.start, "desk"),
        )

    def _use(self) -> QWidget:
        say = self.context.say
        chosen = {None: "", True: "training", False: "work"}[self.start.training]
        return self._grid(
            [
                Offered(
                    "work",
                    say("Yes, this is for work"),
                    second=say("It begins without contacts. You enter those of your place."),
                    icon="people",
                ),
                Offered(
                    "training",
                    say("No, this is for training"),
                    second=say("It begins with invented contacts. It stays a training vault for good."),
                    icon="information",
                ),
            ],
            chosen,
            lambda value: setattr(self.start, "training", value == "training"),
        )

    def _name(self) -> QWidget:
        _, label, hint = self._name_words()
        return self._line(label, hint, self.start.name, partial(setattr, self.start, "name"))

    def _name_words(self) -> tuple[str, str, str]:
        say = self.context.say
        if self.start.desk == HEADQUARTERS:
            return (
                say("Name of this headquarters"),
                say("Name"),
                say("As the posts know it. It stands on top of the window."),
            )
        return (
            say("Name of this post"),
            say("Name"),
            say("As headquarters knows it. It stands on top of the window and on referral slips."),
        )

    def _person(self) -> QWidget:
        say = self.context.say
        hint = say(
            "A first name or a function, such as Officer 1. Everybody who can see this screen can read it, so do "
            "not write a full name. Accounts for others are added later."
        )
        return self._line(
            say("What others call you at work"),
            hint,
            self.start.person,
            partial(setattr, self.start, "person"),
        )

    def _phrase(self, phrase: Phrase) -> QWidget:
        say = self.context.say
        if phrase is self.start.phrase:
            told = say(
                "This phrase opens the vault. Write it on paper and keep the paper where only you can get it. "
                "Nobody can look it up for you, and it is not shown again."
            )
        else:
            told = say(
                "This phrase opens the file with the offline keys. Keep it on paper, apart from the stick. Both "
                "are needed to certify a post's laptop and to open one whose people forgot their phrases."
            )
        body = self._own_phrase(phrase) if phrase.own else self._offered_phrase(phrase)
        return column(readable(words(told)), body)

    def _offered_phrase(self, phrase: Phrase) -> QWidget:
        say = self.context.say
        card = Card()
        card.setAccessibleName(phrase.offered)
        grid = QWidget()
        cells = Columns(grid, least=theme.current().px(200), most=3, gap=theme.current().px(8))
        for place, word in enumerate(phrase.offered.split(), 1):
            said = words_in(f"{place}. {word}", "en", Size.PERSON)
            start_at(said, theme.current().mirrored)
            cells.addWidget(said)
        card.column.addWidget(grid)
        another = button(say("Show another phrase"), self._offer_another, icon="again")
        own = button(say("Write my own phrase"), partial(self._use_own, phrase, True), role="plain")
        self.focus = lambda: None
        return column(card, flow(another, own))

    def _own_phrase(self, phrase: Phrase) -> QWidget:
        say = self.context.say
        line = self._line(
            say("Your own phrase"),
            say("Several words that do not belong together. No names, no dates, no song."),
            phrase.typed,
            partial(setattr, phrase, "typed"),
            secret=True,
        )
        offered = button(say("Offer me a phrase"), partial(self._use_own, phrase, False), role="plain")
        return column(line, row(offered))

    def _offer_another(self) -> None:
        self.start.offer_another()
        self.show_again()

    def _use_own(self, phrase: Phrase, own: bool) -> None:
        phrase.own = own
        self.show_again()

    def _repeat(self, phrase: Phrase) -> QWidget:
        say = self.context.say
        hint = say("Copy it from your paper. Capital letters and extra spaces do not matter.")
        return self._line(say("Phrase"), hint, "", partial(setattr, phrase, "repeated"), secret=True)

    def _folder(self) -> QWidget:
        say = self.context.say
        told = say(
            "Two keys of a headquarters never stay on a laptop: the one that certifies posts and the one that "
            "opens a post's vault in an emergency. They are written as one file into a folder you choose, best on "
            "a stick that is then locked away."
        )
        chosen = str(self.start.folder) if self.start.folder else say("No folder chosen yet.")
        shown = words(chosen, Size.QUESTION, quiet=self.start.folder is None)
        pick = button(say("Choose a folder"), self._choose_folder, icon="folder")
        self.focus = lambda: pick.setFocus(Qt.FocusReason.OtherFocusReason)
        return column(readable(words(told)), Card(shown, row(pick)))

    def _choose_folder(self) -> None:
        picked = self.context.ask_folder(self.context.say("Folder for the offline keys"))
        if picked is not None:
            self.start.folder = picked
            self.show_again()

    # Parts of pages

    def _grid(
        self,
        offered: list[Offered],
        chosen: str,
        choose: Callable[[str], object],
        size: Size = Size.QUESTION,
    ) -> ChoiceGrid:
        grid = ChoiceGrid(offered, name=self.title, size=size, least=280, most=3)
        grid.choose(chosen)
        grid.chosen.connect(lambda values: choose(values[0]))
        self.focus = grid.focus_first
        return grid

    def _line(
        self, label: str, hint: str, value: str, changed: Callable[[str], object], *, secret: bool = False
    ) -> Card:
        shown = self.context.say("Show") if secret else ""
        field = Field(label, hint=hint, value=value, secret=shown)
        field.line.textEdited.connect(changed)
        field.line.textEdited.connect(lambda _text: field.show_problem(""))
        self.field = field
        self.focus = lambda: field.line.setFocus(Qt.FocusReason.OtherFocusReason)
        return Card(field)
