"""Making a content pack at headquarters: keys on sticks, a folder of content, two signatures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.numbers import format_date
from fieldkit.languages.typed_days import DAY_HINT, NO_DAY
from fieldkit.ui.presenters.make_pack import MakePack, Step
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.choices import ChoiceGrid, Offered
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.field import Field
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class MakePackScreen(Screen):
    """One step at a time; phrases live in their lines alone."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = MakePack(context.open_vault)
        self.told: tuple[Tone, str] | None = None
        self.phrase: Field | None = None
        self.fields: dict[str, Field] = {}

    @property
    def title(self) -> str:
        return self.context.say("Make a content pack")

    def build(self) -> QWidget:
        page = self.presenter
        self.phrase, self.fields = None, {}
        parts: list[QWidget] = [Banner(*self.told)] if self.told else []
        if not page.may:
            nobody = self.context.say("Somebody with the role of coordinator makes content packs.")
            return column(*parts, Card(readable(words(nobody))))
        pages: dict[Step, Callable[[], QWidget]] = {
            Step.KEY: self._key,
            Step.NAME: self._name,
            Step.MAKE: self._make,
            Step.SIGN: self._sign,
            Step.DONE: self._done,
            Step.REPLACE: self._replace,
        }
        return column(*parts, pages[page.step]())

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        ways: dict[Step, tuple[str, Callable[[], object], bool]] = {
            Step.KEY: (say("Make the key"), self._make_key, page.stick is not None),
            Step.NAME: (say("Name the three keys"), self._name_keys, page.stick is not None),
            Step.MAKE: (say("Check it and lay it out"), self._lay_out, True),
            Step.SIGN: (say("Sign this pack"), self._put_signature, page.stick is not None),
            Step.DONE: (
                say("See the content packs"),
                partial(self.context.navigation.instead, "packs"),
                True,
            ),
            Step.REPLACE: (say("Replace the key"), self._replace_key, bool(page.stick and page.lost)),
        }
        text, do, there = ways[page.step]
        return Way(text, do, "key") if page.may and there else None

    def other_actions(self) -> tuple[Way, ...]:
        say, page = self.context.say, self.presenter
        if not page.may or page.step is not Step.MAKE:
            return ()
        return (
            Way(say("A key was lost"), self._begin_replace, "careful"),
            Way(say("Sign a pack that is laid out"), self._open_draft, "folder"),
        )

    def back(self) -> Way | None:
        if self.presenter.step not in (Step.SIGN, Step.REPLACE):
            return super().back()
        return Way(self.context.say("Back"), self._anew, "back")

    # Parts

    def _key(self) -> Card:
        say, page = self.context.say, self.presenter
        told = say(
            "Packs are signed by two of three people. Each has a key on a stick of their own, with a phrase of "
            "their "
            "own. Key {number} of three: put in the stick of the person who will keep it.",
            number=page.made + 1,
        )
        card = Card(words(say("Three keys on three sticks"), Size.QUESTION, bold=True), readable(words(told)))
        self._choose_stick_folder(card)
        return card

    def _name(self) -> Card:
        say = self.context.say
        told = say(
            "The three keys are made. Put in the stick with the offline keys of this headquarters once: so "
            "posts know "
            "that packs signed by these keys are yours."
        )
        card = Card(words(say("Name the three keys"), Size.QUESTION, bold=True), readable(words(told)))
        pick = button(say("Choose the file on the stick"), self._choose_stick_file, icon="key")
        card.column.addWidget(row(pick, self._chosen()))
        if self.presenter.stick is not None:
            self._ask_phrase(card, say("Phrase of the offline keys"))
        return card

    def _make(self) -> QWidget:
        say, page = self.context.say, self.presenter
        told = say(
            "Choose the folder with the content: tables, forms, leaflets, translations. Everything in it is "
            "read as "
            "posts will use it, before anybody signs. Pack {number} takes the place of the one before it, whole.",
            number=page.number,
        )
        pick = button(say("Choose the folder with the content"), self._choose_content, icon="folder")
        name = page.folder.name if page.folder else say("No folder chosen yet.")
        early = say("Posts may take it in before; it waits for its day.")
        self.fields = {
            "title": Field(say("Title"), hint=say("As posts will read it."), value=page.title),
            "day": Field(
                say("In force from"),
                hint=f"{say(DAY_HINT)} {early}",
                value=page.active_from,
            ),
            "reviewed_by": Field(
                say("Reviewed by"),
                hint=say("Leave it empty if nobody has reviewed it: posts are told so."),
                value=page.reviewed_by,
            ),
            "review": Field(say("Reviewed on"), hint=say(DAY_HINT), value=page.reviewed_on),
        }
        for field in self.fields.values():
            field.line.textEdited.connect(lambda _text: self._keep_fields())
        return Card(
            words(say("Pack {number}", number=page.number), Size.QUESTION, bold=True),
            readable(words(told)),
            row(pick, words(name, quiet=page.folder is None, wrap=False)),
            *self.fields.values(),
        )

    def _sign(self) -> Card:
        say, page = self.context.say, self.presenter
        assert page.manifest is not None and page.signatures is not None
        signed = ", ".join(key[:8] for key in page.signatures.signed) or say("nobody yet")
        rows = [
            (say("Pack"), say("{number}: {title}", number=page.manifest.number, title=page.manifest.title)),
            (say("In force from"), format_date(page.manifest.active_from, self.context.words.tag)),
            (say("Signed by the keys"), signed),
            (say("Signatures still missing"), str(page.signatures.missing)),
        ]
        told = say(
            "Whoever signs answers for everything in it. Take your own stick, and let the other person take "
            "theirs. "
            "What lies there is verified again before your signature."
        )
        card = Card(words(page.manifest.title, Size.QUESTION, bold=True), facts(rows), readable(words(told)))
        pick = button(say("Choose the key on your stick"), self._choose_key_file, icon="key")
        card.column.addWidget(row(pick, self._chosen()))
        if page.stick is not None:
            self._ask_phrase(card, say("Phrase of your key"))
        return card

    def _done(self) -> Card:
        say, page = self.context.say, self.presenter
        assert page.manifest is not None and page.draft is not None
        told = say(
            "Two people have signed pack {number}. It is complete, and taken in here. Copy the folder {folder} "
            "onto "
            "sticks for the posts; nothing in it is secret.",
            number=page.manifest.number,
            folder=page.draft.name,
        )
        return Card(words(told, Size.QUESTION))

    def _replace(self) -> Card:
        say, page = self.context.say, self.presenter
        told = say(
            "A new key takes the place of the lost one from the next pack on. The two that are left must sign that "
            "pack. Which key was lost?"
        )
        grid = ChoiceGrid(
            [Offered(number, say("Key {number}", number=number), icon="key") for number in page.signing],
            name=say("Which key was lost?"),
            least=200,
            most=3,
        )
        if page.lost:
            grid.choose(page.lost)
        grid.chosen.connect(lambda values: self._lost(values[0]))
        card = Card(words(say("A key was lost"), Size.QUESTION, bold=True), readable(words(told)), grid)
        if page.lost:
            self._choose_stick_folder(card)
        return card

    def _choose_stick_folder(self, card: Card) -> None:
        say = self.context.say
        pick = button(say("Choose the stick for the new key"), self._choose_stick, icon="folder")
        card.column.addWidget(row(pick, self._chosen()))
        if self.presenter.stick is not None:
            offered = self.context.vaults.offer_phrase(self.context.words.tag)
            hint = say(
                "Six words that nobody can guess, for example: {phrase}. The person who keeps the stick writes it, "
                "and nobody else reads it.",
                phrase=offered,
            )
            self._ask_phrase(card, say("Phrase of this key"), hint)

    def _ask_phrase(self, card: Card, label: str, hint: str = "") -> None:
        self.phrase = Field(label, hint=hint, secret=self.context.say("Show"))
        card.column.addWidget(self.phrase)

    def _chosen(self) -> QWidget:
        stick = self.presenter.stick
        name = (stick.name or str(stick)) if stick else self.context.say("Nothing chosen yet.")
        return words(name, quiet=stick is None, wrap=False)

    # What is done

    def _make_key(self) -> None:
        say = self.context.say
        self._with_phrase(
            self.presenter.new_key,
            lambda number: say(
                "Key {number} is made. Take the stick out, and give it to its keeper.", number=number
            ),
        )

    def _name_keys(self) -> None:
        say = self.context.say
        told = say("The keys are named. Take the stick out now, and lock it away.")
        self._with_phrase(self.presenter.name_keys, lambda _: told)

    def _replace_key(self) -> None:
        say = self.context.say
        self._with_phrase(
            self.presenter.replace,
            lambda number: say(
                "Key {number} signs from the next pack on, with the two that are left.", number=number
            ),
        )

    def _put_signature(self) -> None:
        told = self.context.say("Signed. Take the stick out now.")
        self._with_phrase(self.presenter.sign, lambda _: told)

    def _lay_out(self) -> None:
        self._keep_fields()
        missing = self.presenter.problem()
        if missing:
            self._show_missing(missing)
            return
        out = self.context.ask_folder(self.context.say("Folder for the pack"))
        if out is not None:
            told = self.context.say("The pack is laid out and checked. Now two people sign it.")
            self._run(partial(self.presenter.make, out), lambda _: told)

    def _show_missing(self, missing: str) -> None:
        say = self.context.say
        sentences = {
            "folder": say("Choose the folder with the content first."),
            "title": say("Write a title."),
            "day": say(NO_DAY),
            "review": say("Write both who reviewed it and on which day, or neither."),
        }
        field = self.fields.get(missing)
        if field is None:
            self.context.tell(sentences[missing])
            return
        field.show_problem(sentences[missing])
        field.line.setFocus()

    def _keep_fields(self) -> None:
        page = self.presenter
        page.title, page.active_from = self.fields["title"].value, self.fields["day"].value
        page.reviewed_by, page.reviewed_on = self.fields["reviewed_by"].value, self.fields["review"].value
        for field in self.fields.values():
            field.show_problem("")

    def _with_phrase(self, do: Callable[[str], object], told: Callable[[str], str]) -> None:
        phrase = self.phrase.value if self.phrase is not None else ""
        if not phrase.strip():
            if self.phrase is not None:
                self.phrase.show_problem(self.context.say("Write a phrase."))
            return
        assert self.phrase is not None
        self.phrase.line.clear()
        self._run(partial(do, phrase), told)

    def _run(self, do: Callable[[], object], told: Callable[[str], str]) -> None:
        def done(result: object) -> None:
            self.told = (Tone.DONE, told(str(result)))
            self.show_again()

        self.context.background.run(
            lambda _progress: do(),
            what=self.context.say("Reading and checking"),
            done=done,
            failed=self._failed,
            can_cancel=False,
        )

    def _failed(self, fault: Exception) -> None:
        self.told = (Tone.CAREFUL, self.context.sentence(fault))
        self.show_again()

    def _choose_content(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder with the content"))
        if folder is not None:
            self._keep_fields()
            self.presenter.folder = folder
            self.show_again()

    def _choose_stick(self) -> None:
        folder = self.context.ask_folder(self.context.say("Stick for the new key"))
        if folder is not None:
            self.presenter.stick = folder
            self.show_again()

    def _choose_stick_file(self) -> None:
        name = self.context.say("Offline keys")
        self._choose_file(name)

    def _choose_key_file(self) -> None:
        self._choose_file(self.context.say("Key for packs"))

    def _choose_file(self, name: str) -> None:
        path = self.context.ask_file(name, f"{name} (*.age)")
        if path is not None:
            self.presenter.stick = path
            self.show_again()

    def _open_draft(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder of the pack"))
        if folder is None:
            return
        try:
            self.presenter.open_draft(folder)
            self.told = None
        except FieldkitError as fault:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
        self.show_again()

    def _begin_replace(self) -> None:
        self.presenter.replacing, self.told = True, None
        self.show_again()

    def _lost(self, number: str) -> None:
        self.presenter.lost = number
        self.show_again()

    def _anew(self) -> None:
        self.presenter.begin_anew()
        self.told = None
        self.show_again()
