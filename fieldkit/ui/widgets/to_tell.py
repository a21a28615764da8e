"""What a person is told who takes no paper along: number, place, phone, hours (`protection.md` 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_numbers
from fieldkit.ui.tokens import Size
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.text import readable, words, words_in

if TYPE_CHECKING:
    from fieldkit.content.directory import Service
    from fieldkit.ui.context import Context


def to_tell(context: Context, number: str, service: Service) -> QWidget:
    """Large enough to be read out and copied by hand; a hidden address is never among it."""
    say = context.say
    told = say("No paper is printed. Tell the person this; they may write it down in their own way:")
    rows: list[tuple[str, str | QWidget]] = [
        (say("Number"), words_in(number, "en", Size.PERSON, bold=True)),
        (say("Place"), words(service.place_on_paper or say("Ask on the phone"), Size.PERSON)),
        (say("Phone"), words_in(service.phone, "en", Size.PERSON)),
        (say("Opening hours"), words(isolate_numbers(service.hours), Size.PERSON)),
    ]
    return column(readable(words(told)), facts(rows, share=3), gap=8)
