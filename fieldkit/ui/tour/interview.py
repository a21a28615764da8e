"""Leads an interview on the real screen: every answer is pressed or typed on the card of its question.

What is told is a list of answers by question name, in the order of the form; what is not told is left alone, as
an officer does who has little time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from fieldkit.domain.outcome import Mark
from fieldkit.languages.autonyms import autonym
from fieldkit.services import intake
from fieldkit.services.refs import leaf
from fieldkit.ui.fields.choices import AcknowledgeField, ChoiceField
from fieldkit.ui.fields.field import AnswerField, Line, Lines
from fieldkit.ui.fields.moments import MomentField
from fieldkit.ui.fields.search import SearchField
from fieldkit.ui.screens.interview import InterviewScreen
from fieldkit.ui.tour.guide import Guide, TourFailed
from fieldkit.ui.widgets.question_card import QuestionCard
from fieldkit.ui.widgets.repeat_list import RepeatList

_W = TypeVar("_W", bound=QWidget)
Told = Mapping[str, str | Mark]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person: how the talk takes place and what they say. `family` are rows of the one repeat."""

    name: str
    language: str
    told: Told
    family: Sequence[Told] = field(default=())


def begin(guide: Guide, person: Person, *, shots: bool = True) -> None:
    """From home through the language screen to the first section."""
    guide.press("People")
    guide.expect("home")
    guide.press("New interview")
    guide.expect("choose_language")
    if shots:
        guide.shot("point-at-your-language")
    guide.press_named(autonym(person.language))
    guide.expect("interview")


def resume(guide: Guide) -> None:
    """Go on with the one unfinished interview of the list."""
    guide.expect("home")
    unfinished = intake.drafts(guide.context.open_vault)
    if len(unfinished) != 1:
        raise TourFailed(f"one interview should be unfinished, not {len(unfinished)}")
    guide.press_named(unfinished[0].number)
    guide.expect("interview")


def rest_of(guide: Guide, person: Person) -> Person:
    """What a person still has to say: the answers that stand already are left out."""
    page = _screen(guide).page
    assert page is not None
    answered = {
        leaf(item.ref)
        for item in page.interview.all_questions()
        if page.interview.mark_of(item.ref) is not Mark.NOT_ASKED
    }
    told = {name: value for name, value in person.told.items() if name not in answered}
    if len(told) == len(person.told):
        raise TourFailed("nothing of the interrupted interview was kept")
    return replace(person, told=told)


def lead(guide: Guide, person: Person, *, shots: bool = True, stop_before: str = "") -> None:
    """Go through the sections to the end, or until the section named `stop_before` stands there."""
    left = dict(person.told)
    while guide.screen == "interview":
        screen = _screen(guide)
        assert screen.page is not None
        here = screen.page.here.name or "questions"
        if here == stop_before:
            return
        _answer_page(guide, person, left)
        if shots:
            guide.to_top()
            guide.shot(f"interview-{person.name}-{here}")
        was_last = screen.page.is_last
        guide.main_action()
        if was_last and guide.screen == "interview":
            raise TourFailed(f"the interview does not finish: {[one.ref for one in screen.page.unmet()]}")
    guide.expect_no_error()
    if left:
        raise TourFailed(f"these questions were never asked: {sorted(left)}")


def _answer_page(guide: Guide, person: Person, left: dict[str, str | Mark]) -> None:
    """Answer what is told, again and again while answers bring up further questions."""
    again = True
    while again:
        again = False
        for card in _cards(guide):
            name = leaf(card.view.ref)
            if name in left and not _in_row(card.view.ref):
                answer(guide, card, left.pop(name))
                again = True
                break
    for repeat in _visible(guide, RepeatList):
        for number, told in enumerate(person.family, start=1):
            guide.press("Add: {name}", name=repeat.name)
            row = f"[{number}]/"
            for name, value in told.items():
                found = [c for c in _cards(guide) if row in c.view.ref and leaf(c.view.ref) == name]
                if not found:
                    raise TourFailed(f"the family row {number} has no question {name}")
                answer(guide, found[0], value)


def answer(guide: Guide, card: QuestionCard, value: str | Mark) -> None:
    """Give one answer as a person would."""
    if isinstance(value, Mark):
        guide.click(card.marks[value])
        return
    give(guide, card.field, value)
    guide.settle()


def give(guide: Guide, field_: AnswerField, value: str) -> None:
    """Press or type a value into the field of any kind that the tour meets. Raises TourFailed."""
    if isinstance(field_, ChoiceField | AcknowledgeField):
        for one in value.split():
            guide.click(field_.grid.buttons[one])
    elif isinstance(field_, SearchField):
        for one in value.split():
            _point_at(guide, field_, one)
    elif isinstance(field_, MomentField):
        year, month, day = value.split("-")
        boxes = field_.boxes()
        for name, text in (("day", day), ("month", month), ("year", year)):
            guide.write_into(boxes[name], text)
        field_.flush()
    else:
        lines = [one for one in field_.findChildren(QWidget) if isinstance(one, Line | Lines)]
        if not lines:
            raise TourFailed(f"the tour cannot fill in a {type(field_).__name__}")
        guide.write_into(lines[0], value)
        field_.flush()


def _point_at(guide: Guide, field_: SearchField, value: str) -> None:
    row = field_.model.row_of(value)
    index = field_.model.index(row, 0)
    field_.list.scrollTo(index)
    guide.settle()
    guide.into_sight(field_.list)
    guide.inputs += 1
    place: QPoint = field_.list.visualRect(index).center()
    QTest.mouseClick(field_.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    guide.settle()


def _in_row(ref: str) -> bool:
    return "[" in ref


def _screen(guide: Guide) -> InterviewScreen:
    screen = guide.window.screen_shown
    if not isinstance(screen, InterviewScreen) or screen.page is None:
        raise TourFailed("an interview should stand here")
    return screen


def _cards(guide: Guide) -> list[QuestionCard]:
    return _visible(guide, QuestionCard)


def _visible(guide: Guide, kind: type[_W]) -> list[_W]:
    return [one for one in guide.window.findChildren(kind) if one.isVisible()]
