"""Leaflets to listen to, section by section, and the script for whoever reads them aloud."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.errors import DeviceFault, FieldkitError
from fieldkit.languages.autonyms import autonym
from fieldkit.services import clips, counsel
from fieldkit.services.clips import Clip, Section
from fieldkit.ui.presenters.pages import document_paper
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.picker import Picker
from fieldkit.ui.widgets.sound import Listen, Record
from fieldkit.ui.widgets.text import readable, words, words_in

if TYPE_CHECKING:
    from fieldkit.ui.context import Context


class ClipsScreen(Screen):
    """One leaflet in one language."""

    rail: str = "information"

    def __init__(self, context: Context, leaflet: str = "L03", tag: str = "en") -> None:
        super().__init__(context)
        self.leaflet, self.language = leaflet, tag
        self.may_record = context.open_vault.may(Action.REVIEW)
        self.recorders: dict[str, Record] = {}
        self.told: tuple[Tone, str] | None = None

    @property
    def title(self) -> str:
        return self.context.say("Leaflets to listen to, and to read aloud")

    def build(self) -> QWidget:
        say, vault = self.context.say, self.context.open_vault
        offered = counsel.leaflets(self.context.words.tag, vault)
        leaflets = [(one.id, f"{one.id} · {one.title}") for one in offered]
        languages = [(tag, autonym(tag)) for tag in counsel.leaflet_languages()]
        told = say(
            "Read slowly, as you would to somebody who is tired. Record only yourself or another reader of your "
            "team, never somebody who has arrived."
        )
        choice = flow(
            Picker(say("Leaflet"), leaflets, self.leaflet, partial(self._go, "leaflet")),
            Picker(say("Language"), languages, self.language, partial(self._go, "tag")),
            gap=16,
        )
        script = button(say("Script to read aloud"), self._script, icon="print")
        parts: list[QWidget] = [Banner(*self.told)] if self.told else []
        parts += [readable(words(told, quiet=True)), Card(choice, flow(script))]
        self.recorders = {}
        held = clips.sections(vault, self.leaflet, self.language)
        return column(*parts, *(self._card(one) for one in held))

    def main_action(self) -> Way | None:
        if not self.may_record:
            return None
        return Way(self.context.say("Save all clips for a pack"), self._save, "folder")

    def _card(self, one: Section) -> Card:
        say = self.context.say
        card = Card(words_in(one.title, self.language if one.said else "en", Size.QUESTION, bold=True))
        card.setAccessibleName(one.title)
        if not one.said:
            card.column.addWidget(
                words(say("There is no text of this section in this language."), quiet=True)
            )
            return card
        for line in one.said[1:]:
            card.column.addWidget(words_in(line, self.language))
        if one.clip is not None:
            card.column.addWidget(self._clip(one.clip))
        else:
            card.column.addWidget(words(say("Nothing is recorded yet."), quiet=True))
        if self.may_record:
            recorder = Record(say)
            recorder.recorded.connect(partial(self._keep, one.id))
            self.recorders[one.id] = recorder
            card.column.addWidget(recorder)
        return card

    def _clip(self, clip: Clip) -> QWidget:
        say = self.context.say
        if clip.is_old:
            told = words(say("Old: the text was changed since. Record it again."), tone=Tone.CAREFUL)
            return marked("careful", told, Tone.CAREFUL)
        text = self.context.words.count("Listen: {number} second", "Listen: {number} seconds", clip.seconds)
        return Listen(text, lambda: clips.sound(self.context.open_vault, clip), say)

    def _keep(self, section: str, sound: bytes) -> None:
        try:
            clips.keep(self.context.open_vault, self.leaflet, section, self.language, sound)
        except FieldkitError as fault:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
        else:
            self.told = None
            self.context.saved()
        self.show_again()

    def _script(self) -> None:
        context, leaflet, language = self.context, self.leaflet, self.language
        name = f"read-aloud-{leaflet}-{language}"
        paper = document_paper(
            context.open_vault,
            name,
            language,
            lambda: clips.script(context.open_vault, leaflet, language, context.words.tag),
        )
        context.go("pages", paper=paper, title=context.say("Script to read aloud"))

    def _save(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the clips"))
        if folder is None:
            return
        try:
            count = clips.save_all(self.context.open_vault, folder)
        except OSError:
            self.told = (Tone.CAREFUL, self.context.sentence(DeviceFault("window.disk_failed")))
        else:
            said = self.context.words.count("{number} clip is saved.", "{number} clips are saved.", count)
            self.told = (Tone.DONE, said)
        self.show_again()

    def _go(self, name: str, value: str) -> None:
        chosen = {"leaflet": self.leaflet, "tag": self.language, name: value}
        self.context.navigation.instead("clips", **chosen)
