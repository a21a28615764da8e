"""Exchange: a post exports sealed bundles; headquarters certifies posts and imports what they bring."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.access import Action
from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.isolates import isolate_words, shown_name
from fieldkit.services.fingerprints import Whose
from fieldkit.services.vault import Desk
from fieldkit.ui.presenters.enrol import Certify
from fieldkit.ui.presenters.exchange import Export
from fieldkit.ui.screens import compared
from fieldkit.ui.screens.looked_at import BUNDLES
from fieldkit.ui.screens.receipts import receipts_card
from fieldkit.ui.screens.screen import Screen, Way, faults_are_told
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.holder import Holder
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.services.exchange import Exported
    from fieldkit.services.importing import Sticks
    from fieldkit.ui.context import Context


class ExchangeScreen(Screen):
    """One place on the rail for both desks; what stands there follows the desk."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._part = _Office(self) if context.open_vault.desk is Desk.HEADQUARTERS else _Post(self)

    @property
    def title(self) -> str:
        return self.context.say("Exchange")

    def build(self) -> QWidget:
        return self._part.build()

    def main_action(self) -> Way | None:
        return self._part.main_action()


class _Post:
    """What a post sees."""

    def __init__(self, screen: Screen) -> None:
        self.context = screen.context
        self.presenter = Export(self.context.open_vault)
        self._told = Holder()

    def build(self) -> QWidget:
        page = self.presenter
        self._told = Holder()
        parts: list[QWidget] = []
        if page.disagrees:
            parts.append(Banner(Tone.CAREFUL, self.context.say(page.disagrees)))
        elif page.refusal is not None:
            parts += [Banner(Tone.CAREFUL, self.context.sentence(page.refusal)), self._missing()]
        else:
            parts += [self._told, *self._unfinished(), self._ready(), receipts_card(self.context)]
        ways: list[QWidget] = []
        if page.refusal is None and page.vault.may(Action.TAKE_BACK):
            take_in = self.context.say("Take in what headquarters sent")
            ways.append(button(take_in, self._take_in, icon="folder"))
        if page.vault.may(Action.SHARE) or page.vault.may(Action.KEEP_CONTACTS):
            letters = partial(self.context.go, "hand_over")
            ways.append(button(self.context.say("Hand-overs and letters"), letters, icon="exchange"))
            posts = partial(self.context.go, "contacts")
            ways.append(button(self.context.say("Other posts and offices"), posts, icon="key"))
        if page.may_import_forms:
            ways.append(button(self.context.say("Forms"), partial(self.context.go, "forms"), icon="form"))
            ways.append(_packs(self.context))
        if page.vault.may(Action.BACK_UP):
            ways.append(_copies(self.context))
        if page.vault.may(Action.PURGE):
            ways.append(button(self.context.say("What is due"), partial(self.context.go, "due"), icon="list"))
        if page.vault.may(Action.MANAGE_PEOPLE):
            ways.append(_accounts(self.context))
        if ways:
            parts.append(flow(*ways))
        return column(*parts)

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if page.disagrees:
            return Way(say("See what happened"), partial(self.context.go, "restored"), "next")
        if page.refusal is not None:
            enrol = Way(say("Enrol with headquarters"), partial(self.context.go, "enrol"), "key")
            return enrol if page.may_enrol else None
        name = say("Export into a folder") if not page.left else say("Go on with the next stick")
        return Way(name, self._export, "exchange") if page.may_export else None

    def _missing(self) -> Card:
        """The steps of enrolment, each with whether it is done."""
        say, state = self.context.say, self.presenter.state
        card = Card(words(say("What is there, and what is missing"), Size.QUESTION, bold=True))
        steps = (
            (state.office is not None, say("Headquarters' office file, its words compared")),
            (
                state.recovery_slot,
                say("The recovery slot: headquarters can open this laptop in an emergency"),
            ),
            (state.request_made, say("The request of this laptop")),
            (state.certified, say("The certificate from headquarters")),
        )
        for there, name in steps:
            said = say("there") if there else say("missing")
            label = words(say("{what}: {state}", what=name, state=said), bold=not there)
            card.column.addWidget(marked("done" if there else "wait", label, Tone.DONE if there else None))
        if not self.presenter.may_enrol:
            card.column.addWidget(
                words(say("Somebody with the role of administrator enrols this post."), quiet=True)
            )
        return card

    def _ready(self) -> Card:
        say, office = self.context.say, self.presenter.state.office
        assert office is not None, "a certificate comes from an office"
        what = say(
            "An export seals everything that {office} has not confirmed yet into files that only {office} can "
            "open. What a person did not agree to share stays here; headquarters sees only that it is there. A "
            "lost stick is no alarm: nobody else can read it, and the next export has it all again.",
            office=office.name,
        )
        slot = say("The recovery slot is there: headquarters can open this laptop in an emergency.")
        enrolled = words(say("Enrolled with {office}", office=office.name), Size.QUESTION, bold=True)
        return Card(enrolled, readable(words(what)), marked("key", readable(words(slot, quiet=True))))

    def _unfinished(self) -> list[QWidget]:
        """An export of which some files are still to be written."""
        say, left = self.context.say, self.presenter.left
        if not left:
            return []
        told = self.context.words.count(
            "{number} file of the last export is still to be written. What is written counts.",
            "{number} files of the last export are still to be written. What is written counts.",
            left,
        )
        again = partial(self._begin_anew)
        return [Banner(Tone.NOTE, told, action=say("Begin the export anew"), do=again)]

    def _begin_anew(self) -> None:
        self.presenter.forget()
        self.context.navigation.start("exchange")

    def _take_in(self) -> None:
        name = self.context.say("File from headquarters")
        path = self.context.ask_file(name, f"{name} ({BUNDLES})")
        if path is not None:
            self.context.go("take_in", path=path)

    def _export(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the sealed files"))
        if folder is None:
            return
        self.context.background.run(
            partial(self.presenter.export, folder),
            what=self.context.say("Sealing"),
            done=self._exported,
            failed=self._failed,
        )

    def _exported(self, done: Exported) -> None:
        say = self.context.say
        self.presenter.done = done
        told = say("The sealed files are written. Bring them to headquarters.")
        if done.left:
            told = self.context.words.count(
                "This stick is full. {number} file is left: put in the next stick and go on.",
                "This stick is full. {number} files are left: put in the next stick and go on.",
                done.left,
            )
        rows = [(say("File"), name) for name in done.files]
        if any(name.endswith(".fks") for name in done.files):
            body = say("the independent body for complaints; nobody else can open them")
            rows.append((say("Files that end in .fks are for"), body))
        rows += [
            (say("Entries"), str(done.entries)),
            (say("Persons whose answers travel"), str(done.cases)),
            (say("Entries that stay here, shown only as a link"), str(done.withheld)),
            (say("Attached files that travel"), str(done.attached)),
        ]
        if done.missing:
            rows.append((say("Entries whose content is gone here"), str(done.missing)))
        result = Card(words(say("What was exported"), Size.QUESTION, bold=True), facts(rows))
        self._told.put(Banner(Tone.NOTE if done.left else Tone.DONE, told), result)
        self.context.refresh()

    def _failed(self, fault: Exception) -> None:
        sentence = self.context.sentence(fault)
        if sentence:
            self._told.put(Banner(Tone.CAREFUL, sentence))
        self.context.refresh()


def _packs(context: Context) -> QWidget:
    """The way to the content packs of this vault."""
    return button(context.say("Content packs"), partial(context.go, "packs"), icon="list")


def _copies(context: Context) -> QWidget:
    """The way to the copies of this vault."""
    return button(context.say("Copies of this vault"), partial(context.go, "backup"), icon="folder")


def _accounts(context: Context) -> QWidget:
    """The way to the accounts of this laptop."""
    return button(context.say("Accounts"), partial(context.go, "accounts"), icon="people")


class _Office:
    """What headquarters sees."""

    def __init__(self, screen: Screen) -> None:
        self.context = screen.context
        self.presenter = Certify(self.context.open_vault)
        self._told = Holder()

    def build(self) -> QWidget:
        self._told = Holder()
        return column(self._told, self._bundles(), self._laptops(), self._office())

    def main_action(self) -> Way:
        return Way(self.context.say("Import a bundle"), self._import, "folder")

    def _bundles(self) -> Card:
        say = self.context.say
        told = say("A post brings sealed files (.fkb). Each is verified and shown before you accept it.")
        ways = [
            button(say("Import all from a stick"), self._import_stick, icon="folder"),
            button(say("Send back"), partial(self.context.go, "send_back"), icon="exchange"),
            button(say("Receipts"), partial(self.context.go, "receipts"), icon="done"),
            button(say("Surveys"), partial(self.context.go, "people", surveys_only=True), icon="form"),
        ]
        if self.presenter.stacks_waiting:
            ways.append(button(say("Hand on sealed complaints"), self._hand_on, icon="lock"))
        if self.context.open_vault.may(Action.ERASE):
            erase = button(say("Erase for ever"), partial(self.context.go, "erasures"), icon="remove")
            ways.append(erase)
        title = words(say("Bundles from posts"), Size.QUESTION, bold=True)
        return Card(title, readable(words(told)), flow(*ways))

    def _laptops(self) -> Card:
        say = self.context.say
        told = say(
            "A post asks with a file (device.fkr). You compare words, and certify it with the stick in."
        )
        certify = flow(
            button(say("Certify a laptop"), partial(self.context.go, "certify"), icon="key"),
            button(say("Laptops and keys"), partial(self.context.go, "devices"), icon="list"),
        )
        lost = say("Open a laptop whose phrases are lost")
        opens = button(lost, partial(self.context.go, "open_laptop"), role="plain")
        return Card(
            words(say("New posts"), Size.QUESTION, bold=True), readable(words(told)), flow(certify, opens)
        )

    def _office(self) -> Card:
        say, office = self.context.say, self.presenter.office
        told = say(
            "Posts trust this headquarters by its office file. It is not secret. When a post calls you on a number "
            "it knows, read these words to each other:"
        )
        write = button(say("Write the office file into a folder"), self._write_office, icon="folder")
        forms = button(say("Forms"), partial(self.context.go, "forms"), icon="form")
        return compared.own(
            self.context,
            office,
            Whose.OFFICE,
            told,
            flow(write, forms, _packs(self.context), _copies(self.context), _accounts(self.context)),
        )

    def _import(self) -> None:
        name = self.context.say("Bundle")
        path = self.context.ask_file(name, f"{name} ({BUNDLES})")
        if path is not None:
            self.context.go("import_bundle", path=path)

    def _import_stick(self) -> None:
        folder = self.context.ask_folder(self.context.say("Stick with bundles"))
        if folder is None:
            return
        self.context.background.run(
            partial(self.presenter.import_stick, folder),
            what=self.context.say("Verifying and accepting"),
            done=partial(self._imported, folder),
            failed=lambda fault: self._told.put(Banner(Tone.CAREFUL, self.context.sentence(fault))),
        )

    @faults_are_told
    def _hand_on(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the independent body"))
        if folder is None:
            return
        number = self.presenter.hand_on_stacks(folder)
        told = self.context.words.count(
            "{number} stack of complaints was written for the independent body. Nobody here can open it.",
            "{number} stacks of complaints were written for the independent body. Nobody here can open them.",
            number,
        )
        self.context.saved()
        self._told.put(Banner(Tone.DONE, told))

    def _imported(self, folder: Path, sticks: Sticks) -> None:
        say = self.context.say
        try:
            stacks = self.presenter.take_stacks(folder)
        except FieldkitError as error:
            self.context.show_error(error)
            stacks = 0
        rows = [
            (say("Files accepted"), str(len(sticks.imported))),
            (say("Held already"), str(sticks.already)),
            (say("New entries"), str(sum(one.entries_new for one in sticks.imported))),
            (say("New persons"), str(sum(one.cases_new for one in sticks.imported))),
            (say("Stacks of sealed complaints, to be handed on"), str(stacks)),
        ]
        parts: list[QWidget] = [Card(words(say("What it brought"), Size.QUESTION, bold=True), facts(rows))]
        for one in sticks.waiting:
            told = say(
                "Kept, and waiting: a file of {post}. Entries {first} to {last} are missing; they are on another "
                "stick.",
                post=one.post,
                first=one.missing_first,
                last=one.missing_last,
            )
            parts.append(Banner(Tone.NOTE, told))
        aside = sum(one.set_aside for one in sticks.imported)
        if aside:
            told = say(
                "{count} entries were set aside and not merged. They are listed under Laptops and keys.",
                count=aside,
            )
            parts.append(Banner(Tone.CAREFUL, told))
        for path, fault in sticks.refused:
            name = isolate_words(shown_name(path.name))
            told = say("{file}: {why}", file=name, why=self.context.sentence(fault))
            parts.append(Banner(Tone.CAREFUL, told))
        self._told.put(*parts)

    @faults_are_told
    def _write_office(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the office file"))
        if folder is None:
            return
        path: Path = self.presenter.write_office(folder)
        told = self.context.say("The office file was written: {file}.", file=path.name)
        self._told.put(Banner(Tone.DONE, told))
