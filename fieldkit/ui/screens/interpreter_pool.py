"""Headquarters: interpreters of all posts in one list, to be put into a pack (R-197)."""

from __future__ import annotations

from fieldkit.languages.isolates import isolate, isolate_words
from fieldkit.services import counsel, interpreter_pool
from fieldkit.ui.presenters.files import write_file
from fieldkit.ui.screens.filled import FilledScreen
from fieldkit.ui.screens.screen import Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.autonyms import autonyms
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.card import Card
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.text import readable, words


class InterpreterPoolScreen(FilledScreen):
    """The list: a code, languages, the office. Who it is knows the office that is called."""

    rail: str = "headquarters"

    @property
    def title(self) -> str:
        return self.context.say("Interpreters of all posts")

    def main_action(self) -> Way | None:
        if not interpreter_pool.pool(self.context.open_vault).held:
            return None
        return Way(self.context.say("Save the list for a pack"), self._save, "folder")

    def _fill(self, told: str = "") -> None:
        say, count = self.context.say, self.context.words.count
        pool = interpreter_pool.pool(self.context.open_vault)
        note = say(
            "Codes, languages and offices, no names. Put the file into the folder of a pack, under directory: "
            "posts hear of it with the pack."
        )
        parts = [Banner(Tone.DONE, told)] if told else []
        lines = [readable(words(note, quiet=True))]
        if pool.not_told:
            left = count(
                "{number} interpreter is left out: the post has not written down how it is reached.",
                "{number} interpreters are left out: their posts have not written down how they are reached.",
                pool.not_told,
            )
            lines.append(readable(words(left, tone=Tone.CAREFUL)))
        if pool.no_code:
            left = count(
                "{number} interpreter is left out: what stands as a code may be a name. Call the post.",
                "{number} interpreters are left out: what stands as a code may be a name. Call the posts.",
                pool.no_code,
            )
            lines.append(readable(words(left, tone=Tone.CAREFUL)))
        cards = [
            Card(
                words(isolate(one.code), Size.QUESTION, bold=True),
                autonyms(one.languages),
                facts(
                    [
                        (say("Office"), isolate_words(one.office)),
                        (say("How to reach the office"), isolate(one.reach)),
                    ],
                    share=3,
                ),
            )
            for one in pool.held
        ]
        nobody = say("No post has told of an interpreter who can be called yet.")
        todo = say(
            "Posts write down interpreters, and how their office is reached. It comes with their bundles."
        )
        self._whole.put(*parts, *lines, *(cards or [Card(EmptyState(nobody, todo, icon="language"))]))

    @faults_are_told
    def _save(self) -> None:
        say, vault = self.context.say, self.context.open_vault
        folder = self.context.ask_folder(say("Folder for the table file"))
        if folder is None:
            return
        write_file(folder, interpreter_pool.FILE, interpreter_pool.file(vault))
        counsel.record_printed(vault, "interpreters file", self.context.words.tag, 0)
        self.context.saved()
        self._fill(say("The file is written. It says what this page says."))
