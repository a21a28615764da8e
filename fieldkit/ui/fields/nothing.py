"""Questions that take no answer here: notes, and what this version cannot do yet, by name."""

from fieldkit.forms.supported import NOT_YET
from fieldkit.languages.marking import mark
from fieldkit.ui.fields.field import AnswerField, Say
from fieldkit.ui.presenters.question import QuestionView
from fieldkit.ui.tokens import Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.text import readable, words

CANNOT = mark("This kind of question cannot be answered in this version: {missing}. You can leave it out.")


class NoteField(AnswerField):
    """Nothing to answer; a note that was calculated shows its value."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self._label = words("")
        self.column.addWidget(readable(self._label))
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        self._label.setText(value)
        self._label.setAccessibleName(value)
        self.setVisible(bool(value))


class NotYetField(AnswerField):
    """Says what is missing. The question can be skipped."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.sentence = say(CANNOT, missing=say(NOT_YET[view.missing]))
        self.column.addWidget(Banner(Tone.CAREFUL, self.sentence))

    def show_value(self, value: str) -> None:
        """There is never one to show."""
