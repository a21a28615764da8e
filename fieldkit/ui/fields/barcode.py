"""A code that is read with the eyes, or by a reader that types like a keyboard."""

from fieldkit.languages.marking import mark
from fieldkit.ui.fields.field import Say
from fieldkit.ui.fields.typed import TextField
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.widgets.text import readable, words

HOW = mark("Type what stands at the code, or use a reader that is plugged in like a keyboard.")


class BarcodeField(TextField):
    """A line, with how to fill it."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.column.insertWidget(0, readable(words(say(HOW), quiet=True)))
