"""The interview: one section a page, every question in two languages, every answer kept at once.

1. What was answered is on disk before anything says so; what could not be kept stays in its field.
2. After an answer only the cards whose view is another are touched.
3. Stop and Pause are always there and lose nothing. Nothing blocks moving on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.domain.outcome import Mark
from fieldkit.languages.autonyms import language
from fieldkit.languages.isolates import isolate
from fieldkit.services.gates import SectionKind
from fieldkit.services.refs import template
from fieldkit.ui import theme
from fieldkit.ui.actions import with_keys
from fieldkit.ui.presenters.interview import Heading, InterviewPage, Piece, Rows
from fieldkit.ui.presenters.new_interview import officers_side, text_languages
from fieldkit.ui.presenters.waiting import after
from fieldkit.ui.screens.attaching import Attaching
from fieldkit.ui.screens.interview_aside import closed_page, offer_languages, stop_page
from fieldkit.ui.screens.interview_beside import Beside
from fieldkit.ui.screens.interview_standing import standing
from fieldkit.ui.screens.screen import Do, Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.interview_cards import InterviewCards
from fieldkit.ui.widgets.layouts import Flow
from fieldkit.ui.widgets.question_card import QuestionCard
from fieldkit.ui.widgets.repeat_list import RepeatList
from fieldkit.ui.widgets.section_steps import SectionSteps
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.two_languages import heading, language_name

if TYPE_CHECKING:
    from fieldkit.services.uploads import Prepared
    from fieldkit.storage.drafts import DraftOp
    from fieldkit.ui.context import Context

_ROOM_FOR_SHAPES = 200
"""Above this text size the words beside the main button need the room of their shapes."""

OWN_PARAGRAPH = frozenset(
    {SectionKind.URGENT, SectionKind.INFORMATION, SectionKind.PRIVACY, SectionKind.AGREEMENT}
)
"""Kinds of section that are the same in every form; in the others the form comes before the section in Help."""

_LONG = 32
"""Characters of a section's title that the main button has room for."""


class InterviewScreen(Screen):
    """Goes on with a draft."""

    rail: str = "home"

    def __init__(self, context: Context, draft: str) -> None:
        super().__init__(context)
        self.page: InterviewPage | None = None
        self.fault: FieldkitError | None = None
        self.stopped = False
        self.cards: InterviewCards | None = None
        self.beside: Beside | None = None
        self._steps: SectionSteps | None = None
        self._language: QPushButton | None = None
        self._goal = ""
        self._attaching = Attaching(self)
        try:
            self.page = InterviewPage(context.open_vault, draft)
        except FieldkitError as fault:
            self.fault = fault

    @property
    def questions(self) -> list[QuestionCard]:
        """The cards of the questions that stand on the page."""
        return self.cards.questions() if self.cards is not None else []

    @property
    def title(self) -> str:
        if self.page is None:
            return self.context.say("This interview cannot be opened")
        return self.context.say("The talk has ended") if self.stopped else ""

    # --- what stands there ----------------------------------------------------------------------------

    def build(self) -> QWidget:
        self.cards = self._steps = self._language = self.beside = None
        if self.page is None:
            assert self.fault is not None, "one of the two is there"
            return Card(readable(words(self.context.sentence(self.fault), Size.QUESTION)))
        self._follow_interface(self.page)
        if self.stopped:
            return stop_page(self.context, self.page, self._go, self._pause)
        return self._section_page(self.page)

    def _section_page(self, page: InterviewPage) -> QWidget:
        say = self.context.say
        self._steps = SectionSteps(say("Sections of the interview"), say)
        self._steps.pressed.connect(self._go)
        parts = [self._top(page), *standing(page, self.context), self._steps]
        parts.append(heading(page.title(page.section), Size.TITLE))
        pages = page.pages()
        if len(pages) > 1:
            shown = say("Page {page} of {whole}", page=pages.index(page.page) + 1, whole=len(pages))
            parts.append(words(shown, quiet=True))
        if not page.is_open:
            parts.append(closed_page(self.context, page, self._go))
        self.beside = Beside(page, self.context, self._changed)
        parts.append(self.beside)
        self.cards = InterviewCards(self._make)
        parts.append(self.cards)
        self._show_page(page)
        if page.is_open:
            self.cards.say_nothing_is_asked(say("Nothing is asked here now. Go on with the next section."))
        whole = column(*parts, gap=12)
        self.beside.follow()
        return whole

    def _top(self, page: InterviewPage) -> QWidget:
        say, interview = self.context.say, page.interview
        box = QWidget()
        line = Flow(box, gap=theme.current().px(16))
        number = isolate(interview.number)
        survey = interview.survey
        heading = (
            say("Survey {number}", number=number) if survey else say("Interview {number}", number=number)
        )
        line.addWidget(words(heading, bold=True, wrap=False))
        line.addWidget(words(page.form_title, quiet=True, wrap=False))
        name = language_name(interview.person_language)
        said = say("Person's language: {language}", language=name)
        shown = name if theme.current().stacked else said
        tip = with_keys(said, "person_language", theme.current().mirrored)
        self._language = button(shown, self._offer_languages, icon="language", tip=tip)
        self._language.setAccessibleName(said)
        line.addWidget(self._language)
        if page.may_be_turned:
            tip = with_keys(
                say("Turn the laptop: the person answers alone"), "turn", theme.current().mirrored
            )
            line.addWidget(button(say("Turn the laptop"), self._turn, icon="again", tip=tip))
        if interview.person_language in text_languages(interview.form.languages, interview.person_language):
            return box
        if language(interview.form.default_language or "") is not None:
            told = say(
                "This form has no text in {language}. Its questions stand here in another language, each marked "
                "with it. Have an interpreter read them to the person.",
                language=name,
            )
        else:
            told = say(
                "This form does not say in which language its questions are. Have somebody who understands them "
                "read them to the person."
            )
        return column(box, Banner(Tone.CAREFUL, told), gap=12)

    def _show_page(self, page: InterviewPage) -> None:
        if self.cards is not None:
            self.cards.show_pieces(page.pieces())
        if self._steps is not None:
            self._steps.show_rows(page.steps())

    def _make(self, piece: Piece) -> QWidget:
        say = self.context.say
        if isinstance(piece, Heading):
            return heading(piece.label, Size.QUESTION) if piece.label else QWidget()
        if isinstance(piece, Rows):
            listed = RepeatList(piece, say)
            listed.opened.connect(self._open_row)
            listed.added.connect(self._add_row)
            listed.removed.connect(self._remove_row)
            return listed
        card = QuestionCard(piece.view, say)
        card.answered.connect(self._answer)
        card.marked.connect(self._mark)
        card.typing.connect(lambda: self.context.saved("saving"))
        card.wished.connect(self._attaching.wish)
        card.done.connect(self._lead_on)
        return card

    # --- ways -----------------------------------------------------------------------------------------

    def main_action(self) -> Way | None:
        page, say = self.page, self.context.say
        if page is None:
            return Way(say("Go to People"), self._pause, "people")
        if self.stopped:
            return Way(say("Go on with the interview"), self._resume, "next")
        if not page.is_last:
            following = page.next_section()
            if following is None or page.page != page.pages()[-1]:
                return Way(say("Next page"), self._forward, "next")
            title = page.title(following.ref).officer.text
            short = len(title) > _LONG or theme.current().stacked
            text = say("Next") if short else say("Next: {section}", section=title)
            return Way(text, self._forward, "next")
        missing = len(page.unmet())
        if missing:
            text = self.context.words.count(
                "Finish: {number} question still needs an answer",
                "Finish: {number} questions still need an answer",
                missing,
            )
            return Way(text, self._finish, "next")
        return Way(say("Finish"), self._finish, "done")

    def back(self) -> Way | None:
        if self.page is None:
            return None
        if self.stopped or self.page.is_first:
            do = self._resume if self.stopped else self._pause
            return Way(self.context.say("Back"), do, "back")
        return Way(self.context.say("Back"), self._backward, "back")

    def other_actions(self) -> tuple[Way, ...]:
        if self.page is None or self.stopped:
            return ()
        say = self.context.say
        shapes = ("stop", "pause") if theme.current().scale <= _ROOM_FOR_SHAPES else ("", "")
        return (Way(say("Stop"), self._stop, shapes[0]), Way(say("Pause"), self._pause, shapes[1]))

    def commands(self) -> Mapping[str, Do]:
        if self.page is None or self.stopped:
            return {}
        turn: dict[str, Do] = {"turn": self._turn} if self.page.may_be_turned else {}
        return {"person_language": self._offer_languages, "next": self._enter, **turn}

    def in_hand(self) -> tuple[tuple[str, str], ...]:
        """The question that has the keyboard, else the first of the page; then its section and its form."""
        if self.page is None:
            return ()
        focused = QApplication.focusWidget()
        cards = [card for card in self.questions if focused is not None and card.isAncestorOf(focused)]
        cards += [card for card in self.questions if card.takes_answer]
        fact = [("fact", template(cards[0].view.ref)[-1])] if cards else []
        form, section = ("form", self.page.interview.form.id), ("section", self.page.here.kind.value)
        first = (section, form) if self.page.here.kind in OWN_PARAGRAPH else (form, section)
        return (*fact, *first)

    def shown(self) -> None:
        goal, self._goal = self._goal, ""
        if goal and self.cards is not None:
            self.cards.focus_on(goal)
        elif self.page is not None and not self.stopped:
            card = next((one for one in self.questions if one.takes_answer), None)
            if card is not None:
                card.focus()

    def left(self) -> None:
        for card in self.questions:
            card.field.flush()

    # --- what is done ---------------------------------------------------------------------------------

    def _do(self, work: Callable[[InterviewPage], object]) -> bool:
        """Do something that is kept; a disk that refuses is told and nothing is lost (rule 1)."""
        assert self.page is not None
        try:
            work(self.page)
        except FieldkitError as fault:
            self.context.saved("")
            self.context.show_error(fault)
            return False
        self.context.saved()
        return True

    def _answer(self, ref: str, value: str) -> None:
        assert self.page is not None
        if (
            value == self.page.interview.session.typed(ref)
            and self.page.interview.mark_of(ref) is not Mark.NOT_ASKED
        ):
            self.context.saved()
        elif not value and self.page.interview.mark_of(ref) is Mark.NOT_ASKED and not self._typed(ref):
            return  # somebody walked through an empty field
        elif self._do(lambda page: page.answer(ref, value)):
            self._changed()
        else:
            self._tell_unkept(ref)

    def _typed(self, ref: str) -> str:
        assert self.page is not None
        return self.page.interview.session.typed(ref)

    def _mark(self, ref: str, mark: Mark) -> None:
        if mark is Mark.NOT_ASKED:
            kept = self._do(lambda page: page.answer(ref, ""))
        else:
            kept = self._do(lambda page: page.mark(ref, mark))
        if kept:
            self._changed()
        else:
            self._tell_unkept(ref)

    def attach(self, ref: str, file: Prepared) -> None:
        """Keep a file as an answer."""
        if self._do(lambda page: page.attach(ref, file)):
            self._changed()
        else:
            self._tell_unkept(ref)

    def attached(self, kept: DraftOp) -> None:
        """Show a file that is on disk already."""
        if self._do(lambda page: page.attached(kept)):
            self._changed()

    def tell_refused(self, ref: str, fault: FieldkitError) -> None:
        """A file was not taken: say why at its question; what was kept before still is."""
        self.context.saved("")
        for card in self.questions:
            if card.view.ref == ref:
                card.tell_unkept(self.context.sentence(fault))

    def _tell_unkept(self, ref: str) -> None:
        for card in self.questions:
            if card.view.ref == ref:
                card.tell_unkept(self.context.say("Not kept: this answer is not on the disk yet."))

    def _changed(self) -> None:
        if self.page is None:
            return
        self._show_page(self.page)
        if self.beside is not None:
            self.beside.follow()
        self.context.refresh()

    def _add_row(self, repeat: str) -> None:
        self.left()
        if self._do(lambda page: page.add_row(repeat)):
            self._changed()
            assert self.page is not None and self.cards is not None
            self.cards.focus_first_in(self.page.opened(repeat))

    def _remove_row(self, repeat_row: str) -> None:
        self.left()
        if self._do(lambda page: page.remove_row(repeat_row)):
            self._changed()
            assert self.cards is not None
            self.cards.focus_on(repeat_row.rpartition("[")[0])

    def _open_row(self, repeat: str, repeat_row: str) -> None:
        assert self.page is not None
        self.left()
        self.page.open_row(repeat, repeat_row)
        self._changed()
        if repeat_row and self.cards is not None:
            self.cards.focus_first_in(repeat_row)

    def _go(self, section: str) -> None:
        self.left()
        if self._do(lambda page: page.go(section)):
            self.stopped = False
            self.show_again()

    def _forward(self) -> None:
        self.left()
        if self._do(lambda page: page.forward()):
            self.show_again()

    def _backward(self) -> None:
        self.left()
        if self._do(lambda page: page.backward()):
            self.show_again()

    def _stop(self) -> None:
        self.left()
        self.stopped = True
        self.show_again()

    def _resume(self) -> None:
        self.stopped = False
        self.show_again()

    def _pause(self) -> None:
        self.left()
        self.context.navigation.start("home")

    def _turn(self) -> None:
        assert self.page is not None
        self.left()
        self.context.go("self_answer", draft=self.page.interview.draft_id, section=self.page.section)

    def _finish(self) -> None:
        self.left()
        page = self.page
        assert page is not None
        unmet = page.unmet()
        if unmet:
            self._goal = unmet[0].ref
            if self._do(lambda page: page.show(unmet[0].ref)):
                self.show_again()
            return
        if page.interview.facts.corrected is not None:
            self.context.go("reasons", draft=page.interview.draft_id)
            return
        finished = []
        files = len(page.interview.uploads.named())
        if not self._do(lambda page: finished.append(page.finish())):
            return
        if finished[0].case:
            name, arguments = after(page.interview.form.id, finished[0].case)
            self.context.navigation.instead(name, **arguments)
        else:
            self.context.navigation.instead(
                "kept",
                number=finished[0].number,
                form=page.interview.form.id,
                files=files,
                about=finished[0].about,
            )

    def _enter(self) -> None:
        """Enter leads to the next question; after the last one to what the main button does."""
        if self.cards is not None and self.cards.enter():
            return
        way = self.main_action()
        if way is not None and way.enabled:
            way.do()

    def _lead_on(self) -> None:
        """One press was the whole answer (`quick`): the next question follows. Nothing is finished by it."""
        if self.page is None or self.cards is None:
            return
        if not (self.page.is_last and self.cards.is_at_last()):
            self._enter()

    # --- languages ------------------------------------------------------------------------------------

    def _follow_interface(self, page: InterviewPage) -> None:
        """The officer's side follows the program's language where forms have it."""
        side = officers_side(self.context.words.tag)
        if side != page.interview.officer_language:
            self._do(lambda page: page.use_languages(side, page.interview.person_language))

    def _offer_languages(self) -> None:
        assert self.page is not None and self._language is not None
        offer_languages(
            self.context, self.page, self._language, self.use_person_language, self._another_language
        )

    def use_person_language(self, tag: str) -> None:
        """Show the person's side in another language."""
        self.left()
        if self._do(lambda page: page.use_languages(page.interview.officer_language, tag)):
            self.show_again()

    def _another_language(self) -> None:
        assert self.page is not None
        self.left()
        self.context.go("choose_language", form=self.page.interview.form.id, then=self._chosen_elsewhere)

    def _chosen_elsewhere(self, tag: str) -> None:
        self._do(lambda page: page.use_languages(page.interview.officer_language, tag))
        self.context.navigation.back()

    # --- the keyboard ---------------------------------------------------------------------------------
