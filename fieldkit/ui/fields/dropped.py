"""One answer from a list that is opened when it is pressed (`minimal`)."""

from PySide6.QtWidgets import QWidget

from fieldkit.languages.isolates import isolate_words
from fieldkit.ui.fields.field import AnswerField, Say
from fieldkit.ui.presenters.question import ChoiceView, QuestionView
from fieldkit.ui.widgets.card import row
from fieldkit.ui.widgets.drop import Drop


class DropField(AnswerField):
    """A row says the choice in both languages; the first row is no answer."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        rows = [(one.value, in_one_line(one)) for one in view.choices]
        self.drop = Drop(rows, name=view.label.officer.text, empty=say("Choose"))
        self.drop.setEnabled(not view.readonly)
        # later, because letters that find a row come one after the other
        self.drop.chosen.connect(lambda _value: self.later(lambda: self.drop.value))
        self.column.addWidget(row(self.drop))
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        if not value:
            self.dropped()
        self.drop.show_value(value)

    def first(self) -> QWidget:
        return self.drop

    def press(self, number: int) -> bool:
        if self.view.readonly or not 1 <= number <= len(self.view.choices):
            return False
        self.drop.show_value(self.view.choices[number - 1].value)
        self.answered.emit(self.drop.value)
        return True


def in_one_line(choice: ChoiceView) -> str:
    """A choice in both languages, each keeping its direction."""
    texts = [isolate_words(text.text) for text in choice.text.texts()] or [choice.value]
    return " · ".join(dict.fromkeys(texts))
