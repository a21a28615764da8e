"""Answers that are chosen from few: big buttons, numbered, in both languages."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QWidget

from fieldkit.languages.marking import mark
from fieldkit.languages.numbers import format_list
from fieldkit.ui import theme
from fieldkit.ui.fields.field import AnswerField, Say
from fieldkit.ui.presenters.appearances import layout_of, leads_on
from fieldkit.ui.presenters.attached import Media
from fieldkit.ui.presenters.kinds import Kind
from fieldkit.ui.presenters.question import ChoiceView, QuestionView
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.card import column
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.media import choice_picture, media_below, of_answers
from fieldkit.ui.widgets.picture_map import PictureMap, picture_map
from fieldkit.ui.widgets.text import readable, words
from fieldkit.ui.widgets.two_languages import language_name

BESIDE_THE_PICTURE = mark("No part of the picture can be pressed. Choose here what is meant.")


class ChoiceField(AnswerField):
    """One answer or several. The person's words are the larger ones: it is they who point."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        layout = layout_of(view.appearance, len(view.choices))
        self.grid = ChoiceGrid(
            [offered(choice, choice_picture(choice.media, view.files)) for choice in view.choices],
            name=view.label.officer.text,
            several=view.kind is Kind.SEVERAL,
            numbered=layout.numbered,
            size=Size.QUESTION,
            least=_least_narrow(view) if layout.narrow else _least(view),
            most=layout.most,
            packed=layout.packed,
        )
        for choice in view.choices:
            made = self.grid.buttons[choice.value]
            if layout.packed:
                made.setMinimumWidth(theme.current().px(_width(choice)))
            made.setEnabled(not view.readonly)
            made.setAccessibleName(choice.text.officer.text or choice.value)
            made.setAccessibleDescription(choice.text.person.text)
        self.grid.chosen.connect(self._chosen)
        self.map = self._picture_map()
        if "image-map" in view.appearance:
            self.column.addWidget(self.map or self._picture_alone())
        self.column.addWidget(self.grid)
        heard = [(choice.text.officer.text or choice.value, choice.media) for choice in view.choices]
        beside = of_answers(heard, view.files, say)
        if beside is not None:
            self.column.addWidget(beside)
        if lacking := _untranslated(view, say):
            self.column.addWidget(marked("careful", words(lacking, tone=Tone.CAREFUL), Tone.CAREFUL))
        self.show_value(view.value)

    def _picture_map(self) -> PictureMap | None:
        view = self.view
        if not view.on_map or view.files is None:
            return None
        values = [choice.value for choice in view.choices]
        made = picture_map(view.files.medium(view.media.image), values, view.media.image, self.say)
        if made is not None:
            made.pressed.connect(lambda value: self.grid.buttons[value].click())
            made.setEnabled(not view.readonly)
        return made

    def _picture_alone(self) -> QWidget:
        """A picture of which nothing can be pressed, and that the list below is meant instead."""
        picture = Media(self.view.media.image, big_image=self.view.media.big_image)
        told = readable(words(self.say(BESIDE_THE_PICTURE), quiet=True))
        return column(media_below(picture, self.view.files, self.say), told, gap=8) if picture else told

    def _chosen(self, values: tuple[str, ...]) -> None:
        if self.map is not None:
            self.map.choose(values)
        self.answered.emit(" ".join(values))
        if values and self.view.kind is Kind.ONE and leads_on(self.view.appearance):
            self.done.emit()

    def show_value(self, value: str) -> None:
        chosen = tuple(value.split()) if self.view.kind is Kind.SEVERAL else (value,)
        if self.grid.values != chosen:
            self.grid.choose(*chosen)
        if self.map is not None:
            self.map.choose(chosen)

    def first(self) -> QWidget | None:
        chosen = next(iter(self.grid.values), None)
        return self.grid.buttons[chosen] if chosen else next(iter(self.grid.buttons.values()), None)

    def press(self, number: int) -> bool:
        return not self.view.readonly and self.grid.press(number)


class AcknowledgeField(AnswerField):
    """A sentence was read; pressing says so, pressing again takes it back."""

    def __init__(self, view: QuestionView, say: Say) -> None:
        super().__init__(view, say)
        self.grid = ChoiceGrid(
            [Offered("OK", say("Read and understood"))], name=view.label.officer.text, several=True, most=1
        )
        self.grid.chosen.connect(lambda values: self.answered.emit(" ".join(values)))
        self.column.addWidget(self.grid)
        self.show_value(view.value)

    def show_value(self, value: str) -> None:
        self.grid.choose(*([value] if value else []))

    def first(self) -> QWidget:
        return self.grid.buttons["OK"]

    def press(self, number: int) -> bool:
        return self.grid.press(number)


def offered(choice: ChoiceView, picture: QPixmap | None = None) -> Offered:
    """A choice on a button: its picture, the person's words first and larger, the officer's below."""
    officer, person = choice.text.officer, choice.text.person
    if not person.text or person.text == officer.text:
        return Offered(choice.value, officer.text or choice.value, officer.language or None, picture=picture)
    return Offered(
        choice.value, person.text, person.language, officer.text, officer.language, picture=picture
    )


def _untranslated(view: QuestionView, say: Say) -> str:
    """Which answers the person cannot read, where the question itself has words for them."""
    lacking = [choice for choice in view.choices if choice.text.lacks]
    if not lacking or view.label.lacks:
        return ""
    answers = format_list((choice.text.officer.text for choice in lacking), theme.current().language)
    return say(
        "No text in {language}: {answers}", language=language_name(lacking[0].text.lacks), answers=answers
    )


def _least(view: QuestionView) -> int:
    """Short answers stand beside each other, long ones get the room to be read."""
    longest = max((len(text.text) for one in view.choices for text in one.text.texts()), default=0)
    return min(460, max(180, 40 * round((120 + 9 * longest) / 40)))


def _least_narrow(view: QuestionView) -> int:
    """As narrow as the longest word allows, beside number and check mark."""
    texts = (text.text for one in view.choices for text in one.text.texts())
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    return min(460, 120 + 10 * longest)


def _width(choice: ChoiceView) -> int:
    """The width of a choice on one line, as far as that is not too much."""
    longest = max((len(text.text) for text in choice.text.texts()), default=0)
    return min(300, 120 + 9 * longest)


def is_digit(event: QKeyEvent) -> int:
    """The digit 1 to 9 that was pressed alone, else 0."""
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    typed = event.text()
    return int(typed) if plain and len(typed) == 1 and typed.isdecimal() else 0
