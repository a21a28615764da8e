"""What the outcome page decides: which suggestion is shown how, what can be chosen, when C26 is closed.

1. A suggestion is shown with its rule's sentence and the answers that led to it; the order is that of the
   table, never one of severity (`protection.md` 16).
2. "Cannot tell" is shown with what is still to be asked, never as a no (`protection.md` 1).
3. Why C26 cannot be chosen is said condition by condition; C27 is always open instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.content.texts import Texts
from fieldkit.domain.access import Action
from fieldkit.domain.outcome import NO_SPECIFIC_NEED, SCREEN_AGAIN, SUITABLE, AnswerRead, Mark, Verdict
from fieldkit.languages import catalogues
from fieldkit.languages.marking import mark
from fieldkit.services import confidential, refer, sealed
from fieldkit.services.refer import Standing
from fieldkit.ui.presenters.category_names import category_name
from fieldkit.ui.presenters.form_texts import FormTexts

if TYPE_CHECKING:
    from fieldkit.services.refer import ShownSuggestion
    from fieldkit.services.vault import OpenVault

NEEDS_NO_REFERRAL = frozenset({NO_SPECIFIC_NEED, SCREEN_AGAIN})

MARK_WORDS: dict[Mark, str] = {
    Mark.ANSWERED: "",
    Mark.SKIPPED: mark("skipped"),
    Mark.DECLINED: mark("did not want to answer"),
    Mark.UNKNOWN: mark("does not know"),
    Mark.NOT_ASKED: mark("not asked"),
    Mark.SEALED: mark("sealed"),
}

_NOT_FOUND_YET = mark("A rule suggests a category from the answers. It stands above.")
_NOT_ASKED = mark("A core section was not asked in full.")
_NOT_PRIVATE = mark("A core section was not asked in private.")
_UNSUITABLE = mark("A core section was not asked through a suitable interpreter.")
_NOT_REVIEWED = mark("A core section was asked in a text that no speaker has reviewed yet.")
_NO_SECTION = mark("No core section was asked.")
_SEALED_HERE = mark("Something is sealed to you here. Somebody who may read it looks at it.")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as an officer reads it; `ended` is a mark in words (English source) when there is no value."""

    question: str
    value: str
    ended: str


@dataclass(frozen=True, slots=True)
class Row:
    """One suggestion, everything in the officer's language."""

    category: str
    name: str
    rule: str
    because: str
    procedure: str
    at_once: bool
    due: str
    answers: tuple[Answer, ...]
    standing: Standing
    reason: str
    sealed: bool = False
    """Whether it cannot be told from here because an answer is sealed to whoever looks."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A category that a person chose without a rule, and why."""

    category: str
    name: str
    procedure: str
    reason: str


class Outcome:
    """One case, read anew by `read` after every change."""

    def __init__(self, vault: OpenVault, case: str, tag: str) -> None:
        self.vault = vault
        self.case = case
        self._tag = tag
        self._words = catalogues.load(tag, "codebook")
        self._texts = Texts((*vault.codebook.texts, *vault.rules.texts))
        self.may_confirm = vault.may(Action.CONFIRM_OUTCOME)
        self.may_refer = vault.may(Action.REFER)
        self.read()

    def read(self) -> None:
        """Read the case as it stands in the vault now. Raises PersonFault `case.unknown`."""
        self._file = file = sealed.case_file(self.vault, self.case)
        asked = [(payload["form"], payload["version"]) for payload in file.submissions()]
        self._forms = FormTexts(self.vault, asked, self._tag)
        self.number = file.number
        said = [
            one
            for one in refer.suggestions(self.vault, self.case)
            if confidential.may_see(self.vault, one.category, file)
        ]
        self._confirmed = confidential.visible(self.vault, file.confirmed(), file)
        self.suggested = tuple(self._row(one) for one in said if one.verdict is Verdict.YES)
        open_rows = [self._row(one) for one in said if one.verdict is Verdict.CANNOT_TELL]
        self.cannot_tell = tuple(row for row in open_rows if not row.sealed)
        self.sealed = tuple(row for row in open_rows if row.sealed)
        self.hidden = sealed.hidden(self.vault, sealed.classes_in(file))
        shown = {row.category for row in (*self.suggested, *self.cannot_tell, *self.sealed)}
        self.chosen = tuple(self._chosen(category) for category in self._confirmed if category not in shown)

    # What can be chosen

    @property
    def others(self) -> tuple[tuple[str, str], ...]:
        """Categories no rule suggests and nobody has chosen, with their names; never C26, which has its own
        place on the page."""
        decided = set(self._confirmed)
        taken = {row.category for row in self.suggested} | decided | {NO_SPECIFIC_NEED}
        return tuple(
            (known, self.name(known)) for known in self.vault.codebook.categories if known not in taken
        )

    @property
    def no_specific_need_allowed(self) -> bool:
        """Whether C26 can be chosen."""
        return refer.no_specific_need_allowed(self.vault, self.case)

    @property
    def no_specific_need_chosen(self) -> bool:
        """Whether somebody chose C26."""
        return NO_SPECIFIC_NEED in self._file.confirmed()

    @property
    def screen_again_chosen(self) -> bool:
        """Whether C27 was confirmed or chosen."""
        return SCREEN_AGAIN in self._file.confirmed()

    @property
    def why_no_specific_need_is_closed(self) -> tuple[str, ...]:
        """Every condition of C26 that is not met, as sentences (English source)."""
        sections = self._file.sections()
        conditions = (
            (bool(self.suggested), _NOT_FOUND_YET),
            (not sections, _NO_SECTION),
            (any(not section.asked for section in sections), _NOT_ASKED),
            (any(not section.in_private for section in sections), _NOT_PRIVATE),
            (any(section.interpreted not in SUITABLE for section in sections), _UNSUITABLE),
            (any(not section.reviewed_text for section in sections), _NOT_REVIEWED),
        )
        found = tuple(sentence for fails, sentence in conditions if fails)
        return found or (_SEALED_HERE,)

    @property
    def to_refer(self) -> tuple[str, ...]:
        """The confirmed categories that lead to a service, in the order of the page."""
        order = [row.category for row in (*self.suggested, *self.cannot_tell, *self.sealed)]
        confirmed = self._confirmed
        listed = [known for known in (*order, *confirmed) if known in confirmed]
        return tuple(known for known in dict.fromkeys(listed) if known not in NEEDS_NO_REFERRAL)

    @property
    def not_referred(self) -> tuple[str, ...]:
        """Those of them about which nobody was referred, and nobody declined, so far."""
        answered = {referral.category for referral in self._file.referrals()}
        return tuple(category for category in self.to_refer if category not in answered)

    @property
    def undecided(self) -> tuple[Row, ...]:
        """The suggestions that nobody confirmed or left for review yet."""
        return tuple(row for row in self.suggested if row.standing is Standing.OPEN)

    def name(self, category: str) -> str:
        """A category in plain words; one that only a newer program knows is said to be that, with its code."""
        return category_name(self.vault.codebook, category, self._tag)

    # What is done

    def confirm(self, row: Row) -> None:
        """Keep that a person confirmed it."""
        refer.confirm(self.vault, self.case, row.category, row.rule, self._on_screen(row.category))
        self.read()

    def leave_for_review(self, row: Row, reason: str) -> None:
        """Keep that it was not confirmed, and why. Raises DeskFault `refer.reason_missing`."""
        seen = self._on_screen(row.category)
        refer.leave_for_review(self.vault, self.case, row.category, row.rule, reason, seen)
        self.read()

    def choose(self, category: str, reason: str) -> None:
        """Keep a category that no rule suggests. Raises DeskFault `refer.reason_missing`,
        `refer.no_specific_need_not_allowed`."""
        refer.choose(self.vault, self.case, category, reason, self._on_screen(category))
        self.read()

    def _on_screen(self, category: str) -> tuple[str, ...]:
        """What this page shows of a category: what a decision made here replaces (journal rule 5)."""
        return self._file.outcome_entries(category)

    # How it is said

    def _row(self, one: ShownSuggestion) -> Row:
        review = (self._file.for_review() | self._file.closed_categories()).get(one.category)
        return Row(
            one.category,
            self.name(one.category),
            one.rule,
            self._texts.say(one.because, self._words),
            self._texts.say(one.procedure, self._words),
            one.target_hours == 0,
            one.due if one.target_hours else "",
            tuple(self._answer(read) for read in one.answers),
            one.standing,
            str(review.payload["reason"] or "") if review else "",
            any(read.mark is Mark.SEALED for read in one.answers),
        )

    def _chosen(self, category: str) -> Chosen:
        said = self._file.confirmed()[category]
        procedure = self.vault.codebook.procedure(category, self._words)
        return Chosen(category, self.name(category), procedure, str(said.payload["reason"] or ""))

    def _answer(self, read: AnswerRead) -> Answer:
        codebook = self.vault.codebook
        label = self._forms.question(read.name) or codebook.fact_label(read.name, self._words) or read.name
        parts = dict.fromkeys(
            codebook.value_label(read.name, part, self._words) for part in read.value.split()
        )
        return Answer(label, " · ".join(parts), MARK_WORDS[read.mark])
