"""A finished interview on the screen: its versions, what was changed and why, and its papers.

1. A paper to take along is asked about first: "Is it safe to carry this?" (`protection.md` 8).
2. A file's name says what it is and nothing about whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.errors import ProgramFault
from fieldkit.services import blank_form, changes, correcting, counsel, forms_held, history, intake, record
from fieldkit.services.case_file import CASE
from fieldkit.services.record import Copy, Wanted
from fieldkit.services.reopened import reopen
from fieldkit.services.told import MARK_WORDS, answer_in_words
from fieldkit.ui.presenters.change_lines import change_lines
from fieldkit.ui.presenters.pages import How, Paper

if TYPE_CHECKING:
    from fieldkit.domain.outcome import Mark
    from fieldkit.domain.ports import JsonObject
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.changes import ChangedAnswer, Ending
    from fieldkit.services.counsel import Printed
    from fieldkit.services.finished import FinishedInterview
    from fieldkit.services.history import History
    from fieldkit.services.intake import Finished
    from fieldkit.services.vault import OpenVault


class FinishedPage:
    """Everything finished about a case or survey. Raises DeskFault `form.not_for_role`."""

    def __init__(self, vault: OpenVault, about: str, tag: str) -> None:
        self.vault = vault
        self.about = about
        self._tag = tag
        self.histories: tuple[History, ...] = history.histories(vault, about, tag)
        self._titles = {form.id: form.title(tag) for form in forms_held.offered_forms(vault)}

    @property
    def case(self) -> str:
        """The case; empty for a survey."""
        kind, _, name = self.about.partition("/")
        return name if kind == CASE else ""

    @property
    def may_print(self) -> bool:
        """Whether this person may print a record."""
        return self.vault.may(Action.PRINT_SLIP if self.case else Action.SURVEY)

    def form_title(self, one: FinishedInterview) -> str:
        """The form's title; its id when it is not here any more."""
        return self._titles.get(one.form, one.form)

    def correct(self, one: FinishedInterview) -> str:
        """Open it to be corrected; the draft. One's own correction that is under way is gone on with."""
        for held in intake.drafts(self.vault):
            interview = intake.resume(self.vault, held.id)
            corrected = interview.facts.corrected
            if corrected is not None and corrected.instance_id == one.instance_id:
                return held.id
        return correcting.correct(self.vault, self.about, one.instance_id).draft_id

    def record_paper(self, one: FinishedInterview, *, along: bool, private: bool = False) -> Paper:
        """The record of one interview; `along` for the person, who said that it is safe to carry (rule 1)."""
        said = one.payload["languages"]
        languages = (said["person"], said["officer"]) if along else (said["officer"], said["person"])
        wanted = Wanted(
            Copy.TO_TAKE_ALONG if along else Copy.FOR_THE_FILE,
            languages,
            safe_to_carry=along,
            with_private_part=private,
        )

        def make() -> Printed:
            document = record.record(self.vault, self.about, one.instance_id, wanted)
            return counsel.print_pages(document, self.vault.world)

        told: JsonObject = {
            "instance": one.instance_id,
            "copy": wanted.copy.value,
            "private": wanted.is_whole,
        }

        def keep(how: How, count: int) -> None:
            what = "record" if how is How.PRINTED else "record file"
            counsel.record_printed(self.vault, what, languages[0], count, about=self.about, told=told)

        return Paper("record.pdf", languages[0], make, keep, names_somebody=True)


def blank_paper(vault: OpenVault, form: str, languages: tuple[str, ...]) -> Paper:
    """Any form blank, to be filled in by hand."""

    def make() -> Printed:
        return counsel.print_pages(blank_form.blank_form(vault, form, languages), vault.world)

    def keep(how: How, count: int) -> None:
        what = "blank form" if how is How.PRINTED else "blank form file"
        counsel.record_printed(vault, what, languages[0], count)

    return Paper(f"form-{languages[-1]}.pdf", languages[0], make, keep)


class ReasonsPage:
    """A correction before it is finished: what is changed, and why. Raises what `intake.resume` raises."""

    def __init__(self, vault: OpenVault, draft: str) -> None:
        self.vault = vault
        self.interview = intake.resume(vault, draft)
        self.before = changes.original(vault, self.interview)

    @property
    def changed(self) -> tuple[ChangedAnswer, ...]:
        """What differs now."""
        return changes.changed(self.interview, self.before)

    @property
    def missing(self) -> int:
        """How many changes have no reason yet."""
        return sum(one.needs_reason for one in self.changed)

    def label(self, one: ChangedAnswer) -> str:
        """The question."""
        try:
            said = self.interview.text(one.ref, "label", self.interview.officer_language).text
        except ProgramFault:  # a row that was taken out
            said = ""
        return said or one.ref.rpartition("/")[2]

    def told(self, one: ChangedAnswer, ending: Ending, words: Words) -> str:
        """An answer in words, or how the question ended."""
        value, mark = ending
        if not value:
            return _mark_told(mark, words)
        return answer_in_words(self.interview.session, one.ref, value, self.interview.officer_language)

    def give(self, ref: str, reason: str) -> None:
        """Keep a reason; on disk when this returns."""
        self.interview.give_reason(ref, reason)

    def finish(self, *, beside: bool = False) -> Finished:
        """Keep the correction; `beside` also when somebody else corrected the same meanwhile. Raises DeskFault
        `correct.reasons_missing`, `correct.nothing_changed`, `correct.already`."""
        return intake.finish(self.vault, self.interview, beside=beside)

    def discard(self) -> None:
        """Throw the correction away; the finished interview stays as it is."""
        intake.discard(self.vault, self.interview.draft_id)

    def meanwhile(self, words: Words) -> tuple[str, tuple[str, ...]]:
        """Who corrected the same interview since this began, and what they changed; empty when nobody did."""
        found = changes.meanwhile(self.vault, self.interview)
        lines = [
            line
            for one in found
            for line in change_lines(reopen(self.vault, one), changes.of_payload(one.payload), words)
        ]
        return (found[-1].by if found else ""), tuple(lines)


def _mark_told(mark: Mark, words: Words) -> str:
    return words.say(MARK_WORDS[mark]) if mark in MARK_WORDS else ""
