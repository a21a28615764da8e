"""What headquarters sent, where it is needed: tasks on the first screen, results and messages in their case."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_words
from fieldkit.languages.numbers import format_date
from fieldkit.services import homeward
from fieldkit.ui.presenters.homeward import STATES
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, row
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.storage.queries_home import Task
    from fieldkit.ui.context import Context


def tasks_card(context: Context, case: str | None = None) -> tuple[QWidget, ...]:
    """What headquarters asks for, each with a way to say that it was done; nothing when there is nothing."""
    tasks = homeward.open_tasks(context.open_vault, case)
    if not tasks:
        return ()
    card = Card(words(context.say("Headquarters asks"), Size.QUESTION, bold=True))
    for task in tasks:
        for part in _task(context, case, task):
            card.column.addWidget(part)
    return (card,)


def case_card(context: Context, case: str) -> tuple[QWidget, ...]:
    """Results of the referrals of a case, and messages about it; nothing when nothing came."""
    say, vault = context.say, context.open_vault
    results, messages = homeward.results(vault, case), homeward.messages(vault, case)
    if not results and not messages:
        return ()
    card = Card(words(say("From headquarters"), Size.QUESTION, bold=True))
    for one in results:
        told = say(
            "Result came back ({day}): {what}", day=_day(context, one.day), what=say(STATES[one.state])
        )
        card.column.addWidget(marked("refer", words(told, bold=True)))
        if one.text:
            card.column.addWidget(readable(words(isolate_words(one.text))))
    for message in messages:
        card.column.addWidget(words(_day(context, message.day), quiet=True))
        card.column.addWidget(readable(words(isolate_words(message.text))))
    return (card,)


def _task(context: Context, case: str | None, task: Task) -> list[QWidget]:
    """On the first screen a task about a person shows a number and no word: it can be read from across the desk."""
    say = context.say
    heads = [say("Number {number}", number=task.number)] if task.number else []
    heads += [say("until {day}", day=_day(context, task.due))] if task.due else []
    if task.case and case is None:
        to_case = button(say("The case"), partial(context.go, "case", case=task.case), icon="next")
        return [words(" · ".join(heads)), row(to_case)]
    parts: list[QWidget] = [words(" · ".join(heads), quiet=True)] if heads else []
    parts.append(readable(words(isolate_words(task.text))))
    if context.open_vault.may(Action.TAKE_BACK):
        parts.append(row(button(say("It is done"), partial(_done, context, task.id), icon="done")))
    return parts


def _done(context: Context, task: str) -> None:
    try:
        homeward.task_done(context.open_vault, task)
    except FieldkitError as fault:
        context.show_error(fault)
        return
    name, arguments = context.navigation.here
    context.navigation.instead(name, **arguments)


def _day(context: Context, day: str) -> str:
    return format_date(day, context.words.tag)
