"""A person asks: to see, to put right, to take back. What was asked, what can be printed as an answer.

1. A paper is made only when the person said that it is safe to carry (`protection.md` 8).
2. An answer is written down when its paper was printed or saved; taking back counts at once, paper or none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fieldkit.domain.access import Action
from fieldkit.domain.ids import spoken_number
from fieldkit.languages import catalogues
from fieldkit.services import (
    answers_to_people,
    asking_again,
    consulates,
    contacts,
    counsel,
    requests_of_people,
)
from fieldkit.services.answers_to_people import Carried
from fieldkit.services.requests_of_people import CHANGED, PRINTED, UNCHANGED, What
from fieldkit.ui.presenters.pages import How, Paper

if TYPE_CHECKING:
    from fieldkit.domain.document import Document
    from fieldkit.languages.catalogues import Words
    from fieldkit.services.counsel import Printed
    from fieldkit.services.requests_of_people import Withdrawn
    from fieldkit.services.vault import OpenVault
    from fieldkit.storage.receipts import AskedRow


class AsksPage:
    """One case. Raises PersonFault `access.not_allowed`, `case.unknown`."""

    def __init__(self, vault: OpenVault, case: str, words: Words) -> None:
        self.vault = vault
        self.case = case
        self.number = spoken_number(case)
        self._words = words
        self.taken_back: Withdrawn | None = None
        self.read()

    def read(self) -> None:
        """Read what was asked and allowed so far."""
        self.asked: tuple[AskedRow, ...] = requests_of_people.asked(self.vault, self.case)
        self.languages = answers_to_people.languages(self.vault, self.case)
        allowed = [one.recipient for one in requests_of_people.agreements(self.vault, self.case) if one.yes]
        self.allowed = tuple((name, self._office(name)) for name in allowed)
        self.refused = tuple(
            (name, self._office(name)) for name in asking_again.refused(self.vault, self.case)
        )
        self.may_ask_again = self.vault.may(Action.ASK_AGAIN)

    def allow(self, recipient: str) -> None:
        """The person was asked again and says yes. Raises as `asking_again.agrees_now`."""
        asking_again.agrees_now(self.vault, self.case, recipient)
        self.read()

    @property
    def may(self) -> bool:
        """Whether this person answers people."""
        return self.vault.may(Action.ANSWER_PERSON)

    def open(self, what: What) -> AskedRow | None:
        """A request of this kind that waits for its answer."""
        return next((one for one in self.asked if one.what == what and not one.answered), None)

    def ask(self, what: What) -> str:
        """Write down that the person asks; the request."""
        request = requests_of_people.ask(self.vault, self.case, what)
        self.read()
        return request

    def take_back(self, recipients: tuple[str, ...], *, everything: bool) -> None:
        """Nothing more goes to these offices. Raises DeskFault `request.nothing_to_withdraw`."""
        done = requests_of_people.withdraw(self.vault, self.case, recipients, everything=everything)
        self.taken_back = done
        self.read()

    def seen_paper(self, *, everything: bool) -> Paper:
        """Everything that is kept about the person."""
        request = self.ask(What.SEE)
        carried = self._carried(everything)

        def make() -> Printed:
            return self._print(answers_to_people.see(self.vault, self.case, carried))

        return self._paper("answer-see.pdf", make, lambda: self._answered(request, What.SEE, PRINTED))

    def taken_back_paper(self, *, everything: bool) -> Paper:
        """What was taken back."""
        done, carried = self.taken_back, self._carried(everything)
        assert done is not None, "asked for when something was taken back"

        def make() -> Printed:
            return self._print(answers_to_people.withdrawn(self.vault, self.case, carried, done))

        return self._paper("answer-take-back.pdf", make, lambda: None)

    def put_right_paper(self, one: AskedRow, reason: str, *, everything: bool) -> Paper:
        """What was put right, or why nothing was."""
        carried = self._carried(everything)

        def make() -> Printed:
            return self._print(answers_to_people.corrected(self.vault, self.case, carried, one.day, reason))

        done = CHANGED if self.was_put_right(one) else UNCHANGED
        return self._paper(
            "answer-put-right.pdf", make, lambda: self._answered(one.request, What.CORRECT, done)
        )

    def was_put_right(self, one: AskedRow) -> bool:
        """Whether anything was changed since the person asked, or waits for a second person."""
        found = answers_to_people.put_right(self.vault, self.case, one.day, self.languages[0])
        return found.changed or found.waits

    def _carried(self, everything: bool) -> Carried:
        return Carried(self.languages, safe=True, everything=everything)

    def _print(self, document: Document) -> Printed:
        return counsel.print_pages(document, self.vault.world)

    def _paper(self, name: str, make: Callable[[], Printed], answered: Callable[[], None]) -> Paper:
        def keep(how: How, count: int) -> None:
            what = "answer" if how is How.PRINTED else "answer file"
            counsel.record_printed(self.vault, what, self.languages[0], count, self.case)
            answered()

        return Paper(name, self.languages[0], make, keep, names_somebody=True)

    def _answered(self, request: str, what: What, done: str) -> None:
        if any(
            one.request == request and one.answered for one in requests_of_people.asked(self.vault, self.case)
        ):
            return  # printed twice
        requests_of_people.answer(self.vault, self.case, request, what, done=[done])

    def _office(self, name: str) -> str:
        protocol = contacts.find_protocol(self.vault, name.removeprefix("protocol/"))
        if name not in self.vault.codebook.recipients and protocol is not None:
            return protocol.name
        spoken = catalogues.load(self._words.tag, "codebook")
        return consulates.name_of(self.vault.codebook, name, spoken)
