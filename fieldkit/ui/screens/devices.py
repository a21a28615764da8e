"""Laptops and keys, at headquarters: who is trusted, what was set aside, the list for everybody, new keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldkit.domain.errors import FieldkitError
from fieldkit.languages.numbers import format_date
from fieldkit.services.devices import Aside, Shown, Why
from fieldkit.ui.presenters.devices import Asked, Job, Laptops, Question
from fieldkit.ui.screens.screen import Screen, Way
from fieldkit.ui.screens.stick import StickForm
from fieldkit.ui.tokens import Size, Tone
from fieldkit.ui.widgets.banner import Banner
from fieldkit.ui.widgets.buttons import button
from fieldkit.ui.widgets.card import Card, column, row
from fieldkit.ui.widgets.empty import EmptyState
from fieldkit.ui.widgets.facts import facts
from fieldkit.ui.widgets.layouts import flow
from fieldkit.ui.widgets.marked import marked
from fieldkit.ui.widgets.reason import Reason
from fieldkit.ui.widgets.text import readable, words

if TYPE_CHECKING:
    from fieldkit.ui.context import Context

WRONG_PHRASE = "offline.wrong_phrase"


class DevicesScreen(Screen):
    """The list; or the one job for which the stick is in."""

    rail: str = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = Laptops(context.open_vault)
        self.told: tuple[Tone, str] | None = None
        self.form: StickForm | None = None

    @property
    def title(self) -> str:
        return self.context.say("Laptops and keys")

    def build(self) -> QWidget:
        page = self.presenter
        self.form = None
        parts: list[QWidget] = [Banner(*self.told)] if self.told else []
        if page.job is not None:
            return column(*parts, self._job(page.job))
        if not page.laptops:
            say = self.context.say
            nobody = say("No laptop is certified yet."), say("Certify the first one.")
            return column(*parts, EmptyState(*nobody, icon="key"))
        if page.due:
            parts.append(self._due())
        parts += [self._aside(one) for one in page.aside]
        parts += [self._laptop(one) for one in page.laptops]
        return column(*parts, self._keys())

    def main_action(self) -> Way | None:
        say, page = self.context.say, self.presenter
        if not page.may:
            return None
        if page.job is not None:
            return Way(self._job_words(page.job)[0], self._do, "key") if page.ready else None
        if not page.laptops:
            return Way(say("Certify a laptop"), partial(self.context.go, "certify"), "key")
        if page.due:
            return Way(say("Make the trust list"), partial(self._begin, Job.LIST), "key")
        if page.list_file is not None:
            return Way(say("Write the trust list into a folder"), self._write, "folder")
        return None

    def back(self) -> Way | None:
        if self.presenter.job is None:
            return super().back()
        return Way(self.context.say("Back"), partial(self._begin, None), "back")

    def shown(self) -> None:
        if self.form is not None:
            self.form.focus()

    # Parts

    def _due(self) -> Banner:
        told = self.context.say(
            "Posts do not know yet what has changed here. Make a new trust list with the stick in: it goes to them "
            "with the next bundle or content pack, or as a file."
        )
        return Banner(Tone.CAREFUL, told)

    def _laptop(self, one: Shown) -> Card:
        say, page = self.context.say, self.presenter
        state = say("trusted") if one.trusted else say("not trusted any more")
        tone = Tone.DONE if one.trusted else Tone.CAREFUL
        label = words(say("{post}: {state}", post=one.post, state=state), Size.QUESTION, bold=True)
        knows = say("list {number}", number=one.knows) if one.knows else say("none yet")
        rows = [(say("Entries held here"), str(one.held)), (say("Trust list it knows"), knows)]
        rows += self._content(one)
        if not one.trusted:
            rows.append(
                (say("Not trusted since"), say("{day}, because: {reason}", day=one.since, reason=one.why))
            )
        card = Card(marked("done" if one.trusted else "careful", label, tone), facts(rows))
        question = Question(Asked.REVOKE, one.device)
        if page.question == question:
            card.column.addWidget(self._revoke_reason())
        elif one.trusted:
            lost = button(
                say("Trust this laptop no more"), partial(self._ask, question), icon="close", role="plain"
            )
            card.column.addWidget(row(lost))
        return card

    def _content(self, one: Shown) -> list[tuple[str, str]]:
        """What the post has in force, as its newest bundle said."""
        say, told = self.context.say, one.content
        if told is None:
            return []
        pack = (
            say("number {number}", number=told.pack) if told.pack else say("none: what the program came with")
        )
        same = {True: say("as here"), False: say("other ones than here")}
        rules, forms = self.presenter.own
        day = format_date(told.day, self.context.words.tag)
        rows = [(say("Content pack"), say("{pack}; heard on {day}", pack=pack, day=day))]
        if told.forms:  # a version from before did not say it
            rows.append((say("Approved forms"), same[told.forms == forms]))
        rows.append((say("Rules"), same[told.rules == rules]))
        return rows

    def _revoke_reason(self) -> Reason:
        say = self.context.say
        return self._reason(
            say("Why is this laptop not trusted any more?"),
            say(
                "Lost, stolen, or somebody may have had it. What it sent up to now stays. What it sends from "
                "now on is "
                "set aside, and nothing more is sealed to it. This cannot be taken back: a laptop that is found "
                "again begins anew with its data kept."
            ),
            say("Trust it no more"),
            say("Go on trusting it"),
        )

    def _aside(self, one: Aside) -> Card:
        say, what = self.context.say, one.what
        why = {
            Why.REVOKED: say("They came from a laptop that is not trusted any more."),
            Why.FORKED: say(
                "Two laptops wrote under one name: one was copied, or put back to an earlier day. Ask the post to "
                "let it begin again (Exchange, on that laptop): then these entries find their place by themselves."
            ),
        }[what.why]
        rows = [
            (say("From"), one.post or say("a laptop that is not on the list")),
            (
                say("Entries"),
                say("{count}: {first} to {last}", count=what.count, first=what.first, last=what.last),
            ),
            (say("Without content"), str(what.withheld)),
        ]
        title = say("Set aside, and not merged")
        card = Card(words(title, Size.QUESTION, bold=True), readable(words(why)), facts(rows))
        question = Question(Asked.ADMIT, what.stream)
        if self.presenter.question == question:
            card.column.addWidget(
                self._reason(
                    say("Why are these entries to be believed?"),
                    say(
                        "They are merged as they are, beside what is held. The reason is kept in the journal."
                    ),
                    say("Merge them"),
                    say("Leave them aside"),
                )
            )
        else:
            card.column.addWidget(row(button(say("Merge them with a reason"), partial(self._ask, question))))
        return card

    def _keys(self) -> Card:
        say, page = self.context.say, self.presenter
        told = say(
            "Change a key when somebody may have seen it, or when it is time. Nothing that was sealed or "
            "signed before "
            "is lost. Each change needs the stick, and makes a new trust list."
        )
        ways = [
            button(self._job_words(job)[0], partial(self._begin, job))
            for job in (Job.BUNDLE_KEY, Job.RECEIPT_KEY, Job.NEW_STICK)
        ]
        card = Card(
            words(say("Keys of this headquarters"), Size.QUESTION, bold=True),
            readable(words(told)),
            flow(*ways),
        )
        if page.former_keys:
            card.column.addWidget(self._former())
        return card

    def _former(self) -> QWidget:
        say, page = self.context.say, self.presenter
        if not page.waiting:
            told = say("The former bundle key is kept, and every laptop knows the new one.")
            return column(readable(words(told)), row(button(say("Let the former key go"), self._let_go)))
        told = say(
            "The former bundle key is kept: these posts have not said yet that they know the new one: {posts}.",
            posts=", ".join(page.waiting),
        )
        question = Question(Asked.LET_GO)
        if page.question == question:
            asked = self._reason(
                say("Why can it not wait?"),
                say("What these posts sealed to the former key will open for nobody. They can export again."),
                say("Let the former key go"),
                say("Wait for them"),
            )
            return column(readable(words(told)), asked)
        early = button(say("Let it go before that"), partial(self._ask, question), role="plain")
        return column(readable(words(told)), row(early))

    def _job_words(self, job: Job) -> tuple[str, str]:
        """What a job is called, and what it does."""
        say = self.context.say
        return {
            Job.LIST: (
                say("Make the trust list"),
                say(
                    "The list says which laptops are trusted, which are not any more, and which keys are in use."
                ),
            ),
            Job.BUNDLE_KEY: (
                say("Change the bundle key"),
                say(
                    "Posts seal to the new key as soon as they know it. The former one opens what comes until then."
                ),
            ),
            Job.RECEIPT_KEY: (
                say("Change the receipt key"),
                say(
                    "Receipts are signed with the new key. Posts believe it when they have the new trust list."
                ),
            ),
            Job.NEW_STICK: (
                say("Make a new stick"),
                say(
                    "The old stick vouches for the new one: posts believe it without comparing words again. "
                    "Keep the "
                    "old stick locked away until every post knows the new list: it alone opens recovery slots that "
                    "were sealed before."
                ),
            ),
        }[job]

    def _job(self, job: Job) -> QWidget:
        title, told = self._job_words(job)
        self.form = StickForm(
            self.context, title, told, self.presenter, new=job is Job.NEW_STICK, again=self.show_again
        )
        return self.form

    def _reason(self, question: str, hint: str, action: str, cancel: str) -> Reason:
        return Reason(
            question,
            hint=hint,
            action=action,
            missing=self.context.say("Write a reason first."),
            keep=self._answer,
            cancel=cancel,
            close=partial(self._ask, None),
        )

    # What is done

    def _ask(self, question: Question | None) -> None:
        self.presenter.question, self.told = question, None
        self.show_again()

    def _begin(self, job: Job | None) -> None:
        self.presenter.begin(job)
        self.told = None
        self.show_again()

    def _answer(self, reason: str) -> None:
        self._try(
            partial(self.presenter.answer, reason), self.context.say("Done. The reason is in the journal.")
        )

    def _let_go(self) -> None:
        self._try(self.presenter.let_go, self.context.say("The former key is gone."))

    def _do(self) -> None:
        assert self.form is not None
        phrases = self.form.take_phrases()
        if phrases is None:
            return
        self.context.background.run(
            lambda _progress: self.presenter.do(*phrases),
            what=self.context.say("Working with the keys of the stick"),
            done=lambda _: self._done(),
            failed=self._refused,
            can_cancel=False,
        )

    def _done(self) -> None:
        told = self.context.say(
            "Trust list {number} is made. Take the stick out now, and lock it away.",
            number=self.presenter.number,
        )
        self.told = (Tone.DONE, told)
        self.show_again()

    def _refused(self, fault: Exception) -> None:
        if isinstance(fault, FieldkitError) and fault.code == WRONG_PHRASE and self.form is not None:
            self.form.show_wrong_phrase(self.context.sentence(fault))
        else:
            self.context.show_error(fault)

    def _write(self) -> None:
        folder = self.context.ask_folder(self.context.say("Folder for the trust list"))
        if folder is not None:
            self._try(partial(self._written, folder), "")

    def _written(self, folder: Path) -> None:
        path = self.presenter.write_list(folder)
        self.told = (Tone.DONE, self.context.say("The trust list was written: {file}.", file=path.name))

    def _try(self, do: Callable[[], object], told: str) -> None:
        self.told = (Tone.DONE, told) if told else None
        try:
            do()
        except FieldkitError as fault:
            self.told = (Tone.CAREFUL, self.context.sentence(fault))
        self.show_again()
