"""What stands in an interview instead of questions: a closed section, the stop; and the choice of a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fieldkit.domain.errors import PersonFault
from fieldkit.languages.autonyms import autonym
from fieldkit.languages.isolates import isolate
from fieldkit.ui import fonts
from fieldkit.ui.presenters.new_interview import text_languages
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import BigButton
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context
    from fieldkit.ui.presenters.interview import InterviewPage

Go = Callable[[str], object]


def closed_page(context: Context, page: InterviewPage, go: Go) -> QWidget:
    """Why the section is closed, and the one that opens it."""
    sentence = context.sentence(PersonFault(page.here.gate.reason))
    target = page.where_to_go()
    ways = [_way_to(context, page, target, go)] if target else []
    return Card(readable(words(sentence, Size.QUESTION)), *ways)


def stop_page(context: Context, page: InterviewPage, go: Go, pause: Callable[[], object]) -> QWidget:
    """What it means to stop here, and the ways on: the closing section, or leaving it as it is."""
    say = context.say
    told = say(
        "Everything that was answered is kept, and this interview stands among the unfinished ones under its "
        "number {number}. You can go on at any time, today or another day. What was not asked counts as not "
        "asked: it never means that all is well.",
        number=isolate(page.interview.number),
    )
    leave = BigButton(say("Leave it as it is and go to People"), icon="people")
    leave.clicked.connect(pause)
    ways = [leave]
    closing = page.closing()
    if closing and closing != page.section:
        ways.insert(0, _way_to(context, page, closing, go))
    hint = say("Before the person leaves: say who can help now, and how they can come back.")
    return Card(readable(words(told, Size.QUESTION)), readable(words(hint)), *ways)


def offer_languages(
    context: Context, page: InterviewPage, below: QPushButton, choose: Go, another: Callable[[], object]
) -> None:
    """F2: the person's language, at any time; no answer changes by it."""
    interview = page.interview
    menu = QMenu(below)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(context.say("Person's language"))
    group = QActionGroup(menu)
    for tag in text_languages(interview.form.languages, interview.person_language, offer=True):
        action = menu.addAction(autonym(tag))
        action.setFont(fonts.font_for(tag))
        action.setCheckable(True)
        action.setChecked(tag == interview.person_language)
        group.addAction(action)
        action.triggered.connect(lambda _=False, tag=tag: choose(tag))
    menu.addSeparator()
    menu.addAction(context.say("Another language"), another)
    menu.popup(below.mapToGlobal(QPoint(0, below.height())))


def _way_to(context: Context, page: InterviewPage, section: str, go: Go) -> BigButton:
    made = BigButton(context.say("Go to: {section}", section=page.title(section).officer.text), icon="next")
    made.clicked.connect(lambda: go(section))
    return made
