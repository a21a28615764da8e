"""Sharing one person's answers with one recipient: choose, look, say what was said, seal."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.languages.numbers import format_date, format_list
from fieldkit.services.letters import PURPOSES
from fieldkit.ui.presenters.sharing import ORIGIN_WORDS, SharePage
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.country_field import CountryField
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.domain.sharing import OriginKind
    from fieldkit.services.sharing import Sent
    from fieldkit.ui.context import Context

YES, NO = "yes", "no"


class SharingScreen(Screen):
    """One case. The page is built anew after each answer: what is left to ask becomes less."""

    rail: str = "home"

    def __init__(self, context: Context, case: str) -> None:
        super().__init__(context)
        self.presenter = SharePage(context.open_vault, case, context.words.tag)

    @property
    def title(self) -> str:
        return self.context.say("Share or hand over")

    def build(self) -> QWidget:
        if self.language_changed():
            self.presenter = SharePage(self.context.open_vault, self.presenter.case, self.context.words.tag)
        say, page = self.context.say, self.presenter
        number = words(say("Number {number}", number=isolate(page.number)), Size.QUESTION, bold=True)
        if not page.contacts:
            return column(number, self._nobody())
        parts: list[QWidget] = [number, self._recipients()]
        if page.fault is not None:
            parts.append(Banner(Tone.CAREFUL, self.context.sentence(page.fault)))
        elif page.sent is not None:
            parts += self._done(page.sent)
        elif page.shown is not None:
            parts += self._look()
        return column(*parts)

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.sent is not None:
            return Way(say("Finish"), lambda: self.context.navigation.start("home"), "done")
        if page.shown is None or not page.ready:
            return None
        why_not = "" if page.may_seal else say("Answer the questions on this page first.")
        return Way(say("Seal it into a folder"), self._seal, "lock", page.may_seal, why_not)

    # Parts

    def _nobody(self) -> Card:
        say = self.context.say
        state = EmptyState(
            say("No other post and no other office is known here yet."),
            say(
                "An administrator exchanges contact files with them, and reads the words aloud, under Exchange. "
                "Until then, refer by telephone and slip."
            ),
            icon="exchange",
        )
        card = Card(state)
        if self.context.open_vault.may(Action.KEEP_CONTACTS):
            go = button(say("Other posts and offices"), partial(self.context.go, "contacts"), icon="key")
            card.column.addWidget(row(go))
        return card

    def _recipients(self) -> QWidget:
        say, page = self.context.say, self.presenter
        question = say("Who is to receive it?")
        offered = [
            Offered(one.id, one.name, second=say("in another country") if one.abroad else "")
            for one in page.contacts
        ]
        grid = ChoiceGrid(offered, name=question, least=300, most=3)
        if page.chosen is not None:
            grid.choose(page.chosen.id)
        grid.chosen.connect(lambda values: self.write_down(partial(page.choose, values[0])))
        return column(words(question, Size.QUESTION), grid, gap=8)

    def _look(self) -> list[QWidget]:
        page = self.presenter
        refused = [Banner(Tone.CAREFUL, self.context.sentence(fault)) for fault in page.final_refusals]
        parts: list[QWidget] = [self._terms(), *refused]
        if refused:
            return parts
        if page.asks_agreement:
            return [*parts, self._agreement()]
        if page.asks_countries:
            return [*parts, *self._countries()]
        if page.asks_child_protection:
            return [*parts, self._child_protection()]
        parts += [self._goes(), self._stays()]
        if page.asks_reason:
            return [*parts, self._reason()]
        return [*parts, self._told()]

    def _terms(self) -> Card:
        say, page = self.context.say, self.presenter
        assert page.shown is not None
        protocol = page.shown.protocol
        rows: list[tuple[str, str | QWidget]] = [
            (say("What for"), say(PURPOSES[protocol.purpose])),
            (say("By which agreement between you"), isolate_words(protocol.basis)),
            (say("Until"), format_date(protocol.expires, self.context.words.tag)),
        ]
        return Card(words(protocol.name, Size.QUESTION, bold=True), facts(rows, share=3))

    def _goes(self) -> Card:
        say, page = self.context.say, self.presenter
        rows: list[tuple[str, str | QWidget]] = [(say("Number"), isolate(page.number))]
        rows += [(say("May need"), isolate_words(name)) for name in page.categories()]
        rows += [(one.question, isolate_words(one.words)) for one in page.one.fields]
        return Card(words(say("This goes, and nothing else"), Size.QUESTION, bold=True), facts(rows, share=1))

    def _stays(self) -> QWidget:
        say, page = self.context.say, self.presenter
        left = [(isolate_words(name), say(why)) for name, why in page.left_out()]
        if not left:
            return column()
        return Card(words(say("This stays here"), Size.QUESTION, bold=True), facts(left, share=1))

    # Questions

    def _yes_or_no(
        self, question: str, hint: str, yes: Offered, no: Offered, do: Callable[[bool], object]
    ) -> Card:
        grid = ChoiceGrid([yes, no], name=question, least=320, most=2)
        grid.chosen.connect(lambda values: self.write_down(partial(do, values[0] == YES)))
        return Card(words(question, Size.QUESTION), readable(words(hint, quiet=True)), grid)

    def _agreement(self) -> QWidget:
        say, page = self.context.say, self.presenter
        if page.said_no:
            told = say(
                "The person said no to this recipient. Nothing goes there, and help does not depend on it."
            )
            return Card(marked("note", readable(words(told, Size.QUESTION))))
        assert page.chosen is not None
        return self._yes_or_no(
            say(
                "Does the person agree that {recipient} gets this?", recipient=isolate_words(page.chosen.name)
            ),
            say(
                "Say who they are, what for, and that help does not depend on the answer. A child is asked too."
            ),
            Offered(YES, say("Yes")),
            Offered(NO, say("No, or not sure"), second=say("Nothing goes there")),
            lambda agreed: page.agree(agreed=agreed),
        )

    def _countries(self) -> list[QWidget]:
        say = self.context.say
        told = say(
            "This recipient is in another country. Ask for every country that could be a danger. As long as "
            "one answer is missing, nothing goes to another country."
        )
        return [Banner(Tone.CAREFUL, told), *(self._country(kind) for kind in ORIGIN_WORDS)]

    def _country(self, kind: OriginKind) -> Card:
        say, page = self.context.say, self.presenter
        named = page.country_names(kind)
        card = Card(words(say(ORIGIN_WORDS[kind]), Size.QUESTION, bold=True))
        said = format_list(named, self.context.words.tag) if named else say("None named yet.")
        card.column.addWidget(words(said))
        field = CountryField(say("Add a country"), page.matches)
        field.chosen.connect(lambda code: self.write_down(partial(page.name_country, kind, code)))
        card.column.addWidget(field)
        if kind in page.origins.unknown:
            all_named = button(say("These are all"), self._whole(kind, whole=True), icon="check")
            card.column.addWidget(row(all_named))
        else:
            card.column.addWidget(marked("done", words(say("These are all.")), Tone.DONE))
        return card

    def _whole(self, kind: OriginKind, *, whole: bool) -> Callable[[], object]:
        return partial(self.write_down, partial(self.presenter.say_whole, kind, whole=whole))

    def _child_protection(self) -> Card:
        say, page = self.context.say, self.presenter
        return self._yes_or_no(
            say("Has child protection here agreed?"),
            say(
                "This is about a child, and goes to another country. Call child protection, and listen to "
                "the child."
            ),
            Offered(YES, say("Yes, they agreed on the telephone or here")),
            Offered(NO, say("Not yet"), second=say("Nothing goes there")),
            lambda agreed: page.child_protection_agrees() if agreed else None,
        )

    def _reason(self) -> Card:
        say, page = self.context.say, self.presenter
        return Card(
            Reason(
                say("Why can it not wait for the person's agreement?"),
                hint=say("In a few words. They are kept with the case and do not go along."),
                action=say("Keep the reason"),
                missing=say("Write down why."),
                keep=lambda reason: self.write_down(partial(page.give_reason, reason)),
            )
        )

    def _told(self) -> Card:
        say, page = self.context.say, self.presenter
        assert page.chosen is not None
        card = self._yes_or_no(
            say("Have you told the person who gets this, and why?"),
            say(
                "{recipient} gets what stands above. Read it to the person.",
                recipient=isolate_words(page.chosen.name),
            ),
            Offered(YES, say("Yes")),
            Offered(NO, say("Not yet")),
            lambda told: page.told(told=told),
        )
        if page.said.told:
            card.column.addWidget(marked("done", words(say("The person was told.")), Tone.DONE))
        return card

    # Sealing

    def _seal(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the sealed file"))
        if folder is None:
            return
        self.context.background.run(
            lambda _progress: self.presenter.seal(folder),
            what=self.context.say("Sealing"),
            done=lambda _sent: self.show_again(),
            failed=self.context.show_error,
            can_cancel=False,
        )

    def _done(self, sent: Sent) -> list[QWidget]:
        say, page = self.context.say, self.presenter
        assert page.chosen is not None
        name = isolate_words(page.chosen.name)
        told = say("The sealed file is written. Only {recipient} can open it.", recipient=name)
        parts: list[QWidget] = [Banner(Tone.DONE, told), Card(facts([(say("File"), isolate(sent.file))]))]
        parts.append(flow(button(say("Print the paper that goes with it"), self._cover, icon="print")))
        if not page.said.told:
            tell = say("The person was not told yet. Tell them now who gets this, and why.")
            parts.append(Card(marked("wait", readable(words(tell, Size.QUESTION)))))
        if page.is_hand_over:
            wait = say(
                "Handed over, not yet confirmed. Call {recipient}. When their receipt comes, open it under "
                "Exchange.",
                recipient=name,
            )
            parts.append(Card(marked("wait", readable(words(wait, Size.QUESTION)))))
        return parts

    def _cover(self) -> None:
        title = self.context.say("The paper that goes with it")
        self.context.go("pages", paper=self.presenter.cover(), title=title, rail="home")
